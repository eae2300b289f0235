import type { AttributeChange } from "./attribute-changes";
import { inPlaceEffect } from "./judges/judges";
import type { InPlaceEffect } from "./judges/judge";

/** Of a change in place that may not be, whatever the new value. */
export type Disruptive = Exclude<InPlaceEffect, "harmless" | "as-told">;

/**
 * A participle, after "would be".
 *
 * @example
 * describeEffect("restarts") // → "stopped and started again"
 */
export function describeEffect(effect: Disruptive): string {
  switch (effect) {
    case "restarts":
      return "stopped and started again";
    case "readdresses":
      return "given other addresses or another place";
    case "cuts-off":
      return "cut off from what it needs";
    case "unknown":
      return "changed in a way that is not known to be harmless";
  }
}

/** The worst first. */
const SEVERITY: readonly Disruptive[] = ["restarts", "readdresses", "cuts-off", "unknown"];

export interface InPlaceDisruption {
  readonly effect: Disruptive;
  /** The attributes that have an effect; the harmless ones are left out. */
  readonly attributes: readonly AttributeChange[];
}

/** What an update in place disrupts; null where it is harmless, or judged by the new value's law. */
export function inPlaceDisruption(
  type: string,
  changes: readonly AttributeChange[],
): InPlaceDisruption | null {
  const disruptive = changes.flatMap((attribute) => {
    const effect = inPlaceEffect(type, attribute);
    return effect === "harmless" || effect === "as-told" ? [] : [{ attribute, effect }];
  });
  const worst = SEVERITY.find((effect) => disruptive.some((d) => d.effect === effect));
  if (worst === undefined) return null;
  return { effect: worst, attributes: disruptive.map(({ attribute }) => attribute) };
}
