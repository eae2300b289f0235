import type { Construct } from "constructs";
import { RoutedError } from "../errors";

/**
 * Collects what is wrong with a construct's props, so that all of it is told in one error:
 * field, value allowed, value got.
 */
export class Violations {
  private readonly messages: string[] = [];

  /** `field` is the prop's name, `allowed` completes "must …", e.g. "be between 1 and 999". */
  require(valid: boolean, field: string, allowed: string, got: unknown): this {
    if (!valid) this.messages.push(`${field} must ${allowed}, got ${JSON.stringify(got)}`);
    return this;
  }

  /** An integer between `least` and `most`, both included. */
  requireInteger(field: string, got: number, least: number, most: number): this {
    const valid = Number.isInteger(got) && got >= least && got <= most;
    return this.require(valid, field, `be an integer between ${least} and ${most}`, got);
  }

  /**
   * Call it before the construct that is being validated creates anything.
   *
   * @throws RoutedError `invalid-argument`, with all violations, if there are any
   */
  throwIfAny(scope: Construct, id: string): void {
    if (this.messages.length === 0) return;
    const path = [scope.node.path, id].filter((part) => part !== "").join("/");
    throw new RoutedError("invalid-argument", `${path}: ${this.messages.join("; ")}`);
  }
}
