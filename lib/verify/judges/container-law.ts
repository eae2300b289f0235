import { createHash } from "node:crypto";
import type { Environment } from "../../config/environment";
import {
  BGP_CONTAINER,
  NODE_DAEMON_TAG,
  nodeDaemonService,
  NODE_TAG,
  popPorts,
  ROUTER_DAEMON,
  ROUTER_PORT,
} from "../../config/naming";
import { daemonsThatRunOn, keptCpuUnits } from "../../config/node-daemons";
import { isObject, isSameJson, listOf } from "../../terraform/values";
import type { Values } from "../../terraform/values";
import { snapshotBucket } from "./bucket-judges";
import { declared, referent, textsOf } from "./law";
import type { Law, LawContext } from "./law";
import { SCRIPTS } from "./own-scripts";

type Daemon = Environment["routed"]["daemons"][number];
type Holds = (value: unknown, context: LawContext) => boolean;

/** What the config says of one container, part by part; whatever isn't named here, it may not say. */
type Expected = Readonly<Record<string, unknown>> & { readonly name: string };

/** The containers beside BGP's: the one that serves the API, and the one that tells a task whose it is. */
const API_CONTAINER = "api";
const INIT_CONTAINER = "init";
const TASK_FOLDER = "/opt/routed-task";
const TASK_VOLUME = "task-environment";
const CPU_UNITS_PER_VCPU = 1024;

/** What starts a task: each container of the config and no other, with all that the config says of it. */
export const ownContainers: Law = {
  must: "start the config's containers and no others, each with its own image, command, limits, health check and log",
  holds: (value, context) => strangePart(value, context) === null,
  where: (value, context) => strangePart(value, context) ?? "",
};

/** What containers share, and the folders of the node that a daemon reads. */
export const ownVolumes: Law = {
  must: "be an empty one for PoPs' tasks, and a daemon's hostPaths",
  holds: (value, context) => {
    const daemon = daemonOf(context);
    const paths = daemon === undefined ? [] : (daemonNamed(context, daemon)?.hostPaths ?? []);
    const wanted =
      daemon === undefined
        ? [{ name: TASK_VOLUME }]
        : paths.map((host_path, index) => ({ name: `host-${index}`, host_path }));
    return isSameJson(value ?? [], wanted);
  },
};

/** E.g. `bird.healthCheck`; null where all is as the config has it. */
function strangePart(value: unknown, context: LawContext): string | null {
  const containers = parsed(value);
  const expected = expectedOf(context);
  if (containers === null || expected === null) return "all";
  const names = containers.map(({ name }) => String(name));
  const odd = [
    ...names.filter((name, index) => names.indexOf(name) !== index),
    ...names.filter((name) => !expected.some((each) => each.name === name)),
    ...expected.flatMap(({ name }) => (names.includes(name) ? [] : [name])),
    ...containers.flatMap((container) => {
      const own = expected.find(({ name }) => name === container["name"]);
      return own === undefined ? [] : strangeParts(container, own, context);
    }),
  ];
  return odd[0] ?? null;
}

function strangeParts(container: Values, own: Expected, context: LawContext): string[] {
  const parts = new Set([...Object.keys(own), ...Object.keys(container)]);
  return [...parts]
    .filter((part) => {
      const [value, wanted] = [container[part], own[part]];
      return typeof wanted === "function"
        ? !(wanted as Holds)(value, context)
        : !isSameJson(value, wanted);
    })
    .map((part) => `${own.name}.${part}`);
}

function parsed(value: unknown): Values[] | null {
  if (typeof value !== "string") return null;
  try {
    const containers = JSON.parse(value) as unknown;
    return Array.isArray(containers) && containers.every(isObject) ? containers : null;
  } catch {
    return null;
  }
}

function daemonOf({ declaration }: LawContext): string | undefined {
  const tags = declaration.values["tags"];
  const daemon = isObject(tags) ? tags[NODE_DAEMON_TAG] : undefined;
  return daemon === undefined ? undefined : JSON.stringify(daemon).replace(/^"(.*)"$/, "$1");
}

