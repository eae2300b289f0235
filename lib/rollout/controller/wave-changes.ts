import { createHash } from "node:crypto";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { rolledPops } from "../../plan/image-plan";
import type { PopImage } from "../../plan/image-plan";
import { changesPlaces } from "../../plan/placement-plan";
import { changedParts } from "../../plan/node-spec";
import type { NodeSpec } from "../../plan/node-spec";
import { plannedNodes } from "../../plan/upgrade-plan";
import { nameOfPops } from "../../plan/render/render-images";
import { renderSlotTrouble } from "../../plan/render/render-unavailability";
import type { SlotDecision, UpgradePlan } from "../../plan/upgrade-plan";
import { nodeStates } from "../node-states";
import { someOf } from "../../words";
import { nodesOf } from "../../config/slots";

/** What a wave does to one slot. */
export interface WaveChange {
  readonly slot: number;
  readonly action: Exclude<SlotDecision["action"], "keep" | "leave">;
  /** The instance that goes; null where there is none. */
  readonly instanceId: string | null;
  /** What the slot's node has afterwards; null where it has none. */
  readonly spec: NodeSpec | null;
}

/** All that a wave does: to nodes, and to the images of PoPs. */
export interface WaveWork {
  readonly changes: readonly WaveChange[];
  /** Slots whose nodes it changes not, but starts PoPs on. */
  readonly started: readonly number[];
  /** The PoPs that are rolled to another image. */
  readonly rolls: readonly PopImage[];
  /** Other PoPs that get tasks made from something else, where the config doesn't stage images; by name. */
  readonly restarts: readonly string[];
}

export function workOf(plan: UpgradePlan): WaveWork {
  return {
    changes: changesOf(plan),
    started: slotsThatStartPops(plan),
    rolls: rolledPops(plan.images),
    restarts: [],
  };
}

/** "nodes 0 and 1", "the canary pop1". */
export function nameOfWork({ changes, started, rolls, restarts }: WaveWork): string {
  const slots = new Set([...changes.map(({ slot }) => slot), ...started]);
  if (slots.size > 0) return nodesOf([...slots].sort((a, b) => a - b));
  if (rolls.length > 0) return nameOfPops(rolls);
  return restarts.length > 0 ? someOf(restarts) : "where PoPs run";
}

/** The slots that a plan changes, ascending. */
export function changesOf(plan: UpgradePlan): WaveChange[] {
  return plan.decisions.flatMap((decision) => changeOf(decision) ?? []);
}

function changeOf(decision: SlotDecision): WaveChange | undefined {
  const { slot, action } = decision;
  switch (action) {
    case "keep":
    case "leave":
      return undefined;
    case "allocate":
      return { slot, action, instanceId: null, spec: null };
    case "create":
    case "fill":
      return { slot, action, instanceId: null, spec: decision.spec };
    case "upgrade":
      return { slot, action, instanceId: decision.instanceId, spec: decision.to };
    case "park":
    case "remove":
      return { slot, action, instanceId: decision.instanceId, spec: null };
  }
}

/** The slots on which a plan starts PoPs that didn't run there, ascending: their nodes rebuild. */
export function slotsThatStartPops({ placement, decisions }: UpgradePlan): number[] {
  const started = placement?.moves.filter(({ step }) => step === "start").map(({ pop }) => pop);
  const places = placement?.pops.filter(({ pop }) => started?.includes(pop)) ?? [];
  const all = decisions.map(({ slot }) => slot);
  return [...new Set(places.flatMap(({ slots }) => slots ?? all))].sort((a, b) => a - b);
}

/**
 * Whether two changes take the same node in the same way. The spec that it gets may be a newer one
 * by now, where the config says `latest`: that node goes anyway.
 */
export function isSameChange(a: WaveChange, b: WaveChange): boolean {
  return a.slot === b.slot && a.action === b.action && a.instanceId === b.instanceId;
}

