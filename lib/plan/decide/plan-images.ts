import type {
  Observation,
  ObservedService,
  ObservedTaskDefinition,
} from "../../observe/observation";
import type { DesiredFleet } from "../desired/desired-fleet";
import type { DesiredImages, TaskSettings } from "../desired/desired-images";
import type { ImageHold, ImagePlan, PopImage } from "../image-plan";
import type { PopTasks } from "../live/pop-redundancy";
import type { PopMove } from "../placement-plan";
import type { PopTrouble, SlotTrouble } from "../reasons";

/** What the images of all PoPs are decided from. */
export interface ImageContext {
  readonly desired: Pick<DesiredFleet, "pops" | "images">;
  readonly health: Observation["health"];
  /** Where the PoPs' tasks run now. */
  readonly tasks: readonly PopTasks[];
  /** Slots whose nodes are changed, created or removed in this wave. */
  readonly changing: readonly number[];
  /** The PoPs that move, and so come first. */
  readonly moves: readonly PopMove[];
  /** A node that isn't available and that no new image is to blame for; null where there is none. */
  readonly nodeTrouble: SlotTrouble | null;
  /** Whether this run is about nodes only: then every PoP keeps what it has, and none waits. */
  readonly paused: boolean;
}

/** One PoP, seen against what is wanted of it. */
interface PopCase {
  readonly pop: string;
  readonly canary: boolean;
  readonly wanted: TaskSettings;
  readonly service: ObservedService | undefined;
  /** What its tasks are made from; undefined without a service. */
  readonly runs: ObservedTaskDefinition | undefined;
  readonly outdated: boolean;
  readonly trouble: PopTrouble | null;
}

/**
 * Which PoPs get other tasks by the next deploy: the canaries, and once all of them are healthy
 * with what they got, the others, batch after batch. All that keep theirs are pinned to the task
 * definition that they run with, so that no deploy gives them another one by the way.
 *
 * A batch is always the same PoPs, in the order of their sites' ids. One of them that ECS's circuit
 * breaker took back is outdated again, so its batch isn't done and the next one doesn't begin.
 *
 * Nodes go first: a PoP whose tasks are being replaced must not lose another one with its node.
 *
 * @returns undefined where the config doesn't stage images
 */
export function planImages(context: ImageContext): ImagePlan | undefined {
  const { desired, health, paused } = context;
  const { images } = desired;
  if (images === undefined) return undefined;
  const cases = casesOf(images, context);
  if (cases === null) {
    const because = health.source === "unreadable" ? "ecs-unreadable" : "not-observed";
    return { known: false, pops: [], hold: { kind: "images-unknown", because } };
  }
  const batch = paused ? [] : nextBatch(images, cases);
  const hold = batch.length === 0 ? null : holdOf(context, cases, batch);
  const rolled = new Set(hold === null ? batch : []);
  const pops = cases.map((each): PopImage => {
    const { pop, canary, wanted, service, runs, trouble } = each;
    return {
      pop,
      canary,
      action: service === undefined ? "create" : rolled.has(each) ? "roll" : "keep",
      pending: !paused && each.outdated && !rolled.has(each),
      taskDefinitionArn: runs?.taskDefinitionArn ?? null,
      runs: runs?.image ?? null,
      wanted: wanted.image,
      settings: wanted.settings,
      trouble,
    };
  });
  const outdated = new Set(cases.filter((each) => each.outdated).map(({ pop }) => pop));
  return { known: true, pops: startLikeOthers(pops, outdated), hold };
}

