import { renderSummary } from "../../../../lib/plan/render/render-summary";
import { renderPlan } from "../../../../lib/plan/render/render-plan";
import { renderOutcome } from "../../../../lib/plan/render/render-outcome";
import { holdsOf, topicsOf } from "../../../../lib/plan/holds";
import { planUpgrade, planWaves } from "../../../../lib/plan/plan-upgrade";
import type { PlanOptions } from "../../../../lib/plan/plan-options";
import type { Observation } from "../../../../lib/observe/observation";
import type { DesiredImages } from "../../../../lib/plan/desired/desired-images";
import {
  aFleet,
  emptyObservation,
  observationOf,
  withEcs,
  withEcsChange,
  withInstance,
  withNewAmi,
  withTask,
} from "../../../support/fleet";
import {
  arnOfImage,
  desiredImages,
  NEW_IMAGE,
  OLD_IMAGE,
  settingsOf,
  whileDeploying,
  withImages,
} from "../../../support/images";

const POPS = ["pop1", "pop2", "pop3", "pop4", "pop5"];

function fleet(images: Partial<DesiredImages> = {}) {
  return aFleet({ pops: POPS.map((name) => ({ name })), images: desiredImages(images) });
}

/** All PoPs run the old image on three nodes, and are well. */
const old = withImages(
  withEcs(
    observationOf(aFleet()),
    POPS.map((pop) => ({ pop })),
  ),
);

function plan(
  observation: Observation,
  images: Partial<DesiredImages> = {},
  options: PlanOptions = {},
) {
  return planUpgrade(fleet(images), observation, options);
}

/** "pop1:roll pop2:keep,later …" */
function toldOf({ images }: ReturnType<typeof plan>): string {
  return (images?.pops ?? [])
    .map(({ pop, action, pending }) => `${pop}:${action}${pending ? ",later" : ""}`)
    .join(" ");
}

describe("a new image", () => {
  it("is given to the canary first; all others are pinned to what they run", () => {
    const planned = plan(old);
    expect(planned.status).toBe("staged");
    expect(renderSummary(planned)).toBe(`roll the canary pop1 to ${NEW_IMAGE}`);
    expect(planned.wavesRemaining).toBe(2);
    expect(toldOf(planned)).toBe(
      "pop1:roll pop2:keep,later pop3:keep,later pop4:keep,later pop5:keep,later",
    );
    for (const { action, taskDefinitionArn, runs, wanted } of planned.images?.pops ?? []) {
      if (action === "keep") expect(taskDefinitionArn).toBe(arnOfImage(OLD_IMAGE));
      expect([runs, wanted]).toEqual([OLD_IMAGE, NEW_IMAGE]);
    }
  });

  it("reaches the others once the canary is healthy with it, batch after batch", () => {
    const waves = planWaves(fleet({ popsPerWave: 2 }), old);
    expect(waves.map(renderSummary)).toEqual([
      `roll the canary pop1 to ${NEW_IMAGE}`,
      `roll pop2 and pop3 to ${NEW_IMAGE}`,
      `roll pop4 and pop5 to ${NEW_IMAGE}`,
      "every node is as the config wants it",
    ]);
    expect(waves.map(({ status, wavesRemaining }) => [status, wavesRemaining])).toEqual([
      ["staged", 3],
      ["staged", 2],
      ["staged", 1],
      ["converged", 0],
    ]);
  });

  it("waits for the canary while ECS replaces its tasks, and while one isn't healthy", () => {
    const rolled = withImages(old, { pop1: NEW_IMAGE });
    const rolling = plan(whileDeploying(rolled, "pop1"));
    expect(rolling.status).toBe("held");
    expect(topicsOf(holdsOf(rolling))).toEqual(["pop-image"]);
    expect(renderSummary(rolling)).toBe(
      `no PoP gets another image, because the canary pop1 has tasks that ECS still replaces with ${NEW_IMAGE}`,
    );
    const sick = plan(withTask(rolled, "pop1", 1, { healthStatus: "UNHEALTHY" }));
    expect([sick.status, renderSummary(sick)]).toEqual([
      "held",
      `no PoP gets another image, because the canary pop1 has 2 of 3 tasks healthy with ${NEW_IMAGE}`,
    ]);
    expect(renderOutcome(sick)).toContain("docs/runbooks/held-pop-image.md");
    expect(renderSummary(plan(rolled))).toBe(`roll pop2, pop3 and 2 more to ${NEW_IMAGE}`);
  });

  it("is not converged, and goes to nobody else, once ECS has taken the canary back", () => {
    // The same as before its first wave: the others wait still, however often it is deployed.
    expect(plan(old).status).toBe("staged");
    const two = { canaries: ["pop1", "pop2"] };
    const half = withImages(old, { pop1: NEW_IMAGE });
    expect(toldOf(plan(half, two))).toBe(
      "pop1:keep pop2:roll pop3:keep,later pop4:keep,later pop5:keep,later",
    );
  });

  it("begins no batch while one before it isn't done", () => {
    const images = { popsPerWave: 2 };
    const done = { pop1: NEW_IMAGE, pop2: NEW_IMAGE };
    // ECS has taken pop3 back: it is tried again alone.
    expect(toldOf(plan(withImages(old, done), images))).toBe(
      "pop1:keep pop2:keep pop3:roll pop4:keep,later pop5:keep,later",
    );
    const all = withImages(old, { ...done, pop3: NEW_IMAGE });
    expect(toldOf(plan(all, images))).toBe("pop1:keep pop2:keep pop3:keep pop4:roll pop5:roll");
    expect(plan(whileDeploying(all, "pop3"), images).status).toBe("held");
  });

  it("comes in batches alone where there are no canaries", () => {
    const planned = plan(old, { canaries: [], popsPerWave: 2 });
    expect(renderSummary(planned)).toBe(`roll pop1 and pop2 to ${NEW_IMAGE}`);
    expect(planned.wavesRemaining).toBe(3);
  });

  it("goes to a PoP that isn't well with what it has, in its turn", () => {
    const sick = withTask(old, "pop1", 0, { healthStatus: "UNHEALTHY" });
    expect(renderSummary(plan(sick))).toBe(`roll the canary pop1 to ${NEW_IMAGE}`);
    const waiting = withTask(old, "pop4", 0, { healthStatus: "UNHEALTHY" });
    expect(renderSummary(plan(waiting))).toBe(`roll the canary pop1 to ${NEW_IMAGE}`);
  });
});

