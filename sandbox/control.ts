import { RoutedError } from "../lib/errors";

import type {
  AskedCall,
  AgentSettings,
  Architecture,
  CallLog,
  Fault,
  FleetHealth,
  LaunchLimit,
  NodeFault,
  OperatingSystem,
  RateSettings,
  ReleasedImage,
  SandboxContainerInstance,
  SandboxInstance,
  SandboxTask,
  StatusCheck,
  TimelineEvent,
} from "./control-types";

export type * from "./control-types";

const TIMEOUT_MS = 30_000;
const POLL_MS = 250;

/**
 * Talks to a running local AWS: does what happens to an account without Terraform's doing, and tells
 * what was done to it. All methods reject with a RoutedError sandbox-failed if it doesn't answer or
 * refuses.
 */
export class SandboxControl {
  constructor(
    /** Such as `http://127.0.0.1:4566`. */
    readonly endpoint: string,
    /** The region whose AMI ids are told. */
    readonly region: string,
  ) {}

  /** True if a local AWS answers there. */
  async isHealthy(): Promise<boolean> {
    try {
      await this.send("GET", "health");
      return true;
    } catch {
      return false;
    }
  }

  /** Publishes a newer AMI, as AWS does every week or two, and returns its id. */
  async releaseImage(
    image: { readonly os?: OperatingSystem; readonly architecture?: Architecture } = {},
  ): Promise<string> {
    const body = { os: "al2023", architecture: "x86_64", region: this.region, ...image };
    return ((await this.send("POST", "images", body)) as { imageId: string }).imageId;
  }

  /** All published AMIs; of each OS and architecture the oldest first. */
  async images(): Promise<readonly ReleasedImage[]> {
    const path = `images?region=${encodeURIComponent(this.region)}`;
    return (await this.send("GET", path)) as readonly ReleasedImage[];
  }

  /** All instances of all accounts and regions, in the order of their launch. */
  async instances(): Promise<readonly SandboxInstance[]> {
    return (await this.send("GET", "instances")) as readonly SandboxInstance[];
  }

  /** The instance of this environment's slot that isn't terminated; undefined if there is none. */
  async findNode(environment: string, slot: number): Promise<SandboxInstance | undefined> {
    return (await this.instances()).find(
      (instance) =>
        instance.state !== "terminated" &&
        instance.tags["routed:environment"] === environment &&
        instance.tags["routed:node"] === String(slot),
    );
  }

