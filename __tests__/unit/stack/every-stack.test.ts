import type { SynthesizedStack } from "../../fixtures/synthesize";
import { resourcesOf } from "../../fixtures/synthesize";
import { ATTRIBUTES } from "../../support/aws-texts/attributes";
import { judgeTexts } from "../../support/aws-texts/judge-stack";
import { relationRefusals } from "../../support/aws-texts/relations";
import { requestsOf } from "../../support/aws-texts/requests";
import { wholeStackRefusals } from "../../support/aws-texts/whole-stack";
import { everyStack } from "../../support/every-stack";

let stacks: [string, SynthesizedStack][];
beforeAll(async () => {
  stacks = await everyStack();
}, 60_000);

describe("the names, descriptions and tags of every stack", () => {
  it("are such as AWS takes", () => {
    const complaints = stacks.flatMap(([name, stack]) =>
      judgeTexts(stack).complaints.map((complaint) => `${name}: ${complaint}`),
    );
    expect(complaints).toEqual([]);
  });

  it("need every row of the judge's table", () => {
    const used = new Set(stacks.flatMap(([, stack]) => [...judgeTexts(stack).used]));
    const rows = Object.entries(ATTRIBUTES).flatMap(([type, row]) => {
      const { texts = {}, documents = {}, others = [] } = row;
      const inDocuments = Object.entries(documents).flatMap(([path, document]) =>
        Object.keys(document.texts ?? {}).map((text) => `${path} ${text}`),
      );
      const paths = [...Object.keys(texts), ...Object.keys(documents), ...others, ...inDocuments];
      return ["", ...paths].map((path) => `${type} ${path}`);
    });
    expect(rows.filter((row) => !used.has(row))).toEqual([]);
  });
});

describe("the calls of every stack", () => {
  it("keep to what AWS's prose asks of members among each other, each and all together", () => {
    const refusals = stacks.flatMap(([name, stack]) =>
      [...requestsOf(stack).flatMap(relationRefusals), ...wholeStackRefusals(stack)].map(
        (refusal) => `${name}: ${refusal}`,
      ),
    );
    expect(refusals).toEqual([]);
  });
});

interface Container {
  readonly name: string;
  readonly logConfiguration?: unknown;
}

it("every container of every stack logs without ever waiting for CloudWatch", () => {
  const containers = stacks.flatMap(([, stack]) =>
    resourcesOf(stack, "aws_ecs_task_definition").flatMap(
      (definition) => JSON.parse(String(definition["container_definitions"])) as Container[],
    ),
  );
  for (const { name, logConfiguration } of containers) {
    expect([name, logConfiguration]).toEqual([
      name,
      {
        logDriver: "awslogs",
        options: {
          "awslogs-group": expect.stringMatching(/^\$\{aws_cloudwatch_log_group\./) as string,
          "awslogs-region": expect.any(String) as string,
          "awslogs-stream-prefix": expect.any(String) as string,
          "max-buffer-size": "4m",
          mode: "non-blocking",
        },
      },
    ]);
  }
  // The routed ones, the router, daemons of nodes and of tasks.
  expect([...new Set(containers.map(({ name }) => name))].sort()).toEqual([
    "after",
    "api",
    "bird",
    "helper",
    "init",
    "node-xxxxxxxxxxxxxxxxxxx",
    "router",
    "task-xxxxxxxxxxxxxxxxxxx",
  ]);
});
