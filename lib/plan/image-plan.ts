import { listOf, someOf, countOf } from "../words";

/** What each PoP's tasks are made from after the next deploy, where the config stages that. */
export interface ImagePlan {
  /** False where it can't be told what PoPs run: then each keeps what it has, whatever that is. */
  readonly known: boolean;
  /** Canaries first, then by site's id; empty where it isn't known. */
  readonly pops: readonly PopImage[];
  /** Why no PoP's tasks are replaced though some are to be; null where that isn't so. */
  readonly hold: string | null;
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
  /** Why it isn't well, e.g. "has 1 of 3 tasks healthy"; null where it is. */
  readonly trouble: string | null;
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

/** "roll the canary pop1 to registry.example/routed:2", of what the deploy does. */
export function describeRolls(images: ImagePlan | undefined): string[] {
  return byImage(rolledPops(images)).map(([image, pops]) => `roll ${nameOfPops(pops)} to ${image}`);
}

/** What becomes of the PoPs' images, a sentence each; empty where all run what they should. */
export function describeImages(images: ImagePlan | undefined): string[] {
  if (images === undefined) return [];
  if (!images.known) return [`images: ${images.hold}`];
  const total = images.pops.length;
  const done = images.pops.filter(({ action, pending }) => action === "keep" && !pending);
  const waiting = byImage(waitingPops(images));
  if (waiting.length === 0 && !changesImages(images)) return [];
  return [
    `images: ${done.length} of ${countOf(total, "PoP")} ${done.length === 1 ? "runs" : "run"} what the config wants`,
    ...describeRolls(images).map((roll) => `  this deploy: ${roll}`),
    ...waiting.map(([image, pops]) => `  later: roll ${nameOfPops(pops)} to ${image}`),
    ...(images.hold === null ? [] : [`  waiting: ${images.hold}`]),
  ];
}

/**
 * @example
 * nameOfPops([{ pop: "pop1", canary: true }]) // → "the canary pop1"
 * nameOfPops([{ pop: "pop1", canary: true }, { pop: "pop2", canary: true }]) // → "the canaries pop1 and pop2"
 * nameOfPops([{ pop: "pop1", canary: true }, { pop: "pop3", canary: false }]) // → "pop1 and pop3"
 */
export function nameOfPops(pops: readonly Pick<PopImage, "pop" | "canary">[]): string {
  const names = someOf(pops.map(({ pop }) => pop));
  const areCanaries = pops.length > 0 && pops.every(({ canary }) => canary);
  return areCanaries ? `the ${pops.length === 1 ? "canary" : "canaries"} ${names}` : names;
}

interface Troubled extends Pick<PopImage, "pop" | "canary" | "trouble"> {
  readonly image: string;
}

/**
 * Of those that aren't well.
 *
 * @example
 * describeTroubles([{ pop: "pop1", canary: true, trouble: "has 1 of 3 tasks healthy", image: "routed:2" }]) // → "the canary pop1 has 1 of 3 tasks healthy with routed:2"
 */
export function describeTroubles(pops: readonly Troubled[]): string {
  const troubled = pops.filter(({ trouble }) => trouble !== null);
  const [first, ...others] = troubled.map(
    (each) => `${nameOfPops([each])} ${each.trouble} with ${each.image}`,
  );
  if (first === undefined) return "";
  return others.length <= 1
    ? listOf([first, ...others])
    : `${first}, and ${others.length} other PoPs aren't well either`;
}

function byImage(pops: readonly PopImage[]): [string, PopImage[]][] {
  const groups = new Map<string, PopImage[]>();
  for (const pop of pops) groups.set(pop.wanted, [...(groups.get(pop.wanted) ?? []), pop]);
  return [...groups];
}
