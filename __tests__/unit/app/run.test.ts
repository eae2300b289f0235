import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isNodeSince = (wantedMajor: number, wantedMinor: number): boolean =>
  major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
const KEEPS_COMPILED = isNodeSince(22, 1);
/** Whether it can be told not to. */
const CAN_BE_FORBIDDEN = isNodeSince(22, 8);

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

const writeProgram = (program: string): void => writeFileSync(join(checkout, "say.ts"), program);
const write = (said: string): void =>
  writeProgram(`const said: string = "${said}"; console.log(said);`);
const say = (variables: NodeJS.ProcessEnv = {}): string => {
  const run = spawnSync(process.execPath, ["bin/run.cjs", "say.ts"], {
    cwd: checkout,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...variables },
    timeout: 60_000,
  });
  return run.stdout + run.stderr;
};
const kept = (): string[] =>
  readdirSync(join(checkout, "node_modules/.cache/routed")).filter((name) => name !== "compiled");

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

const TELL_WHERE = `console.log(process.env["NODE_COMPILE_CACHE"]);`;

test("what Node compiled is kept beside the bundles where Node can, also for the programs it starts", () => {
  writeProgram(TELL_WHERE);
  const own = join(realpathSync(checkout), "node_modules/.cache/routed/compiled");
  expect(say()).toBe(`${own}\n`);
  expect(existsSync(own)).toBe(KEEPS_COMPILED);
});

test("what Node compiled is kept where the user says, or not at all", () => {
  writeProgram(TELL_WHERE);
  const own = join(checkout, "node_modules/.cache/routed/compiled");
  const theirs = join(checkout, "theirs");
  expect(say({ NODE_COMPILE_CACHE: theirs })).toBe(`${theirs}\n`);
  expect(existsSync(theirs)).toBe(KEEPS_COMPILED);
  expect(existsSync(own)).toBe(false);
  say({ NODE_DISABLE_COMPILE_CACHE: "1" });
  expect(existsSync(own)).toBe(KEEPS_COMPILED && !CAN_BE_FORBIDDEN);
});

test("what Node will drop is told only to whoever debugs", () => {
  writeProgram(`process.emitWarning("it will be dropped", "DeprecationWarning");`);
  expect(say()).toBe("");
  expect(say({ ROUTED_DEBUG: "1" })).toContain("it will be dropped");
});
