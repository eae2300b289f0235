import { RoutedError } from "../../errors";
import type { Observation, ObservedService } from "../../observe/observation";
import { assignCells } from "../assign/assign-cells";
import { assignCoreSets } from "../assign/assign-core-sets";
import type { DesiredFleet, DesiredPop } from "../desired/desired-fleet";
import type { CellPlan, PlacementPlan, PopMove, PopPlacement } from "../placement-plan";
import type { PopTasks } from "../live/pop-redundancy";
import { chooseSpreadSlots } from "../assign/spread-slots";
import type { SpreadSlot } from "../assign/spread-slots";
import { someOf } from "../../words";

/** What the places of all PoPs are decided from. */
export interface PlaceContext {
  readonly desired: DesiredFleet;
  readonly health: Observation["health"];
  /** Where the PoPs' tasks run now. */
  readonly tasks: readonly PopTasks[];
  /** The slots that stay, with their zones; without those that are left alone and were never there. */
  readonly slots: readonly SpreadSlot[];
  /** The slots whose nodes go in this wave. */
  readonly going: ReadonlySet<number>;
  /** Whether nothing of the environment exists yet. */
  readonly isNew: boolean;
}

/**
 * Where each PoP's tasks may run after the next deploy, and on which core set of a node.
 *
 * ECS stops a daemon's tasks at once where they may no longer run, and starts them where they now
 * may, which take minutes to rebuild their state. So a PoP that moves may first run in both places,
 * and only once it has `tasksPerPop` healthy tasks in the new one, on nodes that stay, no longer in
 * the old one.
 *
 * Example: pop1 moves from nodes 0 and 1 to nodes 1 and 2, with `tasksPerPop` 2.
 * Deploy 1 (`start`): it may run on 0, 1 and 2; ECS starts a task on 2.
 * Deploy 2, while 2 rebuilds (`wait`): only 1 is healthy in the new place, so nothing is stopped.
 * Deploy 3, once 2 is healthy (`finish`): it may run on 1 and 2, and the task on 0 is stopped.
 * Were node 1 to go in that wave, 1 would stay in the new place: it waits once more.
 *
 * AWS can't change a service's scheduling strategy: Terraform would destroy the service, and so all
 * of the PoP's tasks, before it created another. A service therefore keeps the one that it was
 * created with, and does with it what the config wants: a DAEMON on some slots only is a spread, and
 * a REPLICA with as many tasks as there are nodes is a daemon.
 *
 * @returns undefined where every service is what the config alone says
 */
export function placePops(context: PlaceContext): PlacementPlan | undefined {
  const { desired, health, isNew } = context;
  const known = health.source === "ecs" || isNew;
  const services = new Map(
    health.source === "ecs" ? health.services.map((s) => [s.serviceName, s] as const) : [],
  );
  requireDaemons(desired, services);
  const cellOfPop = cellsOfPops(desired, services);
  const exists = new Set(context.slots.map(({ slot }) => slot));
  const slotsOfCell = new Map(
    desired.cells.map(({ name, slots }) => [name, slots.filter((slot) => exists.has(slot))]),
  );
  const spread = spreadSlots(context, services);
  const tasks = new Map(context.tasks.map((each) => [each.pop, each]));
  const placed = desired.pops.map((pop) => {
    const cell = cellOfPop.get(pop.name) ?? null;
    const place = cell === null ? spread.get(pop.name) : slotsOfCell.get(cell);
    const service = services.get(pop.name);
    return placeOne(context, { pop, cell, place: place ?? null, service }, tasks.get(pop.name));
  });
  const isNatural = desired.cells.length === 0 && placed.every((each) => each.isNatural);
  if (known && isNatural && desired.cpuIsolation === "quota") return;
  const pops = placed.map(({ placement }) => placement).sort((a, b) => (a.pop < b.pop ? -1 : 1));
  return {
    known,
    cells: cellPlans(desired, cellOfPop),
    pops: desired.cpuIsolation === "quota" ? pops : withCoreSets(pops, desired, known, services),
    moves: placed.flatMap(({ move }) => move ?? []).sort((a, b) => (a.pop < b.pop ? -1 : 1)),
  };
}

