import { NodeDaemon } from "../../../../lib/index";
import { aCluster } from "../../../fixtures/a-cluster";
import type { NodeDaemonProps } from "../../../../lib/index";
import { resourcesOf, synthesizeConstructs } from "../../../fixtures/synthesize";
import type { Arguments, SynthesizedStack } from "../../../fixtures/synthesize";

const HEALTH = {
  command: ["CMD", "true"],
  startPeriod: 10,
  interval: 30,
  retries: 3,
  timeout: 5,
};

type Overrides = Partial<Omit<NodeDaemonProps, "metrics">> & { readonly metricsPort?: number };

function daemon(overrides: Overrides = {}): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    const cluster = aCluster(stack);
    const { metricsPort, ...props } = overrides;
    const metrics = metricsPort && {
      port: metricsPort,
      cidrs: ["10.1.0.0/16", "2001:db8::/32"],
      securityGroup: cluster.nodeSecurityGroup,
    };
    new NodeDaemon(stack, "daemon-helper", {
      name: "routed-test",
      daemon: "helper",
      region: "us-east-2",
      cluster: cluster.cluster,
      logGroup: cluster.logGroup,
      executionRole: cluster.executionRole,
      image: "registry.example/helper:1",
      cpuUnits: 256,
      memoryMiB: 128,
      ...props,
      ...(metrics ? { metrics } : {}),
    });
  });
}

function theOnly(stack: SynthesizedStack, type: string): Arguments {
  const resources = resourcesOf(stack, type);
  expect(resources).toHaveLength(1);
  return resources[0] ?? {};
}

function containerOf(stack: SynthesizedStack): Arguments {
  const definition = theOnly(stack, "aws_ecs_task_definition");
  const [container] = JSON.parse(String(definition["container_definitions"])) as Arguments[];
  return container ?? {};
}

describe("a node daemon", () => {
  it("runs once on every node in host networking, half of it replaced at a time", () => {
    const stack = daemon();
    expect(theOnly(stack, "aws_ecs_service")).toMatchObject({
      name: "node--helper",
      scheduling_strategy: "DAEMON",
      deployment_minimum_healthy_percent: 50,
      deployment_maximum_percent: 100,
      availability_zone_rebalancing: "DISABLED",
      wait_for_steady_state: false,
    });
    expect(theOnly(stack, "aws_ecs_task_definition")).toMatchObject({
      family: "routed-test--helper",
      network_mode: "host",
      cpu: "256",
      memory: "128",
      skip_destroy: true,
    });
  });

  it("is told from a PoP by its tag, and from what nodes need by another", () => {
    const tagsOf = (needed: boolean) =>
      theOnly(daemon({ needed, healthCheck: HEALTH }), "aws_ecs_service")["tags"];
    expect(tagsOf(false)).toEqual({ "routed:node-daemon": "helper" });
    expect(tagsOf(true)).toEqual({
      "routed:node-daemon": "helper",
      "routed:needed-for": "availability",
    });
  });

  it("runs what the image runs, with no capability and nothing to write to but /tmp", () => {
    const container = containerOf(daemon());
    for (const absent of ["command", "entryPoint", "healthCheck"]) {
      expect(container).not.toHaveProperty(absent);
    }
    expect(container).toMatchObject({
      name: "helper",
      environment: [],
      portMappings: [],
      readonlyRootFilesystem: true,
      stopTimeout: 30,
      linuxParameters: {
        capabilities: { add: [], drop: ["ALL"] },
        tmpfs: [{ containerPath: "/tmp" }],
      },
    });
  });

  it("runs what it is told, with its variables sorted", () => {
    const container = containerOf(
      daemon({
        entryPoint: ["sh"],
        command: ["-c", "run"],
        environment: { B: "2", A: "1" },
        ports: [1024],
        healthCheck: HEALTH,
      }),
    );
    expect(container).toMatchObject({
      entryPoint: ["sh"],
      command: ["-c", "run"],
      environment: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      portMappings: [],
      healthCheck: HEALTH,
    });
  });

  it("reads what it is given of the node below /host, and can change nothing there", () => {
    const stack = daemon({ hostPaths: ["/", "/proc"] });
    expect(theOnly(stack, "aws_ecs_task_definition")["volume"]).toEqual([
      { name: "host-0", host_path: "/" },
      { name: "host-1", host_path: "/proc" },
    ]);
    expect(containerOf(stack)["mountPoints"]).toEqual([
      { sourceVolume: "host-0", containerPath: "/host", readOnly: true },
      { sourceVolume: "host-1", containerPath: "/host/proc", readOnly: true },
    ]);
    expect(theOnly(daemon(), "aws_ecs_task_definition")).not.toHaveProperty("volume");
  });

  it("lets Prometheus in to its metrics, and nobody in to its other ports", () => {
    const rulesOf = (overrides: Overrides) =>
      resourcesOf(daemon(overrides), "aws_vpc_security_group_ingress_rule").filter(
        ({ tags }) => (tags as Arguments | undefined)?.["routed:node-daemon"] === "helper",
      );
    expect(rulesOf({ ports: [9100, 9101], metricsPort: 9100 })).toMatchObject([
      { from_port: 9100, to_port: 9100, cidr_ipv4: "10.1.0.0/16" },
      { from_port: 9100, to_port: 9100, cidr_ipv6: "2001:db8::/32" },
    ]);
    expect(rulesOf({ ports: [9100] })).toEqual([]);
    expect(() => daemon({ ports: [9101], metricsPort: 9100, hostPaths: ["proc"] })).toThrow(
      'metrics.port must be one of ports, got 9100; hostPaths must be absolute paths, got ["proc"]',
    );
  });

  it("has no health to tell, and no load balancer, unless it is given them", () => {
    expect(theOnly(daemon(), "aws_ecs_service")).not.toHaveProperty("load_balancer");
  });

  it("is refused with all that is wrong with it", () => {
    expect(() => daemon({ daemon: "a--b", cpuUnits: 127, memoryMiB: 31, needed: true })).toThrow(
      'other/daemon-helper: daemon must be at most 24 lower-case letters, digits and single hyphens, got "a--b"; ' +
        "cpuUnits must be an integer between 128 and 196608, got 127; " +
        "memoryMiB must be an integer between 32 and 33554432, got 31; " +
        "healthCheck must be given where needed is true, got undefined",
    );
    expect(() => daemon({ ports: [1023, 32768, 32768] })).toThrow(
      "ports must be different ones, got [1023,32768,32768]; " +
        "ports must be an integer between 1024 and 32767, got 1023; " +
        "ports must be an integer between 1024 and 32767, got 32768",
    );
    expect(() => daemon({ ports: [1024, 32767], cpuUnits: 128, memoryMiB: 32 })).not.toThrow();
  });
});
