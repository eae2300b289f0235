import type { Environment } from "../config/environment";
import type { TaskPlacement } from "../constructs/pop/pop-service";
import type { PopTaskProps } from "../constructs/pop/pop-task";
import type { PopImage } from "../plan/image-plan";
import type { PopPlacement } from "../plan/placement-plan";

/** What the upgrade plan decided of a PoP's service. */
export type PlannedPop = Pick<
  PopTaskProps,
  | "placement"
  | "tasksPerPop"
  | "slots"
  | "cell"
  | "coreSet"
  | "everywhere"
  | "keepsPlacement"
  | "keptTaskDefinitionArn"
  | "keepsTaskDefinition"
>;

export function placeProps({ routed }: Environment, place: PopPlacement | undefined): PlannedPop {
  return {
    placement: placementOf(place) ?? routed.placement,
    tasksPerPop: place?.desiredCount ?? routed.tasksPerPop,
    slots: place?.slots ?? undefined,
    cell: place?.cell ?? undefined,
    coreSet: place?.coreSet,
    everywhere: place?.everywhere,
  };
}

/** A PoP that is rolled gets what the config says, as does one that nothing is decided of. */
export function imageProps(image: PopImage | undefined): PlannedPop {
  if (image === undefined || image.action === "roll" || image.taskDefinitionArn === null) return {};
  return { keptTaskDefinitionArn: image.taskDefinitionArn };
}

/** By the scheduling strategy that the service was created with. */
function placementOf(place: PopPlacement | undefined): TaskPlacement | undefined {
  if (place === undefined) return undefined;
  return place.scheduling === "DAEMON" ? "daemon" : "spread";
}
