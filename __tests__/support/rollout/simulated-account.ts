import type { Environment } from "../../../lib/config/environment";
import { loadEnvironment } from "../../../lib/config/load";
import { RoutedError } from "../../../lib/errors";
import type { PlannedEnvironment } from "../../../lib/synthesis/observe-and-plan";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planWaves } from "../../../lib/plan/plan-upgrade";
import type { PlanOptions } from "../../../lib/plan/plan-upgrade";
import type { WaveRecord } from "../../../lib/rollout/ports";
import { FakeTime } from "./fake-time";
import type { Fate } from "./simulated-fleet";
import { SimulatedFleet } from "./simulated-fleet";
import { SimulatedTerraform } from "./simulated-terraform";

export const LOCK_LIFETIME_SECONDS = 180;

/** Loaded once: that takes as long as many a rollout. */
const sandbox = loadEnvironment("config", "sandbox");

type Cells = Environment["fleet"]["cells"];

export interface AccountOptions {
  /** @default - the sandbox's */
  readonly environment?: Environment;
  /** @default - the environment's */
  readonly nodes?: number;
  /** @default - the environment's */
  readonly maxUnavailableNodes?: number;
  /** @default - the environment's */
  readonly spareNodes?: number;
  /** PoP name → slots of its tasks; null for a daemon. */
  readonly pops?: ReadonlyMap<string, readonly number[] | null>;
  readonly rebuildSeconds?: number;
  /** How new images are staged. */
  readonly images?: Pick<Environment["routed"], "canaries" | "popsPerWave">;
}

/**
 * Everything that outlives a controller: the fleet, Terraform's state, the lock and the history.
 */
export class SimulatedAccount {
  readonly time = new FakeTime();
  readonly fleet: SimulatedFleet;
  readonly terraform: SimulatedTerraform;
  readonly records = new Map<string, WaveRecord>();
  lock: { owner: string; acquiredAt: number; expiresAt: number } | null = null;
  environment: Environment;
  /** What becomes of the next instances. */
  fateOf: () => Fate = () => "well";

  constructor(options: AccountOptions = {}) {
    const { environment = sandbox, rebuildSeconds = 300 } = options;
    const { nodes, maxUnavailableNodes, spareNodes } = { ...environment.fleet, ...options };
    this.environment = {
      ...environment,
      fleet: { ...environment.fleet, nodes, maxUnavailableNodes, spareNodes },
    };
    if (options.images) this.stageImages(options.images, options.pops);
    const pops =
      options.pops ??
      new Map([
        ["pop1", null],
        ["pop2", null],
      ]);
    const times = { bootSeconds: 60, rebuildSeconds, stopSeconds: 20 };
    this.fleet = new SimulatedFleet(environment, this.time, pops, times);
    const terraformTimes = { planSeconds: 30, destroySeconds: 40, launchSeconds: 20 };
    this.terraform = new SimulatedTerraform(this.fleet, this.time, terraformTimes, () =>
      this.fateOf(),
    );
  }

  /** The first deploy, long ago: every node is well. */
  async found(): Promise<void> {
    const { images, pops } = desiredFleet(this.environment);
    if (images) for (const { name } of pops) this.fleet.define(name, images.others);
    const { plan } = this.plan({});
    for (const decision of plan.decisions) {
      const { action, availabilityZone, slot } = decision;
      if (action === "create") this.fleet.launch(decision, decision.spec, "well");
      if (action === "allocate") this.fleet.allocate(slot, availabilityZone);
    }
    await this.time.pass(3600);
  }

  private stageImages(images: AccountOptions["images"], pops: AccountOptions["pops"]): void {
    const names = [
      ...(
        pops ??
        new Map([
          ["pop1", null],
          ["pop2", null],
        ])
      ).keys(),
    ];
    this.environment = {
      ...this.environment,
      routed: { ...this.environment.routed, ...images },
      autopilotSites: names.map((name, index) => ({ id: index + 1, name, bgpPeers: [] })),
    };
  }

  /** What the config wants all PoPs to run from now on. */
  setImage(image: string): void {
    this.environment = {
      ...this.environment,
      routed: { ...this.environment.routed, image },
    };
  }

  /** A newer AMI, which `latest` stands for from now on. */
  releaseAmi(number: number): void {
    this.fleet.amiId = `ami-${String(number).padStart(17, "0")}`;
  }

  /** Changes the config: where its PoPs are to run. */
  setPlaces(
    places: { readonly placement: Environment["routed"]["placement"] } | { readonly cells: Cells },
    cellOfPop: Readonly<Record<string, string>> = {},
  ): void {
    const { environment } = this;
    const { fleet, routed } = environment;
    this.environment = {
      ...environment,
      fleet: { ...fleet, ...("cells" in places ? { cells: places.cells } : {}) },
      routed: { ...routed, ...("placement" in places ? places : {}) },
      autopilotSites: environment.autopilotSites.map((site) => {
        const cell = cellOfPop[site.name];
        return cell === undefined ? site : { ...site, cell };
      }),
    };
  }

  setNodes(nodes: number): void {
    this.environment = { ...this.environment, fleet: { ...this.environment.fleet, nodes } };
  }

  /** Slots that an operator wants left alone. */
  freeze(frozenNodes: number[]): void {
    const { fleet } = this.environment;
    this.environment = { ...this.environment, fleet: { ...fleet, frozenNodes } };
  }

  plan(options: PlanOptions): PlannedEnvironment {
    const { environment } = this;
    const observation = this.fleet.observe();
    const waves = planWaves(desiredFleet(environment), observation, options);
    const [plan] = waves;
    if (!plan) throw new RoutedError("invariant-violated", "no plan was made");
    return { environment, observation, plan, waves };
  }

  history(): WaveRecord[] {
    const keys = [...this.records.keys()].sort();
    return keys.flatMap((key) => this.records.get(key) ?? []);
  }

  holds(owner: string): boolean {
    return this.lock?.owner === owner && this.lock.expiresAt > this.time.now();
  }
}
