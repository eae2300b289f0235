import { renderSummary } from "../../../lib/plan/render/render-summary";
import { messageOf } from "../../../lib/errors";
import type { RolloutResult } from "../../../lib/rollout/rollout-result";
import type { RolloutEvent } from "../../../lib/rollout/events";
import { plainLines } from "../../../lib/rollout/view/plain-lines";
import { parseWaveRecord } from "../../../lib/rollout/wave-record";
import type { Trouble } from "./controller-world";
import { InvariantWatch } from "./invariant-watch";
import { play } from "./play";
import type { Controller } from "./play";
import { SeededRandom } from "./seeded-random";
import { LOCK_LIFETIME_SECONDS, SimulatedAccount } from "./simulated-account";
import type { Fate } from "./simulated-fleet";

export interface ChaosReport {
  readonly seed: number;
  /** Sentences; empty where all is well. */
  readonly violations: readonly string[];
  /** What happened, for people. */
  readonly lines: readonly string[];
  readonly tally: Readonly<Record<string, number>>;
}

const FIRST_SPARE = 200;
const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"] as const;
/** Where images are staged. */
const CANARY = "pop1";
/** What can happen at any moment. */
const MEANTIME = ["release", "revert", "outage", "image", "hand-drain"] as const;

/** Longer than any rollout takes. */
const LONGEST_SECONDS = 3 * 86_400;

/**
 * One rollout of a fleet with everything that can go wrong: controllers that are killed at any
 * call, before or after its effect, or interrupted; calls that fail, with or without their effect;
 * Terraform that breaks off or dies; zones without capacity; nodes that never boot, never get healthy, or die by
 * themselves; gates that say no; drains that hang; configs that change in between, and their images,
 * bad ones too; nodes that a person drains; two controllers at once. In the end it is left in peace, and must converge.
 */
export async function chaos(seed: number): Promise<ChaosReport> {
  return new Chaos(seed).run();
}

class Chaos {
  private readonly random: SeededRandom;
  private readonly account: SimulatedAccount;
  private readonly lines: string[] = [];
  private readonly tally: Record<string, number> = {};
  private readonly violations: string[] = [];
  private ami = 1;
  private image = 1;
  private readonly playsImages: boolean;
  /** Waves of earlier controllers that the last one saw to their end. */
  private seenThrough = 0;
  /** Whether a call that sets nodes back to ACTIVE has failed in this turn. */
  private undoFailed = false;
  /** How troubled this run is as a whole. */
  private readonly rate: number;

  constructor(private readonly seed: number) {
    this.random = new SeededRandom(seed);
    const { random } = this;
    const nodes = random.integer(2, 4);
    const budget = random.integer(1, Math.max(1, nodes - 1));
    const pops = new Map<string, readonly number[] | null>([["pop1", null]]);
    if (random.chance(0.5)) pops.set("pop2", null);
    const images = random.chance(0.4) ? { canaries: [CANARY], popsPerWave: 1 } : undefined;
    // One that the config no longer has, which therefore stays where it is.
    if (images === undefined && random.chance(0.3)) pops.set("pop4", [0, 1]);
    const spareNodes = random.pick([0, 1, 1, 2]);
    this.account = new SimulatedAccount({
      ...{ nodes, maxUnavailableNodes: budget, spareNodes, pops },
      ...(images === undefined ? {} : { images }),
    });
    this.playsImages = images !== undefined;
    this.rate = random.pick([0, 0.005, 0.02, 0.05]);
  }

  async run(): Promise<ChaosReport> {
    const { account, random } = this;
    await account.found();
    const watch = new InvariantWatch(account);
    this.release();
    this.account.fateOf = () => this.fate();
    const troubled = random.integer(1, 4);
    for (let turn = 0; turn < troubled; turn += 1) {
      await this.turn(turn, watch);
      if (random.chance(0.3)) await this.meanwhile(watch);
    }
    await this.peace(watch);
    return {
      seed: this.seed,
      violations: [...this.violations, ...watch.violations],
      lines: this.lines,
      tally: this.tally,
    };
  }

