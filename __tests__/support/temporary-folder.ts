import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder for each test of the file; it goes after it. */
export function inTemporaryFolder(): () => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "routed-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** The same, as the working directory: that of a person who runs a command. */
export function inWorkingFolder(): void {
  const folder = inTemporaryFolder();
  const home = process.cwd();
  beforeEach(() => process.chdir(folder()));
  afterEach(() => process.chdir(home));
}
