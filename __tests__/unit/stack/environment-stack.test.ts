import { TerraformStack } from "cdktf";
import type { Environment } from "../../../lib/config/environment";
import { MAPPED_PORTS } from "../../../lib/config/host-ports";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import { EnvironmentStack } from "../../../lib/stack/environment-stack";
import {
  ACCOUNT_ID,
  aCreation,
  aDaemon,
  aPlan,
  aRoutedEnvironment,
  aSite,
  aSpec,
} from "../../fixtures/a-routed-environment";
import {
  resourceAt,
  resourcesByPath,
  resourcesOf,
  synthesize,
  synthesizeToText,
} from "../../fixtures/synthesize";
import type { Arguments } from "../../fixtures/synthesize";

function withZones(...letters: string[]): Environment {
  const environment = aRoutedEnvironment();
  const availabilityZones = letters.map((letter) => `us-east-2${letter}`);
  return { ...environment, aws: { ...environment.aws, availabilityZones } };
}

/** What outlives every deploy, whatever becomes of nodes. */
const OUTLIVING = [
  "aws_vpc",
  "aws_ecs_cluster",
  "aws_s3_bucket",
  "aws_network_interface",
  "aws_eip",
];

describe("an environment's stack", () => {
  it("works in the config's account and region only, and tags all it makes", () => {
    const own = {
      region: "us-east-2",
      allowed_account_ids: ["123456789012"],
      default_tags: [{ tags: { "routed:environment": "test" } }],
      retry_mode: "adaptive",
    };
    expect(synthesize(aRoutedEnvironment(), aPlan()).provider).toEqual({
      aws: [own, { ...own, alias: "nodes", max_retries: 8 }],
    });
  });

  it("has its instances, and nothing else, handled by the provider of few retries", () => {
    const { resource } = synthesize(aRoutedEnvironment(), aPlan());
    for (const [type, blocks] of Object.entries(resource)) {
      const providers = new Set(Object.values(blocks).map((block) => block["provider"]));
      expect([type, ...providers]).toEqual([
        type,
        type === "aws_instance" ? "aws.nodes" : undefined,
      ]);
    }
  });

  it("addresses S3 path-style at a custom endpoint", () => {
    const before = process.env["AWS_ENDPOINT_URL"];
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:5000";
    try {
      expect(synthesize(aRoutedEnvironment(), aPlan()).provider["aws"]).toMatchObject([
        { s3_use_path_style: true },
        { s3_use_path_style: true },
      ]);
    } finally {
      if (before === undefined) delete process.env["AWS_ENDPOINT_URL"];
      else process.env["AWS_ENDPOINT_URL"] = before;
    }
  });

  it("builds every node with the spec of the plan, and none that is removed", () => {
    const pinned = aSpec({ amiId: "ami-0000000000000000a", instanceType: "r5.large" });
    const wanted = aSpec({ amiId: "ami-0000000000000000b" });
    const budget = { nodes: 3, available: 3, mayBeUnavailable: 1 };
    const plan: UpgradePlan = aPlan({
      decisions: [
        {
          ...aCreation(0, "a"),
          action: "keep",
          instanceId: "i-0",
          spec: pinned,
          pending: "upgrade",
          outdated: ["amiId", "instanceType"],
          why: { kind: "behind-wave", slots: [1] },
        },
        {
          ...aCreation(1, "b"),
          action: "upgrade",
          instanceId: "i-1",
          from: pinned,
          to: wanted,
          outdated: ["amiId", "instanceType"],
          why: { kind: "outdated", budget },
        },
        {
          ...aCreation(2, "c"),
          action: "remove",
          instanceId: "i-2",
          why: { kind: "to-be-removed", budget },
        },
      ],
    });
    const stack = synthesize(aRoutedEnvironment(), plan);
    expect(resourcesOf(stack, "aws_instance")).toHaveLength(2);
    expect(resourceAt(stack, "aws_instance", "fleet/node-0/Resource")).toMatchObject({
      ami: "ami-0000000000000000a",
      instance_type: "r5.large",
    });
    expect(resourceAt(stack, "aws_instance", "fleet/node-1/Resource")).toMatchObject({
      ami: "ami-0000000000000000b",
      instance_type: "r6i.large",
    });
    expect(resourcesOf(stack, "aws_network_interface")).toHaveLength(2);
  });

  it("keeps the subnet of a zone that the config has dropped while a node lives there", () => {
    const stack = synthesize(withZones("a", "b"), aPlan());
    expect(
      resourcesOf(stack, "aws_subnet")
        .map((subnet) => subnet["availability_zone"])
        .sort(),
    ).toEqual(["us-east-2a", "us-east-2b", "us-east-2c"]);
    expect(resourcesByPath(stack)).toEqual(
      resourcesByPath(synthesize(withZones("a", "b", "c"), aPlan())),
    );
  });

  it("gives each PoP the core set of the plan, and the definition the cores that are kept", () => {
    const environment = aRoutedEnvironment();
    const routed = { ...environment.routed, cpuIsolation: "cpuset" as const };
    const pops = environment.autopilotSites.map(({ name }, index) => ({
      pop: name,
      cell: null,
      scheduling: "DAEMON" as const,
      slots: null,
      desiredCount: null,
      everywhere: false,
      coreSet: index === 0 ? 3 : null,
    }));
    const plan = aPlan({ placement: { known: true, cells: [], pops, moves: [] } });
    const stack = synthesize({ ...environment, routed }, plan);
    const [first, second] = pops.map(({ pop }) =>
      resourceAt(stack, "aws_ecs_service", `pop-${pop}/Resource`),
    );
    expect(first).toHaveProperty(["tags", "routed:core-set"], "3");
    expect(first).not.toHaveProperty("lifecycle");
    expect(second).not.toHaveProperty(["tags", "routed:core-set"]);
    expect(second).toHaveProperty("lifecycle.ignore_changes", ['tags["routed:core-set"]']);
    // 256 units for the system and the router's 512.
    const definition = resourceAt(stack, "aws_ecs_task_definition", "task-definition/Resource");
    expect(definition["container_definitions"]).toContain(
      '{"name":"ROUTED_RESERVED_VCPUS","value":"1"}',
    );
  });

  it("gives each PoP the ports of its site", () => {
    const environment = aRoutedEnvironment({ autopilotSites: [aSite(999, { name: "last" })] });
    const stack = synthesize(environment, aPlan());
    const router = resourceAt(stack, "aws_ecs_task_definition", "router/daemon/task-definition");
    expect(router["container_definitions"]).toContain("@pop last 21999");
    expect(resourceAt(stack, "aws_security_group", "cluster/security-groups/bgp-3")).toMatchObject({
      ingress: [{ from_port: 20999, to_port: 20999 }],
    });
  });

  it("maps the ports that pre-flight counts, and no other, whatever runs on the nodes", () => {
    const environment = aRoutedEnvironment();
    const ports = (first: number) => Array.from({ length: 20 }, (_, index) => first + index);
    const daemons = [
      ...[1, 2, 3].map((n) => aDaemon({ name: `on-node-${n}`, ports: ports(3000 + 100 * n) })),
      aDaemon({ name: "in-task", runs: "task" }),
    ];
    const autopilotSites = Array.from({ length: 100 }, (_, index) => aSite(index + 1));
    const routed = { ...environment.routed, daemons };
    const stack = synthesize({ ...environment, routed, autopilotSites }, aPlan());
    const mapped = resourcesOf(stack, "aws_ecs_task_definition").flatMap((definition) => {
      const text = String(definition["container_definitions"]);
      const containers = JSON.parse(text) as { portMappings: { hostPort: number }[] }[];
      return containers.flatMap(({ portMappings }) => portMappings.map(({ hostPort }) => hostPort));
    });
    expect(mapped).toEqual(MAPPED_PORTS);
  });

  it("pins what outlives deploys, and protects buckets and the load balancer as the config says", () => {
    const environment = aRoutedEnvironment();
    for (const protectAddresses of [true, false]) {
      const fleet = { ...environment.fleet, protectAddresses };
      const stack = synthesize({ ...environment, fleet }, aPlan());
      for (const type of OUTLIVING) {
        expect(resourcesOf(stack, type)).not.toEqual([]);
        for (const resource of resourcesOf(stack, type)) {
          // An EIP's address only says which one is wanted back, should it be gone.
          const passedOver = type === "aws_eip" ? { ignore_changes: ["address"] } : {};
          expect(resource["lifecycle"]).toEqual({ prevent_destroy: true, ...passedOver });
        }
      }
      for (const bucket of resourcesOf(stack, "aws_s3_bucket")) {
        expect(bucket["force_destroy"]).toBe(!protectAddresses);
      }
      for (const balancer of resourcesOf(stack, "aws_lb")) {
        expect(balancer["enable_deletion_protection"]).toBe(protectAddresses);
      }
    }
  });

  it("pins nothing where it is to be destroyed, and then refuses to be deployed", () => {
    const stack = synthesize(aRoutedEnvironment(), aPlan(), { destroying: true });
    for (const type of [...OUTLIVING, "aws_instance"]) {
      for (const { lifecycle } of resourcesOf(stack, type)) {
        expect((lifecycle as Arguments | undefined)?.["prevent_destroy"]).not.toBe(true);
      }
    }
    expect(resourceAt(stack, "aws_ecs_cluster", "cluster/Resource")["lifecycle"]).toEqual({
      prevent_destroy: false,
      precondition: [
        {
          condition: '${terraform.workspace == ""}',
          error_message: expect.stringContaining("Unset ROUTED_DESTROY") as string,
        },
      ],
    });
    expect(stack).not.toHaveProperty("import");
  });

  it("puts out addresses, load balancer, bucket and what the deploy changes", () => {
    const { output } = synthesize(aRoutedEnvironment(), aPlan());
    expect(Object.keys(output).sort()).toEqual([
      "api_load_balancer",
      "nodes",
      "snapshot_bucket",
      "upgrade",
    ]);
    expect(output["nodes"]?.value).toMatchObject({
      0: {
        ipv4: expect.stringMatching(/^\$\{aws_eip\..*\.public_ip\}$/) as string,
        ipv6: expect.stringMatching(/^\$\{cidrhost\(/) as string,
        private_ipv4: "10.64.0.16",
        availability_zone: "us-east-2a",
      },
      1: { private_ipv4: "10.64.16.17" },
      2: { private_ipv4: "10.64.32.18" },
    });
    expect(output["upgrade"]?.value).toEqual({
      status: "staged",
      summary: "create nodes 0, 1 and 2",
      health_ignored: false,
      waves_remaining: 1,
      nodes: {
        0: { action: "create", reason: "new environment" },
        1: { action: "create", reason: "new environment" },
        2: { action: "create", reason: "new environment" },
      },
    });
  });
});

describe("a node daemon of the config", () => {
  const environment = aRoutedEnvironment();
  const daemons = [
    aDaemon({
      image: `${ACCOUNT_ID}.dkr.ecr.us-east-2.amazonaws.com/helper:1`,
      entryPoint: ["sh", "-c"],
      command: ["echo ${HOME} %{x} $HOME"],
      environment: { FORMAT: "${a}" },
      healthCheck: {
        command: ["CMD-SHELL", 'test "${HOME}"'],
        interval: 5,
        timeout: 2,
        retries: 1,
        startPeriod: 0,
      },
      ports: [9100],
      metricsPort: 9100,
      needed: true,
      stopTimeoutSeconds: 60,
    }),
  ];
  const withDaemon = { ...environment, routed: { ...environment.routed, daemons } };

  it("runs on every node with what the config says, and Terraform reads nothing into its words", () => {
    const stack = synthesize(withDaemon, aPlan());
    expect(resourceAt(stack, "aws_ecs_service", "daemon-helper/Resource")).toMatchObject({
      name: "node--helper",
      tags: { "routed:node-daemon": "helper", "routed:needed-for": "availability" },
    });
    const definition = resourceAt(
      stack,
      "aws_ecs_task_definition",
      "daemon-helper/task-definition",
    );
    const [container] = JSON.parse(String(definition?.["container_definitions"])) as object[];
    expect(container).toMatchObject({
      entryPoint: ["sh", "-c"],
      command: ["echo $${HOME} %%{x} $HOME"],
      environment: [{ name: "FORMAT", value: "$${a}" }],
      healthCheck: { command: ["CMD-SHELL", 'test "$${HOME}"'] },
      portMappings: [],
      stopTimeout: 60,
    });
    expect(JSON.stringify(stack.resource["aws_iam_role_policy"])).toContain("repository/helper");
  });

  it("adds its own resources and changes no other but what may be pulled", () => {
    const before = resourcesByPath(synthesize(environment, aPlan()));
    const after = resourcesByPath(synthesize(withDaemon, aPlan()));
    const changed = [...before].filter(
      ([path, resource]) => JSON.stringify(after.get(path)) !== JSON.stringify(resource),
    );
    expect(changed.map(([path]) => path)).toEqual([
      expect.stringMatching(/^aws_iam_role_policy /) as string,
    ]);
    expect([...after.keys()].filter((path) => !before.has(path)).sort()).toEqual([
      "aws_ecs_service test/daemon-helper/Resource",
      "aws_ecs_task_definition test/daemon-helper/task-definition",
      "aws_vpc_security_group_ingress_rule test/daemon-helper/prometheus-10-1-0-0-16",
    ]);
  });
});

describe("a daemon in PoPs' tasks", () => {
  const daemons = [
    aDaemon({ runs: "task", command: ["run", "${POP}"], startsBefore: ["bird"] }),
    aDaemon({ name: "node-helper" }),
  ];
  it("is a container of the PoPs' definition, and no service", () => {
    const environment = aRoutedEnvironment();
    const stack = synthesize(
      { ...environment, routed: { ...environment.routed, daemons } },
      aPlan(),
    );
    const definition = resourceAt(stack, "aws_ecs_task_definition", "task-definition/Resource");
    const containers = JSON.parse(String(definition["container_definitions"])) as object[];
    expect(containers.at(-1)).toMatchObject({
      name: "helper",
      command: ["run", "$${POP}"],
      cpu: 128,
      memory: 64,
    });
    const before = resourcesByPath(synthesize(environment, aPlan()));
    expect([...resourcesByPath(stack).keys()].filter((each) => !before.has(each)).sort()).toEqual([
      "aws_ecs_service test/daemon-node-helper/Resource",
      "aws_ecs_task_definition test/daemon-node-helper/task-definition",
    ]);
  });
});

describe("the recovery of nodes", () => {
  const environment = aRoutedEnvironment();
  const alarmsOf = (of: Environment, plan: UpgradePlan) =>
    [...resourcesByPath(synthesize(of, plan)).keys()].filter((path) => path.includes("/recovery/"));

  it("goes by what each node is now, and not by what it is to be", () => {
    const recoverable = ["0", "1", "2"].map(
      (slot) => `aws_cloudwatch_metric_alarm test/recovery/node-${slot}`,
    );
    expect(alarmsOf(environment, aPlan())).toEqual(recoverable);
    const [first, ...others] = aPlan().decisions;
    const pinned = { ...first!, spec: aSpec({ instanceType: "i4i.large" }) } as typeof first;
    const plan = aPlan({ decisions: [pinned!, ...others] });
    expect(alarmsOf(environment, plan)).toEqual(recoverable.slice(1));
  });

  it("can be left to EC2", () => {
    const fleet = { ...environment.fleet, autoRecovery: false };
    expect(alarmsOf({ ...environment, fleet }, aPlan())).toEqual([]);
  });
});

describe("where PoPs run", () => {
  const environment = aRoutedEnvironment();
  const [{ name: pop } = { name: "" }] = environment.autopilotSites;
  const serviceWith = (placement: UpgradePlan["placement"]) =>
    JSON.stringify(synthesize(environment, aPlan({ placement })).resource["aws_ecs_service"]);
  const place = {
    pop,
    cell: "a",
    scheduling: "DAEMON" as const,
    slots: [0, 1],
    desiredCount: null,
    everywhere: false,
  };
  const placement = { known: true, cells: [], pops: [place], moves: [] };

  it("is what the plan says", () => {
    expect(serviceWith(placement)).toContain("attribute:routed.slot in [0, 1]");
    expect(serviceWith(placement)).not.toContain("ignore_changes");
    const replica = { ...place, scheduling: "REPLICA" as const, slots: null, desiredCount: 7 };
    expect(serviceWith({ ...placement, pops: [replica] })).toContain('"desired_count":7');
  });

  it("is left alone where the plan doesn't know", () => {
    expect(serviceWith({ ...placement, known: false })).toContain('"ignore_changes"');
  });
});

describe("synthesis in one pass", () => {
  it("gives the same bytes as CDKTF's own two", () => {
    const once = synthesizeToText(aRoutedEnvironment(), aPlan());
    const prepare = jest
      .spyOn(EnvironmentStack.prototype, "prepareStack")
      .mockImplementation(function (this: EnvironmentStack) {
        TerraformStack.prototype.prepareStack.call(this);
      });
    try {
      expect(synthesizeToText(aRoutedEnvironment(), aPlan())).toBe(once);
      expect(prepare).toHaveBeenCalledTimes(1);
    } finally {
      prepare.mockRestore();
    }
  });
});

describe("construct ids", () => {
  const environment = aRoutedEnvironment();

  it("make the same bytes whatever the order of zones, PoPs, peers, blocks and decisions", () => {
    const sites = [
      aSite(1, { bgpPeers: ["2001:db8:1::/48", "203.0.113.0/28"] }),
      aSite(2),
      aSite(3),
    ];
    const reordered: Environment = {
      ...withZones("c", "a", "b"),
      autopilotSites: [
        aSite(3),
        aSite(1, { bgpPeers: ["203.0.113.0/28", "2001:db8:1::/48"] }),
        aSite(2),
      ],
      network: {
        ...environment.network,
        apiClientCidrs: [...environment.network.apiClientCidrs].reverse(),
      },
    };
    const plan = aPlan();
    expect(synthesizeToText(reordered, plan)).toBe(
      synthesizeToText({ ...environment, autopilotSites: sites }, plan),
    );
  });

  it("are not touched by another PoP: but for routers and its group, all stays, and its own come", () => {
    const before = resourcesByPath(synthesize(environment, aPlan()));
    const after = resourcesByPath(
      synthesize({ ...environment, autopilotSites: [aSite(5), aSite(1), aSite(2)] }, aPlan()),
    );
    const changed = [...before].filter(
      ([path, resource]) => JSON.stringify(after.get(path)) !== JSON.stringify(resource),
    );
    expect(changed.map(([path]) => path).sort()).toEqual([
      "aws_ecs_task_definition test/router/daemon/task-definition",
      BGP_GROUP,
    ]);
    expectOneMoreRule(before, after);
    expect([...after.keys()].filter((path) => !before.has(path)).sort()).toEqual([
      "aws_ecs_service test/pop-pop5/Resource",
    ]);
  });

  /** Of PoPs 1 and 5. */
  const BGP_GROUP = "aws_security_group test/cluster/security-groups/bgp-1";

  function expectOneMoreRule(
    before: ReturnType<typeof resourcesByPath>,
    after: ReturnType<typeof resourcesByPath>,
  ): void {
    const [group, grown] = [before.get(BGP_GROUP), after.get(BGP_GROUP)];
    const rules = group?.["ingress"] as unknown[];
    expect(rules).toMatchObject([{ description: "BGP of pop1" }]);
    expect(grown).toEqual({
      ...group,
      ingress: [...rules, expect.objectContaining({ description: "BGP of pop5" })],
    });
  }

  it("are not touched by another zone: only the load balancer's subnets change", () => {
    const twoNodes = aPlan({ decisions: [aCreation(0, "a"), aCreation(1, "b")] });
    const before = resourcesByPath(synthesize(withZones("a", "b"), twoNodes));
    const after = resourcesByPath(synthesize(withZones("a", "b", "c"), twoNodes));
    const changed = [...before].filter(
      ([path, resource]) => JSON.stringify(after.get(path)) !== JSON.stringify(resource),
    );
    expect(changed.map(([path]) => path)).toEqual(["aws_lb test/cluster/api/Resource"]);
    expect(after.size).toBe(before.size + 12);
  });

  it("are not touched by a new AMI: every path is the same", () => {
    const upgraded = aPlan({
      decisions: aPlan().decisions.map((decision) => ({
        ...aCreation(decision.slot, decision.availabilityZone.slice(-1)),
        spec: aSpec({ amiId: "ami-0000000000000000b" }),
      })),
    });
    expect([...resourcesByPath(synthesize(environment, upgraded)).keys()].sort()).toEqual(
      [...resourcesByPath(synthesize(environment, aPlan())).keys()].sort(),
    );
  });
});
