import { existsSync, readFileSync } from "node:fs";
import { scoreOf } from "../../../scripts/mutants/score";
import type { Equivalent } from "../../../scripts/mutants/score";

const FILE = "lib/plan/a.ts";
const SOURCE = "const a =\n  b > 1 &&\n  c;\n";
const on = (line: number, from: number, to: number, end = line) => ({
  start: { line, column: from },
  end: { line: end, column: to },
});
const mutant = (status: string) => ({ status, location: on(2, 3, 8), replacement: "b >= 1" });
const equivalent: Equivalent = {
  file: FILE,
  original: "b > 1",
  replacement: "b >= 1",
  why: "b is never 1",
};
const reportOf = (...statuses: string[]) => ({
  files: { [FILE]: { source: SOURCE, mutants: statuses.map(mutant) } },
});

it("counts what tests notice, and all that nobody tried or knows as not noticed", () => {
  const report = reportOf("Killed", "Timeout", "Survived", "NoCoverage", "Pending", "Ignored");
  const survivor = `${FILE}:2: b > 1 → b >= 1`;
  expect(scoreOf(report, [])).toEqual({
    noticed: 2,
    all: 5,
    survivors: [survivor, survivor, survivor],
    stale: [],
  });
});

it("leaves out survivors that behave as the original", () => {
  expect(scoreOf(reportOf("Killed", "Survived"), [equivalent])).toEqual({
    noticed: 1,
    all: 1,
    survivors: [],
    stale: [],
  });
});

it.each([
  ["was noticed", equivalent],
  ["isn't there", { ...equivalent, original: "b > 2" }],
  ["is another change", { ...equivalent, replacement: "true" }],
])("tells an equivalent of a file that was tried where it %s", (_, stale) => {
  expect(scoreOf(reportOf("Killed"), [stale]).stale).toEqual([stale]);
  expect(scoreOf({ files: {} }, [stale]).stale).toEqual([]);
});

it("reads what is changed over several lines", () => {
  const whole = { status: "Survived", location: on(2, 3, 4, 3), replacement: "false" };
  const { survivors } = scoreOf({ files: { [FILE]: { source: SOURCE, mutants: [whole] } } }, []);
  expect(survivors).toEqual([`${FILE}:2: b > 1 && c → false`]);
});

it("has for each equivalent a file that still holds it, and a reason", () => {
  const text = readFileSync("scripts/mutants/equivalents.json", "utf8");
  const bad = (JSON.parse(text) as Equivalent[]).filter(
    ({ file, original, why }) =>
      why.length < 10 || !existsSync(file) || !readFileSync(file, "utf8").includes(original),
  );
  expect(bad).toEqual([]);
});
