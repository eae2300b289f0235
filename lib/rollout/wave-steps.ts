/** One step of a wave. */
interface WaveStep {
  /** For people, as docs/rollout.md has it. */
  readonly name: string;
  /**
   * What a wave that ends in it leaves:
   *
   * - `ask`: nothing was touched.
   * - `ready`: what was touched is undone.
   * - `apply`: what Terraform has done.
   * - `watch`: it was applied; all other nodes stay as they are.
   */
  readonly stage: "ask" | "ready" | "apply" | "watch";
  /** Whether it may take a while, and so is told when it starts. */
  readonly long: boolean;
  /** How long it takes where no earlier wave tells, in seconds; null where the config says it. */
  readonly seconds: number | null;
  /** What becomes of the wave's nodes meanwhile, where no look tells. */
  readonly nodes?: "draining" | "drained" | "being-changed";
}

/**
 * The steps of a wave, in their order. The controller carries them out, and events, records,
 * estimates, metrics and what people see name them, by this list.
 */
export const WAVE_STEPS = {
  gate: { name: "ask the gate", stage: "ask", long: false, seconds: 0 },
  preflight: { name: "pre-flight", stage: "ask", long: false, seconds: 2 },
  /** Synthesis, refresh and proof of a fleet of 100 PoPs. */
  prepare: { name: "synthesize, plan and verify", stage: "ask", long: true, seconds: 60 },
  /** Whether what was proved could be applied now: nothing goes down for what can't. */
  probe: { name: "probe the state's lock", stage: "ask", long: false, seconds: 3 },
  /** A task heeds its SIGTERM within half a minute or so; an ALB waits a minute for its connections. */
  drain: { name: "drain", stage: "ready", long: true, seconds: 60, nodes: "draining" },
  "look-again": { name: "look again", stage: "ready", long: false, seconds: 5, nodes: "drained" },
  /** Termination of the old instance and launch of the new one. */
  apply: { name: "apply", stage: "apply", long: true, seconds: 150, nodes: "being-changed" },
  wait: { name: "wait until available", stage: "watch", long: true, seconds: null },
  bake: { name: "bake", stage: "watch", long: true, seconds: null },
  "gate-after": { name: "ask the gate again", stage: "watch", long: false, seconds: 0 },
} as const satisfies Readonly<Record<string, WaveStep>>;

export type WavePhase = keyof typeof WAVE_STEPS;

export const WAVE_PHASES = Object.keys(WAVE_STEPS) as WavePhase[];

/** A step as any of them is, with what only some have. */
export function stepOf(phase: WavePhase): WaveStep {
  return WAVE_STEPS[phase];
}

type PhaseOf<Stage> = {
  [Phase in WavePhase]: (typeof WAVE_STEPS)[Phase]["stage"] extends Stage ? Phase : never;
}[WavePhase];

/** The steps of a stage: whoever carries it out must have each of them. */
export type StageSteps<Stage extends WaveStep["stage"], Step> = Readonly<
  Record<PhaseOf<Stage>, Step>
>;

/** The same in their order. */
export function inOrder<Stage extends WaveStep["stage"], Step>(
  stage: Stage,
  steps: StageSteps<Stage, Step>,
): [WavePhase, Step][] {
  const phases = WAVE_PHASES.filter((phase) => WAVE_STEPS[phase].stage === stage);
  return (phases as PhaseOf<Stage>[]).map((phase) => [phase, steps[phase]]);
}
