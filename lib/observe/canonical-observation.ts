import type {
  Observation,
  ObservedCluster,
  ObservedContainerInstance,
  ObservedElasticIp,
  ObservedHealth,
  ObservedInstance,
  ObservedNetworkInterface,
  ObservedNodeDaemon,
  ObservedService,
  ObservedTask,
  ObservedTaskDefinition,
  ObservedUntagged,
  RememberedAddress,
  Witness,
} from "./observation";

type HealthOf<Source> = Extract<ObservedHealth, { source: Source }>;

/**
 * The form of each member of `T`, in the schema's order. Every member must have one, optional ones
 * too: what the schema gets anew doesn't compile before it is decided here. A form that gives
 * undefined leaves its member out.
 */
type Form<T> = {
  readonly [Key in keyof T]-?: (value: Exclude<T[Key], undefined>) => T[Key];
};

/** What brings an item into its form. */
function inForm<T extends object>(form: Form<T>): (item: T) => T {
  const members = Object.entries(form) as [keyof T, (value: unknown) => T[keyof T]][];
  return (item) => {
    const result: Partial<T> = {};
    for (const [key, formOf] of members) {
      const value = item[key];
      const formed = value === undefined ? undefined : formOf(value);
      if (formed !== undefined) result[key] = formed;
    }
    return result as T;
  };
}

const asItIs = <T>(value: T): T => value;

/** A list of items in their form, by their id. */
const listOf =
  <T>(formed: (item: T) => T, idOf: (item: T) => string) =>
  (items: readonly T[]): T[] =>
    sortedBy(items.map(formed), idOf);

/** The same, left out where there is none. */
const listOfSome =
  <T>(formed: (item: T) => T, idOf: (item: T) => string) =>
  (items: readonly T[]): T[] | undefined =>
    items.length === 0 ? undefined : sortedBy(items.map(formed), idOf);

const sortedTexts = (texts: readonly string[]): string[] => sortedBy(texts, asItIs);

/** Byte order rather than a locale's, which differs between machines. */
function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => {
    const [keyOfA, keyOfB] = [keyOf(a), keyOf(b)];
    return keyOfA < keyOfB ? -1 : keyOfA > keyOfB ? 1 : 0;
  });
}

const cluster = inForm<ObservedCluster>({
  clusterArn: asItIs,
  status: asItIs,
  registeredContainerInstances: asItIs,
});

const instance = inForm<ObservedInstance>({
  instanceId: asItIs,
  slot: asItIs,
  state: asItIs,
  statusChecks: asItIs,
  availabilityZone: asItIs,
  amiId: asItIs,
  instanceType: asItIs,
  userDataBase64: asItIs,
  rootVolumeGiB: asItIs,
  dataVolumeGiB: asItIs,
  networkInterfaceIds: (ids) => [...ids],
  launchTime: asItIs,
});

const networkInterface = inForm<ObservedNetworkInterface>({
  networkInterfaceId: asItIs,
  slot: asItIs,
  availabilityZone: asItIs,
  subnetId: asItIs,
  privateIpv4: asItIs,
  ipv6: sortedTexts,
  instanceId: asItIs,
});

const elasticIp = inForm<ObservedElasticIp>({
  allocationId: asItIs,
  slot: asItIs,
  publicIpv4: asItIs,
  networkInterfaceId: asItIs,
});

const witness = inForm<Witness>({ kind: asItIs, id: asItIs, slot: asItIs });

const untagged = inForm<ObservedUntagged>({
  id: asItIs,
  kind: asItIs,
  environment: asItIs,
  slot: asItIs,
  state: asItIs,
  publicIpv4: asItIs,
  foundBy: listOf(witness, ({ kind, id, slot }) => `${kind} ${id} ${slot}`),
});

const remembered = inForm<RememberedAddress>({
  slot: asItIs,
  availabilityZone: asItIs,
  networkInterfaceId: asItIs,
  privateIpv4: asItIs,
  ipv6: asItIs,
  allocationId: asItIs,
  publicIpv4: asItIs,
});

const containerInstance = inForm<ObservedContainerInstance>({
  containerInstanceArn: asItIs,
  instanceId: asItIs,
  status: asItIs,
  agentConnected: asItIs,
  slot: asItIs,
  availabilityZone: asItIs,
});

const service = inForm<ObservedService>({
  serviceName: asItIs,
  scheduling: asItIs,
  desiredCount: asItIs,
  runningCount: asItIs,
  deploymentInProgress: asItIs,
  slots: (slots) => [...slots].sort((a, b) => a - b),
  everywhere: asItIs,
  cell: asItIs,
  coreSet: asItIs,
  taskDefinitionArn: asItIs,
});

const nodeDaemon = inForm<ObservedNodeDaemon>({ serviceName: asItIs, healthyOn: sortedTexts });

const taskDefinition = inForm<ObservedTaskDefinition>({
  taskDefinitionArn: asItIs,
  image: asItIs,
  settings: asItIs,
});

const task = inForm<ObservedTask>({
  taskArn: asItIs,
  serviceName: asItIs,
  containerInstanceArn: asItIs,
  lastStatus: asItIs,
  healthStatus: asItIs,
});

const unreadableHealth = inForm<HealthOf<"unreadable">>({ source: asItIs, reason: asItIs });

const ecsHealth = inForm<HealthOf<"ecs">>({
  source: asItIs,
  containerInstances: listOf(containerInstance, (item) => item.containerInstanceArn),
  services: listOf(service, (item) => item.serviceName),
  nodeDaemons: listOfSome(nodeDaemon, (item) => item.serviceName),
  taskDefinitions: listOfSome(taskDefinition, (item) => item.taskDefinitionArn),
  tasks: listOf(task, (item) => item.taskArn),
});

/**
 * The same observation in its one form: keys in the schema's order, lists by id, IPv6 addresses and
 * images by name. Equal states give equal bytes, whoever read or wrote them and in which order AWS
 * answered. An instance's interfaces keep their order, which is that of their device index.
 */
export const canonicalObservation = inForm<Observation>({
  formatVersion: asItIs,
  environment: asItIs,
  accountId: asItIs,
  region: asItIs,
  images: (images) => Object.fromEntries(sortedBy(Object.entries(images), ([name]) => name)),
  cluster: (of) => of && cluster(of),
  instances: listOf(instance, (item) => item.instanceId),
  networkInterfaces: listOf(networkInterface, (item) => item.networkInterfaceId),
  elasticIps: listOf(elasticIp, (item) => item.allocationId),
  untagged: listOfSome(untagged, (item) => item.id),
  remembered: (of) =>
    of.length === 0 ? undefined : [...of].map(remembered).sort((a, b) => a.slot - b.slot),
  health: (of) => (of.source === "ecs" ? ecsHealth(of) : unreadableHealth(of)),
});
