import { RoutedError } from "../../../../lib/errors";
import type { Observation, RememberedAddress } from "../../../../lib/observe/observation";
import { planUpgrade, planWaves } from "../../../../lib/plan/plan-upgrade";
import type { PlanOptions } from "../../../../lib/plan/plan-upgrade";
import {
  aFleet,
  instanceOf,
  observationOf,
  withEcs,
  withEcsChange,
  withNewAmi,
  withoutInstance,
} from "../../../support/fleet";
import { renderSummary } from "../../../../lib/plan/render/render-summary";

const desired = aFleet({ maxUnavailableNodes: 2 });
const fleet = withNewAmi(withEcs(observationOf(desired), [{ pop: "pop1" }]));

function eipOf(slot: number) {
  return fleet.elasticIps.find((eip) => eip.slot === slot)!;
}

function recordOf({ networkInterfaces }: Observation): RememberedAddress[] {
  return networkInterfaces.map((eni) => ({
    slot: eni.slot ?? -1,
    availabilityZone: eni.availabilityZone,
    networkInterfaceId: eni.networkInterfaceId,
    privateIpv4: eni.privateIpv4,
    ipv6: eni.ipv6[0] ?? "",
    allocationId: eipOf(eni.slot ?? -1).allocationId,
    publicIpv4: eipOf(eni.slot ?? -1).publicIpv4,
  }));
}

const recorded: Observation = { ...fleet, remembered: recordOf(fleet) };

function withoutEip(observation: Observation, slot: number): Observation {
  return { ...observation, elasticIps: observation.elasticIps.filter((e) => e.slot !== slot) };
}

function withoutEni(observation: Observation, slot: number): Observation {
  return {
    ...withoutInstance(observation, slot),
    networkInterfaces: observation.networkInterfaces.filter((eni) => eni.slot !== slot),
    elasticIps: observation.elasticIps.map((eip) =>
      eip.slot === slot ? { ...eip, networkInterfaceId: null } : eip,
    ),
  };
}

function disassociated(observation: Observation, slot: number): Observation {
  return {
    ...observation,
    elasticIps: observation.elasticIps.map((eip) =>
      eip.slot === slot ? { ...eip, networkInterfaceId: null } : eip,
    ),
  };
}

function lossIn(observation: Observation, options: PlanOptions = {}, of = desired): string | null {
  try {
    planUpgrade(of, observation, options);
  } catch (error) {
    if (!(error instanceof RoutedError) || error.code !== "address-lost") throw error;
    return error.message;
  }
  return null;
}

/** What happens to the nodes, without those that are kept: "upgrade 0". */
function changesOf(observation: Observation, options?: PlanOptions): string[] {
  return planUpgrade(desired, observation, options)
    .decisions.filter(({ action }) => action !== "keep")
    .map(({ action, slot }) => `${action} ${slot}`);
}

it("upgrades nodes of the fleet before anything is lost", () => {
  expect(changesOf(recorded)).not.toEqual([]);
  expect(planUpgrade(desired, recorded)).not.toHaveProperty("repairs");
});

