import type { Instance, NetworkInterface } from "@aws-sdk/client-ec2";
import { ENVIRONMENT_TAG, NODE_TAG } from "../../../lib/config/naming";
import { attributesOf, OLD_AMI, setTag } from "./fleet";
import type { FaultyFleet } from "./fleet";

/**
 * Does something to a slot that is well: to what AWS holds, and to the truth.
 *
 * @param lives whether its tasks serve on, where what is observed doesn't tell
 * @returns the other slot that it did something to, if any
 */
export type Fault = (fleet: FaultyFleet, slot: number, lives: boolean) => void;

/** @param isTold whether AWS tells for certain that the node is broken with what it has */
function dies(fleet: FaultyFleet, slot: number, isTold = true): void {
  const truth = fleet.truth.get(slot)!;
  truth.lives = false;
  truth.isBad = isTold && !fleet.isOutdated(slot);
}

/** AWS says that it is broken, whether it is or not. */
function diesUnless(lives: boolean, fleet: FaultyFleet, slot: number, isTold = true): void {
  if (lives) fleet.truth.get(slot)!.isDoubted = true;
  else dies(fleet, slot, isTold);
}

/** The next slot, of those that there are. */
export function partnerOf(fleet: FaultyFleet, slot: number): number {
  return (slot + 1) % fleet.shape.nodes;
}

/** EC2's three checks; the first two are said of every instance. */
const checks =
  (check: "SystemStatus" | "InstanceStatus" | "AttachedEbsStatus", Status: string): Fault =>
  (fleet, slot) => {
    const id = fleet.instance(slot)?.InstanceId;
    const status = fleet.account.statuses.find(({ InstanceId }) => InstanceId === id);
    if (status) Object.assign(status, { [check]: { Status } });
  };

function setState(
  fleet: FaultyFleet,
  slot: number,
  Name: "pending" | "stopping" | "stopped" | "shutting-down",
): void {
  fleet.instance(slot)!.State = { Name };
}

function disconnect(fleet: FaultyFleet, slot: number): void {
  const registration = fleet.registration(slot);
  if (registration) registration.agentConnected = false;
}

function unregister(fleet: FaultyFleet, slot: number): void {
  const { account } = fleet;
  const gone = fleet.registration(slot);
  const tasks = fleet.tasksOn(gone);
  account.containerInstances = account.containerInstances.filter((c) => c !== gone);
  account.tasks = account.tasks.filter((task) => !tasks.includes(task));
}

function freeEni(fleet: FaultyFleet, slot: number): void {
  delete fleet.eni(slot)?.Attachment;
}

/** The instance is gone from every list; its address stays. */
export function terminate(fleet: FaultyFleet, slot: number): void {
  const { account } = fleet;
  freeEni(fleet, slot);
  disconnect(fleet, slot);
  account.instances = account.instances.filter((i) => i !== fleet.instance(slot));
}

function deleteEni(fleet: FaultyFleet, slot: number): void {
  const { account } = fleet;
  const id = fleet.eni(slot)?.NetworkInterfaceId;
  terminate(fleet, slot);
  account.networkInterfaces = account.networkInterfaces.filter((e) => e.NetworkInterfaceId !== id);
  for (const eip of account.addresses) {
    if (eip.NetworkInterfaceId === id) delete eip.NetworkInterfaceId;
  }
}

function releaseEip(fleet: FaultyFleet, slot: number): void {
  const { account } = fleet;
  account.addresses = account.addresses.filter((e) => e !== fleet.eip(slot));
  dies(fleet, slot, false);
  fleet.truth.get(slot)!.hasLostAddress = true;
}

type Part = "instance" | "eni" | "eip";
const PARTS: readonly Part[] = ["instance", "eni", "eip"];

const tagged =
  (
    parts: readonly Part[],
    key: string,
    value: (fleet: FaultyFleet, slot: number) => string | null,
  ): Fault =>
  (fleet, slot) => {
    for (const part of parts) setTag(fleet[part](slot), key, value(fleet, slot));
  };
const nothing = () => null;
const otherSlot = (fleet: FaultyFleet, slot: number) => String(partnerOf(fleet, slot));

const withoutTags =
  (...parts: readonly Part[]): Fault =>
  (fleet, slot) => {
    for (const part of parts) {
      for (const key of [ENVIRONMENT_TAG, NODE_TAG, "Name"]) setTag(fleet[part](slot), key, null);
    }
  };

