import boundary from "../../iam/boundary.json";
import deployNetwork from "../../iam/deploy-network.json";
import deployRoles from "../../iam/deploy-roles.json";
import deployServices from "../../iam/deploy-services.json";
import deployTags from "../../iam/deploy-tags.json";
import observe from "../../iam/observe.json";
import preflight from "../../iam/preflight.json";
import rollout from "../../iam/rollout.json";
import state from "../../iam/state.json";
import type { Environment } from "../config/environment";
import { defaultStateKey } from "../config/state-location";

interface Statement {
  readonly Sid?: string;
  readonly Action: readonly string[];
}

/** An IAM policy document. */
interface Policy {
  readonly Statement: readonly Statement[];
}

/** An environment's managed policies: each document as JSON, in at most 6,144 characters. */
export interface EnvironmentPolicies {
  /** What bounds the roles that a deploy makes. */
  readonly boundary: string;
  /** What a plan needs, and what observing does: it changes nothing. */
  readonly read: string;
  readonly rollout: string;
  /** What a deploy needs besides `read`, by name. */
  readonly deploy: Readonly<Record<string, string>>;
}

/** What the files in `iam/` give an environment. */
export function environmentPolicies(environment: Environment): EnvironmentPolicies {
  const deploy: Record<string, Policy> = {
    "deploy-network": deployNetwork,
    "deploy-tags": deployTags,
    "deploy-services": deployServices,
    "deploy-roles": deployRoles,
  };
  if (environment.backend.type === "s3") deploy["deploy-state"] = state;
  const render = (...policies: readonly Policy[]): string =>
    filled(environment, {
      Version: "2012-10-17",
      Statement: policies.flatMap((policy) => policy.Statement),
    });
  return {
    boundary: render(boundary),
    read: render(observe, preflight, ...[...Object.values(deploy), rollout].map(readingOf)),
    rollout: render(rollout),
    deploy: Object.fromEntries(
      Object.entries(deploy).map(([name, policy]) => [name, render(policy)]),
    ),
  };
}

/** With what the words stand for that only the files' policies have in them. */
function filled({ aws, backend, name }: Environment, policy: object): string {
  const words: Readonly<Record<string, string>> = {
    ENVIRONMENT: name,
    ACCOUNT: aws.accountId,
    REGION: aws.region,
    ...(backend.type === "s3"
      ? { STATE_BUCKET: backend.bucket, STATE_KEY: backend.key ?? defaultStateKey(name) }
      : {}),
  };
  const any = new RegExp(Object.keys(words).join("|"), "g");
  return JSON.stringify(policy).replace(any, (word) => words[word] ?? word);
}

/** What only a deploy holds: a plan that only reads does so without the state's lock. */
const STATE_LOCK = "StateLock";

/** What a plan reads of what a deploy may change: to refresh, Terraform reads every resource. */
function readingOf({ Statement }: Policy): Policy {
  const isReading = (action: string): boolean => /:(Describe|Get|List)/.test(action);
  return {
    Statement: Statement.filter(({ Sid }) => Sid !== STATE_LOCK)
      .map(({ Sid, ...statement }) => ({
        ...statement,
        ...(Sid === undefined ? {} : { Sid: `Plan${Sid}` }),
        Action: statement.Action.filter(isReading),
      }))
      .filter(({ Action }) => Action.length > 0),
  };
}
