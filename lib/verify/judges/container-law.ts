import type { Environment } from "../../config/environment";
import { BGP_CONTAINER, NODE_DAEMON_TAG, ROUTER_DAEMON, ROUTER_PORT } from "../../config/naming";
import { daemonsThatRunOn } from "../../config/node-daemons";
import { isObject, listOf } from "../../terraform/values";
import type { Values } from "../../terraform/values";
import { snapshotBucket } from "./bucket-judges";
import { referent, textsOf } from "./law";
import type { Law, LawContext } from "./law";

/** What the config says of one container; whatever isn't named here, no container may say. */
interface Expected {
  readonly name: string;
  readonly images: readonly (string | undefined)[];
  readonly essential: boolean;
  /** The whole of it, or the words that it ends with. */
  readonly command: { readonly is: readonly string[] } | { readonly endsWith: string } | "own";
  readonly entryPoint?: readonly string[];
  /** By name; null for a value that is the product's own. */
  readonly environment: Readonly<Record<string, string | null>>;
  readonly port?: number;
  /** The containers that it must wait for. */
  readonly after?: readonly string[];
  /** How it must tell that it is well; left out where it doesn't tell. */
  readonly health?: (check: Values) => boolean;
  readonly cpu?: number;
  readonly memory?: number;
  readonly stopTimeout: readonly [least: number, most: number];
}

/** The containers beside BGP's: the one that serves the API, and the one that tells a task whose it is. */
const API_CONTAINER = "api";
const INIT_CONTAINER = "init";

/** What starts a task: each container of the config and no other, with all that the config says of it. */
export const ownContainers: Law = {
  must: "start the config's containers and no others, each with its own image, command, limits, health check and log",
  holds: (value, context) => strangePart(value, context) === null,
  where: (value, context) => strangePart(value, context) ?? "",
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
      return own === undefined ? [] : strangeParts(container, own, names, context);
    }),
  ];
  return odd[0] ?? null;
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

/** Null for a definition that the config has no use for. */
function expectedOf({ environment, declaration, ...rest }: LawContext): Expected[] | null {
  const tags = declaration.values["tags"];
  const daemon = isObject(tags) ? tags[NODE_DAEMON_TAG] : undefined;
  if (daemon === undefined) return ofPops(environment, rest.stack);
  const one = daemon === ROUTER_DAEMON ? ofRouter(environment) : ofDaemon(environment, daemon);
  return one && [one];
}

function ofRouter({ network }: Environment): Expected {
  return {
    name: ROUTER_DAEMON,
    images: [network.routerImage],
    essential: true,
    command: "own",
    environment: { ROUTER_CONFIG: null, ROUTER_FILE: null },
    port: ROUTER_PORT,
    health: ({ command }) => textsOf(command).some((word) => word.includes(`:${ROUTER_PORT}/`)),
    stopTimeout: [2, 120],
  };
}

function ofDaemon({ routed }: Environment, name: unknown): Expected | null {
  const daemon = daemonsThatRunOn("node", routed.daemons).find((each) => each.name === name);
  return daemon === undefined ? null : fromConfig(daemon);
}

function fromConfig(daemon: Environment["routed"]["daemons"][number]): Expected {
  const { command, entryPoint, environment, healthCheck, image, name } = daemon;
  return {
    name,
    images: [image],
    essential: true,
    command: { is: (command ?? []).map(asLiteral) },
    ...(entryPoint === undefined ? {} : { entryPoint: entryPoint.map(asLiteral) }),
    environment: literals(environment),
    ...(healthCheck === undefined
      ? {}
      : {
          health: (check: Values) => isSame(check["command"], healthCheck.command.map(asLiteral)),
        }),
    stopTimeout: [daemon.stopTimeoutSeconds, daemon.stopTimeoutSeconds],
  };
}

function ofPops(environment: Environment, stack: LawContext["stack"]): Expected[] {
  const { aws, name, routed } = environment;
  const { ports } = routed;
  const bucket = [...stack.resources.values()].find(
    ({ type, values }) =>
      type === "aws_s3_bucket" && values["bucket"] === snapshotBucket({ environment }),
  );
  const variables = {
    AWS_REGION: aws.region,
    ROUTED_ENVIRONMENT: name,
    ROUTED_ENVIRONMENT_FILE: null,
    ROUTED_SNAPSHOT_BUCKET: `\${${bucket?.address ?? ""}.bucket}`,
  };
  const images = [routed.image, routed.canaryImage];
  const after = [INIT_CONTAINER];
  const task = { images, essential: true, environment: variables, after } as const;
  const cores = { ROUTED_RESERVED_VCPUS: null, ROUTED_SYSFS: null, ROUTED_TASK_VCPUS: null };
  return [
    {
      name: INIT_CONTAINER,
      images: [routed.initImage],
      essential: false,
      command: "own",
      environment: {
        ROUTED_API_BASE: String(ports.apiBase),
        ROUTED_BGP_BASE: String(ports.bgpBase),
        ROUTED_ENVIRONMENT_FILE: null,
        ROUTED_METRICS_BASE: String(ports.metricsBase),
        ROUTED_PROC_NET: "/proc/net",
        ROUTED_SNAPSHOT_ROOT: "snapshots/",
        ...(routed.cpuIsolation === "cpuset" ? cores : {}),
      },
      stopTimeout: [2, 120],
    },
    {
      ...task,
      name: BGP_CONTAINER,
      stopTimeout: [30, 120],
      command: { endsWith: "bird" },
      health: waits("healthcheck", routed),
    },
    {
      ...task,
      name: API_CONTAINER,
      command: { endsWith: "api" },
      after: [INIT_CONTAINER, BGP_CONTAINER],
      ...(routed.apiHealthCheck ? { health: waits("api-healthcheck", routed) } : {}),
      stopTimeout: [30, 120],
    },
    ...daemonsThatRunOn("task", routed.daemons).map((daemon) => ({
      ...fromConfig(daemon),
      environment: { ...variables, ...literals(daemon.environment) },
      after,
      cpu: daemon.cpuUnits,
      memory: daemon.memoryMiB,
    })),
  ];
}

