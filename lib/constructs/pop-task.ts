import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { POP_TAG } from "../config/naming";
import { cidrId, cidrOf } from "./cidr-rule";
import { renderContainerDefinitions } from "./container-definitions";
import type { TaskPorts } from "./container-definitions";
import {
  MAX_STATE_REBUILD_MINUTES,
  planHealthCheck,
  rebuildToleranceSeconds,
} from "./health-check";
import { PopApiRoute } from "./pop-api-route";
import { popService } from "./pop-service";
import type { TaskPlacement } from "./pop-service";
import { SNAPSHOT_PREFIX } from "./task-roles";
import { Violations } from "./violations";

export interface PopTaskProps {
  /**
   * Prefix of the task definition's family and of the target group's name, e.g. `routed-prd-na`;
   * the latter, `<name>-<siteId>`, is at most 32 characters. Changing it replaces the PoP's
   * service.
   */
  readonly name: string;
  /** The environment's name, told to the tasks as `ROUTED_ENVIRONMENT`. Changing it starts new tasks. */
  readonly environment: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  /**
   * The PoP's name: 1 to 24 lower-case letters, digits and single hyphens. It names the service,
   * the API's host (`<pop>.…`), the log streams and the snapshots. Changing it makes another PoP.
   */
  readonly pop: string;
  /**
   * The site's number, 1 to 50000, unique in the cluster and never given to another PoP: the
   * priority of the API's rule. Changing it replaces the target group and the service.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
   */
  readonly siteId: number;
  /**
   * The ports that the tasks listen on, on every node that runs one: unique over the cluster's
   * PoPs, above 1023. Changing them starts new tasks.
   */
  readonly ports: TaskPorts;
  /** IPv4 and IPv6 blocks of the peers that may reach the BGP port. Changing them restarts nothing. */
  readonly bgpPeers: readonly string[];
  /** A group of the nodes that holds the peers' rules. Changing it restarts nothing. */
  readonly bgpSecurityGroup: SecurityGroup;
  readonly cluster: EcsCluster;
  readonly vpc: Vpc;
  /** The API's listener. */
  readonly listener: LbListener;
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
   * `daemon`: one task on every node of the cluster. `spread`: `tasksPerPop` tasks on distinct
   * nodes, spread over zones. Changing it replaces the service: all of the PoP's tasks stop.
   * @default "daemon"
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html#service_scheduler
   */
  readonly placement?: TaskPlacement;
  /**
   * Tasks of the PoP with placement `spread`, 1 to 10; 2 or more to survive the loss of a node.
   * Not used with `daemon`. Changing it starts or stops only as many tasks as it differs by.
   * @default 2
   */
  readonly tasksPerPop?: number;
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
   * What ECS runs in the BGP container to see whether the task is healthy: status 0 once the
   * routing state is complete. Changing it starts new tasks.
   * @default ["CMD", "healthcheck"]
   */
  readonly healthCheckCommand?: readonly string[];
  /**
   * Where the API answers 200 when it can be used. Changing it restarts nothing.
   * @default "/healthz"
   */
  readonly apiHealthPath?: string;
  /**
   * What one deploy makes, replaces or removes before it makes or changes the PoP's service, and
   * keeps until the service is gone: the fleet's `launched`. ECS then counts the tasks of a node
   * that is being replaced as lost before a new image lets it stop others; without it, a PoP may
   * lose two tasks at once. Changing it restarts nothing.
   * @default - nothing: the service is changed while nodes are
   */
  readonly changedAfter?: readonly ITerraformDependable[];
}

/**
 * A PoP: its routed tasks, the way of its BGP peers to them, and the API's route to them.
 *
 * Tasks use host networking, so that peers see the node's static addresses; tasks of many PoPs
 * share those, so each PoP has ports of its own.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-host.html
 */
