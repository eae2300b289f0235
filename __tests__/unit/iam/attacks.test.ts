import type { Environment } from "../../../lib/config/environment";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";
import { Bootstrapped } from "../../support/iam/bootstrapped";
import { isAllowed } from "../../support/iam/simulator";
import type { IamRequest, Principal } from "../../support/iam/simulator";

const base = aRoutedEnvironment();
const { accountId, region } = base.aws;
const inS3 = (name: string): Environment => ({
  ...base,
  name,
  backend: { type: "s3", bucket: "states", key: `${name}.tfstate` },
});
/** The attacker's own, another one, and one whose name begins with the own. */
const OWN = "prd-na";
const OTHERS = ["stg", "prd-na-2"];
const account = new Bootstrapped([OWN, ...OTHERS].map(inS3));
const deployer = account.deployer(OWN);
const observer = account.observer(OWN);

const ec2 = (resource: string) => `arn:aws:ec2:${region}:${accountId}:${resource}`;
const iam = (resource: string) => `arn:aws:iam::${accountId}:${resource}`;
const ecs = (resource: string) => `arn:aws:ecs:${region}:${accountId}:${resource}`;
const tagged = (environment: string, name = "theirs") => ({
  "aws:ResourceTag/routed:environment": environment,
  "aws:ResourceTag/Name": name,
});
const tagging = (tags: Readonly<Record<string, string>>) => ({
  ...Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
  ),
  "aws:TagKeys": Object.keys(tags),
});
const boundaryOf = (environment: string) => iam(`policy/routed-${environment}-boundary`);
const bounded = (environment: string) => ({ "iam:PermissionsBoundary": boundaryOf(environment) });

interface Attack {
  readonly by?: Principal;
  readonly asks: IamRequest;
  /**
   * The same done to what is the attacker's own, or as it may be done, which is allowed: else the
   * attack would fail for another reason than the one that is meant. Null where nothing like it may
   * be done at all.
   */
  readonly butMay: Partial<IamRequest> | null;
}

const role = (environment: string, kind = "task") => iam(`role/routed-${environment}-${kind}`);
const bucket = (environment: string, path = "") =>
  `arn:aws:s3:::routed-${environment}-${accountId}-snapshots${path}`;

