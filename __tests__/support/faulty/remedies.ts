import type { Instance } from "@aws-sdk/client-ec2";
import { ENVIRONMENT_TAG, NODE_TAG } from "../../../lib/config/naming";
import { ContradictionError } from "../../../lib/plan/live/contradiction-error";
import { RoutedError } from "../../../lib/errors";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { renderContradiction } from "../../../lib/plan/render/render-contradiction";
import type { SlotTrouble } from "../../../lib/plan/reasons";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import { terminate } from "./faults";
import { attributesOf, setTag } from "./fleet";
import type { FaultyFleet } from "./fleet";

/** One thing that keeps a plan from going on, and what a person does about it. */
export interface Obstacle {
  /** E.g. "contradiction: eips-share-slot", "held: budget". */
  readonly reason: string;
  /** The same for the same obstacle; another one for another. */
  readonly sign: string;
  readonly remedy: (fleet: FaultyFleet) => void;
}

export interface Outcome {
  /** Null where it is refused. */
  readonly plan: UpgradePlan | null;
  readonly obstacles: readonly Obstacle[];
}

/** Observes, plans, and tells what keeps the plan from going on, and what a person does about that. */
export async function outcomeOf(fleet: FaultyFleet, accepted: readonly number[]): Promise<Outcome> {
  try {
    const observation = await fleet.observe();
    const plan = planUpgrade(fleet.desired, observation, { acceptNewAddress: accepted });
    return { plan, obstacles: plan.status === "held" ? obstaclesIn(plan) : [] };
  } catch (error) {
    if (!(error instanceof RoutedError)) throw error;
    return { plan: null, obstacles: refusalsIn(error) };
  }
}

function refusalsIn(error: RoutedError): Obstacle[] {
  if (error instanceof ContradictionError) {
    return error.contradictions.map((found): Obstacle => {
      const sentence = renderContradiction(found);
      return {
        reason: `contradiction: ${found.kind}`,
        sign: sentence,
        remedy: (fleet) => obey(fleet, sentence),
      };
    });
  }
  const { code, message } = error;
  const remedy = REFUSALS[code];
  // The planner's own defects, and what no fault here should lead to.
  if (remedy === undefined) throw error;
  return [{ reason: code, sign: message, remedy: (fleet) => remedy(fleet, message) }];
}

const REFUSALS: Readonly<Record<string, (fleet: FaultyFleet, message: string) => void>> = {
  "unreadable-aws": (fleet) => {
    fleet.isEcsReadable = true;
    if (fleet.account.record !== null) restoreRecord(fleet);
  },
  "address-lost": (fleet, message) => {
    for (const line of message.split("\n").slice(1)) bringBack(fleet, line);
  },
};

/** "An earlier version of the object": what a deploy wrote while all was well. */
function restoreRecord(fleet: FaultyFleet): void {
  fleet.account.record = fleet.firstRecord;
}

/** Takes the tags off the EIP that isn't its own, and allocates its own again. */
function bringBack(fleet: FaultyFleet, line: string): void {
  const slot = Number(/the EIP of node (\d+)/.exec(line)?.[1]);
  const other = /take the tags off (\S+),/.exec(line)?.[1];
  const { account } = fleet;
  for (const eip of account.addresses) {
    if (eip.AllocationId === other) eip.Tags = [];
  }
  const address = /--address (\S+),/.exec(line)?.[1] ?? "";
  // Where nobody knows what it was, there is nothing to ask EC2 for.
  if (!/^[\d.]+$/.test(address)) return;
  const AllocationId = `eipalloc-${fleet.next()}`;
  fleet.owners.set(AllocationId, slot);
  account.addresses.push({ AllocationId, PublicIp: address, Tags: tagsIn(line) });
  fleet.truth.get(slot)!.hasLostAddress = false;
}

/** A person takes the address that the slot has instead of its own: it serves with that. */
export function acceptAddress(fleet: FaultyFleet, slot: number): void {
  const isTagged = (
    tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
  ) => {
    const has = (key: string, value: string) =>
      tags.some(({ Key, Value }) => Key === key && Value === value);
    return has(NODE_TAG, String(slot)) && has(ENVIRONMENT_TAG, fleet.environment.name);
  };
  const other = fleet.account.addresses.find(({ Tags }) => isTagged(Tags));
  if (other === undefined) return;
  fleet.owners.set(other.AllocationId ?? "", slot);
  if (other.NetworkInterfaceId === fleet.eni(slot)?.NetworkInterfaceId) revive(fleet, slot);
}

