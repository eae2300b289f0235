import type { Observation, ObservedInstance } from "../../../lib/observe/observation";
import { holdsOf } from "../../../lib/plan/holds";
import { checkInvariants } from "../../../lib/plan/invariants/check-invariants";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { renderSummary } from "../../../lib/plan/render/render-summary";
import type { SlotDecision, UpgradePlan } from "../../../lib/plan/upgrade-plan";
import {
  aFleet,
  instanceOf,
  NEW_AMI,
  observationOf,
  withEcs,
  withEcsChange,
  withInstance,
  withNewAmi,
} from "../../support/fleet";

function actionsOf(plan: UpgradePlan): string {
  return plan.decisions.map(({ action }) => action).join(" ");
}

/** What the checker says of a plan in which a node is upgraded that the planner keeps. */
function ifUpgraded(observation: Observation, slot: number, fleet = aFleet()): string[] {
  const plan = planUpgrade(fleet, observation);
  const decisions = plan.decisions.map((decision): SlotDecision => {
    if (decision.slot !== slot || decision.action !== "keep") return decision;
    const { instanceId, spec, outdated, availabilityZone, unavailable } = decision;
    const budget = { nodes: 3, available: 3, mayBeUnavailable: 1 };
    const facts = { slot, availabilityZone, unavailable, instanceId, outdated };
    return { action: "upgrade", ...facts, from: spec, to: spec, why: { kind: "outdated", budget } };
  });
  return checkInvariants(fleet, observation, { ...plan, decisions });
}

/** The slot's agent registers anew: what it ran is forgotten, and its last words stay. */
function registeredAnew(observation: Observation, slot: number, tasks: "lost" | "found") {
  const { instanceId } = instanceOf(observation, slot);
  return withEcsChange(observation, (health) => {
    const old = health.containerInstances.find((c) => c.instanceId === instanceId)!;
    const fresh = { ...old, containerInstanceArn: `${old.containerInstanceArn}-anew` };
    const moved = health.tasks.flatMap((task) =>
      task.containerInstanceArn === old.containerInstanceArn && tasks === "found"
        ? [
            {
              ...task,
              taskArn: `${task.taskArn}-anew`,
              containerInstanceArn: fresh.containerInstanceArn,
            },
          ]
        : [],
    );
    return {
      containerInstances: [
        ...health.containerInstances.map((c) => (c === old ? { ...c, agentConnected: false } : c)),
        fresh,
      ],
      tasks: [...health.tasks, ...moved],
    };
  });
}

const POPS = [{ pop: "pop1" }, { pop: "pop2" }];
const well = withNewAmi(withEcs(observationOf(aFleet()), POPS));

/** The needed daemon of a node isn't healthy for a moment, all tasks of its PoPs are. */
function withoutRouter(observation: Observation, slot: number): Observation {
  const { instanceId } = instanceOf(observation, slot);
  return withEcsChange(observation, ({ containerInstances }) => ({
    nodeDaemons: [
      {
        serviceName: "node--router",
        healthyOn: containerInstances
          .filter((c) => c.instanceId !== instanceId)
          .map((c) => c.containerInstanceArn),
      },
    ],
  }));
}

describe("an agent that registered anew", () => {
  it("isn't available on the word of the tasks that its old self had", () => {
    const plan = planUpgrade(aFleet(), registeredAnew(well, 1, "lost"));
    expect(plan.decisions[1]?.unavailable).toMatchObject({ kind: "tasks-unhealthy", healthy: 0 });
    // It is outdated itself, and so the one to go.
    expect(actionsOf(plan)).toBe("keep upgrade keep");
    expect(plan.popsTouched).toEqual([{ pops: ["pop1", "pop2"], losesOn: [1], keepsOn: [0, 2] }]);
  });

  it("holds the others where it is up to date", () => {
    const done = withInstance(well, 1, { amiId: NEW_AMI });
    expect(actionsOf(planUpgrade(aFleet(), registeredAnew(done, 1, "lost")))).toBe(
      "keep keep keep",
    );
    expect(ifUpgraded(registeredAnew(done, 1, "lost"), 0).join()).toContain("unavailable");
  });

  it("is available once its tasks are there again", () => {
    expect(actionsOf(planUpgrade(aFleet(), registeredAnew(well, 1, "found")))).toBe(
      "upgrade keep keep",
    );
  });
});

