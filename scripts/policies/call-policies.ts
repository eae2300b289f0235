import { OBSERVE_ACTIONS } from "../../lib/aws/calls";
import { PREFLIGHT_ACTIONS } from "../../lib/aws/preflight-calls";
import { ROLLOUT_ACTIONS } from "../../lib/aws/rollout-calls";
import { ADDRESS_RECORD, clusterName, snapshotBucketName } from "../../lib/config/naming";
import { ROLLOUTS_PREFIX } from "../../lib/rollout/store/object-store";
import { ACCOUNT, ENVIRONMENT, REGION } from "./placeholders";

/** As those of deploys, without ids: each statement is of one resource. */
export interface CallPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: string;
  }[];
}

const NAME = clusterName(ENVIRONMENT);
const BUCKET = `arn:*:s3:::${snapshotBucketName(NAME, ACCOUNT)}`;
const ROLLOUTS = `${BUCKET}/${ROLLOUTS_PREFIX}*`;

/** What actions can be limited to: EC2's and most of ECS's reads can't be at all. */
const RESOURCES: Readonly<Record<string, string>> = {
  // The public parameters that name AMIs. Names of others' own parameters can't begin so.
  "ssm:GetParameters": "arn:*:ssm:*::parameter/aws/service/*",
  "ecs:UpdateContainerInstancesState": `arn:*:ecs:${REGION}:${ACCOUNT}:container-instance/${NAME}/*`,
  "ecs:PutAttributes": `arn:*:ecs:${REGION}:${ACCOUNT}:container-instance/${NAME}/*`,
  "s3:GetObject": ROLLOUTS,
  "s3:PutObject": ROLLOUTS,
  "s3:ListBucket": BUCKET,
};

/** The IAM policy that allows what observing calls and nothing else. */
export function observePolicy(): CallPolicy {
  return policyOf(OBSERVE_ACTIONS, { "s3:GetObject": `${BUCKET}/${ADDRESS_RECORD}` });
}

/** The same of the check of quotas. */
export function preflightPolicy(): CallPolicy {
  return policyOf(PREFLIGHT_ACTIONS);
}

/**
 * The same of what a rollout calls by itself: draining, its lock and its history. It needs
 * `observe.json`, `preflight.json` and the policies of a deploy as well.
 */
export function rolloutPolicy(): CallPolicy {
  return policyOf(ROLLOUT_ACTIONS);
}

/** @param own what of `RESOURCES` is otherwise in this policy */
function policyOf(
  actions: readonly string[],
  own: Readonly<Record<string, string>> = {},
): CallPolicy {
  const resourceOf = (action: string) => own[action] ?? RESOURCES[action] ?? "*";
  const resources = [...new Set(actions.map(resourceOf))].sort();
  return {
    Version: "2012-10-17",
    Statement: resources.map((resource) => ({
      Effect: "Allow",
      Action: actions.filter((action) => resourceOf(action) === resource),
      Resource: resource,
    })),
  };
}
