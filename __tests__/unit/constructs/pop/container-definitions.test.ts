import { renderContainerDefinitions } from "../../../../lib/constructs/pop/container-definitions";
import type {
  ContainerDefinitionsProps,
  TaskDaemon,
} from "../../../../lib/constructs/pop/container-definitions";

const props: ContainerDefinitionsProps = {
  image: "registry.example/routed:1",
  birdCommand: ["bird"],
  apiCommand: ["api"],
  healthCheckCommand: ["CMD", "healthcheck"],
  apiHealthCheckCommand: undefined,
  healthCheck: { startPeriod: 300, interval: 60, retries: 10, timeout: 10 },
  init: undefined,
  environment: { ROUTED_POP: "pop7", ROUTED_BGP_PORT: "20007" },
  log: { logGroupName: "/ecs/routed-test", streamPrefix: "pop7", region: "us-east-2" },
  cpuUnits: 4096,
  daemons: [],
};

interface Container {
  readonly [argument: string]: unknown;
  readonly name: string;
}

function containersOf(overrides: Partial<ContainerDefinitionsProps> = {}): Container[] {
  return JSON.parse(renderContainerDefinitions({ ...props, ...overrides })) as Container[];
}

describe("the containers of a routed task", () => {
  it("are the BGP daemon and its API, from the same image, by their names", () => {
    expect(containersOf().map(({ name, image, command }) => [name, image, command])).toEqual([
      ["bird", "registry.example/routed:1", ["bird"]],
      ["api", "registry.example/routed:1", ["api"]],
    ]);
  });

  it("have no privilege: read-only root, no capability, memory for scratch", () => {
    for (const container of containersOf()) {
      expect(container["privileged"]).toBeUndefined();
      expect(container["readonlyRootFilesystem"]).toBe(true);
      expect(container["linuxParameters"]).toEqual({
        capabilities: { add: [], drop: ["ALL"] },
        initProcessEnabled: true,
        tmpfs: [
          { containerPath: "/run", size: 16, mountOptions: ["noexec", "nosuid", "nodev"] },
          { containerPath: "/tmp", size: 64, mountOptions: ["noexec", "nosuid", "nodev"] },
        ],
      });
    }
  });

  it("are healthy when the BGP daemon is; the API starts with it and tells the progress", () => {
    const [bird, api] = containersOf();
    expect(bird?.["healthCheck"]).toEqual({
      command: ["CMD", "healthcheck"],
      startPeriod: 300,
      interval: 60,
      retries: 10,
      timeout: 10,
    });
    expect(api?.["healthCheck"]).toBeUndefined();
    expect(api?.["dependsOn"]).toEqual([{ containerName: "bird", condition: "START" }]);
  });

  it("are healthy when the API is, too, where it has a check, which gives up no sooner", () => {
    const apiHealthCheckCommand = ["CMD", "api-healthcheck"];
    const [bird, api] = containersOf({ apiHealthCheckCommand });
    expect(bird).toEqual(containersOf()[0]);
    expect(api?.["healthCheck"]).toEqual({
      ...(bird?.["healthCheck"] as object),
      command: apiHealthCheckCommand,
    });
  });

  it("log below the PoP's name", () => {
    expect(containersOf()[0]?.["logConfiguration"]).toEqual({
      logDriver: "awslogs",
      options: {
        "awslogs-group": "/ecs/routed-test",
        "awslogs-region": "us-east-2",
        "awslogs-stream-prefix": "pop7",
        "max-buffer-size": "4m",
        mode: "non-blocking",
      },
    });
  });

  it("spell out the empty lists that ECS answers with, which would start new tasks otherwise", () => {
    for (const container of containersOf()) {
      expect(container).toMatchObject({ mountPoints: [], volumesFrom: [], systemControls: [] });
    }
  });

  it("are the same bytes whatever the order of the environment variables", () => {
    const environment = { ROUTED_BGP_PORT: "20007", ROUTED_POP: "pop7" };
    expect(renderContainerDefinitions({ ...props, environment })).toBe(
      renderContainerDefinitions(props),
    );
  });

  it("take other commands", () => {
    const [bird, api] = containersOf({
      birdCommand: ["/usr/sbin/bird", "-f"],
      apiCommand: ["serve"],
    });
    expect([bird?.["command"], api?.["command"]]).toEqual([["/usr/sbin/bird", "-f"], ["serve"]]);
  });
});

