import { benchConfig, FIRST_IMAGE } from "../../../scripts/bench-deploy/bench-environment";
import type { Variant } from "../../../scripts/bench-deploy/bench-environment";
import { loadFiles } from "../../fixtures/config/config-folder";

function environmentOf(variant: Variant, pops: number) {
  const file = JSON.stringify(benchConfig({ pops, variant, image: FIRST_IMAGE }));
  const [environment] = loadFiles({ "bench.json": file });
  if (!environment) throw new Error("nothing was loaded");
  return environment;
}

const SIZES = [3, 25, 50, 99, 100, 200];

it.each(SIZES)("measures the product with its defaults, with %i PoPs", (pops) => {
  const { network, routed, autopilotSites } = environmentOf("product", pops);
  expect(autopilotSites).toHaveLength(pops);
  expect(network.apiRouting).toBe("node-router");
  expect(routed.taskDefinitions).toBe("shared");
});

it.each(SIZES)(
  "measures it against a definition and a target group of each PoP's own, with %i PoPs",
  (pops) => {
    const { network, routed } = environmentOf("plain", pops);
    expect(network.apiRouting).toBe("target-groups");
    expect(routed.taskDefinitions).toBe("per-pop");
    // Room for one PoP more, which one of the cases adds.
    expect(network.apiLoadBalancers * 100).toBeGreaterThan(pops);
  },
);
