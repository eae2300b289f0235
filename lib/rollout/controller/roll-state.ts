import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import type { PopImage } from "../../plan/image-plan";
import { renderPopTrouble } from "../../plan/render/render-images";
import { hasSettings, troubleOf } from "../../plan/decide/plan-images";

type Look = Pick<PlannedEnvironment, "observation" | "plan">;

/** What becomes of a PoP that a wave has rolled to another image. */
export type RollState =
  | { readonly kind: "well" }
  /** It has the image and isn't healthy with it yet, or it can't be told. */
  | { readonly kind: "missing"; readonly message: string }
  /** It runs something else: ECS's circuit breaker went back, or somebody else changed it. */
  | { readonly kind: "taken-back"; readonly message: string };

/** By what was observed alone: what the planner makes of it now is another matter. */
export function rollState(roll: PopImage, { observation, plan }: Look): RollState {
  const { pop, settings, wanted } = roll;
  const { health } = observation;
  if (health.source === "unreadable") {
    return { kind: "missing", message: `what ${pop} runs can't be told: ${health.reason}` };
  }
  const service = health.services.find(({ serviceName }) => serviceName === pop);
  const runs = health.taskDefinitions?.find(
    ({ taskDefinitionArn }) => taskDefinitionArn === service?.taskDefinitionArn,
  );
  if (runs === undefined || !hasSettings(runs, { image: wanted, settings })) {
    const other = runs === undefined ? "something else" : runs.image;
    const message = `${pop} runs ${other} rather than ${wanted}, by ECS's circuit breaker or somebody's hand`;
    return { kind: "taken-back", message };
  }
  const trouble = plan.images?.pops.find((each) => each.pop === pop)?.trouble ?? null;
  return trouble === null
    ? { kind: "well" }
    : { kind: "missing", message: `${pop} ${renderPopTrouble(trouble)} with ${wanted}` };
}

/** What is still missing of a PoP whose tasks ECS starts anew, whatever they are made from; null once it is well. */
export function missingOfRestart(pop: string, { observation: { health } }: Look): string | null {
  if (health.source === "unreadable") return `how ${pop} is can't be told: ${health.reason}`;
  const service = health.services.find(({ serviceName }) => serviceName === pop);
  if (service === undefined) return `${pop} has no service`;
  const healthy = health.tasks.filter(
    ({ serviceName, lastStatus, healthStatus }) =>
      serviceName === pop && lastStatus === "RUNNING" && healthStatus === "HEALTHY",
  ).length;
  const trouble = troubleOf(service, healthy);
  return trouble === null ? null : `${pop} ${renderPopTrouble(trouble)}`;
}

/** Whether the PoP was given the image, be it well with it or not. */
export function isRolled(roll: PopImage, look: Look): boolean {
  return rollState(roll, look).kind !== "taken-back";
}