function swapTags(fleet: FaultyFleet, slot: number, parts: readonly Part[]): void {
  const other = partnerOf(fleet, slot);
  for (const part of parts) {
    const [a, b] = [fleet[part](slot), fleet[part](other)];
    setTag(a, NODE_TAG, String(other));
    setTag(b, NODE_TAG, String(slot));
  }
}

/** An instance, an ENI and an EIP for each slot, and some more, of an environment with the same slots. */
function addNeighbours(fleet: FaultyFleet, slot: number): void {
  const { account } = fleet;
  const like = { instance: fleet.instance(slot)!, eni: fleet.eni(slot)!, eip: fleet.eip(slot)! };
  for (let other = 0; other <= fleet.shape.nodes; other += 1) {
    const tags = () => [
      { Key: ENVIRONMENT_TAG, Value: "other" },
      { Key: NODE_TAG, Value: String(other) },
    ];
    const [InstanceId, eni, AllocationId] = ["i", "eni", "eipalloc"].map(
      (prefix) => `${prefix}-${fleet.next()}`,
    );
    for (const id of [InstanceId, eni, AllocationId]) fleet.owners.set(id ?? "", null);
    account.instances.push({
      ...like.instance,
      ...{ InstanceId, Tags: tags() },
      NetworkInterfaces: [{ NetworkInterfaceId: eni, Attachment: { DeviceIndex: 0 } }],
    });
    account.networkInterfaces.push({
      ...like.eni,
      ...{ NetworkInterfaceId: eni, Description: `Address of node ${other}`, TagSet: tags() },
      Attachment: { InstanceId, Status: "attached" },
    });
    account.addresses.push({
      ...{ AllocationId, NetworkInterfaceId: eni, PublicIp: `203.0.113.${other}`, Tags: tags() },
    });
  }
}

/** An instance that is no node, with the tags of one. */
function addStray(
  fleet: FaultyFleet,
  slot: number,
  change: Partial<Instance>,
  onto?: NetworkInterface,
): Instance {
  const { account } = fleet;
  const id = `i-${fleet.next()}`;
  const like = fleet.instance(slot) ?? account.instances[0]!;
  const stray: Instance = {
    ...like,
    InstanceId: id,
    NetworkInterfaces: [
      {
        NetworkInterfaceId: onto?.NetworkInterfaceId ?? `eni-of-${id}`,
        Attachment: { DeviceIndex: 0 },
      },
    ],
    Tags: [...(like.Tags ?? [])],
    ...change,
  };
  fleet.owners.set(id, null);
  account.instances.push(stray);
  account.userData.set(id, account.userData.get(like.InstanceId ?? "") ?? "");
  const status = account.statuses.find(({ InstanceId }) => InstanceId === like.InstanceId);
  account.statuses.push({ ...status, InstanceId: id });
  return stray;
}

function register(
  fleet: FaultyFleet,
  instanceId: string,
  slot: number,
  said: number | null = slot,
): string {
  const arn = `arn:aws:ecs:us-east-2:123456789012:container-instance/routed-test/ci-${fleet.next()}`;
  fleet.owners.set(arn, slot);
  const zone = fleet.eni(slot)?.AvailabilityZone ?? "us-east-2a";
  fleet.account.containerInstances.push({
    containerInstanceArn: arn,
    ec2InstanceId: instanceId,
    status: "ACTIVE",
    agentConnected: true,
    runningTasksCount: 0,
    pendingTasksCount: 0,
    ...(said === null ? {} : { attributes: attributesOf(said, zone) }),
  });
  return arn;
}

/** The agent registers anew, and what it ran is found again or not. */
const registersAnew =
  (keepsTasks: boolean): Fault =>
  (fleet, slot) => {
    const old = fleet.registration(slot)!;
    old.agentConnected = false;
    const arn = register(fleet, old.ec2InstanceId ?? "", slot);
    const truth = fleet.truth.get(slot)!;
    if (keepsTasks) {
      for (const task of fleet.tasksOn(old)) {
        fleet.account.tasks.push({
          ...task,
          taskArn: `${task.taskArn}-${fleet.next()}`,
          containerInstanceArn: arn,
        });
      }
    } else if (fleet.desired.placement === "spread") truth.pops.clear();
    else if (truth.pops.size > 0) dies(fleet, slot);
  };

