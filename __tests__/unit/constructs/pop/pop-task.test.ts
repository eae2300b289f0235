import { PopTask } from "../../../../lib/index";
import { aCluster, aTask } from "../../../fixtures/a-cluster";
import type { PopTaskProps } from "../../../../lib/index";
import { resourceAt, resourcesOf, synthesizeConstructs } from "../../../fixtures/synthesize";
import type { Arguments, SynthesizedStack } from "../../../fixtures/synthesize";

function pop(overrides: Partial<PopTaskProps> = {}): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    const cluster = aCluster(stack);
    new PopTask(stack, "pop-pop7", {
      ...aTask(cluster),
      pop: "pop7",
      siteId: 7,
      ports: { bgp: 20007, api: 21007, metrics: 22007 },
      bgpPeers: ["2001:db8:7::/48", "203.0.113.0/28"],
      bgpSecurityGroup: cluster.bgpSecurityGroup(7),
      cluster: cluster.cluster,
      ...overrides,
    });
  });
}

function theOnly(stack: SynthesizedStack, type: string): Arguments {
  const resources = resourcesOf(stack, type);
  expect(resources).toHaveLength(1);
  return resources[0] ?? {};
}

describe("a PoP's task definition", () => {
  const definition = theOnly(pop(), "aws_ecs_task_definition");

  it("uses host networking on EC2, with hard limits for the whole task", () => {
    expect(definition).toMatchObject({
      family: "routed-test-pop7",
      network_mode: "host",
      requires_compatibilities: ["EC2"],
      cpu: "4096",
      memory: "20480",
    });
    const containers = JSON.parse(String(definition["container_definitions"])) as Arguments[];
    for (const container of containers) {
      expect(container).not.toHaveProperty("cpu");
      expect(container).not.toHaveProperty("memory");
    }
  });

  it("keeps replaced revisions registered", () => {
    expect(definition["skip_destroy"]).toBe(true);
  });

  it("maps no port, of which a node has only 100 to give", () => {
    const containers = JSON.parse(String(definition["container_definitions"])) as Arguments[];
    expect(containers.map(({ portMappings }) => portMappings)).toEqual([[], []]);
  });

  it("tells the task who it is, sorted", () => {
    const [bird] = JSON.parse(String(definition["container_definitions"])) as Arguments[];
    const environment = bird?.["environment"] as { name: string; value: string }[];
    expect(environment.map(({ name }) => name)).toEqual(environment.map(({ name }) => name).sort());
    expect(Object.fromEntries(environment.map(({ name, value }) => [name, value]))).toEqual({
      AWS_REGION: "us-east-2",
      ROUTED_API_PORT: "21007",
      ROUTED_BGP_PORT: "20007",
      ROUTED_ENVIRONMENT: "test",
      ROUTED_METRICS_PORT: "22007",
      ROUTED_POP: "pop7",
      ROUTED_SITE_ID: "7",
      ROUTED_SNAPSHOT_BUCKET: expect.stringMatching(/^\$\{aws_s3_bucket\./) as string,
      ROUTED_SNAPSHOT_PREFIX: "snapshots/pop7/",
    });
  });
});

describe("a PoP's service", () => {
  it("replaces one task of two at a time, and goes back if that fails", () => {
    expect(theOnly(pop(), "aws_ecs_service")).toMatchObject({
      name: "pop7",
      launch_type: "EC2",
      deployment_minimum_healthy_percent: 50,
      deployment_maximum_percent: 100,
      deployment_circuit_breaker: { enable: true, rollback: true },
      availability_zone_rebalancing: "DISABLED",
      propagate_tags: "SERVICE",
      enable_ecs_managed_tags: true,
      wait_for_steady_state: false,
      tags: { "routed:pop": "pop7" },
    });
  });

  it("runs a task on every node with placement daemon", () => {
    const service = theOnly(pop({ placement: "daemon", tasksPerPop: 2 }), "aws_ecs_service");
    expect(service["scheduling_strategy"]).toBe("DAEMON");
    for (const absent of ["desired_count", "placement_constraints", "ordered_placement_strategy"]) {
      expect(service).not.toHaveProperty(absent);
    }
  });

  it("runs tasksPerPop tasks on distinct nodes over the zones with placement spread", () => {
    expect(theOnly(pop({ placement: "spread", tasksPerPop: 3 }), "aws_ecs_service")).toMatchObject({
      scheduling_strategy: "REPLICA",
      desired_count: 3,
      placement_constraints: [{ type: "distinctInstance" }],
      ordered_placement_strategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
    });
  });

  it("names no load balancer: the routers find its tasks", () => {
    const service = theOnly(pop(), "aws_ecs_service");
    for (const absent of ["load_balancer", "health_check_grace_period_seconds"]) {
      expect(service).not.toHaveProperty(absent);
    }
  });
});

describe("a PoP's place", () => {
  const serviceOf = (overrides: Partial<PopTaskProps>) =>
    theOnly(pop(overrides), "aws_ecs_service");

  it("is the nodes of its slots, by the attribute that they have from their first boot", () => {
    expect(serviceOf({ slots: [0, 10, 2], cell: "a" })).toMatchObject({
      scheduling_strategy: "DAEMON",
      placement_constraints: [
        { type: "memberOf", expression: "attribute:routed.slot in [0, 10, 2]" },
      ],
      tags: { "routed:pop": "pop7", "routed:cell": "a" },
    });
    expect(serviceOf({})).not.toHaveProperty("placement_constraints");
  });

  it("is every node for a replica that says so", () => {
    const service = serviceOf({ placement: "spread", tasksPerPop: 200, everywhere: true });
    expect(service).toMatchObject({
      scheduling_strategy: "REPLICA",
      desired_count: 200,
      tags: { "routed:pop": "pop7", "routed:placement": "daemon" },
    });
  });

  it("stays what it is where that is asked", () => {
    expect(serviceOf({})).not.toHaveProperty("lifecycle");
    expect(serviceOf({ keepsPlacement: true })).toMatchObject({
      lifecycle: {
        ignore_changes: [
          "desired_count",
          "ordered_placement_strategy",
          "placement_constraints",
          "scheduling_strategy",
          'tags["routed:cell"]',
          'tags["routed:placement"]',
        ],
      },
    });
  });

  it("has at least one slot", () => {
    expect(() => pop({ slots: [] })).toThrow("slots must name a slot, or be left out, got []");
  });
});

describe("a PoP's BGP port", () => {
  it("is open to its peers, and only that port", () => {
    expect(bgpRules(pop())).toEqual([
      [],
      [],
      [],
      [
        {
          description: "BGP of pop7",
          protocol: "tcp",
          from_port: 20007,
          to_port: 20007,
          cidr_blocks: ["203.0.113.0/28"],
          ipv6_cidr_blocks: ["2001:db8:7::/48"],
          prefix_list_ids: [],
          security_groups: [],
          self: false,
        },
      ],
    ]);
  });

  it("is open to nobody without peers", () => {
    expect(bgpRules(pop({ bgpPeers: [] }))).toEqual([[], [], [], []]);
  });

  it("is open to peers as AWS spells them, so that the next plan finds nothing to change", () => {
    const [, , , rules] = bgpRules(pop({ bgpPeers: ["2001:DB8:0:7::/64"] }));
    expect(rules).toMatchObject([{ ipv6_cidr_blocks: ["2001:db8:0:7::/64"] }]);
  });

  /** Of each group. */
  function bgpRules(stack: SynthesizedStack): unknown[] {
    return [0, 1, 2, 3].map(
      (group) =>
        resourceAt(stack, "aws_security_group", `cluster/security-groups/bgp-${group}`)["ingress"],
    );
  }
});

describe("a PoP's props", () => {
  it("are checked together", () => {
    expect(() =>
      pop({
        pop: "Pop_7",
        siteId: 0,
        ports: { bgp: 179, api: 21007, metrics: 21007 },
        cpuUnits: 127,
        stateRebuildMinutes: 45,
      }),
    ).toThrow(
      "other/pop-pop7: " +
        'pop must be at most 24 lower-case letters, digits and single hyphens, got "Pop_7"; ' +
        "siteId must be an integer between 1 and 50000, got 0; " +
        "ports.bgp must be an integer between 1024 and 65535, got 179; " +
        'ports must be three different ones, got {"bgp":179,"api":21007,"metrics":21007}; ' +
        "cpuUnits must be an integer between 128 and 196608, got 127; " +
        "stateRebuildMinutes must be more than 0 and at most 44, got 45",
    );
  });

  it.each(["2001:db8:7::1/48", "203.0.113.0", "peers"])("allow no peer %s", (peer) => {
    expect(() => pop({ bgpPeers: [peer] })).toThrow(
      `bgpPeers must be IPv4 or IPv6 blocks with their first address, like 2001:db8::/32, got ["${peer}"]`,
    );
  });
});
