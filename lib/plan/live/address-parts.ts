import { canonicalIpv6 } from "../../config/cidr";
import { groupBy } from "./group-by";
import type {
  Observation,
  ObservedElasticIp,
  ObservedNetworkInterface,
  RememberedAddress,
} from "../../observe/observation";

/** What a slot's address can lack: its ENI, its EIP, that this sits on that, or its IPv6 on its ENI. */
export type AddressPart = "network-interface" | "elastic-ip" | "association" | "ipv6";

/** An EIP that a slot had, and that is no longer in the account, or no longer the slot's. */
export interface LostElasticIp {
  /** What it was, where anything knows it. */
  readonly last: Pick<RememberedAddress, "publicIpv4" | "allocationId"> | null;
  /** The EIP that the slot has instead; null where it has none. */
  readonly now: ObservedElasticIp | null;
  /** Who says that there was one, e.g. "the record of addresses". */
  readonly saidBy: readonly string[];
}

/** What there is of one slot's address. */
export interface AddressState {
  readonly elasticIp: ObservedElasticIp | null;
  /** Empty where the address is whole, and where it never was. */
  readonly missing: readonly AddressPart[];
  /** Null where nothing is lost. */
  readonly lost: LostElasticIp | null;
  /** Where the slot was born, where its ENI is gone and anything else tells; null otherwise. */
  readonly bornIn: string | null;
  /** What the record keeps of it: as observed, and where that lacks something, as remembered. */
  readonly known: KnownAddress;
}

/** A slot's address without the parts that the next deploy makes, which nobody knows yet. */
export type KnownAddress = Partial<RememberedAddress> & Pick<RememberedAddress, "slot">;

/** Slot by slot, what its address lacks that it had: of every slot that has left any trace. */
export function addressStates(
  observation: Observation,
  addresses: ReadonlyMap<number, ObservedNetworkInterface>,
): ReadonlyMap<number, AddressState> {
  const { elasticIps, remembered = [] } = observation;
  const eips = groupBy(elasticIps, ({ slot }) => slot);
  const records = new Map(remembered.map((record) => [record.slot, record]));
  const traces = tracesOf(observation);
  const slots = new Set([...addresses.keys(), ...eips.keys(), ...records.keys(), ...traces.keys()]);
  return new Map(
    [...slots].map((slot) => {
      const eni = addresses.get(slot);
      const record = records.get(slot) ?? null;
      const [elasticIp = null] = eips.get(slot) ?? [];
      const saidBy = traces.get(slot) ?? [];
      const had = elasticIp !== null || record !== null || saidBy.length > 0;
      const isOther = record !== null && elasticIp?.publicIpv4 !== record.publicIpv4;
      const state: AddressState = {
        elasticIp,
        missing: had ? missingParts(eni, elasticIp, record) : [],
        lost:
          isOther || (elasticIp === null && had)
            ? { last: record, now: elasticIp, saidBy: [...(record ? [RECORD] : []), ...saidBy] }
            : null,
        bornIn: eni ? null : (record?.availabilityZone ?? zoneOf(observation, slot)),
        known: knownAddress(slot, record, eni, elasticIp),
      };
      return [slot, state];
    }),
  );
}

/** What is gone and made again has an id of its own, and another EIP another address. */
function knownAddress(
  slot: number,
  record: RememberedAddress | null,
  eni: ObservedNetworkInterface | undefined,
  elasticIp: ObservedElasticIp | null,
): KnownAddress {
  // There are many ways to write an IPv6 address, and EC2's need not be Terraform's.
  const ipv6 = record?.ipv6 ?? eni?.ipv6[0];
  const privateIpv4 = eni?.privateIpv4 ?? record?.privateIpv4;
  return {
    slot,
    ...(eni === undefined ? {} : { networkInterfaceId: eni.networkInterfaceId }),
    ...(privateIpv4 === undefined ? {} : { privateIpv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(elasticIp === null
      ? {}
      : { allocationId: elasticIp.allocationId, publicIpv4: elasticIp.publicIpv4 }),
  };
}

const RECORD = "the record of addresses";

function missingParts(
  eni: ObservedNetworkInterface | undefined,
  elasticIp: ObservedElasticIp | null,
  record: RememberedAddress | null,
): AddressPart[] {
  const parts: AddressPart[] = [];
  const ipv6 = eni?.ipv6 ?? [];
  const isOwn = record === null || ipv6.some((each) => isSameIpv6(each, record.ipv6));
  if (eni && (ipv6.length === 0 || !isOwn)) parts.push("ipv6");
  if (eni === undefined) parts.push("network-interface");
  if (elasticIp === null) parts.push("elastic-ip");
  if (eni && elasticIp && elasticIp.networkInterfaceId !== eni.networkInterfaceId) {
    parts.push("association");
  }
  return parts;
}

/** However they are written. */
function isSameIpv6(a: string, b: string): boolean {
  const isIpv6 = (address: string) => URL.canParse(`http://[${address}]/`);
  return isIpv6(a) && isIpv6(b) ? canonicalIpv6(a) === canonicalIpv6(b) : a === b;
}

/**
 * Who tells that a slot had a node, and so an address, besides its ENI and EIP: instances in every
 * state, registrations also of instances that are gone, and services that may have run on it. A
 * service is placed on a slot only once its node is launched.
 */
function tracesOf({ instances, health }: Observation): Map<number, string[]> {
  const said = instances.map(({ slot, instanceId }) => ({ slot, by: instanceId }));
  if (health.source === "ecs") {
    for (const { slot, containerInstanceArn } of health.containerInstances) {
      const by = `container instance ${containerInstanceArn.split("/").at(-1)}`;
      said.push({ slot: slot ?? null, by });
    }
    for (const { serviceName, desiredCount, slots = [] } of health.services) {
      if (desiredCount === 0) continue;
      for (const slot of slots) said.push({ slot, by: `service ${serviceName}` });
    }
  }
  const groups = groupBy(said, ({ slot }) => slot);
  return new Map([...groups].map(([slot, items]) => [slot, items.map(({ by }) => by)]));
}

function zoneOf({ instances, health }: Observation, slot: number): string | null {
  const registrations = health.source === "ecs" ? health.containerInstances : [];
  const zones = [...instances, ...registrations].flatMap((item) =>
    item.slot === slot ? (item.availabilityZone ?? []) : [],
  );
  return zones[0] ?? null;
}