interface Placed {
  readonly placement: PopPlacement;
  readonly move: PopMove | null;
  /** Whether the config alone, without what is observed, would say the same. */
  readonly isNatural: boolean;
}

interface Wanted {
  readonly pop: DesiredPop;
  readonly cell: string | null;
  /** The slots that it is to run on; null for all. */
  readonly place: readonly number[] | null;
  readonly service: ObservedService | undefined;
}

function placeOne(context: PlaceContext, wanted: Wanted, tasks: PopTasks | undefined): Placed {
  const { desired } = context;
  const { pop, cell, place, service } = wanted;
  const natural = desired.placement === "daemon" ? "DAEMON" : "REPLICA";
  const scheduling = service?.scheduling ?? natural;
  const lack = scheduling === "DAEMON" ? lackOf(context, place, tasks) : null;
  const slots = scheduling === "DAEMON" ? slotsNow(place, lack) : null;
  const desiredCount =
    scheduling === "REPLICA" ? countNow(context, service?.desiredCount, tasks) : null;
  const everywhere = scheduling === "REPLICA" && desired.placement === "daemon";
  const placement = { pop: pop.name, cell, scheduling, slots, desiredCount, everywhere };
  const isLowered = (service?.desiredCount ?? 0) > desired.tasksPerPop;
  const isNatural =
    scheduling === natural &&
    slots === null &&
    (service?.slots === undefined || scheduling === "REPLICA") &&
    !(scheduling === "REPLICA" && isLowered);
  return { placement, move: isNatural ? null : moveOf(placement, service, lack), isNatural };
}

/** What a PoP lacks in its new place before it may stop in the old one. */
interface Lack {
  /** Slots of the old place that run it, ascending. */
  readonly outside: readonly number[];
  readonly healthyOn: readonly number[];
  readonly needed: number;
}

/** Null where a daemon may stop outside its place, or runs nowhere else. */
function lackOf(
  { desired, going }: PlaceContext,
  place: readonly number[] | null,
  tasks: PopTasks | undefined,
): Lack | null {
  if (place === null) return null;
  const outside = (tasks?.placedOn ?? []).filter((slot) => !place.includes(slot));
  const healthyOn = (tasks?.servingOn ?? []).filter(
    (slot) => place.includes(slot) && !going.has(slot),
  );
  const needed = Math.min(desired.tasksPerPop, place.length);
  return outside.length === 0 || healthyOn.length >= needed ? null : { outside, healthyOn, needed };
}

/** The slots that a daemon may run on after this deploy. */
function slotsNow(place: readonly number[] | null, lack: Lack | null): readonly number[] | null {
  if (place === null || lack === null) return place;
  return [...place, ...lack.outside].sort((a, b) => a - b);
}

/** How many tasks a replica service has after this deploy. */
function countNow(
  { desired, slots, going }: PlaceContext,
  count: number | undefined,
  tasks: PopTasks | undefined,
): number {
  const wanted = desired.placement === "daemon" ? slots.length : desired.tasksPerPop;
  if (count === undefined || count <= wanted) return wanted;
  const placed = tasks?.placedOn.length ?? 0;
  const allWell = tasks !== undefined && tasks.servingOn.length === placed;
  // ECS may choose a healthy task to stop where others aren't, or where one is lost with its node.
  return placed <= wanted || (allWell && going.size === 0) ? wanted : count;
}

function moveOf(
  placement: PopPlacement,
  service: ObservedService | undefined,
  lack: Lack | null,
): PopMove | null {
  if (service === undefined) return null;
  const { pop, cell, slots, desiredCount, everywhere } = placement;
  const before = service.slots ?? null;
  if (desiredCount !== null) {
    if (desiredCount === service.desiredCount && everywhere === (service.everywhere ?? false)) {
      return null;
    }
    return { pop, cell, step: desiredCount < service.desiredCount ? "finish" : "start" };
  }
  if (sameSlots(slots, before) && (service.cell ?? null) === cell) {
    if (lack === null) return null;
    const { healthyOn, needed } = lack;
    return { pop, cell, step: "wait", healthyOn, needed };
  }
  const adds = before !== null && (slots === null || slots.some((s) => !before.includes(s)));
  const waits = sameSlots(slots, before) && lack !== null;
  return { pop, cell, step: adds || waits ? "start" : "finish" };
}