describe("a task on a node that is impaired, or whose agent is gone", () => {
  const fleet = aFleet({ maxUnavailableNodes: 2 });
  const spread = withNewAmi(
    withEcs(observationOf(fleet), [
      { pop: "pop1", slots: [0, 1] },
      { pop: "pop2", slots: [1, 2] },
    ]),
  );
  const disconnected = withEcsChange(spread, ({ containerInstances }) => ({
    containerInstances: containerInstances.map((c) =>
      c.instanceId === instanceOf(spread, 1).instanceId ? { ...c, agentConnected: false } : c,
    ),
  }));

  it.each([
    ["impaired", withInstance(spread, 1, { statusChecks: "impaired" })],
    ["stopping", withInstance(spread, 1, { state: "stopping" })],
    ["disconnected", disconnected],
  ])("is nothing that a PoP keeps: %s", (_, observation) => {
    const plan = planUpgrade(fleet, observation);
    // Node 1 is broken and goes; nodes 0 and 2 run what is left of the PoPs.
    expect(renderSummary(plan)).toBe("upgrade node 1");
    expect(plan.popsTouched.flatMap(({ keepsOn }) => keepsOn)).not.toContain(1);
    expect(plan.decisions[0]?.why).toMatchObject({ kind: "last-healthy-task", pops: ["pop1"] });
    const pinned = withInstance(observation, 1, { amiId: NEW_AMI });
    expect(ifUpgraded(pinned, 0, fleet)).toContain("pop1 would lose its last healthy task");
  });

  it("may be the last one that serves all the same, so it isn't taken", () => {
    const alone = withNewAmi(withEcs(observationOf(fleet), [{ pop: "pop1", slots: [1] }]));
    const plan = planUpgrade(fleet, withInstance(alone, 1, { statusChecks: "impaired" }));
    expect(plan.decisions[1]?.why).toEqual({ kind: "last-healthy-task", pops: ["pop1"] });
  });

  it("counts for no new place of a PoP", () => {
    const cells = [
      { name: "a", slots: [0, 1] },
      { name: "b", slots: [2, 3] },
    ];
    const wide = aFleet({ nodes: 4, cells, pops: [{ name: "pop1", cell: "b" }] });
    const both = withEcsChange(withEcs(observationOf(wide), [{ pop: "pop1" }]), ({ services }) => ({
      services: services.map((s) => ({ ...s, slots: [0, 1, 2, 3], cell: "b" })),
    }));
    const stepIn = (observation: Observation) =>
      planUpgrade(wide, observation).placement?.moves.map(({ step }) => step);
    expect(stepIn(both)).toEqual(["finish"]);
    expect(stepIn(withInstance(both, 3, { statusChecks: "impaired" }))).toEqual(["wait"]);
  });
});

