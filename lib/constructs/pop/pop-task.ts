import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { formats } from "../../config/cidr";
import { CELL_TAG, CORE_SET_TAG, PLACEMENT_TAG, POP_TAG, SITE_ID_TAG } from "../../config/naming";
import type { BgpSecurityGroup } from "./bgp-security-group";
import type { TaskPorts } from "./container-definitions";
import { popService } from "./pop-service";
import type { TaskPlacement } from "./pop-service";
import { requireRoutedTask, routedTaskDefinition } from "./routed-task-definition";
import type { RoutedTaskProps } from "./routed-task-definition";
import { SNAPSHOT_PREFIX } from "./task-roles";
import { Violations } from "../violations";

export interface PopTaskProps extends RoutedTaskProps {
  /**
   * The PoP's name: 1 to 24 lower-case letters, digits and single hyphens. It names the service and
   * the snapshots. Changing it makes another PoP.
   */
  readonly pop: string;
  /**
   * The site's number, 1 to 50000, unique in the cluster and never given to another PoP; the tasks are
   * told it. Changing it starts new tasks only where the definition is the PoP's own.
   */
  readonly siteId: number;
  /**
   * The ports that the tasks listen on, on every node that runs one: unique over the cluster's
   * PoPs, above 1023. Changing them starts new tasks.
   */
  readonly ports: TaskPorts;
  /** IPv4 and IPv6 blocks of the peers that may reach the BGP port. Changing them restarts nothing. */
  readonly bgpPeers: readonly string[];
  /**
   * The group of the nodes that lets the peers in. Changing it shuts them out for a moment, and
   * restarts nothing.
   */
  readonly bgpSecurityGroup: BgpSecurityGroup;
  readonly cluster: EcsCluster;
  /**
   * The definition of the PoP's tasks, if it shares one with others; it then decides image, limits
   * and ports. Changing it starts new tasks, half of them at a time.
   * @default - one of its own
   */
  readonly taskDefinition?: EcsTaskDefinition;
  /**
   * ARN of a definition that the service has instead, as long as it is to keep what it runs with.
   * Leaving it out starts new tasks, half of them at a time.
   * @default - `taskDefinition`, or the PoP's own
   */
  readonly keptTaskDefinitionArn?: string;
  /**
   * Whether Terraform leaves an existing service's task definition as it is. For deploys that don't
   * know which one it has. Changing it restarts nothing.
   * @default false
   */
  readonly keepsTaskDefinition?: boolean;
  /**
   * `daemon`: one task on every node of the cluster, or of `slots`. `spread`: `tasksPerPop` tasks on
   * distinct nodes, spread over zones. Changing it replaces the service: all of the PoP's tasks stop.
   * @default "daemon"
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html#service_scheduler
   */
  readonly placement?: TaskPlacement;
  /**
   * Tasks of the PoP with placement `spread`, 1 to 200; 2 or more to survive the loss of a node.
   * Not used with `daemon`. Changing it starts or stops only as many tasks as it differs by.
   * @default 2
   */
  readonly tasksPerPop?: number;
  /**
   * With placement `daemon`, the slots whose nodes run a task, by their attribute `routed.slot`.
   * Changing it starts tasks on slots that are added, and stops those on slots that are taken off
   * at once: who moves a PoP adds first, and takes off once it is healthy on those that stay.
   * @default - every node
   */
  readonly slots?: readonly number[];
  /**
   * The cell that serves the PoP: the service's tag `routed:cell`. Changing it restarts nothing.
   * @default - no tag
   */
  readonly cell?: string;
  /**
   * The number of the core set that the PoP's tasks run on, with a definition whose `cpuIsolation` is
   * `cpuset`: the service's tag `routed:core-set`, from 0, unique among the PoPs that share a node.
   * Null leaves the tag of an existing service as it is. A task takes it at its start, so changing it
   * restarts nothing.
   * @default - no tag
   */
  readonly coreSet?: number | null;
  /**
   * With placement `spread`, whether `tasksPerPop` is to put a task on every node: the service's tag
   * `routed:placement`, by which a node without its task counts as not available. Changing it
   * restarts nothing.
   * @default false
   */
  readonly everywhere?: boolean;
  /**
   * Whether Terraform leaves an existing service's placement, number of tasks and tags as they are.
   * For deploys that don't know where the tasks are. Changing it restarts nothing.
   * @default false
   */
  readonly keepsPlacement?: boolean;
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
 * A PoP: its routed tasks, and the way of its BGP peers to them. `NodeRouter` routes the API to them.
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
    this.taskDefinition = props.taskDefinition ?? this.ownDefinition(props, tags);
    this.service = popService(this, "Resource", {
      pop: props.pop,
      cluster: props.cluster,
      taskDefinitionArn: props.keptTaskDefinitionArn ?? this.taskDefinition.arn,
      placement: props.placement ?? "daemon",
      tasksPerPop: props.tasksPerPop ?? 2,
      slots: props.slots ?? null,
      serviceTags: serviceTagsOf(props),
      keepsPlacement: props.keepsPlacement ?? false,
      keepsCoreSet: props.coreSet === null,
      keepsTaskDefinition: props.keepsTaskDefinition ?? false,
      changedAfter: props.changedAfter ?? [],
      // What a task of a shared definition asks for at its start.
      tags: { ...tags, [SITE_ID_TAG]: String(props.siteId) },
    });
    props.bgpSecurityGroup.admit({
      pop: props.pop,
      port: props.ports.bgp,
      peers: props.bgpPeers,
    });
  }

  private ownDefinition(
    props: PopTaskProps,
    tags: Readonly<Record<string, string>>,
  ): EcsTaskDefinition {
    return routedTaskDefinition(this, "task-definition", props, {
      family: `${props.name}-${props.pop}`,
      variables: {
        ROUTED_API_PORT: String(props.ports.api),
        ROUTED_BGP_PORT: String(props.ports.bgp),
        ROUTED_METRICS_PORT: String(props.ports.metrics),
        ROUTED_POP: props.pop,
        ROUTED_SITE_ID: String(props.siteId),
        ROUTED_SNAPSHOT_PREFIX: `${SNAPSHOT_PREFIX}${props.pop}/`,
      },
      logStreamPrefix: props.pop,
      tags,
    });
  }
}

