/**
 * Writes `docs/faults.md` by making every fault happen: `node bin/run.cjs scripts/generate-faults.ts`,
 * or `… --check` to fail where it isn't what happens. The unit tests check it too.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { faultRows } from "../__tests__/support/faulty/table";
import { faultsDocument, faultTable } from "../__tests__/support/fake-aws/fault-table";
import { prepareSdk } from "../__tests__/support/fake-aws/prepare-sdk";
import { messageOf } from "../lib/errors";
import { readOptions } from "./options";

async function main(): Promise<void> {
  const { check = false } = readOptions(process.argv.slice(2), { flags: ["check"] });
  const file = join(__dirname, "docs/faults.md"); // bin/run.cjs runs this as if it lay in the project's root
  const restore = prepareSdk();
  const document = faultsDocument(await faultTable().finally(restore), await faultRows());
  if (!check) writeFileSync(file, document);
  else if (readFileSync(file, "utf8") !== document) {
    console.error(
      "docs/faults.md is not what happens; run: node bin/run.cjs scripts/generate-faults.ts",
    );
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(`generate-faults: ${messageOf(error)}`);
  process.exitCode = 1;
});
