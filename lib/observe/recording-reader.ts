import type { Environment } from "../config/environment";
import type { Observation } from "./observation";
import type { ObservationReader } from "./observation-reader";
import { recordObservation } from "./recorded";

/** Records whatever another reader reads, before anything is made of it. */
export class RecordingObservationReader implements ObservationReader {
  /** @param directory gets `<environment>.json` for each environment that is read */
  constructor(
    private readonly reader: ObservationReader,
    private readonly directory: string,
  ) {}

  async read(environment: Environment): Promise<Observation> {
    const observation = await this.reader.read(environment);
    await recordObservation(this.directory, observation);
    return observation;
  }
}
