import type { Environment } from "../../../lib/config/environment";
import { imageParameter } from "../../../lib/config/naming";
import type {
  EcsHealth,
  Observation,
  ObservedContainerInstance,
  ObservedElasticIp,
  ObservedInstance,
  ObservedNetworkInterface,
  ObservedService,
  ObservedTask,
  ObservedTaskDefinition,
  Whole,
} from "../../../lib/observe/observation";
import type { TaskSettings } from "../../../lib/plan/desired/desired-images";
import type { NodeSpec, NodeSpecPart } from "../../../lib/plan/node-spec";
import type { PopPlacement } from "../../../lib/plan/placement-plan";
import type { SlotDecision } from "../../../lib/plan/upgrade-plan";
import type { FakeTime } from "./fake-time";

/** What may become of an instance. */
export const FATES = [
  "well",
  "never-boots",
  "never-healthy",
  "agent-disconnected",
  "stopped",
] as const;
export type Fate = (typeof FATES)[number];

export interface SimulatedNode {
  readonly instanceId: string;
  readonly slot: number;
  readonly spec: NodeSpec;
  readonly launchedAt: number;
  fate: Fate;
  status: "ACTIVE" | "DRAINING";
  /** The rollout that drained it; null where none did, or a person. */
  drainedBy: string | null;
  /** Since when its present tasks run; null while it has none. */
  tasksSince: number | null;
  /** Until when tasks are being stopped; Infinity for one that doesn't heed. */
  stoppingUntil: number;
}

interface Place {
  readonly cell: string | null;
  /** Slot → since when; of all slots where it isn't confined. */
  readonly slots: ReadonlyMap<number, number>;
  readonly isConfined: boolean;
}

interface Address {
  readonly eni: string;
  readonly eip: string;
  readonly zone: string;
}

export interface FleetTimes {
  readonly bootSeconds: number;
  readonly rebuildSeconds: number;
  readonly stopSeconds: number;
}

/** Seconds after which ECS starts tasks on a node that has room for them. */
const START_SECONDS = 5;

/** What a PoP's service is started from. */
interface PopDefinition extends TaskSettings {
  /** Until when ECS replaces its tasks, one at a time; 0 where it doesn't. */
  readonly deployingUntil: number;
  /** What its circuit breaker goes back to once it has given up; null where the image is good. */
  readonly goesBackTo: TaskSettings | null;
}

/** Tasks that ECS starts before its circuit breaker gives up. */
const MOST_FAILURES = 3;

/** The part of AWS that holds an environment's nodes and tasks, as time goes on. */
export class SimulatedFleet {
  readonly nodes = new Map<number, SimulatedNode>();
  readonly addresses = new Map<number, Address>();
  amiId = "ami-00000000000000001";
  /** By daemon's PoP, once a deploy has placed it; until then it may run anywhere. */
  private readonly places = new Map<string, Place>();
  /** By PoP; empty where the config doesn't stage images. */
  private readonly definitions = new Map<string, PopDefinition>();
  /** Images whose tasks never get healthy. */
  readonly badImages = new Set<string>();
  /** Every image that a PoP was ever rolled to, by PoP. */
  readonly everRolledTo = new Map<string, string[]>();
  /** Counts what the fleet was given from outside, e.g. a node that died. */
  private launched = 0;

  constructor(
    private readonly environment: Pick<Environment, "name" | "aws" | "fleet">,
    private readonly time: FakeTime,
    /** PoP name → slots of its tasks; null for a daemon. */
    private readonly pops: ReadonlyMap<string, readonly number[] | null>,
    private readonly times: FleetTimes,
  ) {}

  launch({ slot, availabilityZone }: SlotDecision, spec: NodeSpec, fate: Fate): void {
    this.launched += 1;
    this.allocate(slot, availabilityZone);
    const launchedAt = this.time.now();
    const boots = launchedAt + this.times.bootSeconds * 1000;
    this.nodes.set(slot, {
      instanceId: `i-${String(this.launched).padStart(17, "0")}`,
      slot,
      spec,
      launchedAt,
      fate,
      status: "ACTIVE",
      drainedBy: null,
      tasksSince: boots + START_SECONDS * 1000,
      stoppingUntil: 0,
    });
  }

