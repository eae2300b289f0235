import type { AttributeChange } from "../attribute-changes";
import { ALARM_JUDGES } from "./alarm-judges";
import { API_JUDGES } from "./api-judges";
import { BUCKET_JUDGES } from "./bucket-judges";
import type { InPlaceEffect, InPlace, Judge } from "./judge";
import { NETWORK_JUDGES } from "./network-judges";
import { NODE_JUDGES } from "./node-judges";
import { RECORD_JUDGES } from "./record-judge";
import { ROLE_JUDGES } from "./role-judges";
import { TASK_JUDGES } from "./task-judges";

/**
 * The one judge of each resource type that this product's stacks contain. A type without one is
 * refused, whatever is planned for it: who adds a construct adds its judge here.
 */
export const JUDGES: Readonly<Record<string, Judge>> = {
  ...NODE_JUDGES,
  ...NETWORK_JUDGES,
  ...TASK_JUDGES,
  ...ROLE_JUDGES,
  ...API_JUDGES,
  ...BUCKET_JUDGES,
  ...RECORD_JUDGES,
  ...ALARM_JUDGES,
};

export function judgeOf(type: string): Judge | undefined {
  return Object.hasOwn(JUDGES, type) ? JUDGES[type] : undefined;
}

/**
 * The row of the table for an attribute's change in place. A part of an attribute takes after the
 * whole unless it is named itself; what isn't named has none.
 *
 * @param name with dots for the parts, and no indices
 */
export function inPlaceOf(type: string, name: string): InPlace | undefined {
  const attributes = judgeOf(type)?.attributes ?? {};
  const parts = name.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const path = parts.slice(0, length).join(".");
    const found = Object.hasOwn(attributes, path) ? attributes[path]?.inPlace : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What one changed attribute does. */
export function inPlaceEffect(type: string, change: AttributeChange): InPlaceEffect {
  const row = inPlaceOf(type, change.name);
  if (row === undefined) return "unknown";
  return row.unless?.is(change) === true ? row.unless.effect : row.effect;
}
