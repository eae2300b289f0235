import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RoutedError } from "../lib/errors";
import { SandboxControl } from "./control";
import { findProjectRoot } from "./project-root";

interface Record {
  readonly endpoint: string;
  readonly region: string;
}

const recordFile = (): string => join(findProjectRoot(), ".sandbox", "local-aws.json");

/** Notes where the sandbox listens, so that `npm run sandbox -- release-image` finds it. */
export function recordRunningSandbox({ endpoint, region }: Record): void {
  mkdirSync(join(findProjectRoot(), ".sandbox"), { recursive: true });
  writeFileSync(recordFile(), `${JSON.stringify({ endpoint, region })}\n`);
}

export function forgetRunningSandbox(): void {
  rmSync(recordFile(), { force: true });
}

/** @throws RoutedError sandbox-failed if none runs */
export async function findRunningSandbox(): Promise<SandboxControl> {
  const record = readRecord();
  if (record !== undefined) {
    const control = new SandboxControl(record.endpoint, record.region);
    if (await control.isHealthy()) return control;
  }
  throw new RoutedError("sandbox-failed", "no sandbox is running; start one with npm run sandbox");
}

function readRecord(): Record | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(), "utf8")) as Record;
  } catch {
    return undefined;
  }
}
