import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findAllScripts } from "../support/generated-stacks";
import { shellcheck } from "../support/shellcheck";
import type { CheckedScript } from "../support/shellcheck";
import { readWorkflow } from "../support/workflow";

const WORKFLOWS = ".github/workflows";
/** What GitHub gives each step, as far as it is used. */
const OF_GITHUB = [
  "GITHUB_REPOSITORY",
  "GITHUB_RUN_ID",
  "GITHUB_SERVER_URL",
  "GITHUB_STEP_SUMMARY",
  "RUNNER_TEMP",
];

it("has no finding in what the stacks' nodes and containers run", () => {
  const { scripts } = findAllScripts();
  expect(scripts.length).toBeGreaterThan(10);
  expect(shellcheck(scripts)).toEqual([]);
});

it("has no finding in what the workflows run", () => {
  const scripts = readdirSync(WORKFLOWS).flatMap((file) =>
    Object.entries(readWorkflow(join(WORKFLOWS, file)).jobs).flatMap(([job, { env, steps = [] }]) =>
      steps.flatMap((step): CheckedScript[] => {
        if (step.run === undefined) return [];
        const variables = [...OF_GITHUB, ...Object.keys({ ...env, ...step.env })];
        const place = `${file}: ${job}: ${step.name ?? step.run}`;
        // GitHub fills its expressions in before bash sees them.
        const text = `set -eo pipefail\n${step.run.replace(/\$\{\{.*?\}\}/g, "value")}`;
        return [{ place, shell: "bash", text, variables }];
      }),
    ),
  );
  expect(scripts.length).toBeGreaterThan(20);
  expect(shellcheck(scripts)).toEqual([]);
});

it("has no finding in the repository's own scripts", () => {
  const files = execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n");
  const own = files.filter((file) => /^#!.*sh\n/.test(readFileSync(file, "latin1")));
  expect(own).toContain(".ci/run");
  const scripts = own.map((file) => ({
    place: file,
    shell: "bash" as const,
    text: readFileSync(file, "utf8"),
    variables: [],
  }));
  expect(shellcheck(scripts)).toEqual([]);
});

describe("shellcheck", () => {
  it.each([
    ["an early end of a pipe", 'list | grep -qv "$x"', "ends early"],
    ["the first line of a pipe", "list | head -n 1", "ends early"],
    ["the first match of a pipe", "list | grep -m 1 x", "ends early"],
    ["the end of a pipe that prints one", "list | sed -n '/x/{p;q}'", "ends early"],
    ["words that are split", "rm $1", "SC2086"],
    ["a failure that local hides", 'f() { local x=$(false); echo "$x"; }', "SC2155"],
    ["a failure that an argument hides", 'echo "$(false)"', "SC2312"],
    ["a function without set -e", "set -e; f() { a; b; }; if f; then c; fi", "SC2310"],
    ["a variable that nobody gives", 'echo "$ROUTED_TYPO"', "SC2154"],
    ["an answer that is an error", "curl --max-time 5 x", "takes an error for an answer"],
    ["an answer that never comes", "curl --fail x", "curl without an end"],
    ["an answer that wget never gets", "wget x", "wget without an end"],
  ])("says no to %s", (_, text, why) => {
    const script = { place: "it", shell: "bash" as const, text, variables: [] };
    expect(shellcheck([script]).join("\n")).toContain(why);
  });

  it("says nothing of what is in order", () => {
    const text = 'x=$(timeout 5 wget "$GIVEN" | sort -u)\ncurl --fail --max-time 5 "$x"';
    expect(shellcheck([{ place: "it", shell: "sh", text, variables: ["GIVEN"] }])).toEqual([]);
  });
});