  /** One controller, or two at once. */
  private async turn(turn: number, watch: InvariantWatch): Promise<void> {
    const { account, random } = this;
    const controllers = [this.controller(`alice${turn}`, watch)];
    account.terraform.hasOtherChanges ||= random.chance(0.2);
    account.terraform.zonesWithoutCapacity.clear();
    if (random.chance(this.rate * 4))
      account.terraform.zonesWithoutCapacity.add(random.pick(ZONES));
    if (random.chance(0.2)) {
      const startAfter = random.integer(0, 900);
      const bob = this.controller(`bob${turn}`, watch);
      // Where calls fail, who has lost the lock may not learn of it in time.
      const breakLock = this.rate === 0 && random.chance(0.8) ? "alice is dead" : undefined;
      controllers.push({ ...bob, startAfter, settings: { ...bob.settings, breakLock } });
    }
    if (random.chance(0.25)) {
      const at = account.time.now() + random.integer(1, 1500) * 1000;
      account.time.at(at, () => this.meantime(watch, random.pick(MEANTIME)));
    }
    const before = this.draining();
    this.undoFailed = false;
    const played = await this.ends(
      Promise.all(controllers.map((controller) => this.playOne(controller))),
    );
    const [only, other] = played ?? [];
    if (only?.result && !other) this.checkNoneLeftDraining(only.result, before);
    if (account.terraform.isRunning && random.chance(0.5)) {
      this.tell("Terraform is killed");
      account.terraform.kill();
    }
    await account.time.pass(random.pick([1, 30, LOCK_LIFETIME_SECONDS + 1, 600, 3600]));
  }

  /** By a rollout: what a person drained stays so. */
  private draining(): number[] {
    return [...this.account.fleet.nodes.values()].flatMap(({ slot, status, drainedBy }) =>
      status === "DRAINING" && drainedBy !== null ? [slot] : [],
    );
  }

  /** Whoever ends by itself leaves no node DRAINING, its own or those of one that was killed. */
  private checkNoneLeftDraining(result: RolloutResult, before: readonly number[]): void {
    const isAtRest = result.kind === "converged" || result.kind === "max-waves";
    const left = this.draining();
    if (left.length === 0 || this.undoFailed || (before.length > 0 && !isAtRest)) return;
    if (result.kind === "stopped" && result.reason === "lock-lost") return;
    this.violations.push(`node ${left.join(", ")} is left DRAINING: ${JSON.stringify(result)}`);
  }

  private controller(operator: string, watch: InvariantWatch): Controller {
    const { random } = this;
    const { watcher } = watch;
    const killed = random.chance(0.6);
    const killedAt = {
      call: random.integer(1, random.pick([12, 30, 100])),
      after: random.chance(0.5),
    };
    const interruptAfter = random.chance(0.2) ? random.integer(1, 1500) : undefined;
    const settings = {
      ...(random.chance(0.15) ? { maxWaves: 1 } : {}),
      ...(random.chance(0.15) ? { to: "previous" } : {}),
      ...(random.chance(0.1) ? { bakeSeconds: 0 } : {}),
      ...(random.chance(0.1) ? { planOptions: { onlyNodes: [random.integer(0, 1)] } } : {}),
    };
    const trouble = this.trouble();
    return {
      operator,
      settings,
      trouble,
      watcher,
      interruptAfter,
      ...(killed ? { killedAt } : {}),
    };
  }

  private trouble(): Trouble {
    const { random, rate } = this;
    return {
      fails: (call) => {
        const fails = random.chance(rate);
        if (fails && call === "undo-drain") this.undoFailed = true;
        return fails;
      },
      failsLate: () => random.chance(0.5),
      refuses: () => random.chance(rate * 2),
      drainHangs: () => random.chance(rate),
      applyBreaksAfter: () => (random.chance(rate * 2) ? random.integer(0, 3) : Infinity),
      gate: (when) => ({ open: !random.chance(rate), message: `asked ${when}` }),
    };
  }

