import { plannedNodes } from "../../plan/upgrade-plan";
import { attributeChanges } from "../attribute-changes";
import { isOwnRule } from "./check-security-group-rules";
import { describeEffect, inPlaceDisruption } from "../disruption";
import { causeOf, causingAttributes, fateOf, goes, renderAttributes } from "../subject";
import type { VerifySubject } from "../subject";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";

/** What an environment stands on: none of it is ever destroyed or replaced by a deploy. */
const NOUNS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: "the log group",
  aws_default_security_group: "the VPC's default security group",
  aws_ecs_cluster: "the ECS cluster",
  aws_iam_instance_profile: "the nodes' instance profile",
  aws_iam_role: "an IAM role",
  aws_iam_role_policy: "an IAM role's policy",
  aws_iam_role_policy_attachment: "an IAM role's policy attachment",
  aws_internet_gateway: "the internet gateway",
  aws_lb: "the load balancer",
  aws_lb_listener: "the load balancer's listener",
  aws_lb_target_group: "the routers' target group",
  aws_route: "a route",
  aws_route_table: "the route table",
  aws_route_table_association: "a subnet's route table association",
  aws_s3_bucket: "a bucket",
  aws_s3_bucket_lifecycle_configuration: "a bucket's lifecycle configuration",
  aws_s3_bucket_ownership_controls: "a bucket's ownership controls",
  aws_s3_bucket_policy: "a bucket's policy",
  aws_s3_bucket_public_access_block: "a bucket's public access block",
  aws_s3_bucket_server_side_encryption_configuration: "a bucket's encryption",
  aws_s3_bucket_versioning: "a bucket's versioning",
  aws_security_group: "a security group",
  aws_subnet: "a subnet",
  aws_vpc: "the VPC",
};

const RESTORE = "restore it in the stack";

/**
 * Everything that is neither a node's nor a PoP's, and every type that this project doesn't know.
 * What may go is the subnet of a zone that the config dropped and no node is in, and alarms.
 */
export function checkFoundation(
  subject: VerifySubject,
  changes: readonly ResourceChange[],
): Violation[] {
  const droppedSubnets = subnetsOfDroppedZones(subject);
  return changes.flatMap((change) => {
    if (goes(change)) {
      const mayGo = goesWithItsZone(change, droppedSubnets) || onlyWatched(subject, change);
      return mayGo ? [] : [checkGone(change)];
    }
    return change.effect === "update" ? checkInPlace(subject, change) : [];
  });
}

function subnetsOfDroppedZones({ environment, upgradePlan, terraformPlan }: VerifySubject) {
  const nodes = plannedNodes(upgradePlan).map((node) => node.availabilityZone);
  const used = new Set([...environment.aws.availabilityZones, ...nodes]);
  const subnets = terraformPlan.changes.filter(({ type, before }) => {
    const zone = before?.["availability_zone"];
    return type === "aws_subnet" && typeof zone === "string" && !used.has(zone);
  });
  return new Set(subnets.map(({ before }) => before?.["id"]));
}

function goesWithItsZone(change: ResourceChange, dropped: ReadonlySet<unknown>): boolean {
  if (change.effect !== "delete") return false;
  switch (change.type) {
    case "aws_subnet":
      return dropped.has(change.before?.["id"]);
    case "aws_route_table_association":
      return dropped.has(change.before?.["subnet_id"]);
    default:
      return false;
  }
}

/** An alarm, which may come and go with what it watches; the topic only once nobody is to be told. */
function onlyWatched({ environment }: VerifySubject, { type }: ResourceChange): boolean {
  const { enabled, topicArn } = environment.alarms;
  if (type === "aws_sns_topic") return !enabled || topicArn !== undefined;
  return type === "aws_cloudwatch_metric_alarm";
}

function checkGone(change: ResourceChange): Violation {
  const noun = NOUNS[change.type];
  const { address, type } = change;
  return {
    rule: "foundation",
    addresses: [address],
    attributes: causingAttributes(change),
    what: `${noun ?? "it"} would be ${fateOf(change)}${causeOf(change)}`,
    why:
      noun === undefined
        ? `this program doesn't know what depends on a resource of type ${type}`
        : "nodes or PoPs depend on it",
    remedy:
      noun === undefined
        ? `${RESTORE}, or destroy it by hand once you know that nothing needs it`
        : RESTORE,
  };
}

function checkInPlace(subject: VerifySubject, change: ResourceChange): Violation[] {
  const changes = attributeChanges(change).filter(({ name }) => !isOwnRule(subject, change, name));
  const disruption = inPlaceDisruption(change.type, changes);
  if (!disruption) return [];
  const noun = NOUNS[change.type] ?? "it";
  return [
    {
      rule: "foundation",
      addresses: [change.address],
      attributes: disruption.attributes.map(({ path }) => path),
      what: `${noun} would be ${fateOf(change)}${renderAttributes(disruption.attributes)}`,
      why: `what depends on it would be ${describeEffect(disruption.effect)}`,
      remedy: RESTORE,
    },
  ];
}
