// Generated from lib/observe/observation.schema.json by `npm run generate`. Do not edit.

/**
 * What AWS holds now for one environment. Lists are sorted by id, so that equal states give equal bytes.
 */
export interface Observation {
  formatVersion: 1;
  environment: string;
  /**
   * From STS.
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
  health: ObservedHealth;
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
   * The worse of EC2's system and instance checks; not-applicable unless running; unknown where they weren't read.
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
/**
 * How far the nodes' health was read. With source `ec2` only EC2's state and status checks were, and a running node whose checks pass counts as available.
 */
export interface ObservedHealth {
  source: "ec2";
}
