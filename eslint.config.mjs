import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Which rooms of lib/ a room may import, in the order of the data's way; docs/contributing.md draws it. */
const DIRECTION = [
  { layer: "files", mayImport: [] },
  { layer: "config", mayImport: ["files"] },
  { layer: "aws", mayImport: ["config"] },
  { layer: "observe", mayImport: ["files", "config", "aws"] },
  { layer: "plan", mayImport: ["files", "config", "observe"] },
  { layer: "synthesis", mayImport: ["files", "config", "observe", "plan"] },
  { layer: "terraform", mayImport: ["files", "config", "plan", "synthesis"] },
  { layer: "verify", mayImport: ["config", "observe", "plan", "synthesis", "terraform"] },
  { layer: "preflight", mayImport: ["config", "aws", "observe", "plan", "synthesis"] },
  { layer: "constructs", mayImport: ["config", "plan"] },
  { layer: "stack", mayImport: ["config", "plan", "constructs"] },
  { layer: "metrics", mayImport: ["plan"] },
  {
    layer: "rollout",
    mayImport: [
      ...["files", "config", "aws", "observe", "plan", "synthesis"],
      ...["terraform", "verify", "preflight", "metrics"],
    ],
  },
  {
    layer: "report",
    mayImport: ["files", "config", "plan", "synthesis", "terraform", "verify", "rollout"],
  },
  { layer: "export", mayImport: ["files", "config", "observe", "plan", "metrics"] },
  {
    layer: "cli",
    mayImport: [
      ...["files", "config", "aws", "observe", "plan", "synthesis", "terraform", "verify"],
      ...["preflight", "rollout", "report", "export"],
    ],
  },
];

const layers = DIRECTION.map(({ layer }) => layer);
const zones = DIRECTION.flatMap(({ layer, mayImport }) =>
  layers
    .filter((other) => other !== layer && !mayImport.includes(other))
    .map((other) => ({
      target: `./lib/${layer}`,
      from: `./lib/${other}`,
      message: `lib/${layer} may import only ${["lib/errors", "lib/words", ...mayImport.map((l) => `lib/${l}`)].join(", ")}.`,
    })),
);

const outward = ["sandbox", "scripts", "__tests__", "main.ts"].map((from) => ({
  target: "./lib",
  from: `./${from}`,
  message: "lib/ imports nothing from outside of it.",
}));

const providerBarrel = {
  name: "@cdktf/provider-aws",
  message: "Import a resource by its own path (…/lib/instance): the barrel costs seconds.",
};
const cdktfOnlyInConstructs = {
  name: "cdktf",
  message: "Only lib/constructs, lib/stack and main.ts import cdktf.",
};

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      "cdktf.out",
      "coverage",
      ".sandbox",
      ".demo",
      ".cache",
      "**/*.generated.*",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.{cjs,mjs}"],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver": { typescript: true, node: true } },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: [...zones, ...outward] }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-imports": ["error", { paths: [providerBarrel] }],
      "max-lines": ["error", { max: 400 }],
    },
  },
  {
    files: ["lib/**/*.ts"],
    ignores: ["lib/constructs/**", "lib/stack/**", "lib/index.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [providerBarrel, cdktfOnlyInConstructs],
          patterns: [
            {
              group: ["@cdktf/provider-aws/*", "constructs"],
              message: cdktfOnlyInConstructs.message,
            },
          ],
        },
      ],
    },
  },
  { files: ["__tests__/**/*.ts"], rules: { "max-lines": "off" } },
);
