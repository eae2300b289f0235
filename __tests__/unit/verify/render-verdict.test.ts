import { renderVerdict, renderVerdictJson } from "../../../lib/verify/render-verdict";
import { withNewAmi } from "../../support/fleet";
import { aPoppedEnvironment, deployed, Draft } from "./a-plan";

const environment = aPoppedEnvironment();

function aDraft(): Draft {
  return Draft.of(environment, withNewAmi(deployed(environment)));
}

it("shows what is proved, node by node", () => {
  expect(`\n${renderVerdict(aDraft().verdict())}`).toBe(`
test: proved: 1 of at most 1 nodes disrupted, all as the upgrade plan decided
┌──────┬─────────┬───────────┬────────────────────────┬─────────────────────┐
│ node │ decided │ Terraform │ unavailable for a time │ resource            │
├──────┼─────────┼───────────┼────────────────────────┼─────────────────────┤
│ 0    │ upgrade │ replace   │ yes                    │ aws_instance.node-0 │
├──────┼─────────┼───────────┼────────────────────────┼─────────────────────┤
│ 1    │ keep    │ no change │ no                     │ aws_instance.node-1 │
├──────┼─────────┼───────────┼────────────────────────┼─────────────────────┤
│ 2    │ keep    │ no change │ no                     │ aws_instance.node-2 │
└──────┴─────────┴───────────┴────────────────────────┴─────────────────────┘
all resources: 0 created, 0 changed in place, 1 replaced, 0 destroyed`);
});

it("ends with a line for each refusal", () => {
  const draft = aDraft()
    .destroy("aws_vpc.network")
    .edit("aws_ecs_service.pop1", { propagate_tags: "SERVICE" });
  const lines = renderVerdict(draft.verdict()).split("\n");
  expect(lines[0]).toBe("test: not proved: don't apply this plan, for 1 reason below");
  expect(lines.slice(-2)).toEqual([
    "all resources: 0 created, 1 changed in place, 1 replaced, 1 destroyed; new tasks for pop1",
    "refused: aws_vpc.network: the VPC would be destroyed (it is not in the synthesized stack), but nodes or PoPs depend on it; restore it in the stack",
  ]);
});

it("says that nobody looked at the tasks where the health gate was overridden", () => {
  const { upgradePlan } = aDraft();
  const ignored = new Draft(environment, { ...upgradePlan, healthIgnored: true });
  expect(renderVerdict(ignored.verdict())).toContain(
    "WARNING: the health gate was overridden when this plan was made: no PoP's tasks were looked at",
  );
});

it("gives the same as data", () => {
  const data = JSON.parse(
    renderVerdictJson(aDraft().destroy("aws_eip.node-1").verdict()),
  ) as Record<string, unknown>;
  expect(data).toMatchObject({
    environment: "test",
    proved: false,
    facts: { maxUnavailableNodes: 1 },
  });
  expect((data["violations"] as object[]).at(-1)).toEqual({
    rule: "addresses",
    addresses: ["aws_eip.node-1"],
    attributes: [],
    what: "node 1's EIP would be destroyed (it is not in the synthesized stack)",
    why: "addresses outlive nodes",
    remedy: "restore it in the stack; only removing a node from the config may remove its address",
    message:
      "aws_eip.node-1: node 1's EIP would be destroyed (it is not in the synthesized stack), but addresses outlive nodes; restore it in the stack; only removing a node from the config may remove its address",
  });
});
