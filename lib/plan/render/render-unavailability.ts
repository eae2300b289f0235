import { nodesOf } from "../../config/slots";
import type { ObservedInstance } from "../../observe/observation";
import { assertNever } from "../../errors";
import type { BudgetCount, SlotTrouble, Unavailability } from "../reasons";
import { describeParts } from "./render-address-parts";

/** "node 2 is stopped". */
export function renderSlotTrouble({ slot, unavailable }: SlotTrouble): string {
  return `${nodesOf([slot])} ${renderUnavailability(unavailable)}`;
}

/** What follows "node 1 ", e.g. "is stopped". */
export function renderUnavailability(unavailable: Unavailability): string {
  switch (unavailable.kind) {
    case "no-instance":
      return "has no instance";
    case "instance-state":
      return `is ${unavailable.state}`;
    case "status-checks":
      return STATUS_CHECKS[unavailable.result];
    case "address-incomplete":
      return `has no whole address: ${describeParts(unavailable.parts)}`;
    case "ecs-unreadable":
      return "can't be judged, since ECS could not be read";
    case "not-registered":
      return "is not registered in the cluster";
    case "container-instance-status":
      return `is ${unavailable.status} in the cluster${byWhom(unavailable)}`;
    case "agent-disconnected":
      return "has a disconnected ECS agent";
    case "tasks-unhealthy": {
      const { healthy, expected, pops } = unavailable;
      const more = pops.length > 1 ? ` and ${pops.length - 1} more` : "";
      return `has ${healthy} of ${expected} tasks healthy; not that of ${pops[0]}${more}`;
    }
    case "daemons-unhealthy":
      return `has no healthy ${unavailable.daemons.join(", ")}`;
    default:
      return assertNever(unavailable);
  }
}

/** Only a drain is anybody's doing. */
function byWhom({ status, drainedBy }: Extract<Unavailability, { status: string }>): string {
  if (status !== "DRAINING") return "";
  return drainedBy === undefined ? ", by hand" : `, by the rollout ${drainedBy}`;
}

const STATUS_CHECKS: Readonly<Record<Exclude<ObservedInstance["statusChecks"], "ok">, string>> = {
  initializing: "has not passed its status checks yet",
  impaired: "fails its status checks",
  "insufficient-data": "has no result of its status checks",
  "not-applicable": "has no result of its status checks",
  unknown: "has no result of its status checks",
};

/** "2 of 3 nodes available, 1 may be unavailable". */
export function renderBudget({ nodes, available, mayBeUnavailable }: BudgetCount): string {
  return `${available} of ${nodes} nodes available, ${mayBeUnavailable} may be unavailable`;
}
