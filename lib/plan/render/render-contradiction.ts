import { assertNever } from "../../errors";
import type { Contradiction, NamedEip } from "../contradiction";

/** A sentence with its remedy. */
export function renderContradiction(found: Contradiction): string {
  switch (found.kind) {
    case "enis-share-slot":
      return (
        `ENIs ${found.enis.join(" and ")} both claim slot ${found.slot}; ` +
        `remove the tag routed:node from the one that is not the slot's`
      );
    case "eips-share-slot":
      return (
        `${found.eips.map(renderEip).join(" and ")} both claim slot ${found.slot}; ` +
        `remove the tag routed:node from the one that is not the slot's`
      );
    case "eip-on-other-slot":
      return (
        `${renderEip(found.eip)} belongs to slot ${found.slot}, but sits on the ENI of slot ` +
        `${found.holder}; associate it with the ENI of slot ${found.slot} again, or correct the tag ` +
        `routed:node of whichever is wrong`
      );
    case "eip-on-unknown-eni":
      return (
        `${renderEip(found.eip)} of slot ${found.slot} is on ${found.eni}, which is not among the ` +
        `environment's ENIs; observe again, or check the tags of ${found.eni}`
      );
    case "eni-held-by-unknown-instance":
      return (
        `ENI ${found.eni} of slot ${found.slot} is held by ${found.instanceId}, which is not ` +
        `among the environment's instances; check the tags of ${found.instanceId}`
      );
    case "instance-holds-several-enis":
      return (
        `${found.instanceId} holds the ENIs of slots ${found.slots.join(" and ")}; detach the one that ` +
        `isn't its node's, or correct its tag routed:node`
      );
    case "tag-and-eni-disagree": {
      const tagged = found.tagged === null ? "no slot" : `slot ${found.tagged}`;
      return (
        `${found.instanceId} is tagged for ${tagged}, but holds ${found.eni}, the ENI of slot ` +
        `${found.holds}; correct the tag routed:node of whichever is wrong`
      );
    }
    case "instances-share-eni":
      return (
        `${found.instanceIds.join(" and ")} both hold the ENI of slot ${found.slot}; observe again, for ` +
        `EC2 lets only one of them`
      );
    case "instance-and-eni-in-different-zones":
      return (
        `${found.instanceId} is in ${found.instanceZone}, but its ENI ${found.eni} in ` +
        `${found.eniZone}; observe again`
      );
    case "instance-without-its-eni":
      return (
        `${found.instanceId} is tagged for slot ${found.slot}, but does not hold the slot's ENI, ` +
        `and nothing else does; attach the ENI or remove the instance's tags`
      );
    case "nodes-not-visible":
      return (
        `${found.registered} container instances are registered in the cluster, but EC2 shows ` +
        `neither instances nor ENIs with the environment's tag; restore the tags, ` +
        (found.unreadable === undefined
          ? `or where the instances are gone, observe again once their agents are disconnected, and ` +
            `deregister what isn't a slot's`
          : `or observe again once ECS can be read (${found.unreadable})`)
      );
    case "zone-unknown":
      return (
        `the ENI of slot ${found.slot} is gone, whose ${renderEip(found.eip)} is left, and nothing tells ` +
        `in which zone it was; ` +
        (found.unreadable === undefined
          ? ""
          : `observe again once ECS can be read (${found.unreadable}), or `) +
        `make it again there, with its private IPv4 and IPv6, and ${found.command}`
      );
    case "witnesses-disagree":
      return found.sentence;
    case "no-root-volume":
      return (
        `${found.instanceId} shows no root volume, so its spec can't be kept; ` +
        `wait until it has started and observe again`
      );
    default:
      return assertNever(found);
  }
}

function renderEip({ publicIpv4, allocationId }: NamedEip): string {
  return `EIP ${publicIpv4} (${allocationId})`;
}
