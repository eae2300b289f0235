import { spawnSync } from "node:child_process";

const REFUSED = [
  ["lib/config/load.ts", "../plan/plan-upgrade", "lib/config may import only"],
  ["lib/observe/recorded.ts", "../plan/plan-upgrade", "lib/observe may import only"],
  [
    "lib/plan/decide/decide.ts",
    "../../constructs/node/static-node-fleet",
    "lib/plan may import only",
  ],
  ["lib/plan/decide/decide.ts", "../../stack/environment-stack", "lib/plan may import only"],
  [
    "lib/constructs/node/static-node.ts",
    "../../stack/environment-stack",
    "lib/constructs may import only",
  ],
  ["lib/cli/commands/plan-command.ts", "../../stack/environment-stack", "lib/cli may import only"],
  ["lib/verify/verify-plan.ts", "../constructs/node/static-node", "lib/verify may import only"],
  ["lib/verify/verify-plan.ts", "../report/report-model", "lib/verify may import only"],
  ["lib/report/report-model.ts", "../cli/run-cli", "lib/report may import only"],
  [
    "lib/plan/decide/decide.ts",
    "../../../sandbox/control",
    "lib/ imports nothing from outside of it",
  ],
  ["lib/plan/decide/decide.ts", "cdktf", "Only lib/constructs, lib/stack and main.ts import cdktf"],
  ["lib/verify/verify-plan.ts", "constructs", "Only lib/constructs, lib/stack and main.ts import"],
  [
    "lib/constructs/node/static-node.ts",
    "@cdktf/provider-aws",
    "Import a resource by its own path",
  ],
] as const;

const ALLOWED = [
  ["lib/plan/decide/decide.ts", "../../observe/observation"],
  ["lib/constructs/node/static-node.ts", "../../plan/node-spec"],
  ["lib/constructs/node/static-node.ts", "cdktf"],
  ["lib/stack/environment-stack.ts", "../constructs/node/static-node"],
] as const;

/**
 * The linter is an ES module, which jest doesn't load, so a node of its own runs it: with the
 * project's rules for imports only, which need none of the project's types.
 */
const LINT = `
  import { ESLint } from "eslint";
  const rules = ["import-x/no-restricted-paths", "no-restricted-imports"];
  const linter = new ESLint({
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const problems = [];
  for (const [file, imported] of JSON.parse(process.argv[1])) {
    const [result] = await linter.lintText('import "' + imported + '";\\n', { filePath: file });
    const found = result.messages.filter(({ ruleId }) => rules.includes(ruleId) || ruleId === null);
    problems.push(found.map(({ message }) => message).join("\\n"));
  }
  console.log(JSON.stringify(problems));
`;

let problems: readonly string[];
beforeAll(() => {
  const cases = [...REFUSED, ...ALLOWED].map(([file, imported]) => [file, imported]);
  const args = ["--input-type=module", "-e", LINT, JSON.stringify(cases)];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 170_000 });
  expect(run.stderr).toBe("");
  problems = JSON.parse(run.stdout) as string[];
});

it.each(REFUSED.map((refused, index) => [...refused, index] as const))(
  "refuses %s importing %s",
  (_file, _imported, message, index) => {
    expect(problems[index]).toContain(message);
  },
);

it.each(ALLOWED.map((allowed, index) => [...allowed, index] as const))(
  "lets %s import %s",
  (_file, _imported, index) => {
    expect(problems[REFUSED.length + index]).toBe("");
  },
);
