import { format } from "prettier";
import { filesByFolder, roomOf, ROOMS } from "./rooms";
import type { ImportGraph } from "./rooms";

/** docs/rooms.md: what belongs where, and who imports whom, drawn from the imports as they are. */
export function roomsDocsSource(graph: ImportGraph): Promise<string> {
  const counts = filesByFolder(graph);
  const rows = ROOMS.map(([room, thought]) => {
    const folders = [...counts].filter(([folder]) => folder.startsWith(`${room}/`)).sort();
    const within = folders.map(([folder, n]) => `${folder.slice(room.length + 1)}/ ${n}`);
    return `| \`${room}/\` | ${thought} | ${counts.get(room) ?? 0} | ${within.join(", ")} |`;
  });
  const lines = [
    "# The rooms of lib/",
    "",
    "Made from the imports by `npm run generate`; do not edit. A room imports only from those above it,",
    "no two files import each other in a circle, and no folder holds more than 20 files: a test keeps it.",
    "Where a line belongs is in [contributing.md](contributing.md).",
    "",
    "| room | what belongs there | files | and in its folders |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    "Who imports whom; what follows from other arrows is left out, and so are `errors.ts` and `words.ts`, which all may",
    "import:",
    "",
    "```mermaid",
    "flowchart TD",
    ...reduced(edgesOf(graph)).map(([from, to]) => `  ${from} --> ${to}`),
    "```",
  ];
  return format(lines.join("\n"), { parser: "markdown" });
}

type Edge = readonly [from: string, to: string];

function edgesOf(graph: ImportGraph): Edge[] {
  const names = ROOMS.map(([room]) => room as string);
  const imports = (from: string, to: string) =>
    [...graph].some(
      ([file, imported]) => roomOf(file) === from && imported.some((other) => roomOf(other) === to),
    );
  return names.flatMap((from) =>
    names.filter((to) => to !== from && imports(from, to)).map((to): Edge => [from, to]),
  );
}

/** The fewest edges from which all others follow. */
function reduced(edges: readonly Edge[]): Edge[] {
  const reaches = (from: string, to: string, except: Edge): boolean =>
    edges.some(
      (edge) =>
        edge !== except && edge[0] === from && (edge[1] === to || reaches(edge[1], to, except)),
    );
  return edges.filter((edge) => !reaches(edge[0], edge[1], edge));
}
