import { clusterName, ENVIRONMENT_TAG } from "../../config/naming";
import { isObject } from "../../terraform/values";
import { changes, harmless, may } from "./judge";
import type { AttributeJudge } from "./judge";
import { law } from "./law";
import type { LawContext } from "./law";

/** Nobody reads them but people; what this product reads is looked at apart (check-laws). */
const TAGS = harmless("a tag does nothing to what it is on; those that say whose it is are kept");

export const tags: Readonly<Record<string, AttributeJudge>> = {
  tags: may(
    law("be texts, and routed:environment this environment's name", (value, { environment }) =>
      isObject(value) && Object.values(value).every((each) => typeof each === "string")
        ? (value[ENVIRONMENT_TAG] ?? environment.name) === environment.name
        : false,
    ),
    TAGS,
  ),
  tags_all: changes(
    harmless("the tags and the provider's default tags, which are looked at apart"),
  ),
};

/** "routed-prd-na" and what follows it. */
export function prefixed(
  { environment }: Pick<LawContext, "environment">,
  ...ends: string[]
): string[] {
  return ends.map((end) => `${clusterName(environment.name)}${end}`);
}

export const NEVER = "never: what depends on it would be without it";
export const ONCE = "with a new environment, or where it is gone";
export const once = (): number => 1;

/** Of what an environment has one, from its first deploy to its last. */
export const ONE_FOR_LIFE = {
  by: "foundation",
  most: once,
  create: ONCE,
  replace: NEVER,
  remove: NEVER,
} as const;
