import { RoutedError } from "../errors";
import { canonicalObservation } from "../observe/canonical-observation";
import type { Observation } from "../observe/observation";
import { budgetOf } from "./decide/budget";
import { checkInvariants } from "./invariants/check-invariants";
import { chooseChanges } from "./decide/choose-changes";
import { classify, isNewEnvironment } from "./decide/classify";
import type { SlotCase } from "./decide/classify";
import { decide } from "./decide/decide";
import { targetAmiId } from "./desired/desired-fleet";
import type { DesiredFleet } from "./desired/desired-fleet";
import type { PlanOptions } from "./plan-options";
import { observedFleet } from "./live/observed-fleet";
import { awaitsImages, changesImages } from "./image-plan";
import type { ImagePlan } from "./image-plan";
import { barringSingleTasks } from "./live/node-health";
import { planImages } from "./decide/plan-images";
import { planSpares } from "./decide/plan-spares";
import { placePops } from "./decide/place-pops";
import { changesPlaces, waitingMoves } from "./placement-plan";
import type { PlacementPlan } from "./placement-plan";
import { popTasksOf } from "./live/pop-redundancy";
import { popsTouchedBy } from "./decide/pops-touched";
import { acceptedLosses } from "./live/lost-addresses";
import { requireProofOfNew } from "./live/require-proof-of-new";
import { reconcile } from "./live/reconcile";
import { simulateWave } from "./simulate/simulate-wave";
import type { SlotState } from "./live/slot-state";
import type { SlotTrouble } from "./reasons";
import { awaitsNodes, isChange } from "./upgrade-plan";
import type { PlanStatus, SlotDecision, UpgradePlan } from "./upgrade-plan";
import { isSpareSlot, nodesOf } from "../config/slots";

export type { PlanOptions };

/**
 * Decides what the next deploy does to each slot. Pure: equal input gives an equal plan, byte for
 * byte.
 *
 * @throws RoutedError `contradiction` where the observation contradicts itself, `address-lost` where
 *   a node's EIP is gone, `unreadable-aws`
 *   where it lacks the image that is wanted or what tells whether a slot is new, `invalid-argument` where no node may change at all
 */
export function planUpgrade(
  desired: DesiredFleet,
  observation: Observation,
  options: PlanOptions = {},
): UpgradePlan {
  const [plan] = planWaves(desired, observation, options);
  if (plan === undefined) throw new RoutedError("invariant-violated", "no plan was made");
  return plan;
}

/**
 * The plan of the next deploy, followed by those of the deploys after it if all goes well. The
 * last one is the converged plan, or a held one where not even a fleet that is well lets go on.
 */
export function planWaves(
  desired: DesiredFleet,
  observation: Observation,
  options: PlanOptions = {},
): UpgradePlan[] {
  if (options.onlyNodes?.length === 0) {
    throw new RoutedError(
      "invalid-argument",
      "onlyNodes must name at least one slot, got none; leave it out to let every node change",
    );
  }
  const plans: UpgradePlan[] = [];
  let current = canonicalObservation(observation);
  // Each wave changes at least one slot, and none needs more than a mending and a change; a PoP's
  // move may begin and end in waves of its own, and each batch of PoPs is rolled in one.
  const bound =
    2 * (desired.nodes + desired.spareNodes + observation.networkInterfaces.length) +
    imageWaves(desired) +
    6;
  for (let wave = 0; wave < bound; wave += 1) {
    const plan = planOneWave(desired, current, options);
    plans.push(plan);
    const stuck = plan.status === "held" && plans.at(-2)?.status === "held";
    if (plan.status === "converged" || stuck) break;
    current = simulateWave(current, plan);
  }
  const waves = plans.filter((plan) => plan.status === "staged").length;
  return plans.map((plan, index) => ({
    ...plan,
    wavesRemaining: waves - plans.slice(0, index).filter((p) => p.status === "staged").length,
  }));
}

