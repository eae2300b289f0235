import type { Environment } from "../../lib/config/environment";
import { environmentWith, loadFiles, sites } from "../fixtures/config/config-folder";
import type { RawEnvironment } from "../fixtures/config/config-folder";

type Fields = Readonly<Record<string, unknown>>;

/** As long as names may be. */
const LONGEST_NAME = "environment-name";
const LONGEST_POP = { id: 999, name: "a-pop-with-24-characters", bgpPeers: ["2001:db8:ffff::/48"] };

const NODE_HELPER = {
  name: "node-helper",
  runs: "node",
  image: "registry.example/helper:1",
  entryPoint: ["sh", "-c", 'exec helper --listen "$1" < /dev/null', "sh"],
  command: ["9100"],
  environment: { HELPER_NOTE: "taken as it is: ${x}" },
  cpuUnits: 256,
  memoryMiB: 128,
  ports: [9100],
  metricsPort: 9100,
  healthCheck: {
    command: ["CMD-SHELL", "helper check || exit 1"],
    interval: 10,
    timeout: 5,
    retries: 3,
    startPeriod: 10,
  },
  needed: true,
  stopTimeoutSeconds: 20,
  hostPaths: ["/proc"],
};

const TASK_HELPER = {
  name: "task-helper",
  runs: "task",
  image: "registry.example/helper:1",
  cpuUnits: 256,
  memoryMiB: 128,
  healthCheck: { command: ["CMD", "helper", "check"] },
  dependsOn: [{ container: "bird", condition: "START" }],
  startsBefore: ["api"],
};

const COMMON: Fields = {
  "network.bgpSecurityGroups": 2,
  "network.routerImage": "registry.example/haproxy:3",
  "network.apiCertificateArn": "arn:aws:acm:us-east-2:123456789012:certificate/a",
  "fleet.nodes": 4,
  "fleet.rootVolumeGiB": 200,
  "fleet.maxUnavailableNodes": 1,
  "fleet.frozenNodes": [3],
  "fleet.reservedCpuUnits": 1024,
  "fleet.reservedMemoryMiB": 2048,
  "fleet.autoRecovery": true,
  "fleet.protectAddresses": true,
  "routed.cpuUnits": 4096,
  "routed.memoryMiB": 20480,
  "routed.stateRebuildMinutes": 12,
  "routed.tasksPerPop": 2,
  "routed.initImage": "registry.example/busybox:1",
  "routed.ports": { bgpBase: 20000, apiBase: 21000, metricsBase: 22000 },
  "routed.daemons": [NODE_HELPER, TASK_HELPER],
  "alarms.enabled": true,
  "alarms.topicArn": "arn:aws:sns:us-east-2:123456789012:on-call",
  "alarms.api5xxPercent": 10,
  autopilotSites: [LONGEST_POP, ...sites(3)],
  retiredSiteIds: [7],
};

/**
 * Configs that together set every option that a stack is made of: on Amazon Linux with cells and
 * cores of each task's own, and on Bottlerocket with staged images.
 */
export const EVERY_OPTION: Readonly<Record<string, RawEnvironment>> = {
  [LONGEST_NAME]: environmentWith({
    ...COMMON,
    "fleet.image": { os: "al2023", architecture: "x86_64", amiId: "latest" },
    "fleet.ecsAgentSettings": { ECS_RESERVED_MEMORY: "512", ECS_X: "$(a) 'b' \"c\" `d`" },
    "fleet.cells": [
      { name: "east", nodes: [0, 1] },
      { name: "west", nodes: [2, 3] },
    ],
    "routed.cpuIsolation": "cpuset",
    "routed.placement": "daemon",
    autopilotSites: [{ ...LONGEST_POP, cell: "east" }, ...sites(3)],
  }),
  bottlerocket: environmentWith({
    ...COMMON,
    "network.vpcCidr": "10.65.0.0/16",
    "fleet.instanceType": "r7g.16xlarge",
    "fleet.image": { os: "bottlerocket", architecture: "arm64", amiId: "ami-0123456789abcdef0" },
    "fleet.ecsAgentSettings": { ECS_RESERVED_MEMORY: "512", ECS_LOGLEVEL: "warn" },
    "routed.cpuIsolation": "quota",
    "routed.placement": "spread",
    "routed.canaries": ["pop1"],
    "routed.canaryImage": "registry.example/routed:2",
    "routed.popsPerWave": 2,
  }),
};

export function everyOption(): Environment[] {
  const files = Object.entries(EVERY_OPTION).map(([name, file]) => [`${name}.json`, file] as const);
  return loadFiles(Object.fromEntries(files));
}
