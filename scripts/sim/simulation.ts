import { InvariantWatch } from "../../__tests__/support/rollout/invariant-watch";
import { play } from "../../__tests__/support/rollout/play";
import type { Controller } from "../../__tests__/support/rollout/play";
import { SimulatedAccount } from "../../__tests__/support/rollout/simulated-account";
import type { Fate, SimulatedNode } from "../../__tests__/support/rollout/simulated-fleet";
import { desiredFleet } from "../../lib/plan/desired/desired-fleet";
import { renderOutcome } from "../../lib/plan/render/render-outcome";
import { renderPlan } from "../../lib/plan/render/render-plan";
import type { RolloutResult } from "../../lib/rollout/rollout-result";
import { plainLines } from "../../lib/rollout/view/plain-lines";
import { nodesOf } from "../../lib/config/slots";
import { SimulatedConfig } from "./simulated-config";
import { invalid } from "./usage";

/** What the simulated account is made from, once. */
const FIXED =
  /^(autopilotSites(\[\d+\](\.name)?)?|routed\.stateRebuildMinutes|fleet\.image\.(os|architecture)|aws\..*)$/;

/** The world of one scenario: an account without anything in it at first, and its environment's config. */
export class Simulation {
  account: SimulatedAccount;
  /** How the last rollout ended; null where its controller was killed. */
  lastResult: RolloutResult | null = null;
  /** What the gate says while it is closed. */
  closed: string | null = null;
  /** The step after which the next Terraform fails. */
  terraformFailsAfter = Infinity;
  private readonly config: SimulatedConfig;
  private watch: InvariantWatch;
  private readonly fates: Fate[] = [];

  constructor(
    environment: string,
    private readonly say: (line: string) => void,
  ) {
    this.config = new SimulatedConfig(environment);
    [this.account, this.watch] = this.emptyAccount();
  }

  private emptyAccount(): [SimulatedAccount, InvariantWatch] {
    const { environment } = this.config;
    const account = new SimulatedAccount({
      environment,
      pops: new Map(environment.autopilotSites.map(({ name }) => [name, null])),
      rebuildSeconds: environment.routed.stateRebuildMinutes * 60,
    });
    account.fateOf = () => this.fates.shift() ?? "well";
    return [account, new InvariantWatch(account)];
  }

  /** What must never be and was, since the scenario began. */
  get violations(): readonly string[] {
    return this.watch.violations;
  }

  change(key: string, value: string | undefined): void {
    if (this.isFounded && FIXED.test(key)) {
      throw invalid(`${key} can't be changed once a node exists; set it before the first deploy`);
    }
    this.config.change(key, value);
    if (this.isFounded) {
      this.account.environment = this.config.environment;
      return;
    }
    const { amiId, badImages } = this.account.fleet;
    [this.account, this.watch] = this.emptyAccount();
    this.account.fleet.amiId = amiId;
    for (const image of badImages) this.account.fleet.badImages.add(image);
  }

  async pass(seconds: number): Promise<void> {
    await this.account.time.pass(seconds);
  }

  /** One plain deploy, which waits for nothing. */
  async deploy(ignoreHealth: boolean): Promise<void> {
    const { account } = this;
    const { plan } = account.plan({ ignoreHealth });
    if (!this.isFounded) this.defineImages();
    this.tell(renderOutcome(plan));
    const breaksAfter = this.nextBreak();
    await account.time.during(
      account.terraform.apply(plan, account.terraform.stateSerial, breaksAfter),
    );
  }

  plan(): void {
    this.tell(renderPlan(this.account.plan({}).waves));
  }

  async rollout(controller: Controller): Promise<void> {
    const render = plainLines();
    const trouble = {
      gate: () =>
        this.closed === null
          ? { open: true, message: "all sessions are up" }
          : { open: false, message: this.closed },
      applyBreaksAfter: () => this.nextBreak(),
    };
    const { watcher } = this.watch;
    const sink: Controller["sink"] = (event) => {
      for (const line of render(event)) this.say(line);
    };
    const playing = play(this.account, { ...controller, trouble, watcher, sink });
    const { result } = await this.account.time.during(playing);
    if (result === null) this.tell("its controller is killed");
    this.lastResult = result;
  }

  /** What becomes of the next instances that are launched, one after the other. */
  expectFates(fates: readonly Fate[]): void {
    this.fates.push(...fates);
  }

  /** Something happens to a node that no deploy asked for. */
  strike(slot: number, what: Fate | "terminated"): void {
    const node = this.node(slot);
    this.watch.noteOutage();
    if (what === "terminated") this.account.fleet.terminate(slot);
    else node.fate = what;
  }

  show(): void {
    const { fleet } = this.account;
    for (const [slot, { eip, zone }] of [...fleet.addresses].sort(([a], [b]) => a - b)) {
      const node = fleet.nodes.get(slot);
      const serves = node !== undefined && fleet.isAvailable(node) ? "serves" : "doesn't serve";
      const what = node ? `${node.instanceId} ${node.spec.amiId} ${serves}` : "no instance";
      this.say(`node ${slot}  ${zone}  ${eip}  ${what}`);
    }
    for (const [pop, slots] of this.servedBy()) {
      const image = fleet.definitionOf(pop)?.image;
      const where = slots.length === 0 ? "not healthy anywhere" : `healthy on ${nodesOf(slots)}`;
      this.say(`${pop}  ${where}${image === undefined ? "" : `  ${image}`}`);
    }
  }

  node(slot: number): SimulatedNode {
    const node = this.account.fleet.nodes.get(slot);
    if (node) return node;
    const slots = [...this.account.fleet.nodes.keys()].sort((a, b) => a - b);
    const there = slots.length === 0 ? "there is none yet" : `there are ${nodesOf(slots)}`;
    throw invalid(`node ${slot} has no instance; ${there}`);
  }

  /** PoP → slots with a healthy task, ascending. */
  servedBy(): Map<string, number[]> {
    const served = [...this.account.fleet.healthyPops()];
    return new Map(served.map(([pop, slots]) => [pop, [...slots].sort((a, b) => a - b)]));
  }

  servingSlots(): number[] {
    const { fleet } = this.account;
    const nodes = [...fleet.nodes.values()].filter((node) => fleet.isAvailable(node));
    return nodes.map(({ slot }) => slot).sort((a, b) => a - b);
  }

  /** Whether anything was deployed. */
  get isFounded(): boolean {
    return this.account.fleet.addresses.size > 0;
  }

  private defineImages(): void {
    const { images, pops } = desiredFleet(this.account.environment);
    if (images) for (const { name } of pops) this.account.fleet.define(name, images.others);
  }

  private nextBreak(): number {
    const step = this.terraformFailsAfter;
    this.terraformFailsAfter = Infinity;
    return step;
  }

  private tell(text: string): void {
    const time = new Date(this.account.time.now()).toISOString().slice(11, 19);
    text.split("\n").forEach((line, index) => this.say(index === 0 ? `${time} ${line}` : line));
  }
}
