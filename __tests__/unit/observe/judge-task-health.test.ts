import type { ContainerDefinition, Task } from "@aws-sdk/client-ecs";
import type { EcsHealth } from "../../../lib/observe/observation";
import { aFakeAccount, fakeCalls } from "../../support/fake-aws/fake-account";
import { TASK_DEFINITION, taskArn } from "../../support/fake-aws/fake-ecs";
import { observe } from "../../support/fake-aws/observing";

const CHECK = { command: ["CMD", "true"] };
/** As the routed task is: `api` is essential and has no check, `init` isn't. */
const CONTAINERS: readonly ContainerDefinition[] = [
  { name: "init", essential: false, healthCheck: CHECK },
  { name: "bird", essential: true, healthCheck: CHECK },
  { name: "api", essential: true },
];

/** What is observed of a task of which ECS tells this, and how often definitions were described. */
async function observed(
  task: Partial<Task>,
  definitions: readonly ContainerDefinition[] = CONTAINERS,
): Promise<{ readonly health: string | undefined; readonly described: number }> {
  const account = aFakeAccount();
  for (const each of account.tasks) {
    if (each.group !== "service:pop0") continue;
    Object.assign(each, { taskDefinitionArn: TASK_DEFINITION, ...task });
  }
  let described = 0;
  const { health } = await observe({
    ...fakeCalls(account),
    describeTaskDefinition: ({ taskDefinition }) => {
      described += 1;
      return Promise.resolve({
        taskDefinition: {
          taskDefinitionArn: taskDefinition,
          containerDefinitions: [...definitions],
        },
      });
    },
  });
  const tasks = (health as EcsHealth).tasks;
  return { health: tasks.find((each) => each.taskArn === taskArn(0, 0))?.healthStatus, described };
}

const saying = (bird: string, api = "UNKNOWN"): Partial<Task> => ({
  healthStatus: "UNKNOWN",
  containers: [
    { name: "init", healthStatus: "UNKNOWN" },
    { name: "bird", healthStatus: bird as "HEALTHY" },
    { name: "api", healthStatus: api as "HEALTHY" },
  ],
});

it("goes by the essential containers that have a check where ECS calls the task UNKNOWN", async () => {
  expect(await observed(saying("HEALTHY"))).toEqual({ health: "HEALTHY", described: 1 });
});

it("waits for each of them", async () => {
  const both = CONTAINERS.map((each) => ({ ...each, healthCheck: CHECK }));
  expect((await observed(saying("HEALTHY", "UNKNOWN"), both)).health).toBe("UNKNOWN");
  expect((await observed(saying("HEALTHY", "UNHEALTHY"), both)).health).toBe("UNKNOWN");
  expect((await observed(saying("HEALTHY", "HEALTHY"), both)).health).toBe("HEALTHY");
});

it("takes no task for well of which nothing is checked, or that isn't running", async () => {
  const none = CONTAINERS.map(({ name, essential }) => ({ name, essential }));
  expect((await observed(saying("HEALTHY"), none)).health).toBe("UNKNOWN");
  expect(await observed({ ...saying("HEALTHY"), lastStatus: "PENDING" })).toEqual({
    health: "UNKNOWN",
    described: 0,
  });
});

it.each(["HEALTHY", "UNHEALTHY"] as const)(
  "asks nothing where ECS says %s itself",
  async (word) => {
    const said = { ...saying(word), healthStatus: word };
    expect(await observed(said)).toEqual({ health: word, described: 0 });
  },
);

it("asks nothing while no container is well", async () => {
  expect(await observed(saying("UNKNOWN"))).toEqual({ health: "UNKNOWN", described: 0 });
});
