import { renderViolation } from "../../../lib/verify/verdict";
import { aPoppedEnvironment, created, deployed, Draft, nodeValues } from "./a-plan";

/** Slots that the upgrade plan leaves as they are: without a node, or with one that shuts down. */
const environment = aPoppedEnvironment();
const observed = deployed(environment);
const node2 = observed.instances.find(({ slot }) => slot === 2);
if (node2 === undefined) throw new Error("there are three nodes");
const free = observed.networkInterfaces.map((eni) =>
  eni.slot === 2 ? { ...eni, instanceId: null } : eni,
);

/** An address without a node, in a slot that is frozen. */
function empty(fleet: object = {}, aws: object = {}): Draft {
  const instances = observed.instances.filter(({ slot }) => slot !== 2);
  const frozen = aPoppedEnvironment({
    fleet: { ...environment.fleet, frozenNodes: [2], ...fleet },
    aws: { ...environment.aws, ...aws },
  });
  return Draft.of(frozen, { ...observed, instances, networkInterfaces: free });
}

/** A node that shuts down: it holds its address until it is gone. */
function going(): Draft {
  const instances = observed.instances.map((each) =>
    each.slot === 2 ? { ...each, state: "shutting-down" as const } : each,
  );
  return Draft.of(environment, { ...observed, instances });
}

const messages = (draft: Draft): string =>
  draft.verdict().violations.map(renderViolation).join("\n");

it("proves that both are left as they are", () => {
  expect(empty().upgradePlan.decisions[2]).toMatchObject({ action: "leave", exists: true });
  expect(going().upgradePlan.decisions[2]).toMatchObject({
    action: "keep",
    why: { kind: "going" },
  });
  expect(messages(empty())).toBe("");
  expect(messages(going())).toBe("");
});

it.each([
  ["an address without a node", empty],
  ["the address of a node that shuts down", going],
])("refuses that %s goes, moves, or changes", (_, draft) => {
  expect(messages(draft().destroy("aws_eip.node-2"))).toContain("node 2's EIP would be destroyed");
  expect(messages(draft().destroy("aws_network_interface.node-2"))).toContain(
    "node 2's ENI would be destroyed",
  );
  const moved = draft().edit("aws_eip.node-2", { network_interface: "eni-0" });
  expect(messages(moved)).toContain("given other addresses or another place");
  const replaced = draft().edit("aws_network_interface.node-2", { private_ips: ["x"] }, "replace");
  expect(messages(replaced)).toContain("node 2's ENI would be replaced");
});

it("refuses a node in a slot that stays empty, and another beside one that shuts down", () => {
  const values = nodeValues(2, null, {
    amiId: node2.amiId,
    instanceType: node2.instanceType,
    userDataBase64: "",
    rootVolumeGiB: 100,
  });
  const launched = empty();
  launched.json.resource_changes.push(created("aws_instance.node-2", values));
  expect(messages(launched)).toContain(
    "node 2 would be created, but the upgrade plan leaves the slot",
  );
  const again = going();
  Object.assign(again.at("aws_instance.node-2"), created("aws_instance.node-2", values));
  expect(messages(again)).toContain("another instance would be launched for node 2");
});

it("refuses that nobody looks whether an empty slot still is, and whether a node that goes still does", () => {
  for (const draft of [empty(), going()]) {
    draft.json.checks = draft.json.checks.filter(
      ({ address }) => !address.to_display.startsWith("data.aws_network_interface."),
    );
    expect(messages(draft)).toContain("the address of slot 2, which has no node,");
  }
});

it("keeps the subnet of an empty slot's address, also in a zone that the config no longer names", () => {
  const draft = empty({}, { availabilityZones: ["us-east-2a", "us-east-2b"] });
  expect(draft.upgradePlan.decisions[2]).toMatchObject({ availabilityZone: "us-east-2c" });
  draft.json.resource_changes.push({
    ...created("aws_subnet.us-east-2c", {}),
    change: {
      actions: ["delete"],
      before: { id: "subnet-us-east-2c", availability_zone: "us-east-2c" },
      after: null,
      after_unknown: {},
    },
  });
  expect(messages(draft)).toContain("a subnet would be destroyed");
});
