import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const SDK = resolve("bin/sdk.cjs");
/** Loads a client as a bundle of the project does, and tells what it got and from how many files of the SDK. */
const LOAD = `
  const [, sdk, directory] = process.argv;
  const load = require(sdk).withSdk(require, directory);
  const { EC2Client, DescribeInstancesCommand } = load("@aws-sdk/client-ec2");
  const client = new EC2Client({ region: "us-east-2" });
  const files = Object.keys(require.cache).filter((file) => file.includes("@aws-sdk")).length;
  client.config.region().then((region) => {
    const sent = new DescribeInstancesCommand({ MaxResults: 5 }).input;
    console.log(JSON.stringify({ region, sent, files, yaml: typeof load("yaml").parse }));
  });
`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "routed-sdk-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function load(from: string): { readonly files: number } {
  const run = spawnSync(process.execPath, ["-e", LOAD, SDK, from], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect({ status: run.status, err: run.stderr }).toEqual({ status: 0, err: "" });
  const { files, ...got } = JSON.parse(run.stdout) as { readonly files: number };
  expect(got).toEqual({ region: "us-east-2", sent: { MaxResults: 5 }, yaml: "function" });
  return { files };
}

const kept = (): string[] => readdirSync(directory).sort();

test("the SDK's clients come from one file, which is kept with its compiled code", () => {
  expect(load(directory).files).toBe(0);
  const [bundle, code] = kept();
  expect(kept()).toEqual([
    expect.stringMatching(/^sdk-[0-9a-f]{16}\.cjs$/),
    `${bundle}.${process.version}.code`,
  ]);
  expect(load(directory).files).toBe(0);
  expect(kept()).toEqual([bundle, code]);
});

test("what was kept for other versions of the packages is discarded", () => {
  writeFileSync(join(directory, "sdk-0123456789abcdef.cjs"), "");
  writeFileSync(join(directory, "main-ts.json"), "");
  load(directory);
  expect(kept()).toHaveLength(3);
  expect(kept()).toContain("main-ts.json");
});

test("compiled code that is damaged is compiled again", () => {
  load(directory);
  const code = kept()[1] ?? "";
  writeFileSync(join(directory, code), "damaged");
  expect(load(directory).files).toBe(0);
});

test("where nothing can be kept, the packages are loaded", () => {
  const file = join(directory, "a-file");
  writeFileSync(file, "");
  expect(load(join(file, "folder")).files).toBeGreaterThan(0);
});