describe("a broken node that serves", () => {
  it("goes first where its PoPs can lose a task", () => {
    expect(actionsOf(planUpgrade(aFleet(), withoutRouter(well, 1)))).toBe("keep upgrade keep");
  });

  it("lets those go first that serve nobody", () => {
    const dead = withInstance(withoutRouter(well, 0), 2, { state: "stopped" });
    expect(actionsOf(planUpgrade(aFleet(), dead))).toBe("keep keep upgrade");
    expect(ifUpgraded(dead, 0).join()).toContain("1 nodes that may serve would go while 1");
  });

  it("stays while another one serves nobody and can't go", () => {
    const last = withEcs(observationOf(aFleet()), [{ pop: "pop1" }, { pop: "pop3", slots: [2] }]);
    const dead = withInstance(withoutRouter(withNewAmi(last), 1), 2, { statusChecks: "impaired" });
    const plan = planUpgrade(aFleet(), dead);
    expect(actionsOf(plan)).toBe("keep keep keep");
    expect(plan.decisions[1]?.why).toMatchObject({ kind: "budget", holders: [{ slot: 2 }] });
    expect(plan.decisions[2]?.why).toMatchObject({ kind: "last-healthy-task" });
  });

  it("stays where its cell lacks another one", () => {
    const cells = [{ name: "a", slots: [0, 1, 2] }];
    const fleet = aFleet({ cells, maxUnavailableNodes: 2 });
    const dead = withInstance(withoutRouter(well, 1), 2, { state: "stopped" });
    const plan = planUpgrade(fleet, dead);
    expect(actionsOf(plan)).toBe("keep keep upgrade");
    expect(planUpgrade(fleet, withInstance(dead, 2, { amiId: NEW_AMI })).decisions[1]?.why).toEqual(
      expect.objectContaining({ kind: "broken-predecessor" }),
    );
  });
});

describe("nodes that nobody vouches for, whose tasks were healthy by their last word", () => {
  /** Their agents are gone; whether their tasks serve nobody knows. */
  const unheard = (observation: Observation, ...slots: number[]): Observation => {
    const ids = slots.map((slot) => instanceOf(observation, slot).instanceId);
    return withEcsChange(observation, ({ containerInstances }) => ({
      containerInstances: containerInstances.map((c) =>
        ids.includes(c.instanceId ?? "") ? { ...c, agentConnected: false } : c,
      ),
    }));
  };
  const fleetOf = (maxUnavailableNodes: number) => aFleet({ nodes: 4, maxUnavailableNodes });
  const outdated = withNewAmi(withEcs(observationOf(fleetOf(1)), POPS));

  it("go within the budget, since all of them may serve", () => {
    expect(actionsOf(planUpgrade(fleetOf(1), unheard(outdated, 1)))).toBe("keep upgrade keep keep");
    expect(actionsOf(planUpgrade(fleetOf(2), unheard(outdated, 1, 2)))).toBe(
      "keep upgrade upgrade keep",
    );
  });

  it("stay where those that stay may be down, and that is more than may be", () => {
    const plan = planUpgrade(fleetOf(1), unheard(outdated, 1, 2));
    expect(actionsOf(plan)).toBe("keep keep keep keep");
    expect(plan.decisions[1]?.why).toMatchObject({ kind: "budget", holders: [{ slot: 2 }] });
    expect(ifUpgraded(unheard(outdated, 1, 2), 1, fleetOf(1)).join()).toContain(
      "1 nodes that may serve would go while 1 may serve nobody",
    );
  });

  it("hold each other, which is told with both; the way out takes them, and no node that is well", () => {
    const gone = unheard(outdated, 1, 2);
    const plan = planUpgrade(fleetOf(1), gone);
    const holders = [{ slot: 1 }, { slot: 2 }];
    expect(holdsOf(plan)).toMatchObject([{ kind: "budget", holders }]);
    expect(renderSummary(plan)).toContain(
      "node 1 has a disconnected ECS agent and node 2 has a disconnected ECS agent",
    );
    expect(actionsOf(planUpgrade(fleetOf(1), gone, { ignoreHealth: true }))).toBe(
      "keep upgrade keep keep",
    );
    expect(actionsOf(planUpgrade(fleetOf(3), gone, { ignoreHealth: true }))).toBe(
      "keep upgrade upgrade keep",
    );
  });

  it("let those go first that EC2 says are down, whatever their tasks' last word", () => {
    const dead = withInstance(unheard(outdated, 1, 2), 3, { state: "stopped" });
    expect(actionsOf(planUpgrade(fleetOf(2), dead))).toBe("keep keep keep upgrade");
  });

  it("are no last word of a PoP where their instance doesn't run", () => {
    const last = withEcs(observationOf(aFleet()), [{ pop: "pop1", slots: [2] }]);
    const plan = planUpgrade(aFleet(), withInstance(withNewAmi(last), 2, { state: "stopped" }));
    expect(actionsOf(plan)).toBe("keep keep upgrade");
  });

  it("stay where their cell lacks another one", () => {
    const cells = [{ name: "a", slots: [0, 1, 2, 3] }];
    const fleet = { ...fleetOf(2), cells };
    expect(actionsOf(planUpgrade(fleet, unheard(outdated, 1)))).toBe("keep upgrade keep keep");
    expect(actionsOf(planUpgrade(fleet, unheard(outdated, 1, 2)))).toBe("keep keep keep keep");
  });
});

