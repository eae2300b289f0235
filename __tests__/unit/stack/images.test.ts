import type { Environment } from "../../../lib/config/environment";
import { desiredImages } from "../../../lib/plan/desired/desired-images";
import type { ImagePlan, PopImage } from "../../../lib/plan/image-plan";
import { aPlan, aRoutedEnvironment, aSite } from "../../fixtures/a-routed-environment";
import { resourceAt, resourcesOf, synthesize } from "../../fixtures/synthesize";
import type { SynthesizedStack } from "../../fixtures/synthesize";

const KEPT = "arn:aws:ecs:us-east-2:123456789012:task-definition/routed-test--pops:7";

function anEnvironment(routed: Partial<Environment["routed"]>): Environment {
  const environment = aRoutedEnvironment();
  return {
    ...environment,
    routed: { ...environment.routed, ...routed },
    autopilotSites: [1, 2, 3].map((id) => aSite(id)),
  };
}

const POPS = anEnvironment({}).autopilotSites.map(({ name }) => name);
const [CANARY = "", WAITING = "", NEW = ""] = POPS;

function popImage(pop: string, action: PopImage["action"], arn: string | null): PopImage {
  return {
    pop,
    canary: pop === CANARY,
    action,
    pending: action === "keep",
    taskDefinitionArn: arn,
    runs: null,
    wanted: "registry.example/routed:2",
    settings: "0",
    trouble: null,
  };
}

const images: ImagePlan = {
  known: true,
  hold: null,
  pops: [
    popImage(CANARY, "roll", KEPT),
    popImage(WAITING, "keep", KEPT),
    popImage(NEW, "create", null),
  ],
};

function serviceOf(stack: SynthesizedStack, pop: string) {
  return resourceAt(stack, "aws_ecs_service", `pop-${pop}/Resource`);
}

function families(stack: SynthesizedStack): unknown[] {
  return resourcesOf(stack, "aws_ecs_task_definition")
    .map(({ family }) => String(family))
    .filter((family) => family.startsWith("routed-test--") && !family.endsWith("router"))
    .sort();
}

describe("where the config stages images", () => {
  const environment = anEnvironment({ canaries: [CANARY] });
  const stack = synthesize(environment, aPlan({ images }));

  it("pins a PoP that waits to the task definition that it runs with", () => {
    expect(serviceOf(stack, WAITING)["task_definition"]).toBe(KEPT);
    for (const pop of [CANARY, NEW]) {
      expect(serviceOf(stack, pop)["task_definition"]).toMatch(/^\$\{aws_ecs_task_definition\./);
    }
  });

  it("tags the definition with what it is made from", () => {
    const { settings } = desiredImages(environment).others;
    expect(resourceAt(stack, "aws_ecs_task_definition", "task-definition/Resource")).toMatchObject({
      tags: { "routed:task-settings": settings },
    });
  });

  it("tells in its output which PoPs get other tasks", () => {
    expect(stack.output["upgrade"]?.value).toMatchObject({ rolled_pops: [CANARY] });
  });

  it("leaves each service's task definition alone where it isn't known", () => {
    const unknown: ImagePlan = {
      known: false,
      pops: [],
      hold: { kind: "images-unknown", because: "ecs-unreadable" },
    };
    const blind = synthesize(environment, aPlan({ images: unknown }));
    for (const pop of POPS) {
      expect(serviceOf(blind, pop)).toMatchObject({
        lifecycle: { ignore_changes: ["task_definition"] },
      });
    }
  });
});

describe("a check of the API's health", () => {
  const settingsWith = (apiHealthCheck: boolean) =>
    desiredImages(anEnvironment({ canaries: [CANARY], apiHealthCheck })).others.settings;

  it("comes as another image does, and leaves fleets without it what they want", () => {
    expect(settingsWith(true)).not.toBe(settingsWith(false));
    // The digest of these settings from before there was the key.
    expect(settingsWith(false)).toBe("aeb6222e4dc7");
  });

  it("is the image's command, within the task's environment, on PoPs that are rolled only", () => {
    const environment = anEnvironment({ canaries: [CANARY], apiHealthCheck: true });
    const stack = synthesize(environment, aPlan({ images }));
    const definition = resourceAt(stack, "aws_ecs_task_definition", "task-definition/Resource");
    const containers = JSON.parse(String(definition["container_definitions"])) as {
      name: string;
      healthCheck?: { command: string[] };
    }[];
    const commands = containers.map(({ name, healthCheck }) => [
      name,
      healthCheck?.command.at(-1),
      healthCheck?.command.some((word) => word.includes("$ROUTED_ENVIRONMENT_FILE")),
    ]);
    expect(commands).toEqual([
      ["init", undefined, undefined],
      ["bird", "healthcheck", true],
      ["api", "api-healthcheck", true],
    ]);
    expect(serviceOf(stack, WAITING)["task_definition"]).toBe(KEPT);
  });
});

describe("task definitions", () => {
  it("are two where the canaries have an image of their own", () => {
    const canaryImage = "registry.example/routed:2";
    const one = synthesize(anEnvironment({ canaries: [CANARY] }), aPlan({ images }));
    const two = synthesize(anEnvironment({ canaries: [CANARY], canaryImage }), aPlan({ images }));
    expect(families(one)).toEqual(["routed-test--pops"]);
    expect(families(two)).toEqual(["routed-test--canaries", "routed-test--pops"]);
    const canaries = resourceAt(two, "aws_ecs_task_definition", "canary-task-definition/Resource");
    expect(canaries["container_definitions"]).toContain(canaryImage);
    expect(serviceOf(two, CANARY)["task_definition"]).toContain("canary-task-definition");
    expect(serviceOf(two, NEW)["task_definition"]).not.toContain("canary");
  });
});

describe("without", () => {
  it("nothing of it is in the stack", () => {
    const stack = synthesize(anEnvironment({}), aPlan());
    expect(JSON.stringify(stack)).not.toContain("routed:task-settings");
    expect(stack.output["upgrade"]?.value).not.toHaveProperty("rolled_pops");
    expect(serviceOf(stack, WAITING)).not.toHaveProperty("lifecycle");
  });
});
