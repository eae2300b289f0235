import { ContradictionError } from "../../../../lib/plan/live/contradiction-error";
import type { Contradiction, NamedEip } from "../../../../lib/plan/contradiction";
import type { Observation, ObservedContainerInstance } from "../../../../lib/observe/observation";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import { reconcile } from "../../../../lib/plan/live/reconcile";
import {
  aFleet,
  emptyObservation,
  instanceOf,
  observationOf,
  withInstance,
  withoutInstance,
} from "../../../support/fleet";

function problemsOf(observation: Observation): readonly Contradiction[] {
  try {
    reconcile(observation);
  } catch (error) {
    if (!(error instanceof ContradictionError)) throw error;
    expect(error.code).toBe("contradiction");
    const [head, ...problems] = error.message.split("\n");
    expect(head).toBe("test: what AWS holds contradicts itself, so nothing is planned:");
    expect(problems).toHaveLength(error.contradictions.length);
    return error.contradictions;
  }
  return [];
}

const fleet = observationOf(aFleet());
const [eni0, eni1] = [0, 1].map((slot) => {
  const eni = fleet.networkInterfaces.find((e) => e.slot === slot);
  if (!eni) throw new Error(`slot ${slot} has no ENI`);
  return eni;
}) as [Observation["networkInterfaces"][number], Observation["networkInterfaces"][number]];
const node0 = instanceOf(fleet, 0);
const node1 = instanceOf(fleet, 1);
const [eip0, eip1] = [0, 1].map((slot) => {
  const eip = fleet.elasticIps.find((each) => each.slot === slot);
  return { publicIpv4: eip?.publicIpv4 ?? "", allocationId: eip?.allocationId ?? "" };
}) as [NamedEip, NamedEip];
const eipOnHiddenEni: Contradiction = {
  kind: "eip-on-unknown-eni",
  eip: eip1,
  slot: 1,
  eni: eni1.networkInterfaceId,
};

it("finds every slot with its address and node, and nothing odd in a fleet that is well", () => {
  const { slots, findings } = reconcile(fleet);
  expect(slots.map(({ slot, node }) => [slot, node?.instanceId])).toEqual(
    [0, 1, 2].map((slot) => [slot, instanceOf(fleet, slot).instanceId]),
  );
  expect(findings).toEqual([]);
});

