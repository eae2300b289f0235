import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../config/environment";
import { messageOf, RoutedError } from "../errors";
import { writeWhole } from "../files/own-file";
import { withAccountNumbersOf } from "./account-numbers";
import { canonicalObservation } from "./canonical-observation";
import type { Observation } from "./observation";
import type { ObservationReader } from "./observation-reader";
import { validateObservation } from "./validate-observation";

/** Reads observations that were recorded earlier, for pull requests, replay and the demo. */
export class RecordedObservationReader implements ObservationReader {
  /** @param directory holds `<environment>.json` for each environment that is read */
  constructor(private readonly directory: string) {}

  /**
   * @throws RoutedError `invalid-observation` where the file is missing, is not JSON, violates the
   * schema (all violations are listed) or belongs to another environment; `wrong-account` where
   * its account or region is not the config's
   */
  async read(environment: Environment): Promise<Observation> {
    const file = recordedFile(this.directory, environment.name);
    const validation = validateObservation(parse(file, await readText(file, environment.name)));
    if (!validation.valid) {
      throw new RoutedError(
        "invalid-observation",
        validation.violations.map((violation) => `${file}: ${violation}`).join("\n"),
      );
    }
    // What was scrubbed tells accounts by digests; that of another account than the config's stays one.
    const observation = withAccountNumbersOf(environment, validation.observation);
    assertBelongsTo(file, observation, environment);
    return canonicalObservation(observation);
  }
}

/**
 * Writes `<directory>/<environment>.json`, which `RecordedObservationReader` reads. The file is
 * there as a whole or not at all, and an earlier one stays until then.
 *
 * @returns the file's path
 * @throws RoutedError `invalid-observation` where it can't be written
 */
export async function recordObservation(
  directory: string,
  observation: Observation,
): Promise<string> {
  const file = recordedFile(directory, observation.environment);
  try {
    await writeWhole(file, renderObservation(observation));
  } catch (error) {
    throw new RoutedError(
      "invalid-observation",
      `${file}: the observation can't be recorded (${errorCode(error)}); make its directory writable`,
      { cause: error },
    );
  }
  return file;
}

/** The recorded form: canonical, indented JSON with a newline at its end. */
export function renderObservation(observation: Observation): string {
  return `${JSON.stringify(canonicalObservation(observation), null, 2)}\n`;
}

function recordedFile(directory: string, environment: string): string {
  return join(directory, `${environment}.json`);
}

async function readText(file: string, environment: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const missing = errorCode(error) === "ENOENT";
    throw new RoutedError(
      "invalid-observation",
      missing
        ? `${file}: no recorded observation of ${environment}; record one or leave ${environment} out`
        : `${file}: the recorded observation can't be read (${errorCode(error)}); check the file and its permissions`,
      { cause: error },
    );
  }
}

/** The system's code, e.g. ENOENT. */
function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? messageOf(error);
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RoutedError(
      "invalid-observation",
      `${file}: a recorded observation must be JSON: ${messageOf(error)}; record it again`,
      { cause: error },
    );
  }
}

function assertBelongsTo(file: string, observation: Observation, environment: Environment): void {
  const { name, aws } = environment;
  if (observation.environment !== name) {
    throw new RoutedError(
      "invalid-observation",
      `${file}: environment must be ${name}, got ${observation.environment}; the file's name must be its environment's`,
    );
  }
  const differences = [
    { field: "accountId", got: observation.accountId, wanted: aws.accountId },
    { field: "region", got: observation.region, wanted: aws.region },
  ].filter(({ got, wanted }) => got !== wanted);
  if (differences.length > 0) {
    throw new RoutedError(
      "wrong-account",
      differences
        .map(
          ({ field, got, wanted }) =>
            `${file}: ${field} must be ${wanted}, the aws.${field} of config/${name}.json, got ${got}; record ${name} again or correct its config`,
        )
        .join("\n"),
    );
  }
}