describe("an image of the canaries' own", () => {
  const images = { others: settingsOf(OLD_IMAGE) };

  it("goes to no other PoP", () => {
    expect(plan(old, images).wavesRemaining).toBe(1);
    const rolled = plan(withImages(old, { pop1: NEW_IMAGE }), images);
    expect([rolled.status, toldOf(rolled)]).toEqual([
      "converged",
      "pop1:keep pop2:keep pop3:keep pop4:keep pop5:keep",
    ]);
  });

  it("starts nothing anew where the others follow", () => {
    const canary = withImages(old, { pop1: NEW_IMAGE });
    expect(toldOf(plan(canary))).toBe("pop1:keep pop2:roll pop3:roll pop4:roll pop5:roll");
  });
});

describe("going back", () => {
  it("rolls back those that have the new image, and leaves the others alone", () => {
    const config = { canary: settingsOf(OLD_IMAGE), others: settingsOf(OLD_IMAGE) };
    const rolled = withImages(old, { pop1: NEW_IMAGE });
    const bad = withTask(whileDeploying(rolled, "pop1"), "pop1", 0, { healthStatus: "UNKNOWN" });
    const planned = plan(bad, config);
    expect(renderSummary(planned)).toBe(`roll the canary pop1 to ${OLD_IMAGE}`);
    expect(toldOf(planned)).toBe("pop1:roll pop2:keep pop3:keep pop4:keep pop5:keep");
  });
});

