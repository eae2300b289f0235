import type {
  Observation,
  ObservedElasticIp,
  ObservedInstance,
  ObservedNetworkInterface,
} from "../../observe/observation";
import { ContradictionError } from "./contradiction-error";
import type { Contradiction, NamedEip } from "../contradiction";
import { specOf } from "../node-spec";
import { addressStates } from "./address-parts";
import type { AddressPart } from "./address-parts";
import { checkWitnesses, tagCommand } from "./check-witnesses";
import { ghostsIn, unavailabilityOfInstance } from "./node-health";
import type { GoingInstance, LiveNode, SlotState } from "./slot-state";

export interface Reconciliation {
  /** Every slot of which anything exists, ascending. */
  readonly slots: readonly SlotState[];
  /** Harmless oddities, as sentences. */
  readonly findings: readonly string[];
}

/** What of a slot outlives its instances. */
export interface SlotAddress {
  readonly networkInterface: ObservedNetworkInterface;
  /** Null where the slot has no EIP. */
  readonly elasticIp: ObservedElasticIp | null;
}

/**
 * The addresses of the slots that have one, ascending, whatever instances sit on them.
 *
 * @throws RoutedError `contradiction`, with everything that contradicts itself
 */
export function reconcileAddresses(observation: Observation): ReadonlyMap<number, SlotAddress> {
  const problems: Contradiction[] = [];
  const addresses = addressesBySlot(observation, problems, []);
  checkElasticIps(observation, addresses, problems, []);
  if (problems.length > 0) throw new ContradictionError(observation.environment, problems);
  const slots = [...addresses].sort(([a], [b]) => a - b);
  return new Map(
    slots.map(([slot, networkInterface]) => {
      const elasticIp = observation.elasticIps.find((eip) => eip.slot === slot) ?? null;
      return [slot, { networkInterface, elasticIp }];
    }),
  );
}

/**
 * Finds out which instance and address belong to which slot. An instance is a slot's node if its
 * tag says so and it holds the slot's ENI; what contradicts itself is an error, never a guess.
 *
 * @throws RoutedError `contradiction`, with everything that contradicts itself
 */
export function reconcile(observation: Observation): Reconciliation {
  const disagreements = checkWitnesses(observation);
  const problems: Contradiction[] = disagreements.problems.map((sentence) => ({
    kind: "witnesses-disagree",
    sentence,
  }));
  const findings = [...disagreements.findings];
  const addresses = addressesBySlot(observation, problems, findings);
  checkElasticIps(observation, addresses, problems, findings);
  const nodes = nodesBySlot(observation, addresses, problems, findings);
  checkVisibility(observation, problems);
  if (problems.length > 0) throw new ContradictionError(observation.environment, problems);

  const states = addressStates(observation, addresses);
  const numbers = [...states.keys()].sort((a, b) => a - b);
  const slots = numbers.map((slot): SlotState => {
    const address = addresses.get(slot) ?? null;
    const instance = nodes.get(slot) ?? null;
    const {
      elasticIp = null,
      missing = [],
      lost = null,
      bornIn = null,
      known = { slot },
    } = states.get(slot) ?? {};
    const availabilityZone = address?.availabilityZone ?? bornIn;
    if (elasticIp !== null && availabilityZone === null) {
      const command = tagCommand(observation, ["<eni>"], slot);
      const { health } = observation;
      const unread = health.source === "unreadable" ? { unreadable: health.reason } : {};
      problems.push({ kind: "zone-unknown", slot, eip: named(elasticIp), command, ...unread });
    }
    const node = instance && liveNode(instance, observation, problems);
    return {
      ...{ slot, availabilityZone, address, elasticIp, missing, lost, known },
      going: instance === null ? goingFrom(address, observation) : null,
      node: node && (missing.length > 0 ? withoutAddress(node, missing) : node),
    };
  });
  if (problems.length > 0) throw new ContradictionError(observation.environment, problems);
  return { slots, findings: [...findings, ...ghostsIn(observation)] };
}

function addressesBySlot(
  observation: Observation,
  problems: Contradiction[],
  findings: string[],
): Map<number, ObservedNetworkInterface> {
  const bySlot = new Map<number, ObservedNetworkInterface>();
  for (const address of observation.networkInterfaces) {
    const id = address.networkInterfaceId;
    if (address.slot === null) {
      findings.push(`ENI ${id} carries the environment's tag, but no slot owns it`);
      continue;
    }
    const other = bySlot.get(address.slot);
    if (other) {
      const enis = [other.networkInterfaceId, id];
      problems.push({ kind: "enis-share-slot", slot: address.slot, enis });
    } else bySlot.set(address.slot, address);
  }
  return bySlot;
}

