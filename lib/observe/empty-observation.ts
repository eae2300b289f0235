import type { Environment } from "../config/environment";
import { canonicalObservation } from "./canonical-observation";
import type { EcsHealth, Observation, Whole } from "./observation";

/** ECS's word where nothing runs. */
export const NOTHING_RUNS: Whole<EcsHealth> = {
  source: "ecs",
  containerInstances: [],
  services: [],
  nodeDaemons: undefined,
  taskDefinitions: undefined,
  tasks: [],
};

/**
 * What is observed of an environment of which nothing exists yet, in an account whose AMIs are
 * `images`: where simulations start.
 */
export function emptyObservation(
  { name, aws }: Pick<Environment, "name" | "aws">,
  images: Observation["images"],
): Observation {
  const nothing: Whole<Observation> = {
    formatVersion: 1,
    environment: name,
    accountId: aws.accountId,
    region: aws.region,
    images,
    cluster: null,
    instances: [],
    networkInterfaces: [],
    elasticIps: [],
    untagged: undefined,
    remembered: undefined,
    health: NOTHING_RUNS,
  };
  return canonicalObservation(nothing);
}
