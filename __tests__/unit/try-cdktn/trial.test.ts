import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  copyProject,
  requireNode,
  switchToCdkTerrain,
  switchToProvider6,
} from "../../../scripts/try-cdktn/trial";

it("switches to CDK Terrain under CDKTF's names, and leaves all else", () => {
  const content = {
    name: "x",
    dependencies: {
      "@cdktf/provider-aws": "20.1.0",
      cdktf: "0.21.0",
      constructs: "10.4.2",
      y: "1",
    },
    devDependencies: { "cdktf-cli": "0.21.0", z: "2" },
    overrides: { w: "3" },
  };
  const switched = switchToCdkTerrain(content);
  expect(switched).toEqual({
    name: "x",
    dependencies: {
      "@cdktf/provider-aws": "20.1.0",
      cdktf: "npm:cdktn@0.24.0",
      constructs: "10.7.0",
      y: "1",
    },
    devDependencies: { "cdktf-cli": "npm:cdktn-cli@0.24.0", z: "2" },
    overrides: { w: "3", "@cdktf/provider-aws": { cdktf: "$cdktf" } },
  });
  expect(switchToProvider6(switched)).toEqual({
    ...switched,
    dependencies: {
      ...switched.dependencies,
      "@cdktf/provider-aws": "npm:@cdktn/provider-aws@25.7.0",
    },
  });
});

it.each(["22.19.0", "22.20.1", "24.0.0", "26.10.0"])("runs on Node %s", (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

it.each(["20.20.2", "22.18.9"])("refuses Node %s", (version) => {
  expect(() => requireNode(version)).toThrow(
    `CDK Terrain needs Node 22.19 or later, got ${version}; run it with a newer one`,
  );
});

it("copies sources only", () => {
  const directory = mkdtempSync(join(tmpdir(), "routed-.copy-"));
  const [from, to] = [join(directory, ".project"), join(directory, "copy")];
  for (const folder of ["lib", "node_modules/x", "bench/synth/node_modules", "cdktf.out", ".git"]) {
    mkdirSync(join(from, folder), { recursive: true });
    writeFileSync(join(from, folder, "file"), "");
  }
  for (const file of ["package.json", "terraform.dev.tfstate", "terraform.dev.tfstate.backup"]) {
    writeFileSync(join(from, file), "");
  }
  try {
    copyProject(from, to);
    expect(readdirSync(to).sort()).toEqual(["bench", "lib", "package.json"]);
    expect(existsSync(join(to, "bench/synth/node_modules"))).toBe(false);
    expect(existsSync(join(to, "lib/file"))).toBe(true);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
