import { renderSummary } from "../../../lib/plan/render/render-summary";
import { renderWhy } from "../../../lib/plan/render/render-why";
import { imageParameter } from "../../../lib/config/naming";
import { RoutedError } from "../../../lib/errors";
import type { Observation } from "../../../lib/observe/observation";
import { specOf } from "../../../lib/plan/node-spec";
import type { NodeSpec } from "../../../lib/plan/node-spec";
import { planUpgrade, planWaves } from "../../../lib/plan/plan-upgrade";
import { holdsOf } from "../../../lib/plan/holds";
import { emptySlots, plannedNodes } from "../../../lib/plan/upgrade-plan";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import {
  aFleet,
  emptyObservation,
  instanceOf,
  NEW_AMI,
  observationOf,
  OLD_AMI,
  withEcs,
  withInstance,
  withNewAmi,
  withoutInstance,
} from "../../support/fleet";
import { desiredImages, withImages } from "../../support/images";

/** "keep keep upgrade": the actions by slot. */
function actionsOf(plan: UpgradePlan): string {
  return plan.decisions.map(({ action }) => action).join(" ");
}

function reasonsOf(plan: UpgradePlan): string[] {
  return plan.decisions.map(renderWhy);
}

describe("a new environment", () => {
  it("creates all slots with the desired spec, spread over the zones", () => {
    const plan = planUpgrade(aFleet({ nodes: 4 }), emptyObservation());
    expect(actionsOf(plan)).toBe("create create create create");
    expect(plan.status).toBe("staged");
    expect(plan.wavesRemaining).toBe(1);
    expect(renderSummary(plan)).toBe("create nodes 0, 1, 2 and 3");
    expect(plan.decisions.map((d) => d.availabilityZone)).toEqual([
      "us-east-2a",
      "us-east-2b",
      "us-east-2c",
      "us-east-2a",
    ]);
    expect(plannedNodes(plan).map(({ spec }) => spec.amiId)).toEqual(Array(4).fill(OLD_AMI));
    expect(reasonsOf(plan)[0]).toBe("new environment");
  });

  it("fails where the image that is wanted was not observed", () => {
    expect(() => planUpgrade(aFleet({ architecture: "arm64" }), emptyObservation())).toThrow(
      new RoutedError(
        "unreadable-aws",
        "test: fleet.image.amiId is latest, but the SSM parameter " +
          "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id is not among " +
          "what was observed; observe again, or set fleet.image.amiId to an AMI id",
      ),
    );
  });

  it("takes an AMI id of the config as it is", () => {
    const plan = planUpgrade(aFleet({ amiId: NEW_AMI }), emptyObservation({ images: {} }));
    expect(plannedNodes(plan)[0]?.spec.amiId).toBe(NEW_AMI);
  });
});

describe("a fleet that is up to date", () => {
  it("keeps every node and has no waves to go", () => {
    const plan = planUpgrade(aFleet(), observationOf(aFleet()));
    expect(actionsOf(plan)).toBe("keep keep keep");
    expect(plan.status).toBe("converged");
    expect(plan.wavesRemaining).toBe(0);
    expect(renderSummary(plan)).toBe("every node is as the config wants it");
    expect(reasonsOf(plan)).toEqual(["up to date", "up to date", "up to date"]);
  });

  it("says which node is broken, though nothing is outdated", () => {
    const observation = withInstance(observationOf(aFleet()), 2, { state: "stopped" });
    const plan = planUpgrade(aFleet(), observation);
    expect(plan.status).toBe("converged");
    expect(renderSummary(plan)).toBe(
      "every node has the spec that the config wants, but node 2 is stopped",
    );
    expect(reasonsOf(plan)[2]).toBe("up to date; node 2 is stopped");
  });
});

