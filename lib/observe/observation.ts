export type {
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
