import { readFileSync } from "node:fs";
import { FAILED_LOOKS } from "../../../lib/rollout/controller/drive";
import { runRouted } from "../../support/run-routed";

const read = (file: string): string => readFileSync(file, "utf8");

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Alarm>>>>;
}

interface Alarm {
  readonly alarm_name: string;
  readonly metric_query?: readonly { readonly metric?: object }[];
}

describe("docs/alarms.md", () => {
  const stack = JSON.parse(read("__tests__/fixtures/stacks/prd-na.json")) as Stack;
  const alarms = Object.values(stack.resource["aws_cloudwatch_metric_alarm"] ?? {});
  const named = (kind: string) => alarms.filter(({ alarm_name: name }) => name.includes(kind));
  const nodes = named("node-status").length;

  it("counts the alarms of three nodes as the stack has them", () => {
    expect(nodes).toBe(3);
    const paging = alarms.length - named("node-recovery").length;
    expect(read("docs/alarms.md")).toContain(
      `They are ${alarms.length} alarms and 1 topic in Terraform, ${paging} of which page, for any number of PoPs`,
    );
  });

  it("counts what each looks at, as the stack has it", () => {
    for (const [kind, label, others] of [
      ["node-status", "node status", 0],
      ["api-5xx", "API 5xx", 0],
      ["api-unhealthy", "API unhealthy hosts", 0],
      // Of a query, one for each of 100 PoPs.
      ["pop-without-tasks", "PoP without tasks", 100],
      ["node-recovery", "node recovery", 0],
    ] as const) {
      const metrics = named(kind).map(({ metric_query: queries }) =>
        queries === undefined ? 1 : queries.filter(({ metric }) => metric !== undefined).length,
      );
      const count = metrics.reduce((sum, each) => sum + each, others);
      const row = [label, String(count), `$${(count / 10).toFixed(2)}`].map((cell) => ` ${cell} +`);
      expect(read("docs/alarms.md").replaceAll(" |", "  |")).toMatch(
        new RegExp(`\\|${row.join("\\|").replaceAll("$", "\\$")}\\|`),
      );
    }
  });

  it("is the decision's count too, of as many nodes as a config takes", () => {
    const rest = alarms.length - 2 * nodes;
    const text = read("docs/decisions/0018-one-alarm-for-all-pops.md").replace(/\s+/g, " ");
    expect(text).toContain(`at most ${rest + 2 * 200}, 1 of them`);
  });
});

it("docs/rollout.md tells how often a rollout looks that can't", () => {
  expect(read("docs/rollout.md")).toContain(`| tries ${FAILED_LOOKS} times, then stops `);
});

it("docs/observability.md names every command of routed export", async () => {
  const { out } = await runRouted(["export", "--help"]);
  const commands = [...out.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map(([, name]) => name);
  expect(commands).toHaveLength(3);
  for (const name of commands) {
    expect(read("docs/observability.md")).toContain(`| \`routed export ${name} <env>`);
  }
});

it("README.md tells the least Node of each major version that package.json takes", () => {
  const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
  const least = engines.node.split(" || ").map((range) => range.replace("^", ""));
  const told = `${least.slice(0, -1).join(", ")} or ${least.at(-1)}`;
  expect(read("README.md")).toContain(`On a machine with Node ${told}, or a later one of these`);
});

it("docs/config.md has no link and no emphasis that a pattern makes", () => {
  const cells = read("docs/config.md").replace(/`[^`]*`/g, "");
  expect(cells).not.toMatch(/\]\(|\^|\*|\\[^|<]/);
});