/** Whether a plan changes a node, rolls a PoP's image or moves PoPs. */
export function changesFleet(plan: UpgradePlan): boolean {
  const { changes, rolls } = workOf(plan);
  return changes.length + rolls.length > 0 || changesPlaces(plan.placement);
}

/** What one piece of work does that another doesn't: "upgrade node 1"; null where there is nothing. */
export function firstOther(work: WaveWork, allowed: WaveWork): string | null {
  const change = work.changes.find((c) => !allowed.changes.some((a) => isSameChange(a, c)));
  if (change) return `${change.action} ${nodesOf([change.slot])}`;
  const roll = work.rolls.find(({ pop }) => !allowed.rolls.some((each) => each.pop === pop));
  return roll ? `roll ${roll.pop} to ${roll.wanted}` : null;
}

/**
 * Why what was proved may no longer be applied, by a plan that was made since: a clause, e.g. "node 1
 * may no longer be upgraded"; null where it may.
 */
export function whatMoved(proved: UpgradePlan, now: UpgradePlan): string | null {
  const other = firstOther(workOf(proved), workOf(now));
  if (other !== null) return `the fleet has changed: what is decided now is not to ${other}`;
  const moves = (plan: UpgradePlan) =>
    plan.placement?.moves.filter(({ step }) => step !== "wait") ?? [];
  const move = moves(proved).find(
    (a) => !moves(now).some((b) => a.pop === b.pop && a.step === b.step && a.cell === b.cell),
  );
  if (move) return `the fleet has changed: ${move.pop} is not to ${move.step} its move now`;
  const nodes = (plan: UpgradePlan): Map<number, string> =>
    new Map(plan.observed.nodes.map(({ slot, instanceId }) => [slot, instanceId]));
  const [before, after] = [nodes(proved), nodes(now)];
  const slots = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b);
  const moved = slots.find((slot) => before.get(slot) !== after.get(slot));
  if (moved === undefined) return null;
  const name = (id: string | undefined): string => id ?? "no instance";
  return `${nodesOf([moved])} has ${name(after.get(moved))} rather than ${name(before.get(moved))}`;
}

type Look = Pick<PlannedEnvironment, "observation" | "plan">;

/** Whether AWS holds what the change leads to, be it well or not. */
export function isApplied(change: WaveChange, look: Look): boolean {
  const node = look.plan.observed.nodes.find(({ slot }) => slot === change.slot);
  if (change.spec === null) {
    const hasAddress = look.observation.networkInterfaces.some(({ slot }) => slot === change.slot);
    return node === undefined && hasAddress !== (change.action === "remove");
  }
  return node !== undefined && changedParts(node.spec, change.spec).length === 0;
}

/** What is still missing of a change, e.g. "node 1 has 3 of 44 tasks healthy; …"; null once it is well. */
export function missingOf(change: WaveChange, look: Look): string | null {
  const { slot, spec } = change;
  const node = nodeStates(look).find((state) => state.slot === slot);
  if (spec === null && isApplied(change, look)) return null;
  if (change.action === "allocate") return `spare ${slot} has no address`;
  if (spec === null) return `${nodesOf([slot])} is still there`;
  if (!node) return `${nodesOf([slot])} has no instance`;
  if (!isApplied(change, look)) return `${nodesOf([slot])} has not the spec that it was given`;
  const { unavailable } = node;
  return unavailable === null ? null : renderSlotTrouble({ slot, unavailable });
}

const DIGEST_LENGTH = 12;

/** A digest of the fleet that the waves lead to. */
export function goalOf({ waves, plan }: Pick<PlannedEnvironment, "waves" | "plan">): string {
  const nodes = plannedNodes(waves.at(-1) ?? plan).map(({ slot, spec }) => [slot, spec]);
  const images = plan.images?.pops.map(({ pop, settings }) => [pop, settings]);
  const goal = images === undefined ? nodes : { nodes, images };
  return createHash("sha256").update(JSON.stringify(goal)).digest("hex").slice(0, DIGEST_LENGTH);
}
