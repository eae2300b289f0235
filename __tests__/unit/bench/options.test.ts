import { readFileSync } from "node:fs";
import { RoutedError } from "../../../lib/errors";
import { chosen, readOptions, wholeNumber, wholeNumbers } from "../../../scripts/options";

const KNOWN = { valued: ["pops", "cases"], flags: ["write"] } as const;

it("reads options with and without a value", () => {
  expect(readOptions(["--pops", "25,100", "--write"], KNOWN)).toEqual({
    pops: "25,100",
    write: true,
  });
  expect(readOptions(["--cases=no-op"], KNOWN)).toEqual({ cases: "no-op" });
  expect(readOptions([], KNOWN)).toEqual({});
});

it.each([
  [["--pop", "100"], "Unknown option '--pop'"],
  [["100"], "Unexpected argument '100'"],
  [["--pops"], "Option '--pops <value>' argument missing"],
  [["--pops", "--write"], "Option '--pops' argument is ambiguous"],
  [["--write=yes"], "Option '--write' does not take an argument"],
])("refuses %j, and says what it knows", (args, what) => {
  const read = () => readOptions(args, KNOWN);
  expect(read).toThrow(RoutedError);
  expect(read).toThrow(`${what}; the options are --pops <value>, --cases <value>, --write`);
});

it("says that a script knows no options", () => {
  expect(() => readOptions(["--write"], {})).toThrow(
    "Unknown option '--write'; no options are known",
  );
});

const commands = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const scripts = Object.values(commands.scripts).flatMap((command) =>
  (/^node bin\/run\.cjs (scripts\/[^ ]+)/.exec(command) ?? []).slice(1),
);
it("is how every script of a person's reads what it is started with, and nothing else is", () => {
  expect(scripts.length).toBeGreaterThan(8);
  for (const script of [...scripts, "__tests__/fixtures/observations/record.ts"]) {
    const source = readFileSync(script, "utf8");
    const rest = source.replace(/readOptions\(process\.argv\.slice\(2\), /, "");
    expect([script, rest === source, rest.includes("process.argv")]).toEqual([
      script,
      false,
      false,
    ]);
  }
});

it("takes only what is known, in its order", () => {
  const names = ["no-op", "destroy"] as const;
  expect(chosen("--cases", ["destroy", "no-op"], names, "commas")).toEqual(["no-op", "destroy"]);
  expect(() => chosen("--cases", ["no-op", "destory"], names, "commas")).toThrow(
    '--cases must be some of "no-op", "destroy", got "destory"; separate them by commas',
  );
});

it.each(["", " ", "0", "101", "2.5", "1,2", "ten"])("refuses %j as a number", (value) => {
  expect(() => wholeNumber("--rounds", value, 1, 100)).toThrow(
    `--rounds must be a whole number from 1 to 100, got "${value}"`,
  );
});

it("refuses nothing as a number even where zero is one", () => {
  expect(wholeNumber("--bake", "0", 0, 100)).toBe(0);
  expect(() => wholeNumber("--bake", "", 0, 100)).toThrow('got ""');
  expect(() => wholeNumbers("--pops", "1,", 0, 100)).toThrow('got "1,"');
});

it("takes whole numbers within their limits", () => {
  expect(wholeNumbers("--pops", "25,100", 1, 100)).toEqual([25, 100]);
  expect(() => wholeNumbers("--pops", "25,101", 1, 100)).toThrow(
    '--pops must be whole numbers from 1 to 100, separated by commas, got "25,101"',
  );
});
