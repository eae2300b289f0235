import { isObject } from "../../terraform/values";
import { NODE_TAG, NODE_DAEMON_TAG, POP_TAG, ENVIRONMENT_TAG } from "../../config/naming";
import { emptySlots, plannedNodes } from "../../plan/upgrade-plan";
import type { ResourceChange } from "../../terraform/plan";
import type { Declaration } from "../../terraform/stack";
import { attributeChanges, renderValue } from "../attribute-changes";
import { slotOf } from "../identity";
import { inPlaceEffect, judgeOf } from "../judges/judges";
import type { Judge } from "../judges/judge";
import type { LawContext } from "../judges/law";
import { fateOf, nodeLabel } from "../subject";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

const REMEDY = "take it out of the stack, or add to lib/verify/judges why it does no harm";

/**
 * What a resource that is made or changed says of itself, argument by argument: what the config and
 * the upgrade plan let it say. What no law names is refused, however harmless it may be.
 */
export function checkLaws(subject: VerifySubject): Violation[] {
  const { stack, terraformPlan } = subject;
  return [
    ...checkCounts(subject),
    ...terraformPlan.changes.flatMap((change) => {
      const declaration = stack.resources.get(change.address);
      const judge = judgeOf(change.type);
      if (change.deposed !== null || declaration === undefined || judge === undefined) return [];
      const context = contextOf(subject, change, declaration);
      switch (change.effect) {
        case "create":
        case "replace":
          return checkNew(change, declaration, judge, context);
        case "update":
          return [...checkChanged(change, judge, context), ...checkIdentity(change)];
        case "none":
        case "delete":
        case "forget":
          return [];
      }
    }),
  ];
}

function contextOf(
  { environment, upgradePlan, observation, stack }: VerifySubject,
  change: ResourceChange,
  declaration: Declaration,
): LawContext {
  const { slot } = slotOf(change);
  const slots = [...plannedNodes(upgradePlan), ...emptySlots(upgradePlan)];
  const node = slots.find((each) => each.slot === slot);
  return { environment, upgradePlan, observation, stack, declaration, node };
}

/** No second VPC, and no node, PoP or rule that the config doesn't ask for. */
function checkCounts(subject: VerifySubject): Violation[] {
  const { stack, terraformPlan } = subject;
  const made = terraformPlan.changes.filter(({ effect }) => effect === "create");
  return [...new Set(made.map(({ type }) => type))].flatMap((type) => {
    const judge = judgeOf(type);
    if (judge === undefined) return [];
    const count = [...stack.resources.values()].filter((each) => each.type === type).length;
    const most = judge.most(subject);
    if (count <= most) return [];
    const addresses = made.filter((each) => each.type === type).map(({ address }) => address);
    const what = `there would be ${count} of ${type}`;
    return [violation(addresses, what, `the config asks for ${most} at most`)];
  });
}

function checkNew(
  change: ResourceChange,
  { values }: Declaration,
  judge: Judge,
  context: LawContext,
): Violation[] {
  const names = Object.keys(values).filter((name) => values[name] !== undefined);
  const needed = Object.keys(judge.attributes).filter(
    (name) => judge.attributes[name]?.required !== undefined,
  );
  return [...new Set([...needed, ...names])].flatMap((name) =>
    checkValue(change, name, judge, context),
  );
}

/** What the config may change in place, to what it says; what is declared and has no law, to nothing. */
function checkChanged(change: ResourceChange, judge: Judge, context: LawContext): Violation[] {
  const allowed = attributeChanges(change).filter((attribute) => {
    const effect = inPlaceEffect(change.type, attribute);
    const [name = ""] = attribute.name.split(".");
    // What is refused whatever the value is told by those who know what it does.
    return effect === "harmless" || effect === "as-told" || isJudgedByRule(change, name);
  });
  const names = [...new Set(allowed.map(({ name }) => name.split(".")[0] ?? ""))];
  // What the stack says nothing of, and the provider changes, goes along with something else.
  return names
    .filter((name) => context.declaration.values[name] !== undefined || isAsked(judge, name))
    .flatMap((name) => checkValue(change, name, judge, context));
}

/** A security group's rules: what closes is judged in check-security-group-rules, what opens by law. */
function isJudgedByRule({ type }: ResourceChange, name: string): boolean {
  return type === "aws_security_group" && name === "ingress";
}

function isAsked({ attributes }: Judge, name: string): boolean {
  return Object.hasOwn(attributes, name) && attributes[name]?.required !== undefined;
}

/** What a resource says of one argument, or that it says nothing of it. */
function checkValue(
  change: ResourceChange,
  name: string,
  { attributes }: Judge,
  context: LawContext,
): Violation[] {
  const { law, required } = (Object.hasOwn(attributes, name) ? attributes[name] : undefined) ?? {};
  const value = context.declaration.values[name];
  const isLeftOut = value === undefined && required === true;
  if (!isLeftOut && law?.holds(value, context) === true) return [];
  const part = value === undefined ? undefined : law?.where?.(value, context);
  const path = part === undefined || part === "" ? name : `${name}[${part}]`;
  const shown = value === undefined ? `no ${name}` : `${path} ${renderValue(value)}`;
  const why =
    law === undefined
      ? `nobody has looked at what ${name} does in a ${change.type} that says it`
      : `it must ${law.must}`;
  const what = `${nodeLabel(change)}, ${fateOf(change)}, would have ${shown}`;
  return [violation([change.address], what, why, [name])];
}

const IDENTITY = [ENVIRONMENT_TAG, NODE_TAG, POP_TAG, NODE_DAEMON_TAG];

/** The tags by which this product finds what is its own. */
function checkIdentity(change: ResourceChange): Violation[] {
  const changed = attributeChanges(change).filter(({ name }) =>
    IDENTITY.some((tag) => name === `tags.${tag}` || name === `tags_all.${tag}`),
  );
  const whole = attributeChanges(change).filter(
    ({ name, from }) =>
      (name === "tags" || name === "tags_all") &&
      isObject(from) &&
      IDENTITY.some((tag) => from[tag] !== undefined),
  );
  const lost = [...changed, ...whole].filter(({ from }) => from !== null);
  // Of nodes and their addresses it is told where those are judged.
  if (lost.length === 0 || slotOf(change).moves) return [];
  return [
    violation(
      [change.address],
      `${nodeLabel(change)} would no longer be known by its tags (${lost.map(({ path }) => path).join(", ")})`,
      "they tell whose it is",
      lost.map(({ path }) => path),
    ),
  ];
}

function violation(
  addresses: readonly string[],
  what: string,
  why: string,
  attributes: readonly string[] = [],
): Violation {
  return { rule: "declared", addresses, attributes, what, why, remedy: REMEDY };
}
