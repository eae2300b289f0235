/**
 * A program that observes `test` as the app does and prints the observation, or the refusal, and
 * how many of the SDK's clients it loaded: `node bin/run.cjs <this file> [<observations directory>]`.
 */
import { createObservationReader } from "../../../lib/observe/create-observation-reader";
import { anEnvironment } from "./an-environment";

async function main(): Promise<void> {
  const reader = createObservationReader({ observationsDirectory: process.argv[2] });
  const outcome = await reader.read(anEnvironment()).then(
    (observation) => ({ observation }),
    (error: Error) => ({ refusal: error.message }),
  );
  const loaded = Object.keys(require.cache).map((file) => /@aws-sdk\/client-[^/]+/.exec(file)?.[0]);
  const clientsLoaded = new Set(loaded.filter((client) => client !== undefined)).size;
  console.log(JSON.stringify({ ...outcome, clientsLoaded }));
}

void main();
