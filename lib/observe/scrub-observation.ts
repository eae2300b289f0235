import { RoutedError } from "../errors";
import { canonicalObservation } from "./canonical-observation";
import type { Observation, ObservedHealth, ObservedInstance } from "./observation";

/**
 * The observation without what nobody needs to plan from it, so that it can lie in a repository and
 * be read by pull requests. The same plan is made from it, byte for byte, while ECS could be read.
 *
 * - ARNs lose partition, region and account; they only tell tasks and container instances apart.
 * - User data of instances that no slot owns goes.
 * - AWS's words on why ECS couldn't be read lose the caller's ARN.
 *
 * What stays: `accountId`, which is the config's own and says that the file is of this account, the
 * user data of nodes, which a pinned node keeps byte for byte, and the ARNs of task definitions,
 * which a PoP that waits for its image keeps.
 *
 * @throws RoutedError `invalid-observation` where a node's user data looks as if it held a secret
 */
export function scrubObservation(observation: Observation): Observation {
  const secrets = observation.instances.filter(isNode).flatMap(secretsIn);
  if (secrets.length > 0) {
    throw new RoutedError("invalid-observation", secrets.join("\n"));
  }
  const { cluster } = observation;
  return canonicalObservation({
    ...observation,
    cluster: cluster && { ...cluster, clusterArn: resourceOf(cluster.clusterArn) },
    instances: observation.instances.map((instance) =>
      isNode(instance) ? instance : { ...instance, userDataBase64: "" },
    ),
    health: scrubHealth(observation.health),
  });
}

/** A slot's instance that can be pinned; of the others no user data is needed. */
function isNode({ slot, state }: ObservedInstance): boolean {
  return slot !== null && state !== "shutting-down";
}

function scrubHealth(health: ObservedHealth): ObservedHealth {
  if (health.source === "unreadable") {
    const reason = health.reason.replace(/\barn:[^\s,;"')]+/g, "arn:…").replace(/\b\d{12}\b/g, "…");
    return { source: health.source, reason };
  }
  return {
    ...health,
    containerInstances: health.containerInstances.map((item) => ({
      ...item,
      containerInstanceArn: resourceOf(item.containerInstanceArn),
    })),
    tasks: health.tasks.map((task) => ({
      ...task,
      taskArn: resourceOf(task.taskArn),
      containerInstanceArn:
        task.containerInstanceArn === null ? null : resourceOf(task.containerInstanceArn),
    })),
  };
}

/** `task/routed-prd-na/0123…` of `arn:aws:ecs:us-east-2:123456789012:task/routed-prd-na/0123…`. */
function resourceOf(arn: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(arn)?.[1] ?? arn;
}

/** A value that starts with $ is a variable's, e.g. of the metadata service's token: no secret itself. */
const SECRETS = [
  { name: "an AWS access key", pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { name: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { name: "a registry's credentials", pattern: /ECS_ENGINE_AUTH_DATA\s*=\s*\S/ },
  {
    name: "a password or token",
    pattern: /(password|passwd|secret|token)["']?\s*[=:]\s*["']?[^\s$"']/i,
  },
] as const;

function secretsIn({ slot, instanceId, userDataBase64 }: ObservedInstance): string[] {
  const text = Buffer.from(userDataBase64, "base64").toString("utf8");
  return SECRETS.filter(({ pattern }) => pattern.test(text)).map(
    ({ name }) =>
      `the user data of node ${slot} (${instanceId}) seems to hold ${name}, and must be recorded ` +
      `byte for byte; keep secrets out of user data (let the node fetch them by its role), or ` +
      `record it whole with --raw where nobody else reads it`,
  );
}
