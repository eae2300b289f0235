import { renderSummary } from "../../../lib/plan/render/render-summary";
import {
  aFleet,
  observationOf,
  withEcs,
  withInstance,
  withNewAmi,
  withoutInstance,
} from "../../support/fleet";
import { SimulatedWorld } from "../../support/simulated-world";
import { countOf } from "../../../lib/words";

/** Plays deploys at given minutes and tells them as prose; update with `npx jest -u`, and read it. */
it("reads well: an AMI upgrade with impatient deploys, a node that dies, and a scale-in", () => {
  const lines: string[] = [];
  const world = new SimulatedWorld(
    withEcs(observationOf(aFleet({ nodes: 4 })), [{ pop: "pop1" }, { pop: "pop2" }]),
    12,
  );
  let minute = 0;
  const at = (next: number) => {
    world.pass(next - minute);
    minute = next;
  };
  const deploy = (nodes: number) => {
    const plan = world.deploy(aFleet({ nodes }));
    lines.push(
      `minute ${minute}: deploy → ${plan.status}: ${renderSummary(plan)} (${countOf(plan.wavesRemaining, "wave")} to go; healthy: ${world.healthySlots().join(" ")})`,
    );
  };
  const event = (text: string) => lines.push(`minute ${minute}: ${text}`);

  deploy(4);
  event("a new AMI comes out");
  world.change((observation) => withNewAmi(observation));
  deploy(4);
  at(5);
  deploy(4);
  at(12);
  deploy(4);
  at(20);
  event("node 3 stops");
  world.change((observation) => withInstance(observation, 3, { state: "stopped" }));
  deploy(4);
  at(40);
  deploy(4);
  at(60);
  event("node 0 is terminated by hand");
  world.change((observation) => withoutInstance(observation, 0));
  deploy(4);
  at(80);
  event("the config asks for 2 nodes");
  deploy(2);
  deploy(2);
  deploy(2);
  expect(lines.join("\n")).toMatchSnapshot();
});
