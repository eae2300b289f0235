import { clusterName, ENVIRONMENT_TAG, NODE_TAG } from "../../config/naming";
import type { Observation, ObservedUntagged, Witness } from "../../observe/observation";
import { listOf } from "../../words";

/** What two words on whose a thing is come to: problems stop every plan, findings are only told. */
export interface Disagreements {
  readonly problems: readonly string[];
  readonly findings: readonly string[];
}

/**
 * Where tags and the other witnesses of an observation disagree on what is the environment's and of
 * which slot, with the command that mends it. Nothing is guessed: of two words any may be wrong.
 */
export function checkWitnesses(observation: Observation): Disagreements {
  const { findings, suspects } = sorted(observation);
  return {
    problems: [
      ...bySlot(suspects).map(([slot, items]) => lostTags(observation, slot, items)),
      ...suspects.flatMap((item) => unclear(observation, item)),
      ...withoutSlot(observation),
      ...registeredElsewhere(observation),
      ...rememberedElsewhere(observation),
    ],
    findings,
  };
}

/** `aws ec2 create-tags …` that makes things a slot's. */
export function tagCommand(
  { environment, region }: Observation,
  ids: readonly string[],
  slot: number | "<slot>",
): string {
  return (
    `aws ec2 create-tags --region ${region} --resources ${ids.join(" ")} ` +
    `--tags Key=${ENVIRONMENT_TAG},Value=${environment} Key=${NODE_TAG},Value=${slot}`
  );
}

/** What is told only, and what may be a slot's. An instance that shuts down is nobody's any more. */
function sorted({ untagged = [], elasticIps, networkInterfaces }: Observation) {
  const findings: string[] = [];
  const suspects = untagged.filter((item) => {
    if (item.state === "shutting-down") return false;
    const [slot, ...others] = slotsOf(item);
    const only = others.length === 0 ? slot : undefined;
    if (item.foundBy.every(({ kind }) => kind === "vpc")) {
      const [{ id } = { id: "" }] = item.foundBy;
      findings.push(
        `${nameOf(item)} is in the environment's VPC ${id}, and nothing says that it is a node's`,
      );
      return false;
    }
    if (item.kind === "elastic-ip" && elasticIps.some((eip) => eip.slot === only)) {
      findings.push(`${nameOf(item)} sits on the ENI of slot ${only}, which has its own EIP`);
      return false;
    }
    const isDescribedOnly = item.foundBy.every(({ kind }) => ["description", "tag"].includes(kind));
    const hasOwn = networkInterfaces.some((eni) => eni.slot === only);
    if (item.kind === "network-interface" && isDescribedOnly && hasOwn) {
      findings.push(`${nameOf(item)} calls itself slot ${only}'s, which has its own ENI`);
      return false;
    }
    return true;
  });
  return { findings, suspects };
}

/** The slots that anybody says it is of, ascending. */
function slotsOf({ slot, foundBy }: ObservedUntagged): number[] {
  const said = [slot, ...foundBy.map((witness) => witness.slot)].filter((one) => one !== null);
  return [...new Set(said)].sort((a, b) => a - b);
}

/** Those that are of one slot by all accounts. */
function bySlot(suspects: readonly ObservedUntagged[]): [number, ObservedUntagged[]][] {
  const groups = new Map<number, ObservedUntagged[]>();
  for (const item of suspects) {
    const [slot, ...others] = slotsOf(item);
    if (slot !== undefined && others.length === 0) {
      groups.set(slot, [...(groups.get(slot) ?? []), item]);
    }
  }
  return [...groups].sort(([a], [b]) => a - b);
}

function lostTags(
  observation: Observation,
  slot: number,
  items: readonly ObservedUntagged[],
): string {
  const ids = items.map(({ id }) => id);
  const words = items.map((item) => `${nameOf(item)} ${wordsOf(item.foundBy)}`);
  const joined = items.flatMap((item) => removal(observation, item));
  return (
    `of slot ${slot}, but without the tag ${ENVIRONMENT_TAG}=${observation.environment}, ` +
    `${items.length === 1 ? "is" : "are"} ${listOf(words)}; put the tags on: ` +
    [tagCommand(observation, ids, slot), ...joined].join("; if it is not the node's: ")
  );
}

/** One that is of several slots by what is said, or of none that anybody knows. */
function unclear(observation: Observation, item: ObservedUntagged): string[] {
  const slots = slotsOf(item);
  if (slots.length === 1) return [];
  const what =
    slots.length === 0
      ? `${nameOf(item)} carries no tag of the environment, though it is its own ${wordsOf(item.foundBy)}`
      : `${nameOf(item)} is of slots ${listOf(slots)} at once: ${wordsOf(item.foundBy)}`;
  return [
    `${what}; put the tags of its slot on: ` +
      [tagCommand(observation, [item.id], "<slot>"), ...removal(observation, item)].join(
        "; if it is no node's: ",
      ),
  ];
}

