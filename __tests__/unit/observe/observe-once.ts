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
  const sdk = Object.entries(require.cache).find(([file]) => file.endsWith("/bin/sdk.cjs"))?.[1];
  const { loadedClients } = sdk?.exports as { loadedClients: Set<string> };
  console.log(JSON.stringify({ ...outcome, clientsLoaded: loadedClients.size }));
}

void main();
