import { STALE_SYNTHESIS } from "../plan/live/observed-fleet";

/**
 * Whether Terraform refused because somebody else changes the environment: its nodes are no longer
 * what they were at the synthesis (the stack's own check), or its state is locked. Terraform breaks
 * lines and draws a bar before each, so only words count.
 */
export function hasMovedOn(words: string): boolean {
  const text = words.replace(/[\s│|]+/g, " ");
  return text.includes(STALE_SYNTHESIS) || text.includes("Error acquiring the state lock");
}
