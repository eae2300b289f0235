import { destroyEnvironment } from "../../sandbox/deploy";
import { fewestHealthyTasks } from "../../sandbox/health-timeline";
import { EndToEnd, smallConfig } from "../support/end-to-end";

/** Three nodes with a PoP's tasks on each, from the first deploy to the last; tests follow each other. */
describe("services under real Terraform", () => {
  let world: EndToEnd;

  beforeAll(async () => {
    world = await EndToEnd.start("ecs", smallConfig());
    await world.deploy();
  });
  afterAll(() => world.stop());

  it("run a PoP's task on each node, and leave nothing to change", async () => {
    const { nodes } = await world.aws.waitUntilHealthy("ecs");

    expect(nodes).toMatchObject([0, 1, 2].map((slot) => ({ slot, tasks: 1, healthyTasks: 1 })));
    expect((await world.aws.tasks()).map(({ serviceName }) => serviceName)).toEqual([
      "pop1",
      "pop1",
      "pop1",
    ]);
    await world.newChanges();
    await world.deploy();
    expect(await world.newChanges()).toEqual([]);
  });

  it("roll a new image out task by task", async () => {
    const before = (await world.aws.tasks()).map(({ taskArn }) => taskArn);
    const config = smallConfig();
    world.configure({
      ...config,
      routed: { ...config["routed"], image: "registry.example/autopilot-routed:2" },
    });

    await world.deploy();
    await world.aws.waitUntilHealthy("ecs");

    const after = (await world.aws.tasks()).map(({ taskArn }) => taskArn);
    expect(after.filter((arn) => before.includes(arn))).toEqual([]);
    expect(fewestHealthyTasks(await world.aws.timeline(), "ecs", 3)).toEqual({ pop1: 2 });
    expect(await world.planStatus()).toBe(0);
  });

  it("drain when the environment is destroyed, and leave nothing behind", async () => {
    const { status, output } = await destroyEnvironment(world.run());

    expect([status, status === 0 ? "" : output]).toEqual([0, ""]);
    expect(await world.aws.tasks()).toEqual([]);
    expect(await world.aws.containerInstances()).toEqual([]);
    expect(await world.liveInstances()).toEqual([]);
  });
});
