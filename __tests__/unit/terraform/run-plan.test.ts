import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STALE_SYNTHESIS } from "../../../lib/plan/live/observed-fleet";
import { planStack, readPlanFile } from "../../../lib/terraform/run-plan";
import { terraformRunner } from "../../../lib/terraform/runner";
import type { TerraformResult, TerraformRunner } from "../../../lib/terraform/runner";
import { aPoppedEnvironment, deployed, Draft } from "../verify/a-plan";
import { inTemporaryFolder } from "../../support/temporary-folder";

const environment = aPoppedEnvironment();
const planText = JSON.stringify(Draft.of(environment, deployed(environment)).json);

const folder = inTemporaryFolder();

function write(name: string, content: string): string {
  const file = join(folder(), name);
  writeFileSync(file, content);
  return file;
}

/** A Terraform that remembers how it was called; `results` overrides what a subcommand gives. */
function fakeTerraform(results: Partial<Record<string, Partial<TerraformResult>>> = {}) {
  const calls: string[] = [];
  const runTerraform: TerraformRunner = (args, { cwd }) => {
    expect(cwd).toBe(folder());
    calls.push(args.join(" "));
    const command = args[0] ?? "";
    const stdout = command === "show" ? planText : "";
    const result = { status: 0, stdout, stderr: "", timedOut: false, ...results[command] };
    return Promise.resolve(result);
  };
  return { calls, runTerraform };
}

describe("planning a synthesized stack", () => {
  it("inits where that wasn't done, plans, and shows the plan", async () => {
    write("cdk.tf.json", "{}");
    const { calls, runTerraform } = fakeTerraform();
    const plan = await planStack({ stackDirectory: folder(), runTerraform });
    expect(plan.changes.length).toBeGreaterThan(0);
    expect(calls.map((call) => call.replace(/\S*routed-verify-\w+/, "<tmp>"))).toEqual([
      "init -input=false -no-color",
      "plan -input=false -no-color -lock=false <tmp>/plan",
      "show -json <tmp>/plan",
    ]);
  });

  it("doesn't init again, and keeps the plan where it is told to", async () => {
    write("cdk.tf.json", "{}");
    mkdirSync(join(folder(), ".terraform"));
    const { calls, runTerraform } = fakeTerraform();
    const keepAs = join(folder(), "kept.tfplan");
    await planStack({ stackDirectory: folder(), runTerraform, keepAs });
    await planStack({ stackDirectory: folder(), runTerraform, keepAs, refresh: false });
    expect(calls).toEqual([
      `plan -input=false -no-color -lock=false -out=${keepAs}`,
      `show -json ${keepAs}`,
      `plan -input=false -no-color -lock=false -refresh=false -out=${keepAs}`,
      `show -json ${keepAs}`,
    ]);
  });

  it("locks the state only for a plan that is applied next", async () => {
    write("cdk.tf.json", "{}");
    mkdirSync(join(folder(), ".terraform"));
    const { calls, runTerraform } = fakeTerraform();
    const keepAs = join(folder(), "kept.tfplan");
    await planStack({ stackDirectory: folder(), runTerraform, keepAs, lock: true });
    expect(calls[0]).toBe(
      `plan -input=false -no-color -lock=true -lock-timeout=60s -out=${keepAs}`,
    );
  });

  it("is refused while a state lies there that its backend didn't take", async () => {
    write("cdk.tf.json", "{}");
    write("errored.tfstate", "{}");
    const { calls, runTerraform } = fakeTerraform();
    await expect(planStack({ stackDirectory: folder(), runTerraform })).rejects.toThrow(
      /an earlier deploy couldn't write Terraform's state, and left it in .*errored\.tfstate; write it .*terraform state push errored\.tfstate && rm errored\.tfstate\)$/,
    );
    expect(calls).toEqual([]);
  });

  it("says to synthesize first", async () => {
    const { calls, runTerraform } = fakeTerraform();
    await expect(planStack({ stackDirectory: folder(), runTerraform })).rejects.toMatchObject({
      code: "invalid-plan",
      message: `${folder()}: there is no synthesized stack; synthesize first (cdktf synth)`,
    });
    expect(calls).toEqual([]);
  });

  describe("that Terraform refuses because of a pin", () => {
    const PINNED = { status: 1, stderr: "│ Error: Instance cannot be destroyed\n│ on cdk.tf.json" };
    const errored = JSON.stringify({ ...(JSON.parse(planText) as object), errored: true });

    /** Whether the plan file is there when it is shown, and after. */
    async function planPinned(plan: Partial<TerraformResult>, shown: string) {
      write("cdk.tf.json", "{}");
      mkdirSync(join(folder(), ".terraform"));
      const keepAs = join(folder(), "kept.tfplan");
      const { calls, runTerraform } = fakeTerraform({ plan, show: { stdout: shown } });
      const planning = planStack({
        stackDirectory: folder(),
        keepAs,
        runTerraform: (args, options) => {
          if (args[0] === "plan") writeFileSync(keepAs, "PK");
          return runTerraform(args, options);
        },
      });
      const outcome = await planning.catch((error: unknown) => error);
      return { calls, outcome, isKept: existsSync(keepAs) };
    }

    it("gives what it has, as one that ended in an error, and keeps no file", async () => {
      const { outcome, isKept } = await planPinned(PINNED, errored);
      expect(outcome).toMatchObject({ errored: true });
      expect(isKept).toBe(false);
    });

    it("is not believed where it doesn't say itself that it ended in an error", async () => {
      const { outcome, isKept } = await planPinned(PINNED, planText);
      expect(outcome).toMatchObject({ code: "terraform-failed" });
      expect(isKept).toBe(false);
    });

    it("isn't shown where the environment has changed since, which is told instead", async () => {
      const stale = `${PINNED.stderr}\n${STALE_SYNTHESIS}`;
      const { calls, outcome } = await planPinned({ status: 1, stderr: stale }, errored);
      expect(outcome).toMatchObject({ code: "stale-plan" });
      expect(calls.filter((call) => call.startsWith("show"))).toEqual([]);
    });
  });

  it.each([
    [{ status: 1, stderr: "Error: no" }, "terraform plan failed (1):\nError: no"],
    [{ status: 1, stdout: "Error: out" }, "terraform plan failed (1):\nError: out"],
    [{ status: null, timedOut: true, stderr: "x" }, "terraform plan took too long:\nx"],
    [{ status: null, stderr: "x" }, "terraform plan failed (killed):\nx"],
  ])("gives Terraform's own words where it fails: %#", async (plan, message) => {
    write("cdk.tf.json", "{}");
    const { runTerraform } = fakeTerraform({ plan });
    await expect(planStack({ stackDirectory: folder(), runTerraform })).rejects.toMatchObject({
      code: "terraform-failed",
      message,
    });
  });
});

