import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nodeDaemonService, nodeDaemonTags } from "../../config/naming";
import type { ContainerHealthCheck } from "../pop/health-check";
import { logConfiguration } from "../pop/log-configuration";
import { Violations } from "../violations";
import { cidrId, cidrOf } from "../ipv4-cidr";

/** Sends a target group's requests to the daemon on each node. */
export interface NodeDaemonTarget {
  readonly targetGroup: LbTargetGroup;
  /** One of the daemon's `ports`. */
  readonly port: number;
  /** What must be there first: ECS refuses a target group that no load balancer uses yet. */
  readonly usedBy: ITerraformDependable;
}

/** Lets Prometheus in to the daemon on each node. */
export interface NodeDaemonMetrics {
  /** One of the daemon's `ports`. */
  readonly port: number;
  /** IPv4 and IPv6 blocks that Prometheus scrapes from. */
  readonly cidrs: readonly string[];
  /** A group of every node. */
  readonly securityGroup: SecurityGroup;
}

export interface NodeDaemonProps {
  /** Prefix of the task definition's family, e.g. `routed-prd-na`. Changing it starts new tasks. */
  readonly name: string;
  /**
   * What the daemon is called: 1 to 24 lower-case letters, digits and single hyphens. Changing it
   * makes another daemon.
   */
  readonly daemon: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  readonly cluster: EcsCluster;
  readonly logGroup: CloudwatchLogGroup;
  /** What ECS starts the tasks with. Changing it starts new tasks. */
  readonly executionRole: IamRole;
  /**
   * What the daemon may do. Changing it starts new tasks.
   * @default - nothing
   */
  readonly taskRole?: IamRole;
  /** The image, with its tag or digest. Changing it starts new tasks, half of them at a time. */
  readonly image: string;
  /**
   * Replaces the image's entry point. Changing it starts new tasks.
   * @default - the image's own
   */
  readonly entryPoint?: readonly string[];
  /**
   * What the container runs. Changing it starts new tasks.
   * @default - what the image runs
   */
  readonly command?: readonly string[];
  /**
   * Environment variables. Changing them starts new tasks.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Hard CPU limit in CPU units (1024 are one vCPU), 128 to 196608. What nodes give to daemons is
   * not there for PoPs' tasks. Changing it starts new tasks.
   */
  readonly cpuUnits: number;
  /** Hard memory limit in MiB, 32 or more. Changing it starts new tasks. */
  readonly memoryMiB: number;
  /**
   * TCP ports of the node that the daemon listens on: none of them a PoP's, below 32768. They are told
   * for the checks here, and not mapped. Changing them restarts nothing.
   * @default - none
   */
  readonly ports?: readonly number[];
  /**
   * Changing it starts new tasks.
   * @default - none: a task counts as well while it runs
   */
  readonly healthCheck?: ContainerHealthCheck;
  /**
   * Its port is mapped, of which a node has 100 to give. Changing it starts new tasks.
   * @default - no load balancer knows of the daemon
   */
  readonly target?: NodeDaemonTarget;
  /**
   * Changing it restarts nothing.
   * @default - nobody outside the fleet reaches the daemon
   */
  readonly metrics?: NodeDaemonMetrics;
  /**
   * Absolute paths of the node that the daemon may read: each is mounted, read-only, below `/host`.
   * Changing them starts new tasks.
   * @default - none
   */
  readonly hostPaths?: readonly string[];
  /**
   * Whether a node counts as available only while the daemon is well on it: for what PoPs can't do
   * without. It then needs a health check. Changing it restarts nothing.
   * @default false
   */
  readonly needed?: boolean;
  /**
   * How long the daemon has between SIGTERM and SIGKILL, in seconds, 2 to 120. Changing it starts
   * new tasks.
   * @default 30
   */
  readonly stopTimeoutSeconds?: number;
  /**
   * What one deploy makes, replaces or removes before it makes or changes the daemon, and keeps
   * until it is gone: the fleet's `launched`.
   * @default - nothing
   */
  readonly changedAfter?: readonly ITerraformDependable[];
}

/**
 * A helper that runs once on every node, in host networking, with limits of its own: an ECS service
 * of the strategy DAEMON. It is no PoP: its service is called `node--<daemon>`, which no PoP can be
 * called, and carries the tag `routed:node-daemon` instead of `routed:pop`.
 *
 * ECS starts it on a node that joins the cluster, and stops it last on one that is drained. At most
 * half of its tasks are replaced at a time.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html#service_scheduler_daemon
 */
