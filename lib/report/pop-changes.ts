import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import { rolledPops } from "../plan/image-plan";
import type { ImagePlan } from "../plan/image-plan";
import { popOf } from "../verify/identity";
import type { ResourceChange } from "../terraform/plan";
import type { VerifiedPlan } from "./report-subject";

/** PoPs, by name and sorted, for which the next deploy does more than to take a node from under a task. */
export interface PopChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /**
   * ECS replaces their tasks, one at a time. Where Terraform's plan wasn't given, those that the
   * upgrade plan rolls to another image.
   */
  readonly redeployed: readonly string[];
  /** Something else of theirs changes. Empty where Terraform's plan wasn't given. */
  readonly changed: readonly string[];
}

/** From Terraform's plan; without one, from the config's sites and the services that were observed. */
export function popChanges(
  planned: PlannedEnvironment,
  terraform: VerifiedPlan | null,
): PopChanges {
  return terraform === null
    ? expectedChanges(planned)
    : plannedChanges(terraform.changes, terraform.verdict.facts.deployments, planned.plan.images);
}

function plannedChanges(
  changes: readonly ResourceChange[],
  deployments: readonly string[],
  images: ImagePlan | undefined,
): PopChanges {
  const added = new Set<string>();
  const removed = new Set<string>();
  const redeployed = new Set<string>();
  const changed = new Set<string>();
  for (const change of changes) {
    const pop = popOf(change);
    if (pop === null || change.effect === "none") continue;
    // A definition that no service is given yet changes nothing of the PoP.
    if (change.type === "aws_ecs_task_definition" && images !== undefined) continue;
    if (change.type !== "aws_ecs_service") changed.add(pop);
    else if (change.effect === "create") added.add(pop);
    else if (change.effect === "delete") removed.add(pop);
    else if (deployments.includes(pop)) redeployed.add(pop);
    else changed.add(pop);
  }
  const told = [added, removed, redeployed];
  return {
    added: sorted(added),
    removed: sorted(removed),
    redeployed: sorted(redeployed),
    changed: sorted(changed).filter((pop) => !told.some((pops) => pops.has(pop))),
  };
}

function expectedChanges({ environment, observation, plan }: PlannedEnvironment): PopChanges {
  const nothing = { added: [], removed: [], redeployed: [], changed: [] };
  const { health } = observation;
  if (health.source === "unreadable") return nothing;
  const wanted = new Set(environment.autopilotSites.map(({ name }) => name));
  const running = new Set(health.services.map(({ serviceName }) => serviceName));
  return {
    ...nothing,
    added: sorted([...wanted].filter((pop) => !running.has(pop))),
    removed: sorted([...running].filter((pop) => !wanted.has(pop))),
    redeployed: sorted(rolledPops(plan.images).map(({ pop }) => pop)),
  };
}

function sorted(names: Iterable<string>): string[] {
  return [...names].sort();
}
