import { isObject } from "../../terraform/values";
import type { Values } from "../../terraform/values";
import type { ResourceChange } from "../../terraform/plan";
import type { Declaration } from "../../terraform/stack";
import { attributeChanges, renderValue } from "../attribute-changes";
import { defaultOf } from "../declared/defaults";
import { isNothing, mismatch } from "../declared/matches";
import { resolver } from "../declared/resolve";
import type { Resolve } from "../declared/resolve";
import { fateOf, nodeLabel } from "../subject";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

const AGAIN = "synthesize and plan again, and let nobody edit what lies between";

/**
 * Terraform plans exactly the synthesized stack: every resource that it would make or change is
 * declared there, with these values, and nothing that is declared is left out. What the declaration
 * itself may say is judged apart (check-laws).
 */
export function checkDeclared(subject: VerifySubject): Violation[] {
  const { stack, terraformPlan } = subject;
  const resolve = resolver(terraformPlan);
  return [
    ...checkSame(subject),
    ...terraformPlan.changes.flatMap((change) => {
      const { address, effect, deposed } = change;
      if (deposed !== null) return [];
      const declaration = stack.resources.get(address);
      if (effect === "delete" || effect === "forget") {
        return declaration === undefined && effect === "delete" ? [] : [goesAnyway(change)];
      }
      if (declaration === undefined) return [undeclared(change)];
      return effect === "none" ? [] : checkValues(change, declaration, subject, resolve);
    }),
  ];
}

/** The same resources on both sides, and in what Terraform says it was given. */
function checkSame({ stack, terraformPlan }: VerifySubject): Violation[] {
  const planned = new Set(terraformPlan.changes.map(({ address }) => address));
  const left = [...stack.resources.keys()].filter((address) => !planned.has(address));
  const declared = new Set([...stack.resources.keys(), ...stack.data.keys()]);
  const given = terraformPlan.configured;
  const others = [...(given?.keys() ?? [])].filter((address) => !declared.has(address));
  const missing = given === null ? [] : [...declared].filter((each) => !given.has(each));
  const violations: Violation[] = left.map((address) =>
    violation(
      [address],
      "it is not in Terraform's plan",
      "the synthesized stack declares it",
      "synthesize and plan again, without -target",
    ),
  );
  if (others.length > 0) {
    const what = "Terraform was given it from elsewhere";
    violations.push(violation(others, what, "the synthesized stack doesn't declare it", AGAIN));
  }
  if (missing.some((address) => !left.includes(address))) {
    const what = "Terraform wasn't given it";
    violations.push(violation(missing, what, "the synthesized stack declares it", AGAIN));
  }
  return violations;
}

function goesAnyway(change: ResourceChange): Violation {
  const what = `${nodeLabel(change)} would be ${fateOf(change)}`;
  return change.effect === "forget"
    ? violation([change.address], what, "nothing of this product's is ever forgotten", AGAIN)
    : violation([change.address], what, "the synthesized stack declares it", AGAIN);
}

function undeclared(change: ResourceChange): Violation {
  const what = `${nodeLabel(change)} is planned with an address of its own`;
  return violation([change.address], what, "the synthesized stack doesn't declare it", AGAIN);
}

function checkValues(
  change: ResourceChange,
  declaration: Declaration,
  { stack }: VerifySubject,
  resolve: Resolve,
): Violation[] {
  const { after, afterUnknown, effect, type } = change;
  const unknown = isObject(afterUnknown) ? afterUnknown : {};
  const names = new Set(
    effect === "update"
      ? attributeChanges(change).map(({ name }) => name.split(".")[0] ?? "")
      : [...Object.keys(declaration.values), ...Object.keys(after ?? {})],
  );
  const changed = effect === "update" ? attributeChanges(change).map((each) => each.name) : null;
  const isWithin = (path: string, of: string) => path === of || path.startsWith(`${of}.`);
  const comparison = {
    resolve,
    isAsBefore: (path: string) =>
      changed !== null && !changed.some((each) => isWithin(path, each) || isWithin(each, path)),
    defaultOf: (path: string) => defaultOf(type, path),
  };
  return [...names].flatMap((name) => {
    if (name === "tags_all") return checkAllTags(change, declaration, stack.blocks);
    const declared = declaration.values[name];
    const found = mismatch(declared, after?.[name], unknown[name], name, comparison);
    if (found === null) return [];
    const path = `${name}${found.path}`;
    const planned =
      found.planned === undefined ? "known after the apply only" : renderValue(found.planned);
    return [
      violation(
        [change.address],
        `${nodeLabel(change)} would have ${path} ${planned}`,
        isNothing(found.declared)
          ? "the synthesized stack says nothing of it"
          : `the synthesized stack says ${renderValue(found.declared)}`,
        AGAIN,
        [path],
      ),
    ];
  });
}

/** A resource's own tags over the provider's default ones. */
function checkAllTags(
  { address, after, afterUnknown }: ResourceChange,
  { values }: Declaration,
  blocks: Values,
): Violation[] {
  const provider = isObject(blocks["provider"]) ? blocks["provider"]["aws"] : undefined;
  const [config] = Array.isArray(provider) ? (provider as unknown[]) : [provider];
  const defaults = isObject(config) ? config["default_tags"] : undefined;
  const [first] = Array.isArray(defaults) ? (defaults as unknown[]) : [defaults];
  const byDefault = isObject(first) && isObject(first["tags"]) ? first["tags"] : {};
  const own = isObject(values["tags"]) ? values["tags"] : {};
  const wanted = { ...byDefault, ...own };
  const planned = after?.["tags_all"];
  const isUnknown = isObject(afterUnknown) && afterUnknown["tags_all"] === true;
  const got = isObject(planned) ? planned : {};
  const names = new Set([...Object.keys(wanted), ...Object.keys(got)]);
  const differs = [...names].filter((name) => String(wanted[name]) !== String(got[name]));
  if (!isUnknown && differs.length === 0) return [];
  return [
    violation(
      [address],
      `it would have other tags (${isUnknown ? "known after the apply only" : differs.join(", ")})`,
      "the synthesized stack has these of its own and of the provider's",
      AGAIN,
      ["tags_all"],
    ),
  ];
}

function violation(
  addresses: readonly string[],
  what: string,
  why: string,
  remedy: string,
  attributes: readonly string[] = [],
): Violation {
  return { rule: "declared", addresses, attributes, what, why, remedy };
}
