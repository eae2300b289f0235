import { isNativeError } from "node:util/types";

/**
 * The product's one error type. It carries a stable code for programs and a message for people:
 * field path, value got, value allowed, what to do; lower case, no full stop. It is caught only at
 * a command's edge, which prints the message (no stack trace) and sets the exit status.
 */
export class RoutedError extends Error {
  override readonly name = "RoutedError";

  constructor(
    readonly code: RoutedErrorCode,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/** Each has its page, docs/runbooks/error-<code>.md. */
export const ERROR_CODES = [
  /** A config file is missing, unreadable or violates the schema or a cross-field rule. */
  "invalid-config",
  /** A command line argument or environment variable has a value that is not allowed. */
  "invalid-argument",
  /** AWS couldn't be read, or answered partly. */
  "unreadable-aws",
  /** The credentials belong to another account or region than the config says. */
  "wrong-account",
  /** A recorded observation is missing, unreadable or not one. */
  "invalid-observation",
  /** A plan (Terraform's, or a recorded upgrade plan) is missing, unreadable or not one. */
  "invalid-plan",
  /** Terraform's plan is not proved to be safe. */
  "not-proved",
  /** Terraform failed or took too long. */
  "terraform-failed",
  /** What the config wants is more than AWS's quotas allow. */
  "quota-exceeded",
  /** The environment has no addresses yet that could be exported. */
  "not-deployed",
  /** A file that was asked for can't be written. */
  "unwritable-file",
  /** What AWS holds contradicts itself. */
  "contradiction",
  /** An EIP that a node had is gone, and nobody said that it may get another. */
  "address-lost",
  /** The rules would be broken; a defect of this program, never the user's. */
  "invariant-violated",
  /** Somebody else runs a rollout of the environment. */
  "locked",
  /** What earlier rollouts recorded can't be read or written. */
  "unreadable-history",
  /** The config's cells or placement can't be had of the live fleet. */
  "unsafe-placement",
  /** The instance type can't hold the tasks that a node must run. */
  "too-small",
  /** An AMI or instance type that a node can't be launched with. */
  "unusable-image",
  /** Terraform refused a plan because the environment has changed since its synthesis, or changes now. */
  "stale-plan",
  /** A tool that this machine lacks (Terraform, Python, moto). */
  "missing-tool",
  /** The local AWS, or a subprocess, failed or took too long. */
  "sandbox-failed",
] as const;

export type RoutedErrorCode = (typeof ERROR_CODES)[number];

/** For the last case of a `switch` over a union: a new member fails to compile here. */
export function assertNever(value: never): never {
  throw new RoutedError("invariant-violated", `unexpected value ${JSON.stringify(value)}`);
}

/** What a person should read of anything that was thrown. */
export function messageOf(error: unknown): string {
  // Not by instanceof alone: errors of another realm (a vm context, a jest worker) are errors too.
  return error instanceof Error || isNativeError(error) ? error.message : String(error);
}

/**
 * Where to read on after an error; null where it has no page.
 *
 * @example
 * runbookOf(new RoutedError("locked", "bob has it")) // → "see docs/runbooks/error-locked.md"
 * runbookOf(new Error("broken")) // → null
 */
export function runbookOf(error: unknown): string | null {
  const { code, name } = (error ?? {}) as Partial<RoutedError>;
  const known = name === "RoutedError" && ERROR_CODES.some((other) => other === code);
  return known ? `see docs/runbooks/error-${code}.md` : null;
}
