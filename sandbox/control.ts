import { RoutedError } from "../lib/errors";

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

/** An instance in any state, also a terminated one. */
export interface SandboxInstance {
  readonly instanceId: string;
  readonly state: "pending" | "running" | "stopped" | "terminated";
  /** True while its status checks fail. */
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
}

export interface CallLog {
  readonly total: number;
  /** service → action → number of calls. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Oldest first; only the newest 20,000 are kept. */
  readonly calls: readonly RecordedCall[];
}

export interface InstanceEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: "launched" | "stopped" | "started" | "terminated" | "impaired" | "repaired";
  readonly instanceId: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly networkInterfaceId: string | null;
  /** From the tags `routed:environment` and `routed:node`, as they are now; null without them. */
  readonly environment: string | null;
  readonly slot: number | null;
}

const TIMEOUT_MS = 30_000;

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

  /** Lets the instance's status checks fail from now on. */
  impairInstance(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "impair");
  }

  repairInstance(instanceId: string): Promise<SandboxInstance> {
    return this.act(instanceId, "repair");
  }

  /** Orders a fault and returns its id. */
  async setFault(fault: Fault): Promise<string> {
    return ((await this.send("POST", "faults", fault)) as { id: string }).id;
  }

  /** Takes back all faults; calls that wait in a time-out end at once. */
  async clearFaults(): Promise<void> {
    await this.send("DELETE", "faults");
  }

  async calls(): Promise<CallLog> {
    return (await this.send("GET", "calls")) as CallLog;
  }

  /** Forgets the calls so far. */
  async clearCalls(): Promise<void> {
    await this.send("DELETE", "calls");
  }

  /** What happened to instances, oldest first. */
  async timeline(): Promise<readonly InstanceEvent[]> {
    return (await this.send("GET", "timeline")) as readonly InstanceEvent[];
  }

  /** Starts a copy that writes its port to `portFile`; returns its process id. */
  protected async forkTo(portFile: string): Promise<number> {
    return ((await this.send("POST", "fork", { portFile })) as { pid: number }).pid;
  }

  private async act(instanceId: string, action: string): Promise<SandboxInstance> {
    return (await this.send("POST", `instances/${instanceId}/${action}`)) as SandboxInstance;
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
