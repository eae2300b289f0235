import type {
  Observation,
  ObservedCluster,
  ObservedElasticIp,
  ObservedHealth,
  ObservedInstance,
  ObservedNetworkInterface,
  ObservedNodeDaemon,
  ObservedTaskDefinition,
} from "./observation";

/**
 * The same observation in its one form: keys in the schema's order, lists by id, IPv6 addresses and
 * images by name. Equal states give equal bytes, whoever read or wrote them and in which order AWS
 * answered. An instance's interfaces keep their order, which is that of their device index.
 */
export function canonicalObservation(observation: Observation): Observation {
  return {
    formatVersion: observation.formatVersion,
    environment: observation.environment,
    accountId: observation.accountId,
    region: observation.region,
    images: Object.fromEntries(sortedBy(Object.entries(observation.images), ([name]) => name)),
    cluster: observation.cluster && canonicalCluster(observation.cluster),
    instances: sortedBy(observation.instances.map(canonicalInstance), (item) => item.instanceId),
    networkInterfaces: sortedBy(
      observation.networkInterfaces.map(canonicalNetworkInterface),
      (item) => item.networkInterfaceId,
    ),
    elasticIps: sortedBy(
      observation.elasticIps.map(canonicalElasticIp),
      (item) => item.allocationId,
    ),
    health: canonicalHealth(observation.health),
  };
}

/** Byte order rather than a locale's, which differs between machines. */
function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => {
    const [keyOfA, keyOfB] = [keyOf(a), keyOf(b)];
    return keyOfA < keyOfB ? -1 : keyOfA > keyOfB ? 1 : 0;
  });
}

function canonicalCluster(cluster: ObservedCluster): ObservedCluster {
  return {
    clusterArn: cluster.clusterArn,
    status: cluster.status,
    registeredContainerInstances: cluster.registeredContainerInstances,
  };
}

function canonicalInstance(instance: ObservedInstance): ObservedInstance {
  return {
    instanceId: instance.instanceId,
    slot: instance.slot,
    state: instance.state,
    statusChecks: instance.statusChecks,
    availabilityZone: instance.availabilityZone,
    amiId: instance.amiId,
    instanceType: instance.instanceType,
    userDataBase64: instance.userDataBase64,
    rootVolumeGiB: instance.rootVolumeGiB,
    ...(instance.dataVolumeGiB === undefined ? {} : { dataVolumeGiB: instance.dataVolumeGiB }),
    networkInterfaceIds: [...instance.networkInterfaceIds],
    launchTime: instance.launchTime,
  };
}

function canonicalNetworkInterface(item: ObservedNetworkInterface): ObservedNetworkInterface {
  return {
    networkInterfaceId: item.networkInterfaceId,
    slot: item.slot,
    availabilityZone: item.availabilityZone,
    subnetId: item.subnetId,
    privateIpv4: item.privateIpv4,
    ipv6: sortedBy(item.ipv6, (address) => address),
    instanceId: item.instanceId,
  };
}

function canonicalElasticIp(item: ObservedElasticIp): ObservedElasticIp {
  return {
    allocationId: item.allocationId,
    slot: item.slot,
    publicIpv4: item.publicIpv4,
    networkInterfaceId: item.networkInterfaceId,
  };
}

function canonicalHealth(health: ObservedHealth): ObservedHealth {
  switch (health.source) {
    case "unreadable":
      return { source: health.source, reason: health.reason };
    case "ecs":
      return {
        source: health.source,
        containerInstances: sortedBy(
          health.containerInstances.map((item) => ({
            containerInstanceArn: item.containerInstanceArn,
            instanceId: item.instanceId,
            status: item.status,
            agentConnected: item.agentConnected,
          })),
          (item) => item.containerInstanceArn,
        ),
        services: sortedBy(
          health.services.map((item) => ({
            serviceName: item.serviceName,
            scheduling: item.scheduling,
            desiredCount: item.desiredCount,
            runningCount: item.runningCount,
            deploymentInProgress: item.deploymentInProgress,
            ...(item.slots === undefined ? {} : { slots: [...item.slots].sort((a, b) => a - b) }),
            ...(item.everywhere === undefined ? {} : { everywhere: item.everywhere }),
            ...(item.cell === undefined ? {} : { cell: item.cell }),
            ...(item.coreSet === undefined ? {} : { coreSet: item.coreSet }),
            ...(item.taskDefinitionArn === undefined
              ? {}
              : { taskDefinitionArn: item.taskDefinitionArn }),
          })),
          (item) => item.serviceName,
        ),
        ...canonicalNodeDaemons(health.nodeDaemons ?? []),
        ...canonicalTaskDefinitions(health.taskDefinitions ?? []),
        tasks: sortedBy(
          health.tasks.map((item) => ({
            taskArn: item.taskArn,
            serviceName: item.serviceName,
            containerInstanceArn: item.containerInstanceArn,
            lastStatus: item.lastStatus,
            healthStatus: item.healthStatus,
          })),
          (item) => item.taskArn,
        ),
      };
  }
}

function canonicalNodeDaemons(
  daemons: readonly ObservedNodeDaemon[],
): Partial<Extract<ObservedHealth, { source: "ecs" }>> {
  if (daemons.length === 0) return {};
  return {
    nodeDaemons: sortedBy(
      daemons.map(({ serviceName, healthyOn }) => ({
        serviceName,
        healthyOn: [...healthyOn].sort(),
      })),
      (item) => item.serviceName,
    ),
  };
}

function canonicalTaskDefinitions(
  definitions: readonly ObservedTaskDefinition[],
): Partial<Extract<ObservedHealth, { source: "ecs" }>> {
  if (definitions.length === 0) return {};
  return {
    taskDefinitions: sortedBy(
      definitions.map(({ taskDefinitionArn, image, settings }) => ({
        taskDefinitionArn,
        image,
        ...(settings === undefined ? {} : { settings }),
      })),
      (item) => item.taskDefinitionArn,
    ),
  };
}