describe("contradictions", () => {
  const eniId = node0.networkInterfaceIds[0]!;

  it("an instance whose tag and ENI disagree", () => {
    expect(problemsOf(withInstance(fleet, 0, { slot: 5 }))).toEqual([
      {
        kind: "tag-and-eni-disagree",
        instanceId: node0.instanceId,
        eni: eniId,
        tagged: 5,
        holds: 0,
      },
    ]);
  });

  it("an instance without a slot tag on a slot's ENI", () => {
    expect(problemsOf(withInstance(fleet, 0, { slot: null }))).toEqual([
      {
        kind: "tag-and-eni-disagree",
        instanceId: node0.instanceId,
        eni: eniId,
        tagged: null,
        holds: 0,
      },
    ]);
  });

  it("two instances that claim a slot, neither holding its ENI", () => {
    const stray = { ...node0, networkInterfaceIds: [] };
    const observation: Observation = {
      ...fleet,
      instances: [
        stray,
        { ...stray, instanceId: "i-0123" },
        ...fleet.instances.filter((i) => i.slot !== 0),
      ],
      networkInterfaces: fleet.networkInterfaces.map((e) =>
        e.slot === 0 ? { ...e, instanceId: null } : e,
      ),
    };
    expect(problemsOf(observation)).toEqual(
      [node0.instanceId, "i-0123"].map((instanceId) => ({
        kind: "instance-without-its-eni",
        instanceId,
        slot: 0,
      })),
    );
  });

  it("two instances that both hold a slot's ENI", () => {
    const both = { ...node0, instanceId: "i-0123" };
    expect(problemsOf({ ...fleet, instances: [...fleet.instances, both] })).toEqual([
      { kind: "instances-share-eni", slot: 0, instanceIds: [node0.instanceId, "i-0123"] },
    ]);
  });

  it("an instance that holds two slots' ENIs", () => {
    const observation = {
      ...withInstance(fleet, 0, {
        networkInterfaceIds: [eni0.networkInterfaceId, eni1.networkInterfaceId],
      }),
    };
    expect(problemsOf(observation)).toEqual([
      { kind: "instance-holds-several-enis", instanceId: node0.instanceId, slots: [0, 1] },
    ]);
  });

  it("an ENI that is held by an instance that isn't shown", () => {
    const observation = { ...fleet, instances: fleet.instances.filter((i) => i.slot !== 1) };
    expect(problemsOf(observation)).toEqual([
      {
        kind: "eni-held-by-unknown-instance",
        slot: 1,
        eni: eni1.networkInterfaceId,
        instanceId: node1.instanceId,
      },
    ]);
  });

  it("instances whose ENIs aren't shown", () => {
    const observation: Observation = {
      ...fleet,
      networkInterfaces: fleet.networkInterfaces.filter((e) => e.slot !== 1),
    };
    expect(problemsOf(observation)).toEqual([
      eipOnHiddenEni,
      { kind: "instance-without-its-eni", instanceId: node1.instanceId, slot: 1 },
    ]);
  });

  it("a slot's ENI that isn't shown though its EIP is on it: never a new slot", () => {
    const observation: Observation = {
      ...withoutInstance(fleet, 1),
      networkInterfaces: fleet.networkInterfaces.filter((e) => e.slot !== 1),
    };
    expect(problemsOf(observation)).toEqual([eipOnHiddenEni]);
  });

  it("two ENIs for a slot", () => {
    const second = { ...eni0, networkInterfaceId: "eni-0fff", instanceId: null };
    const observation = { ...fleet, networkInterfaces: [...fleet.networkInterfaces, second] };
    expect(problemsOf(observation)).toEqual([
      { kind: "enis-share-slot", slot: 0, enis: [eni0.networkInterfaceId, "eni-0fff"] },
    ]);
  });

  it("an EIP on another slot's ENI", () => {
    const observation: Observation = {
      ...fleet,
      elasticIps: fleet.elasticIps.map((e) =>
        e.slot === 0 ? { ...e, networkInterfaceId: eni1.networkInterfaceId } : e,
      ),
    };
    expect(problemsOf(observation)).toEqual([
      { kind: "eip-on-other-slot", eip: eip0, slot: 0, holder: 1 },
    ]);
  });

  it("two EIPs for a slot", () => {
    const second = {
      allocationId: "eipalloc-0fff",
      slot: 0,
      publicIpv4: "203.0.113.9",
      networkInterfaceId: null,
    };
    const [problem] = problemsOf({ ...fleet, elasticIps: [...fleet.elasticIps, second] });
    const { publicIpv4, allocationId } = second;
    const eips = [{ publicIpv4, allocationId }, eip0];
    expect(problem).toEqual({ kind: "eips-share-slot", slot: 0, eips });
  });

  it("an instance in another zone than its ENI", () => {
    expect(problemsOf(withInstance(fleet, 0, { availabilityZone: "us-east-2c" }))).toEqual([
      {
        kind: "instance-and-eni-in-different-zones",
        instanceId: node0.instanceId,
        instanceZone: "us-east-2c",
        eni: eni0.networkInterfaceId,
        eniZone: "us-east-2a",
      },
    ]);
  });

  it("an instance whose root volume isn't shown", () => {
    expect(problemsOf(withInstance(fleet, 0, { rootVolumeGiB: null }))).toEqual([
      { kind: "no-root-volume", instanceId: node0.instanceId },
    ]);
  });

  it("container instances in the cluster where EC2 shows nothing: never a new environment", () => {
    const cluster = {
      clusterArn: "arn:aws:ecs:x",
      status: "ACTIVE",
      registeredContainerInstances: 3,
    };
    const left = { containerInstanceArn: "arn:aws:ecs:x/1", instanceId: "i-1", status: "ACTIVE" };
    const ecs = (...containerInstances: ObservedContainerInstance[]) =>
      emptyObservation({
        cluster,
        health: { source: "ecs", containerInstances, services: [], tasks: [] },
      });
    const unknown = { kind: "nodes-not-visible", registered: 3 };
    expect(problemsOf(ecs({ ...left, slot: 1, agentConnected: true }))).toEqual([unknown]);
    expect(problemsOf(ecs({ ...left, agentConnected: false }))).toEqual([unknown]);
    const health = { source: "unreadable", reason: "denied" } as const;
    expect(problemsOf(emptyObservation({ cluster, health }))).toEqual([
      { ...unknown, unreadable: "denied" },
    ]);
    // What a slot's instance left behind tells of the slot.
    const { slots } = reconcile(ecs({ ...left, slot: 1, agentConnected: false }));
    expect(slots).toMatchObject([{ slot: 1, missing: ["network-interface", "elastic-ip"] }]);
  });

  it("are told all at once", () => {
    const observation = withInstance(withInstance(fleet, 0, { slot: 5 }), 1, {
      rootVolumeGiB: 10,
      slot: 6,
    });
    expect(problemsOf(observation)).toHaveLength(2);
  });
});

describe("findings", () => {
  it("the instance of a duplicate claim that doesn't hold the ENI", () => {
    const second = { ...node0, instanceId: "i-0123", networkInterfaceIds: [] };
    const plan = planUpgrade(aFleet(), { ...fleet, instances: [...fleet.instances, second] });
    expect(plan.status).toBe("converged");
    expect(plan.findings).toEqual([
      `i-0123 claims slot 0 too, but ${node0.instanceId} holds its ENI and is the node; ` +
        `terminate i-0123 or remove its tags`,
    ]);
  });

  it("strays with the environment's tag that no slot owns", () => {
    const plan = planUpgrade(aFleet(), {
      ...fleet,
      instances: [
        ...fleet.instances,
        { ...node0, instanceId: "i-0123", slot: null, networkInterfaceIds: [] },
      ],
      networkInterfaces: [
        ...fleet.networkInterfaces,
        { ...eni0, networkInterfaceId: "eni-0fff", slot: null, instanceId: null },
      ],
      elasticIps: [
        ...fleet.elasticIps,
        {
          allocationId: "eipalloc-0fff",
          slot: null,
          publicIpv4: "203.0.113.9",
          networkInterfaceId: null,
        },
      ],
    });
    expect(plan.findings).toEqual([
      "ENI eni-0fff carries the environment's tag, but no slot owns it",
      "EIP 203.0.113.9 (eipalloc-0fff) carries the environment's tag, but no slot owns it",
      "i-0123 carries the environment's tag, but no slot owns it",
    ]);
  });

  it("an EIP that is off its slot's ENI", () => {
    const plan = planUpgrade(aFleet(), {
      ...fleet,
      elasticIps: fleet.elasticIps.map((e) =>
        e.slot === 0 ? { ...e, networkInterfaceId: null } : e,
      ),
    });
    expect(plan.findings).toHaveLength(1);
    expect(plan.findings[0]).toContain(
      "of slot 0 is not on the slot's ENI; the deploy puts it back",
    );
  });
});
