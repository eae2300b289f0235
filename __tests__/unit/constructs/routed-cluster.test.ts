import { RoutedCluster } from "../../../lib/index";
import type { RoutedClusterProps } from "../../../lib/index";
import { resourceAt, resourcesOf, synthesizeConstructs } from "../../fixtures/synthesize";
import type { Arguments, SynthesizedStack } from "../../fixtures/synthesize";

const props: RoutedClusterProps = {
  name: "routed-test",
  accountId: "123456789012",
  region: "us-east-2",
  vpcCidr: "10.64.0.0/16",
  availabilityZones: ["us-east-2a", "us-east-2b"],
  apiClientCidrs: ["10.0.0.0/8", "2001:db8:a::/48"],
  apiPorts: { from: 21001, to: 21999 },
  prometheusCidrs: ["10.1.0.0/16"],
  metricsPorts: { from: 22001, to: 22999 },
};

function cluster(overrides: Partial<RoutedClusterProps> = {}): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    new RoutedCluster(stack, "cluster", { ...props, ...overrides });
  });
}

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: unknown;
}

function statementsOf(resource: Arguments, argument = "policy"): Statement[] {
  return (JSON.parse(String(resource[argument])) as { Statement: Statement[] }).Statement;
}

describe("who may come in", () => {
  const stack = cluster();
  const rules = resourcesOf(stack, "aws_vpc_security_group_ingress_rule");
  const summary = rules.map((rule) => [
    String(rule["security_group_id"]).replace(/^.*security-groups_(.*)_[0-9A-F]{8}\.id}$/, "$1"),
    rule["cidr_ipv4"] ??
      rule["cidr_ipv6"] ??
      String(rule["referenced_security_group_id"]).replace(/^.*security-groups_(.*)_.*$/, "$1"),
    `${String(rule["from_port"])}-${String(rule["to_port"])}/${String(rule["ip_protocol"])}`,
  ]);

  it("is API clients, Prometheus, routers, and nobody else: BGP is opened PoP by PoP", () => {
    expect(summary.sort()).toEqual([
      ["load-balancer", "10.0.0.0/8", "80-80/tcp"],
      ["load-balancer", "2001:db8:a::/48", "80-80/tcp"],
      ["nodes", "10.1.0.0/16", "22001-22999/tcp"],
      ["nodes", "load-balancer", "1024-1024/tcp"],
      ["nodes", "nodes", "21001-21999/tcp"],
    ]);
  });

  it("is written in six groups, five of them the nodes'", () => {
    const names = resourcesOf(stack, "aws_security_group").map((group) => group["name"]);
    expect(names.sort()).toEqual([
      "routed-test-bgp-0",
      "routed-test-bgp-1",
      "routed-test-bgp-2",
      "routed-test-bgp-3",
      "routed-test-load-balancer",
      "routed-test-nodes",
    ]);
    for (const group of resourcesOf(stack, "aws_security_group")) {
      // PoPs are let in by the groups themselves: what is not in the list is closed.
      if (String(group["name"]).includes("-bgp-")) expect(group["ingress"]).toEqual([]);
      else expect(group).not.toHaveProperty("ingress");
    }
  });
});

