import { assertNever } from "../../errors";
import { DATA_DEVICE } from "../../config/node-volumes";
import type { NodeSpec, NodeSpecPart } from "../../plan/node-spec";
import type { SlotDecision } from "../../plan/upgrade-plan";
import { attributeChanges, renderValue } from "../attribute-changes";
import { describeEffect, inPlaceDisruption } from "../disruption";
import { slotOf } from "../identity";
import { causeOf, causingAttributes, decisionOf, fateOf, renderAttributes } from "../subject";
import type { VerifySubject } from "../subject";
import { isObject, listOf } from "../../terraform/values";
import type { Values } from "../../terraform/values";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";

const SYNTHESIZE_AGAIN = "synthesize and plan again";
const TAKE_OUT =
  "take the change out of the stack, or make it in the config and let waves carry it out";

/** Each slot's instance, and those that no slot owns: exactly what was decided, and nothing else. */
export function checkAgreement(subject: VerifySubject): Violation[] {
  const instances = subject.terraformPlan.changes.filter(isInstance);
  const decided = subject.upgradePlan.decisions.flatMap((decision) =>
    checkSlot(
      decision,
      instances.filter((change) => slotOf(change).slot === decision.slot),
    ),
  );
  const strays = instances.flatMap((change) => checkStray(subject, change));
  return [...decided, ...strays];
}

/** Whether `checkAgreement` judges this resource. */
export function isInstance({ type }: ResourceChange): boolean {
  return type === "aws_instance";
}

function violation(
  change: ResourceChange | null,
  what: string,
  why: string,
  remedy: string,
  attributes: readonly string[] = [],
): Violation {
  const addresses = change === null ? [] : [change.address];
  return { rule: "agreement", addresses, attributes, what, why, remedy };
}

function checkSlot(decision: SlotDecision, changes: readonly ResourceChange[]): Violation[] {
  const { slot } = decision;
  const current = changes.filter(({ deposed }) => deposed === null);
  const [change, ...more] = current;
  const others = changes.filter((other) => other !== change);
  const duplicates = others.map((other) =>
    violation(
      other,
      `node ${slot} would have another instance, ${fateOf(other)}`,
      "a slot has one instance",
      "find out which of them holds the node's address, and remove the other from the stack or the state",
    ),
  );
  if (more.length > 0 || change === undefined) {
    return [...duplicates, ...(change === undefined ? checkAbsence(decision) : [])];
  }
  return [...duplicates, ...checkIdentity(decision, change), ...checkDecision(decision, change)];
}

/** What of an instance that goes by the plan is said where it doesn't go. */
const GOES: Partial<Record<SlotDecision["action"], string>> = {
  park: "the upgrade plan parks it",
  remove: "the upgrade plan removes it",
};

/** Whether the slot has an instance after the deploy, unless it is removed. */
function hasNode(decision: SlotDecision): boolean {
  return !["allocate", "leave", "park"].includes(decision.action);
}

function checkAbsence(decision: SlotDecision): Violation[] {
  if (decision.action === "remove" || !hasNode(decision)) return [];
  return [
    violation(
      null,
      `node ${decision.slot} is not in Terraform's plan`,
      `the upgrade plan decided to ${decision.action} it`,
      `${SYNTHESIZE_AGAIN}, without -target`,
    ),
  ];
}

/** The instance is the one that was observed, and stays its slot's. */
function checkIdentity(decision: SlotDecision, change: ResourceChange): Violation[] {
  const { slot } = decision;
  const found: Violation[] = [];
  if (slotOf(change).moves) {
    const what = `node ${slot}'s instance would no longer be tagged as node ${slot}'s`;
    found.push(
      violation(change, what, "the tag routed:node tells whose an instance is", TAKE_OUT, ["tags"]),
    );
  }
  const wanted = "instanceId" in decision ? decision.instanceId : null;
  const id = change.before?.["id"];
  if (wanted !== null && typeof id === "string" && id !== wanted) {
    found.push(
      violation(
        change,
        `node ${slot}'s instance ${id} would be ${fateOf(change)}`,
        `the upgrade plan was made for ${wanted}`,
        SYNTHESIZE_AGAIN,
        ["id"],
      ),
    );
  }
  return found;
}

function checkDecision(decision: SlotDecision, change: ResourceChange): Violation[] {
  switch (decision.action) {
    case "keep":
      return checkKept(decision.slot, decision.instanceId, decision.spec, change);
    case "create":
    case "fill":
      return change.effect === "create"
        ? checkSpec(decision.slot, decision.spec, change)
        : [
            violation(
              change,
              `node ${decision.slot}'s instance would be ${fateOf(change)}${causeOf(change)}`,
              "the upgrade plan creates one, since there was none",
              SYNTHESIZE_AGAIN,
              causingAttributes(change),
            ),
          ];
    case "upgrade":
      return change.effect === "replace"
        ? checkSpec(decision.slot, decision.to, change)
        : [
            violation(
              change,
              `node ${decision.slot} would be ${fateOf(change)}`,
              `the upgrade plan replaces ${decision.instanceId}`,
              SYNTHESIZE_AGAIN,
            ),
          ];
    case "allocate":
    case "leave":
    case "park":
    case "remove":
      return GOES[decision.action] !== undefined && change.effect === "delete"
        ? []
        : [
            violation(
              change,
              `node ${decision.slot} would be ${fateOf(change)}`,
              GOES[decision.action] ?? "the upgrade plan leaves the slot empty",
              SYNTHESIZE_AGAIN,
            ),
          ];
    default:
      return assertNever(decision);
  }
}

