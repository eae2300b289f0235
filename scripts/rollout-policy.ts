import { ROLLOUT_ACTIONS } from "../lib/rollout/aws-rollout-calls";
import { ROLLOUTS_PREFIX } from "../lib/rollout/object-store";
import type { PolicyDocument } from "./observe-policy";

/** Every environment's names begin with this. */
const ANY = "routed-*";
const BUCKET = `arn:*:s3:::${ANY}-snapshots`;
const OBJECTS = `${BUCKET}/${ROLLOUTS_PREFIX}*`;

/** What actions can be limited to without being told of any environment. */
const RESOURCES: Readonly<Record<string, string>> = {
  "ecs:UpdateContainerInstancesState": `arn:*:ecs:*:*:container-instance/${ANY}/*`,
  "s3:GetObject": OBJECTS,
  "s3:PutObject": OBJECTS,
  "s3:ListBucket": BUCKET,
};

/**
 * The IAM policy that allows what a rollout calls by itself: draining, its lock and its history.
 * It needs `observe.json`, `preflight.json` and `deploy.json` as well.
 */
export function rolloutPolicy(): PolicyDocument {
  const resourceOf = (action: string): string => RESOURCES[action] ?? "*";
  const resources = [...new Set(ROLLOUT_ACTIONS.map(resourceOf))].sort();
  return {
    Version: "2012-10-17",
    Statement: resources.map((resource) => ({
      Effect: "Allow",
      Action: ROLLOUT_ACTIONS.filter((action) => resourceOf(action) === resource),
      Resource: resource,
    })),
  };
}
