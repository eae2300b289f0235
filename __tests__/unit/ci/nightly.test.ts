import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { readWorkflow } from "../../support/workflow";

/** A project with `.ci/nightly` alone, and programs that only tell how they were called. */
let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "routed-nightly-"));
  cpSync(".ci/nightly", join(project, ".ci/nightly"));
  mkdirSync(join(project, "bin"));
  program(".ci/require-programs", "echo programs");
  program(".ci/with-node", 'shift; exec "$@"');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function program(path: string, script: string): void {
  writeFileSync(join(project, path), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** The programs that tests need, by what is asked for each and the package that brings it. */
describe("the programs of a fresh runner", () => {
  const requirePrograms = (present: readonly string[]) => {
    for (const name of present) program(`bin/${name}`, "");
    program("bin/apt-get", 'echo "apt-get $*"');
    program("bin/sudo", '"$@"');
    const { stdout, status } = spawnSync("/bin/bash", [resolve(".ci/require-programs")], {
      env: { PATH: join(project, "bin") },
      encoding: "utf8",
    });
    return { status, lines: stdout.split("\n").filter((line) => line.includes("apt-get")) };
  };
  const all = ["busybox", "dash", "shellcheck", "haproxy", "promtool", "chromium"];

  it("are installed where they are missing, and only then", () => {
    expect(requirePrograms(all)).toEqual({ status: 0, lines: [] });
  });

  it("are all asked for on one that has none", () => {
    expect(requirePrograms([])).toEqual({
      status: 0,
      lines: [
        "apt-get update -q",
        "apt-get install -q -y --no-install-recommends busybox dash shellcheck haproxy prometheus chromium",
      ],
    });
  });

  it("are there before the first step, of both tiers", () => {
    expect(nightly().stdout).toMatch(/^programs\n\n=== install/);
    expect(readFileSync(".ci/run", "utf8")).toMatch(/^step \.ci\/require-programs\nstep npm ci/m);
  });

  it("stop the night where they can't be had", () => {
    program(".ci/require-programs", "exit 100");
    const { status, called } = nightly();
    expect({ status, called }).toEqual({ status: 100, called: [] });
  });
});

/** @param npm what npm does, e.g. `exit 1`; by default all goes well */
function nightly(args: readonly string[] = [], npm = "") {
  program("bin/npm", `echo "npm $* ($FC_SEED, $RANDOM_RUNS_FACTOR)"\n${npm}`);
  const { status, stdout, stderr } = spawnSync("bash", [join(project, ".ci/nightly"), ...args], {
    env: { PATH: [join(project, "bin"), process.env["PATH"]].join(delimiter), FC_SEED: "7" },
    encoding: "utf8",
  });
  const called = stdout.split("\n").filter((line) => line.startsWith("npm "));
  const ended = stdout.split("\n").filter((line) => / +\d+ s {2}/.test(line));
  return {
    status,
    stdout,
    stderr,
    called,
    /** What is said at the end of each step, without how long it took. */
    ended: ended.map((line) => line.replace(/ +\d+ s {2}/, ": ")),
    last: stdout
      .trimEnd()
      .split("\n")
      .at(-1)
      ?.replace(/\d+ s$/, "… s"),
  };
}

const CALLED = {
  install: "npm ci --no-audit --no-fund (7, )",
  random: "npm run --silent test:random (7, 50)",
  simulate: "npm run --silent simulate -- --runs 10000 --seed 7 (7, )",
};

it("runs every step, and says what became of each", () => {
  const { status, called, ended, last } = nightly();
  expect(called).toEqual(expect.arrayContaining(Object.values(CALLED)));
  expect(ended).toHaveLength(called.length);
  expect(ended).toEqual(
    expect.arrayContaining(Object.keys(CALLED).map((name) => `${name}: passed`)),
  );
  expect({ status, last }).toEqual({
    status: 0,
    last: `${called.length} steps passed, 0 failed, … s`,
  });
});

it("goes on where a step fails, and fails at its end", () => {
  const { status, called, ended, last } = nightly(
    ["install", "random", "simulate"],
    'case "$*" in *test:random*) exit 3;; esac',
  );
  expect(called).toEqual(Object.values(CALLED));
  expect(ended).toEqual(["install: passed", "random: failed with status 3", "simulate: passed"]);
  expect({ status, last }).toEqual({ status: 1, last: "2 steps passed, 1 failed, … s" });
});

it("ends a step that takes too long", () => {
  program("bin/timeout", 'echo "npm: timeout $*"; exit 124');
  const { status, ended } = nightly(["simulate"]);
  expect({ status, ended }).toEqual({ status: 1, ended: ["simulate: ended after 60 min"] });
});

it("runs only the steps that are named", () => {
  const { status, called } = nightly(["simulate"]);
  expect({ status, called }).toEqual({ status: 0, called: [CALLED.simulate] });
});

it("refuses the name of a step that isn't there, before it runs any", () => {
  const { status, stderr, called } = nightly(["simulate", "simulat"]);
  expect({ status, called }).toEqual({ status: 1, called: [] });
  expect(stderr).toMatch(
    /^nightly: no such step: "simulat"; the steps are install random simulate/,
  );
});

it("has as many minutes on GitHub as its steps may take", () => {
  const bounds = readFileSync(".ci/nightly", "utf8").matchAll(/^ {2}step \S+ (\d+) /gm);
  const minutes = [...bounds].map(([, each]) => Number(each));
  expect(minutes.length).toBeGreaterThanOrEqual(Object.keys(CALLED).length);
  const job = readWorkflow(".github/workflows/nightly.yml").jobs["nightly"];
  const most = job?.["timeout-minutes"] ?? 0;
  expect(minutes.reduce((sum, each) => sum + each, 0)).toBeLessThan(most);
});

/** How many of a test's random checks draw as many examples whatever the tier. */
function fixedIn(source: string): number {
  const several = source.replace(/\bfc\s*\.sample\([^;]*, 1\)/g, "");
  const checks = several.match(/\bfc\s*\.(assert|check|sample)\(/g) ?? [];
  return checks.length - (source.match(/\bnumRuns(:| =) runs\(\d+\)/g) ?? []).length;
}

it("draws more examples than npm test in every random test", () => {
  const files = readdirSync("__tests__", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => ({ file, source: readFileSync(join("__tests__", file), "utf8") }))
    .filter(({ source }) => /^import .* from "fast-check"/m.test(source));
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter(({ source }) => fixedIn(source) !== 0).map(({ file }) => file)).toEqual([]);
  expect(fixedIn("fc.assert(property, { numRuns: 100 }); fc.assert(other);")).toBe(2);
});