describe("an instance that shuts down and has given up its ENI", () => {
  const given = (networkInterfaceIds: string[]): Observation => {
    const gone = withInstance(well, 1, {
      ...{ state: "shutting-down", rootVolumeGiB: null, networkInterfaceIds },
    });
    const networkInterfaces = gone.networkInterfaces.map((eni) =>
      eni.slot === 1 ? { ...eni, instanceId: null } : eni,
    );
    return { ...gone, networkInterfaces };
  };

  it("is waited for, since Terraform finds it still and launches no other", () => {
    const plan = planUpgrade(aFleet(), given([]));
    const { instanceId } = instanceOf(well, 1);
    expect(plan.decisions[1]).toMatchObject({ action: "keep", pending: "create", instanceId });
    expect(plan.decisions[1]?.why).toMatchObject({ kind: "going" });
    // Terraform's own check asks what holds the ENI, and nothing does.
    expect(plan.observed.addresses?.[1]).toMatchObject({ slot: 1, heldBy: null });
  });

  it("isn't the slot's node where it sits elsewhere", () => {
    expect(planUpgrade(aFleet(), given(["eni-0fff"])).decisions[1]).toMatchObject({
      action: "create",
      why: { kind: "address-without-instance" },
    });
  });
});

it("a frozen slot without instance and ENI gets its ENI back, and nothing else", () => {
  const { instanceId } = instanceOf(well, 1);
  const lost: Observation = {
    ...well,
    instances: well.instances.filter((i) => i.instanceId !== instanceId),
    networkInterfaces: well.networkInterfaces.filter(({ slot }) => slot !== 1),
    elasticIps: well.elasticIps.map((eip) =>
      eip.slot === 1 ? { ...eip, networkInterfaceId: null } : eip,
    ),
  };
  const plan = planUpgrade(aFleet({ frozenNodes: [1] }), lost);
  expect(actionsOf(plan)).toBe("keep leave keep");
  expect(plan.repairs).toEqual([{ slot: 1, parts: ["network-interface"] }]);
});

describe("a node that is to go", () => {
  const fewer = aFleet({ nodes: 2 });
  const recorded = (publicIpv4?: string): Observation => ({
    ...well,
    remembered: well.networkInterfaces.map((eni) => {
      const eip = well.elasticIps.find(({ slot }) => slot === eni.slot)!;
      return {
        slot: eni.slot!,
        availabilityZone: eni.availabilityZone,
        networkInterfaceId: eni.networkInterfaceId,
        privateIpv4: eni.privateIpv4,
        ipv6: eni.ipv6[0]!,
        allocationId: eip.allocationId,
        publicIpv4: eni.slot === 2 && publicIpv4 !== undefined ? publicIpv4 : eip.publicIpv4,
      };
    }),
  });

  it("isn't available on another address than its own, and is told to be so", () => {
    const waiting = withInstance(recorded("203.0.113.9"), 0, {
      state: "stopped",
      amiId: NEW_AMI,
    });
    expect(planUpgrade(fewer, waiting).decisions[2]).toMatchObject({
      action: "keep",
      unavailable: { kind: "address-incomplete", parts: ["elastic-ip"] },
    });
    expect(planUpgrade(fewer, recorded()).decisions[2]).toMatchObject({ action: "remove" });
  });

  it("counts as one that is down already for the invariants, too, where nothing runs on it", () => {
    const apart = {
      ...withEcs(observationOf(aFleet()), [{ pop: "pop1", slots: [0, 1] }]),
      elasticIps: well.elasticIps.map((eip) =>
        eip.slot === 2 ? { ...eip, networkInterfaceId: null } : eip,
      ),
    };
    const booting = withInstance(withNewAmi(apart), 1, { statusChecks: "initializing" });
    expect(actionsOf(planUpgrade(fewer, booting))).toBe("keep keep remove");
  });
});

