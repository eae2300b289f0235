import { readFileSync } from "node:fs";
import { join } from "node:path";
import { faultsDocument } from "./fault-table";
import { prepareSdk } from "./prepare-sdk";

let restore: () => void;

beforeAll(() => {
  restore = prepareSdk();
});

afterAll(() => restore());

it("docs/faults.md is what happens; if not, run: node bin/run.cjs scripts/generate-faults.ts", async () => {
  const file = join(__dirname, "../../../docs/faults.md");
  expect(await faultsDocument()).toBe(readFileSync(file, "utf8"));
}, 120_000);