describe("daemons of the task", () => {
  const shipper: TaskDaemon = {
    name: "shipper",
    image: "registry.example/shipper:2",
    environment: { LEVEL: "info" },
    cpuUnits: 200,
    memoryMiB: 256,
    startsBefore: ["bird"],
    stopTimeoutSeconds: 60,
  };
  const probe: TaskDaemon = {
    ...shipper,
    name: "probe",
    healthCheck: { command: ["CMD", "true"], startPeriod: 0, interval: 30, retries: 3, timeout: 5 },
    dependsOn: [{ container: "shipper", condition: "START" }],
    startsBefore: ["api", "bird"],
  };
  const init = {
    initImage: "registry.example/busybox:1",
    bases: { bgp: 20000, api: 21000, metrics: 22000 },
    snapshotRoot: "snapshots/",
  };
  const dependenciesIn = (containers: readonly Container[]) =>
    Object.fromEntries(
      containers.map(({ name, dependsOn = [] }) => [
        name,
        (dependsOn as { containerName: string; condition: string }[]).map(
          ({ containerName, condition }) => `${containerName} ${condition}`,
        ),
      ]),
    );

  it("are essential, with memory of their own, their PoP's variables and no privilege", () => {
    const container = containersOf({ daemons: [shipper] }).at(-1);
    expect(container).toMatchObject({
      name: "shipper",
      image: "registry.example/shipper:2",
      essential: true,
      cpu: 200,
      memory: 256,
      environment: [
        { name: "LEVEL", value: "info" },
        { name: "ROUTED_BGP_PORT", value: "20007" },
        { name: "ROUTED_POP", value: "pop7" },
      ],
      portMappings: [],
      mountPoints: [],
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { add: [], drop: ["ALL"] } },
      stopTimeout: 60,
    });
    for (const absent of ["command", "entryPoint", "healthCheck", "dependsOn"]) {
      expect(container).not.toHaveProperty(absent);
    }
  });

  it("leave the routed containers a share each, which have none where they are alone", () => {
    const shares = (daemons: readonly TaskDaemon[]) =>
      containersOf({ daemons }).map(({ cpu }) => cpu);
    expect(shares([])).toEqual([undefined, undefined]);
    expect(shares([shipper])).toEqual([1948, 1948, 200]);
    expect(shares([shipper, { ...probe, cpuUnits: 201 }])).toEqual([1847, 1847, 200, 201]);
  });

  it("start before and after others: healthy where ECS checks that", () => {
    expect(dependenciesIn(containersOf({ daemons: [shipper, probe] }))).toEqual({
      bird: ["shipper START", "probe HEALTHY"],
      api: ["bird START", "probe HEALTHY"],
      shipper: [],
      probe: ["shipper START"],
    });
  });

  it("find their PoP in the task's file where PoPs share the definition, once it is written", () => {
    const containers = containersOf({ daemons: [shipper, probe], init });
    expect(dependenciesIn(containers)).toEqual({
      init: [],
      bird: ["init SUCCESS", "shipper START", "probe HEALTHY"],
      api: ["init SUCCESS", "bird START", "probe HEALTHY"],
      shipper: ["init SUCCESS"],
      probe: ["init SUCCESS", "shipper START"],
    });
    expect(containers.at(-1)?.["mountPoints"]).toEqual([
      { sourceVolume: "task-environment", containerPath: "/opt/routed-task", readOnly: true },
    ]);
  });
});
