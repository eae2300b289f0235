import { renderCloudwatchExporter } from "../../../lib/export/cloudwatch-exporter";
import { renderHelmRelease } from "../../../lib/export/helm-release";
import { exportedNodes } from "../../../lib/export/exported-nodes";
import { renderPrometheusFiles } from "../../../lib/export/prometheus-files";
import type { Observation } from "../../../lib/observe/observation";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";
import {
  aFleet,
  instanceOf,
  observationOf,
  withEcs,
  withInstance,
  withNewAmi,
  withoutInstance,
} from "../../support/fleet";
import { SimulatedWorld } from "../../support/simulated-world";

const environment = aRoutedEnvironment();

/** Every export that must not change while nodes do. */
function exportsOf(observation: Observation): Record<string, string> {
  const { nodes } = exportedNodes(environment, observation);
  return {
    "helm-release.yaml": renderHelmRelease(environment, nodes),
    ...renderPrometheusFiles(environment, nodes),
    "cloudwatch-exporter.yml": renderCloudwatchExporter(environment),
  };
}

describe("an upgrade of every node", () => {
  it("changes no byte of what is exported: before, between, during and after the waves", () => {
    const fleet = aFleet();
    const before = withEcs(observationOf(fleet), [{ pop: "pop1" }, { pop: "pop2" }]);
    const world = new SimulatedWorld(before, 12);
    const expected = exportsOf(before);
    const upgraded: number[] = [];

    world.change(withNewAmi);
    for (;;) {
      const plan = world.deploy(fleet);
      if (plan.status === "converged") break;
      if (plan.status === "staged") {
        for (const { slot } of plan.decisions.filter(({ action }) => action === "upgrade")) {
          upgraded.push(slot);
          // The moments within a deploy: the old instance stops, is gone, and the new one starts.
          const now = world.observe();
          const stopping = withInstance(now, slot, { state: "shutting-down", rootVolumeGiB: null });
          const starting = withInstance(now, slot, { state: "pending", rootVolumeGiB: null });
          for (const moment of [stopping, withoutInstance(now, slot), starting]) {
            expect(exportsOf(moment)).toEqual(expected);
          }
        }
      }
      expect(exportsOf(world.observe())).toEqual(expected);
      world.pass(4);
    }

    expect(upgraded).toEqual([0, 1, 2]);
    for (const slot of upgraded) {
      expect(instanceOf(world.observe(), slot).instanceId).not.toBe(
        instanceOf(before, slot).instanceId,
      );
    }
    expect(exportsOf(world.observe())).toEqual(expected);
  });

  it("is no reason for a change, but a moved address is", () => {
    const before = observationOf(aFleet());
    const [first, ...others] = before.elasticIps;
    if (!first) throw new Error("no EIP");
    const moved = { ...before, elasticIps: [{ ...first, publicIpv4: "203.0.113.7" }, ...others] };
    expect(exportsOf(moved)).not.toEqual(exportsOf(before));
  });
});