function checkElasticIps(
  observation: Observation,
  addresses: ReadonlyMap<number, ObservedNetworkInterface>,
  problems: Contradiction[],
  findings: string[],
): void {
  const bySlot = new Map<number, ObservedElasticIp>();
  const slotOfEni = new Map([...addresses].map(([slot, eni]) => [eni.networkInterfaceId, slot]));
  for (const eip of observation.elasticIps) {
    const name = `EIP ${eip.publicIpv4} (${eip.allocationId})`;
    if (eip.slot === null) {
      findings.push(`${name} carries the environment's tag, but no slot owns it`);
      continue;
    }
    const other = bySlot.get(eip.slot);
    if (other) {
      const eips = [named(eip), named(other)];
      problems.push({ kind: "eips-share-slot", slot: eip.slot, eips });
    }
    bySlot.set(eip.slot, eip);
    const holder = eip.networkInterfaceId && slotOfEni.get(eip.networkInterfaceId);
    if (typeof holder === "number" && holder !== eip.slot) {
      problems.push({ kind: "eip-on-other-slot", eip: named(eip), slot: eip.slot, holder });
    } else if (addresses.has(eip.slot) && holder !== eip.slot) {
      findings.push(
        `${name} of slot ${eip.slot} is not on the slot's ENI; the deploy puts it back`,
      );
    } else if (
      eip.networkInterfaceId !== null &&
      !addresses.has(eip.slot) &&
      !hasLostTags(observation, eip.networkInterfaceId)
    ) {
      // Without this, a slot that has an address and no instance would look like a new one.
      const { networkInterfaceId: eni, slot } = eip;
      problems.push({ kind: "eip-on-unknown-eni", eip: named(eip), slot, eni });
    }
  }
}

function nodesBySlot(
  observation: Observation,
  addresses: ReadonlyMap<number, ObservedNetworkInterface>,
  problems: Contradiction[],
  findings: string[],
): Map<number, ObservedInstance> {
  const holders = new Map<number, ObservedInstance>();
  const claims: ObservedInstance[] = [];
  const known = new Map(observation.instances.map((i) => [i.instanceId, i]));
  const held = heldSlots(addresses, observation.instances);

  for (const [slot, eni] of addresses) {
    const { instanceId } = eni;
    if (instanceId !== null && !known.has(instanceId) && !hasLostTags(observation, instanceId)) {
      const held = { slot, eni: eni.networkInterfaceId, instanceId };
      problems.push({ kind: "eni-held-by-unknown-instance", ...held });
    }
  }
  for (const instance of observation.instances) {
    if (instance.state === "shutting-down") continue;
    const { instanceId } = instance;
    const slots = held.get(instanceId) ?? [];
    const [holds] = slots;
    const other = holders.get(holds ?? -1);
    if (slots.length > 1) {
      problems.push({ kind: "instance-holds-several-enis", instanceId, slots });
    } else if (holds === undefined && instance.slot === null) {
      findings.push(`${instance.instanceId} carries the environment's tag, but no slot owns it`);
    } else if (holds === undefined) {
      const [primary = ""] = instance.networkInterfaceIds;
      if (!hasLostTags(observation, primary)) claims.push(instance);
    } else if (instance.slot !== holds) {
      const eni = addresses.get(holds)?.networkInterfaceId ?? "";
      const tagged = instance.slot;
      problems.push({ kind: "tag-and-eni-disagree", instanceId, eni, tagged, holds });
    } else if (other !== undefined) {
      const instanceIds = [other.instanceId, instanceId] as const;
      problems.push({ kind: "instances-share-eni", slot: holds, instanceIds });
    } else {
      checkZone(instance, addresses.get(holds), problems);
      holders.set(holds, instance);
    }
  }
  for (const instance of claims) reportClaim(instance, holders, problems, findings);
  return holders;
}

/** Instance id to the slots whose ENI it holds, by the instance's word or by the ENI's. */
function heldSlots(
  addresses: ReadonlyMap<number, ObservedNetworkInterface>,
  instances: readonly ObservedInstance[],
): Map<string, number[]> {
  const slotOfEni = new Map([...addresses].map(([slot, eni]) => [eni.networkInterfaceId, slot]));
  const held = new Map<string, Set<number>>();
  const add = (instanceId: string, slot: number) =>
    held.set(instanceId, (held.get(instanceId) ?? new Set()).add(slot));
  for (const { instanceId, networkInterfaceIds } of instances) {
    for (const eni of networkInterfaceIds) {
      const slot = slotOfEni.get(eni);
      if (slot !== undefined) add(instanceId, slot);
    }
  }
  for (const [slot, eni] of addresses) if (eni.instanceId !== null) add(eni.instanceId, slot);
  return new Map([...held].map(([id, slots]) => [id, [...slots].sort((a, b) => a - b)]));
}

