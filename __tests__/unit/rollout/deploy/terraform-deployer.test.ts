import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../../../lib/config/environment";
import type { PreparedDeploy } from "../../../../lib/rollout/ports";
import { FakeDeploy } from "./fake-deploy";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const folder = inTemporaryFolder();
const { signal } = new AbortController();
let fake: FakeDeploy;
beforeEach(() => {
  fake = new FakeDeploy(folder());
});

const PREPARE = [
  "terraform version -json",
  "cdktf synth --output cdktf.out",
  "terraform init -input=false -no-color",
  "terraform state pull",
  "terraform plan -input=false -no-color -lock=true -lock-timeout=60s -out=cdktf.out/stacks/test/plan",
  "terraform show -json cdktf.out/stacks/test/plan",
];
const APPLY =
  "terraform apply -input=false -no-color -lock=true -lock-timeout=60s cdktf.out/stacks/test/plan";

/** The steps that run a process, by how their command begins. */
const STEPS = [
  "terraform version",
  "cdktf synth",
  "terraform init",
  "terraform state pull",
  "terraform plan",
  "terraform show",
];

describe("preparing a deploy", () => {
  it("synthesizes, plans and verifies, in this order and in these folders", async () => {
    const prepared = await fake.deployer().prepare({}, signal);
    expect(fake.commands).toEqual(PREPARE);
    expect(fake.requests.map(({ cwd }) => cwd)).toEqual([
      folder(),
      folder(),
      fake.stackDirectory,
      fake.stackDirectory,
      fake.stackDirectory,
      fake.stackDirectory,
    ]);
    expect(prepared).toEqual({
      plan: fake.draft.upgradePlan,
      planFile: fake.planFile,
      restarts: [],
      verdict: expect.objectContaining({
        environment: "test",
        proved: true,
        violations: [],
        refreshed: true,
      }) as object,
      told: expect.stringMatching(/^test: proved: 1 of at most 1 nodes disrupted/) as string,
      changesNothing: false,
    });
    expect(statSync(fake.planFile).mode & 0o777).toBe(0o600);
    expect(fake.notes).toEqual([]);
  });

  it("looks for Terraform and initializes it once for all waves", async () => {
    const deployer = fake.deployer();
    await deployer.prepare({}, signal);
    await deployer.prepare({}, signal);
    expect(fake.commands.slice(PREPARE.length)).toEqual([PREPARE[1], ...PREPARE.slice(3)]);
  });

  it("plans by the rollout's options, for this environment only, and from AWS", async () => {
    const spec = {
      amiId: "ami-1",
      instanceType: "r6i.large",
      userDataBase64: "",
      rootVolumeGiB: 9,
    };
    const variables = {
      PATH: "/bin",
      ROUTED_OBSERVATIONS: "recorded",
      ROUTED_ENVIRONMENTS: "other",
      CDKTF_OUTDIR: "elsewhere",
    };
    const options = { ignoreHealth: true, onlyNodes: [0, 2], targets: { 2: spec } };
    await fake.deployer(variables).prepare(options, signal);
    const { env } = fake.requests[1] ?? { env: {} };
    const file = join(folder(), "cdktf.out/rollouts/test.targets.json");
    expect(env).toEqual({
      PATH: "/bin",
      ROUTED_ENVIRONMENTS: "test",
      ROUTED_IGNORE_HEALTH: "1",
      ROUTED_ONLY_NODES: "0,2",
      ROUTED_TARGETS: file,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      GOGC: "400",
      TF_LOG_PROVIDER: "off",
      TF_LOG_SDK: "off",
      FORCE_COLOR: "0",
    });
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ 2: spec });
  });

  it("leaves options of an earlier run behind", async () => {
    const variables = { ROUTED_IGNORE_HEALTH: "1", ROUTED_ONLY_NODES: "1", ROUTED_TARGETS: "old" };
    await fake.deployer(variables).prepare({}, signal);
    const { env } = fake.requests[1] ?? { env: {} };
    expect(env).toMatchObject({
      ROUTED_IGNORE_HEALTH: undefined,
      ROUTED_ONLY_NODES: undefined,
      ROUTED_TARGETS: undefined,
    });
  });

  it("uses the Terraform that TERRAFORM_BINARY_NAME names", async () => {
    fake.answers.set("tofu version", { stdout: '{"terraform_version":"1.8.0"}' });
    fake.answers.set("tofu show", () => ({ stdout: JSON.stringify(fake.draft.json) }));
    await fake.deployer({ TERRAFORM_BINARY_NAME: "tofu" }).prepare({}, signal);
    expect(fake.commands).toContain("tofu version -json");
  });

  it.each([
    ["local", "1.4.9", "1.5"],
    ["cloud", "1.5.7", "1.6"],
    ["s3", "1.9.8", "1.10"],
  ] as const)("refuses Terraform too old for a %s backend: %s", async (type, version, oldest) => {
    const backend = { type, organization: "o", workspace: "w", bucket: "b", hostname: "h" };
    fake = new FakeDeploy(folder(), { backend: backend as Environment["backend"] });
    fake.answers.set("terraform version", { stdout: `{"terraform_version":"${version}"}` });
    await expect(fake.deployer().prepare({}, signal)).rejects.toMatchObject({
      code: "missing-tool",
      message: `Terraform must be ${oldest} or later for a backend of type ${type}, got ${version}; install it from https://developer.hashicorp.com/terraform/install and put it on the PATH, or name it by TERRAFORM_BINARY_NAME`,
    });
    expect(fake.commands).toEqual(["terraform version -json"]);
  });

  it("doesn't keep a plan that isn't proved, and says why", async () => {
    fake.draft.destroy("aws_eip.node-1");
    await expect(fake.deployer().prepare({}, signal)).rejects.toMatchObject({
      code: "not-proved",
      message: expect.stringMatching(
        /^test: Terraform's plan is not proved to be safe, so it isn't applied:\n.*^aws_eip\.node-1: node 1.s EIP would be destroyed/ms,
      ) as string,
    });
    expect(existsSync(fake.planFile)).toBe(false);
  });

  it.each(STEPS)("stops where %s fails, and quotes it", async (step) => {
    fake.answers.set(step, { status: 1, logged: "first\n│ Error: it is broken\n" });
    await expect(fake.deployer().prepare({}, signal)).rejects.toMatchObject({
      code: "terraform-failed",
      message: expect.stringMatching(/failed \(1\).*:\n.*first\n│ Error: it is broken$/s) as string,
    });
    expect(fake.commands.at(-1)).toMatch(new RegExp(`^${step}`));
  });

  it.each(STEPS)("stops where %s takes too long", async (step) => {
    fake.answers.set(step, { status: null, ended: "timed out", logged: "still at it" });
    await expect(fake.deployer().prepare({}, signal)).rejects.toMatchObject({
      code: "terraform-failed",
      message: expect.stringMatching(/took too long.*still at it$/s) as string,
    });
  });

  it.each(STEPS)(
    "stops where it is interrupted in %s, which may end in its own way",
    async (step) => {
      const controller = new AbortController();
      fake.answers.set(step, () => {
        controller.abort();
        return { status: 1, ended: step === "terraform version" ? "by itself" : "interrupted" };
      });
      const preparing = fake.deployer().prepare({}, controller.signal);
      await expect(preparing).rejects.toMatchObject({ code: "terraform-failed" });
      expect(fake.commands.at(-1)).toMatch(new RegExp(`^${step}`));
      for (const request of fake.requests.slice(1)) expect(request.signal).toBe(controller.signal);
    },
  );

  it("says how to release the state's lock that a killed deploy left", async () => {
    fake.answers.set("terraform plan", { status: 1, logged: "Error acquiring the state lock\n" });
    await expect(fake.deployer().prepare({}, signal)).rejects.toThrow(
      "terraform force-unlock <ID>",
    );
  });
});

