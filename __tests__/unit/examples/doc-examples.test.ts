import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { docExamplesOf, evaluate } from "../../support/doc-examples";

const FILES = ["lib", "scripts"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file)),
);
const EXAMPLES = FILES.filter((file) => readFileSync(file, "utf8").includes("@example")).flatMap(
  (file) => docExamplesOf(file),
);

it.each(EXAMPLES.map((each) => [`${each.file}:${each.line}`, each] as const))(
  "%s is so",
  (_, { file, expression, result }) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- whichever file has an example
    const exported = require(resolve(file)) as Record<string, unknown>;
    expect(evaluate(expression, exported)).toEqual(evaluate(result, exported));
  },
);

it("finds all lines that look like one", () => {
  const lines = FILES.flatMap(
    (file) => readFileSync(file, "utf8").match(/^ *\* .+ \/\/ → /gm) ?? [],
  );
  expect(EXAMPLES.length).toBe(lines.length);
  expect(EXAMPLES.length).toBeGreaterThan(40);
});

describe("an example", () => {
  const doc = (line: string) =>
    `/**\n * Doubles.\n *\n * @example\n * ${line}\n */\nexport function twice() {}\n`;
  const twice = (n: number): number => 2 * n;

  it("is read with its line", () => {
    expect(docExamplesOf("a.ts", doc("twice(1) // → 2"))).toEqual([
      { file: "a.ts", line: 5, expression: "twice(1)", result: "2" },
    ]);
  });

  it("is refused where it says no result", () => {
    expect(() => docExamplesOf("a.ts", doc("twice(1)"))).toThrow(
      'a.ts:5: an example must be "f(x) // → y", got "twice(1)"',
    );
  });

  it("is evaluated with what its file exports", () => {
    expect(evaluate("twice(2)", { twice })).toBe(4);
    expect(() => evaluate("thrice(2)", { twice })).toThrow("thrice is not defined");
  });
});
