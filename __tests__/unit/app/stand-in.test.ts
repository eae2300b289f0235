import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";

const CONVERTER = "@cdktf/hcl2cdk";

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** What the cdktf command would load for nothing at each start. */
describe("the stand-in for cdktf's converter", () => {
  const cdktf = require.resolve("cdktf-cli/package.json");
  const { dependencies, version } = JSON.parse(readFileSync(cdktf, "utf8")) as Manifest;

  it("is what cdktf gets, since it has the version that cdktf asks for", () => {
    const standIn = JSON.parse(readFileSync("stand-ins/hcl2cdk/package.json", "utf8")) as Manifest;
    expect(standIn.version).toBe(dependencies[CONVERTER]);
    const found = require.resolve(CONVERTER, { paths: [cdktf] });
    expect(realpathSync(found)).toBe(resolve("stand-ins/hcl2cdk/index.cjs"));
  });

  it("has all that cdktf takes of it, and says where to run it instead", () => {
    const bundle = readFileSync(require.resolve("cdktf-cli/bundle/bin/cmds/handlers.js"), "utf8");
    const names = [...bundle.matchAll(/(\w+)=(?:\w+\()?require\("@cdktf\/hcl2cdk"\)/g)].map(
      ([, name = ""]) => name,
    );
    const taken = names.flatMap((name) =>
      [...bundle.matchAll(new RegExp(`[^\\w$.]${name}\\.(\\w+)`, "g"))].map(
        ([, part = ""]) => part,
      ),
    );
    expect(taken).not.toEqual([]);
    for (const part of new Set(taken)) {
      const program = `require(${JSON.stringify(CONVERTER)}).${part}()`;
      const run = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
      expect({ part, status: run.status, err: run.stderr }).toEqual({
        part,
        status: 1,
        err: `cdktf's converter from HCL is left out of this project, so that every other command starts sooner; outside of it, run: npx cdktf-cli@${version} convert\n`,
      });
    }
  });
});
