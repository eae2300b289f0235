import type { PopMove } from "./placement-plan";
import type { PopTrouble, SlotTrouble } from "./reasons";

/** What each PoP's tasks are made from after the next deploy, where the config stages that. */
export interface ImagePlan {
  /** False where it can't be told what PoPs run: then each keeps what it has, whatever that is. */
  readonly known: boolean;
  /** Canaries first, then by site's id; empty where it isn't known. */
  readonly pops: readonly PopImage[];
  /** Why no PoP's tasks are replaced though some are to be; null where that isn't so. */
  readonly hold: ImageHold | null;
}

/** What one PoP's tasks are made from. */
export interface PopImage {
  readonly pop: string;
  readonly canary: boolean;
  /**
   * - `keep`: its service keeps its task definition.
   * - `roll`: its service gets another one, and ECS replaces its tasks, half of them at a time.
   * - `create`: it has no service yet.
   */
  readonly action: "keep" | "roll" | "create";
  /** Whether a later wave rolls it. */
  readonly pending: boolean;
  /** What it keeps, or leaves, or is created with; null for what the config says. */
  readonly taskDefinitionArn: string | null;
  /** The image that it is started from now; null where it has no service. */
  readonly runs: string | null;
  /** The image that the config wants. */
  readonly wanted: string;
  /** A digest of all that the config wants of its tasks, the image too. */
  readonly settings: string;
  /** Why it isn't well; null where it is. */
  readonly trouble: PopTrouble | null;
}

/** Why no PoP's tasks are replaced though some are to be. */
export type ImageHold =
  /** What the PoPs run can't be told. */
  | { readonly kind: "images-unknown"; readonly because: "ecs-unreadable" | "not-observed" }
  /** The nodes of these slots change: no PoP is to lose a task to a node and another to its image. */
  | { readonly kind: "nodes-first"; readonly slots: readonly number[] }
  | { readonly kind: "moves-first"; readonly moves: readonly PopMove[] }
  /** A node isn't available that no new image is to blame for. */
  | { readonly kind: "node-unavailable"; readonly node: SlotTrouble }
  /** PoPs that have their image aren't well with it. */
  | { readonly kind: "pops-unwell"; readonly pops: readonly UnwellPop[] };

export interface UnwellPop {
  readonly pop: string;
  readonly canary: boolean;
  readonly image: string;
  readonly trouble: PopTrouble;
}

/** The PoPs whose tasks the deploy replaces. */
export function rolledPops(images: ImagePlan | undefined): PopImage[] {
  return (images?.pops ?? []).filter(({ action }) => action === "roll");
}

/** The PoPs whose tasks a later deploy replaces. */
export function waitingPops(images: ImagePlan | undefined): PopImage[] {
  return (images?.pops ?? []).filter(({ pending }) => pending);
}

/** Whether the deploy replaces the tasks of a PoP. */
export function changesImages(images: ImagePlan | undefined): boolean {
  return rolledPops(images).length > 0;
}

/** Whether PoPs are to get other tasks and don't by this deploy, or that can't be told. */
export function awaitsImages(images: ImagePlan | undefined): boolean {
  return images?.known === false || waitingPops(images).length > 0;
}
