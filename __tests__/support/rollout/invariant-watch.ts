import type { SimulatedAccount } from "./simulated-account";
import type { PortCall, Watcher } from "./controller-world";

/** Calls that only the holder of the lock may make. */
const HOLDERS_CALLS: readonly PortCall[] = ["drain", "apply", "undo-drain", "store"];

/**
 * Watches a simulated account at every moment for what must never be, whatever fails: each
 * violation is a sentence.
 */
export class InvariantWatch {
  readonly violations: string[] = [];
  /** Slots that a rollout took out of service and that do not serve again yet. */
  private readonly disrupted = new Set<number>();
  /** Slots that a rollout took though they did not serve, until they serve again. */
  private readonly downAnyway = new Set<number>();
  /** Slots that were drained for a wave that isn't being applied yet, though nothing broke since. */
  private readonly drained = new Set<number>();
  private readonly everHealthy = new Set<string>();
  private readonly addresses = new Map<number, string>();
  private lastOutage = -Infinity;

  constructor(private readonly account: SimulatedAccount) {
    account.time.onJump = () => this.look();
    account.terraform.onDestroy = (slot) => this.take(slot, "destroyed");
    this.look();
  }

  /** Tells that something other than a rollout takes nodes down: PoPs may go with them. */
  noteOutage(): void {
    this.lastOutage = this.account.time.now();
    this.noteTrouble();
  }

  /** Tells of anything else that a rollout can't know of before: what it drained may come to nothing. */
  noteTrouble(): void {
    this.drained.clear();
  }

  readonly watcher: Watcher = {
    onCall: (call, owner) => {
      if (HOLDERS_CALLS.includes(call) && !this.account.holds(owner)) {
        this.violate(`${owner} made the call ${call} without the lock`);
      }
    },
    onDrain: (slots) => {
      for (const slot of slots) {
        this.take(slot, "drained");
        // One that broke just before may not let its tasks stop.
        if (!this.isOutageNew()) this.drained.add(slot);
      }
    },
    onApply: () => this.drained.clear(),
    onTrouble: () => this.noteTrouble(),
    onUndo: (slots) => {
      const inVain = slots.filter((slot) => this.drained.delete(slot));
      if (inVain.length === 0) return;
      this.violate(`nodes ${inVain.join(", ")} were drained for a wave that wasn't applied`);
    },
  };

  /** Checks what must hold now. */
  look(): void {
    const { fleet } = this.account;
    for (const slot of [...this.disrupted, ...this.downAnyway]) {
      const node = fleet.nodes.get(slot);
      const gone = !fleet.addresses.has(slot);
      if (!gone && !(node && fleet.isAvailable(node))) continue;
      this.disrupted.delete(slot);
      this.downAnyway.delete(slot);
    }
    for (const [pop, slots] of fleet.healthyPops()) {
      if (slots.length > 0) this.everHealthy.add(pop);
      else if (this.everHealthy.has(pop) && this.lastOutage === -Infinity) {
        this.violate(`${pop} has no healthy task`);
      }
    }
    for (const [slot, { eni, eip, zone }] of fleet.addresses) {
      const now = `${eni} ${eip} ${zone}`;
      const before = this.addresses.get(slot);
      if (before !== undefined && before !== now) this.violate(`slot ${slot} changed its address`);
      this.addresses.set(slot, now);
    }
    for (const slot of this.addresses.keys()) {
      const { nodes, spareNodes } = this.account.environment.fleet;
      const wanted = slot >= FIRST_SPARE ? slot < FIRST_SPARE + spareNodes : slot < nodes;
      if (wanted && !fleet.addresses.has(slot)) this.violate(`slot ${slot} lost its address`);
      if (!wanted && !fleet.addresses.has(slot)) this.addresses.delete(slot);
    }
  }

  /** A rollout takes a node out of service. */
  private take(slot: number, how: string): void {
    const { fleet, environment } = this.account;
    const pops = fleet.healthyPops();
    const justNow = this.isOutageNew();
    for (const [pop, slots] of pops) {
      const left = slots.filter((other) => other !== slot);
      if (slots.includes(slot) && left.length === 0 && !justNow) {
        this.violate(`${pop} lost its last healthy task: node ${slot} was ${how}`);
      }
    }
    if (!justNow) this.checkStrength(slot, how);
    // Nobody counts on any one spare, but for the tasks on all of them.
    if (slot >= FIRST_SPARE) return;
    const node = fleet.nodes.get(slot);
    // What didn't serve anyway, and not for a rollout's sake, isn't taken out of service by this one.
    const wasDown = node !== undefined && node.status === "ACTIVE" && !fleet.isAvailable(node);
    if (wasDown && !this.disrupted.has(slot)) this.downAnyway.add(slot);
    if (this.downAnyway.has(slot)) return;
    this.disrupted.add(slot);
    const most = environment.fleet.maxUnavailableNodes;
    if (this.disrupted.size > most) {
      const slots = [...this.disrupted].sort((a, b) => a - b).join(", ");
      this.violate(`nodes ${slots} are out of service at once, but only ${most} may be`);
    }
  }

  private isOutageNew(): boolean {
    return this.account.time.now() - this.lastOutage < GRACE_MS;
  }

  /** With a spare, no PoP that runs everywhere is taken below as many tasks as there are nodes. */
  private checkStrength(slot: number, how: string): void {
    const { environment, fleet } = this.account;
    const known = [...fleet.addresses.keys()];
    if (!known.some((each) => each >= FIRST_SPARE)) return;
    const nodes = known.filter((each) => each < environment.fleet.nodes).length;
    for (const [pop, slots] of fleet.healthyPops()) {
      if (!slots.includes(slot) || !fleet.runsEverywhere(pop)) continue;
      const least = Math.min(slots.length, nodes);
      if (slots.length - 1 >= least) continue;
      this.violate(`${pop} has ${slots.length - 1} of ${least} tasks: node ${slot} was ${how}`);
    }
  }

  private violate(what: string): void {
    const sentence = `${new Date(this.account.time.now()).toISOString()}: ${what}`;
    if (this.violations.length < MOST_TOLD) this.violations.push(sentence);
  }
}

const MOST_TOLD = 5;
const FIRST_SPARE = 200;
/** Between its last look and the end of its apply a rollout can't know of what breaks meanwhile. */
const GRACE_MS = 150_000;