  private fate(): Fate {
    const { random, rate } = this;
    if (!random.chance(rate * 2)) return "well";
    return random.pick(["never-boots", "never-healthy", "agent-disconnected"] as const);
  }

  /** What happens between two rollouts. */
  private async meanwhile(watch: InvariantWatch): Promise<void> {
    const { account, random } = this;
    const what = random.pick([...MEANTIME, "scale", "deploy"] as const);
    if (what === "scale") {
      this.tell("the config asks for another number of nodes");
      account.setNodes(random.integer(2, 4));
    } else if (what === "deploy") {
      const { terraform } = account;
      if (terraform.isRunning) return;
      const { plan } = account.plan({});
      this.tell(`somebody deploys without a rollout: ${renderSummary(plan)}`);
      if (plan.status !== "staged") return;
      const words: string[] = [];
      const write = (line: string) => void words.push(line);
      const applied = terraform.apply(plan, terraform.stateSerial, Infinity, write);
      // Where there is no capacity it fails, and is left to the next deploy.
      const ended = applied.catch((error: unknown) => {
        if (words.length === 0) throw error;
      });
      await this.ends(ended);
    } else this.meantime(watch, what);
  }

  /** What can happen at any moment, while a rollout runs too. */
  private meantime(watch: InvariantWatch, what: (typeof MEANTIME)[number]): void {
    const { account, random } = this;
    watch.noteTrouble();
    switch (what) {
      case "release":
        return this.release();
      case "revert":
        this.tell("the AMI is reverted");
        return account.releaseAmi(1);
      case "image":
        return this.releaseImage(this.random.chance(0.3));
      case "hand-drain": {
        // A person takes no PoP's last task, nor more nodes than may be down.
        const nodes = [...account.fleet.nodes.values()];
        if (nodes.length < 3 || !nodes.every((node) => account.fleet.isAvailable(node))) return;
        const node = this.random.pick(nodes);
        this.tell(`a person drains node ${node.slot}`);
        watch.noteOutage();
        account.fleet.drain(node, false, null);
        return;
      }
      case "outage": {
        const nodes = [...account.fleet.nodes.values()];
        if (nodes.length === 0) return;
        const node = random.pick(nodes);
        this.tell(`node ${node.slot} breaks by itself`);
        watch.noteOutage();
        node.fate = random.pick(["never-healthy", "agent-disconnected"] as const);
      }
    }
  }

