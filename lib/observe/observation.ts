export type {
  HealthFromEcs as EcsHealth,
  Observation,
  ObservedCluster,
  ObservedContainerInstance,
  ObservedElasticIp,
  ObservedInstance,
  ObservedNetworkInterface,
  ObservedNodeDaemon,
  ObservedService,
  ObservedTask,
  ObservedTaskDefinition,
  ObservedUntagged,
  RememberedAddress,
  Witness,
} from "./observation.generated";

import type { Observation } from "./observation.generated";

export type ObservedHealth = Observation["health"];

/**
 * A thing that is made up, with all its members: optional ones as undefined where it has none. What
 * the schema gets anew doesn't compile before it is decided where such things are made.
 */
export type Whole<T> = { [Member in keyof Required<T>]: T[Member] };
