import type { HealthCheckTiming } from "./health-check";

/** The TCP ports that a PoP's task listens on, each between 1 and 65535, distinct. */
export interface TaskPorts {
  readonly bgp: number;
  readonly api: number;
  readonly metrics: number;
}

export interface ContainerDefinitionsProps {
  readonly image: string;
  readonly birdCommand: readonly string[];
  readonly apiCommand: readonly string[];
  readonly healthCheckCommand: readonly string[];
  readonly healthCheck: HealthCheckTiming;
  readonly ports: TaskPorts;
  /** Of both containers. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroupName: string;
  readonly logStreamPrefix: string;
  readonly region: string;
}

/** The container that the load balancer talks to. */
export const API_CONTAINER = "api";
const BGP_CONTAINER = "bird";

/**
 * The containers of a routed task, as the JSON that ECS takes.
 *
 * Equal props give equal bytes. Lists that ECS answers with are spelled out even where they are empty: the
 * provider compares the answer with this JSON, and any difference would start new tasks at every
 * deploy.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function renderContainerDefinitions(props: ContainerDefinitionsProps): string {
  const { interval, retries, startPeriod, timeout } = props.healthCheck;
  return JSON.stringify([
    {
      ...container(BGP_CONTAINER, props.birdCommand, [props.ports.bgp], props),
      healthCheck: {
        command: props.healthCheckCommand,
        interval,
        retries,
        startPeriod,
        timeout,
      },
    },
    {
      ...container(API_CONTAINER, props.apiCommand, [props.ports.api, props.ports.metrics], props),
      // Not HEALTHY: the API and the metrics tell how far the rebuild is.
      dependsOn: [{ containerName: BGP_CONTAINER, condition: "START" }],
    },
  ]);
}

function container(
  name: string,
  command: readonly string[],
  ports: readonly number[],
  props: ContainerDefinitionsProps,
): Record<string, unknown> {
  return {
    name,
    image: props.image,
    command,
    essential: true,
    environment: Object.entries(props.environment)
      .map(([key, value]) => ({ name: key, value }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    portMappings: ports.map((port) => ({ containerPort: port, hostPort: port, protocol: "tcp" })),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": props.logGroupName,
        "awslogs-region": props.region,
        "awslogs-stream-prefix": props.logStreamPrefix,
      },
    },
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
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
  };
}

function tmpfs(containerPath: string, size: number): Record<string, unknown> {
  return { containerPath, size, mountOptions: ["noexec", "nosuid", "nodev"] };
}
