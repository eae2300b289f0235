import type { ResourceChange } from "./terraform-plan";

/** The share of a service's tasks that a rolling deployment keeps, in percent; 0 where it isn't set. */
export function minimumHealthyOf({ after }: ResourceChange): number {
  const percent = after?.["deployment_minimum_healthy_percent"];
  return typeof percent === "number" ? percent : 0;
}
