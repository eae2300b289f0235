import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
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

test("a program runs as it is now, whatever ran before", () => {
  expect(say()).toBe("one\n");
  write("two");
  expect(say()).toBe("two\n");
});

test("what Node compiled is kept with the packages where Node can, and not for the programs it starts", () => {
  const tell = `[process.env["NODE_COMPILE_CACHE"], typeof require("node:module").enableCompileCache]`;
  writeProgram(`console.log(...${tell});`);
  const kept = join(checkout, "node_modules/.cache/node-compile-cache");
  expect(say()).toBe(`undefined ${existsSync(kept) ? "function" : "undefined"}\n`);
});

test("what Node will drop is told only to whoever debugs", () => {
  writeProgram(`process.emitWarning("it will be dropped", "DeprecationWarning");`);
  expect(say()).toBe("");
  expect(say({ ROUTED_DEBUG: "1" })).toContain("it will be dropped");
});

test("a stack trace names the source's own lines to whoever debugs", () => {
  writeProgram(`interface Gone { readonly a: 1 }\n\nconsole.log(new Error("here").stack);`);
  expect(say({ ROUTED_DEBUG: "1" })).toContain(`${join(realpathSync(checkout), "say.ts")}:3:13`);
});

test("an entry that is not there is told in one line", () => {
  rmSync(join(checkout, "say.ts"));
  expect(say()).toBe(
    'no such entry: "say.ts"; give the path of a TypeScript file in this project\n',
  );
});
