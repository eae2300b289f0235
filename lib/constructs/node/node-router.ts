import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ROUTER_DAEMON, ROUTER_PORT } from "../../config/naming";
import { ROUTER_LIMITS } from "../../config/node-daemons";
import { NodeDaemon } from "./node-daemon";
import { renderRouterCommand, renderRouterConfig, ROUTER_HEALTH_PATH } from "./router-config";
import type { RouterConfigProps } from "./router-config";
import { Violations } from "../violations";

export interface NodeRouterProps extends RouterConfigProps {
  /** Prefix of the task definition's family, e.g. `routed-prd-na`. Changing it starts new tasks. */
  readonly name: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  readonly cluster: EcsCluster;
  readonly logGroup: CloudwatchLogGroup;
  /** What ECS starts the tasks with. */
  readonly executionRole: IamRole;
  /** The load balancer's group that sends requests to the routers. */
  readonly targetGroup: LbTargetGroup;
  /** What sends requests to the group. */
  readonly listener: ITerraformDependable;
  /**
   * HAProxy 2.6 or later with a POSIX shell and `awk`, with its tag or digest. Changing it starts
   * new routers, half of them at a time.
   */
  readonly image: string;
  /**
   * What one deploy makes, replaces or removes before it makes or changes the routers.
   * @default - nothing
   */
  readonly changedAfter?: readonly ITerraformDependable[];
}

/**
 * Routes the API on each node: one target group for the load balancer, however many PoPs there are.
 * A new PoP, or a new node, starts new routers, half of them at a time; the load balancer has taken
 * a router out before it stops, so clients notice nothing.
 */
export class NodeRouter extends Construct {
  readonly daemon: NodeDaemon;

  constructor(scope: Construct, id: string, props: NodeRouterProps) {
    const config = renderRouterConfig(props);
    validate(scope, id, props, config);
    super(scope, id);
    const healthUrl = `http://127.0.0.1:${ROUTER_PORT}${ROUTER_HEALTH_PATH}`;
    this.daemon = new NodeDaemon(this, "daemon", {
      name: props.name,
      daemon: ROUTER_DAEMON,
      region: props.region,
      cluster: props.cluster,
      logGroup: props.logGroup,
      executionRole: props.executionRole,
      image: props.image,
      command: renderRouterCommand(),
      environment: { ROUTER_CONFIG: config, ROUTER_FILE: "/tmp/haproxy.cfg" },
      ...ROUTER_LIMITS,
      ports: [ROUTER_PORT],
      healthCheck: {
        command: ["CMD", "wget", "-q", "-O", "/dev/null", healthUrl],
        interval: 10,
        retries: 3,
        startPeriod: 10,
        timeout: 5,
      },
      target: { targetGroup: props.targetGroup, port: ROUTER_PORT, usedBy: props.listener },
      needed: true,
      changedAfter: props.changedAfter,
    });
  }
}

/** What ECS takes, less what the definition holds besides the configuration. */
const MAX_CONFIG_BYTES = 60 * 1024;

function validate(scope: Construct, id: string, props: NodeRouterProps, config: string): void {
  // As JSON, in which a line's end takes two bytes.
  const bytesOf = (text: string) => Buffer.byteLength(JSON.stringify(text));
  const bytes = bytesOf(config);
  const each = (bytes - bytesOf(renderRouterConfig({ ...props, pops: [] }))) / props.pops.length;
  const fit = props.pops.length - Math.ceil((bytes - MAX_CONFIG_BYTES) / each);
  new Violations()
    .require(
      bytes <= MAX_CONFIG_BYTES,
      "pops",
      `fit into a task definition: ${MAX_CONFIG_BYTES} bytes of configuration, which about ${fit} PoPs do`,
      props.pops.length,
    )
    .throwIfAny(scope, id);
}
