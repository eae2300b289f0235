import {
  clusterName,
  ENVIRONMENT_TAG,
  NEEDED_FOR_TAG,
  NODE_DAEMON_TAG,
  NODE_TAG,
  TASK_SETTINGS_TAG,
} from "../../config/naming";
import { nodeDaemons } from "../../config/node-daemons";
import { isObject } from "../../terraform/values";
import { changes, harmless, may } from "./judge";
import type { AttributeJudge } from "./judge";
import { law } from "./law";
import type { LawContext } from "./law";

/** Nobody reads them but people; what this product reads is looked at apart (check-laws). */
const TAGS = harmless("a tag does nothing to what it is on; those that say whose it is are kept");

/** Whether a tag's value is as the config, the upgrade plan and the resource have it. */
type TagLaw = (value: string, context: LawContext) => boolean;

/**
 * A resource's tags: by them this product finds what is its own, and knows whose it is, so that one with
 * another's tag would be judged as that. None but these may be there.
 */
export function tagged(own: Readonly<Record<string, TagLaw>> = {}): {
  readonly [name in "tags" | "tags_all"]: AttributeJudge;
} {
  const known: Readonly<Record<string, TagLaw>> = {
    ...own,
    [ENVIRONMENT_TAG]: (value, { environment }) => value === environment.name,
    Name: () => true,
  };
  const keys = Object.keys(known).join(", ");
  return {
    tags: may(
      law(
        `be ${keys} and no others, those that say whose it is as it is`,
        (value, context) =>
          isObject(value) &&
          Object.entries(value).every(
            ([key, each]) =>
              typeof each === "string" &&
              Object.hasOwn(known, key) &&
              known[key]?.(each, context) === true,
          ),
      ),
      TAGS,
    ),
    tags_all: changes(
      harmless("the tags and the provider's default tags, which are looked at apart"),
    ),
  };
}

export const tags = tagged();

/** Of a node, and of what is its own. */
export const nodeTags = tagged({
  [NODE_TAG]: (value, { node }) => node !== undefined && value === String(node.slot),
});

/** Of what a node daemon has beside its service. */
export const daemonTags = tagged({
  [NODE_DAEMON_TAG]: (value, { environment }) =>
    nodeDaemons(environment).some(({ name }) => name === value),
  [NEEDED_FOR_TAG]: (value) => value === "availability",
  [TASK_SETTINGS_TAG]: (value) => /^[0-9a-f]+$/.test(value),
});

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
  key: [],
  create: ONCE,
  replace: NEVER,
  remove: NEVER,
} as const;
