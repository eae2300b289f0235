import Table from "cli-table3";
import type { FleetHealth } from "./control-types";
import type { NodeChange } from "./fleet-snapshot";

/** A table of what one deploy did: a row for each slot, with its tasks if the health is given. */
export function renderWave(changes: readonly NodeChange[], health?: FleetHealth): string {
  const table = new Table({
    head: ["slot", "zone", "AMI", "instance", "EIP", "IPv6", "deploy"].concat(
      health === undefined ? [] : ["tasks"],
    ),
    style: { head: [], border: [] },
  });
  for (const change of changes) {
    const node = change.after ?? change.before;
    table.push([
      change.slot,
      node?.availabilityZone ?? "",
      arrow(change.before?.imageId, change.after?.imageId),
      arrow(change.before?.instanceId, change.after?.instanceId),
      node?.publicIp ?? "none",
      node?.ipv6Addresses.join(" ") || "none",
      describe(change),
      ...(health === undefined ? [] : [describeTasks(change.slot, health)]),
    ]);
  }
  return table.toString();
}

function arrow(before: string | undefined, after: string | undefined): string {
  if (before === after || before === undefined) return after ?? "";
  return `${before}\n→ ${after ?? "none"}`;
}

function describe({ kind, changedAddresses }: NodeChange): string {
  if (changedAddresses.length > 0) return [kind, ...changedAddresses].join("\n");
  return kind === "replaced" ? "replaced,\nsame addresses" : kind;
}

function describeTasks(slot: number, { nodes }: FleetHealth): string {
  const node = nodes.find((each) => each.slot === slot);
  return node === undefined ? "none" : `${node.healthyTasks} of ${node.tasks} healthy`;
}