  /** Nothing goes wrong any more: it converges, in the least number of waves. */
  private async peace(watch: InvariantWatch): Promise<void> {
    const { account } = this;
    account.terraform.kill();
    account.terraform.zonesWithoutCapacity.clear();
    account.fateOf = () => "well";
    await account.time.pass(LOCK_LIFETIME_SECONDS + 3600);
    for (const node of account.fleet.nodes.values()) {
      node.stoppingUntil = 0;
      if (node.slot % 2 === 0) node.fate = node.fate === "never-boots" ? node.fate : "well";
    }
    // Where two agents are gone, nobody can tell which of their nodes PoPs live on: people bring one back.
    const silent = [...account.fleet.nodes.values()].filter((n) => n.fate === "agent-disconnected");
    for (const node of silent.slice(1)) node.fate = "well";
    // People end what they began.
    for (const node of account.fleet.nodes.values()) {
      if (node.drainedBy === null) account.fleet.activate(node);
    }
    // A bad image is taken out of the config.
    if (this.playsImages) this.releaseImage(false);
    // What is broken gets well only by a change: another AMI is what operators would try.
    const isWell = [...account.fleet.nodes.values()].every(({ fate }) => fate === "well");
    if (!isWell || this.random.chance(0.5)) this.release();
    const { watcher } = watch;
    const { plan, observation } = account.plan({});
    const drained =
      observation.health.source === "ecs" &&
      observation.health.containerInstances.some(({ status }) => status !== "ACTIVE");
    const settings = { timeoutSeconds: 3600 };
    const carol = async (more: Controller["settings"] = {}) => {
      const controller = { operator: "carol", watcher, settings: { ...settings, ...more } };
      return (await this.ends(this.playOne(controller)))?.result ?? null;
    };
    let result = await carol();
    // Nodes that may serve, for all that anybody can tell, hold each other: people know better.
    if (result?.kind === "stopped" && result.reason === "held") {
      this.tell("people say which nodes serve nobody");
      watch.noteOutage();
      await carol({ planOptions: { ignoreHealth: true }, maxWaves: 1 });
      result = await carol();
    }
    if (result?.kind !== "converged") {
      this.violations.push(`left in peace it did not converge: ${JSON.stringify(result)}`);
      return;
    }
    // A node that was left DRAINING and is set back first may cost or spare a wave.
    const isCertain = plan.status === "staged" && !drained;
    const waves = result.waves - this.seenThrough;
    if (isCertain && waves > plan.wavesRemaining) {
      this.violations.push(`it took ${waves} waves, not ${plan.wavesRemaining}`);
    }
    for (const { slot, status } of account.fleet.nodes.values()) {
      if (slot >= FIRST_SPARE) this.violations.push(`spare ${slot} was left filled`);
      if (status !== "ACTIVE") this.violations.push(`node ${slot} was left ${status}`);
    }
    const open = account.history().filter((record) => record.result === "running");
    if (open.length > 0) this.violations.push(`${open.length} records are left running`);
    for (const record of account.history()) {
      await parseWaveRecord(JSON.stringify(record)).catch((error: unknown) => {
        this.violations.push(`a record that was written can't be read: ${messageOf(error)}`);
      });
    }
    for (const [pop, images] of account.fleet.everRolledTo) {
      const bad = images.filter((image) => account.fleet.badImages.has(image));
      if (pop !== CANARY && bad.length > 0) this.violations.push(`${pop} was given ${bad.join()}`);
    }
    if (account.lock !== null) this.violations.push("the lock is left behind");
    if (account.terraform.hasOtherChanges) this.violations.push("other changes are left behind");
    if (account.terraform.isIncomplete) this.violations.push("an apply is left half done");
  }

  /** A new image in the config, which may be one whose tasks never get healthy. */
  private releaseImage(isBad: boolean): void {
    if (!this.playsImages) return;
    this.image += 1;
    const image = `registry.example/routed:${this.image}`;
    this.tell(`the config wants ${isBad ? "the bad image" : "image"} ${this.image}`);
    if (isBad) this.account.fleet.badImages.add(image);
    this.account.setImage(image);
  }

  private release(): void {
    this.ami += 1;
    this.tell(`AMI ${this.ami} comes out`);
    this.account.releaseAmi(this.ami);
  }

  private async playOne(controller: Controller) {
    const render = plainLines();
    const name = controller.operator.padEnd(6);
    this.seenThrough = 0;
    const sink = (event: RolloutEvent): void => {
      if (event.type === "wave-started" && event.resumed) this.seenThrough += 1;
      for (const line of render(event)) this.lines.push(`${name} ${line}`);
    };
    const played = await play(this.account, { ...controller, sink });
    const { result } = played;
    const how =
      result === null
        ? "killed"
        : result.kind === "stopped"
          ? `stopped: ${result.reason}`
          : result.kind;
    this.tally[how] = (this.tally[how] ?? 0) + 1;
    if (result === null) this.lines.push(`${name} is killed at its call ${played.calls}`);
    return played;
  }

  /** It has to end, and in time. */
  private async ends<T>(promise: Promise<T>): Promise<T | null> {
    const { time } = this.account;
    try {
      return await time.during(promise, time.now() + LONGEST_SECONDS * 1000);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.violations.push(`it did not end as it should: ${message}`);
      return null;
    }
  }

  private tell(text: string): void {
    const time = new Date(this.account.time.now()).toISOString().slice(11, 19);
    this.lines.push(`       ${time} ${text}`);
  }
}
