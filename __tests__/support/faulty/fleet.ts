import type { Address, Instance, NetworkInterface } from "@aws-sdk/client-ec2";
import type { ContainerInstance, Task } from "@aws-sdk/client-ecs";
import type { AwsCalls } from "../../../lib/aws/calls";
import type { Environment } from "../../../lib/config/environment";
import { slotExpression } from "../../../lib/config/slot-expression";
import { AwsObservationReader } from "../../../lib/observe/readers/aws-reader";
import type { Observation } from "../../../lib/observe/observation";
import { desiredFleet, desiredSpec } from "../../../lib/plan/desired/desired-fleet";
import type { DesiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { aFakeAccount, fakeCalls, recordOf } from "../fake-aws/fake-account";
import type { FakeAccount } from "../fake-aws/fake-account";
import { containerInstanceArn } from "../fake-aws/fake-ecs";
import { aPoppedEnvironment } from "../../unit/verify/a-plan";

export const NEW_AMI = "ami-2";
export const OLD_AMI = "ami-1";

/** How a fleet is made. */
export interface FleetShape {
  readonly nodes: number;
  readonly budget: number;
  readonly shape: "daemon" | "spread" | "cells";
  readonly pops: number;
  /** Slots that have the new AMI already. */
  readonly done: readonly number[];
  /** Nodes that the config wants more, or fewer. */
  readonly scale: number;
  readonly frozen: readonly number[];
  /** Whether a deploy has left a record of addresses. */
  readonly hasRecord: boolean;
}

/** What really is of a slot, whatever AWS says of it. */
export interface Truth {
  /** Whether its node is there and reached at its address, and its agent and tasks run. */
  lives: boolean;
  /** The PoPs that it should run. */
  readonly pops: Set<string>;
  /** Those of them whose task doesn't serve. */
  readonly sick: Set<string>;
  /** Its node is broken with what it has, and AWS tells so for certain. */
  isBad: boolean;
  /** It lives, and AWS says that it is broken. */
  isDoubted: boolean;
  /** Its public address is gone, and no observation can give it back. */
  hasLostAddress: boolean;
}

type Tagged = Instance | NetworkInterface | Address;

/**
 * An account with a fleet, in AWS's shapes, that faults are put into as hands would, and beside it the
 * truth: what really serves, and whose each thing is. What is observed of it is read by the real reader.
 */
export class FaultyFleet {
  readonly account: FakeAccount;
  readonly environment: Environment;
  desired: DesiredFleet;
  readonly truth: ReadonlyMap<number, Truth>;
  /** Id of an instance, ENI or EIP, or ARN of a registration → the slot whose it really is; null for none. */
  readonly owners = new Map<string, number | null>();
  /** What the last deploy wrote while all was well: an earlier version of the object. */
  readonly firstRecord: string;
  isEcsReadable = true;
  /** Something has happened of which nobody but the record can tell. */
  needsRecord = false;
  private made = 0;

  constructor(readonly shape: FleetShape) {
    const { nodes, pops } = shape;
    const names = Array.from({ length: pops }, (_, pop) => `pop${pop}`);
    this.environment = environmentOf(shape, names);
    this.desired = desiredFleet(this.environment);
    this.account = aFakeAccount(nodes, pops);
    this.account.parameters = this.account.parameters.map((each) => ({ ...each, Value: NEW_AMI }));
    const slots = Array.from({ length: nodes }, (_, slot) => slot);
    const placed = names.map((_, pop) => placeOf(shape, pop, slots));
    this.truth = new Map(
      slots.map((slot) => [
        slot,
        {
          lives: true,
          pops: new Set(names.filter((_, pop) => placed[pop]!.includes(slot))),
          sick: new Set<string>(),
          isBad: false,
          isDoubted: false,
          hasLostAddress: false,
        },
      ]),
    );
    this.furnish(placed);
    this.firstRecord = recordOf(this.account);
    if (shape.hasRecord) this.account.record = this.firstRecord;
  }

  /** Gives the account what this shape of fleet has. */
  private furnish(placed: readonly (readonly number[])[]): void {
    const { account, desired, shape } = this;
    for (const slot of this.truth.keys()) {
      for (const id of [`i-${slot}`, `eni-${slot}`, `eipalloc-${slot}`]) this.owners.set(id, slot);
      this.owners.set(containerInstanceArn(slot), slot);
      const instance = this.instance(slot)!;
      const zone = instance.Placement?.AvailabilityZone ?? "";
      const ami = shape.done.includes(slot) ? NEW_AMI : OLD_AMI;
      const spec = desiredSpec(desired, ami, slot, zone);
      Object.assign(instance, { ImageId: spec.amiId });
      instance.NetworkInterfaces = [
        { NetworkInterfaceId: `eni-${slot}`, Attachment: { DeviceIndex: 0 } },
      ];
      instance.BlockDeviceMappings = instance.BlockDeviceMappings?.slice(1);
      account.userData.set(`i-${slot}`, spec.userDataBase64);
      const registration = this.registration(slot)!;
      registration.attributes = attributesOf(slot, zone);
    }
    for (const [pop, service] of account.services.entries()) {
      const slots = placed[pop]!;
      if (shape.shape === "spread") {
        Object.assign(service, { schedulingStrategy: "REPLICA", desiredCount: slots.length });
      } else if (this.desired.cells.length > 0) {
        service.placementConstraints = [{ type: "memberOf", expression: slotExpression(slots) }];
        service.tags?.push({ key: "routed:cell", value: cellNameOf(pop) });
      }
      const isHere = ({ group, containerInstanceArn: arn }: Task) =>
        group !== `service:pop${pop}` || slots.some((slot) => containerInstanceArn(slot) === arn);
      account.tasks = account.tasks.filter(isHere);
    }
  }

  /** Takes a slot out of `fleet.frozenNodes`. */
  unfreeze(slot: number): void {
    const frozenNodes = this.desired.frozenNodes.filter((each) => each !== slot);
    this.desired = { ...this.desired, frozenNodes };
  }

  /** A number that no other thing of this fleet has. */
  next(): string {
    this.made += 1;
    return `e${this.made.toString(16).padStart(3, "0")}`;
  }

  /** The slot's own instance; one that is terminated isn't there. */
  instance(slot: number): Instance | undefined {
    return this.account.instances.find((i) => this.owner(i.InstanceId) === slot);
  }

  eni(slot: number): NetworkInterface | undefined {
    return this.account.networkInterfaces.find((e) => this.owner(e.NetworkInterfaceId) === slot);
  }

  eip(slot: number): Address | undefined {
    return this.account.addresses.find((e) => this.owner(e.AllocationId) === slot);
  }

  /** The one that speaks for the slot's node. */
  registration(slot: number): ContainerInstance | undefined {
    const id = this.instance(slot)?.InstanceId;
    return this.account.containerInstances.find((c) => c.ec2InstanceId === id);
  }

  tasksOn(registration: ContainerInstance | undefined): Task[] {
    const arn = registration?.containerInstanceArn;
    return this.account.tasks.filter((task) => task.containerInstanceArn === arn);
  }

  owner(id: string | undefined): number | null {
    return this.owners.get(id ?? "") ?? null;
  }

  /** Slots of which a PoP's task really serves, ascending. */
  servingOn(pop: string): number[] {
    return [...this.truth].flatMap(([slot, { lives, pops, sick }]) =>
      lives && pops.has(pop) && !sick.has(pop) ? slot : [],
    );
  }

  /** Whether the slot's node really does what it is for: serve, if it has anything to. */
  isUp(slot: number): boolean {
    const truth = this.truth.get(slot);
    if (truth === undefined || !truth.lives) return false;
    return truth.pops.size === 0 || [...truth.pops].some((pop) => !truth.sick.has(pop));
  }

  /**
   * Whether anything is lost if the slot's node goes. One that runs nothing and is said to be broken
   * serves nobody: it may go however many others are down.
   */
  isMissed(slot: number): boolean {
    const { isDoubted = false, pops } = this.truth.get(slot) ?? {};
    return this.isUp(slot) && !(isDoubted && pops?.size === 0);
  }

  isOutdated(slot: number): boolean {
    return this.instance(slot)?.ImageId !== NEW_AMI;
  }

  async observe(): Promise<Observation> {
    this.settleCounts();
    const calls = fakeCalls(this.account);
    const refuse = () =>
      Promise.reject(Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" }));
    const heard: AwsCalls = this.isEcsReadable ? calls : { ...calls, listTasks: refuse };
    const sleep = () => Promise.resolve();
    return new AwsObservationReader(() => Promise.resolve(heard), sleep).read(this.environment);
  }

  /** What ECS counts, which the reader holds its answers against. */
  private settleCounts(): void {
    const { account } = this;
    for (const registration of account.containerInstances) {
      registration.runningTasksCount = this.tasksOn(registration).filter(
        ({ desiredStatus }) => desiredStatus === "RUNNING",
      ).length;
    }
    const [cluster] = account.clusters;
    Object.assign(cluster!, {
      registeredContainerInstancesCount: account.containerInstances.filter(({ status = "" }) =>
        ["ACTIVE", "DRAINING"].includes(status),
      ).length,
      activeServicesCount: account.services.length,
    });
  }
}

export function tagsOf(item: Tagged) {
  if ("TagSet" in item) return (item.TagSet ??= []);
  return ((item as Instance).Tags ??= []);
}

/** @param value null takes the tag off */
export function setTag(item: Tagged | undefined, key: string, value: string | null): void {
  if (item === undefined) return;
  const tags = tagsOf(item);
  const index = tags.findIndex(({ Key }) => Key === key);
  if (index >= 0) tags.splice(index, 1);
  if (value !== null) tags.push({ Key: key, Value: value });
}

export function attributesOf(slot: number, zone: string) {
  return [
    { name: "routed.slot", value: String(slot) },
    { name: "routed.availability-zone", value: zone },
  ];
}

function environmentOf(shape: FleetShape, names: readonly string[]): Environment {
  const base = aPoppedEnvironment();
  const { nodes, budget, frozen, scale } = shape;
  const isCelled = shape.shape === "cells" && nodes >= 4;
  const wanted = isCelled ? nodes : Math.max(2, nodes + scale);
  return {
    ...base,
    fleet: {
      ...base.fleet,
      nodes: wanted,
      maxUnavailableNodes: Math.min(budget, wanted - 1),
      frozenNodes: frozen.filter((slot) => slot < Math.min(nodes, wanted)),
      ...(isCelled ? { cells: cellsOf(nodes) } : {}),
    },
    routed: { ...base.routed, placement: shape.shape === "spread" ? "spread" : "daemon" },
    autopilotSites: names.map((name, pop) => ({
      id: pop + 1,
      name,
      bgpPeers: ["2001:db8:1::/48"],
      ...(isCelled ? { cell: cellNameOf(pop) } : {}),
    })),
  };
}

function cellsOf(nodes: number) {
  const rest = Array.from({ length: nodes - 2 }, (_, index) => index + 2);
  return [
    { name: "a", nodes: [0, 1] },
    { name: "b", nodes: rest },
  ];
}

function cellNameOf(pop: number): string {
  return pop % 2 === 0 ? "a" : "b";
}

/** The slots that a PoP's tasks are on. */
function placeOf({ shape, nodes }: FleetShape, pop: number, slots: readonly number[]): number[] {
  if (shape === "spread") return [pop % nodes, (pop + 1) % nodes].sort((a, b) => a - b);
  if (shape === "cells" && nodes >= 4) {
    return slots.filter((slot) => (slot < 2 ? "a" : "b") === cellNameOf(pop));
  }
  return [...slots];
}
