import type {
  Architecture,
  CpuIsolation,
  Environment,
  OperatingSystem,
  Placement,
} from "../../config/environment";
import { FIRST_SPARE_SLOT } from "../../config/limits";
import { isSpareSlot } from "../../config/slots";
import { clusterName, imageParameter } from "../../config/naming";
import { nodeVolumes } from "../../config/node-volumes";
import { RoutedError } from "../../errors";
import type { Observation } from "../../observe/observation";
import type { NodeSpec } from "../node-spec";
import { desiredImages } from "./desired-images";
import type { DesiredImages } from "./desired-images";
import { renderUserData } from "./user-data";
import { stagesImages } from "../../config/settings";

/** What the config wants of the nodes: plain data, independent of the order of its lists. */
export interface DesiredFleet {
  readonly environment: string;
  /** The ECS cluster that the nodes join. */
  readonly clusterName: string;
  readonly os: OperatingSystem;
  readonly architecture: Architecture;
  /** `latest`, or an AMI id. */
  readonly amiId: string;
  readonly instanceType: string;
  /** Size of the volume that the containers live on. */
  readonly rootVolumeGiB: number;
  /** Further settings of the nodes' ECS agent. */
  readonly ecsAgentSettings: Readonly<Record<string, string>>;
  /** Slots 0 to nodes-1 are wanted. */
  readonly nodes: number;
  /** How many slots from `FIRST_SPARE_SLOT` on have an address, and an instance only while it is needed. */
  readonly spareNodes: number;
  /** Sorted by name. */
  readonly availabilityZones: readonly string[];
  /** How many nodes may be unavailable at once because of a deploy. */
  readonly maxUnavailableNodes: number;
  /** Slots that are kept as they are, ascending. */
  readonly frozenNodes: readonly number[];
  /** By name; empty where the whole fleet is one cell. */
  readonly cells: readonly DesiredCell[];
  /** By site's id. */
  readonly pops: readonly DesiredPop[];
  readonly placement: Placement;
  /** Healthy tasks that a PoP has in its new place before it is stopped in the old one, at least. */
  readonly tasksPerPop: number;
  /** Whether each PoP's tasks have cores of their own. */
  readonly cpuIsolation: CpuIsolation;
  /** How new images reach the PoPs; left out where all PoPs get them at once. */
  readonly images?: DesiredImages;
}

/** A part of the fleet that serves its own PoPs. */
export interface DesiredCell {
  readonly name: string;
  /** Ascending, not empty. */
  readonly slots: readonly number[];
}

export interface DesiredPop {
  readonly name: string;
  /** The cell that the config names for it. */
  readonly cell?: string;
}

export function desiredFleet(environment: Environment): DesiredFleet {
  const { aws, fleet, routed } = environment;
  return {
    environment: environment.name,
    clusterName: clusterName(environment.name),
    os: fleet.image.os,
    architecture: fleet.image.architecture,
    amiId: fleet.image.amiId,
    instanceType: fleet.instanceType,
    rootVolumeGiB: fleet.rootVolumeGiB,
    ecsAgentSettings: fleet.ecsAgentSettings,
    nodes: fleet.nodes,
    spareNodes: fleet.spareNodes,
    availabilityZones: [...aws.availabilityZones].sort(),
    maxUnavailableNodes: fleet.maxUnavailableNodes,
    frozenNodes: [...fleet.frozenNodes].sort((a, b) => a - b),
    cells: (fleet.cells ?? []).map(({ name, nodes }) => ({ name, slots: nodes })),
    pops: environment.autopilotSites.map(({ name, cell }) => ({
      name,
      ...(cell === undefined ? {} : { cell }),
    })),
    placement: routed.placement,
    tasksPerPop: routed.tasksPerPop,
    cpuIsolation: routed.cpuIsolation,
    ...(stagesImages(environment) ? { images: desiredImages(environment) } : {}),
  };
}

/** The spares' slots, ascending. */
export function spareSlots({ spareNodes }: Pick<DesiredFleet, "spareNodes">): number[] {
  return Array.from({ length: spareNodes }, (_, spare) => FIRST_SPARE_SLOT + spare);
}

/** Whether the config wants a slot: as a node, as a spare, or as it is. */
export function isWantedSlot(
  desired: Pick<DesiredFleet, "nodes" | "spareNodes" | "frozenNodes">,
  slot: number,
): boolean {
  if (desired.frozenNodes.includes(slot)) return true;
  return isSpareSlot(slot) ? spareSlots(desired).includes(slot) : slot < desired.nodes;
}

/** The name of the cell that a slot is in; null where it is in none. */
export function cellOf({ cells }: Pick<DesiredFleet, "cells">, slot: number): string | null {
  return cells.find(({ slots }) => slots.includes(slot))?.name ?? null;
}

/**
 * The AMI that nodes should run: the config's own, or what `latest` stood for when AWS was
 * observed.
 *
 * @throws RoutedError `unreadable-aws` where the OS's public parameter was not there
 */
export function desiredAmiId(desired: DesiredFleet, images: Observation["images"]): string {
  if (desired.amiId !== "latest") return desired.amiId;
  const parameter = imageParameter(desired.os, desired.architecture);
  const amiId = images[parameter];
  if (amiId === undefined) {
    throw new RoutedError(
      "unreadable-aws",
      `${desired.environment}: fleet.image.amiId is latest, but the SSM parameter ${parameter} ` +
        `is not among what was observed; observe again, or set fleet.image.amiId to an AMI id`,
    );
  }
  return amiId;
}

/**
 * The same in the course of a rollout that holds the AMI that it began with: until somebody has launched
 * a node with what `latest` stands for now, which then is where the fleet leads.
 *
 * @param held undefined where none is held
 * @throws RoutedError `unreadable-aws`
 */
export function targetAmiId(
  desired: DesiredFleet,
  { images, instances }: Pick<Observation, "images" | "instances">,
  held: string | undefined,
): string {
  const newest = desiredAmiId(desired, images);
  if (held === undefined || desired.amiId !== "latest") return newest;
  return instances.some(({ amiId }) => amiId === newest) ? newest : held;
}

/** The spec that the node of a slot should have. */
export function desiredSpec(
  desired: DesiredFleet,
  amiId: string,
  slot: number,
  availabilityZone: string,
): NodeSpec {
  const { instanceType } = desired;
  const userData = renderUserData({ ...desired, slot, availabilityZone });
  return {
    amiId,
    instanceType,
    userDataBase64: Buffer.from(userData, "utf8").toString("base64"),
    ...nodeVolumes(desired.os, desired.rootVolumeGiB),
  };
}
