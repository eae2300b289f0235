import {
  CONTAINER_BYTES,
  MAX_TASK_DEFINITION_BYTES,
  ROUTED_BYTES,
} from "../../../../lib/config/rules/task-definition-rules";
import { aPlan } from "../../../fixtures/a-routed-environment";
import {
  complaintsAbout,
  environmentWith,
  loadFiles,
} from "../../../fixtures/config/config-folder";
import { resourcesOf, synthesize } from "../../../fixtures/synthesize";

const IMAGE = `registry.example/${"i".repeat(230)}:1`;

/** As much of everything as it may have, with so much in a variable that all is `bytes` long. */
function daemons(count: number, runs: "node" | "task", filler: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `d${index}`.padEnd(24, "x"),
    runs,
    image: IMAGE,
    cpuUnits: 128,
    memoryMiB: 128,
    healthCheck: { command: ["CMD", "true"], startPeriod: 300, interval: 300 },
    stopTimeoutSeconds: 120,
    environment: variables(filler),
    ...(runs === "node"
      ? { hostPaths: Array.from({ length: 10 }, (__, at) => `/${at}${"p".repeat(253)}`) }
      : { dependsOn: [{ container: "bird", condition: "HEALTHY" }] }),
  }));
}

function variables(bytes: number): Record<string, string> {
  const each = Array.from({ length: Math.ceil(bytes / 4000) }, (_, index) =>
    "\\".repeat(Math.min(4000, bytes - index * 4000) / 2),
  );
  return Object.fromEntries(each.map((text, index) => [`V${index}`, text]));
}

const fieldsOf = (list: readonly object[]) => ({
  "routed.daemons": list,
  "routed.cpuUnits": 196608,
  "routed.memoryMiB": 524288,
  "routed.cpuIsolation": "cpuset",
  "routed.image": IMAGE,
  "fleet.instanceType": "u-24tb1.112xlarge",
});

/** The most that the config takes of it, by halving. */
function most(count: number, runs: "node" | "task"): number {
  let [taken, refused] = [0, 100_000];
  while (refused - taken > 8) {
    const middle = Math.floor((taken + refused) / 4) * 2;
    const complaints = complaintsAbout(fieldsOf(daemons(count, runs, middle)));
    if (complaints.length === 0) taken = middle;
    else refused = middle;
  }
  return taken;
}

describe.each([
  [1, "node"],
  [1, "task"],
  [7, "task"],
] as const)("%i daemons that run in the %s", (count, runs) => {
  const filler = most(count, runs);

  it("are refused where ECS would refuse their task definition, and not long before", () => {
    const fields = fieldsOf(daemons(count, runs, filler));
    const stacks = loadFiles({ "stg.json": environmentWith(fields) }).map((environment) =>
      synthesize(environment, aPlan()),
    );
    const sizes = stacks
      .flatMap((stack) => resourcesOf(stack, "aws_ecs_task_definition"))
      .map(({ container_definitions: containers, volume, tags }) =>
        Buffer.byteLength(String(containers) + JSON.stringify([volume, tags])),
      );
    const bytes = Math.max(...sizes);
    expect(bytes).toBeLessThanOrEqual(MAX_TASK_DEFINITION_BYTES);
    expect(bytes).toBeGreaterThan(MAX_TASK_DEFINITION_BYTES / 2);
  });

  it("are told with the bytes that they may have", () => {
    const [complaint, ...others] = complaintsAbout(fieldsOf(daemons(count, runs, filler + 5000)));
    expect(others).toEqual([]);
    const own = runs === "node" ? CONTAINER_BYTES : ROUTED_BYTES + count * CONTAINER_BYTES;
    expect(complaint).toContain(
      `must be at most ${MAX_TASK_DEFINITION_BYTES - own} bytes of JSON, since `,
    );
    expect(complaint).toMatch(
      /, got \d+; shorten command or environment, or have the image read them from a file$/,
    );
  });
});