export class PopTask extends Construct {
  readonly taskDefinition: EcsTaskDefinition;
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: PopTaskProps) {
    validate(scope, id, props);
    super(scope, id);
    const tags = { [POP_TAG]: props.pop };
    this.taskDefinition = new EcsTaskDefinition(this, "task-definition", {
      family: `${props.name}-${props.pop}`,
      requiresCompatibilities: ["EC2"],
      networkMode: "host",
      cpu: String(props.cpuUnits),
      memory: String(props.memoryMiB),
      taskRoleArn: props.taskRole.arn,
      executionRoleArn: props.executionRole.arn,
      containerDefinitions: containerDefinitionsOf(props),
      // Replaced revisions stay: a rollback needs them, and deregistering costs as much of AWS's
      // tightest rate limit as registering.
      skipDestroy: true,
      tags,
    });
    const route = new PopApiRoute(this, "api", {
      name: props.name,
      pop: props.pop,
      siteId: props.siteId,
      vpc: props.vpc,
      listener: props.listener,
      apiPort: props.ports.api,
      healthPath: props.apiHealthPath ?? "/healthz",
      tags,
    });
    this.service = popService(this, "Resource", {
      pop: props.pop,
      cluster: props.cluster,
      taskDefinition: this.taskDefinition,
      placement: props.placement ?? "daemon",
      tasksPerPop: props.tasksPerPop ?? 2,
      route,
      apiPort: props.ports.api,
      gracePeriodSeconds: rebuildToleranceSeconds(props.stateRebuildMinutes),
      changedAfter: props.changedAfter ?? [],
      tags,
    });
    for (const peer of props.bgpPeers) {
      new VpcSecurityGroupIngressRule(this, `bgp-${cidrId(peer)}`, {
        securityGroupId: props.bgpSecurityGroup.id,
        description: `BGP of ${props.pop}`,
        ipProtocol: "tcp",
        fromPort: props.ports.bgp,
        toPort: props.ports.bgp,
        ...cidrOf(peer),
        tags,
      });
    }
  }
}

function containerDefinitionsOf(props: PopTaskProps): string {
  return renderContainerDefinitions({
    image: props.image,
    birdCommand: props.birdCommand ?? ["bird"],
    apiCommand: props.apiCommand ?? ["api"],
    healthCheckCommand: props.healthCheckCommand ?? ["CMD", "healthcheck"],
    healthCheck: planHealthCheck(props.stateRebuildMinutes),
    ports: props.ports,
    environment: {
      AWS_REGION: props.region,
      ROUTED_API_PORT: String(props.ports.api),
      ROUTED_BGP_PORT: String(props.ports.bgp),
      ROUTED_ENVIRONMENT: props.environment,
      ROUTED_METRICS_PORT: String(props.ports.metrics),
      ROUTED_POP: props.pop,
      ROUTED_SITE_ID: String(props.siteId),
      ROUTED_SNAPSHOT_BUCKET: props.snapshotBucket.bucket,
      ROUTED_SNAPSHOT_PREFIX: `${SNAPSHOT_PREFIX}${props.pop}/`,
    },
    logGroupName: props.logGroup.name,
    logStreamPrefix: props.pop,
    region: props.region,
  });
}

function validate(scope: Construct, id: string, props: PopTaskProps): void {
  const { ports, stateRebuildMinutes: rebuild } = props;
  new Violations()
    .require(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(props.pop) && props.pop.length <= 24,
      "pop",
      "be at most 24 lower-case letters, digits and single hyphens",
      props.pop,
    )
    .requireInteger("siteId", props.siteId, 1, 50000)
    .require(
      `${props.name}-${props.siteId}`.length <= 32,
      "name",
      "leave room for a hyphen and siteId in 32 characters",
      props.name,
    )
    .requireInteger("ports.bgp", ports.bgp, 1024, 65535)
    .requireInteger("ports.api", ports.api, 1024, 65535)
    .requireInteger("ports.metrics", ports.metrics, 1024, 65535)
    .require(
      new Set([ports.bgp, ports.api, ports.metrics]).size === 3,
      "ports",
      "be three different ones",
      ports,
    )
    .requireInteger("cpuUnits", props.cpuUnits, 128, 196608)
    .requireInteger("memoryMiB", props.memoryMiB, 128, 33554432)
    .requireInteger("tasksPerPop", props.tasksPerPop ?? 2, 1, 10)
    .require(
      rebuild > 0 && rebuild <= MAX_STATE_REBUILD_MINUTES,
      "stateRebuildMinutes",
      `be more than 0 and at most ${MAX_STATE_REBUILD_MINUTES}`,
      rebuild,
    )
    .throwIfAny(scope, id);
}
