import type { Environment } from "../../../lib/config/environment";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";

/** `test` in account 123456789012, us-east-2, without PoPs. */
export function anEnvironment(overrides: Partial<Environment> = {}): Environment {
  return aRoutedEnvironment({ autopilotSites: [], ...overrides });
}

/** The same, where images are staged: then it is read what the PoPs run. */
export function aStagingEnvironment(overrides: Partial<Environment> = {}): Environment {
  const environment = anEnvironment(overrides);
  return { ...environment, routed: { ...environment.routed, canaries: ["pop0"] } };
}