describe("an EIP that is gone", () => {
  const { publicIpv4, allocationId } = eipOf(1);
  const node1 = instanceOf(fleet, 1);

  it("stops the plan, with its last value and the ways on", () => {
    expect(lossIn(withoutEip(recorded, 1))).toBe(
      "test: an address that a node had is gone, so nothing is changed:\n" +
        `  - the EIP of node 1 is gone: it was ${publicIpv4} (${allocationId}) by the record of addresses, ` +
        `${node1.instanceId} and container instance ${node1.instanceId.replace("i-", "")}; to bring it back: ` +
        `aws ec2 allocate-address --region us-east-2 --domain vpc --address ${publicIpv4}, then ` +
        "aws ec2 create-tags --region us-east-2 --resources <its allocation id> " +
        "--tags Key=routed:environment,Value=test Key=routed:node,Value=1; " +
        "to take a new one: ROUTED_ACCEPT_NEW_ADDRESS=1",
    );
  });

  it.each<[string, Observation]>([
    ["a node", withoutEip(fleet, 1)],
    [
      "a registration that is left of a node",
      withEcsChange(withoutEip(withoutInstance(fleet, 1), 1), ({ containerInstances }) => ({
        containerInstances: containerInstances.map((c) =>
          c.instanceId === fleet.instances.find((i) => i.slot === 1)!.instanceId
            ? { ...c, slot: 1 }
            : c,
        ),
      })),
    ],
    [
      "an instance that shuts down",
      {
        ...withoutEni(withoutEip(fleet, 1), 1),
        instances: fleet.instances.map((i) =>
          i.slot === 1 ? { ...i, state: "shutting-down" } : i,
        ),
      },
    ],
    [
      "a service that is placed on the slot",
      withEcsChange(withoutEni(withoutEip(fleet, 1), 1), ({ services }) => ({
        services: services.map((service) => ({ ...service, desiredCount: 1, slots: [1] })),
      })),
    ],
    ["the record, of a slot of which nothing else is left", withoutEni(withoutEip(recorded, 1), 1)],
  ])("is known, and its slot never taken for new, by %s alone", (_, observation) => {
    expect(lossIn(observation)).toContain("the EIP of node 1 is gone");
  });

  it("was never there where an ENI is all that a first deploy has left", () => {
    const interrupted = withEcsChange(withoutEip(withoutInstance(fleet, 1), 1), (health) => ({
      containerInstances: health.containerInstances.filter(({ instanceId }) =>
        withoutInstance(fleet, 1).instances.some((i) => i.instanceId === instanceId),
      ),
    }));
    expect(lossIn(interrupted)).toBeNull();
    expect(changesOf(interrupted)).toContain("create 1");
  });

  it("isn't missed of a slot that goes anyway", () => {
    const smaller = aFleet({ nodes: 2 });
    expect(lossIn(withoutEip(recorded, 2), {}, smaller)).toBeNull();
  });

  it("may be another one on a person's word, told loudly, and with no node changed meanwhile", () => {
    const options = { acceptNewAddress: [1], ignoreHealth: true };
    const plan = planUpgrade(desired, withoutEip(recorded, 1), options);
    expect(plan.status).toBe("staged");
    expect(renderSummary(plan)).toBe("GIVE NODE 1 A NEW ADDRESS (its EIP is gone)");
    expect(plan.findings[0]).toBe(
      `node 1 gets another address on an operator's word: ${publicIpv4} (${allocationId}) is given up for a new one; ` +
        "every BGP peer's filter must be changed",
    );
    expect(changesOf(withoutEip(recorded, 1), options)).toEqual([]);
    expect(lossIn(withoutEip(recorded, 1), { acceptNewAddress: [0] })).toContain("node 1");
  });

  it("is followed, once accepted, by the rest of the upgrade", () => {
    const waves = planWaves(desired, withoutEip(recorded, 1), { acceptNewAddress: [1] });
    expect(waves.at(-1)?.status).toBe("converged");
  });

  it("is noticed where another sits in its place", () => {
    const other = {
      ...recorded,
      elasticIps: recorded.elasticIps.map((eip) =>
        eip.slot === 1 ? { ...eip, allocationId: "eipalloc-9", publicIpv4: "192.0.2.99" } : eip,
      ),
    };
    const told = lossIn(other);
    expect(told).toContain("the EIP of node 1 is not its own, but 192.0.2.99 (eipalloc-9)");
    expect(told).toContain("take the tags off eipalloc-9, then aws ec2 allocate-address");
    expect(lossIn(other, { acceptNewAddress: [1] })).toBeNull();
  });

  it("isn't gone where the same address has been allocated again", () => {
    const again = {
      ...recorded,
      elasticIps: recorded.elasticIps.map((eip) =>
        eip.slot === 1 ? { ...eip, allocationId: "eipalloc-9" } : eip,
      ),
    };
    expect(lossIn(again)).toBeNull();
  });
});

describe("an ENI that was deleted, with its EIP there", () => {
  const observation = withoutEni(recorded, 2);

  it("leaves no new slot: its node is made again, and no other node is changed", () => {
    expect(changesOf(observation)).toEqual(["create 2"]);
    const plan = planUpgrade(desired, observation);
    expect(plan.repairs).toEqual([{ slot: 2, parts: ["network-interface"] }]);
    expect(plan.decisions[2]?.why).toEqual({ kind: "missing-part", parts: ["network-interface"] });
    expect(renderSummary(plan)).toBe("create node 2; mend the address of node 2 (its ENI is gone)");
  });

  it("is made again in the zone of the record, whatever zones the config prefers", () => {
    const moved = { ...desired, availabilityZones: ["us-east-2f"] };
    const [, , decision] = planUpgrade(moved, observation).decisions;
    const eni = fleet.networkInterfaces.find(({ slot }) => slot === 2);
    expect(decision?.availabilityZone).toBe(eni?.availabilityZone);
  });

  it("is refused where nothing tells its zone", () => {
    const silent = withEcsChange(withoutEni(fleet, 2), (health) => ({
      containerInstances: health.containerInstances.filter(({ slot }) => slot !== 2),
    }));
    expect(() => planUpgrade(desired, silent)).toThrow(
      /the ENI of slot 2 is gone, whose EIP 198.51.100.2 \(eipalloc-[0-9a-f]+\) is left, and nothing tells in which zone it was/,
    );
  });

  it("is mended by one deploy, after which the upgrade goes on", () => {
    const waves = planWaves(desired, observation);
    expect(waves.map(({ repairs }) => repairs !== undefined).slice(0, 2)).toEqual([true, false]);
    expect(waves.at(-1)?.status).toBe("converged");
  });
});

describe("an EIP that is only disassociated", () => {
  it("is put back by a staged deploy that changes no node, whatever the budget and the override", () => {
    for (const ignoreHealth of [false, true]) {
      const plan = planUpgrade(desired, disassociated(recorded, 1), { ignoreHealth });
      expect(plan.status).toBe("staged");
      expect(renderSummary(plan)).toBe("mend the address of node 1 (its EIP is not on its ENI)");
      expect(plan.repairs).toEqual([{ slot: 1, parts: ["association"] }]);
      expect(plan.decisions.map(({ action }) => action)).toEqual(["keep", "keep", "keep"]);
      expect(plan.decisions[1]).toMatchObject({
        unavailable: { kind: "address-incomplete", parts: ["association"] },
      });
    }
  });

  it("is followed by the upgrade", () => {
    const waves = planWaves(desired, disassociated(recorded, 1));
    expect(waves.at(-1)?.status).toBe("converged");
    expect(waves.length).toBeGreaterThan(2);
  });
});
