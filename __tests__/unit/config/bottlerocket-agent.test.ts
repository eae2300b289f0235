import {
  BOTTLEROCKET_AGENT_VARIABLES,
  translationProblem,
} from "../../../lib/config/bottlerocket-agent";

const isTaken = (variable: string, value: string) => translationProblem(variable, value) === null;
const DURATIONS = BOTTLEROCKET_AGENT_VARIABLES.filter((variable) => isTaken(variable, "90s"));

/** Sequences of up to four units, in every order. */
function sequences(length: number): string[][] {
  if (length === 0) return [[]];
  const shorter = sequences(length - 1);
  const longest = shorter.filter((units) => units.length === length - 1);
  return [
    ...shorter,
    ...longest.flatMap((units) => ["h", "m", "s", "ms"].map((unit) => [...units, unit])),
  ];
}

it("knows Bottlerocket's settings that are durations", () => {
  expect(DURATIONS).toEqual([
    "ECS_CONTAINER_STOP_TIMEOUT",
    "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION",
    "ECS_IMAGE_CLEANUP_INTERVAL",
    "ECS_IMAGE_MINIMUM_CLEANUP_AGE",
  ]);
});

describe.each(DURATIONS)("%s", (variable) => {
  it("takes each unit once at most, from the longest to the shortest", () => {
    const all = sequences(4);
    expect(all).toHaveLength(1 + 4 + 16 + 64 + 256);
    const taken = all.filter((units) => isTaken(variable, units.map((u) => `1${u}`).join("")));
    const lengths = { h: 3, m: 2, s: 1, ms: 0 } as Readonly<Record<string, number>>;
    const descending = all.filter((units) =>
      units.every(
        (unit, at) => at === 0 || (lengths[units[at - 1] ?? ""] ?? 0) > (lengths[unit] ?? 0),
      ),
    );
    expect(taken).toEqual(descending.filter((units) => units.length > 0));
    expect(taken).toHaveLength(15);
  });

  // As in the tests of Bottlerocket's own type, ECSDurationValue.
  it.each(["99s", "20m", "1h", "1h2m3s", "4m5s", "2h3s", "1.5h3.5m"])("takes %s", (value) => {
    expect(isTaken(variable, value)).toBe(true);
  });

  it.each(["", "100", "...3ms", "1..5s", "ten second", "1m2h", "1y2w", "90s\n", "-1s", "1 h"])(
    "doesn't take %j",
    (value) => {
      expect(isTaken(variable, value)).toBe(false);
    },
  );
});
