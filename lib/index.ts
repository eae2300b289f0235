/** The constructs, for use in any CDKTF app. */
export { ApiLoadBalancer } from "./constructs/api-load-balancer";
export type { ApiLoadBalancerProps } from "./constructs/api-load-balancer";
export type { TaskPorts } from "./constructs/container-definitions";
export { DualStackNetwork } from "./constructs/dual-stack-network";
export type { DualStackNetworkProps, ZoneSubnet } from "./constructs/dual-stack-network";
export { FleetAlarms } from "./constructs/fleet-alarms";
export type { FleetAlarmsProps } from "./constructs/fleet-alarms";
export { FleetSecurityGroups } from "./constructs/fleet-security-groups";
export type { FleetSecurityGroupsProps, PortRange } from "./constructs/fleet-security-groups";
export { NodeDaemon } from "./constructs/node-daemon";
export type {
  NodeDaemonHealthCheck,
  NodeDaemonProps,
  NodeDaemonTarget,
} from "./constructs/node-daemon";
export { NodeGuard } from "./constructs/node-guard";
export type { NodeGuardProps, ObservedFleet, ObservedNode } from "./constructs/node-guard";
export { NodeRecovery } from "./constructs/node-recovery";
export type { NodeRecoveryProps, RecoveredNode } from "./constructs/node-recovery";
export { NodeRouter } from "./constructs/node-router";
export type { NodeRouterProps } from "./constructs/node-router";
export { PopTask } from "./constructs/pop-task";
export type { PopTaskProps } from "./constructs/pop-task";
export type { TaskPlacement } from "./constructs/pop-service";
export { PrivateBucket } from "./constructs/private-bucket";
export type { PrivateBucketProps } from "./constructs/private-bucket";
export { RoutedCluster } from "./constructs/routed-cluster";
export type { RoutedClusterProps } from "./constructs/routed-cluster";
export type { RoutedPop } from "./constructs/router-config";
export type { RoutedTaskProps } from "./constructs/routed-task-definition";
export { SharedTaskDefinition } from "./constructs/shared-task-definition";
export type { SharedTaskDefinitionProps } from "./constructs/shared-task-definition";
export { StaticNode } from "./constructs/static-node";
export type { StaticNodeProps, StaticNodeSpec } from "./constructs/static-node";
export { StaticNodeFleet } from "./constructs/static-node-fleet";
export type { StaticNodeFleetProps, StaticNodeSlot } from "./constructs/static-node-fleet";
export { RoutedError } from "./errors";
export type { RoutedErrorCode } from "./errors";
