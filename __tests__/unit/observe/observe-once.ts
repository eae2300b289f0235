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
  const clients = Object.keys(require.cache).filter((file) => /client-\w+.dist-cjs/.test(file));
  console.log(JSON.stringify({ ...outcome, clientsLoaded: clients.length }));
}

void main();
