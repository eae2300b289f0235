// Generated from lib/observe/observation.schema.json by `npm run generate`. Do not edit.

/**
 * What AWS holds now for one environment. Lists are sorted by id, so that equal states give equal bytes.
 */
export interface Observation {
  formatVersion: 1;
  environment: string;
  /**
   * From STS; a digest of it where the observation is scrubbed, as of account numbers in every other text.
   */
  accountId: string;
  region: string;
  /**
   * AMI id by public SSM parameter name, for each OS and architecture that has one.
   */
  images: {
    [k: string]: string;
  };
  /**
   * The environment's ECS cluster; null where there is none.
   */
  cluster: null | ObservedCluster;
  /**
   * Instances tagged with the environment, in every state but terminated; a shutting-down one is listed.
   */
  instances: ObservedInstance[];
  /**
   * ENIs tagged with the environment: the slots' addresses.
   */
  networkInterfaces: ObservedNetworkInterface[];
  /**
   * EIPs tagged with the environment.
   */
  elasticIps: ObservedElasticIp[];
  /**
   * What carries no tag of the environment, or another's, though something else says that it is the environment's, or could be: instances that are not terminated, ENIs and EIPs. Left out where there is none.
   */
  untagged?: ObservedUntagged[];
  /**
   * The environment's own record of its slots' addresses, which its last deploy wrote; left out where there is none.
   */
  remembered?: RememberedAddress[];
  /**
   * What ECS says of the nodes and their tasks. With source `unreadable` ECS couldn't be read though EC2 could, and no node counts as available.
   */
  health: HealthUnreadable | HealthFromEcs;
}
export interface ObservedCluster {
  clusterArn: string;
  /**
   * ECS's word, e.g. ACTIVE or INACTIVE.
   */
  status: string;
  registeredContainerInstances: number;
}
export interface ObservedInstance {
  instanceId: string;
  /**
   * From the tag routed:node; null without one.
   */
  slot: number | null;
  state: "pending" | "running" | "stopping" | "stopped" | "shutting-down";
  /**
   * The worst of EC2's system, instance and attached EBS checks; not-applicable unless running; unknown where they weren't read.
   */
  statusChecks:
    "ok" | "initializing" | "impaired" | "insufficient-data" | "not-applicable" | "unknown";
  availabilityZone: string;
  amiId: string;
  instanceType: string;
  /**
   * Byte for byte as EC2 gives it; empty without user data.
   */
  userDataBase64: string;
  /**
   * Null where the root volume isn't attached yet, or no more because the instance is shutting down.
   */
  rootVolumeGiB: number | null;
  /**
   * Size of the volume on /dev/xvdb that goes with the instance, which Bottlerocket has; absent without one.
   */
  dataVolumeGiB?: number;
  /**
   * By device index.
   */
  networkInterfaceIds: string[];
  /**
   * ISO 8601, UTC.
   */
  launchTime: string;
}
export interface ObservedNetworkInterface {
  networkInterfaceId: string;
  slot: number | null;
  availabilityZone: string;
  subnetId: string;
  privateIpv4: string;
  ipv6: string[];
  /**
   * The instance that it is attached to.
   */
  instanceId: string | null;
}
export interface ObservedElasticIp {
  allocationId: string;
  slot: number | null;
  publicIpv4: string;
  networkInterfaceId: string | null;
}
export interface ObservedUntagged {
  id: string;
  kind: "instance" | "network-interface" | "elastic-ip";
  /**
   * From the tag routed:environment; null without one.
   */
  environment: string | null;
  /**
   * From the tag routed:node; null without one.
   */
  slot: number | null;
  /**
   * An instance's; left out of others.
   */
  state?: "pending" | "running" | "stopping" | "stopped" | "shutting-down";
  /**
   * An EIP's; left out of others.
   */
  publicIpv4?: string;
  /**
   * Who says that it is the environment's; at least one.
   */
  foundBy: Witness[];
}
export interface Witness {
  /**
   * A container instance of the cluster; an instance, ENI or EIP of the environment that refers to it or that it refers to; the description that an ENI was made with; the record of addresses; its own tag routed:node; the environment's VPC, which it is in.
   */
  kind:
    | "registration"
    | "instance"
    | "network-interface"
    | "elastic-ip"
    | "description"
    | "record"
    | "tag"
    | "vpc";
  /**
   * The ARN or id of the witness; the S3 key of the record; what a description or tag says.
   */
  id: string;
  /**
   * The slot that it is of by this witness; null where the witness doesn't say.
   */
  slot: number | null;
}
export interface RememberedAddress {
  slot: number;
  availabilityZone: string;
  networkInterfaceId: string;
  privateIpv4: string;
  ipv6: string;
  allocationId: string;
  publicIpv4: string;
}
export interface HealthUnreadable {
  source: "unreadable";
  /**
   * Which call failed, and how.
   */
  reason: string;
}
export interface HealthFromEcs {
  source: "ecs";
  /**
   * All container instances that are registered in the cluster, ghosts too.
   */
  containerInstances: ObservedContainerInstance[];
  /**
   * The PoPs' services that are ACTIVE: those with the tag routed:pop, or with the name of a PoP of the config. Other services in the cluster are left out, and so are their tasks.
   */
  services: ObservedService[];
  /**
   * The helpers that every node needs to be available: services with the tags routed:node-daemon and routed:needed-for. They are no PoPs. Left out where there are none.
   */
  nodeDaemons?: ObservedNodeDaemon[];
  /**
   * The task definitions that the services name. Left out where they name none.
   */
  taskDefinitions?: ObservedTaskDefinition[];
  /**
   * The tasks of these services that ECS wants to run; those that it is stopping are left out.
   */
  tasks: ObservedTask[];
}
export interface ObservedContainerInstance {
  containerInstanceArn: string;
  /**
   * The EC2 instance; null where ECS names none.
   */
  instanceId: string | null;
  /**
   * ECS's word: ACTIVE, DRAINING, REGISTERING, …
   */
  status: string;
  /**
   * Debounced: false only where it was so at every look.
   */
  agentConnected: boolean;
  /**
   * From its attribute routed.slot; left out where it has none.
   */
  slot?: number;
  /**
   * The slot's, from its attribute routed.availability-zone; left out where it has none.
   */
  availabilityZone?: string;
  /**
   * The rollout that drained it, from its attribute routed.drained-by; left out where none did, and a person's drain is then a person's.
   */
  drainedBy?: string;
}
export interface ObservedService {
  /**
   * The PoP's name, which is also the value of the service's tag routed:pop; another value is an error.
   */
  serviceName: string;
  scheduling: "DAEMON" | "REPLICA";
  desiredCount: number;
  runningCount: number;
  /**
   * Whether ECS is still replacing the service's tasks: more than one deployment, or the primary one not completed.
   */
  deploymentInProgress: boolean;
  /**
   * The slots whose nodes may run its tasks, by its placement constraint on the attribute routed.slot; left out where it has none.
   */
  slots?: number[];
  /**
   * The service is a REPLICA that is to have a task on every node, by its tag routed:placement; left out otherwise.
   */
  everywhere?: true;
  /**
   * The PoP's cell, by the service's tag routed:cell; left out where it has none.
   */
  cell?: string;
  /**
   * The number of the PoP's core set, by the service's tag routed:core-set; left out where it has none.
   */
  coreSet?: number;
  /**
   * What ECS starts the service's tasks from; after its circuit breaker has gone back, the earlier one. Read only where the config stages images; left out otherwise.
   */
  taskDefinitionArn?: string;
}
export interface ObservedNodeDaemon {
  serviceName: string;
  /**
   * ARNs of the container instances with a task of it that is RUNNING and HEALTHY.
   */
  healthyOn: string[];
}
export interface ObservedTaskDefinition {
  taskDefinitionArn: string;
  /**
   * The BGP container's image.
   */
  image: string;
  /**
   * A digest of all that the config says of the tasks, by the tag routed:task-settings; left out where it has none.
   */
  settings?: string;
}
export interface ObservedTask {
  taskArn: string;
  serviceName: string;
  /**
   * Null before it is placed.
   */
  containerInstanceArn: string | null;
  /**
   * ECS's word: PENDING, RUNNING, …
   */
  lastStatus: string;
  /**
   * ECS's word; where that is UNKNOWN because an essential container has no health check, HEALTHY if all that have one are.
   */
  healthStatus: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
}
