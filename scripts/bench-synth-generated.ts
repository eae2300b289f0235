/**
 * Synthesizes a generated environment of as many PoPs as its argument says, for bench-synth.ts: in
 * its largest form, a task definition, a target group and a rule for each PoP. The routers' one
 * configuration, the default, ends at some 3,000 PoPs. It goes past the config's own limits (a load
 * balancer takes 100 PoPs), so it builds the environment in memory; planning and constructs are the
 * product's own.
 */
import { App } from "cdktf";
import type { Environment } from "../lib/config/environment";
import { loadEnvironment } from "../lib/config/load";
import { emptyObservation } from "../lib/observe/empty-observation";
import { desiredFleet } from "../lib/plan/desired-fleet";
import { planUpgrade } from "../lib/plan/plan-upgrade";
import { EnvironmentStack } from "../lib/stack/environment-stack";
import { disableStackTraces } from "../lib/stack/stack-traces";
import { imageParameter } from "../lib/config/naming";

function generated(pops: number): Environment {
  const environment = loadEnvironment("config", "prd-na");
  const autopilotSites = Array.from({ length: pops }, (_, index) => ({
    // Only the number of PoPs matters here, so ids come round again.
    id: (index % 999) + 1,
    name: `pop${index + 1}`,
    bgpPeers: [`2001:db8:${(index + 1).toString(16)}::/48`],
  }));
  return {
    ...environment,
    name: "bench",
    network: { ...environment.network, apiRouting: "target-groups" },
    routed: { ...environment.routed, taskDefinitions: "per-pop" },
    autopilotSites,
  };
}

const environment = generated(Number(process.argv[2]));
const { os, architecture } = environment.fleet.image;
const images = { [imageParameter(os, architecture)]: "ami-00000000000000001" };
const plan = planUpgrade(desiredFleet(environment), emptyObservation(environment, images));
disableStackTraces();
const app = new App({ stackTraces: false });
new EnvironmentStack(app, environment, plan);
app.synth();
