import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inTemporaryFolder } from "../../support/temporary-folder";

/** A rule that the README, a decision or docs/contributing.md relies on: where, and what it refuses. */
const REFUSED: readonly (readonly [rule: string, file: string, text: string])[] = [
  [
    "@typescript-eslint/switch-exhaustiveness-check",
    "lib/words.ts",
    'export function f(a: "x" | "y"): number {\n  switch (a) {\n    case "x":\n      return 1;\n  }\n  return 2;\n}\n',
  ],
  [
    "@typescript-eslint/no-floating-promises",
    "lib/words.ts",
    "export function f(): void {\n  Promise.resolve(1);\n}\n",
  ],
  [
    "@typescript-eslint/no-misused-promises",
    "lib/words.ts",
    "export function f(a: Promise<boolean>): number {\n  if (a) return 1;\n  return 2;\n}\n",
  ],
  [
    "@typescript-eslint/consistent-type-imports",
    "lib/words.ts",
    'import { RoutedError } from "./errors";\nexport type E = RoutedError;\n',
  ],
  ["@typescript-eslint/no-unused-vars", "lib/words.ts", "const unused = 1;\nexport const a = 2;\n"],
  [
    "@typescript-eslint/no-explicit-any",
    "lib/words.ts",
    "export const f = (a: any): void => void a;\n",
  ],
  [
    "@typescript-eslint/no-unsafe-assignment",
    "lib/words.ts",
    'export const a: number = JSON.parse("1");\n',
  ],
  ["max-lines", "lib/words.ts", "export const a = 1;\n".padEnd(20 + 401, "\n")],
];

/** The same, where the rule has nothing against it. */
const ALLOWED: typeof REFUSED = [
  [
    "@typescript-eslint/switch-exhaustiveness-check",
    "lib/words.ts",
    'export function f(a: "x" | "y"): number {\n  switch (a) {\n    case "x":\n      return 1;\n    case "y":\n      return 2;\n  }\n}\n',
  ],
  [
    "@typescript-eslint/no-floating-promises",
    "lib/words.ts",
    "export function f(): void {\n  void Promise.resolve(1);\n}\n",
  ],
  [
    "@typescript-eslint/consistent-type-imports",
    "lib/words.ts",
    'import type { RoutedError } from "./errors";\nexport type E = RoutedError;\n',
  ],
  [
    "@typescript-eslint/no-unused-vars",
    "lib/words.ts",
    "export const f = (_unused: number): number => 1;\n",
  ],
  ["max-lines", "lib/words.ts", "export const a = 1;\n".padEnd(20 + 399, "\n")],
  [
    "max-lines",
    "__tests__/unit/lint/rules.test.ts",
    "export const a = 1;\n".padEnd(20 + 401, "\n"),
  ],
];

/**
 * The linter is an ES module, which jest doesn't load, so a node of its own runs it with the project's
 * own rules. They get the types of a project of a few files: those of the whole one take as long as
 * all of `npm run lint`.
 */
const LINT = `
  import { ESLint } from "eslint";
  const [cases, project] = process.argv.slice(1);
  const linter = new ESLint({
    overrideConfig: {
      files: ["**/*.ts"],
      languageOptions: { parserOptions: {
        projectService: false,
        project,
        // With CI=true the parser takes a file's types from the disk, not from the text it is given.
        disallowAutomaticSingleRunInference: true,
      } },
    },
  });
  const found = [];
  for (const [, filePath, text] of JSON.parse(cases)) {
    const [result] = await linter.lintText(text, { filePath });
    found.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
  }
  console.log(JSON.stringify(found));
`;

const temporaryFolder = inTemporaryFolder();

let found: readonly (readonly string[])[] | undefined;
function problemsOf(index: number): readonly string[] {
  found ??= lintAll();
  return found[index] ?? ["not linted"];
}

function lintAll(): string[][] {
  const cases = [...REFUSED, ...ALLOWED];
  const project = join(temporaryFolder(), "tsconfig.json");
  const files = [...new Set(cases.map(([, file]) => resolve(file)))];
  const compilerOptions = { strict: true, target: "ES2022", types: [], noEmit: true };
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  const args = ["--input-type=module", "-e", LINT, JSON.stringify(cases), project];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 170_000 });
  expect(run.stderr).toBe("");
  return JSON.parse(run.stdout) as string[][];
}

it.each(REFUSED.map(([rule], index) => [rule, index] as const))("%s refuses", (rule, index) => {
  expect(problemsOf(index)).toContain(rule);
});

it.each(ALLOWED.map(([rule, file], index) => [rule, file, index] as const))(
  "%s lets be what is right in %s",
  (rule, _file, index) => {
    const problems = problemsOf(REFUSED.length + index);
    expect(problems).not.toContain(rule);
    // A text that can't be parsed breaks no rule.
    expect(problems.filter((each) => each.includes(" "))).toEqual([]);
  },
);