/** Canaries first, then by site's id; null where it isn't known what one of them runs. */
function casesOf(
  images: DesiredImages,
  { desired: { pops }, health, tasks }: ImageContext,
): PopCase[] | null {
  if (health.source !== "ecs") return null;
  const services = new Map(health.services.map((s) => [s.serviceName, s]));
  const definitions = new Map((health.taskDefinitions ?? []).map((d) => [d.taskDefinitionArn, d]));
  const serving = new Map(tasks.map(({ pop, servingOn }) => [pop, servingOn.length]));
  const named = pops.map(({ name }) => ({ pop: name, canary: images.canaries.includes(name) }));
  const inOrder = [
    ...named.filter(({ canary }) => canary),
    ...named.filter(({ canary }) => !canary),
  ];
  const cases = inOrder.map(({ pop, canary }): PopCase => {
    const wanted = canary ? images.canary : images.others;
    const service = services.get(pop);
    const runs = definitions.get(service?.taskDefinitionArn ?? "");
    return {
      pop,
      canary,
      wanted,
      service,
      runs,
      outdated: runs !== undefined && !hasSettings(runs, wanted),
      trouble: service
        ? troubleOf(service, serving.get(pop) ?? 0)
        : canary
          ? { kind: "no-service" }
          : null,
    };
  });
  const isUnknown = ({ service, runs }: PopCase) => service !== undefined && runs === undefined;
  return cases.some(isUnknown) ? null : cases;
}

/** A definition from before the config staged images tells its image only. */
export function hasSettings(runs: ObservedTaskDefinition, wanted: TaskSettings): boolean {
  return runs.settings === undefined
    ? runs.image === wanted.image
    : runs.settings === wanted.settings;
}

export function troubleOf(
  { desiredCount, deploymentInProgress }: ObservedService,
  healthy: number,
): PopTrouble | null {
  const wanted = Math.max(1, desiredCount);
  if (healthy < wanted) return { kind: "tasks-unhealthy", healthy, wanted };
  return deploymentInProgress ? { kind: "deploying" } : null;
}

/** The PoPs whose turn it is: the outdated ones of the first batch that has any. */
function nextBatch({ popsPerWave }: DesiredImages, cases: readonly PopCase[]): PopCase[] {
  const canaries = cases.filter(({ canary }) => canary);
  const others = cases.filter(({ canary }) => !canary);
  for (const group of [canaries, others]) {
    const size = popsPerWave ?? Math.max(1, group.length);
    for (let start = 0; start < group.length; start += size) {
      const outdated = group.slice(start, start + size).filter((each) => each.outdated);
      if (outdated.length > 0) return outdated;
    }
  }
  return [];
}

/** Why the batch can't begin; null where it can. One of its own that isn't well is no reason. */
function holdOf(
  { changing, moves, nodeTrouble }: ImageContext,
  cases: readonly PopCase[],
  batch: readonly PopCase[],
): ImageHold | null {
  if (changing.length > 0) return { kind: "nodes-first", slots: changing };
  if (moves.length > 0) return { kind: "moves-first", moves };
  if (nodeTrouble !== null) return { kind: "node-unavailable", node: nodeTrouble };
  const areCanaries = batch.some(({ canary }) => canary);
  const done = cases.filter(
    ({ canary, outdated, service }) =>
      !outdated && (service !== undefined || (canary && !areCanaries)),
  );
  const unwell = done.flatMap(({ pop, canary, trouble, wanted: { image } }) =>
    trouble === null ? [] : [{ pop, canary, image, trouble }],
  );
  return unwell.length === 0 ? null : { kind: "pops-unwell", pops: unwell };
}

/**
 * A PoP that is new while others keep another image than the config's is created with what they have:
 * theirs is known to work, whether they wait for it or this run is about nodes only.
 */
function startLikeOthers(pops: readonly PopImage[], outdated: ReadonlySet<string>): PopImage[] {
  const keeping = pops.find(
    ({ pop, canary, action }) => !canary && action === "keep" && outdated.has(pop),
  );
  if (keeping === undefined) return [...pops];
  const { taskDefinitionArn } = keeping;
  return pops.map((each) =>
    each.action === "create" && !each.canary ? { ...each, taskDefinitionArn } : each,
  );
}