describe("nodes and images", () => {
  it("change nodes first, since a PoP must not lose a task to each", () => {
    const waves = planWaves(fleet(), withNewAmi(old));
    expect(waves.map(renderSummary)).toEqual([
      "upgrade node 0",
      "upgrade node 1",
      "upgrade node 2",
      `roll the canary pop1 to ${NEW_IMAGE}`,
      `roll pop2, pop3 and 2 more to ${NEW_IMAGE}`,
      "every node is as the config wants it",
    ]);
    expect(waves[0]?.images?.hold).toEqual({ kind: "nodes-first", slots: [0] });
  });

  it("roll nobody while a node is down or rebuilds", () => {
    const stopped = plan(withInstance(old, 1, { state: "stopped" }));
    expect([stopped.status, renderSummary(stopped)]).toEqual([
      "held",
      "no PoP gets another image, because node 1 is stopped",
    ]);
    const rebuilding = POPS.reduce(
      (observation, pop) => withTask(observation, pop, 2, { healthStatus: "UNKNOWN" }),
      old,
    );
    expect(renderSummary(plan(rebuilding))).toBe(
      "no PoP gets another image, because node 2 has 0 of 5 tasks healthy; not that of pop1 and 4 more",
    );
    expect(renderSummary(plan(rebuilding, {}, { ignoreHealth: true }))).toBe(
      `roll the canary pop1 to ${NEW_IMAGE}`,
    );
  });

  it("go by the health of PoPs where that of nodes is overridden", () => {
    const sick = withTask(withImages(old, { pop1: NEW_IMAGE }), "pop1", 0, {
      healthStatus: "UNHEALTHY",
    });
    const planned = plan(sick, {}, { ignoreHealth: true });
    expect([planned.status, planned.images?.hold?.kind]).toEqual(["held", "pops-unwell"]);
  });

  it("count no task that only its last word calls healthy", () => {
    const canary = withImages(old, { pop1: NEW_IMAGE });
    const plan1 = plan(
      withInstance(canary, 1, { statusChecks: "impaired" }),
      {},
      { ignoreHealth: true },
    );
    expect(plan1.images?.hold).toMatchObject({
      kind: "pops-unwell",
      pops: [{ pop: "pop1", trouble: { kind: "tasks-unhealthy", healthy: 2, wanted: 3 } }],
    });
  });

  it("start a new PoP with what the others run, whatever the run is about", () => {
    const desired = { ...fleet(), pops: [...POPS, "pop6"].map((name) => ({ name })) };
    for (const options of [{}, { onlyNodes: [0] }, { targets: {} }]) {
      const made = planUpgrade(desired, old, options).images?.pops.at(-1);
      expect(made).toMatchObject({ action: "create", taskDefinitionArn: arnOfImage(OLD_IMAGE) });
    }
  });

  it("leave images alone where a run is about some nodes only", () => {
    const planned = plan(old, {}, { onlyNodes: [0] });
    expect([planned.status, toldOf(planned)]).toEqual([
      "converged",
      "pop1:keep pop2:keep pop3:keep pop4:keep pop5:keep",
    ]);
  });
});

describe("what isn't known", () => {
  it("holds, and lets each PoP keep what it has", () => {
    const unread = { ...old, health: { source: "unreadable" as const, reason: "no" } };
    expect([plan(unread).status, plan(unread).images]).toEqual([
      "held",
      {
        known: false,
        pops: [],
        hold: { kind: "images-unknown", because: "ecs-unreadable" },
      },
    ]);
    const recorded = withEcs(
      observationOf(aFleet()),
      POPS.map((pop) => ({ pop })),
    );
    expect(renderSummary(plan(recorded))).toBe(
      "no PoP gets another image, because what the PoPs run is not known, since the observation doesn't tell it; observe again",
    );
  });

  it("takes a definition without a digest by its image", () => {
    const untagged = withEcsChange(old, ({ taskDefinitions = [] }) => ({
      taskDefinitions: taskDefinitions.map(({ taskDefinitionArn, image }) => ({
        taskDefinitionArn,
        image,
      })),
    }));
    const config = { canary: settingsOf(OLD_IMAGE), others: settingsOf(OLD_IMAGE) };
    expect(plan(untagged, config).status).toBe("converged");
    expect(plan(untagged).status).toBe("staged");
  });
});

describe("PoPs that are new", () => {
  it("get what the config says in a new environment", () => {
    const planned = planUpgrade(fleet(), emptyObservation());
    expect(toldOf(planned)).toBe(POPS.map((pop) => `${pop}:create`).join(" "));
    expect(planned.images?.pops.every((each) => each.taskDefinitionArn === null)).toBe(true);
  });

  it("are created with what the others have while those wait", () => {
    const before = withEcsChange(old, ({ services, tasks }) => ({
      services: services.filter(({ serviceName }) => serviceName !== "pop5"),
      tasks: tasks.filter(({ serviceName }) => serviceName !== "pop5"),
    }));
    const created = plan(before).images?.pops.find(({ pop }) => pop === "pop5");
    expect(created?.taskDefinitionArn).toBe(arnOfImage(OLD_IMAGE));
  });
});

it("reads well", () => {
  const told = (observation: Observation) =>
    renderPlan(planWaves(fleet({ popsPerWave: 2 }), observation))
      .split("\n")
      .filter((line) => !/^[┌│├└]/.test(line));
  const rolled = withImages(old, { pop1: NEW_IMAGE });
  expect(
    [old, whileDeploying(rolled, "pop1"), rolled, withNewAmi(old)].flatMap((observation) => [
      ...told(observation),
      "",
    ]),
  ).toMatchSnapshot();
});
