import { NETWORK_FURTHER, NETWORK_SCOPES } from "./network-scopes";
import { STATE_BUCKET, STATE_KEY } from "./placeholders";
import { policyOf, statementsOf } from "./policy";
import type { Policy, Scope } from "./policy";
import { PROVIDER_ACTIONS, RESOURCE_ACTIONS } from "./resource-actions";
import { ROLE_SCOPES } from "./role-scopes";
import { SERVICE_SCOPES } from "./service-scopes";
import { TAG_FURTHER, TAG_SCOPES } from "./tag-scopes";

/** Every action that the table gives, sorted. */
export function deployActions(): string[] {
  return [...new Set([...PROVIDER_ACTIONS, ...Object.values(RESOURCE_ACTIONS).flat()])].sort();
}

/**
 * What Terraform needs to deploy, upgrade and destroy one environment, and nothing else, by file's
 * name. In parts, as a managed policy has 6,144 characters.
 */
export function deployPolicies(): Readonly<Record<string, Policy>> {
  const isTagging = (action: string): boolean => /^ec2:(Create|Delete)Tags$/.test(action);
  const isRole = (action: string): boolean => action.startsWith("iam:");
  const isNetwork = (action: string): boolean => /^(ec2|sts):/.test(action);
  const of = (scopes: readonly Scope[], fits: (action: string) => boolean) =>
    statementsOf(scopes, deployActions().filter(fits));
  return {
    "deploy-network": policyOf([
      ...of(NETWORK_SCOPES, (each) => isNetwork(each) && !isTagging(each)),
      ...NETWORK_FURTHER,
    ]),
    "deploy-tags": policyOf([...of(TAG_SCOPES, isTagging), ...TAG_FURTHER]),
    "deploy-services": policyOf(of(SERVICE_SCOPES, (each) => !isNetwork(each) && !isRole(each))),
    "deploy-roles": policyOf(of(ROLE_SCOPES, isRole)),
  };
}

/**
 * Where an environment's state lies in S3.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
export function statePolicy(): Policy {
  const bucket = `arn:*:s3:::${STATE_BUCKET}`;
  const object = `${bucket}/${STATE_KEY}`;
  return policyOf([
    { Sid: "ListState", Effect: "Allow", Action: ["s3:ListBucket"], Resource: bucket },
    { Sid: "State", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: object },
    {
      Sid: "StateLock",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: `${object}.tflock`,
    },
  ]);
}
