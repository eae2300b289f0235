import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const APP = resolve("bin/app.cjs");
const OBSERVATIONS = resolve("__tests__/fixtures/observations");

let directory: string;
function inNewDirectory(): string {
  directory = mkdtempSync(join(tmpdir(), "routed-app-"));
  cpSync("config", join(directory, "config"), { recursive: true });
  return directory;
}

/** Leaves those that take the longest to synthesize out of what holds of any. */
function withoutProduction(): void {
  for (const name of ["prd-ap", "prd-eu", "prd-na"]) {
    rmSync(join(directory, "config", `${name}.json`));
  }
}

/** An earlier synthesis, of every environment and without Terraform, and how it went. */
let earlier: ReturnType<typeof app> & { readonly directory: string };
beforeAll(() => {
  earlier = { directory: inNewDirectory(), ...app({ PATH: "/nonexistent" }) };
});
afterAll(() => rmSync(earlier.directory, { recursive: true, force: true }));

beforeEach(() => void inNewDirectory());
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function app(variables: NodeJS.ProcessEnv = {}) {
  const run = spawnSync(process.execPath, [APP], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"],
      HOME: directory,
      ROUTED_OBSERVATIONS: OBSERVATIONS,
      ...variables,
    },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

const outputOf = (...path: string[]) => join(directory, "cdktf.out", ...path);

/** A manifest and the stack of every environment. */
function copyEarlier(): void {
  cpSync(join(earlier.directory, "cdktf.out"), outputOf(), { recursive: true });
}

function stacks(): string[] {
  const manifest = JSON.parse(readFileSync(outputOf("manifest.json"), "utf8")) as {
    stacks: Record<string, unknown>;
  };
  return Object.keys(manifest.stacks).sort();
}

it("synthesizes every environment from recorded observations, without Terraform, and says what is staged", () => {
  copyEarlier();
  const { status, out, err } = earlier;
  expect(err).toBe("");
  expect(status).toBe(0);
  expect(stacks()).toEqual(["dev", "prd-ap", "prd-eu", "prd-na", "sandbox", "stg"]);
  expect(out).toMatch(/^prd-na: staged: upgrade node 1; 2 waves to go$/m);
  expect(existsSync(outputOf("plans/prd-na.json"))).toBe(true);
});

it("synthesizes every kind of backend without Terraform and without the backend's credentials", () => {
  const file = join(directory, "config/prd-na.json");
  const config = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const backend = {
    type: "cloud",
    organization: "example",
    tags: ["routed", "na"],
    project: "cdn",
  };
  writeFileSync(file, JSON.stringify({ ...config, backend }));
  const names = { ROUTED_ENVIRONMENTS: "prd-na,prd-eu,stg,sandbox" };
  expect(app({ PATH: "/nonexistent", ...names })).toMatchObject({ status: 0, err: "" });
  const kindOf = (name: string) => {
    const text = readFileSync(outputOf("stacks", name, "cdk.tf.json"), "utf8");
    const { terraform } = JSON.parse(text) as { terraform: Record<string, object> };
    return terraform["cloud"] ? "cloud" : Object.keys(terraform["backend"] ?? {})[0];
  };
  expect([kindOf("prd-na"), kindOf("prd-eu"), kindOf("stg"), kindOf("sandbox")]).toEqual([
    "cloud",
    "cloud",
    "s3",
    "local",
  ]);
});

it("synthesizes only what ROUTED_ENVIRONMENTS names, with the same bytes for the same input", () => {
  expect(app({ ROUTED_ENVIRONMENTS: "stg, prd-na" }).status).toBe(0);
  expect(stacks()).toEqual(["prd-na", "stg"]);
  for (const name of stacks()) {
    const stack = join("cdktf.out/stacks", name, "cdk.tf.json");
    const first = readFileSync(join(earlier.directory, stack), "utf8");
    expect(readFileSync(join(directory, stack), "utf8")).toBe(first);
  }
});

describe("leaves nothing of an earlier synthesis that could be deployed", () => {
  beforeEach(() => {
    copyEarlier();
    writeFileSync(outputOf("stacks/stg/.terraform.lock.hcl"), "kept");
  });

  function expectNothingLeft(name: string): void {
    expect(existsSync(outputOf("stacks", name, "cdk.tf.json"))).toBe(false);
    expect(existsSync(outputOf("plans", `${name}.json`))).toBe(false);
  }

  it.each([
    [
      "a config that is wrong",
      () => writeFileSync(join(directory, "config/stg.json"), "{}"),
      {},
      /config\/stg\.json:1/,
    ],
    [
      "a config folder that is gone",
      () => rmSync(join(directory, "config"), { recursive: true }),
      {},
      /config/,
    ],
    ["an unknown environment", () => undefined, { ROUTED_ENVIRONMENTS: "nowhere" }, /nowhere/],
    [
      "an empty name",
      () => undefined,
      { ROUTED_ENVIRONMENTS: "stg,,dev" },
      /ROUTED_ENVIRONMENTS must be names/,
    ],
    [
      "a wrong switch",
      () => undefined,
      { ROUTED_IGNORE_HEALTH: "please" },
      /ROUTED_IGNORE_HEALTH must be 1/,
    ],
    [
      "no observations at all",
      () => undefined,
      { ROUTED_OBSERVATIONS: "nowhere" },
      /no recorded observation/,
    ],
  ])("with %s", (_, prepare, variables, message) => {
    prepare();
    const { status, err } = app(variables);
    expect(status).toBe(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
    expectNothingLeft("stg");
    // What Terraform put there itself is no synthesis.
    expect(readFileSync(outputOf("stacks/stg/.terraform.lock.hcl"), "utf8")).toBe("kept");
  });

  it("of an environment that can't be observed, which stops no other", () => {
    withoutProduction();
    const observations = join(directory, "observations");
    cpSync(OBSERVATIONS, observations, { recursive: true });
    writeFileSync(join(observations, "stg.json"), "not JSON");
    const { status, err } = app({ ROUTED_OBSERVATIONS: observations });
    expect(status).toBe(0);
    expect(err).toContain(`${join(observations, "stg.json")}`);
    expect(stacks()).toEqual(["dev", "sandbox"]);
    expectNothingLeft("stg");

    const named = app({ ROUTED_OBSERVATIONS: observations, ROUTED_ENVIRONMENTS: "stg,dev" });
    expect(named.status).toBe(1);
    expect(stacks()).toEqual(["dev"]);
    expectNothingLeft("stg");
  });

  it("where what was written isn't what the constructs are known to write", () => {
    withoutProduction();
    // Somebody's file beside the stack, which Terraform would read too.
    writeFileSync(outputOf("stacks/stg/override.tf"), "");
    const { status, err } = app();
    expect(status).toBe(1);
    expect(err).toContain("stacks/stg/cdk.tf.json was written, and may not be deployed:");
    expect(err).toContain("override.tf lies beside it, which Terraform reads too");
    expect(existsSync(outputOf("manifest.json"))).toBe(false);
    for (const name of ["stg", "dev"]) expectNothingLeft(name);
  });

  it("with an unknown environment to destroy", () => {
    const { status, err } = app({ ROUTED_DESTROY: "nowhere" });
    expect(status).toBe(1);
    expect(err).toMatch(/^ROUTED_DESTROY must be one of the environments dev, .*, got "nowhere"/m);
    expectNothingLeft("stg");
  });

  it("where the program ends well without having synthesized", () => {
    mkdirSync(join(directory, "node"), { recursive: true });
    const preload = join(directory, "node/ends.cjs");
    // Not the thread in which esbuild may bundle what is run for the first time.
    const exit = "setTimeout(() => process.exit(0), 0)";
    writeFileSync(preload, `if (require("node:worker_threads").isMainThread) ${exit};`);
    const { status, err } = app({ NODE_OPTIONS: `--require=${preload}`, ROUTED_OBSERVATIONS: "" });
    expect(status).toBe(1);
    expect(err).toContain("nothing was synthesized, so nothing may be deployed");
    expectNothingLeft("stg");
  });
});
