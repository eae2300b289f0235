import type { Environment } from "../config/environment";
import { RoutedError } from "../errors";
import type { Observation } from "../observe/observation";
import { desiredFleet } from "../plan/desired/desired-fleet";
import { cellsOfPops } from "../plan/decide/place-pops";

/**
 * The cell that serves each PoP, as the plan decides it; empty where the fleet has no cells.
 *
 * @throws RoutedError `unreadable-aws` where the plan would need ECS, which couldn't be read
 */
export function exportedCells(
  environment: Environment,
  { health }: Observation,
): ReadonlyMap<string, string> {
  const desired = desiredFleet(environment);
  if (desired.cells.length === 0) return new Map();
  if (health.source === "unreadable") {
    throw new RoutedError(
      "unreadable-aws",
      `${environment.name}: the PoPs' cells can't be told, since ECS could not be read ` +
        `(${health.reason}); export again`,
    );
  }
  return cellsOfPops(desired, new Map(health.services.map((each) => [each.serviceName, each])));
}