/** The tags of the first `create-tags` of a text. */
function tagsIn(text: string) {
  const [, environment, slot] = TAGGING.exec(text) ?? [];
  TAGGING.lastIndex = 0;
  return [
    { Key: ENVIRONMENT_TAG, Value: environment },
    { Key: NODE_TAG, Value: slot },
  ];
}

const TAGGING =
  /--resources [^-][^;]*? --tags Key=routed:environment,Value=(\S+) Key=routed:node,Value=([\w<>]+)/g;
const COMMANDS =
  /aws ec2 create-tags --region \S+ --resources (.+?) --tags Key=routed:environment,Value=(\S+) Key=routed:node,Value=([\w<>]+)/g;
const ASSOCIATION =
  /aws ec2 associate-address .*?--allocation-id (\S+) --network-interface-id (\S+)/g;
const DEREGISTRATION = /aws ecs deregister-container-instance .*?--container-instance (\S+)/g;

/**
 * What a person does who reads the sentence and knows the truth: runs the commands where they are
 * right, and else corrects whatever it names, and nothing else.
 */
function obey(fleet: FaultyFleet, sentence: string): void {
  const { account } = fleet;
  for (const [, ids = "", environment = "", slot = ""] of sentence.matchAll(COMMANDS)) {
    for (const id of ids.split(" ")) {
      const owner = fleet.owner(id);
      if (owner === null || (slot !== "<slot>" && Number(slot) !== owner)) continue;
      const item = itemOf(fleet, id);
      setTag(item, ENVIRONMENT_TAG, environment);
      setTag(item, NODE_TAG, String(owner));
    }
  }
  for (const [, arn = ""] of sentence.matchAll(DEREGISTRATION)) {
    const registration = account.containerInstances.find((c) => c.containerInstanceArn === arn);
    const slot = fleet.owner(registration?.ec2InstanceId);
    if (slot !== null) continue;
    account.containerInstances = account.containerInstances.filter((c) => c !== registration);
    account.tasks = account.tasks.filter((task) => task.containerInstanceArn !== arn);
  }
  for (const [, eip = "", eni = ""] of sentence.matchAll(ASSOCIATION)) {
    const slot = fleet.owner(eip);
    if (slot === null || fleet.owner(eni) !== slot) continue;
    Object.assign(itemOf(fleet, eip) ?? {}, { NetworkInterfaceId: eni });
    revive(fleet, slot);
  }
  for (const [, eni = ""] of sentence.matchAll(/detach (eni-\w+) from it/g)) takeBack(fleet, eni);
  const [, holder] = /^(i-\w+) holds the ENIs of slots .*; detach the one/.exec(sentence) ?? [];
  const strange = account.networkInterfaces.filter(
    ({ Attachment, NetworkInterfaceId }) =>
      holder !== undefined &&
      Attachment?.InstanceId === holder &&
      fleet.owner(NetworkInterfaceId) !== fleet.owner(holder),
  );
  for (const { NetworkInterfaceId = "" } of strange) takeBack(fleet, NetworkInterfaceId);
  if (sentence.includes("once ECS can be read")) fleet.isEcsReadable = true;
  if (sentence.includes("replace it")) replaceWronglyRegistered(fleet, sentence);
  if (sentence.includes("record of addresses") && sentence.includes("restore"))
    restoreRecord(fleet);
  const words = sentence.split("aws ec2 create-tags")[0] ?? "";
  for (const [id] of words.matchAll(/\b(?:i|eni|eipalloc)-\w+/g)) correct(fleet, id, sentence);
}

/** A slot's ENI leaves an instance that isn't the slot's. */
function takeBack(fleet: FaultyFleet, eni: string): void {
  const { account } = fleet;
  const slot = fleet.owner(eni);
  const item = account.networkInterfaces.find((e) => e.NetworkInterfaceId === eni);
  const holder = account.instances.find((i) => i.InstanceId === item?.Attachment?.InstanceId);
  if (slot === null || fleet.owner(holder?.InstanceId) === slot) return;
  delete item?.Attachment;
  if (holder !== undefined) {
    const others = holder.NetworkInterfaces?.filter((e) => e.NetworkInterfaceId !== eni);
    Object.assign(holder, { NetworkInterfaces: others });
  }
}

