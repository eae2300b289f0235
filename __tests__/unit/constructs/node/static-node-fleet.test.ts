import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { TerraformProvider } from "cdktf";
import { DualStackNetwork, StaticNodeFleet } from "../../../../lib/index";
import type { NodeSpec, StaticNodeFleetProps, StaticNodeSlot } from "../../../../lib/index";
import { aSpec } from "../../../fixtures/a-routed-environment";
import {
  resourceAt,
  resourcesByPath,
  resourcesOf,
  synthesizeConstructs,
} from "../../../fixtures/synthesize";
import type { SynthesizedStack } from "../../../fixtures/synthesize";

function slot(number: number, zone: string, spec: Partial<NodeSpec> = {}): StaticNodeSlot {
  return { slot: number, availabilityZone: `us-east-2${zone}`, spec: aSpec(spec) };
}

function fleet(
  nodes: readonly StaticNodeSlot[],
  overrides: Partial<StaticNodeFleetProps> = {},
): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    const network = new DualStackNetwork(stack, "network", {
      name: "n",
      vpcCidr: "10.64.0.0/16",
      availabilityZones: ["us-east-2a", "us-east-2b", "us-east-2c"],
    });
    new StaticNodeFleet(stack, "fleet", {
      name: "routed-test",
      environment: "test",
      nodes,
      subnets: network.subnets,
      securityGroups: [new SecurityGroup(stack, "group", { vpcId: network.vpc.id })],
      instanceProfile: new IamInstanceProfile(stack, "profile", { name: "node" }),
      ...overrides,
    });
  });
}

const threeNodes = [slot(0, "a"), slot(1, "b"), slot(2, "c")];

describe("a slot's address", () => {
  const stack = fleet(threeNodes);

  it("is a protected ENI with a private IPv4 and an IPv6 that follow from the slot", () => {
    expect(
      resourceAt(stack, "aws_network_interface", "fleet/node-1/address/Resource"),
    ).toMatchObject({
      subnet_id: expect.stringContaining("subnet-us-east-2b") as string,
      private_ips: ["10.64.16.17"],
      ipv6_addresses: [expect.stringMatching(/^\$\{cidrhost\(aws_subnet\..*, 17\)\}$/)],
      lifecycle: { prevent_destroy: true },
      tags: { Name: "routed-test-node-1", "routed:environment": "test", "routed:node": "1" },
    });
  });

  it("is a protected EIP on the ENI, not on the instance", () => {
    const eip = resourceAt(stack, "aws_eip", "fleet/node-1/address/elastic-ip");
    expect(eip).toMatchObject({
      domain: "vpc",
      network_interface: expect.stringMatching(/^\$\{aws_network_interface\..*\.id\}$/) as string,
      lifecycle: { prevent_destroy: true },
      tags: { "routed:environment": "test", "routed:node": "1" },
    });
    expect(eip).not.toHaveProperty("instance");
    expect(JSON.stringify(eip)).not.toContain("aws_instance.");
  });

  it("is not protected where environments come and go", () => {
    const unprotected = fleet(threeNodes, { protectAddresses: false });
    for (const type of ["aws_network_interface", "aws_eip"]) {
      for (const resource of resourcesOf(unprotected, type)) {
        expect(resource["lifecycle"]).toMatchObject({ prevent_destroy: false });
      }
    }
  });
});

