import type { Environment } from "../config/environment";
import type { Observation } from "./observation";

/**
 * What is observed of an environment of which nothing exists yet, in an account whose AMIs are
 * `images`: where simulations start.
 */
export function emptyObservation(
  { name, aws }: Pick<Environment, "name" | "aws">,
  images: Observation["images"],
): Observation {
  return {
    formatVersion: 1,
    environment: name,
    accountId: aws.accountId,
    region: aws.region,
    images,
    cluster: null,
    instances: [],
    networkInterfaces: [],
    elasticIps: [],
    health: { source: "ecs", containerInstances: [], services: [], tasks: [] },
  };
}
