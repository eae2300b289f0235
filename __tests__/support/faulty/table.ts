import { holdsOf } from "../../../lib/plan/holds";
import { renderSummary } from "../../../lib/plan/render/render-summary";
import { fleetView } from "../../../lib/rollout/fleet-view";
import { RoutedError } from "../../../lib/errors";
import { observeAndPlan } from "../../../lib/synthesis/observe-and-plan";
import type { PlannedEnvironment } from "../../../lib/synthesis/observe-and-plan";
import { parseTerraformPlan } from "../../../lib/terraform/plan";
import { driftOf } from "../../../lib/verify/drift/drift";
import { renderDrift } from "../../../lib/verify/drift/render-drift";
import { nodesOf } from "../../../lib/config/slots";
import { resourcesOf, synthesize } from "../../fixtures/synthesize";
import { Draft } from "../../unit/verify/a-plan";
import { FAULTS } from "./faults";
import { FaultyFleet } from "./fleet";

/** What each of the five says of a fleet with a fault: texts for people, and facts to compare. */
export interface FaultRow {
  readonly fault: string;
  /** The error's code; null where a plan is made. */
  readonly refused: string | null;
  readonly plan: string;
  readonly deploy: string;
  readonly verify: string;
  readonly drift: string;
  readonly status: string;
}

/** Of 3 nodes that serve 2 PoPs and are all outdated, one of which a deploy may change; null for no fault. */
export function fleetWith(fault: string | null): FaultyFleet {
  const fleet = new FaultyFleet({
    ...{ nodes: 3, budget: 1, shape: "daemon", pops: 2, done: [], scale: 0, frozen: [] },
    hasRecord: true,
  });
  if (fault !== null) FAULTS[fault]!(fleet, 1, false);
  return fleet;
}

/** What `main.ts` does: one that is refused isn't synthesized, and the run fails. */
export async function planOf(fleet: FaultyFleet): Promise<PlannedEnvironment | RoutedError> {
  const reader = { read: () => fleet.observe() };
  const { planned, refused } = await observeAndPlan([fleet.environment], reader);
  const [one] = planned;
  return one ?? refused[0]!.error;
}

/** A row for each fault, in their order. */
export async function faultRows(): Promise<FaultRow[]> {
  const rows: FaultRow[] = [];
  for (const fault of Object.keys(FAULTS)) rows.push(await rowOf(fault));
  return rows;
}

export async function rowOf(fault: string | null): Promise<FaultRow> {
  const found = await planOf(fleetWith(fault));
  const name = fault ?? "none";
  if (found instanceof RoutedError) {
    const says = `refused: ${found.code}`;
    const nothing = "nothing is synthesized";
    return {
      ...{ fault: name, refused: found.code, plan: says, status: says },
      ...{ deploy: nothing, verify: nothing, drift: nothing },
    };
  }
  const { plan } = found;
  return {
    fault: name,
    refused: null,
    plan: [
      plan.status === "held" ? `held: ${holdNames(found)}` : renderSummary(plan),
      ...(plan.findings.length === 0 ? [] : ["told"]),
    ].join("; "),
    deploy: deployOf(found),
    verify: draftOf(found).verdict().proved ? "proved" : "refused",
    drift: driftLine(found),
    status: statusOf(found),
  };
}

function holdNames({ plan }: PlannedEnvironment): string {
  return holdsOf(plan)
    .map(({ kind }) => kind)
    .join(", ");
}

/** Slots whose nodes Terraform may change by the synthesized stack: those that it doesn't pin. */
export function openSlots({ environment, plan }: PlannedEnvironment): number[] {
  const stack = synthesize(environment, plan);
  return resourcesOf(stack, "aws_instance").flatMap(({ lifecycle, tags }) => {
    const { prevent_destroy: pinned } = (lifecycle ?? {}) as { readonly prevent_destroy?: boolean };
    const slot = (tags as Readonly<Record<string, string>>)["routed:node"];
    return pinned === true ? [] : Number(slot);
  });
}

function deployOf(planned: PlannedEnvironment): string {
  const { plan } = planned;
  const nodes = openSlots(planned);
  const mended = (plan.repairs ?? []).map(({ slot }) => slot);
  const kept = plan.decisions.filter(({ slot }) => !nodes.includes(slot)).map(({ slot }) => slot);
  return [
    ...(nodes.length === 0 ? [] : [`makes ${nodesOf(nodes)} anew`]),
    ...(mended.length === 0 ? [] : [`mends the address of ${nodesOf(mended)}`]),
    `keeps ${nodesOf(kept)}`,
  ].join(", ");
}

/** Terraform's plan, as it is where the state is whole. */
export function draftOf({ environment, observation, plan }: PlannedEnvironment): Draft {
  const draft = new Draft(environment, plan, observation);
  for (const { slot, parts } of plan.repairs ?? []) {
    if (parts.includes("ipv6")) {
      const { change } = draft.at(`aws_network_interface.node-${slot}`);
      const record = observation.remembered?.find((each) => each.slot === slot);
      const left = { ...change.after, private_ips: [record?.privateIpv4] };
      Object.assign(change, {
        actions: ["update"],
        before: { ...left, ipv6_addresses: [] },
        after: { ...left, ipv6_addresses: [record?.ipv6] },
      });
    }
    if (!parts.includes("association") && !parts.includes("network-interface")) continue;
    const { change } = draft.at(`aws_eip.node-${slot}`);
    const known = observation.elasticIps.find((eip) => eip.slot === slot);
    const before = { ...change.after, id: known?.allocationId, network_interface: "" };
    if (parts.includes("network-interface")) {
      const record = observation.remembered?.find((each) => each.slot === slot);
      const eni = draft.at(`aws_network_interface.node-${slot}`);
      const addresses = { private_ips: [record?.privateIpv4], ipv6_addresses: [record?.ipv6] };
      eni.change.after = { ...eni.change.after, ...addresses };
      const host = Number.parseInt(record?.ipv6.split("::").at(-1) ?? "", 16);
      const block = `aws_subnet.${record?.availabilityZone}.ipv6_cidr_block`;
      eni.declared = { ipv6_addresses: [`\${cidrhost(${block}, ${host})}`] };
      change.after_unknown = { network_interface: true };
      delete change.after?.["network_interface"];
      Object.assign(change.after ?? {}, { id: known?.allocationId });
      draft.at(`aws_eip.node-${slot}`).declared = {
        network_interface: `\${aws_network_interface.node-${slot}.id}`,
      };
    }
    Object.assign(change, { actions: ["update"], before });
  }
  return draft;
}

function driftLine(planned: PlannedEnvironment): string {
  const terraform = parseTerraformPlan(JSON.stringify(draftOf(planned).json), "plan.json");
  const [, ...lines] = renderDrift(driftOf(terraform), planned.plan).split("\n");
  const last = lines.at(-1);
  if (last === undefined) return "nothing";
  return last.startsWith("repair:") ? "repair" : "pending";
}

function statusOf(planned: PlannedEnvironment): string {
  const { slots } = fleetView(planned);
  const down = slots.filter(({ available }) => !available);
  if (down.length === 0) return "all nodes available";
  return down.map(({ slot, state }) => `node ${slot}: ${state.kind}`).join(", ");
}
