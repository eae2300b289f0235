import type { Environment } from "../../../lib/config/environment";
import { anExportConfig } from "../../fixtures/a-routed-environment";

/** `test` in account 123456789012, us-east-2. */
export function anEnvironment(overrides: Partial<Environment> = {}): Environment {
  return {
    name: "test",
    aws: {
      accountId: "123456789012",
      region: "us-east-2",
      availabilityZones: ["us-east-2a", "us-east-2b", "us-east-2c"],
    },
    backend: { type: "local" },
    network: {
      vpcCidr: "10.64.0.0/16",
      apiClientCidrs: [],
      prometheusCidrs: [],
      bgpSecurityGroups: 4,
      apiRouting: "node-router",
      routerImage: "registry.example/haproxy:3",
      apiLoadBalancers: 1,
    },
    fleet: {
      nodes: 3,
      instanceType: "r6i.large",
      image: { os: "al2023", architecture: "x86_64", amiId: "latest" },
      rootVolumeGiB: 100,
      ecsAgentSettings: {},
      reservedCpuUnits: 256,
      reservedMemoryMiB: 512,
      maxUnavailableNodes: 1,
      frozenNodes: [],
      autoRecovery: true,
      protectAddresses: true,
    },
    routed: {
      image: "registry.example/autopilot-routed:1",
      cpuUnits: 4096,
      memoryMiB: 20480,
      cpuIsolation: "quota",
      stateRebuildMinutes: 12,
      tasksPerPop: 2,
      placement: "daemon",
      taskDefinitions: "shared",
      initImage: "registry.example/busybox:1",
      ports: { bgpBase: 10000, apiBase: 11000, metricsBase: 12000 },
      daemons: [],
    },
    export: anExportConfig(),
    alarms: { enabled: false, api5xxPercent: 5 },
    autopilotSites: [],
    ...overrides,
  };
}

/** The same, where images are staged: then it is read what the PoPs run. */
export function aStagingEnvironment(overrides: Partial<Environment> = {}): Environment {
  const environment = anEnvironment(overrides);
  return { ...environment, routed: { ...environment.routed, canaries: ["pop0"] } };
}
