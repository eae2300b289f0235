import { renderPath, renderValue } from "./violation";
import type { FieldPath } from "./violation";

/** Keys that a config could have once, by their path: why there is none, and what to do about one. */
export const REMOVED_KEYS: ReadonlyMap<string, string> = new Map([
  [
    "network.apiRouting",
    "remove it: a router on each node takes every PoP's API requests (docs/api-routing.md)",
  ],
  [
    "network.apiLoadBalancers",
    "remove it: the routers need one load balancer, however many PoPs there are",
  ],
  [
    "routed.taskDefinitions",
    "remove it: all PoPs share one task definition (docs/task-definitions.md)",
  ],
  [
    "fleet.priceClasses",
    "remove it: types of the usual families of the architecture are suggested",
  ],
  [
    "export.cloudwatch",
    "remove it: the estimate takes AWS's list prices of us-east-2 and a scrape every 300 s",
  ],
]);

/** What is wrong with a key that is gone, whatever its value; undefined for any other key. */
export function removedKey(path: FieldPath, value: unknown): string | undefined {
  const remedy = REMOVED_KEYS.get(renderPath(path));
  return remedy && `is no longer a key, got ${renderValue(value)}; ${remedy}`;
}
