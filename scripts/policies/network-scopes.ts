import { clusterName } from "../../lib/config/naming";
import { ACCOUNT, ENVIRONMENT, REGION } from "./placeholders";
import type { Scope, Statement } from "./policy";
import { EC2, MADE_OWN, OWN, OWN_NOT_UNUSED } from "./tag-scopes";

/** A new resource is made in one that is there, which must be this environment's. */
const MADE_IN = ["NetworkInterface", "RouteTable", "SecurityGroup", "Subnet"];

/** EC2's actions but tagging, and STS's: on what has the environment's tag, and nothing else. */
export const NETWORK_SCOPES: readonly Scope[] = [
  {
    // AWS limits none of these to resources.
    Sid: "ReadNetwork",
    fits: /^ec2:(Describe|Get)|^sts:/,
    Resource: "*",
  },
  {
    Sid: "MakeNetworkAndAddresses",
    fits: /^ec2:(AllocateAddress|Create(InternetGateway|Vpc))$/,
    Resource: ["elastic-ip", "internet-gateway", "vpc"].map((type) => `${EC2}${type}/*`),
    Condition: MADE_OWN,
  },
  {
    Sid: "MakeInVpc",
    fits: /^ec2:Create(RouteTable|SecurityGroup|Subnet)$/,
    Resource: ["route-table", "security-group", "subnet"].map((type) => `${EC2}${type}/*`),
    Condition: MADE_OWN,
  },
  {
    Sid: "MakeInterfaces",
    fits: /^ec2:CreateNetworkInterface$/,
    Resource: `${EC2}network-interface/*`,
    Condition: MADE_OWN,
  },
  {
    Sid: "LaunchNodes",
    fits: /^ec2:RunInstances$/,
    Resource: `${EC2}instance/*`,
    Condition: {
      ...MADE_OWN,
      ArnLike: {
        "ec2:InstanceProfile": `arn:*:iam::${ACCOUNT}:instance-profile/${clusterName(ENVIRONMENT)}-node`,
      },
    },
  },
  {
    // AWS limits it to no resource: an id of somebody else's reservation must be known, though.
    Sid: "DropReservations",
    fits: /^ec2:DeleteSubnetCidrReservation$/,
    Resource: "*",
  },
  {
    Sid: "OpenAndDeleteGroups",
    fits: /^ec2:(Authorize|DeleteSecurityGroup|ModifySecurityGroupRules)/,
    Resource: `${EC2}security-group/*`,
    Condition: OWN_NOT_UNUSED,
  },
  { Sid: "ChangeAndDeleteOwn", fits: /^ec2:/, Resource: "*", Condition: OWN },
];

/** What those actions need on other resources than their scope's. */
export const NETWORK_FURTHER: readonly Statement[] = [
  {
    Sid: "MakeInOwn",
    Effect: "Allow",
    Action: MADE_IN.map((type) => `ec2:Create${type}`),
    Resource: ["security-group", "subnet", "vpc"].map((type) => `${EC2}${type}/*`),
    Condition: OWN,
  },
  {
    Sid: "LaunchNodesIn",
    Effect: "Allow",
    Action: ["ec2:RunInstances"],
    Resource: ["security-group", "subnet"].map((type) => `${EC2}${type}/*`),
    Condition: OWN,
  },
  {
    // AWS looks at no tag of an image here that would be ours, and at none of an interface's.
    Sid: "LaunchNodesFrom",
    Effect: "Allow",
    Action: ["ec2:RunInstances"],
    Resource: [`arn:*:ec2:${REGION}::image/*`, `${EC2}network-interface/*`, `${EC2}volume/*`],
  },
  {
    // A rule has the tag at most after it is made; its group, which must have it, decides.
    Sid: "RulesOfOwnGroups",
    Effect: "Allow",
    Action: [
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:ModifySecurityGroupRules",
    ],
    Resource: `${EC2}security-group-rule/*`,
  },
];
