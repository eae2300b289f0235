import type { NodeSpec } from "../node-spec";
import { userDataOfSlot } from "./user-data";

/** A slot and its zone. */
interface Place {
  readonly slot: number;
  readonly availabilityZone: string;
}

/**
 * The spec of a spare that goes before nodes which get `targets` instead of what the config says: that of
 * the first of them, with the spare's own slot and zone in its user data.
 *
 * @param zones of the slots
 * @returns null where none of them has user data of which we know where it names its slot
 */
export function spareTarget(
  spare: Place,
  targets: Readonly<Record<number, NodeSpec>>,
  zones: ReadonlyMap<number, string>,
): NodeSpec | null {
  const own = targets[spare.slot];
  if (own !== undefined) return own;
  for (const slot of Object.keys(targets)
    .map(Number)
    .sort((a, b) => a - b)) {
    const target = targets[slot];
    const availabilityZone = zones.get(slot);
    if (target === undefined || availabilityZone === undefined) continue;
    const text = Buffer.from(target.userDataBase64, "base64").toString("utf8");
    const userData = userDataOfSlot(text, { slot, availabilityZone }, spare);
    if (userData === null) continue;
    return { ...target, userDataBase64: Buffer.from(userData, "utf8").toString("base64") };
  }
  return null;
}
