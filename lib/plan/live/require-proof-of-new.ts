import { RoutedError } from "../../errors";
import type { Observation } from "../../observe/observation";
import { listOf } from "../../words";

/**
 * That nothing is seen of a slot is proof that it is new only where all were asked who could tell of it.
 * Without ECS and without a record of addresses nobody is left to tell of one whose tags are gone, and
 * neither making it anew nor leaving its blocks out would be right.
 *
 * @param unseen slots that are wanted and of which nothing is seen, ascending
 * @throws RoutedError `unreadable-aws`
 */
export function requireProofOfNew(observation: Observation, unseen: readonly number[]): void {
  const { environment, health, remembered = [] } = observation;
  if (unseen.length === 0 || health.source !== "unreadable" || remembered.length > 0) return;
  const [slots, they] =
    unseen.length === 1
      ? [`slot ${unseen[0]}`, "it was"]
      : [`slots ${listOf(unseen)}`, "they were"];
  throw new RoutedError(
    "unreadable-aws",
    `${environment}: EC2 shows nothing of ${slots}, and whether ${they} ever deployed can't be told: ECS couldn't ` +
      `be read (${health.reason}) and there is no record of addresses; run again once ECS can be read`,
  );
}
