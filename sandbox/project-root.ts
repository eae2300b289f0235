import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { RoutedError } from "../lib/errors";

/**
 * The folder of this project, found upwards from this file: a bundle runs from another place than
 * a test does, so nothing may be counted in `..`.
 */
export function findProjectRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isProject(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) {
      throw new RoutedError("sandbox-failed", `the project's package.json is not above ${from}`);
    }
  }
}

function isProject(file: string): boolean {
  if (!existsSync(file)) return false;
  const content = JSON.parse(readFileSync(file, "utf8")) as { readonly name?: string };
  return content.name === "autopilot-routed-infra";
}