describe("reading a plan that somebody made", () => {
  it("reads the output of terraform show -json without Terraform", async () => {
    const { calls, runTerraform } = fakeTerraform();
    const file = write("plan.json", planText);
    await readPlanFile(file, { stackDirectory: folder(), runTerraform });
    expect(calls).toEqual([]);
  });

  it.each([
    ["a plan file", "PK\u0003\u0004…"],
    ["a Terraform Cloud run", '{"remote_plan_format":1,"run_id":"run-x","hostname":"h"}'],
  ])("has Terraform show %s", async (_, content) => {
    const { calls, runTerraform } = fakeTerraform();
    const file = write("plan", content);
    await readPlanFile(file, { stackDirectory: folder(), runTerraform });
    expect(calls).toEqual([`show -json ${file}`]);
  });

  it("says what to give where there is none", async () => {
    const { runTerraform } = fakeTerraform();
    const file = join(folder(), "missing");
    await expect(
      readPlanFile(file, { stackDirectory: folder(), runTerraform }),
    ).rejects.toMatchObject({
      code: "invalid-plan",
      message: expect.stringMatching(
        /missing: the plan can't be read: .*; give a plan file, or the output of terraform show -json$/,
      ) as string,
    });
  });
});

describe("running Terraform", () => {
  const script = (body: string): NodeJS.ProcessEnv => {
    const file = write("terraform", `#!/bin/sh\n${body}\n`);
    return { ...process.env, TERRAFORM_BINARY_NAME: `sh`, SCRIPT: file };
  };
  const run = (body: string, timeoutMs = 10_000): Promise<TerraformResult> => {
    const variables = script(body);
    return terraformRunner(variables)([String(variables["SCRIPT"])], { cwd: folder(), timeoutMs });
  };

  it("gives both outputs and the status", async () => {
    expect(await run('echo out; echo err >&2; echo "$CHECKPOINT_DISABLE"; exit 3')).toEqual({
      status: 3,
      stdout: "out\n1\n",
      stderr: "err\n",
      timedOut: false,
    });
  });

  it("ends it, and what it started, when it takes too long", async () => {
    const result = await run("sleep 60 & sleep 60", 200);
    expect(result).toMatchObject({ status: null, timedOut: true });
  });

  it("says how to get it where it is missing", async () => {
    const runner = terraformRunner({ TERRAFORM_BINARY_NAME: "no-such-terraform" });
    await expect(runner(["version"], { cwd: folder(), timeoutMs: 1000 })).rejects.toMatchObject({
      code: "missing-tool",
      message:
        "no-such-terraform can't be run: spawn no-such-terraform ENOENT; install Terraform and put it on the PATH, or name it by TERRAFORM_BINARY_NAME",
    });
  });
});
