import { RoutedError } from "../../../lib/errors";
import { chosen, readOptions, wholeNumbers } from "../../../scripts/options";

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
  expect(chosen("--cases", ["destroy", "no-op"], names)).toEqual(["no-op", "destroy"]);
  expect(() => chosen("--cases", ["no-op", "destory"], names)).toThrow(
    '--cases must be some of "no-op", "destroy", got "destory"',
  );
});

it("takes whole numbers within their limits", () => {
  expect(wholeNumbers("--pops", "25,100", 1, 100)).toEqual([25, 100]);
  expect(() => wholeNumbers("--pops", "25,101", 1, 100)).toThrow(
    '--pops must be whole numbers from 1 to 100, separated by commas, got "25,101"',
  );
});
