import type { Environment } from "../config/environment";
import { RoutedError } from "../errors";
import {
  confusedAccountNumbers,
  withAccountNumbersOf,
  withoutAccountNumbers,
} from "./account-numbers";
import { canonicalObservation } from "./canonical-observation";
import type { Observation, ObservedHealth, ObservedInstance } from "./observation";
import { secretsIn } from "./secrets";

/**
 * The observation without what nobody needs to plan from it, so that it can lie in a repository and
 * be read by pull requests. Account numbers become digests in every field that there is or will be;
 * `RecordedObservationReader` puts those back that the config has. So the same is planned from it,
 * byte for byte. What goes for good:
 *
 * - user data of instances that no slot owns;
 * - the caller's ARN and key in AWS's words on why ECS couldn't be read.
 *
 * @throws RoutedError `invalid-observation` where a node's user data looks as if it held a secret, or
 *   the number of an account that the config doesn't name: it must be recorded byte for byte, since
 *   Terraform would replace a pinned node that is given other user data; and where two accounts'
 *   numbers have one digest
 */
export function scrubObservation(observation: Observation, environment: Environment): Observation {
  const kept = {
    ...observation,
    instances: observation.instances.map((instance) =>
      isNode(instance) ? instance : { ...instance, userDataBase64: "" },
    ),
    health: withoutCaller(observation.health),
  };
  const confused = confusedAccountNumbers(kept, environment, observation.accountId);
  if (confused !== null) {
    throw new RoutedError(
      "invalid-observation",
      `the accounts ${confused.join(" and ")} have the same digest, by which a record tells accounts ` +
        "apart; record it whole with --raw where nobody else reads it",
    );
  }
  const scrubbed = withoutAccountNumbers(kept, observation.accountId);
  const restored = withAccountNumbersOf(environment, scrubbed);
  const refusals = kept.instances.flatMap((instance, index) => {
    const isWhole = restored.instances[index]?.userDataBase64 === instance.userDataBase64;
    return [...findingsIn(instance), ...(isWhole ? [] : [UNKNOWN_ACCOUNT])].map(
      ({ name, remedy }) => refusal(instance, name, remedy),
    );
  });
  if (refusals.length > 0) throw new RoutedError("invalid-observation", refusals.join("\n"));
  return canonicalObservation(scrubbed);
}

/** A slot's instance that can be pinned; of the others no user data is needed. */
function isNode({ slot, state }: ObservedInstance): boolean {
  return slot !== null && state !== "shutting-down";
}

function withoutCaller(health: ObservedHealth): ObservedHealth {
  if (health.source === "ecs") return health;
  const reason = health.reason
    .replace(/\barn:[^\s,;"')]+/g, "arn:…")
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, "…");
  return { ...health, reason };
}

const UNKNOWN_ACCOUNT = {
  name: "the number of an account that the config doesn't name",
  remedy: "keep it out of user data",
};

interface Finding {
  readonly name: string;
  readonly remedy: string;
}

function findingsIn({ userDataBase64 }: ObservedInstance): Finding[] {
  const remedy = "keep secrets out of user data (let the node fetch them by its role)";
  return secretsIn(userDataBase64).map((name) => ({ name, remedy }));
}

function refusal({ slot, instanceId }: ObservedInstance, name: string, remedy: string): string {
  return (
    `the user data of node ${slot} (${instanceId}) seems to hold ${name}, and must be recorded ` +
    `byte for byte; ${remedy}, or record it whole with --raw where nobody else reads it`
  );
}
