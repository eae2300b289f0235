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
