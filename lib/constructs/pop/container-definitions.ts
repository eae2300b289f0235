import { BGP_CONTAINER } from "../../config/naming";
import type { ContainerHealthCheck, HealthCheckTiming } from "./health-check";
import { logConfiguration } from "./log-configuration";
import type { LogConfigurationProps } from "./log-configuration";
import {
  healthCheckWithTaskEnvironment,
  INIT_TIMEOUT_SECONDS,
  renderTaskInitScript,
  TASK_ENVIRONMENT_DIRECTORY,
  TASK_ENVIRONMENT_FILE,
  withTaskEnvironment,
} from "./task-init-script";

/** The TCP ports that a PoP's task listens on, each between 1 and 65535, distinct. */
export interface TaskPorts {
  readonly bgp: number;
  readonly api: number;
  readonly metrics: number;
}

/** A helper that runs in each routed task, as an essential container of it. */
export interface TaskDaemon {
  /** The container's name: not `bird`, `api` or `init`, and no other's. */
  readonly name: string;
  readonly image: string;
  /** @default - the image's own */
  readonly entryPoint?: readonly string[];
  /** @default - what the image runs */
  readonly command?: readonly string[];
  /** Besides the variables of every routed container. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What it gets of the task's CPU units where its containers compete; no limit. */
  readonly cpuUnits: number;
  /** Hard memory limit in MiB, a part of the task's. */
  readonly memoryMiB: number;
  readonly healthCheck?: ContainerHealthCheck;
  /** The containers that it starts after, and stops before. */
  readonly dependsOn?: readonly {
    readonly container: string;
    readonly condition: "START" | "HEALTHY";
  }[];
  /** The routed containers that wait until it is healthy, or has started without a health check. */
  readonly startsBefore?: readonly ("bird" | "api")[];
  /** Between SIGTERM and SIGKILL, in seconds, 2 to 120. */
  readonly stopTimeoutSeconds: number;
}

/** How a task finds out at its start which PoP it is of. */
export interface TaskInit {
  /** The image with a POSIX shell and BusyBox's tools. */
  readonly initImage: string;
  /** A PoP's ports are these plus its site's id. */
  readonly bases: TaskPorts;
  /** What comes before the PoP's name in its snapshots' keys. */
  readonly snapshotRoot: string;
  /** Undefined where tasks have no cores of their own. */
  readonly coreSets?: CoreSets;
}

/** How a node's cores are divided among tasks. */
export interface CoreSets {
  /** A task's own vCPUs. */
  readonly vcpus: number;
  /** The vCPUs of a node that no task gets. */
  readonly reservedVcpus: number;
}