function checkKept(
  slot: number,
  instanceId: string,
  spec: NodeSpec,
  change: ResourceChange,
): Violation[] {
  if (change.effect === "create") {
    return [
      violation(
        change,
        `another instance would be launched for node ${slot}`,
        `the upgrade plan keeps ${instanceId}, which Terraform doesn't find any more`,
        `${SYNTHESIZE_AGAIN}; if ${instanceId} still runs, the state has lost it: routed deploy takes it ` +
          `back, unless the state or the provider is another one`,
      ),
    ];
  }
  if (change.effect !== "none" && change.effect !== "update") {
    return [
      violation(
        change,
        `node ${slot} would be ${fateOf(change)}${causeOf(change)}`,
        "the upgrade plan keeps it as it is",
        change.reason === "replace_because_tainted"
          ? `untaint it (terraform untaint ${change.address})`
          : TAKE_OUT,
        causingAttributes(change),
      ),
    ];
  }
  const disruption = inPlaceDisruption(change.type, attributeChanges(change));
  if (disruption) {
    const what = `node ${slot} would be ${describeEffect(disruption.effect)}`;
    return [
      violation(
        change,
        `${what}${renderAttributes(disruption.attributes)}`,
        "the upgrade plan keeps it as it is",
        TAKE_OUT,
        disruption.attributes.map(({ path }) => path),
      ),
    ];
  }
  return checkSpec(slot, spec, change);
}

/** The instance that Terraform plans has exactly the spec that was decided. */
function checkSpec(slot: number, spec: NodeSpec, change: ResourceChange): Violation[] {
  const differences = specDifferences(spec, change);
  if (differences.length === 0) return [];
  return [
    violation(
      change,
      `node ${slot} would have ${differences.map(({ text }) => text).join(" and ")}`,
      "the upgrade plan decided on another spec",
      `take the override out, then ${SYNTHESIZE_AGAIN}`,
      differences.map(({ attribute }) => attribute),
    ),
  ];
}

interface SpecDifference {
  readonly attribute: string;
  readonly text: string;
}

/** Where Terraform's plan has each part of a spec. */
const ATTRIBUTES: Readonly<
  Record<NodeSpecPart, { readonly attribute: string; readonly read: (after: Values) => unknown }>
> = {
  amiId: { attribute: "ami", read: (after) => after["ami"] },
  instanceType: { attribute: "instance_type", read: (after) => after["instance_type"] },
  userDataBase64: {
    attribute: "user_data_base64",
    read: (after) => after["user_data_base64"] ?? "",
  },
  rootVolumeGiB: {
    attribute: "root_block_device[0].volume_size",
    read: (after) => sizeOf(listOf(after["root_block_device"])[0]),
  },
  dataVolumeGiB: {
    attribute: `ebs_block_device[${DATA_DEVICE}].volume_size`,
    read: (after) => sizeOf(listOf(after["ebs_block_device"]).find(isData)),
  },
};

function specDifferences(spec: NodeSpec, { after, afterUnknown }: ResourceChange) {
  const unknown = isObject(afterUnknown) ? afterUnknown : {};
  const parts = Object.keys(ATTRIBUTES) as NodeSpecPart[];
  return parts.flatMap((part): SpecDifference[] => {
    const { attribute, read } = ATTRIBUTES[part];
    const [planned, decided] = [read(after ?? {}), spec[part]];
    if (decided === undefined) return [];
    if (unknown[attribute] === true) {
      return [{ attribute, text: `${attribute} known after the apply only` }];
    }
    if (planned === decided) return [];
    const text =
      part === "userDataBase64"
        ? "other user data"
        : `${attribute} ${renderValue(planned)} rather than ${renderValue(decided)}`;
    return [{ attribute, text }];
  });
}

function isData(device: unknown): boolean {
  return isObject(device) && device["device_name"] === DATA_DEVICE;
}

function sizeOf(device: unknown): unknown {
  return isObject(device) ? device["volume_size"] : undefined;
}

/** An instance that is no slot's, or of a slot that the upgrade plan doesn't have. */
function checkStray(subject: VerifySubject, change: ResourceChange): Violation[] {
  const { slot } = slotOf(change);
  if (decisionOf(subject, slot) !== undefined || change.effect === "none") return [];
  const whose = slot === null ? "an instance without a node's tag" : `an instance of node ${slot}`;
  return [
    violation(
      change,
      `${whose} would be ${fateOf(change)}`,
      "the upgrade plan has no such node",
      `take it out of the stack, or ${SYNTHESIZE_AGAIN}`,
    ),
  ];
}
