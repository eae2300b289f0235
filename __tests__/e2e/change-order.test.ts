import { destroyEnvironment, synthesize } from "../../sandbox/deploy";
import { EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import type { SmallEnvironment } from "../support/end-to-end";

/** Nodes and services that change in one deploy. Each test starts where the last one ended. */
describe("a deploy that changes nodes and services", () => {
  let world: EndToEnd;

  beforeAll(async () => {
    world = await EndToEnd.built();
  });
  afterAll(() => world.stop());

  it("replaces a node before a new image lets ECS stop tasks on the others", async () => {
    await world.aws.releaseImage();
    world.configure(withImage("registry.example/autopilot-routed:2", 3));
    const before = await world.liveInstances();
    await world.deploy();
    expect(replacedSlots(before, await world.liveInstances())).toEqual([0]);
    const changes = await world.newChanges();
    expectInOrder(changes, ["ec2:TerminateInstances", "ec2:RunInstances", "ecs:UpdateService"]);
    await world.waitUntilHealthy();
  });

  it("removes a node before that, too", async () => {
    world.configure(withImage("registry.example/autopilot-routed:3", 2));
    const { output } = await world.deploy();
    expect(output).toContain("small: staged: remove node 2");
    const changes = await world.newChanges();
    expectInOrder(changes, ["ec2:TerminateInstances", "ecs:UpdateService"]);
  });

  it("destroys services, then nodes, then the cluster, also by an older synthesis", async () => {
    const destroying = { ROUTED_DESTROY: world.environment };
    expect((await synthesize(world.run({ extraEnv: destroying }))).status).toBe(0);
    const { status, output } = await destroyEnvironment(world.run({ args: ["--skip-synth"] }));
    expect([status, status === 0 ? "" : output]).toEqual([0, ""]);
    expectInOrder(await world.newChanges(), [
      "ecs:DeleteService",
      "ec2:TerminateInstances",
      "ecs:DeleteCluster",
    ]);
    expect(await world.liveInstances()).toEqual([]);
  });
});

function withImage(image: string, nodes: number): SmallEnvironment {
  const config = smallConfig({ fleet: { nodes } });
  return { ...config, routed: { ...config["routed"], image } };
}

/** All of each kind of change come after all of the kind before, and each kind is there. */
function expectInOrder(changes: readonly string[], kinds: readonly string[]): void {
  const relevant = changes.filter((change) => kinds.includes(change));
  expect(relevant.filter((change, index) => change !== relevant[index - 1])).toEqual(kinds);
}