function sameSlots(a: readonly number[] | null, b: readonly number[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((slot, index) => slot === b[index]);
}

/**
 * The cell that serves each PoP, or will once it has moved; empty where the fleet has no cells.
 *
 * @param services by PoP's name
 */
export function cellsOfPops(
  { cells, pops }: Pick<DesiredFleet, "cells" | "pops">,
  services: ReadonlyMap<string, Pick<ObservedService, "cell">>,
): ReadonlyMap<string, string> {
  if (cells.length === 0) return new Map();
  return assignCells(
    pops.map(({ name, cell }) => ({
      pop: name,
      wantedCell: cell,
      currentCell: services.get(name)?.cell ?? null,
    })),
    cells.map(({ name }) => name),
  );
}

/** Where ECS couldn't be read, a number could be one that another PoP has. */
function withCoreSets(
  pops: readonly PopPlacement[],
  desired: DesiredFleet,
  known: boolean,
  services: ReadonlyMap<string, ObservedService>,
): PopPlacement[] {
  if (!known) return pops.map((place) => ({ ...place, coreSet: null }));
  const cellOfSlot = new Map(
    desired.cells.flatMap(({ name, slots }) => slots.map((slot) => [slot, name] as const)),
  );
  const coreSets = assignCoreSets(
    pops.map((place) => ({
      pop: place.pop,
      parts: partsOf(place, cellOfSlot),
      current: services.get(place.pop)?.coreSet ?? null,
    })),
  );
  return pops.map((place) => ({ ...place, coreSet: coreSets.get(place.pop) ?? null }));
}

/** The cells that may run a PoP; a fleet without cells is one, whose PoPs ECS may put anywhere. */
function partsOf({ slots, cell }: PopPlacement, cellOfSlot: ReadonlyMap<number, string>): string[] {
  if (cell === null) return ["fleet"];
  const cells = (slots ?? [...cellOfSlot.keys()]).map((slot) => cellOfSlot.get(slot) ?? cell);
  return [...new Set(cells)];
}

function cellPlans({ cells }: DesiredFleet, cellOfPop: ReadonlyMap<string, string>): CellPlan[] {
  const pops = new Map(cells.map(({ name }): [string, string[]] => [name, []]));
  for (const [pop, cell] of cellOfPop) pops.get(cell)?.push(pop);
  return cells.map(({ name, slots }) => ({ name, slots, pops: pops.get(name) ?? [] }));
}

/** Of the PoPs that are spread by daemons: the slots of each. */
function spreadSlots(
  { desired, slots }: PlaceContext,
  services: ReadonlyMap<string, ObservedService>,
): ReadonlyMap<string, readonly number[]> {
  if (desired.placement !== "spread") return new Map();
  const daemons = desired.pops.flatMap(({ name }) => {
    const service = services.get(name);
    return service?.scheduling === "DAEMON" ? [{ pop: name, current: service.slots ?? [] }] : [];
  });
  return chooseSpreadSlots(daemons, slots, desired.tasksPerPop);
}

function requireDaemons(
  { environment, cells, pops }: DesiredFleet,
  services: ReadonlyMap<string, ObservedService>,
): void {
  if (cells.length === 0) return;
  const replicas = pops
    .map(({ name }) => name)
    .filter((name) => services.get(name)?.scheduling === "REPLICA");
  if (replicas.length === 0) return;
  throw new RoutedError(
    "unsafe-placement",
    `${environment}: fleet.cells needs services of the strategy DAEMON, but those of ` +
      `${someOf(replicas)} were created with placement spread as REPLICA, which AWS never ` +
      `changes; remove fleet.cells, or bring each of these PoPs in under another name and id, ` +
      `move its peers, and remove the old one`,
  );
}