describe("outdated nodes, all available", () => {
  it("upgrades the lowest slot and keeps the rest with the spec they run with", () => {
    const observation = observationOf(aFleet());
    const plan = planUpgrade(aFleet(), withNewAmi(observation));
    expect(actionsOf(plan)).toBe("upgrade keep keep");
    expect(renderSummary(plan)).toBe("upgrade node 0");
    expect(plan.wavesRemaining).toBe(3);
    expect(reasonsOf(plan)).toEqual([
      "outdated AMI; 3 of 3 nodes available, 1 may be unavailable",
      "outdated AMI; waits for node 0",
      "outdated AMI; waits for node 0",
    ]);
    const [upgraded, ...pinned] = plannedNodes(plan);
    expect(upgraded?.spec.amiId).toBe(NEW_AMI);
    for (const { slot, spec } of pinned) {
      const { amiId, instanceType, userDataBase64, rootVolumeGiB } = instanceOf(observation, slot);
      expect(spec).toEqual({ amiId, instanceType, userDataBase64, rootVolumeGiB });
    }
  });

  it.each([
    [1, [0]],
    [2, [0, 3]],
    [3, [0, 1, 3]],
    [4, [0, 1, 3, 4]],
  ])("upgrades as many as the budget of %i allows, in few zones", (maxUnavailableNodes, slots) => {
    const fleet = aFleet({ nodes: 5, maxUnavailableNodes });
    const plan = planUpgrade(fleet, withNewAmi(observationOf(fleet)));
    const upgrades = plan.decisions.filter(({ action }) => action === "upgrade");
    expect(upgrades.map(({ slot }) => slot)).toEqual(slots);
    expect(plan.wavesRemaining).toBe(Math.ceil(5 / maxUnavailableNodes));
  });

  it.each([
    ["instance type", { instanceType: "r7i.large" }, ["instanceType", "userDataBase64"]],
    ["root volume", { rootVolumeGiB: 101 }, ["userDataBase64", "rootVolumeGiB"]],
    [
      "operating system",
      { os: "bottlerocket" },
      ["userDataBase64", "rootVolumeGiB", "dataVolumeGiB"],
    ],
    ["cluster", { clusterName: "routed-other" }, ["userDataBase64"]],
  ] as const)(
    "stages a change of the %s, replacing the node by its user data",
    (_, change, parts) => {
      const plan = planUpgrade(
        aFleet({ amiId: OLD_AMI, ...change }),
        observationOf(aFleet({ amiId: OLD_AMI })),
      );
      expect(actionsOf(plan)).toBe("upgrade keep keep");
      expect(plan.decisions[0]).toMatchObject({ outdated: parts });
    },
  );

  it("migrates node by node, each with its own operating system's user data and volumes", () => {
    const before = observationOf(aFleet());
    const wanted = {
      os: "bottlerocket",
      architecture: "arm64",
      instanceType: "r7g.large",
    } as const;
    const images = { ...before.images, [imageParameter("bottlerocket", "arm64")]: NEW_AMI };
    const waves = planWaves(aFleet(wanted), { ...before, images });
    expect(waves.map(renderSummary)).toEqual([
      "upgrade node 0",
      "upgrade node 1",
      "upgrade node 2",
      "every node is as the config wants it",
    ]);
    const [migrated, pinned] = plannedNodes(waves[0]!);
    expect(migrated?.spec).toMatchObject({
      amiId: NEW_AMI,
      instanceType: "r7g.large",
      rootVolumeGiB: 4,
      dataVolumeGiB: 100,
    });
    expect(pinned?.spec).toEqual(specOf(instanceOf(before, 1) as NodeSpec));
    expect(pinned?.spec).not.toHaveProperty("dataVolumeGiB");
  });

  it("keeps a data volume's size with the rest of a pinned node's spec", () => {
    const fleet = aFleet({ os: "bottlerocket", amiId: OLD_AMI });
    const plan = planUpgrade({ ...fleet, amiId: NEW_AMI }, observationOf(fleet));
    expect(plan.decisions[1]).toMatchObject({
      action: "keep",
      outdated: ["amiId"],
      spec: { amiId: OLD_AMI, rootVolumeGiB: 4, dataVolumeGiB: 100 },
    });
  });

  it("changes AMI and instance type of a node in one go", () => {
    const observation = withNewAmi(observationOf(aFleet()));
    const waves = planWaves(aFleet({ instanceType: "r7i.large" }), observation);
    expect(waves.map(renderSummary)).toEqual([
      "upgrade node 0",
      "upgrade node 1",
      "upgrade node 2",
      "every node is as the config wants it",
    ]);
    expect(waves.map(({ wavesRemaining }) => wavesRemaining)).toEqual([3, 2, 1, 0]);
  });
});