describe("what nodes and tasks may do", () => {
  const registry = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
  const stack = cluster({ images: [`${registry}/routed:1`] });
  const policies = resourcesOf(stack, "aws_iam_role_policy");

  it("is never everything, and only two actions that know no resources are for all", () => {
    const statements = policies.flatMap((policy) => statementsOf(policy));
    expect(statements.flatMap((s) => s.Action).filter((action) => action.includes("*"))).toEqual(
      [],
    );
    const forAll = statements.filter((statement) => statement.Resource.includes("*"));
    expect(forAll.flatMap((s) => s.Action).sort()).toEqual([
      "ecr:GetAuthorizationToken",
      "ecs:DiscoverPollEndpoint",
    ]);
  });

  it("keeps a node's agent to its own cluster", () => {
    const node = statementsOf(resourceAt(stack, "aws_iam_role_policy", "cluster/node-role/agents"));
    expect(node.find(({ Sid }) => Sid === "EcsAgentSession")).toMatchObject({
      Resource: ["arn:aws:ecs:us-east-2:123456789012:container-instance/routed-test/*"],
      Condition: {
        ArnEquals: { "ecs:cluster": expect.stringMatching(/^\$\{aws_ecs_cluster\./) as string },
      },
    });
  });

  it("keeps a task to the snapshots", () => {
    const task = statementsOf(
      resourceAt(stack, "aws_iam_role_policy", "cluster/task-roles/task-policy"),
    );
    expect(task.map(({ Action }) => Action)).toEqual([
      ["s3:GetObject", "s3:PutObject"],
      ["s3:ListBucket"],
    ]);
    expect(task[0]?.Resource[0]).toMatch(/^\$\{aws_s3_bucket\.[^}]*\.arn\}\/snapshots\/\*$/);
    expect(task[1]?.Condition).toEqual({ StringLike: { "s3:prefix": "snapshots/*" } });
  });

  it("lets the task's roles be taken by ECS for this account and region only", () => {
    const role = resourceAt(stack, "aws_iam_role", "cluster/task-roles/task");
    expect(statementsOf(role, "assume_role_policy")).toEqual([
      {
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:ecs:us-east-2:123456789012:*" },
          StringEquals: { "aws:SourceAccount": "123456789012" },
        },
      },
    ]);
  });

  it("gives access to nodes by SSM, not SSH", () => {
    expect(resourcesOf(stack, "aws_iam_role_policy_attachment")).toMatchObject([
      { policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
    ]);
  });
});

describe("the API's load balancer", () => {
  it("is dual-stack, private, logs its accesses and asks the routers", () => {
    const stack = cluster();
    const [loadBalancer] = resourcesOf(stack, "aws_lb");
    expect(loadBalancer).toMatchObject({
      name: "routed-test",
      internal: true,
      ip_address_type: "dualstack",
      drop_invalid_header_fields: true,
      enable_deletion_protection: true,
      access_logs: { enabled: true },
    });
    // It takes no address of a slot: those are reserved before AWS chooses its own.
    const reservations = Object.keys(stack.resource["aws_ec2_subnet_cidr_reservation"] ?? {});
    const [policy, ...reserved] = loadBalancer?.["depends_on"] as string[];
    expect(policy).toMatch(/^aws_s3_bucket_policy\.cluster_buckets_access-logs_policy_/);
    expect(reserved.sort()).toEqual(
      reservations.map((each) => `aws_ec2_subnet_cidr_reservation.${each}`).sort(),
    );
    expect(reservations).toHaveLength(20);
    expect(resourcesOf(stack, "aws_lb_listener")).toMatchObject([
      {
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "forward" }],
      },
    ]);
  });

  it("speaks HTTPS on 443, and only that, with a certificate", () => {
    const certificate = "arn:aws:acm:us-east-2:123456789012:certificate/x";
    const stack = cluster({ apiCertificateArn: certificate });
    expect(resourcesOf(stack, "aws_lb_listener")).toMatchObject([
      { port: 443, protocol: "HTTPS", certificate_arn: certificate },
    ]);
    const group = "api-clients-10-0-0-0-8";
    expect(
      resourceAt(stack, "aws_vpc_security_group_ingress_rule", `cluster/security-groups/${group}`),
    ).toMatchObject({ from_port: 443, to_port: 443 });
  });
});

