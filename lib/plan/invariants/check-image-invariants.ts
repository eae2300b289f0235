import type { Observation } from "../../observe/observation";
import type { DesiredFleet } from "../desired/desired-fleet";
import type { UpgradePlan } from "../upgrade-plan";

/**
 * New images reach canaries first and others in batches, each on top of healthy ones only, and none
 * beside a node's change; all that aren't rolled keep the task definition that they have.
 *
 * @returns what is violated, as sentences; empty where all is well
 */
export function checkImages(
  { images: desired, pops }: DesiredFleet,
  { health }: Observation,
  { decisions, images, placement }: UpgradePlan,
): string[] {
  if (desired === undefined || health.source !== "ecs" || images === undefined) return [];
  const definitions = new Map(health.taskDefinitions?.map((d) => [d.taskDefinitionArn, d]));
  const services = new Map(health.services.map((s) => [s.serviceName, s]));
  const isCanary = (pop: string) => desired.canaries.includes(pop);
  const isDone = (pop: string) => {
    const { image, settings } = isCanary(pop) ? desired.canary : desired.others;
    const runs = definitions.get(services.get(pop)?.taskDefinitionArn ?? "");
    return runs !== undefined && (runs.settings ?? settings) === settings && runs.image === image;
  };
  const isWell = (pop: string) => {
    const service = services.get(pop);
    const healthy = health.tasks.filter(
      (t) => t.serviceName === pop && t.lastStatus === "RUNNING" && t.healthStatus === "HEALTHY",
    );
    return (
      service?.deploymentInProgress === false && healthy.length >= Math.max(1, service.desiredCount)
    );
  };
  const rolled = images.pops.filter(({ action }) => action === "roll").map(({ pop }) => pop);
  const violations = images.pops.flatMap(({ pop, action, taskDefinitionArn }) =>
    action === "keep" && taskDefinitionArn !== services.get(pop)?.taskDefinitionArn
      ? [`${pop} would not keep its task definition`]
      : [],
  );
  if (rolled.length === 0) return violations;
  if (placement !== undefined && placement.moves.length > 0) {
    violations.push("PoPs are rolled to another image while PoPs move");
  }
  if (decisions.some(({ action }) => action !== "keep" && action !== "leave")) {
    violations.push("PoPs are rolled to another image while nodes change");
  }
  if (rolled.length > (desired.popsPerWave ?? Infinity)) {
    violations.push(
      `${rolled.length} PoPs are rolled at once, but only ${desired.popsPerWave} may be`,
    );
  }
  const unproved = pops.map(({ name }) => name).filter((pop) => isDone(pop) && !isWell(pop));
  if (unproved.length > 0) {
    violations.push(`PoPs are rolled though ${unproved.join(", ")} is not healthy with its image`);
  }
  const missing = desired.canaries.filter((pop) => !isDone(pop));
  if (missing.length > 0 && rolled.some((pop) => !isCanary(pop))) {
    violations.push(`PoPs are rolled before the canaries ${missing.join(", ")}`);
  }
  return violations;
}
