import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runScenario, USAGES } from "../../../scripts/sim/run-scenario";

const FOLDER = "__tests__/scenarios";
const files = readdirSync(FOLDER);
const scripts = files.filter((name) => name.endsWith(".txt"));

async function linesOf(script: string): Promise<string[]> {
  const lines: string[] = [];
  await runScenario(script, (line) => lines.push(line));
  return lines;
}

/** What is said must be what the golden text has: `npm run sim -- --golden` writes it anew. */
it.each(scripts)("%s goes as it is written down", async (file) => {
  const lines = await linesOf(readFileSync(join(FOLDER, file), "utf8"));
  const golden = readFileSync(join(FOLDER, file.replace(/txt$/, "golden")), "utf8");
  expect(`${lines.join("\n")}\n`).toBe(golden);
});

it("has a script for each golden text", () => {
  const golden = files.filter((name) => name.endsWith(".golden"));
  expect(golden.map((name) => name.replace(/golden$/, "txt"))).toEqual(scripts);
});

it("has every command in some scenario, and in the docs", () => {
  const text = scripts.map((file) => readFileSync(join(FOLDER, file), "utf8")).join("\n");
  const docs = readFileSync("docs/scenarios.md", "utf8");
  const wordsOf = (usage: string) => usage.split(" <")[0] ?? usage;
  const unused = USAGES.filter(({ usage }) => !text.includes(`${wordsOf(usage)}`));
  expect(unused.map(({ usage }) => usage)).toEqual([]);
  expect(USAGES.filter(({ usage }) => !docs.includes(`\`${usage}\``))).toEqual([]);
});

const LOADED = "load sandbox\n";
const RUNNING = `${LOADED}deploy\npass 1h\n`;

describe("refuses, with its number, a line that", () => {
  it.each([
    [
      "comes before a world",
      "\ndeploy\n",
      'line 2: a scenario must begin with "load <environment>", got "deploy"',
    ],
    [
      "is no command",
      `${LOADED}deplay\n`,
      /^line 2: no such command: "deplay"; the commands are load, in, set, /,
    ],
    [
      "is half of one",
      `${LOADED}fault stopped\n`,
      'line 2: no such command: "fault stopped"; it is used so: fault <what> node <slot>',
    ],
    ["loads nothing", "load nowhere\n", /^line 1: config: has no environment "nowhere"; there is /],
    [
      "breaks the config",
      `${LOADED}set fleet.nodes 1\n`,
      /^line 2: config\/sandbox\.json:\d+: fleet\.nodes must be /,
    ],
    [
      "is no JSON",
      `${LOADED}set routed.image x\n`,
      "line 2: routed.image must be JSON, got x; put a text in double quotes",
    ],
    [
      "has no key",
      `${LOADED}unset fleet..nodes\n`,
      "line 2: a key must be like fleet.nodes or autopilotSites[0].cell, got fleet..nodes",
    ],
    [
      "comes too late",
      `${RUNNING}set routed.stateRebuildMinutes 3\n`,
      "line 4: routed.stateRebuildMinutes can't be changed once a node exists; set it before the first deploy",
    ],
    [
      "comes too early",
      `${LOADED}in 1m ami ami-00000000000000002\n`,
      "line 2: nothing goes on yet that it could happen to; deploy first",
    ],
    [
      "has no AMI id",
      `${LOADED}ami latest\n`,
      'line 2: an AMI id must be ami- and 8 to 17 hexadecimal digits, got "latest"',
    ],
    [
      "has no such fault",
      `${RUNNING}fault burnt node 1\n`,
      'line 4: a fault must be one of well, never-boots, never-healthy, agent-disconnected, stopped, terminated, got "burnt"',
    ],
    [
      "has no such node",
      `${RUNNING}fault stopped node 9\n`,
      "line 4: node 9 has no instance; there are nodes 0, 1 and 2",
    ],
    [
      "has no slot",
      `${RUNNING}fault stopped node one\n`,
      'line 4: a slot must be a whole number, got "one"',
    ],
    [
      "has no duration",
      `${RUNNING}pass soon\n`,
      'line 4: pass must be a duration like 90s, 10m or 1h30m, or 0, got "soon"',
    ],
    [
      "has no such option",
      `${RUNNING}rollout with care\n`,
      /^line 4: an option must be one of by, to, max-waves, .*, got "with"$/,
    ],
    ["lacks a value", `${RUNNING}rollout by\n`, "line 4: the option by needs a value"],
    [
      "has no count",
      `${RUNNING}rollout max-waves 0\n`,
      'line 4: a count must be 1 to 9999, got "0"',
    ],
    [
      "has no steps",
      `${RUNNING}terraform fails after no steps\n`,
      'line 4: steps must be a whole number, got "no"',
    ],
    [
      "takes time at another's time",
      `${RUNNING}in 1m deploy\n`,
      `line 4: "deploy" takes time, and can't be done while something else goes on`,
    ],
    [
      "expects another plan",
      `${RUNNING}assert plan held\n`,
      "line 4: the plan: expected held, got converged",
    ],
    [
      "expects other nodes",
      `${RUNNING}assert serving 0 1\n`,
      "line 4: serving: expected nodes 0 and 1, got nodes 0, 1 and 2",
    ],
    [
      "expects a PoP elsewhere",
      `${RUNNING}assert pop pop1 on 0\n`,
      "line 4: pop1: expected node 0, got nodes 0, 1 and 2",
    ],
    [
      "expects another AMI",
      `${RUNNING}assert ami ami-00000000000000002 on 0\n`,
      /^line 4: ami-00000000000000002: expected node 0, got /,
    ],
    [
      "expects another end",
      `${RUNNING}rollout\nassert rollout gate\n`,
      "line 5: the last rollout: expected gate, got converged",
    ],
  ])("%s", async (_, script, message) => {
    await expect(linesOf(script)).rejects.toThrow(message);
  });

  it("takes a PoP's last task, whatever the planner allows", async () => {
    const script = `${RUNNING}fault never-healthy node 1\nfault never-healthy node 2\n`;
    const forced = `${script}pass 10m\nami ami-00000000000000002\nset fleet.frozenNodes [1,2]\ndeploy ignoring health\n`;
    await expect(linesOf(forced)).rejects.toThrow(
      /^line 9: what must never be: .* lost its last healthy task/,
    );
  });

  it("isn't followed by any other", async () => {
    const lines: string[] = [];
    const script = `${LOADED}nonsense\ndeploy\n`;
    await expect(runScenario(script, (line) => lines.push(line))).rejects.toThrow("line 2");
    expect(lines).toEqual(["> load sandbox", "> nonsense"]);
  });
});