describe("probing whether what was prepared could be applied", () => {
  const state = (serial: number): string =>
    JSON.stringify({ version: 4, lineage: "l", serial, resources: [] });
  const LOCK = "terraform state rm -dry-run -lock=true -lock-timeout=30s terraform_data.probe";

  async function probed(change: () => void): Promise<void> {
    fake.state = state(7);
    const deployer = fake.deployer();
    const prepared = await deployer.prepare({}, signal);
    change();
    await deployer.probe(prepared, signal);
  }

  it("takes the state's lock and gives it back, and changes nothing", async () => {
    await probed(() => undefined);
    expect(fake.commands.slice(PREPARE.length)).toEqual([LOCK, "terraform state pull"]);
  });

  it.each([
    ["nothing", ""],
    // As Terraform shows what lies nowhere yet in S3.
    ["a state that was never written", '{"version":4,"serial":0,"lineage":"","resources":[]}'],
  ])("takes no lock where nothing was deployed yet, and %s is told", async (_, told) => {
    fake.state = told;
    const deployer = fake.deployer();
    await deployer.probe(await deployer.prepare({}, signal), signal);
    expect(fake.commands.slice(PREPARE.length)).toEqual(["terraform state pull"]);
  });

  it("says no where somebody holds the lock", async () => {
    const held = { status: 1, logged: "Error acquiring the state lock\n" };
    const probing = probed(() => fake.answers.set("terraform state rm", held));
    await expect(probing).rejects.toMatchObject({ code: "stale-plan" });
  });

  it("says no where the state has changed since", async () => {
    await expect(probed(() => (fake.state = state(8)))).rejects.toMatchObject({
      code: "stale-plan",
      message: expect.stringContaining("was made from a state that has changed since") as string,
    });
  });
});

