import type { SandboxInstance } from "./control";

/** What a slot is made of at one moment. */
export interface NodeSnapshot {
  readonly slot: number;
  readonly availabilityZone: string;
  readonly state: SandboxInstance["state"];
  readonly instanceId: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly networkInterfaceId: string | null;
  readonly privateIp: string | null;
  readonly publicIp: string | null;
  readonly ipv6Addresses: readonly string[];
}

/** The nodes of an environment that aren't terminated, lowest slot first. */
export function snapshotFleet(
  instances: readonly SandboxInstance[],
  environment: string,
): readonly NodeSnapshot[] {
  return instances
    .filter(({ state, tags }) => state !== "terminated" && isOf(tags, environment))
    .map((instance) => ({
      slot: Number(instance.tags["routed:node"]),
      availabilityZone: instance.availabilityZone,
      state: instance.state,
      instanceId: instance.instanceId,
      imageId: instance.imageId,
      instanceType: instance.instanceType,
      networkInterfaceId: instance.networkInterfaceId,
      privateIp: instance.privateIp,
      publicIp: instance.publicIp,
      ipv6Addresses: instance.ipv6Addresses,
    }))
    .sort((a, b) => a.slot - b.slot);
}

/** What a deploy did to one slot. */
export interface NodeChange {
  readonly slot: number;
  readonly before: NodeSnapshot | undefined;
  readonly after: NodeSnapshot | undefined;
  readonly kind: "created" | "replaced" | "removed" | "kept";
  /** The addresses that are not the same as before; empty unless there was a node before and after. */
  readonly changedAddresses: readonly string[];
}

/** Compares the fleet before and after a deploy, slot by slot, lowest first. */
export function compareFleets(
  before: readonly NodeSnapshot[],
  after: readonly NodeSnapshot[],
): readonly NodeChange[] {
  const slots = [...new Set([...before, ...after].map(({ slot }) => slot))].sort((a, b) => a - b);
  return slots.map((slot) => {
    const old = before.find((node) => node.slot === slot);
    const now = after.find((node) => node.slot === slot);
    return {
      slot,
      before: old,
      after: now,
      kind: kindOf(old, now),
      changedAddresses: old && now ? changedAddresses(old, now) : [],
    };
  });
}

function kindOf(old?: NodeSnapshot, now?: NodeSnapshot): NodeChange["kind"] {
  if (old === undefined) return "created";
  if (now === undefined) return "removed";
  return old.instanceId === now.instanceId ? "kept" : "replaced";
}

function changedAddresses(old: NodeSnapshot, now: NodeSnapshot): readonly string[] {
  const pairs = [
    ["network interface", old.networkInterfaceId, now.networkInterfaceId],
    ["availability zone", old.availabilityZone, now.availabilityZone],
    ["private IPv4", old.privateIp, now.privateIp],
    ["EIP", old.publicIp, now.publicIp],
    ["IPv6", old.ipv6Addresses.join(), now.ipv6Addresses.join()],
  ] as const;
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => `${name} ${was || "none"} → ${is || "none"}`);
}

function isOf(tags: SandboxInstance["tags"], environment: string): boolean {
  return tags["routed:environment"] === environment && /^\d+$/.test(tags["routed:node"] ?? "");
}
