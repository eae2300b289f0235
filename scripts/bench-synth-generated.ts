/**
 * Synthesizes as many generated PoPs as its argument says, for bench-synth.ts: in environments of as
 * many as a config takes, each with a task definition, a target group and a rule of its own
 * (make-plain.ts), a larger graph than the product's. Planning and constructs are the product's own.
 */
import { App } from "cdktf";
import type { Environment } from "../lib/config/environment";
import { MAX_SITE_ID } from "../lib/config/limits";
import { loadEnvironment } from "../lib/config/load";
import { imageParameter } from "../lib/config/naming";
import { emptyObservation } from "../lib/observe/empty-observation";
import { desiredFleet } from "../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../lib/plan/plan-upgrade";
import { EnvironmentStack } from "../lib/stack/environment-stack";
import { disableStackTraces } from "../lib/stack/stack-traces";
import { makePlain } from "./benchmarks/make-plain";

function* generated(pops: number): Generator<Environment> {
  const environment = loadEnvironment("config", "prd-na");
  for (let first = 0; first < pops; first += MAX_SITE_ID) {
    const count = Math.min(MAX_SITE_ID, pops - first);
    const autopilotSites = Array.from({ length: count }, (_, index) => ({
      id: index + 1,
      name: `pop${first + index + 1}`,
      bgpPeers: [`2001:db8:${(first + index + 1).toString(16)}::/48`],
    }));
    yield { ...environment, name: `bench-${first / MAX_SITE_ID}`, autopilotSites };
  }
}

disableStackTraces();
const app = new App({ stackTraces: false });
for (const environment of generated(Number(process.argv[2]))) {
  const { os, architecture } = environment.fleet.image;
  const images = { [imageParameter(os, architecture)]: "ami-00000000000000001" };
  const plan = planUpgrade(desiredFleet(environment), emptyObservation(environment, images));
  makePlain(new EnvironmentStack(app, environment, plan), environment);
}
app.synth();
