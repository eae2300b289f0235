import { slotOf } from "../identity";
import { fateOf, nodeLabel } from "../subject";
import type { VerifySubject } from "../subject";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";

/**
 * What Terraform would make though AWS holds it already: its state has lost it, and a second one would
 * be made, or the first be given up. Whatever drifted away and is made again isn't among that: then AWS
 * doesn't hold it.
 */
export function checkLost(subject: VerifySubject): Violation[] {
  return subject.terraformPlan.changes.flatMap((change) => {
    if (change.effect !== "create" || change.deposed !== null) return [];
    const held = heldAs(subject, change);
    if (held === null) return [];
    return [
      {
        rule: "addresses",
        addresses: [change.address],
        attributes: [],
        what: `${nodeLabel(change)} would be ${fateOf(change)}`,
        why: `AWS holds it already (${held}), and Terraform's state has lost it`,
        remedy: `take it back into the state (terraform import ${change.address} ${held}), and plan again`,
      },
    ];
  });
}

/** What AWS holds in its place; null where that isn't known to be. */
function heldAs(
  { observation, upgradePlan }: VerifySubject,
  change: ResourceChange,
): string | null {
  const { slot } = slotOf(change);
  const { type, after } = change;
  switch (type) {
    case "aws_network_interface": {
      const eni = observation?.networkInterfaces.find((each) => each.slot === slot);
      return eni?.networkInterfaceId ?? decidedAddress(upgradePlan, slot);
    }
    case "aws_eip": {
      const eip = observation?.elasticIps.find((each) => each.slot === slot);
      return eip?.allocationId ?? null;
    }
    case "aws_vpc":
    case "aws_internet_gateway": {
      // A node's address lies in it.
      const [eni] = observation?.networkInterfaces ?? [];
      return eni === undefined ? null : `that of ${eni.networkInterfaceId}`;
    }
    case "aws_subnet": {
      const zone = after?.["availability_zone"];
      const eni = observation?.networkInterfaces.find((each) => each.availabilityZone === zone);
      return eni === undefined ? null : `that of ${eni.networkInterfaceId}`;
    }
    case "aws_ecs_cluster":
      // One that was deleted stays known for a time.
      return observation?.cluster?.status === "ACTIVE" ? observation.cluster.clusterArn : null;
    case "aws_ecs_service": {
      const health = observation?.health;
      const name = after?.["name"];
      if (health?.source !== "ecs") return null;
      const all = [...health.services, ...(health.nodeDaemons ?? [])];
      const service = all.find((each) => each.serviceName === name);
      return service === undefined ? null : String(name);
    }
    default:
      return null;
  }
}

function decidedAddress(
  { decisions }: VerifySubject["upgradePlan"],
  slot: number | null,
): string | null {
  const decision = decisions.find((each) => each.slot === slot);
  if (decision === undefined) return null;
  const has =
    decision.action === "create"
      ? decision.why.kind === "address-without-instance"
      : decision.action !== "allocate" && decision.action !== "remove";
  return has ? `the ENI of node ${slot}` : null;
}
