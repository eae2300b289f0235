import type { AttributeChange } from "../attribute-changes";
import type { Law, LawContext } from "./law";

/**
 * What changing an attribute in place does to what runs:
 *
 * - `harmless`: nothing that a routed task or its peers would notice, whatever the value.
 * - `as-told`: what the config asks for, if the new value keeps the attribute's law; told where it
 *   disrupts somebody.
 * - `restarts`: the provider stops the instance and starts it again; every task's state is lost.
 * - `readdresses`: an address moves, or the way to it is taken apart.
 * - `cuts-off`: what runs goes on, and loses what it needs: a route, its credentials.
 * - `unknown`: nobody has looked; treated as the worst of the above.
 */
export type InPlaceEffect =
  "harmless" | "as-told" | "restarts" | "readdresses" | "cuts-off" | "unknown";

/** One row of the table of what may change in place. */
export interface InPlace {
  readonly effect: Exclude<InPlaceEffect, "unknown">;
  /** Why that is so; a clause. */
  readonly why: string;
  /** The values that have another effect all the same. */
  readonly unless?: {
    readonly words: string;
    readonly is: (change: AttributeChange) => boolean;
    readonly effect: "cuts-off";
  };
  /** What it does that somebody outside notices; a clause that is told with the verdict. */
  readonly told?: string;
}

/** What is known of an attribute, or of a part of one. */
export interface AttributeJudge {
  /** What it must say in a new resource; without one, none may say anything. */
  readonly law?: Law;
  /** Whether a new resource must say it; `by-law`: where it doesn't, the law is asked of nothing. */
  readonly required?: boolean | "by-law";
  /** Without one, it may not change in place. */
  readonly inPlace?: InPlace;
}

/** The one judge of a resource type. */
export interface Judge {
  /** "the VPC", for messages. */
  readonly noun: string;
  /** Who judges that a resource goes, and a change in place; each type has one. */
  readonly by: JudgedBy;
  /** How many the stack may declare, at most; a new environment has as many. */
  readonly most: (context: Omit<LawContext, "declaration" | "node">) => number;
  /** The attributes by which one is told from another: no two say the same of all of them. */
  readonly key: readonly string[];
  /** By attribute, with dots for its parts and no indices. */
  readonly attributes: Readonly<Record<string, AttributeJudge>>;
  /** When one may be made, replaced and removed; a clause each, for docs/verify.md. */
  readonly create: string;
  readonly replace: string;
  readonly remove: string;
}

export type JudgedBy = "agreement" | "addresses" | "pops" | "rules" | "foundation";

/** The resource may not be made without it. */
export function needs(law: Law, inPlace?: InPlace): AttributeJudge {
  return { law, required: true, ...(inPlace && { inPlace }) };
}

export function may(law: Law, inPlace?: InPlace): AttributeJudge {
  return { law, ...(inPlace && { inPlace }) };
}

/** The law says, too, where it may be left out: it is then asked of undefined. */
export function where(law: Law, inPlace?: InPlace): AttributeJudge {
  return { law, required: "by-law", ...(inPlace && { inPlace }) };
}

/** No new resource says it, but one that is there may change in it, or is known to be harmed by it. */
export function changes(inPlace: InPlace): AttributeJudge {
  return { inPlace };
}

export function harmless(why: string, unless?: InPlace["unless"]): InPlace {
  return { effect: "harmless", why, ...(unless && { unless }) };
}

export function asTold(why: string, told?: string): InPlace {
  return { effect: "as-told", why, ...(told !== undefined && { told }) };
}

export function harms(effect: "restarts" | "readdresses" | "cuts-off", why: string): InPlace {
  return { effect, why };
}

/** The same for several attributes. */
export function all(
  names: readonly string[],
  judge: AttributeJudge,
): Readonly<Record<string, AttributeJudge>> {
  return Object.fromEntries(names.map((name) => [name, judge]));
}
