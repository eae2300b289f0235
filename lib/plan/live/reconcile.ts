import { RoutedError } from "../../errors";
import type {
  Observation,
  ObservedElasticIp,
  ObservedInstance,
  ObservedNetworkInterface,
} from "../../observe/observation";
import { specOf } from "../node-spec";
import { addressStates, describeParts } from "./address-parts";
import type { AddressPart } from "./address-parts";
import { checkWitnesses, tagCommand } from "./check-witnesses";
import { ghostsIn, unavailabilityOfInstance } from "./node-health";
import type { LiveNode, SlotState } from "./slot-state";

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
  const problems: string[] = [];
  const addresses = addressesBySlot(observation, problems, []);
  checkElasticIps(observation, addresses, problems, []);
  if (problems.length > 0) throw contradiction(observation.environment, problems);
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
  const problems = [...disagreements.problems];
  const findings = [...disagreements.findings];
  const addresses = addressesBySlot(observation, problems, findings);
  checkElasticIps(observation, addresses, problems, findings);
  const nodes = nodesBySlot(observation, addresses, problems, findings);
  checkVisibility(observation, problems);
  if (problems.length > 0) throw contradiction(observation.environment, problems);

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
      problems.push(
        `the ENI of slot ${slot} is gone, whose EIP ${elasticIp.publicIpv4} is left, and nothing tells ` +
          `in which zone it was; make it again there, with its private IPv4 and IPv6, and ` +
          tagCommand(observation, ["<eni>"], slot),
      );
    }
    const node = instance && liveNode(instance, observation, problems);
    return {
      ...{ slot, availabilityZone, address, elasticIp, missing, lost, known },
      node: node && (missing.length > 0 ? withoutAddress(node, missing) : node),
    };
  });
  if (problems.length > 0) throw contradiction(observation.environment, problems);
  return { slots, findings: [...findings, ...ghostsIn(observation)] };
}

function addressesBySlot(
  observation: Observation,
  problems: string[],
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
      problems.push(
        `ENIs ${other.networkInterfaceId} and ${id} both claim slot ${address.slot}; ` +
          `remove the tag routed:node from the one that is not the slot's`,
      );
    } else bySlot.set(address.slot, address);
  }
  return bySlot;
}

function checkElasticIps(
  observation: Observation,
  addresses: ReadonlyMap<number, ObservedNetworkInterface>,
  problems: string[],
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
      problems.push(
        `${name} and EIP ${other.publicIpv4} (${other.allocationId}) both claim slot ${eip.slot}; ` +
          `remove the tag routed:node from the one that is not the slot's`,
      );
    }
    bySlot.set(eip.slot, eip);
    const holder = eip.networkInterfaceId && slotOfEni.get(eip.networkInterfaceId);
    if (typeof holder === "number" && holder !== eip.slot) {
      problems.push(
        `${name} belongs to slot ${eip.slot}, but sits on the ENI of slot ${holder}; ` +
          `associate it with the ENI of slot ${eip.slot} again`,
      );
    } else if (addresses.has(eip.slot) && holder !== eip.slot) {
      findings.push(
        `${name} of slot ${eip.slot} is not on the slot's ENI; the deploy puts it back`,
      );
    } else if (
      eip.networkInterfaceId !== null &&
      !addresses.has(eip.slot) &&
      !isUntagged(observation, eip.networkInterfaceId)
    ) {
      // Without this, a slot that has an address and no instance would look like a new one.
      problems.push(
        `${name} of slot ${eip.slot} is on ${eip.networkInterfaceId}, which is not among the ` +
          `environment's ENIs; observe again, or check the tags of ${eip.networkInterfaceId}`,
      );
    }
  }
}

