import { RoutedError } from "../errors";

/** When a wave may start: on some weekdays, between two times of a time zone's own clocks. */
export interface RolloutWindow {
  /** As it was written, for messages. */
  readonly text: string;
  /** 0 is Sunday. */
  readonly days: ReadonlySet<number>;
  /** Minutes after midnight; the window is open from `start` on and before `end`. */
  readonly start: number;
  /** At most 1440. Below `start` the window ends on the following day. */
  readonly end: number;
  /** IANA name, e.g. `Europe/Madrid`. */
  readonly timeZone: string;
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MINUTES_PER_DAY = 24 * 60;
const MINUTE_MS = 60_000;
/** A window that falls into the hour that a clock change leaves out opens a week later. */
const SEARCHED_DAYS = 15;

const EXAMPLE = '"Mon-Thu 08:00-16:00 Europe/Madrid"';

/**
 * Reads windows like `Mon-Thu 08:00-16:00 Europe/Madrid; Fri 08:00-12:00 Europe/Madrid`. Days are a
 * list of names and ranges (`Mon,Wed`, `Fri-Mon`), or `daily`. A window whose end is before its
 * start goes on after midnight, and belongs to the day that it starts on.
 *
 * @throws RoutedError `invalid-argument`
 */
export function parseWindows(text: string): RolloutWindow[] {
  const parts = text.split(";").map((part) => part.trim());
  return parts.filter((part) => part !== "" || parts.length === 1).map(parseWindow);
}

function parseWindow(text: string): RolloutWindow {
  const [days, times, timeZone, ...rest] = text.split(/\s+/);
  if (!days || !times || !timeZone || rest.length > 0) {
    throw invalid(`days, times and a time zone, like ${EXAMPLE}`, text);
  }
  const [start, end] = parseTimes(times);
  assertTimeZone(timeZone);
  return { text, days: parseDays(days), start, end, timeZone };
}

function parseDays(text: string): Set<number> {
  if (text.toLowerCase() === "daily") return new Set(DAYS.keys());
  const days = new Set<number>();
  for (const part of text.split(",")) {
    const [first, last, ...rest] = part.split("-").map((name) => DAYS.indexOf(name.toLowerCase()));
    const to = last ?? first;
    if (first === undefined || to === undefined || first < 0 || to < 0 || rest.length > 0) {
      throw invalid("days like Mon, Mon-Thu, Mon,Wed,Fri or daily", part);
    }
    for (let day = first; ; day = (day + 1) % DAYS.length) {
      days.add(day);
      if (day === to) break;
    }
  }
  return days;
}

function parseTimes(text: string): [start: number, end: number] {
  const times = text.split("-").map((time) => {
    const match = /^(\d{1,2}):(\d{2})$/.exec(time);
    const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])];
    const isTime = match !== null && minutes < 60 && hours * 60 + minutes <= MINUTES_PER_DAY;
    return isTime ? hours * 60 + minutes : undefined;
  });
  const [start, end] = times;
  if (times.length !== 2 || start === undefined || end === undefined || start === MINUTES_PER_DAY) {
    throw invalid("times like 08:00-16:00, from 00:00 to 24:00", text);
  }
  if (start === end) throw invalid("times that differ, or 00:00-24:00 for the whole day", text);
  return [start, end];
}

function assertTimeZone(timeZone: string): void {
  try {
    clockOf(timeZone);
  } catch {
    throw invalid("a time zone by its IANA name, like Europe/Madrid or UTC", timeZone);
  }
}

function invalid(allowed: string, got: string): RoutedError {
  return new RoutedError("invalid-argument", `--window must have ${allowed}, got "${got}"`);
}

/** Whether a wave may start at `now`, in milliseconds since 1970. No windows mean always. */
export function isOpen(windows: readonly RolloutWindow[], now: number): boolean {
  return windows.length === 0 || windows.some((window) => isOneOpen(window, now));
}

/**
 * The first full minute from `now` on at which a wave may start, in milliseconds since 1970; `now`
 * itself where it may already, and null where none comes within two weeks.
 */
export function nextOpening(windows: readonly RolloutWindow[], now: number): number | null {
  if (isOpen(windows, now)) return now;
  const last = now + SEARCHED_DAYS * MINUTES_PER_DAY * MINUTE_MS;
  // By the minute, since clocks may change in between.
  for (let at = Math.ceil(now / MINUTE_MS) * MINUTE_MS; at <= last; at += MINUTE_MS) {
    if (isOpen(windows, at)) return at;
  }
  return null;
}

function isOneOpen({ days, start, end, timeZone }: RolloutWindow, now: number): boolean {
  const { day, minute } = wallClock(timeZone, now);
  if (start < end) return days.has(day) && minute >= start && minute < end;
  const dayBefore = (day + DAYS.length - 1) % DAYS.length;
  return (days.has(day) && minute >= start) || (days.has(dayBefore) && minute < end);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** What the clocks of a zone show. */
function wallClock(timeZone: string, now: number): { day: number; minute: number } {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(now)
      .map((p) => [p.type, p.value]),
  );
  return {
    day: DAYS.indexOf((parts.get("weekday") ?? "").toLowerCase()),
    minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")),
  };
}
