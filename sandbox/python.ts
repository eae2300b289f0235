import { existsSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../lib/errors";
import { findProjectRoot } from "./project-root";
import { runProcess } from "./processes";
import type { Found } from "./toolchain";

const IMPORT_MOTO = [
  "import moto.server, sys",
  "assert sys.version_info >= (3, 10)",
  "try: import tomllib",
  "except ImportError: import tomli",
].join("\n");
const IMPORT_TIMEOUT_MS = 60_000;
const INSTALL_TIMEOUT_MS = 300_000;

/**
 * A Python 3 that can import moto's server: one of the PATH, or that of the virtual environment
 * `venv` in `directory`, which is made, and moto installed in it, if there is none yet.
 */
export async function findPython(directory: string): Promise<Found<string>> {
  const venv = join(directory, "venv");
  const installed = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
  const ofVenv = join(venv, installed);
  for (const candidate of ["python3", "python", ofVenv]) {
    if (await succeeds(candidate, ["-c", IMPORT_MOTO], IMPORT_TIMEOUT_MS)) {
      return { value: candidate };
    }
  }
  const base = await findBasePython();
  if (base === undefined) {
    return { missing: "Python 3.10 or later is not on the PATH; install it from python.org" };
  }
  return installMoto(base, venv, ofVenv);
}

async function findBasePython(): Promise<string | undefined> {
  for (const candidate of ["python3", "python"]) {
    const code = "import sys, venv; assert sys.version_info >= (3, 10)";
    if (await succeeds(candidate, ["-c", code], IMPORT_TIMEOUT_MS)) return candidate;
  }
  return undefined;
}

async function installMoto(base: string, venv: string, python: string): Promise<Found<string>> {
  const requirements = join(findProjectRoot(), "sandbox/aws/requirements.txt");
  const advice = `install it yourself: ${base} -m pip install -r ${requirements}`;
  console.log(`installing moto in ${venv} (once)`);
  const steps: readonly (readonly [string, readonly string[]])[] = [
    [base, ["-m", "venv", venv]],
    [python, ["-m", "pip", "install", "--quiet", "-r", requirements]],
  ];
  for (const [command, args] of steps) {
    if (command === base && existsSync(python)) continue;
    try {
      const { status, output } = await runProcess(command, args, { timeoutMs: INSTALL_TIMEOUT_MS });
      if (status !== 0) {
        return { missing: `moto can't be installed; ${advice}\n    ${lastLine(output)}` };
      }
    } catch (error) {
      return { missing: `moto can't be installed; ${advice}\n    ${messageOf(error)}` };
    }
  }
  if (await succeeds(python, ["-c", IMPORT_MOTO], IMPORT_TIMEOUT_MS)) return { value: python };
  return { missing: `moto is installed in ${venv}, but can't be imported; ${advice}` };
}

async function succeeds(
  command: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<boolean> {
  try {
    return (await runProcess(command, args, { timeoutMs })).status === 0;
  } catch {
    return false;
  }
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}