/** ENIs and EIPs that have lost their slot's number alone: who refers to them, or they to, tells it. */
function withoutSlot(observation: Observation): string[] {
  const { instances, networkInterfaces, elasticIps } = observation;
  const said = (id: string, words: readonly (readonly [string, number | null])[]): string[] => {
    const by = words.filter(([, slot]) => slot !== null);
    const [slot, ...others] = new Set(by.map(([, each]) => each ?? -1));
    if (slot === undefined) return [];
    const who = listOf(by.map(([name, each]) => `${name} (slot ${each})`));
    const command = tagCommand(observation, [id], others.length === 0 ? slot : "<slot>");
    return [`${id} carries no tag ${NODE_TAG}, but is a slot's by ${who}; put it on: ${command}`];
  };
  return [
    ...networkInterfaces.flatMap(({ networkInterfaceId: id, slot, instanceId }) =>
      slot !== null
        ? []
        : said(id, [
            ...instances
              .filter((i) => i.instanceId === instanceId || i.networkInterfaceIds[0] === id)
              .map((i) => [i.instanceId, i.slot] as const),
            ...elasticIps
              .filter((eip) => eip.networkInterfaceId === id)
              .map((eip) => [eip.allocationId, eip.slot] as const),
          ]),
    ),
    ...elasticIps.flatMap(({ allocationId, slot, networkInterfaceId }) => {
      const eni = networkInterfaces.find((each) => each.networkInterfaceId === networkInterfaceId);
      return slot !== null || eni === undefined
        ? []
        : said(allocationId, [[eni.networkInterfaceId, eni.slot]]);
    }),
  ];
}

/**
 * What takes an instance out of the cluster that joined it without being a node, and gets an ENI or EIP back
 * from an instance or ENI that is no node's.
 */
function removal(observation: Observation, { kind: of, foundBy }: ObservedUntagged): string[] {
  const { environment, region, networkInterfaces } = observation;
  return foundBy.flatMap(({ kind, id, slot }) => {
    if (kind === "registration") {
      return [
        `aws ecs deregister-container-instance --cluster ${clusterName(environment)} ` +
          `--container-instance ${id} --force`,
      ];
    }
    if (of === "instance" && kind === "network-interface") {
      return [`detach ${id} from it, or terminate it`];
    }
    const own = networkInterfaces.find((eni) => slot !== null && eni.slot === slot);
    if (of !== "network-interface" || kind !== "elastic-ip" || own === undefined) return [];
    return [
      `aws ec2 associate-address --region ${region} --allocation-id ${id} ` +
        `--network-interface-id ${own.networkInterfaceId} --allow-reassociation`,
    ];
  });
}

/** A node's agent joined the cluster with the user data of another slot. */
function registeredElsewhere(observation: Observation): string[] {
  const { health, instances, networkInterfaces } = observation;
  if (health.source !== "ecs") return [];
  const slotOfEni = new Map(networkInterfaces.map((eni) => [eni.networkInterfaceId, eni.slot]));
  const byId = new Map(instances.map((instance) => [instance.instanceId, instance]));
  return health.containerInstances.flatMap(({ containerInstanceArn, instanceId, slot }) => {
    const instance = byId.get(instanceId ?? "");
    if (instance === undefined || instance.state === "shutting-down") return [];
    if (slot === undefined || instance.slot === slot) return [];
    // Where its ENI says the same as its agent, that its tag says another is told with the ENI.
    if (instance.networkInterfaceIds.some((eni) => slotOfEni.get(eni) === slot)) return [];
    const tagged = instance.slot === null ? "no slot" : `slot ${instance.slot}`;
    return [
      `${instance.instanceId} is tagged for ${tagged}, but registered in the cluster for slot ${slot} ` +
        `(container instance ${shortArn(containerInstanceArn)}); if it is node ${slot}: ` +
        `${tagCommand(observation, [instance.instanceId], slot)}; if not, replace it: its user data ` +
        `is of slot ${slot}`,
    ];
  });
}

/** What the record has of one slot is tagged for another. */
function rememberedElsewhere(observation: Observation): string[] {
  const { networkInterfaces, elasticIps, remembered = [] } = observation;
  const tagged = new Map(
    [
      ...networkInterfaces.map(({ networkInterfaceId: id, slot }) => ({ id, slot })),
      ...elasticIps.map(({ allocationId: id, slot }) => ({ id, slot })),
    ].map(({ id, slot }) => [id, slot]),
  );
  return remembered.flatMap(({ slot, networkInterfaceId, allocationId }) =>
    [networkInterfaceId, allocationId].flatMap((id) => {
      const other = tagged.get(id);
      if (other === undefined || other === slot) return [];
      return [
        `${id} is tagged for ${other === null ? "no slot" : `slot ${other}`}, but the record of ` +
          `addresses has it as slot ${slot}'s; correct its tag: ${tagCommand(observation, [id], slot)}; ` +
          `or, if the record is wrong, restore an earlier version of it`,
      ];
    }),
  );
}

function nameOf({ id, kind, publicIpv4, environment }: ObservedUntagged): string {
  const tagged = environment === null ? "" : `, tagged ${ENVIRONMENT_TAG}=${environment}`;
  switch (kind) {
    case "instance":
      return environment === null ? id : `${id} (tagged ${ENVIRONMENT_TAG}=${environment})`;
    case "network-interface":
      return environment === null ? `ENI ${id}` : `ENI ${id} (${tagged.slice(2)})`;
    case "elastic-ip":
      return `EIP ${publicIpv4 ?? "without an address"} (${id}${tagged})`;
  }
}

/** "by its registration 0a1b and by the VPC vpc-1". */
function wordsOf(foundBy: readonly Witness[]): string {
  const told = foundBy.filter(({ kind }) => kind !== "vpc");
  return listOf(
    told.map(({ kind, id, slot }) => {
      const of = slot === null ? "" : ` (slot ${slot})`;
      switch (kind) {
        case "registration":
          return `by its registration ${shortArn(id)}${of}`;
        case "instance":
          return `by ${id}, which boots on it${of}`;
        case "network-interface":
          return `by ENI ${id}${of}`;
        case "elastic-ip":
          return `by EIP ${id}${of}`;
        case "description":
          return `by its description "${id}"`;
        case "record":
          return `by the record of addresses${of}`;
        case "tag":
          return `by its tag ${id}${of}`;
        case "vpc":
          return `by the VPC ${id}`;
      }
    }),
  );
}

function shortArn(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}
