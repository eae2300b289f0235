import fc from "fast-check";
import type { Observation } from "../../lib/observe/observation";
import json from "../../lib/observe/observation.schema.json";
import { arbitraryFromSchema } from "./arbitrary-from-schema";
import type { Schema } from "./arbitrary-from-schema";

export const OBSERVATION_SCHEMA = json as unknown as Schema;
export const ACCOUNT = "123456789012";

/**
 * Observations of all shapes that the schema allows, of account 123456789012; hardly one of them can
 * be of one fleet.
 *
 * @param free what they have where the schema takes any text
 * @param complete only those that have every field, with two items in each list
 */
export function arbitraryObservation(
  free: fc.Arbitrary<string>,
  complete = false,
): fc.Arbitrary<Observation> {
  const ids = ["ami-", "eipalloc-", "eni-", "i-"].map((prefix) => [
    `^${prefix}`,
    fc.uuid().map((id) => prefix + id),
  ]);
  const patterns: Record<string, fc.Arbitrary<string>> = {
    "^([0-9]{12}|\\{account:[0-9a-f]{5}\\})$": fc.constant(ACCOUNT),
    "^(i|eni|eipalloc)-": fc.uuid().map((id) => `eni-${id}`),
    "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$": fc
      .integer({ min: 1, max: 2e12 })
      .map((time) => new Date(time).toISOString()),
    ...(Object.fromEntries(ids) as Record<string, fc.Arbitrary<string>>),
  };
  const any = arbitraryFromSchema(OBSERVATION_SCHEMA, { free, patterns }, { complete });
  return any as fc.Arbitrary<Observation>;
}
