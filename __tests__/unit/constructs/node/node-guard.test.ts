import { createHash } from "node:crypto";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { NodeGuard } from "../../../../lib/constructs/node/node-guard";
import type { ObservedFleet, ObservedNode } from "../../../../lib/index";
import { StaticNodeFleet } from "../../../../lib/constructs/node/static-node-fleet";
import { aPlan, aRoutedEnvironment, aSpec } from "../../../fixtures/a-routed-environment";
import { resourceAt, synthesize, synthesizeConstructs } from "../../../fixtures/synthesize";
import type { Arguments, SynthesizedStack } from "../../../fixtures/synthesize";

const AGAIN =
  "What would be changed was decided before that, so nothing is changed. " +
  "Synthesize again: cdktf deploy without --skip-synth.";

function aNode(slot: number, overrides: Partial<ObservedNode> = {}): ObservedNode {
  return {
    slot,
    instanceId: `i-0${slot}`,
    state: "running",
    launchTime: "2026-03-01T10:20:30.000Z",
    spec: aSpec(),
    ...overrides,
  };
}

function guard(observed: ObservedFleet): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    new NodeGuard(stack, "guard", { environment: "test", observed });
  });
}

interface Check {
  readonly condition: string;
  readonly error_message: string;
}

function dataSources(stack: SynthesizedStack, type: string): Arguments[] {
  return Object.values(stack.data?.[type] ?? {});
}

function checkOf(data: Arguments | undefined): Check {
  const { postcondition } = data?.["lifecycle"] as { readonly postcondition: readonly Check[] };
  expect(postcondition).toHaveLength(1);
  return postcondition[0] as Check;
}

function fleetCheck(stack: SynthesizedStack): Check {
  const found = dataSources(stack, "aws_instances");
  expect(found).toHaveLength(1);
  return checkOf(found[0]);
}

describe("the check of the fleet", () => {
  it("looks for all live instances with the environment's tag, in one data source of literals", () => {
    const [data] = dataSources(guard({ nodes: [aNode(0)], strays: [] }), "aws_instances");
    expect(data).toMatchObject({
      instance_state_names: ["pending", "running", "stopping", "stopped"],
      filter: [{ name: "tag:routed:environment", values: ["test"] }],
    });
    expect(data).not.toHaveProperty("depends_on");
    expect(JSON.stringify({ ...data, lifecycle: null })).not.toContain("${");
  });

  it("wants exactly the observed instances, strays too, in whatever order", () => {
    const nodes = [aNode(1, { instanceId: "i-0a" }), aNode(0, { instanceId: "i-0c" })];
    const { condition } = fleetCheck(guard({ nodes, strays: ["i-0b"] }));
    expect(condition).toBe('${join(" ", sort(self.ids)) == "i-0a i-0b i-0c"}');
  });

  it("wants none where none was observed", () => {
    const stack = guard({ nodes: [], strays: [] });
    expect(fleetCheck(stack).condition).toBe('${join(" ", sort(self.ids)) == ""}');
    expect(dataSources(stack, "aws_instance")).toEqual([]);
  });

  it("says which node is another, what is new, and what to do", () => {
    const { error_message: message } = fleetCheck(guard({ nodes: [aNode(2)], strays: ["i-0b"] }));
    expect(message).toBe(
      'The environment\'s instances changed: ${join("; ", concat(compact([' +
        'contains(self.ids, "i-02") ? "" : "node 2 is no longer i-02", ' +
        'contains(self.ids, "i-0b") ? "" : "there is no longer an instance i-0b"' +
        ']), [for id in self.ids : "${id} is new" if !contains(["i-02","i-0b"], id)]))}. ' +
        AGAIN,
    );
  });
});

it("wants a node's data volume to be of its size, where it has one", () => {
  const spec = aSpec({ rootVolumeGiB: 4, dataVolumeGiB: 200 });
  const [data] = dataSources(guard({ nodes: [aNode(0, { spec })], strays: [] }), "aws_instance");
  const { condition, error_message: message } = checkOf(data);
  const sizes =
    'join(" ", [for device in self.ebs_block_device : tostring(device.volume_size) if device.device_name == "/dev/xvdb"])';
  expect(condition).toContain(` && ${sizes} == "200" && `);
  expect(message).toContain("the GiB of its data volume are ${");
});