  /** The slot gets its address, unless it has it. */
  allocate(slot: number, zone: string): void {
    if (this.addresses.has(slot)) return;
    const id = String(slot + 1).padStart(17, "0");
    this.addresses.set(slot, { eni: `eni-${id}`, eip: `eipalloc-${id}`, zone });
  }

  /** The PoP's service is created with that. */
  define(pop: string, { image, settings }: TaskSettings): void {
    this.definitions.set(pop, { image, settings, deployingUntil: 0, goesBackTo: null });
  }

  /** The PoP's service gets another definition, and ECS begins to replace its tasks. */
  roll(pop: string, { image, settings }: TaskSettings): void {
    const before = this.definitionOf(pop);
    if (before === undefined) return;
    this.everRolledTo.set(pop, [...(this.everRolledTo.get(pop) ?? []), image]);
    const isBad = this.badImages.has(image);
    const tasks = isBad ? MOST_FAILURES : this.nodes.size;
    const deployingUntil = this.time.now() + tasks * this.times.rebuildSeconds * 1000;
    const earlier = { image: before.image, settings: before.settings };
    const goesBackTo = isBad ? (before.goesBackTo ?? earlier) : null;
    this.definitions.set(pop, { image, settings, deployingUntil, goesBackTo });
  }

  /** What the PoP's service is started from now: its circuit breaker may have gone back. */
  definitionOf(pop: string): PopDefinition | undefined {
    const definition = this.definitions.get(pop);
    const { goesBackTo, deployingUntil = 0 } = definition ?? {};
    if (!goesBackTo || deployingUntil > this.time.now()) return definition;
    // The one task that was replaced comes back.
    const until = deployingUntil + this.times.rebuildSeconds * 1000;
    const back = { ...goesBackTo, deployingUntil: until, goesBackTo: null };
    this.definitions.set(pop, back);
    return back;
  }

  /** Whether ECS replaces the PoP's tasks: one of them isn't healthy then. */
  isDeploying(pop: string): boolean {
    return (this.definitionOf(pop)?.deployingUntil ?? 0) > this.time.now();
  }

  terminate(slot: number): void {
    this.nodes.delete(slot);
  }

  remove(slot: number): void {
    this.nodes.delete(slot);
    this.addresses.delete(slot);
  }

  /** Daemons stop at once where they may no longer run, and start where they now may. */
  place(pops: readonly PopPlacement[]): void {
    for (const { pop, cell, slots } of pops) {
      if (this.pops.get(pop) !== null) continue;
      const since = (slot: number): number =>
        this.mayRun(pop, slot) ? (this.places.get(pop)?.slots.get(slot) ?? 0) : this.time.now();
      const all = slots ?? [...this.nodes.keys()];
      const times = new Map(all.map((slot) => [slot, since(slot)]));
      this.places.set(pop, { cell, slots: times, isConfined: slots !== null });
    }
  }

  private mayRun(pop: string, slot: number): boolean {
    const placed = this.pops.get(pop);
    if (placed !== null) return placed?.includes(slot) ?? false;
    return this.places.get(pop)?.slots.has(slot) ?? true;
  }

  byId(instanceId: string): SimulatedNode | undefined {
    return [...this.nodes.values()].find((node) => node.instanceId === instanceId);
  }

  /** @param by a rollout's id; null where a person does it */
  drain(node: SimulatedNode, stubborn: boolean, by: string | null): void {
    if (node.status === "DRAINING" || !this.isRegistered(node)) return;
    node.status = "DRAINING";
    node.drainedBy = by;
    const now = this.time.now();
    if (node.tasksSince !== null && node.tasksSince <= now) {
      const hangs = stubborn || node.fate === "agent-disconnected";
      node.stoppingUntil = hangs ? Infinity : now + this.times.stopSeconds * 1000;
    }
    node.tasksSince = null;
  }

