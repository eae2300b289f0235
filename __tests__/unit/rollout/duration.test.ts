import { parseDuration, renderDuration } from "../../../lib/rollout/duration";

it.each([
  ["0", 0],
  ["0s", 0],
  ["90s", 90],
  ["10m", 600],
  [" 1h30m ", 5400],
  ["1d2h3m4s", 93784],
  ["14d", 1_209_600],
])("reads %s", (text, seconds) => {
  expect(parseDuration(text, "--bake")).toBe(seconds);
});

it.each(["", "10", "10 m", "m", "1m1h", "-5m", "1.5h", "10x", "5m5m"])("refuses %j", (text) => {
  expect(() => parseDuration(text, "--bake")).toThrow(
    `--bake must be a duration like 90s, 10m or 1h30m, or 0, got "${text}"`,
  );
});

it("refuses what is longer than two weeks", () => {
  expect(() => parseDuration("14d1s", "--timeout")).toThrow(
    '--timeout must be at most 14d, got "14d1s"',
  );
});

it.each([
  [0, "0s"],
  [0.4, "0s"],
  [59.6, "1m"],
  [61, "1m 1s"],
  [3600, "1h"],
  [3605, "1h"],
  [5400, "1h 30m"],
  [90_061, "1d 1h"],
  [-3, "0s"],
])("tells %d s as %s", (seconds, text) => {
  expect(renderDuration(seconds)).toBe(text);
});