describe("a slot's instance", () => {
  const stack = fleet(threeNodes);
  const instance = resourceAt(stack, "aws_instance", "fleet/node-1/Resource");

  it("boots on the slot's ENI, which stays when the instance goes", () => {
    expect(instance["network_interface"]).toEqual([
      {
        device_index: 0,
        network_interface_id: expect.stringContaining("fleet_node-1_address") as string,
        delete_on_termination: false,
      },
    ]);
  });

  it("takes IMDSv2 only, and has no key", () => {
    expect(instance["metadata_options"]).toEqual({
      http_endpoint: "enabled",
      http_protocol_ipv6: "enabled",
      http_put_response_hop_limit: 1,
      http_tokens: "required",
    });
    expect(instance).not.toHaveProperty("key_name");
  });

  it("has no other volume than the AMI's unless its spec says so", () => {
    expect(instance).not.toHaveProperty("ebs_block_device");
    expect(instance).not.toHaveProperty("lifecycle");
  });

  it("has a data volume that only the instance's replacement changes", () => {
    const withData = fleet([slot(1, "b", { rootVolumeGiB: 4, dataVolumeGiB: 200 })]);
    const bottlerocket = resourceAt(withData, "aws_instance", "fleet/node-1/Resource");
    expect(bottlerocket["ebs_block_device"]).toEqual([
      {
        device_name: "/dev/xvdb",
        volume_type: "gp3",
        volume_size: 200,
        encrypted: true,
        delete_on_termination: true,
        tags: instance["tags"],
      },
    ]);
    expect(bottlerocket["lifecycle"]).toEqual({ ignore_changes: ["ebs_block_device"] });
  });

  it.each([
    [undefined, []],
    [200, ["ebs_block_device"]],
  ])(
    "that is kept is pinned, and passes over what would restart it (data volume %s)",
    (dataVolumeGiB, ignored) => {
      const kept = { ...slot(1, "b", { dataVolumeGiB }), kept: true };
      const pinned = resourceAt(fleet([kept]), "aws_instance", "fleet/node-1/Resource");
      expect(pinned["lifecycle"]).toEqual({
        prevent_destroy: true,
        ignore_changes: [
          ...ignored,
          "instance_type",
          "capacity_reservation_specification",
          "user_data_replace_on_change",
        ],
      });
    },
  );

  it("has an encrypted root volume that goes with it", () => {
    expect(instance["root_block_device"]).toEqual({
      volume_type: "gp3",
      volume_size: 100,
      encrypted: true,
      delete_on_termination: true,
      tags: instance["tags"],
    });
    expect(instance).not.toHaveProperty("volume_tags");
  });

  it("is replaced, not restarted, by other user data, and destroyed before its successor comes", () => {
    expect(instance["user_data_replace_on_change"]).toBe(true);
    expect(instance).not.toHaveProperty("lifecycle");
  });

  it("boots only once it can reach the internet under its public address", () => {
    const dependencies = instance["depends_on"] as string[];
    for (const what of [
      "aws_route.network_ipv4-route",
      "aws_route.network_ipv6-route",
      "aws_route_table_association.network_route-table-association-us-east-2b",
      "aws_eip.fleet_node-1_address_elastic-ip",
    ]) {
      expect(dependencies.filter((name) => name.startsWith(what))).toHaveLength(1);
    }
    expect(dependencies).toHaveLength(4);
  });

  it("has the spec that it was given, byte for byte", () => {
    const userDataBase64 = "IyEvYmluL2Jhc2gKZWNobyAke0hPTUV9Cg==";
    const pinned = fleet([slot(0, "a", { userDataBase64, amiId: "ami-0123456789abcdef0" })]);
    expect(resourcesOf(pinned, "aws_instance")[0]).toMatchObject({
      ami: "ami-0123456789abcdef0",
      instance_type: "r6i.large",
      user_data_base64: userDataBase64,
    });
  });

  it("has no user data where its spec has none", () => {
    const [bare] = resourcesOf(fleet([slot(0, "a", { userDataBase64: "" })]), "aws_instance");
    expect(bare).not.toHaveProperty("user_data_base64");
    expect(bare).not.toHaveProperty("user_data");
  });
});

describe("a fleet", () => {
  it("is the same whatever the order of its slots", () => {
    expect(fleet([...threeNodes].reverse())).toEqual(fleet(threeNodes));
  });

  it("changes one instance and nothing else when one slot's spec changes", () => {
    const before = resourcesByPath(fleet(threeNodes));
    const after = resourcesByPath(
      fleet([slot(0, "a"), slot(1, "b", { amiId: "ami-00000000000000002" }), slot(2, "c")]),
    );
    expect([...after.keys()]).toEqual([...before.keys()]);
    const changed = [...after].filter(
      ([path, resource]) => JSON.stringify(resource) !== JSON.stringify(before.get(path)),
    );
    expect(changed.map(([path]) => path)).toEqual(["aws_instance other/fleet/node-1/Resource"]);
  });

  it("adds three resources per slot, and changes none", () => {
    const before = resourcesByPath(fleet(threeNodes));
    const after = resourcesByPath(fleet([...threeNodes, slot(3, "a")]));
    for (const [path, resource] of before) expect(after.get(path)).toEqual(resource);
    expect([...after.keys()].filter((path) => !before.has(path)).sort()).toEqual([
      "aws_eip other/fleet/node-3/address/elastic-ip",
      "aws_instance other/fleet/node-3/Resource",
      "aws_network_interface other/fleet/node-3/address/Resource",
    ]);
  });

  it("refuses slots without a subnet and slots given twice, all at once", () => {
    expect(() => fleet([slot(0, "a"), slot(0, "b"), slot(1, "d")])).toThrow(
      "other/fleet: nodes: slot must be unique, got 0; nodes: availabilityZone of slot 1 must have " +
        'a subnet (us-east-2a, us-east-2b, us-east-2c), got "us-east-2d"',
    );
  });

  it.each([
    [-1, false],
    [0, true],
    [4078, true],
    [4079, false],
  ])("takes slot %d in a subnet of 4096 addresses: %s", (number, valid) => {
    const build = () => fleet([slot(number, "a")]);
    if (valid) expect(build).not.toThrow();
    else expect(build).toThrow("slot must be an integer between 0 and 4078");
  });

  it("refuses a spec that no instance can have", () => {
    expect(() => fleet([slot(0, "a", { amiId: "latest", rootVolumeGiB: 0 })])).toThrow(
      'other/fleet/node-0: spec.amiId must be an AMI\'s id, got "latest"; ' +
        "spec.rootVolumeGiB must be an integer between 1 and 16384, got 0",
    );
  });
});

it("is the stack's own provider's unless another is given, which gets the instances alone", () => {
  const own = fleet(threeNodes);
  expect(resourcesOf(own, "aws_instance").map((block) => block["provider"])).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const other = fleet([slot(0, "a")], {
    instanceProvider: { fqn: "aws.launches" } as TerraformProvider,
  });
  expect(resourcesOf(other, "aws_instance").map((block) => block["provider"])).toEqual([
    "aws.launches",
  ]);
  expect(resourcesOf(other, "aws_eip").map((block) => block["provider"])).toEqual([undefined]);
});
