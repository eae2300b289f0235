import { addressDescription, ADDRESS_RECORD } from "../../config/naming";
import { batches } from "../../aws/concurrency";
import type { AwsSession } from "../../aws/session";
import type { ObservedUntagged, Witness } from "../observation";
import { Sightings } from "./sightings";
import type { Known, Sighting } from "./sightings";

/** What refers to what is at most this deep: EIP, ENI, instance, its other ENI. */
const DEPTH = 4;
/** The most values that a filter takes. */
const BATCH_SIZE = 200;

/**
 * What lost its tags: instances, ENIs and EIPs that lie in the environment's VPC, or that something
 * of the environment refers to, whoever says so: the cluster's registrations, ENIs and instances
 * that hold each other, EIPs, the record. A fleet that is well costs two calls; each thing that is
 * referred to and wasn't seen is then looked for by its id, and so on.
 *
 * @throws RoutedError `unreadable-aws`; also where something has the environment's tag that the
 *   list by tag didn't give
 */
export async function readUntagged(session: AwsSession, known: Known): Promise<ObservedUntagged[]> {
  const seen = new Sightings(session, known);
  await seen.lookInto([...new Set(known.vpcIds)].sort());
  for (let depth = 0; depth < DEPTH; depth += 1) {
    const { instances, networkInterfaces } = unseen(seen, witnessesOf(seen, known));
    if (instances.length + networkInterfaces.length === 0) break;
    for (const ids of batches(instances, BATCH_SIZE)) await seen.lookFor("instance", ids);
    for (const ids of batches(networkInterfaces, BATCH_SIZE)) {
      await seen.lookFor("network-interface", ids);
    }
  }
  return [...witnessesOf(seen, known)].flatMap(([id, foundBy]) => {
    const { kind, environment, slot, state, publicIpv4, tagged } = seen.byId.get(id) ?? NOTHING;
    if (tagged || kind === null) return [];
    return [
      {
        id,
        kind,
        environment,
        slot,
        ...(state === undefined ? {} : { state }),
        ...(publicIpv4 === undefined ? {} : { publicIpv4 }),
        foundBy,
      },
    ];
  });
}

const NOTHING = {
  kind: null,
  environment: null,
  slot: null,
  state: undefined,
  publicIpv4: undefined,
  tagged: false,
};

/** Who vouches for what, by id, as far as what was seen tells: of tagged things nobody needs to. */
function witnessesOf(seen: Sightings, known: Known): ReadonlyMap<string, Witness[]> {
  const registrations = known.health.source === "ecs" ? known.health.containerInstances : [];
  const witnesses = new Map<string, Witness[]>();
  const vouch = (id: string, witness: Witness): boolean => {
    if (seen.byId.get(id)?.tagged === true) return false;
    const own = witnesses.get(id) ?? [];
    if (own.some(({ kind, id: by }) => kind === witness.kind && by === witness.id)) return false;
    witnesses.set(id, [...own, witness]);
    return true;
  };
  for (const { containerInstanceArn, instanceId, slot = null } of registrations) {
    if (instanceId !== null)
      vouch(instanceId, { kind: "registration", id: containerInstanceArn, slot });
  }
  for (const { allocationId, networkInterfaceId, slot } of known.remembered) {
    vouch(networkInterfaceId, { kind: "record", id: ADDRESS_RECORD, slot });
    vouch(allocationId, { kind: "record", id: ADDRESS_RECORD, slot });
  }
  for (const sighting of seen.byId.values()) vouchByItself(sighting, known, vouch);
  // Whatever is the environment's vouches for what it refers to, and for what refers to it.
  for (let more = true; more;) {
    more = false;
    for (const sighting of seen.byId.values()) {
      for (const other of sighting.refersTo) {
        const to = seen.byId.get(other);
        if (vouchesFor(sighting, witnesses)) {
          more = vouch(other, witnessOf(sighting, witnesses)) || more;
        }
        // An instance vouches for the ENI that it boots on, not for those that were added to it.
        if (to?.kind === "network-interface" && vouchesFor(to, witnesses)) {
          more = vouch(sighting.id, witnessOf(to, witnesses)) || more;
        }
      }
    }
  }
  return witnesses;
}

/** What is in the VPC, or says itself whose it is. */
function vouchByItself(
  { id, kind, slot, vpcId, description, environment }: Sighting,
  { vpcIds }: Known,
  vouch: (id: string, witness: Witness) => boolean,
): void {
  if (vpcId === null || !vpcIds.includes(vpcId)) return;
  if (kind === "instance") vouch(id, { kind: "vpc", id: vpcId, slot: null });
  if (slot !== null && environment === null) vouch(id, { kind: "tag", id: `routed:node`, slot });
  // One of another environment may be called so, too.
  const described = environment === null ? /\d+$/.exec(description ?? "")?.[0] : undefined;
  if (described !== undefined && description === addressDescription(Number(described))) {
    vouch(id, { kind: "description", id: description, slot: Number(described) });
  }
}

/** Lying in the VPC alone makes nobody a witness of anything else. */
function vouchesFor(
  { id, tagged }: Sighting,
  witnesses: ReadonlyMap<string, readonly Witness[]>,
): boolean {
  return tagged || (witnesses.get(id) ?? []).some(({ kind }) => kind !== "vpc");
}

/** With the slot that it has itself, or that all agree on who vouch for it. */
function witnessOf(
  { id, kind, slot, tagged }: Sighting,
  witnesses: ReadonlyMap<string, readonly Witness[]>,
): Witness {
  const said = new Set((witnesses.get(id) ?? []).flatMap((witness) => witness.slot ?? []));
  const [only = null] = said.size === 1 ? said : [];
  return { kind, id, slot: tagged ? slot : only };
}

/** What is referred to by the environment's things and wasn't seen. */
function unseen(
  seen: Sightings,
  witnesses: ReadonlyMap<string, readonly Witness[]>,
): { instances: string[]; networkInterfaces: string[] } {
  const ids = [...witnesses.keys()].filter((id) => !seen.lookedFor.has(id) && !seen.byId.has(id));
  return {
    instances: ids.filter((id) => id.startsWith("i-")).sort(),
    networkInterfaces: ids.filter((id) => id.startsWith("eni-")).sort(),
  };
}
