import type { ResourceChange } from "../../../lib/terraform/plan";
import { isObject } from "../../../lib/terraform/values";
import type { Values } from "../../../lib/terraform/values";
import { JUDGES } from "../../../lib/verify/judges/judges";
import type { VerifySubject } from "../../../lib/verify/subject";
import { verifyPlan } from "../../../lib/verify/verify-plan";
import { readProviderSchema } from "../../../scripts/provider-schema/provider-schema";
import { recordedPlan, subjectOf, withChange } from "../../fixtures/plans/verify-recorded";
import { stride } from "../../support/random-tests";

/**
 * Every attribute of the provider's schema, in every way that Terraform can change it: on real plans,
 * of which one attribute of one resource is another than the stack declares.
 */
const schema = readProviderSchema();
const first = subjectOf(recordedPlan("the first deploy"));
const converged = subjectOf(recordedPlan("nothing to do"));

/** An alarm that watches nothing any more, and a definition that stays registered. */
const HARMLESS_LEFTOVERS = ["aws_cloudwatch_metric_alarm", "aws_ecs_task_definition"];

const MUTANT = "somebody-elses";

/** A value that the stack doesn't declare, of the kind of the one that is there. */
function mutated(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (Array.isArray(value)) return [...(value as unknown[]), MUTANT];
  if (isObject(value)) return { ...value, [MUTANT]: MUTANT };
  return MUTANT;
}

/** The values with one attribute another one; with dots for the parts of blocks. */
function withMutated(values: Values, path: string): Values {
  const [name = "", ...rest] = path.split(".");
  const value = values[name];
  if (rest.length === 0) return { ...values, [name]: mutated(value) };
  const below = rest.join(".");
  if (isObject(value)) return { ...values, [name]: withMutated(value, below) };
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const [item, ...others] = items;
  return { ...values, [name]: [withMutated(isObject(item) ? item : {}, below), ...others] };
}

function withoutUnknown(unknown: unknown, path: string): unknown {
  const [name = "", ...rest] = path.split(".");
  if (!isObject(unknown)) return unknown;
  const inner = unknown[name];
  if (rest.length === 0 || inner === true) return { ...unknown, [name]: undefined };
  const below = rest.join(".");
  const items: readonly unknown[] = Array.isArray(inner) ? inner : [];
  return {
    ...unknown,
    [name]: isObject(inner)
      ? withoutUnknown(inner, below)
      : items.map((item, index) => (index === 0 ? withoutUnknown(item, below) : item)),
  };
}

function of(subject: VerifySubject, type: string): ResourceChange {
  const found = subject.terraformPlan.changes.find((change) => change.type === type);
  if (found === undefined) throw new Error(`the recorded plan has no ${type}`);
  return found;
}

type Action = "create" | "update" | "replace";

/** The same plan, in which nothing else changes and nobody has changed anything by hand. */
function alone({ terraformPlan, ...rest }: VerifySubject): VerifySubject {
  const changes = terraformPlan.changes.map((change) => ({ ...change, effect: "none" as const }));
  return { ...rest, terraformPlan: { ...terraformPlan, changes, drift: [] } };
}

const others = { first: alone(first), converged: alone(converged) };

/** The resource as the first deploy makes it, or as it is, with one attribute another. */
function mutation(type: string, path: string, action: Action): [VerifySubject, ResourceChange] {
  const made = of(first, type);
  if (action === "create") {
    const after = withMutated(made.after ?? {}, path);
    const afterUnknown = withoutUnknown(made.afterUnknown, path);
    return [others.first, { ...made, after, afterUnknown }];
  }
  const there = of(converged, type);
  const after = withMutated(there.after ?? {}, path);
  if (action === "update") return [others.converged, { ...there, effect: "update", after }];
  const replacePaths = [path.split(".").slice(0, 1)];
  const afterUnknown = withoutUnknown(made.afterUnknown, path);
  const again = withMutated(made.after ?? {}, path);
  return [
    others.converged,
    { ...there, effect: "replace", after: again, afterUnknown, replacePaths },
  ];
}

/** AWS's own words about a resource, which a change in place can't alter. */
function canChange(type: string, path: string, action: Action): boolean {
  return action !== "update" || schema[type]?.[path] !== "computed";
}

/** `npm test` takes every few, of each type and action other ones; the nightly tests all. */
const STEP = stride(8);
let count = 0;

describe.each(Object.keys(JUDGES))("%s", (type) => {
  it.each(["create", "update", "replace"] as const)("refuses every attribute of a %s", (action) => {
    const proved = Object.keys(schema[type] ?? {})
      .filter((path) => canChange(type, path, action))
      .filter((path) => {
        count += 1;
        if (count % STEP !== 0) return false;
        const [subject, change] = mutation(type, path, action);
        const { violations } = verifyPlan(withChange(subject, change));
        return !violations.some(
          ({ addresses, what, why }) =>
            addresses.includes(change.address) && what !== "" && why !== "",
        );
      });
    expect(proved).toEqual([]);
  });

  it("refuses that it goes, is forgotten, or is the leftover of a replacement", () => {
    const there = of(converged, type);
    const gone = { ...there, after: null };
    const plans: ResourceChange[] = [
      { ...gone, effect: "forget" },
      { ...gone, effect: "delete" },
      ...(HARMLESS_LEFTOVERS.includes(type)
        ? []
        : [{ ...gone, effect: "delete" as const, deposed: "00000000" }]),
    ];
    const proved = plans.filter((change) => {
      count += 1;
      const { violations } = verifyPlan(withChange(others.converged, change));
      return !violations.some(({ addresses }) => addresses.includes(change.address));
    });
    expect(proved).toEqual([]);
  });
});

afterAll(() => {
  expect(count).toBeGreaterThan(2_700);
});
