import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProjectRoot } from "../../sandbox/project-root";

/** What in a file is written otherwise. */
export interface Edit {
  /** E.g. `lib/constructs/node/static-node.ts`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** This project with some of its sources edited, as somebody may have left them in a checkout. */
export class EditedProject {
  readonly directory = mkdtempSync(join(tmpdir(), "routed-edited-"));
  /** What makes `cdktf` run this project's app: its last arguments. */
  readonly args = ["--app", `node ${JSON.stringify(join(this.directory, "bin/app.cjs"))}`];

  constructor(edits: readonly Edit[]) {
    const root = findProjectRoot();
    for (const part of ["bin", "lib", "main.ts", "package.json", "tsconfig.json"]) {
      cpSync(join(root, part), join(this.directory, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(this.directory, "node_modules"));
    for (const { file, from, to } of edits) {
      const path = join(this.directory, file);
      const text = readFileSync(path, "utf8");
      if (text.split(from).length !== 2) throw new Error(`${file} must have once: ${from}`);
      writeFileSync(
        path,
        text.replace(from, () => to),
      );
    }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
