import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { playJob, readWorkflow } from "../../support/workflow";
import type { Played } from "../../support/workflow";

/** A repository of its own with this project's config; its programs are this project's. */
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "routed-play-"));
  cpSync("config", join(directory, "config"), { recursive: true });
  cpSync("cdktf.json", join(directory, "cdktf.json"));
  for (const name of ["bin", "scripts", "node_modules", "__tests__"]) {
    symlinkSync(resolve(name), join(directory, name));
  }
  writeFileSync(join(directory, ".gitignore"), "bin\nscripts\nnode_modules\n__tests__\n.runner\n");
  git("init", "--quiet", "--initial-branch", "main");
  commit("base");
});
afterEach(() => rmSync(directory, { recursive: true }));

function git(...args: string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: directory, encoding: "utf8" }).trim();
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

function routed(...args: string[]): void {
  execFileSync(process.execPath, ["bin/routed.cjs", ...args], { cwd: directory });
}

function edit(file: string, from: string, to: string): void {
  const path = join(directory, file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

const done = (): void => undefined;

function play(file: string, job: string, expressions: Record<string, string> = {}): Played {
  const { jobs } = readWorkflow(`.github/workflows/${file}`);
  const found = jobs[job];
  if (!found) throw new Error(`${file} has no job ${job}`);
  return playJob(found, {
    directory,
    expressions,
    variables: { PATH: process.env["PATH"], HOME: directory, CHECKPOINT_DISABLE: "1" },
    // The packages are there: .ci/run has installed them.
    stubs: { "actions/checkout": done, "actions/setup-node": done, install: done },
  });
}

/** Plays the pull request's job that needs no credentials, on a change. */
function playPullRequest(change: () => void): Played {
  const base = git("rev-parse", "HEAD");
  change();
  commit("change");
  return play("pull-request.yml", "synthesize", { "github.event.pull_request.base.sha": base });
}

const changed = ({ outputs }: Played): unknown =>
  (JSON.parse(outputs["changed"]?.["changed"] ?? "") as { environment: string }[]).map(
    ({ environment }) => environment,
  );

describe("a pull request's synthesis", () => {
  it("finds the environment that gets a PoP, and synthesizes it", () => {
    const played = playPullRequest(() =>
      routed("config", "add-pop", "stg", "--name", "stg-gru", "--peers", "2001:db8:4006::/48"),
    );
    expect([played.failed, changed(played)]).toEqual([undefined, ["stg"]]);
    const stack = readFileSync(join(directory, "cdktf.out/stacks/stg/cdk.tf.json"), "utf8");
    expect(stack).toContain("stg-gru");
  });

  it("finds the environment whose AMI changes, and says what is staged", () => {
    const amiId = "ami-0123456789abcdef0";
    const played = playPullRequest(() => edit("config/stg.json", '"latest"', `"${amiId}"`));
    expect([played.failed, changed(played)]).toEqual([undefined, ["stg"]]);
    expect(played.log).toMatch(/stg: (staged|held): /);
  });

  it("refuses a config by which two nodes of three could be down, before anything is planned", () => {
    const played = playPullRequest(() =>
      edit("config/stg.json", '"maxUnavailableNodes": 1', '"maxUnavailableNodes": 3'),
    );
    expect(played.failed).toBe("synthesize all environments");
    expect(played.log).toContain("fleet.maxUnavailableNodes must be between 1 and 2");
    expect(played.outputs).toEqual({});
  });

  it("refuses to take a PoP away without retiring its id", () => {
    const line = '{ "id": 2, "name": "stg-lhr", "bgpPeers": ["2001:db8:4002::/48"] },';
    const played = playPullRequest(() => edit("config/stg.json", line, ""));
    expect(played.failed).toBe("find the changed environments");
    expect(played.log).toContain(
      "config/stg.json: retiredSiteIds must have 2, the id of stg-lhr, which is removed; remove it with: routed config remove-pop stg --name stg-lhr",
    );
  });
});

it("lists what is delivered, by stage, for every other workflow", () => {
  for (const file of ["deploy.yml", "rollout.yml", "drift.yml", "observations.yml"]) {
    const { failed, outputs } = play(file, "environments");
    expect(failed).toBeUndefined();
    const names = Object.entries(outputs["list"] ?? {}).map(([stage, list]) => [
      stage,
      (JSON.parse(list) as { environment: string }[]).map(({ environment }) => environment),
    ]);
    expect(Object.fromEntries(names)).toEqual({
      all: ["dev", "prd-ap", "prd-eu", "prd-na", "stg"],
      development: ["dev"],
      staging: ["stg"],
      production: ["prd-ap", "prd-eu", "prd-na"],
    });
  }
});
