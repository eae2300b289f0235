import { checkAddresses } from "../../../../lib/verify/checks/check-addresses";
import { renderViolation } from "../../../../lib/verify/verdict";
import { desiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import { aPoppedEnvironment, created, deployed, Draft } from "../a-plan";
import type { ChangeJson } from "../a-plan";

const environment = aPoppedEnvironment();
const aDraft = (): Draft => Draft.of(environment, deployed(environment));
const REMEDY =
  "restore it in the stack; only removing a node from the config may remove its address";

const violationsOf = (draft: Draft) => checkAddresses(draft.subject());
const messagesOf = (draft: Draft): string[] => violationsOf(draft).map(renderViolation);

/** ENI 0's groups, as they would be. */
function withGroups(draft: Draft, groups: unknown, unknown = false): Draft {
  draft.edit("aws_network_interface.node-0", { security_groups: groups });
  if (unknown)
    draft.at("aws_network_interface.node-0").change.after_unknown = { security_groups: true };
  return draft;
}

it("lets an address be as it is, be made, and be tagged with more", () => {
  const draft = aDraft().edit("aws_eip.node-1", {
    tags: { "routed:node": "1", Name: "another" },
  });
  draft.json.resource_changes.push(created("aws_eip.new", { tags: { "routed:node": "3" } }));
  expect(messagesOf(draft)).toEqual([]);
});

it("refuses one that goes, says how and why, and what of it does that", () => {
  const draft = aDraft()
    .edit("aws_network_interface.node-0", { private_ips: ["10.64.0.17"] }, "replace")
    .destroy("aws_eip.node-1");
  expect(violationsOf(draft)).toEqual([
    {
      rule: "addresses",
      addresses: ["aws_network_interface.node-0"],
      attributes: ["private_ips[0]"],
      what: "node 0's ENI would be replaced (private_ips[0] 10.64.0.16 → 10.64.0.17)",
      why: "addresses outlive nodes",
      remedy: REMEDY,
    },
    {
      rule: "addresses",
      addresses: ["aws_eip.node-1"],
      attributes: [],
      what: "node 1's EIP would be destroyed (it is not in the synthesized stack)",
      why: "addresses outlive nodes",
      remedy: REMEDY,
    },
  ]);
});

it("leaves an association to the judge of unknown types, who refuses it", () => {
  const draft = aDraft();
  const association = { allocation_id: "eipalloc-2", tags: {} };
  const gone: ChangeJson = {
    address: "aws_eip_association.node-2",
    mode: "managed",
    type: "aws_eip_association",
    change: { actions: ["delete"], before: association, after: null, after_unknown: {} },
  };
  draft.json.resource_changes.push(gone);
  expect(violationsOf(draft)).toEqual([]);
  expect(draft.verdict().violations).toMatchObject([
    { rule: "foundation", addresses: [gone.address] },
  ]);
});

it("lets a slot's that is removed be destroyed, and nothing else of it", () => {
  const four = { ...environment, fleet: { ...environment.fleet, nodes: 4 } };
  const plan = planUpgrade(desiredFleet(environment), deployed(four));
  expect(plan.decisions[3]?.action).toBe("remove");
  expect(messagesOf(new Draft(environment, plan))).toEqual([]);
  const replaced = new Draft(environment, plan);
  const { change } = replaced.at("aws_eip.node-3");
  change.actions = ["delete", "create"];
  change.after = change.before;
  expect(violationsOf(replaced).map(({ what }) => what)).toEqual([
    "node 3's EIP would be replaced (it is not in the synthesized stack)",
  ]);
  const forgotten = new Draft(environment, plan);
  forgotten.at("aws_eip.node-3").change.actions = ["forget"];
  expect(violationsOf(forgotten).map(({ what }) => what)).toEqual([
    "node 3's EIP would be forgotten by Terraform (it is not in the synthesized stack)",
  ]);
});

it("refuses one that is given to another slot, even where it goes too", () => {
  const draft = aDraft().edit("aws_eip.node-1", { tags: { "routed:node": "2" } });
  expect(violationsOf(draft)).toEqual([
    {
      rule: "addresses",
      addresses: ["aws_eip.node-1"],
      attributes: ["tags"],
      what: "node 1's EIP would no longer be tagged as node 1's",
      why: "the tag routed:node tells whose an address is",
      remedy: REMEDY,
    },
  ]);
});

it("refuses what readdresses it in place, with what does", () => {
  const draft = aDraft().edit("aws_network_interface.node-0", {
    private_ips: ["10.64.0.17"],
    security_groups: [],
  });
  const [violation, ...others] = violationsOf(draft);
  expect(others).toEqual([]);
  expect(violation).toMatchObject({
    attributes: ["private_ips[0]"],
    why: "an address stays where and what it is",
  });
  expect(violation?.what).toMatch(
    /^node 0's ENI would be .* \(private_ips\[0\] 10\.64\.0\.16 → 10\.64\.0\.17\)$/,
  );
});

describe("security groups", () => {
  it("may be added, reordered, and not be known yet", () => {
    expect(
      messagesOf(withGroups(aDraft(), ["sg-bgp-1", "sg-new", "sg-bgp-0", "sg-nodes"])),
    ).toEqual([]);
    expect(messagesOf(withGroups(aDraft(), undefined, true))).toEqual([]);
    expect(messagesOf(aDraft().edit("aws_network_interface.node-0", { description: "x" }))).toEqual(
      [],
    );
  });

  it("may be left where nothing of the stack lets traffic in by them", () => {
    const draft = withGroups(aDraft(), ["sg-nodes", "sg-bgp-0"]);
    draft.edit("aws_security_group.bgp-1", { ingress: [] });
    const group = draft.at("aws_security_group.bgp-1").change;
    // Its rules for what goes out let nobody in.
    group.after = { ...group.after, egress: group.before?.["ingress"] };
    expect(messagesOf(draft)).toEqual([]);
  });

  it.each([
    ["aws_security_group", "sg-bgp-1"],
    ["aws_vpc_security_group_ingress_rule", "sg-nodes"],
    ["aws_vpc_security_group_egress_rule", "sg-nodes"],
  ])("of which a %s makes rules may not be left", (type, group) => {
    const draft = aDraft();
    draft.json.resource_changes = draft.json.resource_changes.filter(
      (change) => change.type === type || change.type === "aws_network_interface",
    );
    const own = draft.json.resource_changes.find((change) => change.type === type);
    const attribute = type === "aws_security_group" ? "id" : "security_group_id";
    if (own) own.change.after = { ...own.change.after, [attribute]: group };
    const rest = ["sg-nodes", "sg-bgp-0", "sg-bgp-1"].filter((each) => each !== group);
    const others = draft.json.resource_changes.filter((each) => each.type !== type || each === own);
    draft.json.resource_changes = others;
    const changed = withGroups(draft, rest);
    expect(violationsOf(changed)).toEqual([
      {
        rule: "addresses",
        addresses: ["aws_network_interface.node-0"],
        attributes: ["security_groups"],
        what: `node 0's ENI would leave the security groups ${group}`,
        why: "their rules let traffic in",
        remedy: REMEDY,
      },
    ]);
  });

  it("are all named, and all are left where the list is none", () => {
    const whats = (groups: unknown) =>
      violationsOf(withGroups(aDraft(), groups)).map(({ what }) => what);
    const what = "node 0's ENI would leave the security groups sg-nodes, sg-bgp-1";
    expect(whats(null)).toEqual([what]);
    expect(whats(["sg-other", 7, "sg-bgp-0"])).toEqual([what]);
  });
});