/** Each on the other environments, by the deploying role of `prd-na`. */
function onAnother(other: string): Readonly<Record<string, Attack>> {
  const change = (action: string, resource: string): Attack => ({
    asks: { action, resource: ec2(resource), context: tagged(other) },
    butMay: { context: tagged(OWN) },
  });
  const named = (action: string, of: (environment: string) => string, context = {}): Attack => ({
    asks: { action, resource: of(other), context },
    butMay: { resource: of(OWN) },
  });
  return {
    "its instance terminated": change("ec2:TerminateInstances", "instance/i-1"),
    "its instance unprotected": change("ec2:ModifyInstanceAttribute", "instance/i-1"),
    "its address released": change("ec2:ReleaseAddress", "elastic-ip/eipalloc-1"),
    "its address moved": change("ec2:DisassociateAddress", "network-interface/eni-1"),
    "its interface deleted": change("ec2:DeleteNetworkInterface", "network-interface/eni-1"),
    "its group opened": change("ec2:AuthorizeSecurityGroupIngress", "security-group/sg-1"),
    "its group emptied": change("ec2:RevokeSecurityGroupIngress", "security-group/sg-1"),
    "its route replaced": change("ec2:ReplaceRoute", "route-table/rtb-1"),
    "its subnet's addresses reserved": change("ec2:CreateSubnetCidrReservation", "subnet/subnet-1"),
    "its tags taken off": {
      asks: {
        action: "ec2:DeleteTags",
        resource: ec2("instance/i-1"),
        context: { ...tagged(other), "aws:TagKeys": ["routed:node"] },
      },
      butMay: { context: { ...tagged(OWN), "aws:TagKeys": ["routed:node"] } },
    },
    "its instance tagged as the attacker's": {
      asks: {
        action: "ec2:CreateTags",
        resource: ec2("instance/i-1"),
        context: { ...tagged(other), ...tagging({ "routed:environment": OWN }) },
      },
      butMay: { context: { ...tagged(OWN), ...tagging({ "routed:environment": OWN }) } },
    },
    "an instance launched that counts as its own": {
      asks: {
        action: "ec2:RunInstances",
        resource: ec2("instance/*"),
        context: {
          ...tagging({ "routed:environment": other }),
          "ec2:InstanceProfile": iam(`instance-profile/routed-${OWN}-node`),
        },
      },
      butMay: {
        context: {
          ...tagging({ "routed:environment": OWN }),
          "ec2:InstanceProfile": iam(`instance-profile/routed-${OWN}-node`),
        },
      },
    },
    "an instance launched in its subnet": change("ec2:RunInstances", "subnet/subnet-1"),
    "an interface made in its subnet": change("ec2:CreateNetworkInterface", "subnet/subnet-1"),
    "its service scaled down": named("ecs:UpdateService", (env) =>
      ecs(`service/routed-${env}/pop1`),
    ),
    "its cluster deleted": named("ecs:DeleteCluster", (env) => ecs(`cluster/routed-${env}`)),
    "its node drained": named("ecs:UpdateContainerInstancesState", (env) =>
      ecs(`container-instance/routed-${env}/1`),
    ),
    "its role's policy changed": named("iam:PutRolePolicy", (env) => role(env), bounded(OWN)),
    "its role's trust changed": named(
      "iam:UpdateAssumeRolePolicy",
      (env) => role(env),
      bounded(OWN),
    ),
    "its role passed on": named("iam:PassRole", (env) => role(env), {
      "iam:PassedToService": "ecs-tasks.amazonaws.com",
    }),
    "its bucket's policy changed": named("s3:PutBucketPolicy", (env) => bucket(env)),
    "its record of addresses written": named("s3:PutObject", (env) =>
      bucket(env, "/addresses.json"),
    ),
    "its snapshots deleted": named("s3:DeleteObject", (env) => bucket(env, "/snapshots/1")),
    "its state read": named("s3:GetObject", (env) => `arn:aws:s3:::states/${env}.tfstate`),
    "its state written": named("s3:PutObject", (env) => `arn:aws:s3:::states/${env}.tfstate`),
    "its state unlocked": named(
      "s3:DeleteObject",
      (env) => `arn:aws:s3:::states/${env}.tfstate.tflock`,
    ),
    "its load balancer deleted": named(
      "elasticloadbalancing:DeleteLoadBalancer",
      (env) =>
        `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/routed-${env}/1234567890123456`,
    ),
    "its alarms deleted": named(
      "cloudwatch:DeleteAlarms",
      (env) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:routed-${env}-node-status-0`,
    ),
    "its logs deleted": named(
      "logs:DeleteLogGroup",
      (env) => `arn:aws:logs:${region}:${accountId}:log-group:/ecs/routed-${env}`,
    ),
  };
}

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

const ELSEWHERE: Readonly<Record<string, Attack>> = {
  "a role without a boundary": {
    asks: { action: "iam:CreateRole", resource: role(OWN) },
    butMay: { context: bounded(OWN) },
  },
  "a role with another boundary": {
    asks: {
      action: "iam:CreateRole",
      resource: role(OWN),
      context: { "iam:PermissionsBoundary": ADMINISTRATOR },
    },
    butMay: { context: bounded(OWN) },
  },
  "the boundary of another environment": {
    asks: {
      action: "iam:PutRolePermissionsBoundary",
      resource: role(OWN),
      context: bounded("stg"),
    },
    butMay: { context: bounded(OWN) },
  },
  "a role of another name": {
    asks: { action: "iam:CreateRole", resource: role(OWN, "mine"), context: bounded(OWN) },
    butMay: { resource: role(OWN, "node") },
  },
  "the boundary taken off": {
    asks: {
      action: "iam:DeleteRolePermissionsBoundary",
      resource: role(OWN),
      context: bounded(OWN),
    },
    butMay: null,
  },
  "the boundary widened": {
    asks: { action: "iam:CreatePolicyVersion", resource: boundaryOf(OWN) },
    butMay: null,
  },
  "the boundary deleted": {
    asks: { action: "iam:DeletePolicy", resource: boundaryOf(OWN) },
    butMay: null,
  },
  "rights for a role that nothing bounds": {
    asks: { action: "iam:PutRolePolicy", resource: role(OWN) },
    butMay: { context: bounded(OWN) },
  },
  "a node's role made administrator": {
    asks: {
      action: "iam:AttachRolePolicy",
      resource: role(OWN, "node"),
      context: { ...bounded(OWN), "iam:PolicyARN": ADMINISTRATOR },
    },
    butMay: { context: { ...bounded(OWN), "iam:PolicyARN": CORE } },
  },
  "the deploying role itself made administrator": {
    asks: {
      action: "iam:PutRolePolicy",
      resource: iam(`role/deploy-routed-${OWN}`),
      context: bounded(OWN),
    },
    butMay: { resource: role(OWN) },
  },
  "a foreign role passed to EC2": {
    asks: {
      action: "iam:PassRole",
      resource: iam("role/admin"),
      context: { "iam:PassedToService": "ec2.amazonaws.com" },
    },
    butMay: { resource: role(OWN, "node") },
  },
  "an own role passed to Lambda": {
    asks: {
      action: "iam:PassRole",
      resource: role(OWN),
      context: { "iam:PassedToService": "lambda.amazonaws.com" },
    },
    butMay: { context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
  },
  "an instance with a foreign role": {
    asks: {
      action: "ec2:RunInstances",
      resource: ec2("instance/*"),
      context: {
        ...tagging({ "routed:environment": OWN }),
        "ec2:InstanceProfile": iam("instance-profile/admin"),
      },
    },
    butMay: {
      context: {
        ...tagging({ "routed:environment": OWN }),
        "ec2:InstanceProfile": iam(`instance-profile/routed-${OWN}-node`),
      },
    },
  },
  "a user": { asks: { action: "iam:CreateUser", resource: iam("user/mine") }, butMay: null },
  "a foreign group tagged as an own one": {
    asks: {
      action: "ec2:CreateTags",
      resource: ec2("security-group/sg-1"),
      context: tagging({ "routed:environment": OWN }),
    },
    butMay: { context: { ...tagged(OWN), ...tagging({ "routed:environment": OWN }) } },
  },
  "a foreign group tagged as an own one of a name": {
    asks: {
      action: "ec2:CreateTags",
      resource: ec2("security-group/sg-1"),
      context: tagging({ "routed:environment": OWN, Name: `routed-${OWN}-nodes` }),
    },
    butMay: { context: tagging({ "routed:environment": OWN, Name: `routed-${OWN}-unused` }) },
  },
  "a group of somebody's tagged as the unused one": {
    asks: {
      action: "ec2:CreateTags",
      resource: ec2("security-group/sg-1"),
      context: {
        "aws:ResourceTag/Name": "theirs",
        ...tagging({ "routed:environment": OWN, Name: `routed-${OWN}-unused` }),
      },
    },
    butMay: { context: tagging({ "routed:environment": OWN, Name: `routed-${OWN}-unused` }) },
  },
  "a group tagged as the unused one, and deleted": {
    asks: {
      action: "ec2:DeleteSecurityGroup",
      resource: ec2("security-group/sg-1"),
      context: tagged(OWN, `routed-${OWN}-unused`),
    },
    butMay: { context: tagged(OWN) },
  },
  "a group tagged as the unused one, and opened": {
    asks: {
      action: "ec2:AuthorizeSecurityGroupIngress",
      resource: ec2("security-group/sg-1"),
      context: tagged(OWN, `routed-${OWN}-unused`),
    },
    butMay: { context: tagged(OWN) },
  },
  "a group tagged as the unused one, and then renamed": {
    asks: {
      action: "ec2:CreateTags",
      resource: ec2("security-group/sg-1"),
      context: { ...tagged(OWN, `routed-${OWN}-unused`), ...tagging({ Name: "mine" }) },
    },
    butMay: {
      context: { ...tagged(OWN, `routed-${OWN}-unused`), ...tagging({ team: "mine" }) },
    },
  },
  "a group tagged as the unused one, and its name taken off": {
    asks: {
      action: "ec2:DeleteTags",
      resource: ec2("security-group/sg-1"),
      context: { ...tagged(OWN, `routed-${OWN}-unused`), "aws:TagKeys": ["Name"] },
    },
    butMay: { context: { ...tagged(OWN, `routed-${OWN}-unused`), "aws:TagKeys": ["team"] } },
  },
  "a foreign instance tagged as an own one": {
    asks: {
      action: "ec2:CreateTags",
      resource: ec2("instance/i-1"),
      context: tagging({ "routed:environment": OWN }),
    },
    butMay: {
      context: { ...tagging({ "routed:environment": OWN }), "ec2:CreateAction": "RunInstances" },
    },
  },
  "a resource that nobody tagged changed": {
    asks: { action: "ec2:DeleteSubnet", resource: ec2("subnet/subnet-1") },
    butMay: { context: tagged(OWN) },
  },
  "an own node stopped": {
    asks: { action: "ec2:StopInstances", resource: ec2("instance/i-1"), context: tagged(OWN) },
    butMay: null,
  },
  "the state locked by a pull request": {
    by: observer,
    asks: { action: "s3:PutObject", resource: `arn:aws:s3:::states/${OWN}.tfstate.tflock` },
    butMay: { action: "s3:GetObject", resource: `arn:aws:s3:::states/${OWN}.tfstate` },
  },
  "the state unlocked by a pull request": {
    by: observer,
    asks: { action: "s3:DeleteObject", resource: `arn:aws:s3:::states/${OWN}.tfstate.tflock` },
    butMay: { action: "s3:GetObject", resource: `arn:aws:s3:::states/${OWN}.tfstate` },
  },
  "the state written by a pull request": {
    by: observer,
    asks: { action: "s3:PutObject", resource: `arn:aws:s3:::states/${OWN}.tfstate` },
    butMay: { action: "s3:GetObject" },
  },
};

function deniedBut(by: Principal, { asks, butMay }: Attack): void {
  it("is denied", async () => expect(await isAllowed(by, asks)).toBe(false));
  if (butMay === null) return;
  it("and what it is like is allowed", async () =>
    expect(await isAllowed(by, { ...asks, ...butMay })).toBe(true));
}

describe.each(OTHERS)(`who deploys ${OWN} attacks %s:`, (other) => {
  describe.each(Object.entries(onAnother(other)))("%s", (_, attack) =>
    deniedBut(attack.by ?? deployer, attack),
  );
});

describe(`who deploys or reads ${OWN} attempts`, () => {
  describe.each(Object.entries(ELSEWHERE))("%s", (_, attack) =>
    deniedBut(attack.by ?? deployer, attack),
  );
});

describe("a role that was made to allow everything does within its boundary", () => {
  const everything = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  });
  const unbounded: Principal = { role: `routed-${OWN}-node`, accountId, policies: [everything] };
  const node: Principal = { ...unbounded, boundary: account.boundary(OWN) };

  it.each<[string, string]>([
    ["iam:CreateUser", iam("user/mine")],
    ["iam:PutRolePolicy", role(OWN)],
    ["iam:PassRole", role(OWN)],
    ["sts:AssumeRole", iam("role/admin")],
    ["ec2:TerminateInstances", ec2("instance/i-1")],
    ["ec2:RunInstances", ec2("instance/*")],
    ["ecs:UpdateService", ecs(`service/routed-${OWN}/pop1`)],
    ["ecs:UpdateContainerInstancesState", ecs("container-instance/routed-stg/1")],
    ["ecs:RegisterContainerInstance", ecs("cluster/routed-stg")],
    ["s3:GetObject", bucket(OWN, "/addresses.json")],
    ["s3:PutObject", bucket(OWN, "/rollouts/lock.json")],
    ["s3:GetObject", bucket("stg", "/snapshots/1")],
    ["s3:DeleteObject", bucket(OWN, "/snapshots/1")],
    ["ssm:GetParameter", `arn:aws:ssm:${region}:${accountId}:parameter/secret`],
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${region}:${accountId}:secret:one`],
    ["logs:DeleteLogGroup", `arn:aws:logs:${region}:${accountId}:log-group:/ecs/routed-${OWN}`],
  ])("no %s of %s", async (action, resource) => {
    expect(await isAllowed(unbounded, { action, resource })).toBe(true);
    expect(await isAllowed(node, { action, resource })).toBe(false);
  });
});
