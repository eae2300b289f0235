import type { Environment } from "../config/environment";
import { popPorts } from "../config/naming";
import type { TARGET_LABELS } from "../metrics/metric-names";
import { isSpareSlot } from "../config/slots";
import type { ExportedNode } from "./exported-nodes";

/** A group of file-based service discovery: one task. */
export interface ScrapeTarget {
  readonly targets: readonly [string];
  readonly labels: Readonly<Partial<Record<(typeof TARGET_LABELS)[number], string>>>;
}

/**
 * Every place where a task may run: each PoP on each node of its cell, by slot and site id. With
 * placement `spread` a PoP runs on some of them only, and ECS moves it; targets that followed would
 * change whenever a node does. A spare's targets are there while it is parked too, with the label `spare`.
 *
 * @param nodes by slot, ascending
 * @param cellOfPop empty where the fleet has no cells
 */
export function scrapeTargets(
  environment: Environment,
  nodes: readonly ExportedNode[],
  cellOfPop: ReadonlyMap<string, string> = new Map(),
): ScrapeTarget[] {
  const { name, fleet, routed, autopilotSites } = environment;
  const slotsOf = new Map((fleet.cells ?? []).map((cell) => [cell.name, cell.nodes]));
  return nodes.flatMap((node) =>
    autopilotSites.flatMap((site): ScrapeTarget[] => {
      const cell = cellOfPop.get(site.name);
      if (cell !== undefined && slotsOf.get(cell)?.includes(node.slot) !== true) return [];
      const { metrics } = popPorts(routed.ports, site.id);
      const labels = {
        environment: name,
        ...(cell === undefined ? {} : { cell }),
        pop: site.name,
        slot: String(node.slot),
        az: node.availabilityZone,
        ...(isSpareSlot(node.slot) ? { spare: "true" } : {}),
      };
      return [{ targets: [`${hostOf(environment, node)}:${metrics}`], labels }];
    }),
  );
}

function hostOf(environment: Environment, node: ExportedNode): string {
  switch (scrapedAddresses(environment)) {
    case "private-ipv4":
      return node.privateIpv4;
    case "public-ipv4":
      return node.publicIpv4;
    case "ipv6":
      return `[${node.ipv6}]`;
  }
}

type Addresses = NonNullable<Environment["export"]["prometheus"]["addresses"]>;

function scrapedAddresses({ network, export: { prometheus } }: Environment): Addresses {
  const ipv4 = network.prometheusCidrs.some((block) => !block.includes(":"));
  return prometheus.addresses ?? (ipv4 ? "private-ipv4" : "ipv6");
}