/** Its user data is of another slot: it is terminated, and its slot made anew. */
function replaceWronglyRegistered(fleet: FaultyFleet, sentence: string): void {
  const id = /^(i-[\w-]+)/.exec(sentence)?.[1];
  const slot = fleet.owner(id);
  const told = Number(/registered in the cluster for slot (\d+)/.exec(sentence)?.[1]);
  if (slot === null || told === slot) return;
  const { account } = fleet;
  account.containerInstances = account.containerInstances.filter((c) => c.ec2InstanceId !== id);
  account.tasks = account.tasks.filter(({ containerInstanceArn: arn }) =>
    account.containerInstances.some((c) => c.containerInstanceArn === arn),
  );
  terminate(fleet, slot);
  fleet.truth.get(slot)!.lives = false;
}

/** Makes of a thing what it truly is. */
function correct(fleet: FaultyFleet, id: string, sentence: string): void {
  const item = itemOf(fleet, id);
  const owner = fleet.owner(id);
  if (item === undefined) return;
  if (sentence.includes("aws ec2 create-tags") && owner !== null) return;
  if (!/terminate|tag|associate|attach/.test(sentence)) return;
  setTag(item, NODE_TAG, owner === null ? null : String(owner));
  if (owner !== null) setTag(item, ENVIRONMENT_TAG, fleet.environment.name);
  else if (!sentence.includes("remove the tag routed:node")) setTag(item, ENVIRONMENT_TAG, null);
  if (id.startsWith("eipalloc-") && sentence.includes("associate") && owner !== null) {
    const eni = fleet.eni(owner)?.NetworkInterfaceId;
    for (const eip of fleet.account.addresses)
      if (eip.NetworkInterfaceId === eni) delete eip.NetworkInterfaceId;
    Object.assign(item, { NetworkInterfaceId: eni });
    revive(fleet, owner);
  }
}

function itemOf({ account }: FaultyFleet, id: string) {
  return (
    account.instances.find((i) => i.InstanceId === id) ??
    account.networkInterfaces.find((e) => e.NetworkInterfaceId === id) ??
    account.addresses.find((e) => e.AllocationId === id)
  );
}

/** Holds of nodes, each with what a person does about it by the reason's own words. */
function obstaclesIn(plan: UpgradePlan): Obstacle[] {
  const seen = new Map<string, Obstacle>();
  const add = (reason: string, about: string, remedy: Obstacle["remedy"]) =>
    seen.set(`${reason} ${about}`, {
      reason: `held: ${reason}`,
      sign: `${reason} ${about}`,
      remedy,
    });
  for (const decision of plan.decisions) {
    if (decision.action !== "keep" || decision.pending === "nothing") continue;
    const { slot, why } = decision;
    switch (why.kind) {
      case "budget":
      case "broken-predecessor":
        for (const holder of why.holders) add(why.kind, signOf(holder), mendHolder(holder));
        break;
      case "cell":
        add(why.kind, signOf(why.holder), mendHolder(why.holder));
        break;
      case "address-first":
        for (const holder of why.holders)
          add(why.kind, `${holder.slot}`, (f) => mendAddress(f, holder.slot));
        break;
      case "last-healthy-task":
      case "too-few-tasks":
        for (const pop of why.pops)
          add(why.kind, `${slot} ${pop}`, (f) => startElsewhere(f, pop, slot));
        break;
      case "health-unknown":
        add(why.kind, `${slot} ${decision.unavailable?.kind}`, (f) => {
          f.isEcsReadable = true;
          if (decision.unavailable?.kind !== "ecs-unreadable") mend(f, slot);
        });
        break;
      case "spare-first":
        for (const spare of why.spares) add(why.kind, `${spare.slot}`, mendHolder(spare));
        break;
      case "stands-in":
        for (const holder of why.down) add(why.kind, `${holder.slot}`, mendHolder(holder));
        break;
      case "going":
        add(why.kind, `${slot}`, (f) => terminate(f, slot));
        break;
      case "behind-wave":
      case "up-to-date":
      case "frozen":
      case "not-selected":
        break;
    }
  }
  return [...seen.values()];
}

/** Another one once something else is wrong with the same node. */
function signOf({ slot, unavailable }: SlotTrouble): string {
  return `${slot} ${unavailable.kind}`;
}

