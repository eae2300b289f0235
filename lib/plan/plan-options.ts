import type { NodeSpec } from "./node-spec";

/** What one run of the planner is asked besides the config. */
export interface PlanOptions {
  /**
   * Counts every node as available and lets PoPs lose their last task: an operator's override, so
   * that a broken fleet can go back. The budget still bounds what one wave changes.
   *
   * @default false
   */
  readonly ignoreHealth?: boolean;
  /**
   * Slots that may change in this run, at least one; all others count as frozen.
   *
   * @default - all
   */
  readonly onlyNodes?: readonly number[];
  /**
   * By slot, the spec that its node should have instead of the config's: that of before a rollout,
   * to go back to.
   *
   * @default - the config's
   */
  readonly targets?: Readonly<Record<number, NodeSpec>>;
  /**
   * What `latest` stood for when the rollout began, which it holds: a newer image waits for the next one.
   *
   * @default - what it stands for now
   */
  readonly amiId?: string;
  /**
   * Slots that may get another EIP than they had, because theirs is gone and a person says so.
   *
   * @default - none: an EIP that is gone stops the plan
   */
  readonly acceptNewAddress?: readonly number[];
  /**
   * Spares that EC2 has no capacity for now: others are filled instead. AWS shows nowhere which zone has
   * some, so only who has just tried can tell.
   *
   * @default - none
   */
  readonly noCapacity?: readonly number[];
}