function daemonNamed({ environment }: LawContext, name: unknown): Daemon | undefined {
  return daemonsThatRunOn("node", environment.routed.daemons).find((each) => each.name === name);
}

/** Null for a definition that the config has no use for. */
function expectedOf(context: LawContext): Expected[] | null {
  const name = daemonOf(context);
  if (name === undefined) return ofPops(context);
  if (name === ROUTER_DAEMON) return [ofRouter(context.environment)];
  const daemon = daemonNamed(context, name);
  if (daemon === undefined) return null;
  const mountPoints = daemon.hostPaths.map((path, index) => ({
    sourceVolume: `host-${index}`,
    containerPath: path === "/" ? "/host" : `/host${path}`,
    readOnly: true,
  }));
  return [
    {
      ...ofDaemon(daemon),
      environment: variables(literals(daemon.environment)),
      ulimits: FILES,
      mountPoints,
    },
  ];
}

/** What every container says: no port, no capability, no memory of others, nothing of the node's. */
const COMMON = {
  essential: true,
  portMappings: [],
  logConfiguration: isOwnLog,
  readonlyRootFilesystem: true,
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
};
const FILES = [{ name: "nofile", softLimit: 65536, hardLimit: 65536 }];
const FOLDER = { sourceVolume: TASK_VOLUME, containerPath: TASK_FOLDER };

function limited(...folders: readonly (readonly [path: string, size: number])[]): Values {
  const mountOptions = ["noexec", "nosuid", "nodev"];
  return {
    capabilities: { add: [], drop: ["ALL"] },
    initProcessEnabled: true,
    ...(folders.length === 0
      ? {}
      : { tmpfs: folders.map(([containerPath, size]) => ({ containerPath, size, mountOptions })) }),
  };
}

function ofRouter({ network }: Environment): Expected {
  const port = { containerPort: ROUTER_PORT, hostPort: ROUTER_PORT, protocol: "tcp" };
  const url = `http://127.0.0.1:${ROUTER_PORT}/routed-router`;
  return {
    ...COMMON,
    name: ROUTER_DAEMON,
    image: network.routerImage,
    command: runs(["sh", "-c"], SCRIPTS.router, []),
    environment: isRouterEnvironment,
    portMappings: [port],
    healthCheck: {
      command: ["CMD", "wget", "-q", "-O", "/dev/null", url],
      ...{ interval: 10, retries: 3, startPeriod: 10, timeout: 5 },
    },
    linuxParameters: limited(["/tmp", 64]),
    ulimits: FILES,
    stopTimeout: 30,
  };
}

/** As it is beside PoPs and within their tasks. */
function ofDaemon(daemon: Daemon): Expected {
  const { command, entryPoint, healthCheck, image, name } = daemon;
  return {
    ...COMMON,
    name,
    image,
    command: command?.map(asLiteral),
    entryPoint: entryPoint?.map(asLiteral),
    healthCheck: healthCheck && { ...healthCheck, command: healthCheck.command.map(asLiteral) },
    linuxParameters: limited(["/tmp", 64]),
    stopTimeout: daemon.stopTimeoutSeconds,
  };
}

