import type { Environment } from "../config/environment";
import type { Observation } from "./observation";

/**
 * The port through which the product learns what an environment holds now. There are two: AWS
 * itself and recorded files.
 */
export interface ObservationReader {
  /**
   * Reads the whole state of `environment`, or fails: never a part of it.
   *
   * @throws RoutedError `unreadable-aws`, `wrong-account` or `invalid-observation`
   */
  read(environment: Environment): Promise<Observation>;
}
