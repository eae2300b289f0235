import { aPlan, aRoutedEnvironment, aSite } from "../../fixtures/a-routed-environment";
import { resourceAt, synthesize } from "../../fixtures/synthesize";

/** `${aws_security_group.cluster_nodes_1A2B3C4D.id}` → `aws_security_group.cluster_nodes.id` */
function reference(value: unknown): string {
  return String(value).replace(/^\$\{(.*)_[0-9A-F]{8}\.(\w+)\}$/, "$1.$2");
}

describe("another number of BGP security groups", () => {
  const environment = aRoutedEnvironment({ autopilotSites: [aSite(1), aSite(2), aSite(6)] });
  const network = { ...environment.network, bgpSecurityGroups: 5 };
  const stack = synthesize({ ...environment, network }, aPlan());

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