describe("nodes that are not available", () => {
  it.each([
    ["stopped", { state: "stopped" }, "node 2 is stopped"],
    ["stopping", { state: "stopping" }, "node 2 is stopping"],
    ["pending", { state: "pending" }, "node 2 is pending"],
    ["impaired", { statusChecks: "impaired" }, "node 2 fails its status checks"],
    [
      "initializing",
      { statusChecks: "initializing" },
      "node 2 has not passed its status checks yet",
    ],
  ] as const)(
    "mends an outdated node that is %s before anything else is touched",
    (_, change, why) => {
      const observation = withNewAmi(withInstance(observationOf(aFleet()), 2, change));
      const plan = planUpgrade(aFleet(), observation);
      expect(actionsOf(plan)).toBe("keep keep upgrade");
      expect(reasonsOf(plan)[2]).toBe(
        `outdated AMI, and ${why}; 2 of 3 nodes available, 1 may be unavailable`,
      );
    },
  );

  it("holds the outdated ones while an upgraded one is not available", () => {
    const staged = withNewAmi(observationOf(aFleet()));
    const observation = withInstance(staged, 1, {
      ...instanceOf(staged, 1),
      amiId: NEW_AMI,
      state: "pending",
    });
    const plan = planUpgrade(aFleet(), observation);
    expect(plan.status).toBe("held");
    expect(actionsOf(plan)).toBe("keep keep keep");
    expect(renderSummary(plan)).toBe(
      "no node is changed, because node 1 is pending; 2 of 3 nodes available, 1 may be unavailable",
    );
    expect(reasonsOf(plan)).toEqual([
      "outdated AMI; held because node 1 is pending; 2 of 3 nodes available, 1 may be unavailable",
      "up to date; node 1 is pending",
      "outdated AMI; held because node 1 is pending; 2 of 3 nodes available, 1 may be unavailable",
    ]);
    expect(plan.wavesRemaining).toBe(2);
  });

  it("upgrades no more broken nodes at once than the budget", () => {
    const broken = [0, 1, 2].reduce(
      (seen, slot) => withInstance(seen, slot, { state: "stopped" }),
      observationOf(aFleet()),
    );
    expect(actionsOf(planUpgrade(aFleet(), withNewAmi(broken)))).toBe("upgrade keep keep");
  });

  it("uses what is left of a budget of two", () => {
    const fleet = aFleet({ nodes: 4, maxUnavailableNodes: 2 });
    const observation = withNewAmi(withInstance(observationOf(fleet), 3, { state: "stopped" }));
    expect(actionsOf(planUpgrade(fleet, observation))).toBe("upgrade keep keep upgrade");
  });
});

describe("a slot whose address has no instance", () => {
  it("creates it with the desired spec and upgrades nothing else", () => {
    const observation = withNewAmi(withoutInstance(observationOf(aFleet()), 1));
    const plan = planUpgrade(aFleet(), observation);
    expect(actionsOf(plan)).toBe("keep create keep");
    expect(plan.decisions[1]).toMatchObject({
      why: { kind: "address-without-instance" },
      availabilityZone: "us-east-2b",
    });
    expect(reasonsOf(plan)).toEqual([
      "outdated AMI; held because node 1 has no instance; 2 of 3 nodes available, 1 may be unavailable",
      "its address has no instance",
      "outdated AMI; held because node 1 has no instance; 2 of 3 nodes available, 1 may be unavailable",
    ]);
  });

  describe("for an instance that shuts down holds it", () => {
    const fleet = aFleet({ maxUnavailableNodes: 2 });
    const going = withInstance(observationOf(fleet), 1, {
      state: "shutting-down",
      statusChecks: "not-applicable",
      rootVolumeGiB: null,
      userDataBase64: "",
    });
    const { instanceId, launchTime } = instanceOf(going, 1);

    it("waits, told, and creates nothing on an ENI that is taken", () => {
      const plan = planUpgrade(fleet, going);
      expect(actionsOf(plan)).toBe("keep keep keep");
      expect(plan.status).toBe("held");
      expect(plan.decisions[1]).toMatchObject({
        instanceId,
        pending: "create",
        unavailable: { kind: "instance-state", state: "shutting-down" },
        why: { kind: "going", instanceId, launchTime },
      });
      expect(holdsOf(plan)).toEqual([{ kind: "going", slots: [1] }]);
      expect(plan.observed.addresses?.[1]).toMatchObject({ slot: 1, heldBy: instanceId });
      expect(plannedNodes(plan)[1]).toMatchObject({ slot: 1, kept: true, going: true });
    });

    it("creates the node once it is gone, and then goes on", () => {
      const summaries = planWaves(fleet, going).map(({ status }) => status);
      expect(summaries).toEqual(["held", "staged", "converged"]);
    });

    it("counts as unavailable", () => {
      expect(actionsOf(planUpgrade(fleet, withNewAmi(going)))).toBe("upgrade keep keep");
      expect(actionsOf(planUpgrade(aFleet(), withNewAmi(going)))).toBe("keep keep keep");
    });

    it("is removed with its address where fewer nodes are wanted", () => {
      const last = withInstance(observationOf(fleet), 2, { state: "shutting-down" });
      expect(actionsOf(planUpgrade(aFleet({ nodes: 2 }), last))).toBe("keep keep remove");
    });
  });

  it("creates all of them, since that disrupts nobody", () => {
    const observation = withoutInstance(withoutInstance(observationOf(aFleet()), 0), 2);
    expect(actionsOf(planUpgrade(aFleet(), observation))).toBe("create keep create");
  });
});

