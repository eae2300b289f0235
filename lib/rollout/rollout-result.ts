/** Why a rollout stops; each has its page, docs/runbooks/stopped-<reason>.md. */
export const STOP_REASONS = [
  /** Somebody else runs one. */
  "locked",
  /** Somebody else has taken the lock over meanwhile. */
  "lock-lost",
  /** It was asked for something that there is not. */
  "argument",
  /** The environment can't be observed or planned. */
  "unreadable",
  /** Nodes hold the plan, for too long or with `--no-wait`. */
  "held",
  /** Outside of the window, with `--no-wait`, or none comes. */
  "outside-window",
  "gate",
  "preflight",
  "drain",
  "prepare",
  /** What was prepared again and again differs from what was decided. */
  "disagreement",
  "apply",
  /** EC2 had no instance of the type in the zone. */
  "capacity",
  /** A changed node did not become available in time. */
  "not-available",
  /** A changed node did not stay available. */
  "bake",
  /** A PoP did not get or stay healthy with the image that it was given. */
  "pop-image",
  "history",
  /** The rules would be broken: a defect of this program. */
  "invariant",
] as const;

export type StopReason = (typeof STOP_REASONS)[number];

interface Ended {
  /** Waves that this run finished. */
  readonly waves: number;
  /** What happened: a clause, e.g. "every node is as the config wants it". */
  readonly message: string;
}

/** How a rollout ended. */
export type RolloutResult = Converged | MaxWaves | MaxTime | Stopped | Interrupted;

export interface Converged extends Ended {
  readonly kind: "converged";
}

/** As many waves were done as were asked for. */
export interface MaxWaves extends Ended {
  readonly kind: "max-waves";
  /** Waves to come. */
  readonly remaining: number;
}

/** The time is over that was given; more waves are to go. */
export interface MaxTime extends Ended {
  readonly kind: "max-time";
}

export interface Stopped extends Ended {
  readonly kind: "stopped";
  readonly reason: StopReason;
  /** What to do: a clause. */
  readonly remedy: string;
}

export interface Interrupted extends Ended {
  readonly kind: "interrupted";
  readonly remedy: string;
}

/** 3 where waiting is all that it takes. */
const STOP_STATUS: Readonly<Record<StopReason, 1 | 3>> = {
  locked: 1,
  "lock-lost": 1,
  argument: 1,
  unreadable: 1,
  held: 3,
  "outside-window": 3,
  gate: 1,
  preflight: 1,
  drain: 1,
  prepare: 1,
  disagreement: 1,
  apply: 1,
  capacity: 1,
  "not-available": 1,
  bake: 1,
  "pop-image": 1,
  history: 1,
  invariant: 1,
};

/** The exit status of `routed rollout`. */
export function exitStatusOf(result: RolloutResult): number {
  switch (result.kind) {
    case "converged":
    case "max-waves":
    case "max-time":
      return 0;
    case "stopped":
      return STOP_STATUS[result.reason];
    case "interrupted":
      return 130;
  }
}

/** How one wave ended. */
export type WaveOutcome =
  | { readonly kind: "done" }
  /** No node was to be changed, and the config changes nothing else. */
  | { readonly kind: "nothing" }
  /** Nothing was applied, and all is as before: look again. */
  | { readonly kind: "again"; readonly message: string }
  | Halt
  | { readonly kind: "interrupted"; readonly applied: boolean };

/** Why a step, and with it the rollout, stops. */
export interface Halt {
  readonly kind: "stopped";
  readonly reason: StopReason;
  readonly message: string;
  readonly remedy: string;
  /** Slots that EC2 has no capacity for; left out where that isn't why. */
  readonly lacking?: readonly number[];
}

/** How one step of a wave ended. */
export type StepOutcome =
  { readonly kind: "done"; readonly message?: string } | Halt | { readonly kind: "interrupted" };

export function halt(reason: StopReason, message: string, remedy: string): Halt {
  return { kind: "stopped", reason, message, remedy };
}
