import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/** In a process of its own: switching them off is for good. */
function synthesizeTokens(prelude: string): { readonly text: string; readonly traced: boolean } {
  const program = `
    const stackTrace = require("cdktf/lib/tokens/private/stack-trace");
    ${prelude}
    const { Fn, Testing, TerraformOutput, TerraformStack } = require("cdktf");
    const stack = new TerraformStack(Testing.app(), "s");
    const token = require("cdktf").Token.asAny({ a: Fn.join("-", ["x", "y"]) });
    new TerraformOutput(stack, "o", { value: token });
    const traced = stackTrace.captureStackTrace().length > 0;
    console.log(JSON.stringify({ text: Testing.synth(stack), traced }));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", program], { encoding: "utf8" })) as {
    text: string;
    traced: boolean;
  };
}

describe("CDKTF's stack traces", () => {
  const disable = `
    const { buildSync } = require("esbuild");
    const built = buildSync({
      entryPoints: [${JSON.stringify(resolve("lib/stack/stack-traces.ts"))}],
      bundle: true, packages: "external", platform: "node", format: "cjs", write: false,
    });
    const loaded = { exports: {} };
    new Function("module", "exports", "require", built.outputFiles[0].text)(
      loaded, loaded.exports, require);
    loaded.exports.disableStackTraces();`;

  it("can be switched off through the bundle that the app runs as, with the same bytes", () => {
    const traced = synthesizeTokens("");
    const untraced = synthesizeTokens(disable);
    expect([traced.traced, untraced.traced]).toEqual([true, false]);
    expect(untraced.text).toBe(traced.text);
  });
});
