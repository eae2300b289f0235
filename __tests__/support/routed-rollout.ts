import type { ChildProcess } from "node:child_process";
import type { RolloutEvent } from "../../lib/rollout/events";
import type { RolloutResult } from "../../lib/rollout/rollout-result";
import { killTree } from "../../sandbox/processes";
import { startRouted } from "../../sandbox/routed";
import type { EndToEnd } from "./end-to-end";

/** Short enough for a test; the emulated nodes are quick. */
const QUICK = ["--bake", "1s", "--poll", "3s", "--drain-timeout", "60s"];

/** A running `routed rollout <environment> --yes --json`, or `routed deploy`, as a person's shell would start it. */
export class RoutedRollout {
  readonly events: RolloutEvent[] = [];
  /** Exit status; null if it was killed. */
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;
  private readonly waiting = new Set<() => void>();
  private output = "";
  private unfinished = "";
  private hasEnded = false;

  constructor(
    world: EndToEnd,
    args: readonly string[] = [],
    command: "rollout" | "deploy" = "rollout",
  ) {
    const quick = command === "rollout" ? QUICK : ["--drain-timeout", "60s"];
    const words = [command, world.environment, "--yes", "--json", ...quick, ...args];
    this.child = startRouted(world.run(), words, ["ignore", "pipe", "pipe"]);
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => this.take(text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    this.ended = new Promise((resolve) => {
      this.child.once("close", (status) => {
        this.hasEnded = true;
        for (const look of this.waiting) look();
        resolve(status);
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits for it to end. @returns how, as its last event tells */
  async result(): Promise<RolloutResult & { readonly status: number | null }> {
    const status = await this.ended;
    const last = this.events.at(-1);
    if (last?.type !== "rollout-ended") throw new Error(`it ended with ${status}:\n${this.told()}`);
    return { ...last.result, status };
  }

  /** Waits for an event. @throws Error where it ends without it */
  until(isIt: (event: RolloutEvent) => boolean): Promise<RolloutEvent> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.events.find(isIt);
        if (found === undefined && !this.hasEnded) return;
        this.waiting.delete(look);
        if (found === undefined) reject(new Error(`it ended without that:\n${this.told()}`));
        else resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Waits until a phase tells something. */
  untilTold(phase: string, words: RegExp): Promise<RolloutEvent> {
    return this.until(
      (event) =>
        event.type === "phase-progress" && event.phase === phase && words.test(event.message),
    );
  }

  /** `kill -9` of the controller alone; what it started goes on. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  /** `kill -9` of the controller and of all that it started, Terraform too. */
  async killAll(): Promise<void> {
    killTree(this.pid);
    await this.ended;
  }

  interrupt(): void {
    this.child.kill("SIGINT");
  }

  /** All that it printed, shortened, for messages. */
  told(): string {
    const lines = this.events.map((event) => JSON.stringify(event).slice(0, 400));
    return [...lines.slice(-40), this.output].join("\n");
  }

  private take(text: string): void {
    const lines = (this.unfinished + text).split("\n");
    this.unfinished = lines.pop() ?? "";
    for (const line of lines) this.events.push(JSON.parse(line) as RolloutEvent);
    for (const look of this.waiting) look();
  }
}

/** By slot, all addresses that the slot's live instances were seen with, sampled until `stop`. */
export class AddressWatch {
  private readonly seen = new Map<number, Set<string>>();
  private stopped = false;
  private readonly done: Promise<void>;

  constructor(private readonly world: EndToEnd) {
    this.done = this.sample();
  }

  /** @returns by slot, e.g. `{ 0: ["eni-1 10.99.0.16 198.18.0.1 2001:db8::10 us-east-1a"] }` */
  async stop(): Promise<Readonly<Record<number, readonly string[]>>> {
    this.stopped = true;
    await this.done;
    return Object.fromEntries([...this.seen].map(([slot, addresses]) => [slot, [...addresses]]));
  }

  private async sample(): Promise<void> {
    while (!this.stopped) {
      for (const instance of await this.world.liveInstances()) {
        const slot = Number(instance.tags["routed:node"]);
        const { networkInterfaceId, privateIp, publicIp, ipv6Addresses, availabilityZone } =
          instance;
        const address = [
          networkInterfaceId,
          privateIp,
          publicIp,
          ...ipv6Addresses,
          availabilityZone,
        ];
        const known = this.seen.get(slot) ?? new Set();
        this.seen.set(slot, known.add(address.join(" ")));
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
