import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import { desiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import { checkBudget, disruptedNodes } from "../../../../lib/verify/checks/check-budget";
import type { VerifySubject } from "../../../../lib/verify/subject";
import { withoutInstance } from "../../../support/fleet";
import { aPoppedEnvironment, created, deployed, Draft } from "../a-plan";

const environment = aPoppedEnvironment();

const subjectOf = (draft: Draft): VerifySubject => draft.subject();
const aDraft = (): Draft => Draft.of(environment, deployed(environment));
const disrupted = (draft: Draft) =>
  disruptedNodes(subjectOf(draft)).map(({ slot, addresses }) => [slot, ...addresses]);

it("counts no node of which nothing goes, stops or moves", () => {
  const draft = aDraft().edit("aws_instance.node-0", { monitoring: true });
  draft.json.resource_changes.push(created("aws_instance.new", { tags: { "routed:node": "7" } }));
  draft.destroy("aws_lb.api").edit("aws_lb.api", { internal: false }, "replace");
  expect(disrupted(draft)).toEqual([]);
  expect(checkBudget(subjectOf(draft))).toEqual([]);
});

it("counts a node once, by whatever of it is disrupted, in the order of slots", () => {
  const draft = aDraft()
    .edit("aws_instance.node-2", { instance_type: "r7i.large" })
    .edit("aws_instance.node-0", { ami: "ami-x" }, "replace")
    .destroy("aws_eip.node-0")
    .edit("aws_network_interface.node-1", { private_ips: ["10.64.1.17"] });
  draft.json.resource_changes.reverse();
  expect(disrupted(draft)).toEqual([
    [0, "aws_instance.node-0", "aws_eip.node-0"],
    [1, "aws_network_interface.node-1"],
    [2, "aws_instance.node-2"],
  ]);
  expect(checkBudget(subjectOf(draft))).toEqual([
    {
      rule: "budget",
      addresses: [
        "aws_instance.node-0",
        "aws_eip.node-0",
        "aws_network_interface.node-1",
        "aws_instance.node-2",
      ],
      attributes: [],
      what: "3 nodes (0, 1, 2) would be disrupted by one deploy",
      why: "fleet.maxUnavailableNodes is 1",
      remedy: "change one wave's nodes at a time",
    },
  ]);
});

it("lets as many be disrupted as the budget says", () => {
  const draft = aDraft().destroy("aws_instance.node-0", "aws_instance.node-1");
  const subject = subjectOf(draft);
  const within = (maxUnavailableNodes: number): VerifySubject => ({
    ...subject,
    environment: { ...environment, fleet: { ...environment.fleet, maxUnavailableNodes } },
  });
  expect(checkBudget(within(2))).toEqual([]);
  expect(checkBudget(within(1))).toHaveLength(1);
});

it("counts each that no slot owns as a node of its own, after the others", () => {
  const draft = aDraft().destroy("aws_instance.node-0", "aws_instance.node-1", "aws_eip.node-2");
  for (const address of ["aws_instance.node-0", "aws_instance.node-1"]) {
    const { change } = draft.at(address);
    change.before = { ...change.before, tags: {}, tags_all: {} };
  }
  expect(disrupted(draft)).toEqual([
    [2, "aws_eip.node-2"],
    [null, "aws_instance.node-0"],
    [null, "aws_instance.node-1"],
  ]);
  const [violation] = checkBudget(subjectOf(draft));
  expect(violation?.what).toBe(
    "3 nodes (2, of no slot, of no slot) would be disrupted by one deploy",
  );
});

it("doesn't count the address of a slot to be removed that has no instance", () => {
  const four = { ...environment, fleet: { ...environment.fleet, nodes: 4 } };
  const was = deployed(four);
  const plan = (observation: typeof was) => planUpgrade(desiredFleet(environment), observation);
  const empty = new Draft(environment, plan(withoutInstance(was, 3)));
  expect(empty.at("aws_eip.node-3").change.actions).toEqual(["delete"]);
  expect(disrupted(empty)).toEqual([]);
  const full = new Draft(environment, plan(was));
  expect(disrupted(full)).toEqual([
    [3, "aws_network_interface.node-3", "aws_eip.node-3", "aws_instance.node-3"],
  ]);
  // Only what the plan removes: another slot without an instance keeps its address.
  const created = Draft.of(environment, withoutInstance(deployed(environment), 1));
  expect(disrupted(created.destroy("aws_eip.node-1"))).toEqual([[1, "aws_eip.node-1"]]);
});
