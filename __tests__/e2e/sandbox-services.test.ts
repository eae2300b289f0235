import { destroyEnvironment } from "../../sandbox/deploy";
import { fewestHealthyTasks } from "../../sandbox/health-timeline";
import { EndToEnd, smallConfig } from "../support/end-to-end";
import type { SmallEnvironment } from "../support/end-to-end";

const IMAGE_2 = "registry.example/autopilot-routed:2";

/** One of each kind, with all that is theirs. */
const DAEMONS = [
  {
    name: "exporter",
    image: "registry.example/exporter:1",
    command: ["--path=${HOME}"],
    environment: { B: "%{b}", A: "1" },
    cpuUnits: 128,
    memoryMiB: 64,
    ports: [9100],
    metricsPort: 9100,
    hostPaths: ["/", "/var/log"],
    healthCheck: { command: ["CMD", "true"] },
    needed: true,
  },
  {
    name: "shipper",
    runs: "task",
    image: "registry.example/shipper:1",
    entryPoint: ["sh", "-c"],
    command: ["ship"],
    environment: { A: "1" },
    cpuUnits: 128,
    memoryMiB: 128,
    healthCheck: { command: ["CMD-SHELL", "exit 0"] },
    startsBefore: ["bird"],
    stopTimeoutSeconds: 60,
  },
  {
    name: "probe",
    runs: "task",
    image: "registry.example/probe:1",
    cpuUnits: 128,
    memoryMiB: 128,
    dependsOn: [{ container: "bird", condition: "HEALTHY" }],
  },
];

function withRouted(routed: object): SmallEnvironment {
  const config = smallConfig();
  return { ...config, routed: { ...config["routed"], daemons: DAEMONS, ...routed } };
}

/** Three nodes with a PoP's tasks on each, from the first deploy to the last; tests follow each other. */
describe("services under real Terraform", () => {
  let world: EndToEnd;

  beforeAll(async () => {
    world = await EndToEnd.start("ecs", withRouted({}));
    await world.deploy();
  });
  afterAll(() => world.stop());

  const popTasks = async () =>
    (await world.aws.tasks())
      .filter(({ serviceName }) => serviceName === "pop1")
      .map(({ taskArn }) => taskArn);

  it("run a PoP's task, the router and a daemon on each node, and leave nothing to change", async () => {
    const { nodes } = await world.aws.waitUntilHealthy("ecs");

    expect(nodes).toMatchObject([0, 1, 2].map((slot) => ({ slot, tasks: 3, healthyTasks: 3 })));
    expect((await world.aws.tasks()).map(({ serviceName }) => serviceName).sort()).toEqual(
      ["node--exporter", "node--router", "pop1"].flatMap((service) => [service, service, service]),
    );
    await world.newChanges();
    await world.deploy();
    expect(await world.newChanges()).toEqual([]);
  });

  it("roll a new image out task by task, with one registration", async () => {
    const before = await popTasks();
    world.configure(withRouted({ image: IMAGE_2 }));

    await world.newChanges();
    await world.deploy();
    expect((await world.newChanges()).filter((call) => call.startsWith("ecs:"))).toEqual([
      "ecs:RegisterTaskDefinition",
      "ecs:UpdateService",
    ]);
    await world.aws.waitUntilHealthy("ecs");

    const after = await popTasks();
    expect(after.filter((arn) => before.includes(arn))).toEqual([]);
    expect(fewestHealthyTasks(await world.aws.timeline(), "ecs", 3)).toEqual({
      pop1: 2,
      "node--router": 3,
      "node--exporter": 3,
    });
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
