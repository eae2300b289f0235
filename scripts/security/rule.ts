import type { Stack } from "./stack-of";

/** A rule of the field's scanners, as it is about the types of resources that our stacks have. */
export interface ScannerRule {
  /** Checkov's (`CKV…`) and Trivy's (`AWS-…`) ids of it. */
  readonly ids: readonly string[];
  /** What it asks for, in our words. */
  readonly asks: string;
  /** Addresses of what doesn't follow it. */
  readonly breaks: (stack: Stack) => string[];
  /** Why something doesn't follow it; without it, all does. */
  readonly because?: string;
}
