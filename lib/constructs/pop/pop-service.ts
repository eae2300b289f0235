import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { CELL_TAG, CORE_SET_TAG, PLACEMENT_TAG } from "../../config/naming";
import { slotExpression } from "../../config/slot-expression";

/** How a PoP's tasks are spread over the nodes; see `PopTaskProps.placement`. */
export type TaskPlacement = "daemon" | "spread";

interface PopServiceProps {
  readonly pop: string;
  readonly cluster: EcsCluster;
  readonly taskDefinitionArn: string;
  readonly placement: TaskPlacement;
  readonly tasksPerPop: number;
  readonly slots: readonly number[] | null;
  readonly keepsPlacement: boolean;
  readonly keepsCoreSet: boolean;
  readonly keepsTaskDefinition: boolean;
  readonly serviceTags: Readonly<Record<string, string>>;
  readonly changedAfter: readonly ITerraformDependable[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The ECS service of a PoP. */
export function popService(scope: Construct, id: string, props: PopServiceProps): EcsService {
  return new EcsService(scope, id, {
    name: props.pop,
    cluster: props.cluster.arn,
    taskDefinition: props.taskDefinitionArn,
    launchType: "EC2",
    ...placementOf(props),
    // One task of two goes before the next comes, since both need the same ports of a node.
    deploymentMinimumHealthyPercent: 50,
    deploymentMaximumPercent: 100,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    // ECS must not stop a healthy task, and lose its state, for the sake of balance.
    availabilityZoneRebalancing: "DISABLED",
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
    // A rebuild takes longer than a deploy should; who deploys looks at the fleet's health.
    waitForSteadyState: false,
    tags: { ...props.tags, ...props.serviceTags },
    ...keptAsIs(props),
    dependsOn: [...props.changedAfter],
  });
}

/** All that says where a service's tasks run, and how many there are. */
const PLACEMENT = [
  "desired_count",
  "ordered_placement_strategy",
  "placement_constraints",
  "scheduling_strategy",
  `tags["${CELL_TAG}"]`,
  `tags["${PLACEMENT_TAG}"]`,
];

function keptAsIs(props: PopServiceProps): Partial<EcsServiceConfig> {
  const { keepsPlacement, keepsCoreSet, keepsTaskDefinition } = props;
  const ignoreChanges = [
    ...(keepsPlacement ? PLACEMENT : []),
    ...(keepsCoreSet ? [`tags["${CORE_SET_TAG}"]`] : []),
    ...(keepsTaskDefinition ? ["task_definition"] : []),
  ];
  return ignoreChanges.length === 0 ? {} : { lifecycle: { ignoreChanges } };
}

function placementOf(props: PopServiceProps): Partial<EcsServiceConfig> {
  switch (props.placement) {
    case "daemon":
      return {
        schedulingStrategy: "DAEMON",
        ...(props.slots === null
          ? {}
          : {
              placementConstraints: [{ type: "memberOf", expression: slotExpression(props.slots) }],
            }),
      };
    case "spread":
      return {
        schedulingStrategy: "REPLICA",
        desiredCount: props.tasksPerPop,
        placementConstraints: [{ type: "distinctInstance" }],
        orderedPlacementStrategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
      };
  }
}