describe("the check of a node", () => {
  const stack = guard({ nodes: [aNode(0), aNode(3)], strays: ["i-0b"] });
  const data = stack.data?.["aws_instance"] ?? {};

  it("reads each node by its id once the fleet is known to be the same, and no stray", () => {
    expect(Object.values(data).map(({ instance_id: id }) => id)).toEqual(["i-00", "i-03"]);
    for (const node of Object.values(data)) {
      expect(node["get_user_data"]).toBe(true);
      expect(node["depends_on"]).toEqual([expect.stringMatching(/^data\.aws_instances\.guard_/)]);
    }
  });

  it("compares all of the spec, and whether the node kept running", () => {
    const hash = createHash("sha256").update(aSpec().userDataBase64).digest("hex");
    const { condition } = checkOf(Object.values(data)[0]);
    expect(condition.slice(2, -1).split(" && ")).toEqual([
      'self.ami == "ami-00000000000000001"',
      'self.instance_type == "r6i.large"',
      `sha256(self.user_data_base64 == null ? "" : self.user_data_base64) == "${hash}"`,
      'join(" ", [for device in self.root_block_device : tostring(device.volume_size)]) == "100"',
      'self.launch_time == "2026-03-01T10:20:30Z"',
      'contains(["running"], self.instance_state)',
    ]);
  });

  it("names the node, what changed of it, and what to do", () => {
    const { error_message: message } = checkOf(Object.values(data)[1]);
    expect(message).toMatch(/^Node 3 \(i-03\) changed: \$\{join\("; ", compact\(\[self\.ami == /);
    expect(message).toContain('"its AMI is ${self.ami}, not ami-00000000000000001"');
    expect(message).toContain('"its instance type is ${self.instance_type}, not r6i.large"');
    expect(message).toContain('"its user data is another"');
    expect(message).toContain("the GiB of its root volume are ${");
    expect(message).toContain(
      "it was last started at ${self.launch_time}, not 2026-03-01T10:20:30",
    );
    expect(message).toContain('"it is ${self.instance_state}, not running"');
    expect(message.endsWith(`. ${AGAIN}`)).toBe(true);
  });

  it.each([
    ["pending", '["pending","running"]'],
    ["running", '["running"]'],
    ["stopping", '["stopping","stopped"]'],
    ["stopped", '["stopping","stopped"]'],
  ] as const)("lets a node that was %s become one of %s", (state, states) => {
    const [node] = dataSources(guard({ nodes: [aNode(0, { state })], strays: [] }), "aws_instance");
    expect(checkOf(node).condition).toContain(`contains(${states}, self.instance_state)`);
  });
});

describe("a guard", () => {
  it("wants the address of a slot without a node free, or still held by what was seen going", () => {
    const address = (slot: number, heldBy: string | null) => ({
      slot,
      networkInterfaceId: `eni-0${slot}`,
      allocationId: null,
      heldBy,
    });
    const stack = guard({
      nodes: [aNode(0)],
      strays: [],
      addresses: [address(0, "i-00"), address(1, null), address(2, "i-0a")],
    });
    const data = dataSources(stack, "aws_network_interface");
    expect(data.map(({ id }) => id)).toEqual(["eni-01", "eni-02"]);
    expect(data.map((one) => checkOf(one).condition)).toEqual([
      '${try(one(self.attachment).instance_id, "") == ""}',
      '${try(one(self.attachment).instance_id, "") == "i-0a"}',
    ]);
    expect(checkOf(data[0]).error_message).toBe(
      "Slot 1 had no node and its interface eni-01 was held by nothing; it is held by " +
        '${try(one(self.attachment).instance_id, "") == "" ? "nothing" : try(one(self.attachment).instance_id, "")} now. ' +
        AGAIN,
    );
  });

  it("refuses addresses that are none", () => {
    const addresses = [
      { slot: 1, networkInterfaceId: "${x}", allocationId: "${y}", heldBy: "${z}" },
      { slot: 1, networkInterfaceId: "eni-0", allocationId: "eipalloc-0", heldBy: null },
    ];
    expect(() => guard({ nodes: [], strays: [], addresses })).toThrow(
      "other/guard: observed.addresses: slot must be unique, got [1,1]; " +
        'observed.addresses: networkInterfaceId of slot 1 must be an ENI\'s id, got "${x}"; ' +
        'observed.addresses: allocationId of slot 1 must be an EIP\'s allocation id, got "${y}"; ' +
        'observed.addresses: heldBy of slot 1 must be an instance\'s id, got "${z}"',
    );
  });

  it("is the same whatever the order of what was observed", () => {
    const nodes = [aNode(0), aNode(1)];
    expect(guard({ nodes: [...nodes].reverse(), strays: ["i-0c", "i-0b"] })).toEqual(
      guard({ nodes, strays: ["i-0b", "i-0c"] }),
    );
  });

  it("refuses what can't be an observation, all at once", () => {
    const nodes = [
      aNode(0, { instanceId: "${x}", launchTime: "yesterday" }),
      aNode(0, { spec: aSpec({ amiId: "", instanceType: 'a"b' }) }),
    ];
    expect(() => guard({ nodes, strays: ["i-00"] })).toThrow(
      'other/guard: observed: instanceId must be an instance\'s id, got "${x}"; ' +
        'observed: instanceId must be unique, got ["${x}","i-00","i-00"]; ' +
        "observed.nodes: slot must be unique, got [0,0]; " +
        'observed.nodes: launchTime of slot 0 must be ISO 8601 in UTC, got "yesterday"; ' +
        'observed.nodes: spec of slot 0 must have an AMI and an instance type, got " a\\"b"',
    );
  });
});

describe("a fleet of somebody else's app", () => {
  const fleet = (observed?: ObservedFleet) =>
    synthesizeConstructs((stack) => {
      new StaticNodeFleet(stack, "fleet", {
        name: "n",
        environment: "test",
        nodes: [],
        subnets: new Map(),
        securityGroups: [],
        instanceProfile: new IamInstanceProfile(stack, "profile", { name: "node" }),
        observed,
      });
    });

  it("is not checked unless it says what was observed", () => {
    expect(fleet()).not.toHaveProperty("data");
    expect(dataSources(fleet({ nodes: [], strays: [] }), "aws_instances")).toHaveLength(1);
  });
});

describe("an environment's stack", () => {
  const environment = aRoutedEnvironment();
  const plan = aPlan({ observed: { nodes: [aNode(1), aNode(7)], strays: [] } });
  const stack = synthesize(environment, plan);

  it("checks every observed node, also one that goes", () => {
    const ids = dataSources(stack, "aws_instance").map(({ instance_id: id }) => id);
    expect(ids).toEqual(["i-01", "i-07"]);
  });

  it("lets the checks go before each instance, also where only that is targeted", () => {
    const checksOf = (slot: number) =>
      (resourceAt(stack, "aws_instance", `fleet/node-${slot}/Resource`)["depends_on"] as string[])
        .filter((name) => name.startsWith("data."))
        .map((name) => name.replace(/_[0-9A-F]{8}$/, ""));
    expect(checksOf(0)).toEqual(["data.aws_instances.fleet_guard"]);
    expect(checksOf(1)).toEqual([
      "data.aws_instances.fleet_guard",
      "data.aws_instance.fleet_guard_node-1",
    ]);
  });

  it("changes each PoP's service after all instances", () => {
    const [[local, instances] = ["", []]] = Object.entries(stack.locals ?? {});
    expect(instances).toEqual([
      expect.stringMatching(/^\$\{aws_instance\.fleet_node-0_[0-9A-F]+\.id\}$/),
      expect.stringMatching(/^\$\{aws_instance\.fleet_node-1_[0-9A-F]+\.id\}$/),
      expect.stringMatching(/^\$\{aws_instance\.fleet_node-2_[0-9A-F]+\.id\}$/),
    ]);
    for (const { name } of environment.autopilotSites) {
      const service = resourceAt(stack, "aws_ecs_service", `pop-${name}/Resource`);
      expect(service["depends_on"]).toContain(`local.${local}`);
    }
  });
});