function sickens(fleet: FaultyFleet, slot: number, pops: readonly string[], change: object): void {
  const truth = fleet.truth.get(slot)!;
  for (const task of fleet.tasksOn(fleet.registration(slot))) {
    if (pops.includes(task.group?.split(":")[1] ?? "")) Object.assign(task, change);
  }
  for (const pop of pops) truth.sick.add(pop);
  if (truth.pops.size > 0 && pops.length >= truth.pops.size) dies(fleet, slot);
}

const popsOf = (fleet: FaultyFleet, slot: number) => [...fleet.truth.get(slot)!.pops];

const state =
  (name: "pending" | "stopping" | "stopped"): Fault =>
  (fleet, slot) => {
    setState(fleet, slot, name);
    if (name !== "stopping") disconnect(fleet, slot);
    dies(fleet, slot);
  };

export const FAULTS: Readonly<Record<string, Fault>> = {
  "the instance's check fails": (fleet, slot, lives) => {
    checks("InstanceStatus", "impaired")(fleet, slot, lives);
    diesUnless(lives, fleet, slot);
  },
  "the system's check fails": (fleet, slot, lives) => {
    checks("SystemStatus", "impaired")(fleet, slot, lives);
    diesUnless(lives, fleet, slot);
  },
  "a volume's check fails": (fleet, slot, lives) => {
    checks("AttachedEbsStatus", "impaired")(fleet, slot, lives);
    diesUnless(lives, fleet, slot);
  },
  "the checks begin": (fleet, slot, lives) => {
    checks("InstanceStatus", "initializing")(fleet, slot, lives);
    diesUnless(true, fleet, slot);
  },
  "the checks are not known": checks("SystemStatus", "insufficient-data"),
  "the instance is pending": state("pending"),
  "the instance is stopping": state("stopping"),
  "the instance is stopped": state("stopped"),
  "the instance shuts down": (fleet, slot) => {
    setState(fleet, slot, "shutting-down");
    disconnect(fleet, slot);
    dies(fleet, slot, false);
  },
  "the instance shuts down, and its ENI is free": (fleet, slot) => {
    setState(fleet, slot, "shutting-down");
    fleet.instance(slot)!.NetworkInterfaces = [];
    disconnect(fleet, slot);
    freeEni(fleet, slot);
    dies(fleet, slot, false);
  },
  "the instance is terminated": (fleet, slot) => {
    dies(fleet, slot, false);
    unregister(fleet, slot);
    terminate(fleet, slot);
  },
  "the instance is terminated, and its registration stays": (fleet, slot) => {
    dies(fleet, slot, false);
    terminate(fleet, slot);
  },
  "another instance was launched by hand": (fleet, slot) => {
    const old = fleet.instance(slot)!;
    const node = addStray(fleet, slot, {
      ImageId: OLD_AMI,
      NetworkInterfaces: old.NetworkInterfaces,
    });
    unregister(fleet, slot);
    terminate(fleet, slot);
    fleet.owners.set(node.InstanceId!, slot);
    fleet.owners.delete(old.InstanceId!);
    fleet.eni(slot)!.Attachment = { InstanceId: node.InstanceId, Status: "attached" };
    register(fleet, node.InstanceId!, slot);
    // Its tasks aren't placed yet.
    const { pops } = fleet.truth.get(slot)!;
    if (fleet.desired.placement === "spread") pops.clear();
    else if (pops.size > 0) dies(fleet, slot);
  },
  "the agent is gone": (fleet, slot, lives) => {
    disconnect(fleet, slot);
    diesUnless(lives, fleet, slot);
  },
  "the node drains": (fleet, slot, lives) => {
    fleet.registration(slot)!.status = "DRAINING";
    diesUnless(lives, fleet, slot, false);
  },
  "the node is about to register": (fleet, slot) => {
    fleet.registration(slot)!.status = "REGISTERING";
    dies(fleet, slot);
  },
  "the node isn't registered": (fleet, slot) => {
    unregister(fleet, slot);
    dies(fleet, slot);
  },
  "the agent registers anew, and its tasks are lost": registersAnew(false),
  "the agent registers anew, and its tasks are found": registersAnew(true),
  "the node is registered twice, and both are connected": (fleet, slot) => {
    register(fleet, fleet.instance(slot)!.InstanceId!, slot);
  },
  "a registration says another slot": (fleet, slot) => {
    const zone = fleet.eni(slot)?.AvailabilityZone ?? "";
    fleet.registration(slot)!.attributes = attributesOf(partnerOf(fleet, slot), zone);
  },
  "a registration of an instance that is gone": (fleet, slot) => {
    register(fleet, `i-${fleet.next()}`, slot);
  },
  "a task is sick": (fleet, slot) => {
    const [pop] = popsOf(fleet, slot);
    if (pop !== undefined) sickens(fleet, slot, [pop], { healthStatus: "UNHEALTHY" });
  },
  "all tasks are sick": (fleet, slot) =>
    sickens(fleet, slot, popsOf(fleet, slot), { healthStatus: "UNHEALTHY" }),
  "a task's health isn't known": (fleet, slot) => {
    const [pop] = popsOf(fleet, slot);
    if (pop !== undefined) sickens(fleet, slot, [pop], { healthStatus: "UNKNOWN" });
  },
  "a task is pending": (fleet, slot) => {
    const [pop] = popsOf(fleet, slot);
    if (pop !== undefined)
      sickens(fleet, slot, [pop], { lastStatus: "PENDING", healthStatus: "UNKNOWN" });
  },
  "a task stops": (fleet, slot) => {
    const [pop] = popsOf(fleet, slot);
    if (pop === undefined) return;
    sickens(fleet, slot, [pop], { desiredStatus: "STOPPED", lastStatus: "STOPPING" });
    // ECS places another one anywhere, and the node lacks nothing.
    if (fleet.desired.placement !== "spread") return;
    const truth = fleet.truth.get(slot)!;
    truth.pops.delete(pop);
    Object.assign(truth, { lives: true, isBad: false });
  },
  "the router restarts": (fleet, slot) => {
    diesUnless(true, fleet, slot);
    const [like] = fleet.account.services;
    const name = "node--router";
    if (fleet.account.services.some(({ serviceName }) => serviceName === name)) return;
    fleet.account.services.push({
      ...like,
      serviceArn: `arn:aws:ecs:us-east-2:123456789012:service/routed-test/${name}`,
      serviceName: name,
      placementConstraints: [],
      schedulingStrategy: "DAEMON",
      tags: [
        { key: "routed:node-daemon", value: "router" },
        { key: "routed:needed-for", value: "availability" },
      ],
    });
    for (const { containerInstanceArn } of fleet.account.containerInstances) {
      if (containerInstanceArn === fleet.registration(slot)?.containerInstanceArn) continue;
      fleet.account.tasks.push({
        taskArn: `arn:aws:ecs:us-east-2:123456789012:task/routed-test/${fleet.next()}`,
        group: `service:${name}`,
        containerInstanceArn,
        desiredStatus: "RUNNING",
        lastStatus: "RUNNING",
        healthStatus: "HEALTHY",
      });
    }
  },
  "a service deploys": (fleet) => {
    for (const service of fleet.account.services) {
      service.deployments = [
        { status: "PRIMARY", rolloutState: "IN_PROGRESS" },
        { status: "ACTIVE" },
      ];
    }
  },
  "a service's tag is off": (fleet) => {
    for (const service of fleet.account.services) {
      service.tags = service.tags?.filter(({ key }) => key !== "routed:pop") ?? [];
    }
  },
  "ECS can't be read": (fleet) => {
    fleet.isEcsReadable = false;
  },
  "the EIP is disassociated": (fleet, slot) => {
    delete fleet.eip(slot)!.NetworkInterfaceId;
    dies(fleet, slot, false);
  },
  "the EIP is released": releaseEip,
  "the EIP is another one": (fleet, slot) => {
    if (fleet.account.record === null) return;
    fleet.needsRecord = true;
    const old = fleet.eip(slot)!;
    releaseEip(fleet, slot);
    const id = `eipalloc-${fleet.next()}`;
    fleet.owners.set(id, null);
    const PublicIp = `203.0.113.${slot}`;
    fleet.account.addresses.push({
      ...old,
      AllocationId: id,
      PublicIp,
      Tags: [...(old.Tags ?? [])],
    });
  },
  "a slot has two EIPs": (fleet, slot) => {
    const id = `eipalloc-${fleet.next()}`;
    fleet.owners.set(id, null);
    const { Tags = [] } = fleet.eip(slot)!;
    fleet.account.addresses.push({
      AllocationId: id,
      PublicIp: `203.0.113.${slot}`,
      Tags: [...Tags],
    });
  },
  "the EIP sits on another slot's ENI": (fleet, slot) => {
    const other = partnerOf(fleet, slot);
    fleet.eip(slot)!.NetworkInterfaceId = `eni-${other}`;
    delete fleet.eip(other)!.NetworkInterfaceId;
    for (const each of [slot, other]) dies(fleet, each, false);
  },
  "the EIPs of two slots are exchanged": (fleet, slot) => {
    const other = partnerOf(fleet, slot);
    const [a, b] = [fleet.eip(slot)!, fleet.eip(other)!];
    a.NetworkInterfaceId = `eni-${other}`;
    b.NetworkInterfaceId = `eni-${slot}`;
    for (const each of [slot, other]) dies(fleet, each, false);
  },
  "the EIP sits on a stranger's ENI": (fleet, slot) => {
    const id = `eni-${fleet.next()}`;
    fleet.owners.set(id, null);
    fleet.account.networkInterfaces.push({
      ...{ NetworkInterfaceId: id, VpcId: "vpc-other", SubnetId: "subnet-other" },
      ...{
        AvailabilityZone: "us-east-2a",
        PrivateIpAddress: "10.0.0.9",
        Ipv6Addresses: [],
        TagSet: [],
      },
    });
    fleet.eip(slot)!.NetworkInterfaceId = id;
    dies(fleet, slot, false);
  },
  "the ENI is deleted": (fleet, slot) => {
    dies(fleet, slot, false);
    deleteEni(fleet, slot);
  },
  "a slot has two ENIs": (fleet, slot) => {
    const like = fleet.eni(slot)!;
    const id = `eni-${fleet.next()}`;
    fleet.owners.set(id, null);
    const free = { ...like };
    delete free.Attachment;
    fleet.account.networkInterfaces.push({
      ...free,
      NetworkInterfaceId: id,
      TagSet: [...(like.TagSet ?? [])],
    });
  },
  "the whole slot is deleted": (fleet, slot) => {
    if (fleet.account.record !== null) {
      fleet.needsRecord = true;
      unregister(fleet, slot);
    }
    deleteEni(fleet, slot);
    releaseEip(fleet, slot);
  },
  "the whole slot is deleted, and its registration stays": (fleet, slot) => {
    deleteEni(fleet, slot);
    releaseEip(fleet, slot);
  },
  "the environment's tag is off the instance": tagged(["instance"], ENVIRONMENT_TAG, nothing),
  "the environment's tag is off the ENI": tagged(["eni"], ENVIRONMENT_TAG, nothing),
  "the environment's tag is off the EIP": tagged(["eip"], ENVIRONMENT_TAG, nothing),
  "the environment's tag is off the whole slot": tagged(PARTS, ENVIRONMENT_TAG, nothing),
  "the slot's tag is off the instance": tagged(["instance"], NODE_TAG, nothing),
  "the slot's tag is off the ENI": tagged(["eni"], NODE_TAG, nothing),
  "the slot's tag is off the EIP": tagged(["eip"], NODE_TAG, nothing),
  "the slot's tag is off the whole slot": tagged(PARTS, NODE_TAG, nothing),
  "all tags are off the instance": withoutTags("instance"),
  "all tags are off the ENI": withoutTags("eni"),
  "all tags are off the EIP": withoutTags("eip"),
  "all tags are off the whole slot": withoutTags(...PARTS),
  "the instance is tagged for another slot": tagged(["instance"], NODE_TAG, otherSlot),
  "the ENI is tagged for another slot": tagged(["eni"], NODE_TAG, otherSlot),
  "the EIP is tagged for another slot": tagged(["eip"], NODE_TAG, otherSlot),
  "the instance is tagged for another environment": tagged(
    ["instance"],
    ENVIRONMENT_TAG,
    () => "other",
  ),
  "the whole slot is tagged for another environment": tagged(PARTS, ENVIRONMENT_TAG, () => "other"),
  "the instances' tags are exchanged": (fleet, slot) => swapTags(fleet, slot, ["instance"]),
  "the ENIs' tags are exchanged": (fleet, slot) => swapTags(fleet, slot, ["eni"]),
  "two slots' tags are exchanged": (fleet, slot) => swapTags(fleet, slot, PARTS),
  "a stray with the tags": (fleet, slot) => void addStray(fleet, slot, {}),
  "a stray with the tags shuts down": (fleet, slot) =>
    void addStray(fleet, slot, { State: { Name: "shutting-down" } }),
  "a stray in the VPC": (fleet, slot) => void addStray(fleet, slot, { Tags: [] }),
  "a stray that joined the cluster": (fleet, slot) => {
    const { InstanceId = "" } = addStray(fleet, slot, { Tags: [] });
    fleet.owners.set(register(fleet, InstanceId, slot), null);
  },
  "a stray that joined the cluster without a slot": (fleet, slot) => {
    const { InstanceId = "" } = addStray(fleet, slot, { Tags: [] });
    fleet.owners.set(register(fleet, InstanceId, slot, null), null);
  },
  "a stray with the tags that joined the cluster": (fleet, slot) => {
    const { InstanceId = "" } = addStray(fleet, slot, {});
    fleet.owners.set(register(fleet, InstanceId, slot), null);
  },
  "the ENI is attached to a stranger": (fleet, slot) => {
    terminate(fleet, slot);
    const { InstanceId } = addStray(fleet, slot, { Tags: [] }, fleet.eni(slot));
    fleet.eni(slot)!.Attachment = { InstanceId, Status: "attached" };
    dies(fleet, slot, false);
  },
  "the ENI is attached to another slot's node": (fleet, slot) => {
    const holder = fleet.instance(partnerOf(fleet, slot))!;
    terminate(fleet, slot);
    const id = fleet.eni(slot)?.NetworkInterfaceId;
    const second = { NetworkInterfaceId: id, Attachment: { DeviceIndex: 1 } };
    holder.NetworkInterfaces = [...(holder.NetworkInterfaces ?? []), second];
    fleet.eni(slot)!.Attachment = { InstanceId: holder.InstanceId, Status: "attached" };
    dies(fleet, slot, false);
  },
  "the ENI has lost its IPv6 address": (fleet, slot) => {
    fleet.eni(slot)!.Ipv6Addresses = [];
    dies(fleet, slot, false);
  },
  "the registration has another slot's instance": (fleet, slot) => {
    fleet.registration(slot)!.ec2InstanceId = fleet.instance(partnerOf(fleet, slot))!.InstanceId;
    dies(fleet, slot);
  },
  "another environment lives in the VPC": (fleet, slot) => addNeighbours(fleet, slot),
  "the record is of an earlier layout": (fleet) => {
    const record = fleet.account.record ?? "";
    if (record.endsWith("}")) fleet.account.record = record.replace('"formatVersion":1,', "");
  },
  "the record is another environment's": (fleet) => {
    const record = fleet.account.record ?? "";
    if (record.endsWith("}")) fleet.account.record = record.replace('"test"', '"other"');
  },
  "the record is lost": (fleet) => {
    if (!fleet.needsRecord) fleet.account.record = null;
  },
  "the record is cut": (fleet) => {
    fleet.account.record = fleet.account.record?.slice(0, -5) ?? null;
  },
  "the record lacks a slot": (fleet, slot) => {
    rewrite(fleet, (all) => all.filter((each) => each["slot"] !== slot));
  },
  "the record has two slots exchanged": (fleet, slot) => {
    const other = partnerOf(fleet, slot);
    const numbers = new Map([
      [slot, other],
      [other, slot],
    ]);
    rewrite(fleet, (all) =>
      all.map((each) => ({ ...each, slot: numbers.get(each["slot"] as number) ?? each["slot"] })),
    );
  },
};

function rewrite(
  fleet: FaultyFleet,
  how: (all: Record<string, unknown>[]) => Record<string, unknown>[],
): void {
  const { record } = fleet.account;
  // One that is cut has nothing left to change.
  if (record === null || !record.endsWith("}")) return;
  const content = JSON.parse(record) as { remembered: Record<string, unknown>[] };
  fleet.account.record = JSON.stringify({ ...content, remembered: how(content.remembered) });
}

/** Those that do something to the next slot, too. */
export const OF_TWO_SLOTS: readonly string[] = Object.keys(FAULTS).filter((name) =>
  /exchanged|another slot/.test(name),
);
