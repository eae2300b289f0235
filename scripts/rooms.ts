import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";

/** The rooms of `lib/`, in the order of the data's way: a room imports only from those above it. */
export const ROOMS = [
  ["files", "files that we write and read back: whole or not at all, of our kind or refused"],
  ["config", "what people write: loaded, merged, checked, edited"],
  ["aws", "how AWS is called: calls, paging, limits, failures, sessions"],
  ["observe", "what AWS holds now: readers, canonical form, scrubbing, recorded files"],
  ["plan", "what the next deploy does to each node, PoP and image, and why (pure)"],
  ["synthesis", "what a synthesis takes and leaves: options, recorded plans, the folder's layout"],
  ["terraform", "how Terraform is run and read: runner, plan, state, processes, tools"],
  ["verify", "the proof from Terraform's plan, and of what was written; drift"],
  ["preflight", "what AWS would refuse: quotas, capacity, images that a node can't run"],
  ["constructs", "RoutedCluster, StaticNodeFleet, PopTask"],
  ["stack", "config and plan become constructs"],
  ["metrics", "the names of metrics and alerts"],
  ["rollout", "the controller: wave after wave, drained, gated, resumable"],
  ["report", "what a comment or page tells of the next deploys"],
  ["export", "what Prometheus and its kin are told"],
  ["cli", "the `routed` command"],
] as const;

/** Who imports whom: by file, relative to the folder, the files that it imports, for their types too. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Reads the graph of the TypeScript files below `folder`, by TypeScript's own scanner. */
export function readImports(folder: string): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"))
    .sort();
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, file), "utf8"));
      const imported = importedFiles
        .filter(({ fileName }) => fileName.startsWith("."))
        .map(({ fileName }) => posix.join(posix.dirname(file), fileName))
        .flatMap((path) => [`${path}.ts`, `${path}/index.ts`].filter((name) => known.has(name)));
      return [file, [...new Set(imported)].sort()] as const;
    }),
  );
}

/** Files that import each other in a circle, the shortest such circle first; undefined where there is none. */
export function circleIn(graph: ImportGraph): readonly string[] | undefined {
  return [...graph.keys()]
    .flatMap((file) => [wayBack(graph, file)])
    .filter((way) => way !== undefined)
    .sort((a, b) => a.length - b.length)[0];
}

/** The shortest way from `start` over its imports back to it. */
function wayBack(graph: ImportGraph, start: string): readonly string[] | undefined {
  const seen = new Set<string>();
  let ways: readonly (readonly string[])[] = [[start]];
  while (ways.length > 0) {
    const next: string[][] = [];
    for (const way of ways) {
      for (const imported of graph.get(way.at(-1) ?? start) ?? []) {
        if (imported === start) return [...way, start];
        if (seen.has(imported)) continue;
        seen.add(imported);
        next.push([...way, imported]);
      }
    }
    ways = next;
  }
  return undefined;
}

/** The room of a file; undefined for those that lie in no room (`errors.ts`, `words.ts`, `index.ts`). */
export function roomOf(file: string): string | undefined {
  return file.includes("/") ? file.split("/")[0] : undefined;
}

/** Imports against the data's way, each "from -> to"; a room that isn't known counts as the first. */
export function arrowsUp(graph: ImportGraph, rooms: readonly string[]): string[] {
  const rank = (room: string | undefined) => (room === undefined ? -1 : rooms.indexOf(room));
  return [...graph].flatMap(([file, imported]) =>
    file === "index.ts"
      ? []
      : imported
          .filter((other) => rank(roomOf(other)) > rank(roomOf(file)))
          .map((other) => `${file} -> ${other}`),
  );
}

/** How many files lie in each folder itself, generated ones too. */
export function filesByFolder(graph: ImportGraph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of graph.keys()) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  return counts;
}
