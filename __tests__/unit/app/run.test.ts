import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A checkout with `bin/`, a program, and packages of which only `.cache` is its own. */
let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "routed-checkout-"));
  cpSync("bin", join(checkout, "bin"), { recursive: true });
  cpSync("package.json", join(checkout, "package.json"));
  mkdirSync(join(checkout, "node_modules"));
  for (const name of ["esbuild", "@esbuild"]) {
    symlinkSync(resolve("node_modules", name), join(checkout, "node_modules", name));
  }
  write("one");
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

const write = (said: string): void =>
  writeFileSync(join(checkout, "say.ts"), `const said: string = "${said}"; console.log(said);`);
const say = (): string => {
  const run = spawnSync(process.execPath, ["bin/run.cjs", "say.ts"], {
    cwd: checkout,
    encoding: "utf8",
    timeout: 60_000,
  });
  return run.stdout + run.stderr;
};
const kept = (): string[] => readdirSync(join(checkout, "node_modules/.cache/routed"));

test("a program's bundle is kept, and made anew when a source of it changes", () => {
  writeFileSync(join(checkout, "package-lock.json"), "{}");
  expect(say()).toBe("one\n");
  expect(kept()).toEqual(["say-ts.json"]);
  const file = join(checkout, "node_modules/.cache/routed/say-ts.json");
  writeFileSync(file, readFileSync(file, "utf8").replace("one", "kept"));
  expect(say()).toBe("kept\n");
  write("two");
  expect(say()).toBe("two\n");
});

test("a checkout without package-lock.json keeps no bundle, and runs", () => {
  expect(say()).toBe("one\n");
  expect(kept()).toEqual([]);
});
