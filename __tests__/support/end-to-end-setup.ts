import { offerBuilt } from "./built-once";
import { EndToEnd, SMALL, smallConfig } from "./end-to-end";

const globals = globalThis as { stopBuilt?: () => Promise<void> };

/** jest's globalSetup of the end-to-end tests: see `EndToEnd.built`. */
export default function setUp(): void {
  let world: EndToEnd | undefined;
  const withdraw = offerBuilt(async () => {
    world = await EndToEnd.start(SMALL, smallConfig());
    await world.deploy();
    await world.waitUntilHealthy();
    return world.address();
  });
  globals.stopBuilt = async () => {
    withdraw();
    await world?.stop();
  };
}
