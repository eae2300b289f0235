// As bin/run.cjs does: the SDK's reminder that Node 20 ends is no news of a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const swc = [
  "@swc/jest",
  { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
];

const project = (name, extra = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testMatch: [`<rootDir>/__tests__/${name}/**/*.test.ts`],
  transform: { "^.+\\.ts$": swc },
  modulePathIgnorePatterns: ["cdktf.out", ".cache", ".sandbox", ".demo"].map(
    (folder) => `<rootDir>/${folder}/`,
  ),
  ...extra,
});

const inBothTiers = { setupFilesAfterEnv: ["<rootDir>/__tests__/support/random-tests.ts"] };

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    project("unit", inBothTiers),
    project("property", inBothTiers),
    project("snapshot", inBothTiers),
    project("browser"),
    project("e2e", {
      globalSetup: "<rootDir>/__tests__/support/end-to-end-setup.ts",
      globalTeardown: "<rootDir>/__tests__/support/end-to-end-teardown.ts",
      setupFilesAfterEnv: ["<rootDir>/__tests__/support/end-to-end-timeout.ts"],
    }),
  ],
  reporters: ["default", "<rootDir>/scripts/closing-line-reporter.cjs"],
};
