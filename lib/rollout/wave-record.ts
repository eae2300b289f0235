import { validateObservation } from "../observe/validate-observation";
import { UPGRADE_PLAN_SHAPE } from "../plan/upgrade-plan-shape";
import {
  MalformedRecord,
  oneOf,
  parseJson,
  requireFormat,
  requireShape,
} from "../files/record-shape";
import type { Shape } from "../files/record-shape";
import type { WaveRecord } from "./ports";
import { WAVE_PHASES } from "./wave-steps";

const TEXT = { type: "string" } as const;
const TIME = { type: "timestamp" } as const;
/** By step. */
const SECONDS = {
  optionalProperties: Object.fromEntries(WAVE_PHASES.map((phase) => [phase, { type: "float64" }])),
} as unknown as Shape<WaveRecord["seconds"]>;

const SHAPE: Shape<Omit<WaveRecord, "formatVersion" | "observation">> = {
  properties: {
    environment: TEXT,
    rolloutId: TEXT,
    to: { ...TEXT, nullable: true },
    goal: TEXT,
    wave: { type: "uint16" },
    startedAt: TIME,
    endedAt: { ...TIME, nullable: true },
    operator: TEXT,
    plan: UPGRADE_PLAN_SHAPE,
    verdict: { values: {}, nullable: true },
    result: oneOf<WaveRecord["result"]>({
      running: true,
      done: true,
      failed: true,
      aborted: true,
      applied: true,
      interrupted: true,
    }),
    message: TEXT,
    seconds: SECONDS,
  },
};

/** @throws MalformedRecord */
export async function parseWaveRecord(text: string): Promise<WaveRecord> {
  const { observation, ...others } = requireFormat(1, parseJson(text));
  const record = await requireShape(SHAPE, others);
  const validation = validateObservation(observation);
  if (validation.valid) return { formatVersion: 1, ...record, observation: validation.observation };
  throw new MalformedRecord(`observation: ${validation.violations[0]}`);
}