function ofPops(context: LawContext): Expected[] {
  const { aws, name, routed } = context.environment;
  const { cpuIsolation, cpuUnits, ports } = routed;
  const bucket = declared(context, "aws_s3_bucket").find(
    ({ values }) => values["bucket"] === snapshotBucket(context),
  );
  const ofTask = {
    AWS_REGION: aws.region,
    ROUTED_ENVIRONMENT: name,
    ROUTED_ENVIRONMENT_FILE: `${TASK_FOLDER}/environment`,
    ROUTED_SNAPSHOT_BUCKET: `\${${bucket?.address ?? ""}.bucket}`,
  };
  const isCanary = String(context.declaration.values["family"]).endsWith("--canaries");
  const daemons = daemonsThatRunOn("task", routed.daemons);
  const taken = daemons.reduce((sum, daemon) => sum + daemon.cpuUnits, 0);
  const scripts = SCRIPTS[cpuIsolation === "cpuset" ? "cpuset" : "plain"];
  const waitsFor = (container: "bird" | "api"): Values[] =>
    daemons
      .filter(({ startsBefore }) => startsBefore.includes(container))
      .map((daemon) => after(daemon.name, daemon.healthCheck === undefined ? "START" : "HEALTHY"));
  const task = {
    ...COMMON,
    image: isCanary ? routed.canaryImage : routed.image,
    // Routed containers share what daemons leave; what a daemon may take is its own.
    cpu: daemons.length === 0 ? undefined : Math.floor((cpuUnits - taken) / 2),
    environment: variables(ofTask),
    linuxParameters: limited(["/run", 16], ["/tmp", 64]),
    stopTimeout: 120,
    ulimits: FILES,
    mountPoints: [{ ...FOLDER, readOnly: true }],
  };
  const initDone = after(INIT_CONTAINER, "SUCCESS");
  const cores = {
    ROUTED_RESERVED_VCPUS: String(
      Math.ceil(keptCpuUnits(context.environment) / CPU_UNITS_PER_VCPU),
    ),
    ROUTED_SYSFS: "/sys",
    ROUTED_TASK_VCPUS: String(cpuUnits / CPU_UNITS_PER_VCPU),
  };
  return [
    {
      ...COMMON,
      name: INIT_CONTAINER,
      image: routed.initImage,
      essential: false,
      startTimeout: 480,
      command: runs(["sh", "-c"], scripts.init, []),
      environment: variables({
        ROUTED_API_BASE: String(ports.apiBase),
        ROUTED_BGP_BASE: String(ports.bgpBase),
        ROUTED_ENVIRONMENT_FILE: ofTask.ROUTED_ENVIRONMENT_FILE,
        ROUTED_METRICS_BASE: String(ports.metricsBase),
        ROUTED_PROC_NET: "/proc/net",
        ROUTED_SNAPSHOT_ROOT: "snapshots/",
        ...(cpuIsolation === "cpuset" ? cores : {}),
      }),
      linuxParameters: limited(),
      mountPoints: [{ ...FOLDER, readOnly: false }],
    },
    {
      ...task,
      name: BGP_CONTAINER,
      command: runs(["sh", "-c"], scripts.start, ["sh", "bird"]),
      healthCheck: waitsForRebuild(scripts.healthCheck, "healthcheck", routed),
      dependsOn: [initDone, ...waitsFor("bird")],
    },
    {
      ...task,
      name: API_CONTAINER,
      command: runs(["sh", "-c"], scripts.start, ["sh", "api"]),
      ...(routed.apiHealthCheck
        ? { healthCheck: waitsForRebuild(scripts.healthCheck, "api-healthcheck", routed) }
        : {}),
      dependsOn: [initDone, after(BGP_CONTAINER, "START"), ...waitsFor("api")],
    },
    ...daemons.map((daemon) => ({
      ...ofDaemon(daemon),
      environment: variables({ ...ofTask, ...literals(daemon.environment) }),
      cpu: daemon.cpuUnits,
      memory: daemon.memoryMiB,
      dependsOn: [
        initDone,
        ...daemon.dependsOn.map(({ condition, container }) => after(container, condition)),
      ],
      mountPoints: [{ ...FOLDER, readOnly: true }],
    })),
  ];
}

function after(containerName: string, condition: string): Values {
  return { containerName, condition };
}