it("a node that is to go goes without its EIP, by the budget", () => {
  const lost = { ...well, elasticIps: well.elasticIps.filter(({ slot }) => slot !== 2) };
  const fewer = aFleet({ nodes: 2 });
  expect(actionsOf(planUpgrade(fewer, lost))).toBe("keep keep remove");
  const dead = withInstance(lost, 0, { state: "stopped", amiId: NEW_AMI });
  expect(actionsOf(planUpgrade(fewer, dead))).toBe("keep keep keep");
});

describe("a slot of which nothing is seen", () => {
  const unread = { source: "unreadable" as const, reason: "ecs:ListTasks failed" };
  const wider = aFleet({ nodes: 4 });

  it("isn't taken for new where ECS wasn't read and no record tells", () => {
    expect(() => planUpgrade(wider, { ...well, health: unread })).toThrow(
      "EC2 shows nothing of slot 3, and whether it was ever deployed can't be told",
    );
  });

  it("is new by the record, and by ECS", () => {
    const remembered = well.networkInterfaces.map((eni) => ({
      slot: eni.slot!,
      availabilityZone: eni.availabilityZone,
      networkInterfaceId: eni.networkInterfaceId,
      privateIpv4: eni.privateIpv4,
      ipv6: eni.ipv6[0]!,
      ...(({ allocationId, publicIpv4 }) => ({ allocationId, publicIpv4 }))(
        well.elasticIps.find(({ slot }) => slot === eni.slot)!,
      ),
    }));
    const read = [well, { ...well, health: unread, remembered }];
    for (const observation of read) {
      expect(planUpgrade(wider, observation).decisions[3]?.why).toEqual({ kind: "new-slot" });
    }
  });
});

describe("a node that is broken with what the others are to get", () => {
  const fleet = aFleet({ nodes: 4, maxUnavailableNodes: 2 });
  const outdated = withNewAmi(withEcs(observationOf(fleet), POPS));
  const broken = withInstance(outdated, 0, { amiId: NEW_AMI, statusChecks: "impaired" });
  const holder = { slot: 0, unavailable: { kind: "status-checks", result: "impaired" } };

  it("holds them whatever the budget", () => {
    const plan = planUpgrade(fleet, broken);
    expect(plan.status).toBe("held");
    expect(plan.decisions[1]?.why).toEqual({ kind: "broken-predecessor", holders: [holder] });
    expect(holdsOf(plan)).toEqual([{ kind: "broken-predecessor", holders: [holder] }]);
    expect(ifUpgraded(broken, 1, fleet)).toContain("1 nodes would get what node 0 isn't well with");
  });

  it("holds those that are broken, too", () => {
    const both = withInstance(broken, 3, { state: "stopped" });
    expect(planUpgrade(aFleet({ nodes: 4, maxUnavailableNodes: 3 }), both).status).toBe("held");
  });

  it("is taken back first, and no removal waits for it", () => {
    const targets = Object.fromEntries(
      planUpgrade(fleet, outdated).decisions.map((d) => [d.slot, specBefore(d)]),
    );
    expect(actionsOf(planUpgrade(fleet, broken, { targets }))).toBe("upgrade keep keep keep");
    const fewer = planUpgrade(aFleet({ maxUnavailableNodes: 2 }), broken);
    expect(actionsOf(fewer)).toBe("keep keep keep remove");
  });
});