  activate(node: SimulatedNode): void {
    if (node.status === "ACTIVE") return;
    node.status = "ACTIVE";
    node.drainedBy = null;
    node.stoppingUntil = 0;
    node.tasksSince = this.time.now() + START_SECONDS * 1000;
  }

  tasksOn(node: SimulatedNode): number {
    const now = this.time.now();
    const runs = node.tasksSince !== null && node.tasksSince <= now;
    return runs || node.stoppingUntil > now ? this.popsOn(node.slot).length : 0;
  }

  isRegistered({ launchedAt, fate }: SimulatedNode): boolean {
    return fate !== "never-boots" && this.time.now() >= launchedAt + this.times.bootSeconds * 1000;
  }

  /** Whether the node's tasks are healthy, in truth. */
  isHealthy(node: SimulatedNode): boolean {
    const { tasksSince, fate } = node;
    return (
      this.isRegistered(node) &&
      fate !== "never-healthy" &&
      fate !== "stopped" &&
      tasksSince !== null &&
      this.time.now() >= tasksSince + this.times.rebuildSeconds * 1000
    );
  }

  /** Whether the PoP's task on the node is healthy, in truth. */
  private isServed(pop: string, node: SimulatedNode): boolean {
    const since = this.places.get(pop)?.slots.get(node.slot) ?? 0;
    return (
      this.mayRun(pop, node.slot) &&
      this.isHealthy(node) &&
      !(node.slot === this.replacedOn && this.isDeploying(pop)) &&
      this.time.now() >= since + (since === 0 ? 0 : this.times.rebuildSeconds * 1000)
    );
  }

  /** Whether it serves as it should, in truth. */
  isAvailable(node: SimulatedNode): boolean {
    const serves = this.popsOn(node.slot).every((pop) => this.isServed(pop, node));
    return this.isHealthy(node) && serves && node.status === "ACTIVE" && node.fate === "well";
  }

  /** PoP name → slots with a healthy task. */
  healthyPops(): Map<string, number[]> {
    const nodes = [...this.nodes.values()];
    return new Map(
      [...this.pops.keys()].map((pop) => [
        pop,
        nodes.filter((node) => this.isServed(pop, node)).map(({ slot }) => slot),
      ]),
    );
  }

  /** Whether every node is to run a task of the PoP. */
  runsEverywhere(pop: string): boolean {
    return this.pops.get(pop) === null && this.places.get(pop)?.isConfined !== true;
  }

  /** Where the task is that ECS replaces. */
  private get replacedOn(): number {
    return Math.min(...this.nodes.keys());
  }

  private popsOn(slot: number): string[] {
    return [...this.pops.keys()].filter((pop) => this.mayRun(pop, slot));
  }

  /** What AWS says now. */
  observe(): Observation {
    const { name, aws, fleet } = this.environment;
    const nodes = [...this.nodes.values()];
    const slots = [...this.addresses];
    return {
      formatVersion: 1,
      environment: name,
      accountId: aws.accountId,
      region: aws.region,
      images: { [imageParameter(fleet.image.os, fleet.image.architecture)]: this.amiId },
      cluster: {
        clusterArn: "arn:aws:ecs:simulated",
        status: "ACTIVE",
        registeredContainerInstances: nodes.filter((node) => this.isRegistered(node)).length,
      },
      instances: nodes.map((node): Whole<Omit<ObservedInstance, NodeSpecPart>> & NodeSpec => ({
        instanceId: node.instanceId,
        slot: node.slot,
        ...this.ec2StateOf(node),
        availabilityZone: this.addresses.get(node.slot)?.zone ?? "",
        ...node.spec,
        networkInterfaceIds: [this.addresses.get(node.slot)?.eni ?? ""],
        launchTime: new Date(node.launchedAt).toISOString(),
      })),
      networkInterfaces: slots.map(([slot, { eni, zone }]): Whole<ObservedNetworkInterface> => ({
        networkInterfaceId: eni,
        slot,
        availabilityZone: zone,
        subnetId: `subnet-${zone}`,
        privateIpv4: `192.0.2.${slot}`,
        ipv6: [`2001:db8::${slot}`],
        instanceId: this.nodes.get(slot)?.instanceId ?? null,
      })),
      elasticIps: slots.map(([slot, { eni, eip }]): Whole<ObservedElasticIp> => ({
        allocationId: eip,
        slot,
        publicIpv4: `198.51.100.${slot}`,
        networkInterfaceId: eni,
      })),
      health: this.observedHealth(),
    };
  }