describe("scale out", () => {
  it("creates all new slots at once in the emptiest zones, and upgrades within the budget", () => {
    const plan = planUpgrade(aFleet({ nodes: 5 }), withNewAmi(observationOf(aFleet())));
    expect(actionsOf(plan)).toBe("upgrade keep keep create create");
    expect(plan.decisions.map((d) => d.availabilityZone).slice(3)).toEqual([
      "us-east-2a",
      "us-east-2b",
    ]);
    expect(reasonsOf(plan)[3]).toBe(
      "new slot; it serves nobody yet, so it does not use the budget",
    );
  });

  it("puts new slots into no zone whose slots are down or empty", () => {
    const zonesOf = (observation: Observation) =>
      planUpgrade(aFleet({ nodes: 5 }), observation)
        .decisions.slice(3)
        .map((d) => d.availabilityZone);
    const well = observationOf(aFleet());
    expect(zonesOf(withoutInstance(well, 0))).toEqual(["us-east-2b", "us-east-2c"]);
    expect(zonesOf(withInstance(well, 1, { state: "stopped" }))).toEqual([
      "us-east-2a",
      "us-east-2c",
    ]);
    const none = [0, 1, 2].reduce(withoutInstance, well);
    expect(zonesOf(none)).toEqual(["us-east-2a", "us-east-2b"]);
  });

  it("puts new slots into a zone that was added, and moves no other", () => {
    const zones = ["us-east-2a", "us-east-2b", "us-east-2c", "us-east-2d"];
    const plan = planUpgrade(
      aFleet({ nodes: 4, availabilityZones: zones }),
      observationOf(aFleet()),
    );
    expect(plan.decisions.map((d) => d.availabilityZone)).toEqual(zones);
    expect(actionsOf(plan)).toBe("keep keep keep create");
  });

  it("keeps slots in a zone that was taken off the config", () => {
    const plan = planUpgrade(
      aFleet({ availabilityZones: ["us-east-2a"] }),
      observationOf(aFleet()),
    );
    expect(plan.status).toBe("converged");
    expect(plan.decisions.map((d) => d.availabilityZone)).toEqual(aFleet().availabilityZones);
  });
});

describe("scale in", () => {
  it("removes from the highest slot, one per wave, and does not upgrade what goes", () => {
    const observation = withNewAmi(observationOf(aFleet({ nodes: 5 })));
    const waves = planWaves(aFleet(), observation);
    expect(waves.map(renderSummary)).toEqual([
      "remove node 4",
      "remove node 3",
      "upgrade node 0",
      "upgrade node 1",
      "upgrade node 2",
      "every node is as the config wants it",
    ]);
    expect(waves[0] && reasonsOf(waves[0])[3]).toBe("to be removed; waits for node 4");
  });

  it("removes a broken node first, whichever slot it has", () => {
    const observation = withInstance(observationOf(aFleet({ nodes: 5 })), 3, { state: "stopped" });
    expect(renderSummary(planUpgrade(aFleet(), observation))).toBe("remove node 3");
  });

  it("removes a left-over address together with the next node", () => {
    const observation = withoutInstance(observationOf(aFleet({ nodes: 5 })), 4);
    expect(renderSummary(planUpgrade(aFleet(), observation))).toBe("remove nodes 3 and 4");
  });

  it("holds removals while another node is not available", () => {
    const observation = withInstance(observationOf(aFleet({ nodes: 4 })), 0, { state: "pending" });
    const plan = planUpgrade(aFleet(), observation);
    expect(plan.status).toBe("held");
    expect(reasonsOf(plan)[3]).toBe(
      "to be removed; held because node 0 is pending; 3 of 4 nodes available, 1 may be unavailable",
    );
  });
});

