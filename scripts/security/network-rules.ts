import type { ScannerRule } from "./rule";
import { all, block, isReferredTo, unless } from "./stack-of";
import type { Resource, Stack } from "./stack-of";

const RULES = ["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"];
const EVERYBODY = ["0.0.0.0/0", "::/0"];

/** The ways in: rules of their own, and those that a group holds itself. */
function opened(stack: Stack): [string, Resource][] {
  return [
    ...all(stack, "aws_vpc_security_group_ingress_rule"),
    ...all(stack, "aws_security_group").flatMap(([address, group]) =>
      ([group["ingress"] ?? []].flat() as Resource[]).map((each): [string, Resource] => [
        address,
        each,
      ]),
    ),
  ];
}

function toEverybody(rule: Resource): boolean {
  const blocks = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"];
  return blocks
    .flatMap((name) => [rule[name]].flat())
    .some((each) => EVERYBODY.includes(String(each)));
}

function notOpen(port: number): (stack: Stack) => string[] {
  return (stack) =>
    opened(stack).flatMap(([address, rule]) => {
      const { from_port: from = 0, to_port: to = 65535 } = rule as {
        from_port?: number;
        to_port?: number;
      };
      return toEverybody(rule) && from <= port && port <= to ? [address] : [];
    });
}

/** The network, the load balancer, and who may reach what. */
export const NETWORK_RULES: readonly ScannerRule[] = [
  {
    ids: ["CKV_AWS_23", "AWS-0099", "AWS-0124"],
    asks: "each security group and rule has a description",
    breaks: (stack) =>
      unless(stack, ["aws_security_group", ...RULES], ({ description }) => Boolean(description)),
    because:
      "Three rules between the load balancer and the nodes have none: the group at the other end says what they are for.",
  },
  {
    ids: ["CKV_AWS_24", "AWS-0107"],
    asks: "nobody reaches SSH from everywhere",
    breaks: notOpen(22),
  },
  { ids: ["CKV_AWS_25"], asks: "nobody reaches RDP from everywhere", breaks: notOpen(3389) },
  { ids: ["CKV_AWS_260"], asks: "nobody reaches port 80 from everywhere", breaks: notOpen(80) },
  {
    ids: ["CKV_AWS_277"],
    asks: "no group is open at all ports to everybody",
    breaks: (stack) =>
      opened(stack).flatMap(([address, rule]) =>
        toEverybody(rule) && [rule["ip_protocol"], rule["protocol"]].includes("-1")
          ? [address]
          : [],
      ),
  },
  {
    ids: ["CKV_AWS_382", "AWS-0104"],
    asks: "no group lets out to everybody at all ports",
    breaks: (stack) =>
      unless(stack, ["aws_vpc_security_group_egress_rule"], (rule) => !toEverybody(rule)),
    because:
      "Nodes speak BGP with peers anywhere, and reach AWS and registries without NAT or endpoints; what comes in is limited to the peers.",
  },
  {
    ids: ["CKV2_AWS_5"],
    asks: "each security group is used, where there are nodes",
    breaks: (stack) =>
      unless(
        stack,
        ["aws_security_group"],
        (_, address) =>
          all(stack, "aws_network_interface").length === 0 ||
          isReferredTo(stack, ["aws_network_interface", "aws_lb"], address),
      ),
  },
  {
    ids: ["CKV2_AWS_12", "AWS-0173"],
    asks: "a VPC's default security group lets nothing through",
    breaks: (stack) => [
      ...unless(
        stack,
        ["aws_default_security_group"],
        ({ egress, ingress }) => !egress && !ingress,
      ),
      ...unless(stack, ["aws_vpc"], (_, address) =>
        isReferredTo(stack, ["aws_default_security_group"], address),
      ),
    ],
  },
  {
    ids: ["CKV2_AWS_11", "AWS-0178"],
    asks: "a VPC has flow logs",
    breaks: (stack) => unless(stack, ["aws_vpc"], () => false),
    because:
      "They are the account's to decide, and to pay for by the gigabyte of a fleet's traffic. One that is made beside our stack, on the VPC that has the tag `routed:environment`, is touched by no deploy.",
  },
  {
    ids: ["CKV_AWS_130", "AWS-0164"],
    asks: "subnets give no public addresses by themselves",
    breaks: (stack) =>
      unless(stack, ["aws_subnet"], (each) => each["map_public_ip_on_launch"] === false),
  },
  {
    ids: ["CKV2_AWS_35"],
    asks: "the default route leads to a NAT gateway",
    breaks: (stack) => unless(stack, ["aws_route"], (each) => each["nat_gateway_id"] !== undefined),
    because: "A node's public address is what makes it static: peers know it. NAT would hide it.",
  },
  {
    ids: ["CKV2_AWS_44"],
    asks: "no route to a peered VPC is open to all",
    breaks: (stack) =>
      unless(stack, ["aws_route"], (each) => each["vpc_peering_connection_id"] === undefined),
  },
  {
    ids: ["CKV2_AWS_1"],
    asks: "network ACLs are attached to subnets",
    breaks: (stack) => unless(stack, ["aws_network_acl"], () => false),
  },
  {
    ids: ["CKV2_AWS_19"],
    asks: "each Elastic IP is associated with an instance",
    breaks: (stack) => unless(stack, ["aws_eip"], (each) => each["instance"] !== undefined),
    because:
      "It is associated with the slot's network interface, which outlives every instance that sits on it.",
  },
  {
    ids: ["CKV_AWS_2", "CKV_AWS_103", "CKV2_AWS_20", "CKV2_AWS_74", "AWS-0047", "AWS-0054"],
    asks: "the load balancer speaks HTTPS alone, by TLS 1.2 or later with strong ciphers",
    breaks: (stack) =>
      unless(
        stack,
        ["aws_lb_listener"],
        ({ protocol, ssl_policy: policy }) =>
          protocol === "HTTPS" && /TLS13-1-2/.test(String(policy)),
      ),
    because:
      "Without `network.apiCertificateArn` the API is plain HTTP: a certificate needs a name that is yours. Of a production environment each synthesis tells it. With one there is no HTTP at all, so nothing to redirect.",
  },
  {
    ids: ["CKV_AWS_378"],
    asks: "the load balancer speaks HTTPS with its targets",
    breaks: (stack) =>
      unless(stack, ["aws_lb_target_group"], ({ protocol }) => protocol === "HTTPS"),
    because:
      "Between the load balancer and the routers, within the VPC, it is HTTP: TLS ends at the load balancer.",
  },
  {
    ids: ["CKV_AWS_91"],
    asks: "the load balancer logs requests",
    breaks: (stack) =>
      unless(stack, ["aws_lb"], (each) => block(each, "access_logs")["enabled"] === true),
  },
  {
    ids: ["CKV_AWS_131", "AWS-0052"],
    asks: "the load balancer drops invalid headers",
    breaks: (stack) =>
      unless(stack, ["aws_lb"], (each) => each["drop_invalid_header_fields"] === true),
  },
  {
    ids: ["CKV_AWS_150"],
    asks: "the load balancer is protected from deletion",
    breaks: (stack) =>
      unless(stack, ["aws_lb"], (each) => each["enable_deletion_protection"] === true),
    because:
      "Not where `fleet.protectAddresses` is false: such an environment is there to be destroyed.",
  },
  {
    ids: ["CKV_AWS_152"],
    asks: "a network load balancer balances across zones",
    breaks: (stack) =>
      unless(stack, ["aws_lb"], (each) => each["load_balancer_type"] === "application"),
  },
  {
    ids: ["CKV_AWS_328"],
    asks: "the load balancer defends itself against desync attacks",
    breaks: (stack) =>
      unless(
        stack,
        ["aws_lb"],
        ({ desync_mitigation_mode: mode = "defensive" }) => mode !== "monitor",
      ),
  },
  {
    ids: ["CKV2_AWS_28", "CKV2_AWS_76", "AWS-0053"],
    asks: "the load balancer isn't reached from the internet, or a firewall (WAF) is before it",
    breaks: (stack) => unless(stack, ["aws_lb"], (each) => each["internal"] === true),
  },
  {
    ids: ["CKV_AWS_261", "CKV2_AWS_15"],
    asks: "a target group checks its targets' health over HTTP",
    breaks: (stack) =>
      unless(
        stack,
        ["aws_lb_target_group"],
        (each) => block(each, "health_check")["path"] !== undefined,
      ),
  },
  {
    ids: ["CKV2_AWS_7"],
    asks: "no group of an EMR cluster is open",
    breaks: (stack) => unless(stack, ["aws_emr_cluster"], () => false),
  },
  {
    ids: ["CKV2_AWS_68"],
    asks: "no role of a SageMaker notebook is too wide",
    breaks: (stack) => unless(stack, ["aws_sagemaker_notebook_instance"], () => false),
  },
];