function nodesBySlot(
  observation: Observation,
  addresses: ReadonlyMap<number, ObservedNetworkInterface>,
  problems: string[],
  findings: string[],
): Map<number, ObservedInstance> {
  const holders = new Map<number, ObservedInstance>();
  const claims: ObservedInstance[] = [];
  const known = new Map(observation.instances.map((i) => [i.instanceId, i]));
  const held = heldSlots(addresses, observation.instances);

  for (const [slot, eni] of addresses) {
    const { instanceId } = eni;
    if (instanceId !== null && !known.has(instanceId) && !isUntagged(observation, instanceId)) {
      problems.push(
        `ENI ${eni.networkInterfaceId} of slot ${slot} is held by ${instanceId}, which is not ` +
          `among the environment's instances; check the tags of ${instanceId}`,
      );
    }
  }
  for (const instance of observation.instances) {
    if (instance.state === "shutting-down") continue;
    const slots = held.get(instance.instanceId) ?? [];
    const [holds] = slots;
    if (slots.length > 1) {
      problems.push(`${instance.instanceId} holds the ENIs of slots ${slots.join(" and ")}`);
    } else if (holds === undefined && instance.slot === null) {
      findings.push(`${instance.instanceId} carries the environment's tag, but no slot owns it`);
    } else if (holds === undefined) {
      const [primary = ""] = instance.networkInterfaceIds;
      if (!isUntagged(observation, primary)) claims.push(instance);
    } else if (instance.slot !== holds) {
      problems.push(
        `${instance.instanceId} is tagged for ${instance.slot === null ? "no slot" : `slot ${instance.slot}`}, ` +
          `but holds the ENI of slot ${holds}; correct its tag routed:node`,
      );
    } else if (holders.has(holds)) {
      problems.push(
        `${holders.get(holds)?.instanceId} and ${instance.instanceId} both hold the ENI of slot ${holds}`,
      );
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
  problems: string[],
): void {
  if (address && address.availabilityZone !== instance.availabilityZone) {
    problems.push(
      `${instance.instanceId} is in ${instance.availabilityZone}, but its ENI ` +
        `${address.networkInterfaceId} in ${address.availabilityZone}; observe again`,
    );
  }
}

/** Whether it was found by other witnesses than its tags, who are heard elsewhere. */
function isUntagged({ untagged = [] }: Observation, id: string): boolean {
  return untagged.some((item) => item.id === id);
}

/** An instance that is tagged for a slot but doesn't hold its ENI. */
function reportClaim(
  instance: ObservedInstance,
  holders: ReadonlyMap<number, ObservedInstance>,
  problems: string[],
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
    problems.push(
      `${instance.instanceId} is tagged for slot ${slot}, but does not hold the slot's ENI, ` +
        `and nothing else does; attach the ENI or remove the instance's tags`,
    );
  }
}

/** Nodes that ECS knows and EC2 doesn't show mean that the observation is not the whole truth. */
function checkVisibility(observation: Observation, problems: string[]): void {
  const { cluster } = observation;
  const registered = cluster?.status === "ACTIVE" ? cluster.registeredContainerInstances : 0;
  if (
    registered > 0 &&
    observation.instances.length === 0 &&
    observation.networkInterfaces.length === 0 &&
    observation.untagged === undefined
  ) {
    problems.push(
      `${registered} container instances are registered in the cluster, but EC2 shows neither ` +
        `instances nor ENIs with the environment's tag; restore the tags, or deregister them`,
    );
  }
}

function liveNode(
  instance: ObservedInstance,
  observation: Observation,
  problems: string[],
): LiveNode {
  const { rootVolumeGiB } = instance;
  if (rootVolumeGiB === null) {
    problems.push(
      `${instance.instanceId} shows no root volume, so its spec can't be kept; ` +
        `wait until it has started and observe again`,
    );
  }
  return {
    instanceId: instance.instanceId,
    spec: specOf({ ...instance, rootVolumeGiB: rootVolumeGiB ?? 0 }),
    unavailable: unavailabilityOfInstance(instance, observation.health),
  };
}

/** The node may serve over IPv6, or be well but for its address: it is mended, not replaced. */
function withoutAddress(node: LiveNode, missing: readonly AddressPart[]): LiveNode {
  const predicate = `has no public address: ${describeParts(missing)}`;
  return { ...node, unavailable: node.unavailable ?? { predicate, certain: false } };
}

function contradiction(environment: string, problems: readonly string[]): RoutedError {
  const lines = problems.map((problem) => `  - ${problem}`).join("\n");
  return new RoutedError(
    "contradiction",
    `${environment}: what AWS holds contradicts itself, so nothing is planned:\n${lines}`,
  );
}
