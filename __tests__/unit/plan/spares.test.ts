import type { DesiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { checkInvariants } from "../../../lib/plan/invariants/check-invariants";
import { planUpgrade, planWaves } from "../../../lib/plan/plan-upgrade";
import { renderSummary } from "../../../lib/plan/render/render-summary";
import type { PlanOptions } from "../../../lib/plan/plan-options";
import { emptySlots, plannedNodes } from "../../../lib/plan/upgrade-plan";
import type { Observation } from "../../../lib/observe/observation";
import {
  aFleet,
  emptyObservation,
  instanceOf,
  NEW_AMI,
  observationOf,
  OLD_AMI,
  withEcs,
  withEcsChange,
  withInstance,
  withNewAmi,
  withoutInstance,
} from "../../support/fleet";
import { SimulatedWorld } from "../../support/simulated-world";

const REBUILD = 12;
const BAD_AMI = "ami-00000000000000bad";
const fleet = aFleet({ spareNodes: 1 });
const pops = [{ pop: "pop1" }, { pop: "pop2" }];
const well = withEcs(observationOf(fleet), pops);
const outdated = withNewAmi(well);

function summary(o: Observation, desired: DesiredFleet = fleet, options?: PlanOptions): string {
  return renderSummary(planUpgrade(desired, o, options));
}

function summaries(o: Observation, desired: DesiredFleet = fleet, options?: PlanOptions): string[] {
  return planWaves(desired, o, options)
    .filter(({ status }) => status === "staged")
    .map(renderSummary);
}

/** After the next deploy, all being well again. */
function after(o: Observation, desired: DesiredFleet = fleet): Observation {
  const world = new SimulatedWorld(o, REBUILD);
  world.deploy(desired);
  world.pass(REBUILD);
  return world.observe();
}

/** As if every task on a slot's node had stopped for good. */
function unhealthy(observation: Observation, slot: number): Observation {
  const { instanceId } = instanceOf(observation, slot);
  return withEcsChange(observation, ({ containerInstances, tasks }) => {
    const own = containerInstances.filter((c) => c.instanceId === instanceId);
    const arns = own.map((c) => c.containerInstanceArn);
    return {
      tasks: tasks.map((task) =>
        arns.includes(task.containerInstanceArn ?? "")
          ? { ...task, healthStatus: "UNHEALTHY" as const }
          : task,
      ),
    };
  });
}

const filled = after(outdated);

describe("a fleet with a spare", () => {
  it("makes the spare's address with the first deploy, in a zone of its own count, and no instance", () => {
    const plan = planUpgrade(fleet, emptyObservation());
    expect(renderSummary(plan)).toBe("make the address of spare 200; create nodes 0, 1 and 2");
    expect(plannedNodes(plan).map(({ slot }) => slot)).toEqual([0, 1, 2]);
    expect(emptySlots(plan)).toEqual([{ slot: 200, availabilityZone: "us-east-2a", spec: null }]);
    expect(summary(well)).toBe("every node is as the config wants it");
    const more = aFleet({ nodes: 4, spareNodes: 2 });
    const zones = planUpgrade(more, well).decisions.map((d) => [d.slot, d.availabilityZone]);
    const without = planUpgrade(aFleet({ nodes: 4 }), observationOf(aFleet())).decisions;
    expect(zones).toContainEqual([3, without[3]?.availabilityZone]);
    expect(zones).toContainEqual([201, "us-east-2b"]);
  });

  it("fills the spare, replaces one node after the other, and parks it", () => {
    expect(summaries(outdated)).toEqual([
      "fill spare 200",
      "upgrade node 0",
      "upgrade node 1",
      "upgrade node 2",
      "park spare 200",
    ]);
  });

  it("never fills a spare by the deploy that makes its address", () => {
    const before = withEcs(observationOf(aFleet()), pops);
    expect(summaries(withNewAmi(before)).slice(0, 3)).toEqual([
      "make the address of spare 200",
      "fill spare 200",
      "upgrade node 0",
    ]);
  });

  it("stops at the spare where the AMI is bad, and goes back without a node changed", () => {
    const world = new SimulatedWorld(withNewAmi(well, BAD_AMI), REBUILD, (ami) => ami === BAD_AMI);
    world.deploy(fleet);
    world.pass(100 * REBUILD);
    const nodes = (o: Observation) => o.instances.filter((i) => (i.slot ?? 0) < 200);
    for (let deploy = 0; deploy < 3; deploy += 1) {
      const plan = world.deploy(fleet);
      expect(plan.status).toBe("held");
      expect(renderSummary(plan)).toBe(
        "no node is changed, because spare 200 has 0 of 2 tasks healthy; not that of pop1 and 1 more, " +
          "with what the others are to get",
      );
    }
    expect(nodes(world.observe())).toEqual(nodes(well));
    // A third AMI: nobody depends on the spare.
    expect(summary(withNewAmi(world.observe()))).toBe("upgrade spare 200");
    world.change((o) => withNewAmi(o, OLD_AMI));
    expect(renderSummary(world.deploy(fleet))).toBe("park spare 200");
    expect(world.deploy(fleet).status).toBe("converged");
    expect(nodes(world.observe())).toEqual(nodes(well));
  });

  it("makes the spare the canary of what the config moved on to, unless a node has it already", () => {
    const third = withNewAmi(filled, "ami-00000000000000003");
    expect(summaries(third).slice(0, 2)).toEqual(["upgrade spare 200", "upgrade node 0"]);
    const done = after(filled);
    expect(instanceOf(done, 0).amiId).toBe(NEW_AMI);
    expect(summaries(withNewAmi(done, OLD_AMI))).toEqual(["upgrade node 0", "park spare 200"]);
  });

  it("fills the spare for a node that is gone, in another zone where it can, and parks it once that is back", () => {
    const dead = withoutInstance(well, 1);
    expect(summaries(dead)).toEqual(["fill spare 200; create node 1", "park spare 200"]);
    const stopped = withInstance(well, 1, { state: "stopped", statusChecks: "not-applicable" });
    expect(summary(stopped)).toBe("fill spare 200");
    const held = planUpgrade(
      fleet,
      withInstance(after(stopped), 1, { state: "stopped", statusChecks: "not-applicable" }),
    );
    expect(held.status).toBe("held");
    expect(renderSummary(held)).toBe(
      "no node is changed, because spare 200 stands in while node 1 is stopped",
    );
    const two = aFleet({ spareNodes: 2 });
    const ofTwo = withEcs(observationOf(two), pops);
    expect(summary(withoutInstance(ofTwo, 0), two)).toBe("fill spare 201; create node 0");
    // A task that restarts is no reason.
    expect(planUpgrade(fleet, unhealthy(well, 1)).status).not.toBe("staged");
  });

  it("replaces nobody while a node is down, nor the spare that stands in for it", () => {
    const stopped = withInstance(filled, 1, { state: "stopped", statusChecks: "not-applicable" });
    const fresh = { ...stopped, instances: stopped.instances };
    // Node 1 is outdated and serves nobody: it goes at once.
    expect(summary(fresh)).toBe("upgrade node 1");
    const moved = withNewAmi(withoutInstance(filled, 1), "ami-00000000000000003");
    expect(summary(moved)).toBe("create node 1");
  });

  it("needs the spare for a node that isn't available and yet serves", () => {
    const limping = withEcsChange(outdated, ({ containerInstances }) => ({
      nodeDaemons: [
        {
          serviceName: "node--router",
          healthyOn: containerInstances.slice(1).map((c) => c.containerInstanceArn),
        },
      ],
    }));
    expect(summary(limping)).toBe("fill spare 200");
    expect(summary(limping, aFleet())).toMatch(/^upgrade node 0/);
  });

  it("does with a frozen spare what an operator means: without it, or with it as it is", () => {
    const frozen = aFleet({ spareNodes: 1, frozenNodes: [200] });
    expect(summaries(outdated, frozen)).toEqual([
      "upgrade node 0",
      "upgrade node 1",
      "upgrade node 2",
    ]);
    const third = withNewAmi(filled, "ami-00000000000000003");
    expect(summaries(third, frozen)).toEqual([
      "upgrade node 0",
      "upgrade node 1",
      "upgrade node 2",
    ]);
  });

  it("uses the spare for a run about one node too, and parks it after", () => {
    expect(summaries(outdated, fleet, { onlyNodes: [1] })).toEqual([
      "fill spare 200",
      "upgrade node 1",
      "park spare 200",
    ]);
  });

  it("ignores nodes' health where it is told to, and never the spare's", () => {
    const bad = unhealthy(filled, 200);
    const ignored = planUpgrade(fleet, bad, { ignoreHealth: true });
    expect(renderSummary(ignored)).toBe(
      "no node is changed, because spare 200 has 0 of 2 tasks healthy; not that of pop1 and 1 more, " +
        "and a spare goes first",
    );
    // A node that serves nobody has nothing to lose.
    const dead = unhealthy(bad, 2);
    expect(summary(dead, fleet, { ignoreHealth: true })).toBe("upgrade node 2");
  });

  it("goes back with the spare on what the nodes go back to, not on what the config says", () => {
    const targets = Object.fromEntries(
      [0, 1, 2].map((slot) => {
        const { amiId, instanceType, userDataBase64, rootVolumeGiB } = instanceOf(well, slot);
        return [slot, { amiId, instanceType, userDataBase64, rootVolumeGiB: rootVolumeGiB ?? 0 }];
      }),
    );
    const done = [0, 1, 2].reduce((o) => after(o), filled);
    const parked = after(done);
    expect(planUpgrade(fleet, parked).status).toBe("converged");
    const bottlerocket = aFleet({ spareNodes: 1, os: "bottlerocket", amiId: NEW_AMI });
    const back = planUpgrade(bottlerocket, parked, { targets });
    expect(renderSummary(back)).toBe("fill spare 200");
    const [, , , fill] = back.decisions;
    expect(fill).toMatchObject({ action: "fill", spec: { amiId: OLD_AMI } });
    const own = planUpgrade(fleet, outdated).decisions[3];
    const text = (data: string) => Buffer.from(data, "base64").toString("utf8");
    if (fill?.action !== "fill" || own?.action !== "fill") throw new Error("no fill");
    expect(text(fill.spec.userDataBase64)).toBe(text(own.spec.userDataBase64));
    // User data that isn't ours can't be given to another slot: then it goes without a spare.
    const foreign = Object.fromEntries(
      Object.entries(targets).map(([slot, spec]) => [slot, { ...spec, userDataBase64: "eA==" }]),
    );
    expect(summary(parked, fleet, { targets: foreign })).toBe("upgrade node 0");
  });

  it("waits for a spare whose instance still shuts down, and leaves that alone", () => {
    const going = withInstance(filled, 200, { state: "shutting-down", rootVolumeGiB: null });
    const plan = planUpgrade(fleet, going);
    expect(renderSummary(plan)).toBe(
      "no node is changed, because spare 200 is shutting-down, and a spare goes first",
    );
    expect(plannedNodes(plan).find(({ slot }) => slot === 200)).toMatchObject({ going: true });
    const settled = withInstance(withNewAmi(filled, OLD_AMI), 200, {
      state: "shutting-down",
      rootVolumeGiB: null,
    });
    expect(planUpgrade(fleet, settled).status).toBe("converged");
  });

  it("lets a filled spare serve to the end of the upgrade where it is wanted no more, then removes it", () => {
    const none = aFleet({ spareNodes: 0 });
    expect(summaries(filled, none)).toEqual([
      "upgrade node 0",
      "upgrade node 1",
      "upgrade node 2",
      "remove spare 200",
    ]);
    expect(summary(well, none)).toBe("remove spare 200");
    expect(summary(unhealthy(filled, 200), none)).toBe("upgrade node 0; remove spare 200");
  });

  it("mends a spare's address before any node is changed, and fills nothing meanwhile", () => {
    const apart = (o: Observation, slot: number): Observation => ({
      ...o,
      elasticIps: o.elasticIps.map((eip) =>
        eip.slot === slot ? { ...eip, networkInterfaceId: null } : eip,
      ),
    });
    const mended = "mend the address of spare 200 (its EIP is not on its ENI)";
    expect(summary(apart(outdated, 200))).toBe(mended);
    const two = aFleet({ spareNodes: 2 });
    const both = after(withNewAmi(withEcs(observationOf(two), pops)), two);
    expect(summary(apart(both, 201), two)).toBe(mended.replace("200", "201"));
    expect(summary(both, two)).toBe("upgrade node 0");
  });

  it("takes two at once on top of two spares, and fills both first", () => {
    const six = aFleet({ nodes: 6, spareNodes: 2, maxUnavailableNodes: 2 });
    const before = withNewAmi(withEcs(observationOf(six), pops));
    expect(summaries(before, six)).toEqual([
      "fill spares 200 and 201",
      "upgrade nodes 0 and 3",
      "upgrade nodes 1 and 4",
      "upgrade nodes 2 and 5",
      "park spares 200 and 201",
    ]);
  });

  it("fills another one where EC2 has no capacity for the first, and waits where there is no other", () => {
    const two = aFleet({ spareNodes: 2 });
    const before = withNewAmi(withEcs(observationOf(two), pops));
    expect(summary(before, two)).toBe("fill spare 200");
    const plan = planUpgrade(two, before, { noCapacity: [200] });
    expect(renderSummary(plan)).toBe("fill spare 201");
    expect(plan.decisions.find(({ slot }) => slot === 200)).toMatchObject({
      action: "leave",
      why: { kind: "no-capacity" },
    });
    expect(summary(before, two, { noCapacity: [200, 201] })).toBe(
      "no node is changed, because spare 200 has no instance and spare 201 has no instance, and a spare goes first",
    );
  });

  it("gives a replica service a task more while the spare is filled, and takes it only after its drain", () => {
    const replica = withEcsChange(filled, ({ services }) => ({
      services: services.map((s) => ({
        ...s,
        scheduling: "REPLICA" as const,
        desiredCount: 3,
        everywhere: true,
      })),
    }));
    const named = aFleet({ spareNodes: 1, pops: [{ name: "pop1" }, { name: "pop2" }] });
    const count = (o: Observation) => planUpgrade(named, o).placement?.pops[0]?.desiredCount;
    expect(count(replica)).toBe(4);
    const done = withEcsChange(withNewAmi(replica, OLD_AMI), ({ services }) => ({
      services: services.map((s) => ({ ...s, desiredCount: 4 })),
    }));
    const park = planUpgrade(named, done);
    expect(renderSummary(park)).toBe("park spare 200");
    expect(park.placement?.pops[0]?.desiredCount).toBe(4);
  });
});

describe("the invariants of spares", () => {
  const plan = planUpgrade(fleet, outdated);
  const sabotaged = (slot: number, o: Observation, base = plan) => {
    const { spec, instanceId } = planned(o, slot);
    const upgrade = {
      ...{
        action: "upgrade" as const,
        slot,
        availabilityZone: instanceOf(o, slot).availabilityZone,
      },
      ...{ instanceId, from: spec, to: { ...spec, amiId: NEW_AMI }, outdated: ["amiId"] as const },
      unavailable: null,
      why: {
        kind: "outdated" as const,
        budget: { nodes: 3, available: 3, mayBeUnavailable: 1 },
      },
    };
    return { ...base, decisions: base.decisions.map((d) => (d.slot === slot ? upgrade : d)) };
  };
  const planned = (o: Observation, slot: number) => {
    const keep = planUpgrade(fleet, o).decisions.find((d) => d.slot === slot);
    if (keep?.action !== "keep") throw new Error(`node ${slot} isn't kept`);
    return keep;
  };

  it("refuse a node that goes before the spare is there, or while a PoP has none to spare", () => {
    expect(checkInvariants(fleet, outdated, plan)).toEqual([]);
    expect(checkInvariants(fleet, outdated, sabotaged(0, outdated))).toEqual([
      "1 nodes that serve would go while no spare is available",
      "pop1 would have 2 of 3 healthy tasks",
      "pop2 would have 2 of 3 healthy tasks",
    ]);
    const sick = unhealthy(filled, 200);
    expect(checkInvariants(fleet, sick, sabotaged(1, filled, planUpgrade(fleet, sick)))).toContain(
      "pop1 would have 2 of 3 healthy tasks",
    );
  });

  it("refuse to park while a node is down, and to fill what has no address", () => {
    const stopped = withInstance(withNewAmi(filled, OLD_AMI), 1, { state: "stopped" });
    const held = planUpgrade(fleet, stopped);
    const parked = {
      ...held,
      decisions: held.decisions.map((d) =>
        d.slot === 200 && d.action === "keep"
          ? { ...d, action: "park" as const, why: { kind: "no-longer-needed" as const } }
          : d,
      ),
    };
    expect(checkInvariants(fleet, stopped, parked)).toContain(
      "spare 200 would be parked while node 1 is down",
    );
    const bare = {
      ...outdated,
      networkInterfaces: outdated.networkInterfaces.filter(({ slot }) => slot !== 200),
    };
    expect(checkInvariants(fleet, bare, plan)).toContain(
      "spare 200 would be filled before its address is known",
    );
  });
});
