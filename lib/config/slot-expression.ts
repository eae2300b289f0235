import { SLOT_ATTRIBUTE } from "./naming";

/**
 * The placement constraint that lets tasks run on the nodes of some slots only, in ECS's cluster
 * query language. It takes 2,000 characters; 200 slots are 900.
 *
 * By slot, which every node tells since its first boot, and not by an attribute for cells: that
 * would be a part of the user data, and dividing a live fleet into cells would replace all nodes.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 */
export function slotExpression(slots: readonly number[]): string {
  return `attribute:${SLOT_ATTRIBUTE} in [${slots.join(", ")}]`;
}

/** The slots of such a constraint; null for any other expression. */
export function slotsOfExpression(expression: string): number[] | null {
  const prefix = `attribute:${SLOT_ATTRIBUTE} in [`;
  if (!expression.startsWith(prefix) || !expression.endsWith("]")) return null;
  const items = expression.slice(prefix.length, -1).split(",");
  const slots = items.map((item) => item.trim());
  return slots.every((slot) => /^\d{1,4}$/.test(slot)) ? slots.map(Number) : null;
}