export interface ContainerDefinitionsProps {
  readonly image: string;
  readonly birdCommand: readonly string[];
  readonly apiCommand: readonly string[];
  readonly healthCheckCommand: readonly string[];
  /** Undefined where ECS doesn't check the API container. */
  readonly apiHealthCheckCommand: readonly string[] | undefined;
  /** Of both checks: one that gives up on the API sooner would end the rebuild beside it. */
  readonly healthCheck: HealthCheckTiming;
  /** How each task of a shared definition learns its PoP; undefined where `environment` tells it. */
  readonly init: TaskInit | undefined;
  /** The task's, which its containers share. */
  readonly cpuUnits: number;
  readonly daemons: readonly TaskDaemon[];
  /** Of both containers. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: LogConfigurationProps;
}

const API_CONTAINER = "api";
const INIT_CONTAINER = "init";
/** A volume that lives as long as the task, on the node's disk. */
export const TASK_ENVIRONMENT_VOLUME = "task-environment";

/**
 * The containers of a routed task, as the JSON that ECS takes.
 *
 * No port is mapped: in host networking a mapping opens nothing, and a node has only 100 to give.
 *
 * Equal props give equal bytes. Lists that ECS answers with are spelled out even where they are empty: the
 * provider compares the answer with this JSON, and any difference would start new tasks at every
 * deploy.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function renderContainerDefinitions(props: ContainerDefinitionsProps): string {
  const { apiHealthCheckCommand, healthCheckCommand, init } = props;
  const initDone = init ? [{ containerName: INIT_CONTAINER, condition: "SUCCESS" }] : [];
  const birdAfter = [...initDone, ...daemonsBefore(BGP_CONTAINER, props)];
  return JSON.stringify([
    ...(init ? [initContainer(init, props)] : []),
    {
      ...container(BGP_CONTAINER, props.birdCommand, props),
      healthCheck: healthCheck(healthCheckCommand, props),
      ...(birdAfter.length > 0 ? { dependsOn: birdAfter } : {}),
    },
    {
      ...container(API_CONTAINER, props.apiCommand, props),
      ...(apiHealthCheckCommand === undefined
        ? {}
        : { healthCheck: healthCheck(apiHealthCheckCommand, props) }),
      // Not HEALTHY: the API and the metrics tell how far the rebuild is.
      dependsOn: [
        ...initDone,
        { containerName: BGP_CONTAINER, condition: "START" },
        ...daemonsBefore(API_CONTAINER, props),
      ],
    },
    ...props.daemons.map((daemon) => daemonContainer(daemon, initDone, props)),
  ]);
}

function healthCheck(
  command: readonly string[],
  { init, healthCheck: { interval, retries, startPeriod, timeout } }: ContainerDefinitionsProps,
): ContainerHealthCheck {
  return {
    command: init ? healthCheckWithTaskEnvironment(command, wrapperOf(init)) : command,
    interval,
    retries,
    startPeriod,
    timeout,
  };
}

function wrapperOf({ coreSets }: TaskInit): { coreSets: boolean } {
  return { coreSets: coreSets !== undefined };
}

interface Dependency {
  readonly containerName: string;
  readonly condition: string;
}

function daemonsBefore(
  container: "bird" | "api",
  { daemons }: ContainerDefinitionsProps,
): Dependency[] {
  return daemons
    .filter(({ startsBefore }) => startsBefore?.includes(container))
    .map(({ name, healthCheck }) => ({
      containerName: name,
      condition: healthCheck === undefined ? "START" : "HEALTHY",
    }));
}

function daemonContainer(
  daemon: TaskDaemon,
  initDone: readonly Dependency[],
  props: ContainerDefinitionsProps,
): Record<string, unknown> {
  const { command, dependsOn = [], entryPoint, environment, healthCheck } = daemon;
  const after = dependsOn.map(({ container, condition }) => ({
    containerName: container,
    condition,
  }));
  return {
    name: daemon.name,
    image: daemon.image,
    ...(entryPoint === undefined ? {} : { entryPoint }),
    ...(command === undefined ? {} : { command }),
    essential: true,
    cpu: daemon.cpuUnits,
    memory: daemon.memoryMiB,
    environment: environmentOf({ ...props.environment, ...environment }),
    portMappings: [],
    ...(healthCheck === undefined ? {} : { healthCheck }),
    ...(initDone.length + after.length > 0 ? { dependsOn: [...initDone, ...after] } : {}),
    logConfiguration: logConfiguration(props.log),
    linuxParameters: {
      capabilities: { add: [], drop: ["ALL"] },
      initProcessEnabled: true,
      tmpfs: [tmpfs("/tmp", 64)],
    },
    readonlyRootFilesystem: true,
    stopTimeout: daemon.stopTimeoutSeconds,
    mountPoints: props.init ? [taskEnvironmentMount(true)] : [],
    volumesFrom: [],
    systemControls: [],
  };
}

/**
 * A container without a share of its own gets next to none beside one that has it, so the routed ones
 * halve what the daemons leave.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_environment
 */
function routedShare({ cpuUnits, daemons }: ContainerDefinitionsProps): { cpu?: number } {
  if (daemons.length === 0) return {};
  const taken = daemons.reduce((sum, daemon) => sum + daemon.cpuUnits, 0);
  return { cpu: Math.floor((cpuUnits - taken) / 2) };
}

/** Ends before the others start; nothing of AWS is asked of the routed image. */
function initContainer(init: TaskInit, props: ContainerDefinitionsProps): Record<string, unknown> {
  const { initImage, bases, snapshotRoot, coreSets } = init;
  return {
    name: INIT_CONTAINER,
    image: initImage,
    command: ["sh", "-c", renderTaskInitScript(wrapperOf(init))],
    essential: false,
    startTimeout: INIT_TIMEOUT_SECONDS,
    environment: environmentOf({
      ROUTED_API_BASE: String(bases.api),
      ROUTED_BGP_BASE: String(bases.bgp),
      ROUTED_ENVIRONMENT_FILE: TASK_ENVIRONMENT_FILE,
      ROUTED_METRICS_BASE: String(bases.metrics),
      ROUTED_PROC_NET: "/proc/net",
      ROUTED_SNAPSHOT_ROOT: snapshotRoot,
      ...(coreSets === undefined
        ? {}
        : {
            ROUTED_RESERVED_VCPUS: String(coreSets.reservedVcpus),
            ROUTED_SYSFS: "/sys",
            ROUTED_TASK_VCPUS: String(coreSets.vcpus),
          }),
    }),
    portMappings: [],
    logConfiguration: logConfiguration(props.log),
    linuxParameters: { capabilities: { add: [], drop: ["ALL"] }, initProcessEnabled: true },
    readonlyRootFilesystem: true,
    mountPoints: [taskEnvironmentMount(false)],
    volumesFrom: [],
    systemControls: [],
  };
}

function container(
  name: string,
  command: readonly string[],
  props: ContainerDefinitionsProps,
): Record<string, unknown> {
  const { init } = props;
  return {
    name,
    image: props.image,
    command: init ? withTaskEnvironment(command, wrapperOf(init)) : command,
    essential: true,
    ...routedShare(props),
    environment: environmentOf(props.environment),
    portMappings: [],
    logConfiguration: logConfiguration(props.log),
    // Ports are above 1024 and routes stay in the daemon, so no capability is needed.
    linuxParameters: {
      capabilities: { add: [], drop: ["ALL"] },
      initProcessEnabled: true,
      tmpfs: [tmpfs("/run", 16), tmpfs("/tmp", 64)],
    },
    readonlyRootFilesystem: true,
    // The longest that lets BGP say goodbye; the agent's own limit must not be shorter.
    stopTimeout: 120,
    ulimits: [{ name: "nofile", softLimit: 65536, hardLimit: 65536 }],
    mountPoints: init ? [taskEnvironmentMount(true)] : [],
    volumesFrom: [],
    systemControls: [],
  };
}

function environmentOf(variables: Readonly<Record<string, string>>): Record<string, string>[] {
  return Object.entries(variables)
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function taskEnvironmentMount(readOnly: boolean): Record<string, unknown> {
  return {
    sourceVolume: TASK_ENVIRONMENT_VOLUME,
    containerPath: TASK_ENVIRONMENT_DIRECTORY,
    readOnly,
  };
}

function tmpfs(containerPath: string, size: number): Record<string, unknown> {
  return { containerPath, size, mountOptions: ["noexec", "nosuid", "nodev"] };
}