describe("frozen nodes", () => {
  it("keeps them as they are, though they are outdated", () => {
    const fleet = aFleet({ frozenNodes: [0] });
    const waves = planWaves(fleet, withNewAmi(observationOf(aFleet())));
    expect(waves.map(renderSummary).slice(0, 2)).toEqual(["upgrade node 1", "upgrade node 2"]);
    const last = waves.at(-1);
    expect(last?.status).toBe("converged");
    expect(last && reasonsOf(last)[0]).toBe("frozen, though its AMI is outdated");
  });

  it("leaves them empty where they have no instance, which uses the budget for node changes", () => {
    const empty = withoutInstance(observationOf(aFleet()), 1);
    const plan = planUpgrade(aFleet({ frozenNodes: [1] }), empty);
    expect([plan.status, actionsOf(plan), reasonsOf(plan)[1]]).toEqual([
      "converged",
      "keep leave keep",
      "frozen; node 1 has no instance",
    ]);
    expect(plannedNodes(plan).map(({ slot }) => slot)).toEqual([0, 2]);
    expect(emptySlots(plan)).toEqual([{ slot: 1, availabilityZone: "us-east-2b", spec: null }]);
    const held = planUpgrade(aFleet({ frozenNodes: [1] }), withNewAmi(empty));
    expect([held.status, actionsOf(held)]).toEqual(["held", "keep leave keep"]);
    const two = planUpgrade(
      aFleet({ frozenNodes: [1], maxUnavailableNodes: 2 }),
      withNewAmi(empty),
    );
    expect(actionsOf(two)).toBe("upgrade leave keep");
  });

  it("lets PoPs move and images roll past an empty one", () => {
    const pops = [{ name: "pop1" }];
    const fleet = aFleet({ frozenNodes: [1], pops, images: desiredImages() });
    const well = withImages(withEcs(observationOf(aFleet()), [{ pop: "pop1" }]));
    const empty = withoutInstance(well, 1);
    const ecs = withEcs(empty, [{ pop: "pop1" }]);
    const plan = planUpgrade(fleet, withImages({ ...empty, health: ecs.health }));
    expect(plan.images?.pops.map(({ action }) => action)).toEqual(["roll"]);
  });

  it("makes nothing of one of which nothing exists, and holds nobody for it", () => {
    const fleet = aFleet({ nodes: 4, frozenNodes: [3] });
    const plan = planUpgrade(fleet, withNewAmi(observationOf(aFleet())));
    expect(actionsOf(plan)).toBe("upgrade keep keep leave");
    expect([plannedNodes(plan).length, emptySlots(plan)]).toEqual([3, []]);
    const born = planUpgrade(aFleet({ frozenNodes: [0] }), emptyObservation());
    expect(actionsOf(born)).toBe("leave create create");
  });

  it("counts one that is well as available", () => {
    const plan = planUpgrade(aFleet({ frozenNodes: [0] }), withNewAmi(observationOf(aFleet())));
    expect(plan.decisions[1]?.why).toMatchObject({ budget: { nodes: 3, available: 3 } });
  });

  it("counts one that shuts down as going", () => {
    const going = withInstance(observationOf(aFleet()), 1, { state: "shutting-down" });
    expect(actionsOf(planUpgrade(aFleet({ frozenNodes: [1] }), going))).toBe("keep keep keep");
  });

  it("count against the budget when they are not available", () => {
    const observation = withNewAmi(withInstance(observationOf(aFleet()), 0, { state: "stopped" }));
    const plan = planUpgrade(aFleet({ frozenNodes: [0] }), observation);
    expect(plan.status).toBe("held");
  });
});

describe("the options of one run", () => {
  const observation = withNewAmi(observationOf(aFleet()));

  it("is refused where it names no node, which would be all or none", () => {
    expect(() => planWaves(aFleet(), emptyObservation(), { onlyNodes: [] })).toThrow(
      new RoutedError(
        "invalid-argument",
        "onlyNodes must name at least one slot, got none; leave it out to let every node change",
      ),
    );
  });

  it("changes only the nodes that it is told to", () => {
    const waves = planWaves(aFleet(), observation, { onlyNodes: [2] });
    expect(waves.map(renderSummary)).toEqual([
      "upgrade node 2",
      "every node is as the config wants it",
    ]);
    expect(waves[0]?.decisions[0]?.why).toEqual({ kind: "not-selected" });
  });

  it("goes back to recorded specs, and upgrades nothing that has them", () => {
    const before = instanceOf(observation, 1);
    const { amiId, instanceType, userDataBase64, rootVolumeGiB } = before;
    const upgraded = withInstance(observation, 1, { amiId: NEW_AMI });
    const spec = { amiId, instanceType, userDataBase64, rootVolumeGiB: rootVolumeGiB ?? 0 };
    const waves = planWaves(aFleet(), upgraded, {
      targets: {
        0: { ...spec, userDataBase64: instanceOf(observation, 0).userDataBase64 },
        1: spec,
      },
      onlyNodes: [0, 1],
    });
    expect(waves[0]?.decisions[1]).toMatchObject({ action: "upgrade", to: spec });
    expect(waves.map(renderSummary)).toEqual([
      "upgrade node 1",
      "every node is as the config wants it",
    ]);
  });
});
