import { clusterName, ENVIRONMENT_TAG } from "../../lib/config/naming";
import { ACCOUNT, ENVIRONMENT, REGION } from "./placeholders";
import type { Scope, Statement } from "./policy";

export const EC2 = `arn:*:ec2:${REGION}:${ACCOUNT}:`;
const RESOURCE_TAG = `aws:ResourceTag/${ENVIRONMENT_TAG}`;
const REQUEST_TAG = `aws:RequestTag/${ENVIRONMENT_TAG}`;
const RESOURCE_NAME = "aws:ResourceTag/Name";
const REQUEST_NAME = "aws:RequestTag/Name";
/** The VPC's default group, the one thing that is tagged though the deploy did not make it. */
const UNUSED = `${clusterName(ENVIRONMENT)}-unused`;

/** The resource carries this environment's tag. */
export const OWN = { StringEquals: { [RESOURCE_TAG]: ENVIRONMENT } };
/** … and is not the default group, which no deploy opens or deletes. */
export const OWN_NOT_UNUSED = { ...OWN, StringNotEquals: { [RESOURCE_NAME]: UNUSED } };
/** The request gives the resource that it makes that tag. */
export const MADE_OWN = { StringEquals: { [REQUEST_TAG]: ENVIRONMENT } };

/** Tagging in EC2, which gives a deploy its power over what it then may change and delete. */
export const TAG_SCOPES: readonly Scope[] = [
  {
    Sid: "TagWhileMaking",
    fits: /^ec2:CreateTags$/,
    Resource: "*",
    Condition: {
      StringEquals: {
        ...MADE_OWN.StringEquals,
        "ec2:CreateAction": [
          "AllocateAddress",
          "AuthorizeSecurityGroupEgress",
          "AuthorizeSecurityGroupIngress",
          "CreateInternetGateway",
          "CreateNetworkInterface",
          "CreateRouteTable",
          "CreateSecurityGroup",
          "CreateSubnet",
          "CreateVpc",
          "RunInstances",
        ],
      },
    },
  },
  {
    // The tags that say whose it is stay; what is opened and deleted follows from them.
    Sid: "UntagOwn",
    fits: /^ec2:DeleteTags$/,
    Resource: "*",
    Condition: {
      ...OWN,
      "ForAllValues:StringNotEquals": { "aws:TagKeys": ["Name", ENVIRONMENT_TAG] },
    },
  },
];

/** Tags of what is there. */
export const TAG_FURTHER: readonly Statement[] = [
  {
    Sid: "TagOwn",
    Effect: "Allow",
    Action: ["ec2:CreateTags"],
    Resource: "*",
    Condition: { ...OWN_NOT_UNUSED, StringEqualsIfExists: { [REQUEST_TAG]: ENVIRONMENT } },
  },
  {
    // It comes with the VPC, without a tag. Once it has these, it can be emptied, and nothing else.
    Sid: "AdoptDefaultGroup",
    Effect: "Allow",
    Action: ["ec2:CreateTags"],
    Resource: `${EC2}security-group/*`,
    Condition: {
      StringEquals: { [REQUEST_TAG]: ENVIRONMENT, [REQUEST_NAME]: UNUSED },
      Null: { [RESOURCE_TAG]: "true", [RESOURCE_NAME]: "true" },
    },
  },
  {
    Sid: "TagDefaultGroup",
    Effect: "Allow",
    Action: ["ec2:CreateTags"],
    Resource: `${EC2}security-group/*`,
    Condition: {
      StringEquals: { ...OWN.StringEquals, [RESOURCE_NAME]: UNUSED },
      StringEqualsIfExists: { [REQUEST_TAG]: ENVIRONMENT, [REQUEST_NAME]: UNUSED },
    },
  },
  {
    // An instance comes with its volume. No action of a deploy changes or deletes one.
    Sid: "TagNewVolumes",
    Effect: "Allow",
    Action: ["ec2:CreateTags"],
    Resource: `${EC2}volume/*`,
    Condition: { ...MADE_OWN, Null: { [RESOURCE_TAG]: "true" } },
  },
];
