/** How mutants are made and tried; `npm run mutants` says of which files, and judges what comes out. */
export default {
  testRunner: "jest",
  jest: { configFile: "scripts/mutants/jest.config.cjs", enableFindRelatedTests: true },
  coverageAnalysis: "perTest",
  // What runs as a test file loads is tried with the tests that reach it later, not with all of them.
  ignoreStatic: true,
  reporters: ["progress", "json"],
  jsonReporter: { fileName: ".cache/mutants/report.json" },
  tempDirName: ".cache/mutants/sandboxes",
  ignorePatterns: ["docs", "cdktf.out", ".demo", ".sandbox"],
};
