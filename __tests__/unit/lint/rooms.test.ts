import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  arrowsUp,
  circleIn,
  filesByFolder,
  readImports,
  ROOMS,
  roomOf,
} from "../../../scripts/rooms";
import { inTemporaryFolder } from "../../support/temporary-folder";

const NAMES = ROOMS.map(([room]) => room);
const LIB = readImports(join(__dirname, "../../../lib"));
const MOST_FILES = 20;

describe("lib/", () => {
  it("is read whole", () => {
    expect(LIB.size).toBeGreaterThan(300);
    expect(LIB.get("stack/environment-stack.ts")).toContain("constructs/routed-cluster.ts");
  });

  it("has no circle", () => expect(circleIn(LIB)).toBeUndefined());

  it("imports nothing against the data's way", () => expect(arrowsUp(LIB, NAMES)).toEqual([]));

  it("has every file in a room that is known, or at its root", () => {
    const others = [...LIB.keys()].filter((file) => {
      const room = roomOf(file);
      return room === undefined
        ? !["errors.ts", "words.ts", "index.ts"].includes(file)
        : !NAMES.some((name) => name === room);
    });
    expect(others).toEqual([]);
  });

  it(`has at most ${MOST_FILES} files in a folder`, () => {
    expect([...filesByFolder(LIB)].filter(([, files]) => files > MOST_FILES)).toEqual([]);
  });
});

describe("another house", () => {
  const temporaryFolder = inTemporaryFolder();
  const graphOf = (files: Readonly<Record<string, string>>) => {
    const folder = temporaryFolder();
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return readImports(folder);
  };

  it("is refused for a circle, of types too, over folders", () => {
    const graph = graphOf({
      "config/a.ts": 'import type { B } from "../plan/b";',
      "plan/b.ts": 'export { c } from "./c";',
      "plan/c.ts": 'const a = await import("../config/a");',
      "plan/d.ts": 'import "./b";',
    });
    expect(circleIn(graph)).toEqual(["config/a.ts", "plan/b.ts", "plan/c.ts", "config/a.ts"]);
  });

  it("is refused for an arrow up, and for one from the root into a room", () => {
    const graph = graphOf({
      "config/a.ts": 'import { b } from "../plan/b";',
      "plan/b.ts": 'import { e } from "../errors";',
      "errors.ts": 'import { c } from "./config/c";',
      "config/c.ts": "",
    });
    expect(arrowsUp(graph, ["config", "plan"])).toEqual([
      "config/a.ts -> plan/b.ts",
      "errors.ts -> config/c.ts",
    ]);
  });

  it("is counted by folder", () => {
    const graph = graphOf({ "a/b.ts": "", "a/c.ts": "", "a/d/e.ts": "" });
    expect(Object.fromEntries(filesByFolder(graph))).toEqual({ a: 2, "a/d": 1 });
  });
});
