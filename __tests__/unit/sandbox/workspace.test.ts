import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plainText } from "../../../sandbox/deploy";
import { findProjectRoot } from "../../../sandbox/project-root";
import {
  copyWorkspace,
  createWorkspace,
  removeWorkspace,
  stackDirectory,
  synthesizedEnvironments,
  writeConfig,
  type Workspace,
} from "../../../sandbox/workspace";

let workspace: Workspace;

beforeEach(() => {
  workspace = createWorkspace({ configs: { dev: { a: 1 }, stg: {} } });
});
afterEach(() => removeWorkspace(workspace));

const read = (file: string): unknown =>
  JSON.parse(readFileSync(join(workspace.directory, file), "utf8"));

describe("createWorkspace", () => {
  it("runs this project's app on the given environments", () => {
    const { app } = read("cdktf.json") as { app: string };

    expect(app).toBe(`node "${join(findProjectRoot(), "bin/app.cjs")}"`);
    expect(existsSync(join(findProjectRoot(), "bin/app.cjs"))).toBe(true);
    expect(read("config/dev.json")).toEqual({ a: 1 });
    expect(read("config/stg.json")).toEqual({});
  });
});

describe("writeConfig", () => {
  it("replaces an environment's file", () => {
    writeConfig(workspace, "dev", { a: 2 });

    expect(read("config/dev.json")).toEqual({ a: 2 });
  });
});

describe("synthesizedEnvironments", () => {
  it("names those whose stack has been written", () => {
    expect(synthesizedEnvironments(workspace)).toEqual([]);
    for (const name of ["stg", "dev", "old"]) {
      mkdirSync(stackDirectory(workspace, name), { recursive: true });
    }
    for (const name of ["stg", "dev"]) {
      writeFileSync(join(stackDirectory(workspace, name), "cdk.tf.json"), "{}");
    }

    expect(synthesizedEnvironments(workspace)).toEqual(["dev", "stg"]);
  });
});

describe("copyWorkspace", () => {
  it("takes config, state, locks and providers along, and nothing that names the original's state", () => {
    const put = (file: string) => writeFileSync(join(workspace.directory, file), file);
    mkdirSync(join(stackDirectory(workspace, "dev"), ".terraform"), { recursive: true });
    put("terraform.dev.tfstate");
    put("terraform.dev.tfstate.backup");
    put("cdktf.out/stacks/dev/cdk.tf.json");
    put("cdktf.out/stacks/dev/.terraform.lock.hcl");
    put("cdktf.out/stacks/dev/.terraform/terraform.tfstate");
    mkdirSync(join(stackDirectory(workspace, "dev"), ".terraform/providers"));
    put("cdktf.out/stacks/dev/.terraform/providers/aws");

    const copy = copyWorkspace(workspace);

    const files = (readdirSync(copy.directory, { recursive: true }) as string[]).filter((file) =>
      statSync(join(copy.directory, file)).isFile(),
    );
    removeWorkspace(copy);
    expect(existsSync(join(stackDirectory(workspace, "dev"), ".terraform/providers/aws"))).toBe(
      true,
    );
    expect(files.sort()).toEqual([
      "cdktf.json",
      "cdktf.out/stacks/dev/.terraform.lock.hcl",
      "cdktf.out/stacks/dev/.terraform/providers/aws",
      "config/dev.json",
      "config/stg.json",
      "terraform.dev.tfstate",
    ]);
  });
});

describe("removeWorkspace", () => {
  it("leaves nothing", () => {
    removeWorkspace(workspace);

    expect(existsSync(workspace.directory)).toBe(false);
  });
});

describe("plainText", () => {
  it("takes away how a terminal is told to redraw", () => {
    expect(plainText("\u001b[2K\u001b[1A\u001b[Gdone \u001b[32mwell\u001b[0m")).toBe("done well");
  });
});
