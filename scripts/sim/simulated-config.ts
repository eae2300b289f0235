import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalEnvironment } from "../../lib/config/canonical-environment";
import { removeField, setField } from "../../lib/config/edit/edit-json";
import type { Environment } from "../../lib/config/environment";
import { readConfigFolder } from "../../lib/config/file/config-folder";
import type { FieldPath } from "../../lib/config/file/violation";
import { loadEnvironment } from "../../lib/config/load";
import { invalid } from "./usage";

const FOLDER = "config";

/** An environment's file, edited in memory: only what the product itself would load is taken. */
export class SimulatedConfig {
  private text: string;
  environment: Environment;

  /** @throws RoutedError `invalid-config` */
  constructor(private readonly name: string) {
    this.environment = loadEnvironment(FOLDER, name);
    this.text = readFileSync(join(FOLDER, `${name}.json`), "utf8");
  }

  /** @param value as JSON; undefined takes the key away */
  change(key: string, value: string | undefined): void {
    const path = pathOf(key);
    const text =
      value === undefined
        ? removeField(this.text, path)
        : setField(this.text, path, parsed(key, value));
    const changed = new Map([[`${this.name}.json`, text]]);
    const { files, problems } = readConfigFolder(FOLDER, changed);
    const file = files.find(({ name }) => name === this.name);
    if (problems.length > 0 || !file) throw invalid(problems.join("; "));
    this.environment = canonicalEnvironment(this.name, file.value as Environment);
    this.text = text;
  }
}

function parsed(key: string, value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw invalid(`${key} must be JSON, got ${value}; put a text in double quotes`);
  }
}

/**
 * @example
 * pathOf("autopilotSites[1].cell") // → ["autopilotSites", 1, "cell"]
 */
export function pathOf(key: string): FieldPath {
  const isPath = /^[A-Za-z]\w*(\.[A-Za-z]\w*|\[\d+\])*$/.test(key);
  if (!isPath)
    throw invalid(`a key must be like fleet.nodes or autopilotSites[0].cell, got ${key}`);
  return [...key.matchAll(/\w+/g)].map(([part]) => (/^\d/.test(part) ? Number(part) : part));
}
