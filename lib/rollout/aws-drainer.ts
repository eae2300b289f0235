import type { ContainerInstance, Failure } from "@aws-sdk/client-ecs";
import { clusterName, DRAINED_BY_ATTRIBUTE, NOBODY } from "../config/naming";
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

/** A container instance of a node. */
interface Registration {
  readonly arn: string;
  readonly status: string | undefined;
  /** A rollout's id, or `NOBODY`. */
  readonly drainedBy: string;
}

/**
 * Drains nodes through ECS: DRAINING lets ECS stop their tasks, each deregistered from its load
 * balancer first, and place no new ones there.
 *
 * Which rollout drained a node is written on its container instance, in the attribute
 * `routed.drained-by`: only those are set back, and what a person drained stays so.
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
  async start(instanceIds: readonly string[], by: string): Promise<void> {
    const active = (await this.nodes(instanceIds)).filter(({ status }) => status === "ACTIVE");
    // First: what is drained and says nothing of whom is a person's.
    await this.note(active, by);
    await this.setState(active, "DRAINING");
  }

  /** @throws RoutedError `unreadable-aws` */
  async tasksLeft(instanceIds: readonly string[]): Promise<number> {
    const nodes = await this.nodes(instanceIds);
    let left = 0;
    for (const { arn } of nodes) left += await this.tasksOn(arn);
    return left;
  }

  /** @throws RoutedError `unreadable-aws` where ECS can't be asked or refuses */
  async undo(instanceIds: readonly string[]): Promise<void> {
    const own = (await this.nodes(instanceIds)).filter(({ drainedBy }) => drainedBy !== NOBODY);
    await this.setState(
      own.filter(({ status }) => status === "DRAINING"),
      "ACTIVE",
    );
    await this.note(own, NOBODY);
  }

  private async nodes(instanceIds: readonly string[]): Promise<Registration[]> {
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
    return found.flatMap(({ containerInstanceArn: arn, ec2InstanceId: id, status, attributes }) => {
      if (!arn || !id || !instanceIds.includes(id)) return [];
      const drainedBy = attributes?.find(({ name }) => name === DRAINED_BY_ATTRIBUTE)?.value;
      return [{ arn, status, drainedBy: drainedBy ?? NOBODY }];
    });
  }

  /** Writes on container instances who drained them. */
  private async note(nodes: readonly Registration[], by: string): Promise<void> {
    const arns = nodes.map(({ arn }) => arn);
    for (const batch of batches(arns, UPDATE_BATCH)) {
      const attributes = batch.map((targetId) => ({
        ...{ name: DRAINED_BY_ATTRIBUTE, value: by },
        targetId,
      }));
      await this.session.call("putAttributes", { cluster: this.cluster, attributes });
    }
  }

  private async setState(
    nodes: readonly Registration[],
    status: "ACTIVE" | "DRAINING",
  ): Promise<void> {
    const arns = nodes.map(({ arn }) => arn);
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