describe("the waves after the first", () => {
  const plans = () =>
    fake.commands
      .filter((command) => command.startsWith("terraform plan"))
      .map((command) => (command.includes("-refresh=false") ? "as the state says" : "refreshed"));

  async function deploy(deployer = fake.deployer()): Promise<ReturnType<FakeDeploy["deployer"]>> {
    await deployer.apply(await deployer.prepare({}, signal), () => undefined);
    return deployer;
  }

  it("don't read every resource again", async () => {
    await deploy(await deploy(await deploy()));
    expect(plans()).toEqual(["refreshed", "as the state says", "as the state says"]);
  });

  it("do so where the plan isn't proved without", async () => {
    const deployer = await deploy();
    fake.draft.destroy("aws_eip.node-1");
    await expect(deployer.prepare({}, signal)).rejects.toMatchObject({ code: "not-proved" });
    expect(plans()).toEqual(["refreshed", "as the state says", "refreshed"]);
  });

  it("do so after an apply that failed, and where the one before wasn't applied", async () => {
    const deployer = fake.deployer();
    await deployer.prepare({}, signal);
    fake.answers.set("terraform apply", { status: 1, logged: "Error: no capacity" });
    await expect(deploy(deployer)).rejects.toMatchObject({ code: "terraform-failed" });
    fake.answers.delete("terraform apply");
    await deploy(await deploy(deployer));
    expect(plans()).toEqual(["refreshed", "refreshed", "refreshed", "as the state says"]);
  });
});

describe("applying what was prepared", () => {
  async function prepared(): Promise<[ReturnType<FakeDeploy["deployer"]>, PreparedDeploy]> {
    const deployer = fake.deployer();
    return [deployer, await deployer.prepare({}, signal)];
  }

  it("applies exactly the plan that was verified, once, and lets nothing end it early", async () => {
    const [deployer, plan] = await prepared();
    await deployer.apply(plan, () => undefined);
    expect(fake.commands.slice(PREPARE.length)).toEqual([APPLY]);
    expect(fake.requests.at(-1)?.cwd).toBe(fake.stackDirectory);
    expect(fake.requests.at(-1)?.signal).toBeUndefined();
    expect(existsSync(fake.planFile)).toBe(false);
    await expect(deployer.apply(plan, () => undefined)).rejects.toMatchObject({
      code: "invalid-plan",
    });
    expect(fake.commands.slice(PREPARE.length)).toEqual([APPLY]);
  });

  it("refuses a plan file that was exchanged after it was verified", async () => {
    const [deployer, plan] = await prepared();
    writeFileSync(fake.planFile, "PK another");
    await expect(deployer.apply(plan, () => undefined)).rejects.toMatchObject({
      code: "invalid-plan",
      message: `${fake.planFile} is not the plan that was verified; run the rollout again`,
    });
    expect(fake.commands).toEqual(PREPARE);
  });

  it("tells what Terraform does to resources, not its outputs", async () => {
    const [deployer, plan] = await prepared();
    const told: string[] = [];
    fake.answers.set("terraform apply", () => {
      for (const line of [
        "aws_instance.a: Creating...",
        "",
        "Apply complete!",
        "",
        "Outputs:",
        "a = 1",
      ])
        fake.requests.at(-1)?.report?.(line);
      return {};
    });
    await deployer.apply(plan, (line) => told.push(line));
    expect(told).toEqual(["aws_instance.a: Creating...", "Apply complete!"]);
  });

  it.each([
    [{ status: 1, logged: "Error: no capacity" }, /^terraform apply failed \(1\).*no capacity$/s],
    [{ status: null, ended: "timed out", logged: "…" }, /^terraform apply took too long/],
    [{ status: null, logged: "…" }, /^terraform apply failed \(killed\)/],
  ] as const)("says how it failed: %j", async (answer, message) => {
    const [deployer, plan] = await prepared();
    fake.answers.set("terraform apply", answer);
    await expect(deployer.apply(plan, () => undefined)).rejects.toMatchObject({
      code: "terraform-failed",
      message: expect.stringMatching(message) as string,
    });
    expect(existsSync(fake.planFile)).toBe(false);
  });
});
