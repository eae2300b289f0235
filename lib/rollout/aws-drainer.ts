import type { ContainerInstance, Failure } from "@aws-sdk/client-ecs";
import { clusterName } from "../config/naming";
import { RoutedError } from "../errors";
import { ROLLOUT_CALLS } from "../aws/rollout-calls";
import type { RolloutSession } from "../aws/rollout-calls";
import type { DrainPort } from "./ports";
import { batches } from "../aws/concurrency";

/** The most that each of these calls takes. */
const UPDATE_BATCH = 10;
const DESCRIBE_BATCH = 100;
/** The largest page of ECS's lists. */
const LIST_PAGE = 100;

/** ECS's word for what isn't there any more, or not yet. */
const MISSING = "MISSING";

/**
 * Drains nodes through ECS: DRAINING lets ECS stop their tasks, each deregistered from its load
 * balancer first, and place no new ones there.
 *
 * A node is found by its instance's id, so that the container instances that terminated nodes left
 * behind are never touched.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
export class AwsDrainer implements DrainPort {
  private readonly cluster: string;

  constructor(private readonly session: RolloutSession) {
    this.cluster = clusterName(session.environment.name);
  }

  /** @throws RoutedError `unreadable-aws` where ECS can't be asked or refuses */
  async start(instanceIds: readonly string[]): Promise<void> {
    const active = await this.nodes(instanceIds, "ACTIVE");
    await this.setState(active, "DRAINING");
  }

  /** @throws RoutedError `unreadable-aws` */
  async tasksLeft(instanceIds: readonly string[]): Promise<number> {
    const nodes = await this.nodes(instanceIds);
    let left = 0;
    for (const containerInstance of nodes) left += await this.tasksOn(containerInstance);
    return left;
  }

  /** @throws RoutedError `unreadable-aws` where ECS can't be asked or refuses */
  async undo(instanceIds: readonly string[]): Promise<void> {
    const draining = await this.nodes(instanceIds, "DRAINING");
    await this.setState(draining, "ACTIVE");
  }

  /** ARNs of the instances' container instances that are in a state, or in any. */
  private async nodes(instanceIds: readonly string[], status?: string): Promise<string[]> {
    if (instanceIds.length === 0) return [];
    const { cluster } = this;
    const pages = await this.session.pages("listContainerInstances", {
      cluster,
      maxResults: LIST_PAGE,
    });
    const arns = pages.flatMap((page) => page.containerInstanceArns ?? []);
    const found: ContainerInstance[] = [];
    for (const containerInstances of batches(arns, DESCRIBE_BATCH)) {
      const answer = await this.session.call("describeContainerInstances", {
        cluster,
        containerInstances,
      });
      this.refuseFailures("describeContainerInstances", answer.failures);
      found.push(...(answer.containerInstances ?? []));
    }
    return found.flatMap(({ containerInstanceArn: arn, ec2InstanceId: id, status: is }) =>
      arn && id && instanceIds.includes(id) && (status === undefined || is === status) ? [arn] : [],
    );
  }

  private async setState(arns: readonly string[], status: "ACTIVE" | "DRAINING"): Promise<void> {
    for (const containerInstances of batches(arns, UPDATE_BATCH)) {
      const { failures } = await this.session.call("updateContainerInstancesState", {
        cluster: this.cluster,
        containerInstances,
        status,
      });
      this.refuseFailures("updateContainerInstancesState", failures);
    }
  }

  /** Those that ECS wants to run, and those that it stops and that haven't ended yet. */
  private async tasksOn(containerInstance: string): Promise<number> {
    const { cluster } = this;
    const arns: string[] = [];
    for (const desiredStatus of ["RUNNING", "STOPPED"] as const) {
      const pages = await this.session.pages("listTasks", {
        cluster,
        containerInstance,
        desiredStatus,
        maxResults: LIST_PAGE,
      });
      arns.push(...pages.flatMap((page) => page.taskArns ?? []));
    }
    let left = 0;
    for (const tasks of batches([...new Set(arns)], DESCRIBE_BATCH)) {
      const answer = await this.session.call("describeTasks", { cluster, tasks });
      this.refuseFailures("describeTasks", answer.failures);
      left += (answer.tasks ?? []).filter(({ lastStatus }) => lastStatus !== "STOPPED").length;
    }
    return left;
  }

  /** What has gone in between is no failure: it needs no draining any more. */
  private refuseFailures(
    call: keyof typeof ROLLOUT_CALLS,
    failures: readonly Failure[] | undefined,
  ): void {
    const refused = (failures ?? []).find(({ reason }) => reason !== MISSING);
    if (refused === undefined) return;
    const { arn = "a resource", reason = "no reason", detail } = refused;
    const said = detail === undefined ? reason : `${reason} (${detail})`;
    throw new RoutedError(
      "unreadable-aws",
      `${this.session.environment.name}: ${ROLLOUT_CALLS[call]} refused ${arn} with ${said}; look at the container instance in ECS and run again`,
    );
  }
}
