import { DualStackNetwork } from "../../../lib/index";
import {
  resourceAt,
  resourcesByPath,
  resourcesOf,
  synthesizeConstructs,
} from "../../fixtures/synthesize";
import type { SynthesizedStack } from "../../fixtures/synthesize";

function network(availabilityZones: readonly string[], vpcCidr = "10.64.0.0/16"): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    new DualStackNetwork(stack, "network", { name: "n", vpcCidr, availabilityZones });
  });
}

describe("a dual-stack network", () => {
  it("has an Amazon-provided IPv6 block and a way out for both families, without NAT", () => {
    const stack = network(["us-east-2a"]);
    expect(resourcesOf(stack, "aws_vpc")[0]).toMatchObject({
      cidr_block: "10.64.0.0/16",
      assign_generated_ipv6_cidr_block: true,
    });
    const destinations = resourcesOf(stack, "aws_route").map(
      (route) => route["destination_cidr_block"] ?? route["destination_ipv6_cidr_block"],
    );
    expect(destinations.sort()).toEqual(["0.0.0.0/0", "::/0"]);
    expect(resourcesOf(stack, "aws_nat_gateway")).toEqual([]);
  });

  it("gives each zone the sixteenth and the /64 that its letter stands for", () => {
    const stack = network(["us-east-2c", "us-east-2a"]);
    expect(resourceAt(stack, "aws_subnet", "network/subnet-us-east-2a")).toMatchObject({
      availability_zone: "us-east-2a",
      cidr_block: "10.64.0.0/20",
      ipv6_cidr_block: expect.stringMatching(/^\$\{cidrsubnet\(aws_vpc\..*, 8, 0\)\}$/) as string,
      assign_ipv6_address_on_creation: true,
      map_public_ip_on_launch: false,
    });
    expect(resourceAt(stack, "aws_subnet", "network/subnet-us-east-2c")).toMatchObject({
      cidr_block: "10.64.32.0/20",
      ipv6_cidr_block: expect.stringMatching(/, 8, 2\)\}$/) as string,
    });
  });

  it("moves nothing when zones are added or reordered", () => {
    const before = resourcesByPath(network(["us-east-2a", "us-east-2b"]));
    const after = resourcesByPath(network(["us-east-2c", "us-east-2b", "us-east-2a"]));
    for (const [path, resource] of before) expect(after.get(path)).toEqual(resource);
    // The subnet, its association, and ten reservations in it.
    expect(after.size).toBe(before.size + 12);
  });

  it("reserves the addresses of all slots in both families, spares' included, and no address of AWS's own", () => {
    const stack = network(["us-east-2b"], "10.64.0.0/20");
    const reserved = resourcesOf(stack, "aws_ec2_subnet_cidr_reservation");
    const blocks = reserved.map(({ cidr_block: block }) => String(block));
    expect(reserved.every((each) => each["reservation_type"] === "explicit")).toBe(true);
    const ipv4 = blocks.flatMap(
      (block) => /^10\.64\.1\.(\d+)\/(\d+)$/.exec(block)?.slice(1, 3) ?? [],
    );
    expect(hosts(ipv4, 32)).toEqual(range(16, 223));
    const ipv6 = blocks.flatMap((block) => {
      const [, newBits = "", index = ""] =
        /^\$\{cidrsubnet\(aws_subnet\..*\.ipv6_cidr_block, (\d+), (\d+)\)\}$/.exec(block) ?? [];
      const size = 2 ** (64 - Number(newBits));
      return newBits === "" ? [] : [String(Number(index) * size), String(64 + Number(newBits))];
    });
    expect(hosts(ipv6, 128)).toEqual(range(16, 223));
    expect(blocks).toHaveLength((ipv4.length + ipv6.length) / 2);
  });

  it("leaves a dropped zone's subnet only after the load balancer has", () => {
    expect(resourcesOf(network(["us-east-2a"]), "aws_subnet")[0]?.["lifecycle"]).toEqual({
      create_before_destroy: true,
    });
  });

  it("empties the VPC's default security group", () => {
    const [group] = resourcesOf(network(["us-east-2a"]), "aws_default_security_group");
    expect(group).not.toHaveProperty("ingress");
    expect(group).not.toHaveProperty("egress");
  });

  it("tells all that is wrong with its props at once", () => {
    expect(() => network(["us-east-2a", "us-east-2a", "moon"], "10.64.0.0/21")).toThrow(
      'other/network: vpcCidr must be an IPv4 block of /16 to /20 without host bits, got "10.64.0.0/21"; ' +
        'availabilityZones must be distinct, got ["us-east-2a","us-east-2a","moon"]; ' +
        'availabilityZones must be names of zones, e.g. us-east-2a, got "moon"',
    );
  });

  it.each([
    ["10.64.0.0/15", false],
    ["10.64.0.0/16", true],
    ["10.64.0.0/20", true],
    ["10.64.0.0/21", false],
    ["10.64.1.0/20", false],
  ])("takes the VPC block %s: %s", (vpcCidr, valid) => {
    const build = () => network(["us-east-2a"], vpcCidr);
    if (valid) expect(build).not.toThrow();
    else expect(build).toThrow("vpcCidr");
  });
});

/** The hosts of blocks, given as first host and prefix length in turn, ascending. */
function hosts(blocks: readonly string[], addressBits: number): number[] {
  const numbers = blocks.map(Number);
  return numbers
    .flatMap((first, index) =>
      index % 2 === 1
        ? []
        : range(first, first - 1 + 2 ** (addressBits - (numbers[index + 1] ?? 0))),
    )
    .sort((a, b) => a - b);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