function planOneWave(
  desired: DesiredFleet,
  observation: Observation,
  options: PlanOptions,
): UpgradePlan {
  const ignoreHealth = options.ignoreHealth === true;
  const amiId = targetAmiId(desired, observation, options.amiId);
  const { slots, findings } = reconcile(observation);
  const accepted = acceptedLosses(desired, observation, slots, options.acceptNewAddress);
  const known = classify(desired, amiId, slots, options);
  const cases = ignoreHealth ? classify(desired, amiId, slots.map(trusted), options) : known;
  const isNew = isNewEnvironment(observation);
  if (!isNew)
    requireProofOfNew(
      observation,
      cases.filter(isUnseen).map(({ slot }) => slot),
    );
  const slotOf = new Map(
    slots.flatMap(({ slot, node }) => (node ? [[node.instanceId, slot]] : [])),
  );
  const placed = popTasksOf(observation, slotOf);
  const { maxUnavailableNodes } = desired;
  const spares = planSpares({
    cases: known,
    pops: placed,
    maxUnavailableNodes,
    healthIgnored: ignoreHealth,
    noCapacity: options.noCapacity ?? [],
  });
  const nodes = cases.filter(({ slot }) => !isSpareSlot(slot));
  const budget = budgetOf(nodes, maxUnavailableNodes);
  const changes = chooseChanges(nodes, budget, ignoreHealth ? [] : spares.pops, spares);
  const changing = new Set([...changes.changing, ...spares.renewing, ...spares.parking]);
  const wave = { budget: budget.count, changes, spares, isNew };
  const decisions = cases.map((slotCase) => decide(slotCase, wave));
  requireZones(desired, cases);
  const placement = placePops({
    desired,
    health: observation.health,
    tasks: placed,
    slots: cases.filter((c) =>
      isSpareSlot(c.slot)
        ? spares.filling.has(c.slot) || (c.node !== null && !spares.parking.has(c.slot))
        : willExist(c),
    ),
    going: changing,
    isNew,
  });
  const images = planImages({
    desired,
    health: observation.health,
    tasks: placed,
    changing: decisions.filter(isChange).map(({ slot }) => slot),
    moves: placement?.moves ?? [],
    nodeTrouble: nodeTroubleOf(cases),
    paused: options.targets !== undefined || options.onlyNodes !== undefined,
  });
  const repairs = cases
    .filter(({ wanted, missing }) => wanted && missing.length > 0)
    .map(({ slot, missing }) => ({ slot, parts: missing }));
  const stays = new Set(decisions.flatMap((d) => (d.action === "remove" ? [] : [d.slot])));
  const addresses = slots.flatMap(({ slot, known }) => (stays.has(slot) ? [known] : []));
  const plan: UpgradePlan = {
    environment: desired.environment,
    status: repairs.length > 0 ? "staged" : statusOf(decisions, placement, images),
    decisions,
    wavesRemaining: 0,
    popsTouched: popsTouchedBy(changing, placed),
    healthIgnored: ignoreHealth,
    findings: [...accepted, ...findings],
    ...(repairs.length === 0 ? {} : { repairs }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(placement === undefined ? {} : { placement }),
    ...(images === undefined ? {} : { images }),
    observed: observedFleet(slots, observation),
  };
  const violations = checkInvariants(desired, observation, plan);
  if (violations.length > 0) {
    throw new RoutedError("invariant-violated", `${desired.environment}: ${violations.join("; ")}`);
  }
  return plan;
}

/** Whether the slot stays, and there is anything of it: one that is left alone isn't created. */
function willExist({ wanted, leftAlone, addressExists, node, going }: SlotCase): boolean {
  return wanted && (leftAlone === null || addressExists || node !== null || going !== null);
}

/** Whether it should be there, and nothing is seen of it. */
function isUnseen({ wanted, addressExists, missing, node, going }: SlotCase): boolean {
  return wanted && !addressExists && missing.length === 0 && node === null && going === null;
}

/** The slot as if its node were available; of a spare nothing is taken for granted. */
function trusted(state: SlotState): SlotState {
  const { node, slot } = state;
  if (node === null || node.unavailable === null || isSpareSlot(slot)) return state;
  return { ...state, node: { ...node, unavailable: null, overridden: true } };
}

function statusOf(
  decisions: readonly SlotDecision[],
  placement: PlacementPlan | undefined,
  images: ImagePlan | undefined,
): PlanStatus {
  if (decisions.some(isChange)) return "staged";
  if (changesPlaces(placement) || changesImages(images)) return "staged";
  const waits =
    awaitsNodes({ decisions }) || waitingMoves(placement).length > 0 || awaitsImages(images);
  return waits ? "held" : "converged";
}

/** Batches of PoPs, at most. */
function imageWaves({ images, pops }: DesiredFleet): number {
  return images === undefined ? 0 : 2 + Math.ceil(pops.length / (images.popsPerWave ?? Infinity));
}

/**
 * A node that isn't available, whatever its tasks are made from: it isn't up, or rebuilds all of
 * them. One that is frozen is an operator's own.
 */
function nodeTroubleOf(cases: readonly SlotCase[]): SlotTrouble | null {
  for (const { slot, node, leftAlone, unavailable } of cases) {
    if (node === null || leftAlone !== null || unavailable === null) continue;
    const barring = barringSingleTasks(unavailable);
    if (barring !== null) return { slot, unavailable: barring };
  }
  return null;
}

/** The tasks of a cell's PoPs are in as many zones as they are many. */
function requireZones(
  { environment, cells, tasksPerPop }: DesiredFleet,
  cases: readonly SlotCase[],
): void {
  const problems = cells.flatMap(({ name, slots }) => {
    const own = cases.filter(({ cell }) => cell === name);
    const zones = new Set(own.map(({ availabilityZone }) => availabilityZone));
    if (zones.size >= tasksPerPop) return [];
    const where = [...zones].sort().join(", ");
    return [`cell ${name} (${nodesOf(slots)}) lies in ${where} only`];
  });
  if (problems.length === 0) return;
  throw new RoutedError(
    "unsafe-placement",
    `${environment}: ${problems.join("; ")}, and routed.tasksPerPop is ${tasksPerPop}; ` +
      `regroup fleet.cells so that each cell has slots in at least ${tasksPerPop} zones`,
  );
}