function checkZone(
  instance: ObservedInstance,
  address: ObservedNetworkInterface | undefined,
  problems: Contradiction[],
): void {
  if (address && address.availabilityZone !== instance.availabilityZone) {
    problems.push({
      kind: "instance-and-eni-in-different-zones",
      instanceId: instance.instanceId,
      instanceZone: instance.availabilityZone,
      eni: address.networkInterfaceId,
      eniZone: address.availabilityZone,
    });
  }
}

function named({ publicIpv4, allocationId }: ObservedElasticIp): NamedEip {
  return { publicIpv4, allocationId };
}

/** Whether it has lost the environment's tag or its slot's: other witnesses are heard elsewhere. */
function hasLostTags({ untagged = [], networkInterfaces }: Observation, id: string): boolean {
  return (
    untagged.some((item) => item.id === id) ||
    networkInterfaces.some(
      ({ networkInterfaceId, slot }) => networkInterfaceId === id && slot === null,
    )
  );
}

/** An instance that is tagged for a slot but doesn't hold its ENI. */
function reportClaim(
  instance: ObservedInstance,
  holders: ReadonlyMap<number, ObservedInstance>,
  problems: Contradiction[],
  findings: string[],
): void {
  const slot = instance.slot ?? -1;
  const holder = holders.get(slot);
  if (holder) {
    findings.push(
      `${instance.instanceId} claims slot ${slot} too, but ${holder.instanceId} holds its ENI and is ` +
        `the node; terminate ${instance.instanceId} or remove its tags`,
    );
  } else {
    problems.push({ kind: "instance-without-its-eni", instanceId: instance.instanceId, slot });
  }
}

/**
 * Nodes that ECS knows and EC2 doesn't show mean that the observation is not the whole truth, unless their
 * registrations are what slots' instances left behind: then they bear witness of what those slots have lost.
 */
function checkVisibility(observation: Observation, problems: Contradiction[]): void {
  const { cluster, health } = observation;
  const registered = cluster?.status === "ACTIVE" ? cluster.registeredContainerInstances : 0;
  const isEmpty =
    observation.instances.length === 0 &&
    observation.networkInterfaces.length === 0 &&
    observation.untagged === undefined;
  if (registered === 0 || !isEmpty) return;
  if (health.source === "unreadable") {
    problems.push({ kind: "nodes-not-visible", registered, unreadable: health.reason });
    return;
  }
  const isLeftBehind =
    health.containerInstances.every(({ agentConnected }) => !agentConnected) &&
    health.containerInstances.some(({ slot }) => slot !== undefined);
  if (!isLeftBehind) problems.push({ kind: "nodes-not-visible", registered });
}

function liveNode(
  instance: ObservedInstance,
  observation: Observation,
  problems: Contradiction[],
): LiveNode {
  const { rootVolumeGiB } = instance;
  if (rootVolumeGiB === null) {
    problems.push({ kind: "no-root-volume", instanceId: instance.instanceId });
  }
  return {
    instanceId: instance.instanceId,
    launchTime: instance.launchTime,
    spec: specOf({ ...instance, rootVolumeGiB: rootVolumeGiB ?? 0 }),
    unavailable: unavailabilityOfInstance(instance, observation.health),
  };
}

/**
 * An instance that shuts down holds its ENI until it is terminated, by its own word or by the ENI's. Where
 * it has given that up already it is its slot's by its tag: Terraform still finds it, and launches no other.
 */
function goingFrom(
  address: ObservedNetworkInterface | null,
  { instances }: Observation,
): GoingInstance | null {
  if (address === null) return null;
  const { networkInterfaceId, instanceId: heldBy, slot } = address;
  const going = instances.filter(({ state }) => state === "shutting-down");
  const holder = going.find(
    ({ instanceId, networkInterfaceIds }) =>
      instanceId === heldBy || networkInterfaceIds.includes(networkInterfaceId),
  );
  const former = going.find((i) => i.slot === slot && i.networkInterfaceIds.length === 0);
  const found = holder ?? (heldBy === null ? former : undefined);
  if (found === undefined) return null;
  const { instanceId, amiId, instanceType, launchTime } = found;
  return { instanceId, amiId, instanceType, launchTime, holdsAddress: found === holder };
}

/** The node may serve over IPv6, or be well but for its address: it is mended, not replaced. */
function withoutAddress(node: LiveNode, parts: readonly AddressPart[]): LiveNode {
  return { ...node, unavailable: node.unavailable ?? { kind: "address-incomplete", parts } };
}
