import { RoutedError } from "../errors";

const UNITS = [
  { suffix: "d", seconds: 86_400 },
  { suffix: "h", seconds: 3_600 },
  { suffix: "m", seconds: 60 },
  { suffix: "s", seconds: 1 },
] as const;

const PATTERN = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** Longer ones are typing errors; timers can't count them either. */
const LONGEST_SECONDS = 14 * 86_400;

/**
 * Seconds of a text for people.
 *
 * @param name whose value it is, e.g. `--bake`
 * @throws RoutedError `invalid-argument`
 * @example
 * parseDuration("90s", "--bake") // → 90
 * parseDuration("1h30m", "--bake") // → 5400
 * parseDuration("0", "--bake") // → 0
 */
export function parseDuration(text: string, name: string): number {
  const trimmed = text.trim();
  const parts = PATTERN.exec(trimmed);
  const isZero = trimmed === "0";
  if (!isZero && (trimmed === "" || parts === null)) {
    throw invalid(name, "a duration like 90s, 10m or 1h30m, or 0", text);
  }
  const seconds = UNITS.reduce(
    (sum, unit, index) => sum + Number(parts?.[index + 1] ?? 0) * unit.seconds,
    0,
  );
  if (seconds > LONGEST_SECONDS) throw invalid(name, "at most 14d", text);
  return seconds;
}

function invalid(name: string, allowed: string, got: string): RoutedError {
  return new RoutedError("invalid-argument", `${name} must be ${allowed}, got "${got}"`);
}

/**
 * The two largest units, for people.
 *
 * @example
 * renderDuration(45) // → "45s"
 * renderDuration(750) // → "12m 30s"
 * renderDuration(7_530) // → "2h 5m"
 */
export function renderDuration(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    if (count > 0) parts.push(`${count}${unit.suffix}`);
    // Between two units of which the smaller is 0 nothing smaller is told.
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? "0s" : parts.join(" ");
}
