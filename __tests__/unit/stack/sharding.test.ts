import type { Environment } from "../../../lib/config/environment";
import { aPlan, aRoutedEnvironment, aSite } from "../../fixtures/a-routed-environment";
import { resourceAt, resourcesOf, synthesize } from "../../fixtures/synthesize";
import type { SynthesizedStack } from "../../fixtures/synthesize";

function stackOf(network: Partial<Environment["network"]>): SynthesizedStack {
  const environment = aRoutedEnvironment({ autopilotSites: [aSite(1), aSite(2), aSite(6)] });
  const routed = { ...environment.routed, taskDefinitions: "per-pop" } as const;
  const targetGroups = { ...environment.network, apiRouting: "target-groups" } as const;
  return synthesize({ ...environment, routed, network: { ...targetGroups, ...network } }, aPlan());
}

/** `${aws_lb.cluster_api-1_1A2B3C4D.dns_name}` → `aws_lb.cluster_api-1.dns_name` */
function reference(value: unknown): string {
  return String(value).replace(/^\$\{(.*)_[0-9A-F]{8}\.(\w+)\}$/, "$1.$2");
}

describe("several load balancers", () => {
  const stack = stackOf({ apiLoadBalancers: 2 });

  it("have names that no other environment's can have", () => {
    expect(
      resourcesOf(stack, "aws_lb")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["routed-test", "routed-test--1"]);
  });

  it("serve each PoP by its site's id", () => {
    const listeners = ["pop1", "pop2", "pop6"].map((pop) =>
      reference(resourceAt(stack, "aws_lb_listener_rule", `pop-${pop}/api/rule`)["listener_arn"]),
    );
    expect(listeners).toEqual([
      "aws_lb_listener.cluster_api-1_listener.arn",
      "aws_lb_listener.cluster_api_listener.arn",
      "aws_lb_listener.cluster_api_listener.arn",
    ]);
  });

  it("are put out by PoP, in place of the one name", () => {
    const names = stack.output["api_load_balancers"]?.value as Record<string, unknown>;
    expect(Object.entries(names).map(([pop, name]) => `${pop} ${reference(name)}`)).toEqual([
      "pop1 aws_lb.cluster_api-1.dns_name",
      "pop2 aws_lb.cluster_api.dns_name",
      "pop6 aws_lb.cluster_api.dns_name",
    ]);
    expect(stack.output).not.toHaveProperty("api_load_balancer");
  });
});

describe("another number of BGP security groups", () => {
  const stack = stackOf({ bgpSecurityGroups: 5 });

  it("are all on every node's address", () => {
    const address = resourceAt(stack, "aws_network_interface", "fleet/node-0/address/Resource");
    expect((address["security_groups"] as unknown[]).map(reference)).toEqual(
      ["nodes", "bgp-0", "bgp-1", "bgp-2", "bgp-3", "bgp-4"].map(
        (group) => `aws_security_group.cluster_security-groups_${group}.id`,
      ),
    );
  });

  it("hold each PoP's rules by its site's id", () => {
    const blocks = [0, 1, 2, 3, 4].map((index) => {
      const path = `cluster/security-groups/bgp-${index}`;
      const rules = resourceAt(stack, "aws_security_group", path)["ingress"];
      return (rules as { readonly ipv6_cidr_blocks: string[] }[]).flatMap(
        ({ ipv6_cidr_blocks }) => ipv6_cidr_blocks,
      );
    });
    expect(blocks).toEqual([
      [],
      ["2001:db8:1::/48", "2001:db8:6::/48"],
      ["2001:db8:2::/48"],
      [],
      [],
    ]);
  });
});
