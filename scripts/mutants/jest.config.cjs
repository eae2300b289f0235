/** The tests that look at mutants: the unit tests of the two folders that decide. @type {import("jest").Config} */
const { projects } = require("../../jest.config.cjs");

module.exports = {
  ...projects.find(({ displayName }) => displayName === "unit"),
  testMatch: ["plan", "verify"].map((room) => `<rootDir>/__tests__/unit/${room}/**/*.test.ts`),
};
