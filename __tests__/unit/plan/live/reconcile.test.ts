import { RoutedError } from "../../../../lib/errors";
import type { Observation } from "../../../../lib/observe/observation";
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

function problemsOf(observation: Observation): string[] {
  try {
    reconcile(observation);
  } catch (error) {
    if (!(error instanceof RoutedError) || error.code !== "contradiction") throw error;
    const [head, ...problems] = error.message.split("\n");
    expect(head).toBe("test: what AWS holds contradicts itself, so nothing is planned:");
    return problems.map((line) => line.replace(/^ {2}- /, ""));
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
const eip1 = fleet.elasticIps.find((eip) => eip.slot === 1);
const eipOnHiddenEni =
  `EIP ${eip1?.publicIpv4} (${eip1?.allocationId}) of slot 1 is on ${eni1.networkInterfaceId}, ` +
  `which is not among the environment's ENIs; observe again, or check the tags of ${eni1.networkInterfaceId}`;

it("finds every slot with its address and node, and nothing odd in a fleet that is well", () => {
  const { slots, findings } = reconcile(fleet);
  expect(slots.map(({ slot, node }) => [slot, node?.instanceId])).toEqual(
    [0, 1, 2].map((slot) => [slot, instanceOf(fleet, slot).instanceId]),
  );
  expect(findings).toEqual([]);
});

describe("contradictions", () => {
  it("an instance whose tag and ENI disagree", () => {
    expect(problemsOf(withInstance(fleet, 0, { slot: 5 }))).toEqual([
      `${node0.instanceId} is tagged for slot 5, but holds the ENI of slot 0; correct its tag routed:node`,
    ]);
  });

  it("an instance without a slot tag on a slot's ENI", () => {
    expect(problemsOf(withInstance(fleet, 0, { slot: null }))).toEqual([
      `${node0.instanceId} is tagged for no slot, but holds the ENI of slot 0; correct its tag routed:node`,
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
      [node0.instanceId, "i-0123"].map(
        (id) =>
          `${id} is tagged for slot 0, but does not hold the slot's ENI, and nothing else does; ` +
          `attach the ENI or remove the instance's tags`,
      ),
    );
  });

  it("two instances that both hold a slot's ENI", () => {
    const both = { ...node0, instanceId: "i-0123" };
    expect(problemsOf({ ...fleet, instances: [...fleet.instances, both] })).toEqual([
      `${node0.instanceId} and i-0123 both hold the ENI of slot 0`,
    ]);
  });

  it("an instance that holds two slots' ENIs", () => {
    const observation = {
      ...withInstance(fleet, 0, {
        networkInterfaceIds: [eni0.networkInterfaceId, eni1.networkInterfaceId],
      }),
    };
    expect(problemsOf(observation)).toEqual([
      `${node0.instanceId} holds the ENIs of slots 0 and 1`,
    ]);
  });

  it("an ENI that is held by an instance that isn't shown", () => {
    const observation = { ...fleet, instances: fleet.instances.filter((i) => i.slot !== 1) };
    expect(problemsOf(observation)).toEqual([
      `ENI ${eni1.networkInterfaceId} of slot 1 is held by ${node1.instanceId}, which is not among the ` +
        `environment's instances; check the tags of ${node1.instanceId}`,
    ]);
  });

  it("instances whose ENIs aren't shown", () => {
    const observation: Observation = {
      ...fleet,
      networkInterfaces: fleet.networkInterfaces.filter((e) => e.slot !== 1),
    };
    expect(problemsOf(observation)).toEqual([
      eipOnHiddenEni,
      `${node1.instanceId} is tagged for slot 1, but does not hold the slot's ENI, and nothing else does; ` +
        `attach the ENI or remove the instance's tags`,
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
      `ENIs ${eni0.networkInterfaceId} and eni-0fff both claim slot 0; ` +
        `remove the tag routed:node from the one that is not the slot's`,
    ]);
  });

  it("an EIP on another slot's ENI", () => {
    const observation: Observation = {
      ...fleet,
      elasticIps: fleet.elasticIps.map((e) =>
        e.slot === 0 ? { ...e, networkInterfaceId: eni1.networkInterfaceId } : e,
      ),
    };
    const eip = fleet.elasticIps.find((e) => e.slot === 0);
    expect(problemsOf(observation)).toEqual([
      `EIP ${eip?.publicIpv4} (${eip?.allocationId}) belongs to slot 0, but sits on the ENI of slot 1; ` +
        `associate it with the ENI of slot 0 again`,
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
    expect(problem).toContain("EIP 203.0.113.9 (eipalloc-0fff) and EIP 198.51.100.0");
    expect(problem).toContain("both claim slot 0");
  });

  it("an instance in another zone than its ENI", () => {
    expect(problemsOf(withInstance(fleet, 0, { availabilityZone: "us-east-2c" }))).toEqual([
      `${node0.instanceId} is in us-east-2c, but its ENI ${eni0.networkInterfaceId} in us-east-2a; observe again`,
    ]);
  });

  it("an instance whose root volume isn't shown", () => {
    expect(problemsOf(withInstance(fleet, 0, { rootVolumeGiB: null }))).toEqual([
      `${node0.instanceId} shows no root volume, so its spec can't be kept; wait until it has started and observe again`,
    ]);
  });

  it("container instances in the cluster where EC2 shows nothing: never a new environment", () => {
    const cluster = {
      clusterArn: "arn:aws:ecs:x",
      status: "ACTIVE",
      registeredContainerInstances: 3,
    };
    expect(problemsOf(emptyObservation({ cluster }))).toEqual([
      "3 container instances are registered in the cluster, but EC2 shows neither instances nor ENIs " +
        "with the environment's tag; restore the tags, or deregister them",
    ]);
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