  private ec2StateOf(node: SimulatedNode): Pick<ObservedInstance, "state" | "statusChecks"> {
    if (node.fate === "stopped") return { state: "stopped", statusChecks: "not-applicable" };
    return { state: "running", statusChecks: this.isRegistered(node) ? "ok" : "initializing" };
  }

  private observedHealth(): Whole<EcsHealth> {
    const nodes = [...this.nodes.values()];
    return {
      source: "ecs",
      containerInstances: nodes
        .filter((node) => this.isRegistered(node))
        .map((node): Whole<ObservedContainerInstance> => ({
          containerInstanceArn: `ci/${node.instanceId}`,
          instanceId: node.instanceId,
          status: node.status,
          agentConnected: node.fate !== "agent-disconnected" && node.fate !== "stopped",
          slot: node.slot,
          availabilityZone: this.addresses.get(node.slot)?.zone,
          drainedBy: node.drainedBy ?? undefined,
        })),
      services: [...this.pops].map(([serviceName, placed]): Whole<ObservedService> => ({
        serviceName,
        scheduling: placed === null ? "DAEMON" : "REPLICA",
        desiredCount: placed?.length ?? nodes.length,
        runningCount: placed?.length ?? nodes.length,
        deploymentInProgress: this.isDeploying(serviceName),
        taskDefinitionArn: this.observedDefinition(serviceName),
        ...this.placeOf(serviceName),
        everywhere: undefined,
        coreSet: undefined,
      })),
      nodeDaemons: undefined,
      taskDefinitions: this.observedDefinitions(),
      tasks: nodes.flatMap((node) => this.observedTasks(node)),
    };
  }

  private placeOf(pop: string): Pick<Whole<ObservedService>, "slots" | "cell"> {
    const place = this.places.get(pop);
    const slots = [...(place?.slots.keys() ?? [])].sort((a, b) => a - b);
    return { slots: place?.isConfined ? slots : undefined, cell: place?.cell ?? undefined };
  }

  private observedDefinition(pop: string): string | undefined {
    const definition = this.definitionOf(pop);
    return definition && arnOf(definition);
  }

  private observedDefinitions(): ObservedTaskDefinition[] | undefined {
    if (this.definitions.size === 0) return undefined;
    const all = [...this.definitions.values()].map((definition): Whole<ObservedTaskDefinition> => ({
      taskDefinitionArn: arnOf(definition),
      image: definition.image,
      settings: definition.settings,
    }));
    const distinct = new Map(all.map((each) => [each.taskDefinitionArn, each]));
    return [...distinct.values()];
  }

  private observedTasks(node: SimulatedNode): Whole<ObservedTask>[] {
    const { tasksSince, instanceId, slot } = node;
    if (!this.isRegistered(node) || tasksSince === null || tasksSince > this.time.now()) return [];
    return this.popsOn(slot).map((serviceName) => ({
      taskArn: `task/${serviceName}/${instanceId}`,
      serviceName,
      containerInstanceArn: `ci/${instanceId}`,
      lastStatus: "RUNNING",
      healthStatus: this.isServed(serviceName, node) ? "HEALTHY" : "UNKNOWN",
    }));
  }
}

function arnOf({ image, settings }: TaskSettings): string {
  return `td/${settings}/${image}`;
}
