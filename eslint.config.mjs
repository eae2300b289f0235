import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import globals from "globals";
import tseslint from "typescript-eslint";

/** config ← observe ← plan ← constructs ← stack; rollout and cli never import constructs. */
const DIRECTION = [
  { layer: "config", mayImport: [] },
  { layer: "metrics", mayImport: [] },
  { layer: "observe", mayImport: ["config"] },
  { layer: "plan", mayImport: ["config", "observe"] },
  { layer: "constructs", mayImport: ["config", "observe", "plan"] },
  { layer: "stack", mayImport: ["config", "observe", "plan", "constructs"] },
  { layer: "verify", mayImport: ["config", "observe", "plan"] },
  { layer: "preflight", mayImport: ["config", "observe", "plan"] },
  { layer: "rollout", mayImport: ["config", "observe", "plan", "preflight", "verify", "metrics"] },
  { layer: "report", mayImport: ["config", "observe", "plan", "verify", "rollout"] },
  { layer: "export", mayImport: ["config", "observe", "plan", "metrics"] },
  {
    layer: "cli",
    mayImport: [
      "config",
      "observe",
      "plan",
      "preflight",
      "verify",
      "rollout",
      "metrics",
      "report",
      "export",
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
      message: `lib/${layer} may import only ${["lib/errors", ...mayImport.map((l) => `lib/${l}`)].join(", ")}.`,
    })),
);

const outward = ["sandbox", "demo", "scripts", "__tests__", "main.ts"].map((from) => ({
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
      "import-x/no-cycle": "error",
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