function mendHolder({ slot, unavailable }: SlotTrouble): Obstacle["remedy"] {
  return (fleet) => {
    if (unavailable.kind === "ecs-unreadable") fleet.isEcsReadable = true;
    else mend(fleet, slot);
  };
}

/** A person mends the node: it runs, its agent is there, and so are its tasks. */
export function mend(fleet: FaultyFleet, slot: number): void {
  const { account } = fleet;
  const instance: Instance | undefined = fleet.instance(slot);
  mendAddress(fleet, slot);
  if (instance === undefined || instance.State?.Name === "shutting-down") {
    if (instance !== undefined) terminate(fleet, slot);
    // One that is frozen stays empty for as long as it is frozen.
    fleet.unfreeze(slot);
    return;
  }
  const id = instance.InstanceId ?? "";
  instance.State = { Name: "running" };
  const ok = { Status: "ok" };
  const status = account.statuses.find(({ InstanceId }) => InstanceId === id);
  Object.assign(status ?? {}, { SystemStatus: ok, InstanceStatus: ok, AttachedEbsStatus: ok });
  const isGone = (arn: string | undefined) =>
    account.containerInstances.some(
      (c) => c.containerInstanceArn === arn && c.ec2InstanceId === id,
    );
  account.tasks = account.tasks.filter((task) => !isGone(task.containerInstanceArn));
  account.containerInstances = account.containerInstances.filter((c) => c.ec2InstanceId !== id);
  const arn = `arn:aws:ecs:us-east-2:123456789012:container-instance/routed-test/ci-${fleet.next()}`;
  fleet.owners.set(arn, slot);
  account.containerInstances.push({
    ...{ containerInstanceArn: arn, ec2InstanceId: id, status: "ACTIVE", agentConnected: true },
    ...{ runningTasksCount: 0, pendingTasksCount: 0 },
    attributes: attributesOf(slot, instance.Placement?.AvailabilityZone ?? ""),
  });
  const truth = fleet.truth.get(slot)!;
  const daemons = account.services.flatMap(({ serviceName = "" }) =>
    serviceName.startsWith("node--") ? serviceName : [],
  );
  for (const service of [...truth.pops, ...daemons]) startTask(fleet, service, arn);
  revive(fleet, slot);
}

function startTask(fleet: FaultyFleet, service: string, containerInstanceArn: string): void {
  fleet.account.tasks.push({
    taskArn: `arn:aws:ecs:us-east-2:123456789012:task/routed-test/${fleet.next()}`,
    group: `service:${service}`,
    ...{ containerInstanceArn, desiredStatus: "RUNNING" },
    ...{ lastStatus: "RUNNING", healthStatus: "HEALTHY" },
  });
}

function revive(fleet: FaultyFleet, slot: number): void {
  const truth = fleet.truth.get(slot)!;
  truth.sick.clear();
  const lives = fleet.instance(slot)?.State?.Name === "running";
  Object.assign(truth, { lives, isBad: false, isDoubted: false });
}

/** What the plan's own repair does: the ENI with its fixed addresses, and the EIP on it. */
function mendAddress(fleet: FaultyFleet, slot: number): void {
  const { account } = fleet;
  const eip =
    fleet.eip(slot) ?? account.addresses.find((e) => e.AllocationId?.startsWith("eipalloc-e"));
  const eni = fleet.eni(slot);
  if (eni === undefined || eip === undefined || eip.NetworkInterfaceId !== undefined) return;
  eip.NetworkInterfaceId = eni.NetworkInterfaceId;
  const instance = fleet.instance(slot);
  if (instance !== undefined && fleet.registration(slot)?.agentConnected === true)
    revive(fleet, slot);
}

/** ECS ends its deployment, and the PoP's task on another node serves again. */
function startElsewhere(fleet: FaultyFleet, pop: string, slot: number): void {
  for (const service of fleet.account.services) {
    if (service.serviceName === pop) {
      service.deployments = [{ status: "PRIMARY", rolloutState: "COMPLETED" }];
    }
  }
  const others = [...fleet.truth.keys()].filter((other) => other !== slot);
  const placed = others.filter((other) => fleet.truth.get(other)!.pops.has(pop));
  const runs = (other: number) => fleet.instance(other)?.State?.Name === "running";
  const chosen = placed.find(runs) ?? others.find(runs);
  if (chosen === undefined) return;
  fleet.truth.get(chosen)!.pops.add(pop);
  mend(fleet, chosen);
}