function specBefore(decision: SlotDecision) {
  if (decision.action === "keep") return decision.spec;
  if (decision.action === "upgrade") return decision.from;
  throw new Error(`slot ${decision.slot} has no spec`);
}

describe("among equals", () => {
  const launched = (slot: number, launchTime: string) => (observation: Observation) =>
    withInstance(observation, slot, { launchTime });

  it("the longest running goes first, and then the lowest slot", () => {
    const first = launched(2, "1999-05-01T00:00:00.000Z")(well);
    expect(actionsOf(planUpgrade(aFleet(), first))).toBe("keep keep upgrade");
    const both = launched(1, "1999-05-01T00:00:00.000Z")(first);
    expect(actionsOf(planUpgrade(aFleet(), both))).toBe("keep upgrade keep");
    const broken: Partial<ObservedInstance> = { state: "stopped" };
    const dead = withInstance(withInstance(first, 0, broken), 2, broken);
    expect(actionsOf(planUpgrade(aFleet(), dead))).toBe("keep keep upgrade");
  });

  it("nodes of one deploy, launched within seconds of each other, go by slot", () => {
    const together = [2, 0, 1].reduce(
      (fleet, slot, order) => launched(slot, `1999-05-01T00:0${order}:00.000Z`)(fleet),
      well,
    );
    expect(actionsOf(planUpgrade(aFleet(), together))).toBe("keep keep upgrade");
    const near = [2, 0, 1].reduce(
      (fleet, slot, order) => launched(slot, `1999-05-01T00:00:0${4 * order}.000Z`)(fleet),
      well,
    );
    expect(actionsOf(planUpgrade(aFleet(), near))).toBe("upgrade keep keep");
  });

  it("holds in a fleet too large to weigh every wave", () => {
    const large = aFleet({ nodes: 15 });
    const observation = launched(
      13,
      "1999-05-01T00:00:00.000Z",
    )(withNewAmi(withEcs(observationOf(large), POPS)));
    expect(renderSummary(planUpgrade(large, observation))).toBe("upgrade node 13");
  });

  it("lets an AMI that moves every second deploy reach every node", () => {
    let observation = well;
    const replaced = new Set<number>();
    for (let deploy = 0; deploy < 6; deploy += 1) {
      const current = withNewAmi(observation, `ami-${String(3 + (deploy >> 1)).padStart(17, "0")}`);
      const plan = planUpgrade(aFleet(), current);
      for (const { slot, action } of plan.decisions) {
        if (action !== "upgrade") continue;
        replaced.add(slot);
        observation = withInstance(current, slot, {
          amiId: Object.values(current.images)[0],
          launchTime: `2026-01-0${deploy + 1}T00:00:00.000Z`,
        });
      }
    }
    expect([...replaced].sort()).toEqual([0, 1, 2]);
  });
});

describe("a fleet with cells and an instance that is no node", () => {
  const cells = [
    { name: "a", slots: [0, 2] },
    { name: "b", slots: [1, 3] },
  ];
  const fleet = aFleet({ nodes: 4, cells });
  const divided = withNewAmi(withEcs(observationOf(fleet), []));

  it.each(["stopped", "shutting-down"] as const)("plans on past a stray that is %s", (state) => {
    const stray: ObservedInstance = {
      ...instanceOf(divided, 0),
      instanceId: "i-0000000000000ffff",
      networkInterfaceIds: ["eni-0000000000000ffff"],
      state,
      statusChecks: "not-applicable",
    };
    const seen = { ...divided, instances: [...divided.instances, stray] };
    expect(renderSummary(planUpgrade(fleet, seen))).toBe("upgrade node 0");
  });
});