function variables(all: Readonly<Record<string, string>>): Values[] {
  return Object.entries(all)
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One of the product's own scripts, between these words. */
function runs(before: readonly string[], digest: string, rest: readonly string[]): Holds {
  return (value) => {
    const words = value === undefined ? [] : textsOf(value);
    const script = words[before.length] ?? "";
    return digestOf(script) === digest && isSameJson(words, [...before, script, ...rest]);
  };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** ECS waits for the rebuild before it stops the task, and goes by the container's own word. */
function waitsForRebuild(
  script: string,
  command: string,
  { stateRebuildMinutes }: Environment["routed"],
): Holds {
  const isOwn = runs(["CMD", "sh", "-c"], script, ["sh", command]);
  return (value, context) => {
    if (!isObject(value)) return false;
    const { command, interval, retries, startPeriod, timeout, ...rest } = value;
    return (
      isOwn(command, context) &&
      Object.keys(rest).length === 0 &&
      Number(interval) >= 30 &&
      Number(retries) >= 3 &&
      Number(timeout) >= 5 &&
      Number(startPeriod) + Number(retries) * Number(interval) >= stateRebuildMinutes * 60
    );
  };
}

/** The way to every PoP's tasks, on the nodes that may run them. */
function isRouterEnvironment(value: unknown, context: LawContext): boolean {
  const [config, ...rest] = listOf(value).filter(isObject);
  const text = String(config?.["value"]);
  const start = text.indexOf("\n@") + 1;
  return (
    listOf(value).length === 2 &&
    config?.["name"] === "ROUTER_CONFIG" &&
    isSameJson(rest, [{ name: "ROUTER_FILE", value: "/tmp/haproxy.cfg" }]) &&
    digestOf(text.slice(0, start)) === SCRIPTS.routerConfig &&
    text.slice(start) === waysOf(context)
  );
}

/** A line for each node, for each set of slots, and for each PoP. */
function waysOf(context: LawContext): string {
  const { environment, upgradePlan } = context;
  const nodes = declared(context, "aws_network_interface").map(({ values }) => {
    const tags = values["tags"];
    const slot = Number(isObject(tags) ? tags[NODE_TAG] : Number.NaN);
    return { slot, address: String(listOf(values["private_ips"])[0]) };
  });
  const pops = [...environment.autopilotSites]
    .sort((a, b) => a.id - b.id)
    .map(({ id, name }) => ({
      name,
      port: popPorts(environment.routed.ports, id).api,
      slots: upgradePlan.placement?.pops.find(({ pop }) => pop === name)?.slots?.join(),
    }));
  const sets = [...new Set(pops.flatMap(({ slots }) => slots ?? []))].sort();
  const of = (slots: string | undefined): string =>
    slots === undefined ? "" : ` ${sets.indexOf(slots)}`;
  return [
    ...nodes.sort((a, b) => a.slot - b.slot).map(({ slot, address }) => `@node ${slot} ${address}`),
    ...sets.map((slots, index) => `@slots ${index} ${slots}`),
    ...pops.map(({ name, port, slots }) => `@pop ${name} ${port}${of(slots)}`),
    "",
  ].join("\n");
}

/** What blocks while CloudWatch takes no line stands still, and loses its peers. */
function isOwnLog(value: unknown, context: LawContext): boolean {
  const daemon = daemonOf(context);
  const options = isObject(value) && isObject(value["options"]) ? value["options"] : {};
  const { "awslogs-group": group } = options;
  return (
    referent(group, "aws_cloudwatch_log_group", "name", context) !== undefined &&
    isSameJson(value, {
      logDriver: "awslogs",
      options: {
        "awslogs-group": group,
        "awslogs-region": context.environment.aws.region,
        "awslogs-stream-prefix":
          daemon === undefined ? options["awslogs-stream-prefix"] : nodeDaemonService(daemon),
        "max-buffer-size": "4m",
        mode: "non-blocking",
      },
    })
  );
}

/** As Terraform's JSON has a text that is no expression, whatever is in it. */
function asLiteral(text: string): string {
  return text.replace(/[$%]\{/g, (start) => `${start[0] ?? ""}${start}`);
}

function literals(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [name, asLiteral(text)]));
}
