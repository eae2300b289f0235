import { OBSERVE_ACTIONS } from "../lib/observe/aws-calls";

/**
 * Actions that can be limited to some resources without being told of any environment. EC2's and
 * most of ECS's reads can't be limited at all.
 */
const RESOURCES: Readonly<Record<string, string>> = {
  // The public parameters that name AMIs. Names of others' own parameters can't begin so.
  "ssm:GetParameters": "arn:*:ssm:*::parameter/aws/service/*",
};

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: string;
  }[];
}

/** The IAM policy that allows what observing calls and nothing else. */
export function observePolicy(): PolicyDocument {
  const resources = [...new Set(OBSERVE_ACTIONS.map(resourceOf))].sort();
  return {
    Version: "2012-10-17",
    Statement: resources.map((resource) => ({
      Effect: "Allow",
      Action: OBSERVE_ACTIONS.filter((action) => resourceOf(action) === resource),
      Resource: resource,
    })),
  };
}

function resourceOf(action: string): string {
  return RESOURCES[action] ?? "*";
}