  /** Stops an instance as a hardware failure or an operator would. */
  stopInstance(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "stop");
  }

  startInstance(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "start");
  }

  /** Terminates an instance, whatever protects it. */
  terminateInstance(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "terminate");
  }

  /** Lets one of the instance's status checks fail from now on, and no other. */
  impairInstance(instanceId: string, check: StatusCheck = "instance"): Promise<SandboxInstance> {
    return this.act(instanceId, "impair", { check });
  }

  repairInstance(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "repair");
  }

  /** Lets an instance hang in shutting-down once it is terminated, until `finishTermination`. */
  hangTermination(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "hang");
  }

  finishTermination(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "finish");
  }

  /** The instance's ECS agent comes back without its checkpoint: it registers anew beside itself. */
  loseCheckpoint(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "lose-checkpoint");
  }

  /** Orders a fault and returns its id. */
  async setFault(fault: Fault): Promise<string> {
    return ((await this.send("POST", "faults", fault)) as { id: string }).id;
  }

  /** Takes back all faults; calls that wait in a time-out end at once. */
  async clearFaults(): Promise<void> {
    await this.send("DELETE", "faults");
  }

  /** Limits what can be launched from now on, and returns the limit's id. */
  async limitLaunches(limit: LaunchLimit): Promise<string> {
    return ((await this.send("POST", "launches", limit)) as { id: string }).id;
  }

  /** Takes back all limits of launches. */
  async clearLaunchLimits(): Promise<void> {
    await this.send("DELETE", "launches");
  }

  /**
   * Lets each load balancer take so many addresses more of each of its subnets, as far as there are some.
   *
   * @returns the private IPv4 addresses that were taken
   */
  async growLoadBalancers(addresses: number): Promise<readonly string[]> {
    const answer = await this.send("POST", "load-balancers/grow", { addresses });
    return (answer as { taken: readonly string[] }).taken;
  }

  async calls(): Promise<CallLog> {
    return (await this.send("GET", "calls")) as CallLog;
  }

  /** Each call that was carried out, oldest first. */
  async askedCalls(): Promise<readonly AskedCall[]> {
    return (await this.send("GET", "calls/asked")) as readonly AskedCall[];
  }

  /** Forgets the calls so far. */
  async clearCalls(): Promise<void> {
    await this.send("DELETE", "calls");
  }

  /** What happened to instances and tasks, oldest first. */
  async timeline(): Promise<readonly TimelineEvent[]> {
    return (await this.send("GET", "timeline")) as readonly TimelineEvent[];
  }

  /**
   * Lets calls take as long as on AWS, and throttles those above its documented rates; all buckets
   * are full again. What is not given becomes the default.
   */
  async configureRates(settings: Partial<RateSettings>): Promise<RateSettings> {
    return (await this.send("POST", "rates", settings)) as RateSettings;
  }

  /** Changes the given settings of the emulated ECS agents, and returns all of them. */
  async configureAgent(settings: Partial<AgentSettings> = {}): Promise<AgentSettings> {
    return (await this.send("POST", "ecs-agent", settings)) as AgentSettings;
  }

  /** All registered container instances of all clusters, ghosts too. */
  async containerInstances(): Promise<readonly SandboxContainerInstance[]> {
    const path = "ecs-agent/container-instances";
    return (await this.send("GET", path)) as readonly SandboxContainerInstance[];
  }

  /** All tasks of services that aren't stopped. */
  async tasks(): Promise<readonly SandboxTask[]> {
    return (await this.send("GET", "ecs-agent/tasks")) as readonly SandboxTask[];
  }

  /** Orders a fault of nodes, and returns its id. */
  async setNodeFault(fault: NodeFault): Promise<string> {
    return ((await this.send("POST", "ecs-agent/faults", fault)) as { id: string }).id;
  }

  /** Takes back one fault of nodes; all of them without an id. */
  async clearNodeFaults(id?: string): Promise<void> {
    await this.send("DELETE", id === undefined ? "ecs-agent/faults" : `ecs-agent/faults/${id}`);
  }

  async fleetHealth(environment: string): Promise<FleetHealth> {
    const path = `ecs-agent/health?environment=${encodeURIComponent(environment)}`;
    return (await this.send("GET", path)) as FleetHealth;
  }

  /**
   * Waits until every node of the environment is registered with its agent connected, every task of
   * its services is healthy and no service is being deployed.
   *
   * @throws RoutedError sandbox-failed with what is missing when the time is up
   */
  async waitUntilHealthy(
    environment: string,
    { timeoutMs = 60_000 }: { readonly timeoutMs?: number } = {},
  ): Promise<FleetHealth> {
    for (const end = Date.now() + timeoutMs; ;) {
      const health = await this.fleetHealth(environment);
      if (health.healthy) return health;
      if (Date.now() >= end) {
        const missing = health.waitingFor.join("; ");
        const message = `${environment} is not healthy after ${timeoutMs / 1000} s: ${missing}`;
        throw new RoutedError("sandbox-failed", message);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Starts a copy that writes its port to `portFile`; returns its process id. */
  protected async forkTo(portFile: string): Promise<number> {
    return ((await this.send("POST", "fork", { portFile })) as { pid: number }).pid;
  }

  private async act(instanceId: string, action: string, body?: object): Promise<SandboxInstance> {
    return (await this.send("POST", `instances/${instanceId}/${action}`, body)) as SandboxInstance;
  }

  private async send(method: string, path: string, body?: object): Promise<unknown> {
    const url = `${this.endpoint}/_sandbox/${path}`;
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      const message = `no local AWS answers at ${this.endpoint}; start one with npm run sandbox`;
      throw new RoutedError("sandbox-failed", message, { cause });
    }
    const content = (await response.json()) as { readonly error?: string } | null;
    if (!response.ok) {
      const reason = content?.error ?? `status ${response.status}`;
      throw new RoutedError("sandbox-failed", `the local AWS refuses ${method} ${path}: ${reason}`);
    }
    return content;
  }
}
