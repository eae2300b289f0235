import type { AwsOutput } from "../../../lib/aws/calls";
import type { Environment } from "../../../lib/config/environment";
import { anEnvironment } from "../../support/fake-aws/an-environment";
import {
  aFakeAccount,
  fakeCalls,
  observationOfFakeAccount,
} from "../../support/fake-aws/fake-account";
import { SETTINGS, TASK_DEFINITION } from "../../support/fake-aws/fake-ecs";
import { observe, spied } from "../../support/fake-aws/observing";

const ANOTHER = TASK_DEFINITION.replace(":3", ":4");

function staging(routed: Partial<Environment["routed"]>): Environment {
  return anEnvironment({ routed: { ...anEnvironment().routed, ...routed } });
}

/** What is observed of two PoPs, of which pop1 may have another definition, and what was asked. */
async function observed(environment: Environment, ofPop1 = TASK_DEFINITION) {
  const account = aFakeAccount(3, 2);
  account.services[1]!.taskDefinition = ofPop1;
  const { calls, asked } = spied(fakeCalls(account));
  const observation = await observe(calls, environment);
  const described = asked.filter(([name]) => name === "describeTaskDefinition");
  return {
    observation,
    health: observation.health,
    described: described.map(([, input]) => input),
  };
}

it("asks nothing more where the config doesn't stage images", async () => {
  const { observation, described } = await observed(anEnvironment());
  expect(described).toEqual([]);
  expect(observation).toEqual(observationOfFakeAccount(3, 2));
  const none = await observed(staging({ canaries: [] }));
  expect(none.described).toEqual([]);
});

it.each([{ canaries: ["pop0"] }, { popsPerWave: 5 }])(
  "reads with %j what each PoP runs, and each definition once",
  async (routed) => {
    const { health, described } = await observed(staging(routed));
    expect(described).toEqual([{ taskDefinition: TASK_DEFINITION, include: ["TAGS"] }]);
    expect(health).toMatchObject({
      services: [{ taskDefinitionArn: TASK_DEFINITION }, { taskDefinitionArn: TASK_DEFINITION }],
      taskDefinitions: [
        {
          taskDefinitionArn: TASK_DEFINITION,
          image: "registry.example/routed:1",
          settings: SETTINGS,
        },
      ],
    });
    const two = await observed(staging(routed), ANOTHER);
    expect(two.described).toHaveLength(2);
    expect(two.health).toMatchObject({
      taskDefinitions: [{ taskDefinitionArn: TASK_DEFINITION }, { taskDefinitionArn: ANOTHER }],
    });
  },
);

it.each<[string, AwsOutput<"describeTaskDefinition">]>([
  ["gave no taskDefinitionArn", {}],
  [`gave ${ANOTHER}`, { taskDefinition: { taskDefinitionArn: ANOTHER } }],
  ["gave no containerDefinitions", { taskDefinition: { taskDefinitionArn: TASK_DEFINITION } }],
  [
    "gave no image of container bird",
    {
      taskDefinition: {
        taskDefinitionArn: TASK_DEFINITION,
        containerDefinitions: [{ name: "init", image: "registry.example/busybox:1" }],
      },
    },
  ],
])("doesn't judge health by an answer that %s", async (what, answer) => {
  const calls = {
    ...fakeCalls(aFakeAccount(3, 2)),
    describeTaskDefinition: () => Promise.resolve(answer),
  };
  const { health } = await observe(calls, staging({ popsPerWave: 1 }));
  expect(health).toMatchObject({ source: "unreadable" });
  expect(health).toHaveProperty(
    "reason",
    expect.stringContaining(`ecs:DescribeTaskDefinition ${what}`),
  );
});
