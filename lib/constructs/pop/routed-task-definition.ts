import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import { TASK_SETTINGS_TAG } from "../../config/naming";
import { renderContainerDefinitions, TASK_ENVIRONMENT_VOLUME } from "./container-definitions";
import type { ContainerDefinitionsProps, TaskDaemon } from "./container-definitions";
import { MAX_STATE_REBUILD_MINUTES, planHealthCheck } from "./health-check";
import type { Violations } from "../violations";

/** What a routed task is, whichever PoP it is of. */
export interface RoutedTaskProps {
  /** Prefix of the task definition's family, e.g. `routed-prd-na`. Changing it starts new tasks. */
  readonly name: string;
  /** The environment's name, told to the tasks as `ROUTED_ENVIRONMENT`. Changing it starts new tasks. */
  readonly environment: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  /** Where snapshots of the routing state go, below `snapshots/<pop>/`. */
  readonly snapshotBucket: S3Bucket;
  readonly logGroup: CloudwatchLogGroup;
  /** What the task may do. Changing it starts new tasks. */
  readonly taskRole: IamRole;
  /** What ECS starts the task with. Changing it starts new tasks. */
  readonly executionRole: IamRole;
  /**
   * The image of both containers, with its tag or digest. It must contain the commands below.
   * Changing it starts new tasks, half of them at a time.
   */
  readonly image: string;
  /**
   * Hard CPU limit of the whole task in CPU units (1024 are one vCPU), 128 to 196608. Changing it
   * starts new tasks.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size
   */
  readonly cpuUnits: number;
  /** Hard memory limit of the whole task in MiB, 128 or more. Changing it starts new tasks. */
  readonly memoryMiB: number;
  /**
   * How long a task may take to rebuild its state, in minutes, more than 0 and at most 44, before
   * it counts as unhealthy (with a quarter more as a margin). Changing it starts new tasks.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
   */
  readonly stateRebuildMinutes: number;
  /**
   * What the BGP container runs: it speaks BGP on `ROUTED_BGP_PORT`. Changing it starts new tasks.
   * @default ["bird"]
   */
  readonly birdCommand?: readonly string[];
  /**
   * What the API container runs: it serves `ROUTED_API_PORT` and `ROUTED_METRICS_PORT`. Changing
   * it starts new tasks.
   * @default ["api"]
   */
  readonly apiCommand?: readonly string[];
  /**
   * A digest of all that the tasks are made from, which the definition is tagged with. Changing it
   * starts no task by itself.
   * @default - no tag
   */
  readonly settings?: string;
  /**
   * What ECS runs in the BGP container to see whether the task is healthy: status 0 once the
   * routing state is complete. Changing it starts new tasks.
   * @default ["CMD", "healthcheck"]
   */
  readonly healthCheckCommand?: readonly string[];
  /**
   * What ECS runs in the API container to see whether it answers, with the timing of the other check.
   * A task whose API doesn't is replaced, with all of its state. Changing it starts new tasks.
   * @default - ECS doesn't check the API container
   */
  readonly apiHealthCheckCommand?: readonly string[];
  /**
   * Helpers in each task, within its limits; with the two routed containers, and `init` where the
   * definition is shared, at most 10 containers. Changing them starts new tasks.
   * @default - none
   */
  readonly daemons?: readonly TaskDaemon[];
}

interface Definition {
  readonly family: string;
  readonly init?: ContainerDefinitionsProps["init"];
  /** Environment variables besides those of every routed task. */
  readonly variables: Readonly<Record<string, string>>;
  readonly logStreamPrefix: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The task definition of routed tasks: of one PoP, or of all that share it. */
export function routedTaskDefinition(
  scope: Construct,
  id: string,
  props: RoutedTaskProps,
  definition: Definition,
): EcsTaskDefinition {
  return new EcsTaskDefinition(scope, id, {
    family: definition.family,
    requiresCompatibilities: ["EC2"],
    networkMode: "host",
    cpu: String(props.cpuUnits),
    memory: String(props.memoryMiB),
    taskRoleArn: props.taskRole.arn,
    executionRoleArn: props.executionRole.arn,
    ...(definition.init ? { volume: [{ name: TASK_ENVIRONMENT_VOLUME }] } : {}),
    containerDefinitions: renderContainerDefinitions({
      image: props.image,
      birdCommand: props.birdCommand ?? ["bird"],
      apiCommand: props.apiCommand ?? ["api"],
      healthCheckCommand: props.healthCheckCommand ?? ["CMD", "healthcheck"],
      apiHealthCheckCommand: props.apiHealthCheckCommand,
      healthCheck: planHealthCheck(props.stateRebuildMinutes),
      init: definition.init,
      cpuUnits: props.cpuUnits,
      daemons: props.daemons ?? [],
      environment: {
        AWS_REGION: props.region,
        ROUTED_ENVIRONMENT: props.environment,
        ROUTED_SNAPSHOT_BUCKET: props.snapshotBucket.bucket,
        ...definition.variables,
      },
      log: {
        logGroupName: props.logGroup.name,
        region: props.region,
        streamPrefix: definition.logStreamPrefix,
      },
    }),
    // Replaced revisions stay: a rollback needs them, and deregistering costs as much of AWS's
    // tightest rate limit as registering.
    skipDestroy: true,
    tags: {
      ...definition.tags,
      ...(props.settings === undefined ? {} : { [TASK_SETTINGS_TAG]: props.settings }),
    },
  });
}

export function requireRoutedTask(violations: Violations, props: RoutedTaskProps): Violations {
  const { daemons = [], stateRebuildMinutes: rebuild } = props;
  for (const key of ["cpuUnits", "memoryMiB"] as const) {
    const taken = daemons.reduce((sum, daemon) => sum + daemon[key], 0);
    violations.require(
      daemons.length === 0 || taken < props[key],
      `daemons: ${key}`,
      `be less than the task's in all, ${props[key]}`,
      taken,
    );
  }
  return violations
    .requireInteger("cpuUnits", props.cpuUnits, 128, 196608)
    .requireInteger("memoryMiB", props.memoryMiB, 128, 33554432)
    .require(
      rebuild > 0 && rebuild <= MAX_STATE_REBUILD_MINUTES,
      "stateRebuildMinutes",
      `be more than 0 and at most ${MAX_STATE_REBUILD_MINUTES}`,
      rebuild,
    );
}
