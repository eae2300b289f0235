export type OperatingSystem = "al2023" | "bottlerocket";
export type Architecture = "x86_64" | "arm64";

/** An AMI that the local AWS has published, under its public SSM parameter. */
export interface ReleasedImage {
  readonly imageId: string;
  readonly os: OperatingSystem;
  readonly architecture: Architecture;
  /** ISO 8601, UTC. */
  readonly releasedAt: string;
  /** The SSM parameter whose newest version names the newest such image. */
  readonly parameter: string;
}

/** What EC2 checks of an instance: its own system, AWS's below it, its EBS volumes. */
export type StatusCheck = "instance" | "system" | "attachedEbs";

/** An instance in any state, also a terminated one. */
export interface SandboxInstance {
  readonly instanceId: string;
  readonly state: "pending" | "running" | "stopped" | "shutting-down" | "terminated";
  /** True while one of its status checks fails. */
  readonly impaired: boolean;
  readonly imageId: string;
  readonly instanceType: string;
  readonly availabilityZone: string;
  /** Null for a terminated instance, as are its addresses. */
  readonly networkInterfaceId: string | null;
  readonly privateIp: string | null;
  readonly publicIp: string | null;
  readonly ipv6Addresses: readonly string[];
  readonly accountId: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A fault that the next matching calls meet. */
export interface Fault {
  /** The service's signing name, such as `ec2`, `ecs`, `ssm`, `sts`, `elasticloadbalancing`. @default any */
  readonly service?: string;
  /** Such as `DescribeInstances`. @default any */
  readonly action?: string;
  /**
   * - `error500`, `throttle`, `denied`: the API's own error of that kind
   * - `error`: the error given by `code`, `message` and `status`
   * - `timeout`: no answer for `seconds`, then the connection is cut
   * - `cut`: the connection is cut without an answer
   * - `truncate`: the call is carried out, and its answer ends in the middle
   */
  readonly kind: "error500" | "throttle" | "denied" | "error" | "timeout" | "cut" | "truncate";
  /** How many calls meet it; null: all until the faults are cleared. @default 1 */
  readonly times?: number | null;
  /** Matching calls to let pass first. @default 0 */
  readonly skip?: number;
  /** True: the call is carried out, and only its answer is replaced or lost. @default false */
  readonly after?: boolean;
  /** For `timeout`. @default 60 */
  readonly seconds?: number;
  /** For `error`: such as `InsufficientInstanceCapacity`. */
  readonly code?: string;
  readonly message?: string;
  /** For `error`: the HTTP status. @default 400 */
  readonly status?: number;
}

/** What the account can't launch until it is taken back. */
export type LaunchLimit =
  /** EC2 has none now, and says so as HTTP 500; of any type or in any zone where none is named. */
  | {
      readonly kind: "no-capacity";
      readonly instanceType?: string;
      readonly availabilityZone?: string;
    }
  /** The zone doesn't offer the type. */
  | {
      readonly kind: "not-offered";
      readonly instanceType: string;
      readonly availabilityZone: string;
    }
  /** As a service control policy: no launch of an instance without the tag (of this value). */
  | { readonly kind: "denied-without-tag"; readonly tag: string; readonly value?: string };

export interface RecordedCall {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly service: string;
  readonly action: string;
  readonly region: string;
  /** False for calls that only read. */
  readonly mutating: boolean;
  /** HTTP status; 0 if no answer was given. */
  readonly status: number;
  /** The kind of the fault that it met. */
  readonly fault?: Fault["kind"];
  /** Whether AWS's models or its prose allow no such request; then nothing was done. */
  readonly refused?: true;
  /** Which of its members the emulator passed over, in words. */
  readonly dropped?: string;
}

/** What AWS would look at to allow a call or not. */
export interface AskedCall {
  readonly service: string;
  readonly action: string;
  readonly region: string;
  readonly asked: {
    /** The call's members, by the API model's names. */
    readonly sent: Readonly<Record<string, unknown>>;
    /** By EC2's id or role's name, as it was before the call. */
    readonly held: Readonly<Record<string, HeldResource>>;
  };
}

export interface HeldResource {
  readonly tags?: Readonly<Record<string, string>>;
  /** Of a network interface. */
  readonly subnet?: HeldResource;
  readonly groups?: Readonly<Record<string, HeldResource>>;
  /** Of a role: the ARN of its permissions boundary. */
  readonly boundary?: string | null;
}

export interface CallLog {
  readonly total: number;
  /** Calls since the start that AWS's models or its prose don't allow; `clearCalls` forgets none. */
  readonly refused: number;
  /** service → action → number of calls. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Of these, the ones that were throttled, by an ordered fault or by a rate limit. */
  readonly throttled: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Oldest first; only the newest 20,000 are kept. */
  readonly calls: readonly RecordedCall[];
}

/** AWS's documented rate limits and the time that its answers take. */
export interface RateSettings {
  /** Whether calls above AWS's rate limits are throttled. @default false */
  readonly enabled: boolean;
  /** Until a call is answered that only reads. @default 50 with `enabled`, 0 without */
  readonly readMilliseconds: number;
  /** Until a call is answered that changes something. @default 150 with `enabled`, 0 without */
  readonly changeMilliseconds: number;
}

interface EventOfNode {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly instanceId: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly networkInterfaceId: string | null;
  /** From the tags `routed:environment` and `routed:node`, as they are now; null without them. */
  readonly environment: string | null;
  readonly slot: number | null;
}

/** What happened to an instance or to the ECS agent on it. */
export interface InstanceEvent extends EventOfNode {
  readonly event:
    | "launched"
    | "stopped"
    | "started"
    | "terminated"
    | "impaired"
    | "repaired"
    | "registered"
    | "agent-connected"
    | "agent-disconnected"
    | "draining"
    | "active"
    | "deregistered";
}

/** What happened to a service's task; a task that stops serves nobody any more. */
export interface TaskEvent extends EventOfNode {
  readonly event:
    "task-started" | "task-healthy" | "task-unhealthy" | "task-stopping" | "task-stopped";
  readonly cluster: string;
  /** The PoP's name. */
  readonly serviceName: string;
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
}

export type TimelineEvent = InstanceEvent | TaskEvent;

/** How long things take on the emulated nodes, in seconds; changes apply to what is under way, too. */
export interface AgentSettings {
  /** From an instance's start until its ECS agent registers. @default 1 */
  readonly bootSeconds: number;
  /** From a task's placement until it runs. @default 0 */
  readonly pullSeconds: number;
  /** From a task's start until its health check passes. @default 2 */
  readonly rebuildSeconds: number;
  /** From the order to stop a task until it is stopped; its targets drain meanwhile. @default 0.5 */
  readonly stopSeconds: number;
  /** From an instance's end until ECS forgets its container instance. @default 1 */
  readonly deregisterSeconds: number;
  /**
   * From a task's start until a check that never passes makes it UNHEALTHY, so that ECS replaces it.
   * @default null: it stays UNKNOWN
   */
  readonly unhealthySeconds: number | null;
  /**
   * Which terminated instances stay behind as container instances whose agent is disconnected. On
   * AWS it is `if-disconnected`: those whose agent was so before they were terminated. Their tasks stay as
   * their agent told of them last, until somebody deregisters them.
   * @default "never"
   */
  readonly ghosts: "never" | "if-disconnected" | "always";
  /**
   * What AWS tells of the tasks of a stopped instance: what it heard last, until their agent is back or
   * the instance terminated; or that they are stopped.
   * @default "last-heard"
   */
  readonly stoppedHosts: "last-heard" | "lost";
  /**
   * A task's health where an essential container has no check: `documented` is UNKNOWN, `observed`
   * what those containers say that have one.
   * @default "documented"
   */
  readonly taskHealth: "documented" | "observed";
  /** Whether a deployment's circuit breaker acts on DAEMON services, too. @default false */
  readonly daemonCircuitBreaker: boolean;
}

/** A fault of the nodes that all the given fields name; it lasts until it is taken back. */
export interface NodeFault {
  /**
   * - `never-boots`: the agent never registers
   * - `agent-disconnected`: ECS hears nothing of the agent; its tasks stay as they were
   * - `never-healthy`: tasks that aren't healthy yet don't become so
   * - `unhealthy`: health checks fail at once, and ECS replaces the tasks
   */
  readonly kind: "never-boots" | "agent-disconnected" | "never-healthy" | "unhealthy";
  readonly instanceId?: string;
  readonly imageId?: string;
  /** The PoP's name; for faults of tasks. */
  readonly serviceName?: string;
  /** The image of one of the task's containers, with its tag; for faults of tasks. */
  readonly containerImage?: string;
}

/** A registered container instance, a ghost too. */
export interface SandboxContainerInstance {
  readonly containerInstanceArn: string;
  readonly cluster: string;
  readonly instanceId: string;
  readonly status: "ACTIVE" | "DRAINING";
  readonly agentConnected: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly runningTasks: number;
  readonly pendingTasks: number;
  readonly healthyTasks: number;
  readonly environment: string | null;
  readonly slot: number | null;
}

/** A service's task that isn't stopped. */
export interface SandboxTask {
  readonly taskArn: string;
  readonly cluster: string;
  /** The PoP's name. */
  readonly serviceName: string;
  readonly taskDefinitionArn: string;
  readonly containerInstanceArn: string;
  readonly instanceId: string;
  readonly lastStatus: "PENDING" | "RUNNING" | "DEACTIVATING";
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly healthStatus: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
  /** As its service counts it: to stay, running, and passing its health check if it has one. */
  readonly healthy: boolean;
  readonly environment: string | null;
  readonly slot: number | null;
}

/** An environment's nodes and whether its services run all that they should. */
export interface FleetHealth {
  readonly healthy: boolean;
  /** What is missing, in words; empty if healthy. */
  readonly waitingFor: readonly string[];
  /** Lowest slot first. */
  readonly nodes: readonly {
    readonly slot: number;
    readonly instanceId: string;
    readonly agentConnected: boolean;
    readonly tasks: number;
    readonly healthyTasks: number;
  }[];
}
