import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  compareSyntheses,
  differences,
  renderDifference,
} from "../../../scripts/try-cdktn/compare";

const STACK = "stacks/dev/cdk.tf.json";
const VERSION = { path: '["//"].metadata.version', from: "0.21.0", to: "0.24.0" };
const EXPECTED = {
  manifest: [{ path: "version", from: "0.21.0", to: "0.24.0" }],
  eachStack: [VERSION],
};

let directory: string;
let from: string;
let to: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "routed-compare-"));
  [from, to] = [join(directory, "from"), join(directory, "to")];
  for (const [output, version] of [
    [from, "0.21.0"],
    [to, "0.24.0"],
  ] as const) {
    write(join(output, "manifest.json"), { version, stacks: { dev: {} } });
    write(join(output, "plans/dev.json"), { summary: "s" });
    write(join(output, STACK), {
      "//": { metadata: { version } },
      resource: { aws_vpc: { vpc: { cidr_block: "10.64.0.0/16", tags: [] } } },
    });
  }
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

/** Changes a file of the second synthesis. */
function edit(file: string, change: (text: string) => string): void {
  const path = join(to, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

it("takes syntheses that differ as expected, however they are laid out", () => {
  edit(STACK, (text) => JSON.stringify(JSON.parse(text), undefined, 4));
  expect(compareSyntheses(from, to, EXPECTED)).toEqual([]);
});

it("refuses any other difference, in any file", () => {
  edit(STACK, (text) => text.replace("10.64", "10.65"));
  edit("manifest.json", (text) => text.replace("dev", "stg"));
  edit("plans/dev.json", (text) => text.replace('"s"', '"t"'));
  expect(compareSyntheses(from, to, EXPECTED)).toEqual([
    "manifest.json: stacks.dev: {} → none",
    "manifest.json: stacks.stg: none → {}",
    "plans/dev.json: summary: s → t",
    `${STACK}: resource.aws_vpc.vpc.cidr_block: 10.64.0.0/16 → 10.65.0.0/16`,
  ]);
});

it("refuses an expected difference to another value, and one that isn't there", () => {
  edit(STACK, (text) => text.replace("0.24.0", "0.25.0"));
  expect(compareSyntheses(from, to, EXPECTED)).toEqual([
    `${STACK}: ["//"].metadata.version: 0.21.0 → 0.25.0`,
    `${STACK}: expected, and not so: ["//"].metadata.version: 0.21.0 → 0.24.0`,
  ]);
  edit(STACK, (text) => text.replace("0.25.0", "0.21.0"));
  expect(compareSyntheses(from, to, EXPECTED)).toEqual([
    `${STACK}: expected, and not so: ["//"].metadata.version: 0.21.0 → 0.24.0`,
  ]);
});

it("refuses a stack that only one of them has, and syntheses of nothing", () => {
  cpSync(join(to, "stacks/dev"), join(to, "stacks/stg"), { recursive: true });
  const [missing] = compareSyntheses(from, to, EXPECTED);
  expect(missing).toMatch(/^stacks\/stg\/cdk\.tf\.json: none → \{/);
  for (const output of [from, to]) rmSync(join(output, "stacks"), { recursive: true });
  expect(compareSyntheses(from, to, EXPECTED)).toEqual(["no stack was synthesized"]);
});

it("finds the innermost values that differ; lists of other lengths differ as a whole", () => {
  const found = differences(
    { a: [1, { b: null }], c: [1], d: { e: "x" }, f: 1 },
    { f: 1, a: [1, { b: [] }], c: [1, 2], d: {} },
  );
  expect(found.map(renderDifference)).toEqual([
    "a[1].b: none → []",
    "c: [1] → [1,2]",
    "d.e: x → none",
  ]);
});
