export type {
  Observation,
  ObservedCluster,
  ObservedElasticIp,
  ObservedHealth,
  ObservedInstance,
  ObservedNetworkInterface,
} from "./observation.generated";
