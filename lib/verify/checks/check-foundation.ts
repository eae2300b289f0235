import { isRecoverable } from "../../config/instance-type";
import { plannedNodes } from "../../plan/upgrade-plan";
import { attributeChanges } from "../attribute-changes";
import { isOfNodeDaemon } from "./check-node-daemons";
import { isOwnRule } from "./check-security-group-rules";
import { judgeOf } from "../judges/judges";
import { zonesOf } from "../judges/network-judges";
import { describeEffect, inPlaceDisruption } from "../disruption";
import { causeOf, causingAttributes, fateOf, goes, renderAttributes } from "../subject";
import type { VerifySubject } from "../subject";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";

const RESTORE = "restore it in the stack";

/**
 * Everything that is neither a node's nor a PoP's, and every type that this project doesn't know.
 * What may go is the subnet of a zone that the config dropped and no node is in, and alarms.
 */
export function checkFoundation(subject: VerifySubject): Violation[] {
  const droppedSubnets = subnetsOfDroppedZones(subject);
  return subject.terraformPlan.changes
    .filter((change) => !isJudgedElsewhere(change))
    .flatMap((change) => {
      if (judgeOf(change.type) === undefined) return [checkGone(change)];
      if (goes(change)) {
        const mayGo = goesWithItsZone(change, droppedSubnets) || isNotWanted(subject, change);
        return mayGo ? [] : [checkGone(change)];
      }
      return change.effect === "update" ? checkInPlace(subject, change) : [];
    });
}

/** A node daemon's own are judged with it, whatever their type. */
function isJudgedElsewhere(change: ResourceChange): boolean {
  const judge = judgeOf(change.type);
  return judge !== undefined && (judge.by !== "foundation" || isOfNodeDaemon(change));
}

function subnetsOfDroppedZones(subject: VerifySubject) {
  const used = zonesOf(subject);
  const subnets = subject.terraformPlan.changes.filter(({ type, before }) => {
    const zone = before?.["availability_zone"];
    return type === "aws_subnet" && typeof zone === "string" && !used.includes(zone);
  });
  return new Set(subnets.map(({ before }) => before?.["id"]));
}

function goesWithItsZone(change: ResourceChange, dropped: ReadonlySet<unknown>): boolean {
  if (change.effect !== "delete") return false;
  switch (change.type) {
    case "aws_subnet":
      return dropped.has(change.before?.["id"]);
    case "aws_ec2_subnet_cidr_reservation":
    case "aws_route_table_association":
      return dropped.has(change.before?.["subnet_id"]);
    default:
      return false;
  }
}

/** An alarm that the config asks for no more, or of a node that goes; the topic once nobody is to be told. */
function isNotWanted(
  { environment, upgradePlan }: VerifySubject,
  { before, deposed, effect, type }: ResourceChange,
): boolean {
  const { enabled, topicArn } = environment.alarms;
  if (type === "aws_sns_topic") return !enabled || topicArn !== undefined;
  if (type !== "aws_cloudwatch_metric_alarm" || effect === "forget") return false;
  if (effect === "replace" || deposed !== null) return true;
  const name = String(before?.["alarm_name"]);
  const [, kind, slot] = /-(node-recovery|node-status)-(\d+)$/.exec(name) ?? [];
  const node = plannedNodes(upgradePlan).find((each) => String(each.slot) === slot);
  if (kind !== undefined && node === undefined) return true;
  if (kind !== "node-recovery") return !enabled;
  return !environment.fleet.autoRecovery || !isRecoverable(node?.spec.instanceType ?? "");
}

function checkGone(change: ResourceChange): Violation {
  const noun = judgeOf(change.type)?.noun;
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
  const noun = judgeOf(change.type)?.noun ?? "it";
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