export class NodeDaemon extends Construct {
  readonly taskDefinition: EcsTaskDefinition;
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: NodeDaemonProps) {
    validate(scope, id, props);
    super(scope, id);
    const { hostPaths = [], metrics, target } = props;
    const tags = nodeDaemonTags(props.daemon, props.needed ?? false);
    this.taskDefinition = new EcsTaskDefinition(this, "task-definition", {
      family: `${props.name}--${props.daemon}`,
      requiresCompatibilities: ["EC2"],
      networkMode: "host",
      cpu: String(props.cpuUnits),
      memory: String(props.memoryMiB),
      ...(props.taskRole === undefined ? {} : { taskRoleArn: props.taskRole.arn }),
      executionRoleArn: props.executionRole.arn,
      ...(hostPaths.length === 0
        ? {}
        : { volume: hostPaths.map((path, index) => ({ name: volumeOf(index), hostPath: path })) }),
      containerDefinitions: renderContainer(props),
      // As with PoPs' revisions: a rollback needs those that were replaced.
      skipDestroy: true,
      tags,
    });
    this.service = new EcsService(this, "Resource", {
      name: nodeDaemonService(props.daemon),
      cluster: props.cluster.arn,
      taskDefinition: this.taskDefinition.arn,
      launchType: "EC2",
      schedulingStrategy: "DAEMON",
      deploymentMinimumHealthyPercent: 50,
      deploymentMaximumPercent: 100,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      availabilityZoneRebalancing: "DISABLED",
      ...(target === undefined
        ? {}
        : {
            loadBalancer: [
              {
                targetGroupArn: target.targetGroup.arn,
                containerName: props.daemon,
                containerPort: target.port,
              },
            ],
          }),
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      waitForSteadyState: false,
      tags,
      dependsOn: [...(target === undefined ? [] : [target.usedBy]), ...(props.changedAfter ?? [])],
    });
    if (metrics !== undefined) this.letPrometheusIn(metrics, tags);
  }

  private letPrometheusIn(
    { cidrs, port, securityGroup }: NodeDaemonMetrics,
    tags: Record<string, string>,
  ): void {
    for (const cidr of cidrs) {
      new VpcSecurityGroupIngressRule(this, `prometheus-${cidrId(cidr)}`, {
        securityGroupId: securityGroup.id,
        description: "Metrics for Prometheus",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        ...cidrOf(cidr),
        tags,
      });
    }
  }
}

/** A volume's name can't hold a path. */
function volumeOf(index: number): string {
  return `host-${index}`;
}

/** Lists that ECS answers with are spelled out, so that no deploy sees a difference. */
function renderContainer(props: NodeDaemonProps): string {
  const { command, entryPoint, environment = {}, healthCheck, hostPaths = [], target } = props;
  return JSON.stringify([
    {
      name: props.daemon,
      image: props.image,
      ...(entryPoint === undefined ? {} : { entryPoint }),
      ...(command === undefined ? {} : { command }),
      essential: true,
      environment: Object.entries(environment)
        .map(([name, value]) => ({ name, value }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      // In host networking a mapping opens nothing, and a node has only 100 to give.
      portMappings:
        target === undefined
          ? []
          : [{ containerPort: target.port, hostPort: target.port, protocol: "tcp" }],
      ...(healthCheck === undefined ? {} : { healthCheck }),
      logConfiguration: logConfiguration({
        logGroupName: props.logGroup.name,
        region: props.region,
        streamPrefix: nodeDaemonService(props.daemon),
      }),
      linuxParameters: {
        capabilities: { add: [], drop: ["ALL"] },
        initProcessEnabled: true,
        tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["noexec", "nosuid", "nodev"] }],
      },
      readonlyRootFilesystem: true,
      stopTimeout: props.stopTimeoutSeconds ?? 30,
      ulimits: [{ name: "nofile", softLimit: 65536, hardLimit: 65536 }],
      mountPoints: hostPaths.map((path, index) => ({
        sourceVolume: volumeOf(index),
        containerPath: path === "/" ? "/host" : `/host${path}`,
        readOnly: true,
      })),
      volumesFrom: [],
      systemControls: [],
    },
  ]);
}

function validate(scope: Construct, id: string, props: NodeDaemonProps): void {
  const ports = props.ports ?? [];
  const violations = new Violations()
    .require(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(props.daemon) && props.daemon.length <= 24,
      "daemon",
      "be at most 24 lower-case letters, digits and single hyphens",
      props.daemon,
    )
    .requireInteger("cpuUnits", props.cpuUnits, 128, 196608)
    .requireInteger("memoryMiB", props.memoryMiB, 32, 33554432)
    .requireInteger("stopTimeoutSeconds", props.stopTimeoutSeconds ?? 30, 2, 120)
    .require(new Set(ports).size === ports.length, "ports", "be different ones", ports)
    .require(
      props.target === undefined || ports.includes(props.target.port),
      "target.port",
      "be one of ports",
      props.target?.port,
    )
    .require(
      props.metrics === undefined || ports.includes(props.metrics.port),
      "metrics.port",
      "be one of ports",
      props.metrics?.port,
    )
    .require(
      (props.hostPaths ?? []).every((path) => path.startsWith("/")),
      "hostPaths",
      "be absolute paths",
      props.hostPaths,
    )
    .require(
      !(props.needed ?? false) || props.healthCheck !== undefined,
      "healthCheck",
      "be given where needed is true",
      props.healthCheck,
    );
  ports.forEach((port) => violations.requireInteger("ports", port, 1024, 32767));
  violations.throwIfAny(scope, id);
}
