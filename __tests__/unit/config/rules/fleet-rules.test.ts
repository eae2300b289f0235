import { complaintsAbout } from "../../../fixtures/config/config-folder";

describe("fleet.nodes", () => {
  it("is at least the tasks of a PoP", () => {
    expect(complaintsAbout({ "fleet.nodes": 4, "routed.tasksPerPop": 3 })).toEqual([]);
    expect(complaintsAbout({ "fleet.nodes": 3, "routed.tasksPerPop": 3 })).toEqual([]);
    expect(complaintsAbout({ "fleet.nodes": 2, "routed.tasksPerPop": 3 })).toEqual([
      "fleet.nodes must be at least 3 when routed.tasksPerPop is 3, got 2; add nodes or lower routed.tasksPerPop",
    ]);
  });
});

describe("fleet.maxUnavailableNodes", () => {
  it("leaves at least one node", () => {
    expect(complaintsAbout({ "fleet.maxUnavailableNodes": 1 })).toEqual([]);
    expect(complaintsAbout({ "fleet.maxUnavailableNodes": 2 })).toEqual([]);
    expect(complaintsAbout({ "fleet.maxUnavailableNodes": 3 })).toEqual([
      "fleet.maxUnavailableNodes must be between 1 and 2 when fleet.nodes is 3, got 3; lower it or add nodes",
    ]);
    expect(complaintsAbout({ "fleet.nodes": 2, "fleet.maxUnavailableNodes": 2 })).toEqual([
      "fleet.maxUnavailableNodes must be 1 when fleet.nodes is 2, got 2; lower it or add nodes",
    ]);
  });

  it("is at least 1 and at most 199", () => {
    const allowed = "fleet.maxUnavailableNodes must be an integer between 1 and 199";
    const nodes = { "fleet.nodes": 200 };
    expect(complaintsAbout({ ...nodes, "fleet.maxUnavailableNodes": 199 })).toEqual([]);
    expect(complaintsAbout({ ...nodes, "fleet.maxUnavailableNodes": 200 })).toEqual([
      `${allowed}, got 200; lower it`,
    ]);
    expect(complaintsAbout({ "fleet.maxUnavailableNodes": 0 })).toEqual([
      `${allowed}, got 0; raise it`,
    ]);
  });
});

describe("fleet.frozenNodes", () => {
  it("names slots that exist", () => {
    expect(complaintsAbout({ "fleet.frozenNodes": [0, 2] })).toEqual([]);
    expect(complaintsAbout({ "fleet.frozenNodes": [2, 3, 1] })).toEqual([
      "fleet.frozenNodes[1] must be between 0 and 2 when fleet.nodes is 3, got 3; a frozen node is never removed: take it off the list or add nodes",
    ]);
    expect(complaintsAbout({ "fleet.frozenNodes": [-1] })).toEqual([
      "fleet.frozenNodes[0] must be an integer between 0 and 207, got -1; raise it",
    ]);
  });
});

describe("fleet.instanceType", () => {
  it.each([
    "r6i.32xlarge",
    "m7i-flex.large",
    "t3a.medium",
    "g4dn.xlarge",
    "g6e.xlarge",
    "gr6.4xlarge",
    "u-6tb1.112xlarge",
    "u7in-16tb.224xlarge",
    "x2iezn.metal",
    "p6-b200.48xlarge",
  ])("%s is x86_64", (instanceType) => {
    const fields = { "fleet.instanceType": instanceType };
    expect(complaintsAbout(fields)).toEqual([]);
    expect(complaintsAbout({ ...fields, "fleet.image.architecture": "arm64" })).toEqual([
      `fleet.instanceType must be of fleet.image.architecture, arm64, got "${instanceType}", which is x86_64; change one of the two`,
    ]);
  });

  it.each([
    "a1.xlarge",
    "t4g.small",
    "r6g.large",
    "r7gd.large",
    "r8g.48xlarge",
    "c7gn.16xlarge",
    "x2gd.metal",
    "im4gn.large",
    "is4gen.large",
    "g5g.xlarge",
    "hpc7g.16xlarge",
    "p6e-gb200.36xlarge",
  ])("%s is arm64", (instanceType) => {
    const fields = { "fleet.instanceType": instanceType };
    expect(complaintsAbout({ ...fields, "fleet.image.architecture": "arm64" })).toEqual([]);
    expect(complaintsAbout(fields)).toEqual([
      `fleet.instanceType must be of fleet.image.architecture, x86_64, got "${instanceType}", which is arm64; change one of the two`,
    ]);
  });
});

