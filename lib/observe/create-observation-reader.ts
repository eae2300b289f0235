import type { AwsCalls } from "../aws/calls";
import { AwsObservationReader } from "./readers/aws-reader";
import type { ObservationReader } from "./observation-reader";
import { RecordedObservationReader } from "./recorded";
import { RecordingObservationReader } from "./recording-reader";

export interface ObservationSource {
  /**
   * A directory with one `<environment>.json` for each environment; AWS is then not called.
   *
   * @default - AWS is read; an empty string counts as absent
   */
  readonly observationsDirectory?: string;
  /**
   * Where to record what AWS said, one `<environment>.json` each.
   *
   * @default - nothing is recorded
   */
  readonly recordDirectory?: string;
}

/** The one place that decides between AWS and recorded files. */
export function createObservationReader(source: ObservationSource = {}): ObservationReader {
  const { observationsDirectory, recordDirectory } = source;
  if (observationsDirectory) return new RecordedObservationReader(observationsDirectory);
  const reader = new AwsObservationReader(connectToAws);
  return recordDirectory ? new RecordingObservationReader(reader, recordDirectory) : reader;
}

/**
 * Loads the SDK only when AWS is really read: its clients cost about 0.2 s. The import is of our
 * own module, so that the bundle turns it into a `require`; importing the SDK's packages
 * dynamically would take the ES module loader's way and twice the time.
 */
async function connectToAws(region: string): Promise<AwsCalls> {
  const { awsSdkCalls } = await import("../aws/observe-sdk-calls");
  return awsSdkCalls(region);
}
