import { environmentWith, loadFiles } from "../fixtures/config/config-folder";
import type { RawEnvironment } from "../fixtures/config/config-folder";
import type { Environment } from "../../lib/config/environment";

/** The longest that a PoP, a cell and a daemon may be called. */
export const longestName = (start: string): string => `${start}-${"x".repeat(24)}`.slice(0, 24);

const ACCOUNT = "999999999999";

const nodeDaemon = {
  name: longestName("node"),
  runs: "node",
  image: `${ACCOUNT}.dkr.ecr.ap-southeast-1.amazonaws.com/team/node-helper:1.2_3`,
  entryPoint: ["sh", "-c"],
  command: ["exec helper --home=$HOME"],
  environment: { HELPER_FORMAT: "json", HELPER_NOTE: "taken as it is: ${x}" },
  cpuUnits: 256,
  memoryMiB: 128,
  ports: [9100, 9101],
  metricsPort: 9100,
  healthCheck: {
    command: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:9100/ || exit 1"],
    interval: 10,
    timeout: 5,
    retries: 3,
    startPeriod: 10,
  },
  needed: true,
  stopTimeoutSeconds: 60,
  hostPaths: ["/", "/proc", "/var/log"],
};

const taskDaemon = {
  name: longestName("task"),
  runs: "task",
  image: "registry.example/task-helper:1",
  entryPoint: ["helper"],
  command: ["--verbose"],
  environment: { HELPER_LEVEL: "loud" },
  cpuUnits: 256,
  memoryMiB: 128,
  healthCheck: { command: ["CMD-SHELL", "test -e /run/ready"] },
  startsBefore: ["api"],
};

const waitingDaemon = {
  name: "after",
  runs: "task",
  image: "registry.example/after:1",
  cpuUnits: 128,
  memoryMiB: 64,
  dependsOn: [
    { container: "bird", condition: "HEALTHY" },
    { container: taskDaemon.name, condition: "START" },
  ],
};

/** All of `export`, which reaches no stack. */
const exported = {
  helmRelease: {
    namespace: "autopilot",
    chart: "prom-chart",
    chartVersion: "0.0.4",
    releaseName: "prom",
    interval: "5m0s",
    sourceName: "charts",
    sourceNamespace: "platform-flux",
    imageVersion: "67a7485bd192-3177",
    retention: "1d",
    limits: { cpu: "4", memory: "4Gi" },
    requests: { cpu: "1", memory: "1Gi" },
  },
  alerts: { runbookUrl: "https://git.example/routed/docs/runbooks" },
};

/**
 * Environments that have, between them, every kind of thing that a config can hold, with the longest
 * names and the highest ids. The loader takes them.
 */
export const FULL_ENVIRONMENTS: Readonly<Record<string, RawEnvironment>> = {
  "full-al2023-1234": {
    aws: {
      accountId: ACCOUNT,
      region: "ap-southeast-1",
      availabilityZones: ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"],
      permissionsBoundary: true,
    },
    backend: {
      type: "cloud",
      hostname: "app.terraform.io",
      organization: "example",
      project: "routed",
      workspace: "routed-full",
    },
    network: {
      vpcCidr: "10.80.0.0/16",
      apiClientCidrs: ["10.0.0.0/8", "2001:db8:a::/48"],
      prometheusCidrs: ["10.1.0.0/16", "2001:db8:b::/48"],
      bgpSecurityGroups: 15,
      routerImage: "registry.example/haproxy:3",
      apiCertificateArn: `arn:aws:acm:ap-southeast-1:${ACCOUNT}:certificate/00000000-0000-0000-0000-000000000000`,
    },
    fleet: {
      nodes: 4,
      instanceType: "r6i.32xlarge",
      rootVolumeGiB: 200,
      ecsAgentSettings: { ECS_LOGLEVEL: "warn", ECS_X: "$(a) 'b' \"c\" `d`" },
      maxUnavailableNodes: 1,
      frozenNodes: [3],
      reservedCpuUnits: 1024,
      reservedMemoryMiB: 2048,
      autoRecovery: true,
      cells: [
        { name: longestName("left"), nodes: [0, 1] },
        { name: longestName("right"), nodes: [2, 3] },
      ],
    },
    routed: {
      image: `${ACCOUNT}.dkr.ecr.ap-southeast-1.amazonaws.com/routed:2`,
      canaryImage: "registry.example/routed:3",
      canaries: [longestName("pop")],
      popsPerWave: 1,
      initImage: "registry.example/busybox:1",
      cpuIsolation: "cpuset",
      stateRebuildMinutes: 12,
      apiHealthCheck: true,
      logRetentionDays: 365,
      ports: { bgpBase: 20000, apiBase: 21000, metricsBase: 22000 },
      daemons: [nodeDaemon, taskDaemon, waitingDaemon],
    },
    alarms: { enabled: true, api5xxPercent: 10 },
    export: exported,
    autopilotSites: [
      {
        id: 999,
        name: longestName("pop"),
        bgpPeers: ["2001:db8:1::/48", "192.0.2.0/28"],
        cell: longestName("left"),
      },
      { id: 1, name: "a", bgpPeers: ["2001:db8:2::/48"] },
      { id: 998, name: "b-1-c-2", bgpPeers: ["198.51.100.0/24"] },
    ],
    retiredSiteIds: [2],
  },
  "full-bottlerocke": {
    aws: {
      accountId: ACCOUNT,
      region: "us-gov-west-1",
      availabilityZones: ["us-gov-west-1a", "us-gov-west-1b"],
    },
    backend: {
      type: "s3",
      bucket: "example-state",
      key: "routed/full.tfstate",
      region: "us-east-2",
    },
    network: {
      vpcCidr: "10.81.0.0/20",
      apiClientCidrs: ["10.0.0.0/8"],
      prometheusCidrs: ["10.1.0.0/16"],
    },
    fleet: {
      nodes: 2,
      instanceType: "m7g.4xlarge",
      image: { os: "bottlerocket", architecture: "arm64", amiId: "ami-0123456789abcdef0" },
      ecsAgentSettings: { ECS_IMAGE_CLEANUP_INTERVAL: "1h30m" },
      protectAddresses: false,
    },
    routed: {
      image: "registry.example/routed:2",
      cpuUnits: 2048,
      memoryMiB: 8192,
      placement: "spread",
      tasksPerPop: 2,
      popsPerWave: 1,
      daemons: [{ ...nodeDaemon, image: "registry.example/node-helper:1", name: "helper" }],
    },
    alarms: { enabled: true, topicArn: `arn:aws-us-gov:sns:us-gov-west-1:${ACCOUNT}:on-call` },
    autopilotSites: [
      { id: 999, name: longestName("gov"), bgpPeers: ["2001:db8:3::/48"] },
      { id: 1, name: "gov", bgpPeers: ["2001:db8:4::/48"] },
    ],
  },
  // A cloud workspace has either a name or tags.
  "full-tags": environmentWith({
    "network.vpcCidr": "10.82.0.0/16",
    "fleet.spareNodes": 1,
    backend: { type: "cloud", organization: "example", tags: ["env:full-tags"] },
  }),
};

export function loadFullEnvironments(
  raw: Readonly<Record<string, RawEnvironment>> = FULL_ENVIRONMENTS,
): Environment[] {
  return loadFiles(
    Object.fromEntries(Object.entries(raw).map(([name, file]) => [`${name}.json`, file])),
  );
}