describe("fleet.ecsAgentSettings", () => {
  const SETTINGS = "fleet.ecsAgentSettings";

  it("may hold what the fleet doesn't set itself", () => {
    expect(complaintsAbout({ [SETTINGS]: { ECS_RESERVED_MEMORY: "512" } })).toEqual([]);
    expect(complaintsAbout({ [SETTINGS]: { ECS_CLUSTER: "other" } })).toEqual([
      "fleet.ecsAgentSettings.ECS_CLUSTER is set by the fleet itself, from the environment's name and the slot; remove it",
    ]);
  });

  it("may not tag container instances, which nodes have no permission for", () => {
    const names = ["ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM", "ECS_CONTAINER_INSTANCE_TAGS"];
    for (const name of names) {
      expect(complaintsAbout({ [SETTINGS]: { [name]: "{}" } })).toEqual([
        `fleet.ecsAgentSettings.${name} needs ecs:TagResource, which nodes don't have; remove it`,
      ]);
    }
  });

  it("may hold texts of one line by names of the agent only", () => {
    expect(complaintsAbout({ [SETTINGS]: { ecs_cluster: "a", ECS_A: "a\nb", ECS_B: 1 } })).toEqual([
      "fleet.ecsAgentSettings.ecs_cluster must be named like ^ECS_[A-Z0-9_]+$; rename it",
      'fleet.ecsAgentSettings.ECS_A must be a string that matches ^[^\\r\\n]*$, got "a\\nb"; correct it',
      "fleet.ecsAgentSettings.ECS_B must be a string that matches ^[^\\r\\n]*$, got 1; write it in quotes",
    ]);
  });

  it("may hold up to 50 settings", () => {
    const settings = (count: number): unknown =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`ECS_A${index}`, "1"]));
    expect(complaintsAbout({ [SETTINGS]: settings(50) })).toEqual([]);
    expect(complaintsAbout({ [SETTINGS]: settings(51) })).toEqual([
      "fleet.ecsAgentSettings must be an object of at most 50 keys, got an object of 51 keys; remove some",
    ]);
  });

  it("fit a node's user data", () => {
    const settings = (bytes: number): unknown => ({ ECS_A: "x".repeat(bytes - "ECS_A=".length) });
    expect(complaintsAbout({ [SETTINGS]: settings(8192) })).toEqual([]);
    expect(complaintsAbout({ [SETTINGS]: settings(8193) })).toEqual([
      "fleet.ecsAgentSettings must be at most 8192 bytes in all, since a node's user data has 16384, got 8193; shorten some",
    ]);
  });

  describe("of reserved ports", () => {
    const complaints = (value: string) =>
      complaintsAbout({ [SETTINGS]: { ECS_RESERVED_PORTS: value } });
    const ports = (count: number, first = 2000) =>
      JSON.stringify(Array.from({ length: count }, (_, index) => first + index));
    const path = "fleet.ecsAgentSettings.ECS_RESERVED_PORTS";

    it("leave the router its one of the 100 that a node has", () => {
      expect(complaints(ports(1))).toEqual([]);
      expect(complaints(ports(98))).toEqual([]);
      expect(complaints(ports(99))).toEqual([]);
      expect(complaints(ports(100))).toEqual([
        `${path} must be at most 99 ports of TCP and UDP together, since a node has 100 ports to reserve, and its tasks map 1, got 100; take some off`,
      ]);
    });

    it("count that of the agent's metrics where it tells them", () => {
      const told = (count: number) =>
        complaintsAbout({
          [SETTINGS]: { ECS_RESERVED_PORTS: ports(count), ECS_ENABLE_PROMETHEUS_METRICS: "true" },
        });
      expect(told(98)).toEqual([]);
      expect(told(99)).toEqual([expect.stringContaining("must be at most 99 ports")]);
    });

    it("are the agent's own where the list is empty", () => {
      expect(complaints("[]")).toEqual([]);
    });

    it("count those of UDP beside them, the agent's own too", () => {
      const both = (tcp: string | undefined, udp: string) =>
        complaintsAbout({
          [SETTINGS]: {
            ...(tcp === undefined ? {} : { ECS_RESERVED_PORTS: tcp }),
            ECS_RESERVED_PORTS_UDP: udp,
          },
        });
      const refused = [
        `${path}_UDP must be at most 99 ports of TCP and UDP together, since a node has 100 ports to reserve, and its tasks map 1, got 100; take some off`,
      ];
      expect(both(ports(50), ports(49))).toEqual([]);
      expect(both(ports(50), ports(50))).toEqual(refused);
      expect(both(undefined, ports(93))).toEqual([]);
      expect(both(undefined, ports(94))).toEqual(refused);
      expect(both("[]", ports(94))).toEqual(refused);
      expect(both(undefined, "[1024]")).toEqual([]);
      expect(both(undefined, "[0]")).toEqual([
        `${path}_UDP must be a JSON list of ports, as in [22,2375,2376,51678,51679,51680], got "[0]"; correct it`,
      ]);
    });

    it("count a port once, and leave out the router's", () => {
      expect(complaints(JSON.stringify(Array.from({ length: 200 }, () => 22)))).toEqual([]);
      expect(complaints("[22, 1024, 2375]")).toEqual([
        `${path} must leave out port 1024, which the router on each node maps; take it off`,
      ]);
    });

    it.each(["", "22", "[22,]", '["22"]', "[22.5]", "[65536]", "[022]", "[0]", "[-1]"])(
      "are no %j",
      (value) => {
        expect(complaints(value)).toEqual([
          `${path} must be a JSON list of ports, as in [22,2375,2376,51678,51679,51680], got "${value}"; correct it`,
        ]);
      },
    );
  });

  describe("on Bottlerocket", () => {
    const complaints = (settings: object) =>
      complaintsAbout({ "fleet.image": { os: "bottlerocket" }, [SETTINGS]: settings });

    it("may hold what Bottlerocket has a setting for", () => {
      expect(complaints({})).toEqual([]);
      expect(complaints({ ECS_LOGLEVEL: "warn", ECS_TASK_METADATA_RPS_LIMIT: "40,60" })).toEqual(
        [],
      );
    });

    it("may hold nothing else, and nothing of the fleet's own", () => {
      expect(complaints({ ECS_CLUSTER: "other", ECS_POLL_METRICS: "true" })).toEqual([
        "fleet.ecsAgentSettings.ECS_CLUSTER is set by the fleet itself, from the environment's name and the slot; remove it",
        "fleet.ecsAgentSettings.ECS_POLL_METRICS is not among the settings of Bottlerocket's ECS agent; remove it, or use al2023",
      ]);
    });

    it.each([
      ["ECS_LOGLEVEL", "loud", "one of debug, info, warn, error, crit"],
      [
        "ECS_CONTAINER_STOP_TIMEOUT",
        "1m2h",
        "a duration of h, m, s and ms in this order, each at most once, such as 90s or 1h30m",
      ],
      ["ECS_RESERVED_MEMORY", "65536", "an integer between 0 and 65535"],
      ["ECS_DISABLE_PRIVILEGED", "yes", "true or false"],
      ["ECS_TASK_METADATA_RPS_LIMIT", "40", "two integers, as in 40,60"],
      [
        "ECS_AVAILABLE_LOGGING_DRIVERS",
        "awslogs",
        'a JSON list of names, as in ["json-file","awslogs"]',
      ],
    ])("may not hold a %s that Bottlerocket would refuse", (name, value, allowed) => {
      expect(complaints({ [name]: value })).toEqual([
        `fleet.ecsAgentSettings.${name} must be ${allowed} on Bottlerocket, got "${value}"; correct it`,
      ]);
    });
  });
});
