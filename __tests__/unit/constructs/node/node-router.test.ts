import { NodeRouter } from "../../../../lib/index";
import { aCluster } from "../../../fixtures/a-cluster";
import type { NodeRouterProps } from "../../../../lib/index";
import { renderRouterConfig } from "../../../../lib/constructs/node/router-config";
import { resourceAt, resourcesOf, synthesizeConstructs } from "../../../fixtures/synthesize";
import type { Arguments, SynthesizedStack } from "../../../fixtures/synthesize";

const NODES = [
  { slot: 1, privateIpv4: "10.64.16.17" },
  { slot: 0, privateIpv4: "10.64.0.16" },
];

function pops(count: number, nameLength = 3): { name: string; apiPort: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `p${index}`.padEnd(nameLength, "x"),
    apiPort: 21001 + index,
  }));
}

function stackOf(overrides: Partial<NodeRouterProps> = {}): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    const cluster = aCluster(stack, { apiClientCidrs: ["10.0.0.0/8"] });
    new NodeRouter(stack, "router", {
      name: "routed-test",
      region: "us-east-2",
      cluster: cluster.cluster,
      logGroup: cluster.logGroup,
      executionRole: cluster.executionRole,
      targetGroup: cluster.routerTargetGroup,
      listener: cluster.apiListener,
      image: "registry.example/haproxy:3",
      pops: pops(2),
      nodes: NODES,
      healthPath: "/healthz",
      ...overrides,
    });
  });
}

const stack = stackOf();

describe("the router's configuration", () => {
  it("is the same for every order of PoPs and nodes", () => {
    const config = (props: Pick<NodeRouterProps, "pops" | "nodes">) =>
      renderRouterConfig({ ...props, healthPath: "/healthz" });
    const text = config({ pops: pops(2), nodes: NODES });
    expect(config({ pops: pops(2).reverse(), nodes: [...NODES].reverse() })).toBe(text);
    expect(text.split("\n").slice(-5)).toEqual([
      "@node 0 10.64.0.16",
      "@node 1 10.64.16.17",
      "@pop p0x 21001",
      "@pop p1x 21002",
      "",
    ]);
  });

  it("names the slots of a PoP that runs on some nodes only", () => {
    const [first, second] = pops(2);
    if (!first || !second) throw new Error("two PoPs");
    const props = { nodes: NODES, healthPath: "/healthz" };
    const text = renderRouterConfig({ ...props, pops: [{ ...first, slots: [10, 1] }, second] });
    expect(text.split("\n").slice(-4)).toEqual([
      "@slots 0 1,10",
      "@pop p0x 21001 0",
      "@pop p1x 21002",
      "",
    ]);
  });

  it("fits into a task definition with as many PoPs, names, nodes and cells as a config may have", () => {
    const nodes = Array.from({ length: 200 }, (_, slot) => ({
      slot,
      privateIpv4: `10.164.${100 + (slot % 3)}.${100 + (slot % 100)}`,
    }));
    // Interleaved cells, which no shorter text could name: of one node, of 100, of 20.
    const cell = (size: number, index: number) =>
      nodes
        .filter(({ slot }) => slot % (200 / size) === index % (200 / size))
        .map(({ slot }) => slot);
    const sized = [200, 2, 10].map((size) =>
      pops(999, 24).map((pop, index) => ({ ...pop, slots: cell(size, index) })),
    );
    for (const most of [pops(999, 24), ...sized]) {
      const largest = stackOf({ pops: most, nodes });
      const bytes = Buffer.byteLength(
        String(
          resourceAt(largest, "aws_ecs_task_definition", "task-definition")[
            "container_definitions"
          ],
        ),
      );
      expect(bytes).toBeGreaterThan(40 * 1024);
      expect(bytes).toBeLessThan(64 * 1024);
    }
  });

  it("is refused where it is too large, with how many PoPs fit", () => {
    expect(() => stackOf({ pops: pops(1800, 24) })).toThrow(
      /^other\/router: pops must fit into a task definition: 61440 bytes of configuration, which about 1\d{3} PoPs do, got 1800$/,
    );
    const fit = /about (\d+) PoPs/.exec(messageOf(() => stackOf({ pops: pops(1800, 24) })))?.[1];
    expect(() => stackOf({ pops: pops(Number(fit) - 1, 24) })).not.toThrow();
    expect(() => stackOf({ pops: pops(Number(fit) + 1, 24) })).toThrow("which about");
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
    return "";
  } catch (error) {
    return String(error);
  }
}

describe("the router", () => {
  it("is a daemon that nodes need, behind the load balancer's one target group", () => {
    const service = resourceAt(stack, "aws_ecs_service", "router/daemon/Resource");
    expect(service).toMatchObject({
      name: "node--router",
      load_balancer: [{ container_name: "router", container_port: 1024 }],
      tags: { "routed:node-daemon": "router", "routed:needed-for": "availability" },
    });
    const [group, ...others] = resourcesOf(stack, "aws_lb_target_group");
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      name: "routed-test-api",
      port: 1024,
      health_check: { path: "/routed-router" },
    });
    const [listener] = resourcesOf(stack, "aws_lb_listener");
    expect(listener?.["default_action"]).toEqual([
      {
        type: "forward",
        target_group_arn: expect.stringContaining(
          "aws_lb_target_group.cluster_api-routers",
        ) as string,
      },
    ]);
  });

  it("may be reached by the load balancer, and may reach the tasks of all nodes", () => {
    const rule = (type: string, id: string): Arguments =>
      resourceAt(stack, type, `security-groups/${id}`);
    const port = { from_port: 1024, to_port: 1024 };
    expect(rule("aws_vpc_security_group_egress_rule", "load-balancer-to-routers")).toMatchObject(
      port,
    );
    const ingress = "aws_vpc_security_group_ingress_rule";
    expect(rule(ingress, "routers-from-load-balancer")).toMatchObject(port);
    const between = rule(ingress, "nodes-from-routers");
    expect(between).toMatchObject({ from_port: 21001, to_port: 21999 });
    expect(between["referenced_security_group_id"]).toBe(between["security_group_id"]);
  });
});
