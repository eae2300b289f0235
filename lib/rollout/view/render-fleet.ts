import { isSpareSlot } from "../../config/slots";
import { renderDuration } from "../duration";
import { renderUnavailability } from "../../plan/render/render-unavailability";
import type { FleetView, SlotCondition, SlotView } from "../fleet-view";

const COLUMNS = [
  {
    title: "node",
    cell: ({ slot }: SlotView) => (isSpareSlot(slot) ? `${slot} spare` : `${slot}`),
  },
  { title: "zone", cell: (slot: SlotView) => slot.availabilityZone },
  { title: "instance", cell: (slot: SlotView) => slot.instanceId ?? "none" },
  { title: "AMI", cell: (slot: SlotView) => slot.amiId ?? "" },
  { title: "type", cell: (slot: SlotView) => slot.instanceType ?? "" },
  { title: "up", cell: upTime },
  { title: "tasks", cell: tasksCell },
  { title: "next", cell: (slot: SlotView) => (slot.pending === "nothing" ? "" : slot.pending) },
  { title: "state", cell: stateCell },
] as const;

const GAP = "  ";

/**
 * The fleet's slots as a table without borders, in lines of at most `width` columns.
 *
 * @param now milliseconds since 1970, for how long each instance is up
 */
export function renderSlots({ slots }: FleetView, now: number, width = Infinity): string[] {
  const rows = slots.map((slot) => COLUMNS.map(({ cell }) => cell(slot, now)));
  const widths = COLUMNS.map(({ title }, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    cut(
      cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join(GAP)
        .trimEnd(),
      width,
    );
  return [line(COLUMNS.map(({ title }) => title)), ...rows.map(line)];
}

/** The AMI's own date is nobody's to ask here; how long the instance is up tells nearly the same. */
function upTime({ launchTime }: SlotView, now: number): string {
  return launchTime === null ? "" : renderDuration((now - Date.parse(launchTime)) / 1000);
}

function tasksCell({ tasks }: SlotView): string {
  return tasks === null ? "" : `${tasks.healthy}/${tasks.expected}`;
}

function stateCell({ available, state }: SlotView): string {
  const mark = state.kind === "parked" ? "–" : available ? "✓" : "✗";
  return `${mark} ${renderCondition(state)}`;
}

/** "available", "draining", "is stopped". */
export function renderCondition(state: SlotCondition): string {
  switch (state.kind) {
    case "available":
    case "draining":
    case "drained":
    case "parked":
      return state.kind;
    case "being-changed":
      return "being changed";
    case "no-instance":
    case "instance-state":
    case "status-checks":
    case "address-incomplete":
    case "ecs-unreadable":
    case "not-registered":
    case "container-instance-status":
    case "agent-disconnected":
    case "tasks-unhealthy":
    case "daemons-unhealthy":
      return renderUnavailability(state);
  }
}

/** A line that fits, with an ellipsis where something is left out. */
export function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
}

/**
 * For a share from 0 to 1.
 *
 * @example
 * renderBar(0.6, 10) // → "██████░░░░"
 */
export function renderBar(share: number, width = 20): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}