function serviceTagsOf({ cell, coreSet, everywhere }: PopTaskProps): Record<string, string> {
  return {
    ...(cell === undefined ? {} : { [CELL_TAG]: cell }),
    ...(coreSet == null ? {} : { [CORE_SET_TAG]: String(coreSet) }),
    ...(everywhere === true ? { [PLACEMENT_TAG]: "daemon" } : {}),
  };
}

function validate(scope: Construct, id: string, props: PopTaskProps): void {
  const { ports } = props;
  const violations = new Violations()
    .require(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(props.pop) && props.pop.length <= 24,
      "pop",
      "be at most 24 lower-case letters, digits and single hyphens",
      props.pop,
    )
    .requireInteger("siteId", props.siteId, 1, 50000)
    .requireInteger("ports.bgp", ports.bgp, 1024, 65535)
    .requireInteger("ports.api", ports.api, 1024, 65535)
    .requireInteger("ports.metrics", ports.metrics, 1024, 65535)
    .require(
      new Set([ports.bgp, ports.api, ports.metrics]).size === 3,
      "ports",
      "be three different ones",
      ports,
    )
    .require(
      props.bgpPeers.every((peer) => formats.cidr(peer)),
      "bgpPeers",
      "be IPv4 or IPv6 blocks with their first address, like 2001:db8::/32",
      props.bgpPeers,
    )
    .requireInteger("tasksPerPop", props.tasksPerPop ?? 2, 1, 200)
    .requireInteger("coreSet", props.coreSet ?? 0, 0, 9999)
    .require(props.slots?.length !== 0, "slots", "name a slot, or be left out", props.slots);
  requireRoutedTask(violations, props).throwIfAny(scope, id);
}