describe("the buckets", () => {
  it("are named after the cluster and the account", () => {
    expect(
      resourcesOf(cluster(), "aws_s3_bucket")
        .map(({ bucket }) => bucket)
        .sort(),
    ).toEqual(["routed-test-123456789012-access-logs", "routed-test-123456789012-snapshots"]);
  });

  it.each([
    ["aws_s3_bucket_versioning", { versioning_configuration: { status: "Enabled" } }],
    ["aws_s3_bucket_ownership_controls", { rule: { object_ownership: "BucketOwnerEnforced" } }],
    [
      "aws_s3_bucket_public_access_block",
      {
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    ],
    [
      "aws_s3_bucket_server_side_encryption_configuration",
      { rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }] },
    ],
  ])("each have %s", (type, expected) => {
    expect(resourcesOf(cluster(), type)).toMatchObject([expected, expected]);
  });

  // The provider reads each until answers agree, at every plan.
  it("wait with nothing but their policies, and those for what S3 refuses otherwise", () => {
    const waiting = Object.entries(cluster().resource)
      .filter(([type]) => type.startsWith("aws_s3_bucket"))
      .flatMap(([type, resources]) =>
        Object.values(resources).flatMap((resource) =>
          "depends_on" in resource ? [[type, resource["depends_on"]]] : [],
        ),
      );
    const block = expect.stringMatching(/^aws_s3_bucket_public_access_block\./) as string;
    expect(waiting).toEqual([
      ["aws_s3_bucket_policy", [block]],
      ["aws_s3_bucket_policy", [block]],
    ]);
  });

  it("refuse everything that isn't TLS, and take logs from this account's load balancers only", () => {
    const [logs, snapshots] = ["access-logs", "snapshots"].map((bucket) =>
      statementsOf(
        resourceAt(cluster(), "aws_s3_bucket_policy", `cluster/buckets/${bucket}/policy`),
      ),
    );
    for (const statements of [logs, snapshots]) {
      expect(statements?.[0]).toMatchObject({
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
    expect(snapshots).toHaveLength(1);
    expect(logs?.[1]).toMatchObject({
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: ["s3:PutObject"],
      Resource: [expect.stringMatching(/\.arn\}\/AWSLogs\/123456789012\/\*$/)],
    });
  });

  it("expire access logs, but never a snapshot that is in use", () => {
    const rulesOf = (bucket: string) =>
      resourceAt(
        cluster(),
        "aws_s3_bucket_lifecycle_configuration",
        `cluster/buckets/${bucket}/lifecycle`,
      )["rule"] as Arguments[];
    expect(rulesOf("access-logs").flatMap((rule) => rule["expiration"] ?? [])).toEqual([
      { days: 90 },
    ]);
    expect(rulesOf("snapshots").flatMap((rule) => rule["expiration"] ?? [])).toEqual([]);
  });

  it.each([true, false])("with protect %s are deleted only when they are empty", (protect) => {
    for (const bucket of resourcesOf(cluster({ protect }), "aws_s3_bucket")) {
      expect(bucket["force_destroy"]).toBe(!protect);
    }
  });

  it.each([true, false, undefined])("and VPC and cluster are pinned: %s", (pinned) => {
    const stack = cluster({ pinned });
    for (const type of ["aws_s3_bucket", "aws_vpc", "aws_ecs_cluster"]) {
      for (const resource of resourcesOf(stack, type)) {
        expect(resource["lifecycle"]).toEqual({ prevent_destroy: pinned ?? true });
      }
    }
  });
});

describe("the cluster's props", () => {
  it("are checked together", () => {
    expect(() =>
      cluster({ name: "Routed_Test", accountId: "1", availabilityZones: ["us-east-2a"] }),
    ).toThrow(
      "other/cluster: name must be at most 28 lower-case letters, digits and single hyphens, " +
        'got "Routed_Test"; accountId must be 12 digits, got "1"; availabilityZones must name at ' +
        'least 2 zones, which the load balancer needs, got ["us-east-2a"]',
    );
  });

  it.each([
    [28, true],
    [29, false],
  ])("allow a name of %d characters: %s", (length, valid) => {
    const build = () => cluster({ name: "r".repeat(length) });
    if (valid) expect(build).not.toThrow();
    else expect(build).toThrow("name must be at most 28");
  });
});
