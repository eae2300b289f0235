import { isOpen, nextOpening, parseWindows } from "../../../lib/rollout/window";

const at = (time: string): number => Date.parse(time);

describe("a window", () => {
  const windows = parseWindows("Mon-Thu 08:00-16:00 Europe/Madrid");

  // 2 March 2026 is a Monday; Madrid is an hour ahead of UTC then.
  it.each([
    ["2026-03-02T06:59:59Z", false],
    ["2026-03-02T07:00:00Z", true],
    ["2026-03-02T14:59:59Z", true],
    ["2026-03-02T15:00:00Z", false],
    ["2026-03-05T07:00:00Z", true],
    ["2026-03-06T07:00:00Z", false],
    ["2026-03-01T07:00:00Z", false],
  ])("at %s is open: %s", (time, open) => {
    expect(isOpen(windows, at(time))).toBe(open);
  });

  it("follows the zone's clocks when they change", () => {
    // From 29 March on Madrid is two hours ahead.
    expect(isOpen(windows, at("2026-03-30T06:00:00Z"))).toBe(true);
    expect(isOpen(windows, at("2026-03-30T14:00:00Z"))).toBe(false);
    expect(nextOpening(windows, at("2026-03-27T12:00:00Z"))).toBe(at("2026-03-30T06:00:00Z"));
  });

  it("opens next on the next of its days, and at once where it is open", () => {
    expect(nextOpening(windows, at("2026-03-02T15:00:30Z"))).toBe(at("2026-03-03T07:00:00Z"));
    expect(nextOpening(windows, at("2026-03-05T15:00:00Z"))).toBe(at("2026-03-09T07:00:00Z"));
    expect(nextOpening(windows, at("2026-03-02T09:12:13Z"))).toBe(at("2026-03-02T09:12:13Z"));
  });
});

it("is always open without windows", () => {
  expect(isOpen([], 0)).toBe(true);
  expect(nextOpening([], 5)).toBe(5);
});

it("goes on after midnight, and belongs to the day that it starts on", () => {
  const windows = parseWindows("Fri 22:00-04:00 UTC");
  expect(isOpen(windows, at("2026-03-06T21:59:00Z"))).toBe(false);
  expect(isOpen(windows, at("2026-03-06T22:00:00Z"))).toBe(true);
  expect(isOpen(windows, at("2026-03-07T03:59:00Z"))).toBe(true);
  expect(isOpen(windows, at("2026-03-07T04:00:00Z"))).toBe(false);
  expect(isOpen(windows, at("2026-03-06T03:00:00Z"))).toBe(false);
});

it("takes days as lists, ranges over the weekend, and daily; and whole days", () => {
  const weekend = parseWindows("Fri-Mon 00:00-24:00 UTC");
  expect([..."1234567"].map((d) => isOpen(weekend, at(`2026-03-0${d}T12:00:00Z`)))).toEqual([
    true, // Sunday
    true,
    false,
    false,
    false,
    true,
    true,
  ]);
  expect(isOpen(parseWindows("tue,THU 10:00-11:00 utc"), at("2026-03-05T10:30:00Z"))).toBe(true);
  expect(isOpen(parseWindows("daily 10:00-11:00 UTC"), at("2026-03-01T10:30:00Z"))).toBe(true);
});

it("is open while one of several is", () => {
  const windows = parseWindows("Mon 08:00-09:00 UTC; Tue 10:00-11:00 America/New_York;");
  expect(windows).toHaveLength(2);
  expect(isOpen(windows, at("2026-03-02T08:30:00Z"))).toBe(true);
  expect(isOpen(windows, at("2026-03-03T15:30:00Z"))).toBe(true);
  expect(isOpen(windows, at("2026-03-03T08:30:00Z"))).toBe(false);
});

it("passes over an hour that a clock change leaves out", () => {
  // On 29 March 2026 Madrid's clocks go from 02:00 to 03:00.
  const windows = parseWindows("Sun 02:00-03:00 Europe/Madrid");
  expect(nextOpening(windows, at("2026-03-28T12:00:00Z"))).toBe(at("2026-04-05T00:00:00Z"));
});

it.each([
  ["", /must have days, times and a time zone, like "Mon-Thu 08:00-16:00 Europe\/Madrid", got ""/],
  ["Mon 08:00-16:00", /must have days, times and a time zone/],
  ["Mon 08:00-16:00 UTC please", /must have days, times and a time zone/],
  ["Mo 08:00-16:00 UTC", /must have days like Mon, Mon-Thu, Mon,Wed,Fri or daily, got "Mo"/],
  ["Mon-Tue-Wed 08:00-16:00 UTC", /must have days like/],
  ["Mon, 08:00-16:00 UTC", /must have days like/],
  ["Mon 8-16 UTC", /must have times like 08:00-16:00, from 00:00 to 24:00, got "8-16"/],
  ["Mon 08:00-24:01 UTC", /must have times like/],
  ["Mon 08:60-16:00 UTC", /must have times like/],
  ["Mon 24:00-08:00 UTC", /must have times like/],
  ["Mon 08:00-08:00 UTC", /must have times that differ, or 00:00-24:00 for the whole day/],
  ["Mon 08:00-16:00 Mars/Base", /must have a time zone by its IANA name.*got "Mars\/Base"/],
])("refuses %j", (text, message) => {
  expect(() => parseWindows(text)).toThrow(message);
});