/** ECS waits for the rebuild before it stops the task, whichever of its checks fails. */
function waits(
  command: string,
  { stateRebuildMinutes }: Environment["routed"],
): (check: Values) => boolean {
  return (check) =>
    textsOf(check["command"]).at(-1) === command &&
    Number(check["startPeriod"]) + Number(check["retries"]) * Number(check["interval"]) >=
      stateRebuildMinutes * 60;
}

/** What a container may say, and when it is as the config has it. */
const PARTS: Readonly<
  Record<
    string,
    (value: unknown, own: Expected, names: readonly string[], context: LawContext) => boolean
  >
> = {
  name: () => true,
  image: (value, { images }) => typeof value === "string" && images.includes(value),
  essential: (value, own) => value === own.essential,
  command: (value, { command }) => {
    if (command === "own") return textsOf(value).length > 0 && value !== undefined;
    const words = value === undefined ? [] : textsOf(value);
    return "is" in command ? isSame(words, command.is) : words.at(-1) === command.endsWith;
  },
  entryPoint: (value, { entryPoint }) => isSame(value, entryPoint),
  environment: (value, own) => isEnvironment(value, own.environment),
  portMappings: (value, { port }) =>
    isSame(
      value,
      port === undefined ? [] : [{ containerPort: port, hostPort: port, protocol: "tcp" }],
    ),
  healthCheck: (value, { health }) =>
    health === undefined ? value === undefined : isObject(value) && health(value),
  // Routed containers share what daemons leave; what a daemon may take is its own.
  cpu: (value, own, _, { declaration }) =>
    own.cpu === undefined
      ? value === undefined || Number(value) <= Number(declaration.values["cpu"])
      : value === own.cpu,
  memory: (value, own) => value === own.memory,
  startTimeout: (value) => value === undefined || Number(value) >= 60,
  stopTimeout: (value, { stopTimeout: [least, most] }) =>
    value === undefined || (Number(value) >= least && Number(value) <= most),
  dependsOn: (value, own, names) => {
    const others = listOf(value).map((item) => (isObject(item) ? item["containerName"] : item));
    return (
      others.every((other) => names.includes(String(other)) && other !== own.name) &&
      (own.after ?? []).every((other) => others.includes(other))
    );
  },
  logConfiguration: (value, _, __, context) => isObject(value) && isOwnLog(value, context),
  linuxParameters: (value) => isObject(value) && isHarmless(value),
  readonlyRootFilesystem: (value) => value === true,
  ulimits: (value) => listOf(value).every((item) => isObject(item) && item["name"] === "nofile"),
  mountPoints: (value, _, __, { declaration }) => {
    const volumes = listOf(declaration.values["volume"]).map((volume) =>
      isObject(volume) ? volume["name"] : undefined,
    );
    return listOf(value).every((item) => isObject(item) && volumes.includes(item["sourceVolume"]));
  },
  volumesFrom: (value) => listOf(value).length === 0,
  systemControls: (value) => listOf(value).length === 0,
};

function strangeParts(
  container: Values,
  own: Expected,
  names: readonly string[],
  context: LawContext,
): string[] {
  const parts = new Set([...Object.keys(PARTS), ...Object.keys(container)]);
  return [...parts]
    .filter((part) => PARTS[part]?.(container[part], own, names, context) !== true)
    .map((part) => `${own.name}.${part}`);
}

function isEnvironment(value: unknown, expected: Expected["environment"]): boolean {
  const items = listOf(value).map((item) => (isObject(item) ? item : {}));
  const names = items.map(({ name }) => String(name));
  return (
    names.length === Object.keys(expected).length &&
    new Set(names).size === names.length &&
    items.every((item) => {
      const name = String(item["name"]);
      if (!Object.hasOwn(expected, name)) return false;
      return expected[name] === null || expected[name] === item["value"];
    })
  );
}

/** What blocks while CloudWatch takes no line stands still, and loses its peers. */
function isOwnLog({ logDriver, options, ...rest }: Values, context: LawContext): boolean {
  if (logDriver !== "awslogs" || !isObject(options) || Object.keys(rest).length > 0) return false;
  const { "awslogs-group": group, "awslogs-region": region, mode } = options;
  return (
    referent(group, "aws_cloudwatch_log_group", "name", context) !== undefined &&
    region === context.environment.aws.region &&
    mode === "non-blocking" &&
    /^\d+m$/.test(String(options["max-buffer-size"]))
  );
}

/** No capability, no device, no memory of other containers. */
function isHarmless({ capabilities, initProcessEnabled, tmpfs, ...rest }: Values): boolean {
  return (
    isSame(capabilities, { add: [], drop: ["ALL"] }) &&
    initProcessEnabled === true &&
    Object.keys(rest).length === 0 &&
    listOf(tmpfs).every(
      (item) => isObject(item) && /^\/(run|tmp)$/.test(String(item["containerPath"])),
    )
  );
}

/** As Terraform's JSON has a text that is no expression, whatever is in it. */
function asLiteral(text: string): string {
  return text.replace(/[$%]\{/g, (start) => `${start[0] ?? ""}${start}`);
}

function literals(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, asLiteral(value)]),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
