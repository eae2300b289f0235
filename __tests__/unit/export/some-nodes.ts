import type { ExportedNode } from "../../../lib/export/exported-nodes";

/** Slots 0 to `count` - 1, at .10, .11, … and ::a, ::b, … */
export function someNodes(count: number): ExportedNode[] {
  return Array.from({ length: count }, (_, slot) => ({
    slot,
    availabilityZone: `us-east-2${"abc"[slot % 3]}`,
    privateIpv4: `10.64.0.${10 + slot}`,
    publicIpv4: `198.51.100.${10 + slot}`,
    ipv6: `2001:db8:64::${(10 + slot).toString(16)}`,
  }));
}
