import { renderViolation } from "../../../lib/verify/verdict";
import { verifyPlan } from "../../../lib/verify/verify-plan";
import { EditedPlan } from "../../fixtures/plans/edited-plan";
import type { ChangeJson } from "../../fixtures/plans/edited-plan";
import { LOSSES } from "../../fixtures/plans/good-changes";
import { recordedPlan, subjectOf } from "../../fixtures/plans/verify-recorded";
import type { RecordedPlan } from "../../fixtures/plans/recorded-plans";

/** Real plans of a live fleet whose nodes are outdated, of which something is lost by hand. */
const messagesOf = (plan: EditedPlan): string[] => plan.verdict().violations.map(renderViolation);

function edited(name: string, facts: Partial<RecordedPlan> = {}): EditedPlan {
  return new EditedPlan({ ...recordedPlan(name), ...facts });
}

/** The recorded facts as if the upgrade plan declared no repair. */
function undeclared(name: string): Partial<RecordedPlan> {
  const { upgradePlan } = recordedPlan(name);
  return { upgradePlan: { ...upgradePlan, repairs: [] } };
}

function replaceNode0(plan: EditedPlan): ChangeJson {
  const node = plan.at("aws_instance", "node-0");
  plan.replace(node, "ami", { ami: "ami-0123456789abcdef0" });
  return node;
}

describe.each([LOSSES.association, LOSSES.networkInterface, LOSSES.elasticIp])("%s", (name) => {
  it("is refused where the upgrade plan declares no repair", () => {
    expect(messagesOf(edited(name, undeclared(name)))).not.toEqual([]);
  });

  it("is refused where nothing was observed", () => {
    const { proved, violations } = verifyPlan({
      ...subjectOf(recordedPlan(name)),
      observation: null,
    });
    expect(proved).toBe(false);
    expect(violations.map(({ what }) => what)).toContainEqual(
      expect.stringContaining("address would not be made whole") as string,
    );
  });

  it("is refused together with another node's change", () => {
    const plan = edited(name);
    const node = replaceNode0(plan);
    expect(plan.verdict().violations).toContainEqual(
      expect.objectContaining({
        rule: "addresses",
        addresses: expect.arrayContaining([node.address]) as string[],
        what: expect.stringMatching(
          /^node [12]'s address would be mended while other nodes are changed$/,
        ) as string,
      }),
    );
  });

  it("is refused where Terraform doesn't do it", () => {
    const plan = edited(name);
    for (const { change, type } of plan.plan.resource_changes) {
      const isAddress = ["aws_eip", "aws_network_interface"].includes(type);
      if (isAddress && change.actions.join() === "update") change.actions = ["no-op"];
    }
    plan.plan.resource_changes = plan.plan.resource_changes.filter(
      ({ type, change }) =>
        !["aws_eip", "aws_network_interface"].includes(type) || change.actions.join() !== "create",
    );
    expect(plan.verdict().violations.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/^node [12]'s address would not be made whole \(/) as string,
    );
  });
});

describe("an EIP that goes back on its ENI", () => {
  it("goes on no other slot's", () => {
    const plan = edited(LOSSES.association);
    const eip = plan.at("aws_eip", "node-1");
    const other = plan.at("aws_network_interface", "node-2");
    plan.update(
      eip,
      { network_interface: other.change.before?.["id"] },
      { network_interface: `\${${other.address}.id}` },
    );
    expect(messagesOf(plan)).toContainEqual(
      expect.stringContaining("node 1's EIP would be given other addresses or another place"),
    );
  });

  it("changes in nothing else", () => {
    const plan = edited(LOSSES.association);
    const eip = plan.at("aws_eip", "node-1");
    plan.say(eip, { associate_with_private_ip: "10.99.0.200" });
    expect(messagesOf(plan)).toContainEqual(
      expect.stringContaining("node 1's EIP would be given other addresses or another place"),
    );
  });

  it("is the one that was observed", () => {
    const plan = edited(LOSSES.association);
    const { change } = plan.at("aws_eip", "node-1");
    change.before = { ...change.before, id: "eipalloc-0f" };
    expect(plan.verdict().proved).toBe(false);
  });

  it("is declared of its own slot", () => {
    const { upgradePlan } = recordedPlan(LOSSES.association);
    const repairs = [{ slot: 2, parts: ["association" as const] }];
    const plan = edited(LOSSES.association, { upgradePlan: { ...upgradePlan, repairs } });
    expect(plan.verdict().violations).toContainEqual(
      expect.objectContaining({ addresses: [plan.at("aws_eip", "node-1").address] }),
    );
  });
});

describe("an ENI that is made again", () => {
  it.each([
    ["private_ips", ["10.99.0.77"]],
    ["ipv6_addresses", ["2001:db8::77"]],
  ])("has the %s that it had", (name, value) => {
    const plan = edited(LOSSES.networkInterface);
    const eni = plan.at("aws_network_interface", "node-2");
    plan.say(eni, { [name]: value });
    expect(plan.verdict().violations).toContainEqual(
      expect.objectContaining({
        rule: "addresses",
        addresses: [eni.address],
        attributes: [name],
        what: expect.stringContaining("would be made again with other addresses") as string,
      }),
    );
  });
});

describe("an address that the state has lost", () => {
  const imported = (plan: EditedPlan): ChangeJson[] =>
    plan.plan.resource_changes.filter(({ change }) => change.importing !== undefined);

  it("is taken back, and not where the stack doesn't ask for it", () => {
    const plan = edited(LOSSES.state);
    expect(imported(plan).map(({ type }) => type)).toEqual(["aws_eip", "aws_network_interface"]);
    plan.stack["import"] = [];
    expect(plan.verdict().violations).toHaveLength(2);
  });

  it("is its own, as it was observed", () => {
    const plan = edited(LOSSES.state);
    const [eip] = imported(plan);
    const id = "eipalloc-0f";
    eip!.change.importing = { id };
    plan.stack["import"] = (plan.stack["import"] as { to: string; id: string }[]).map((each) =>
      each.to === eip!.address ? { ...each, id } : each,
    );
    expect(messagesOf(plan)).toEqual([
      expect.stringContaining("it isn't an address that was observed of this slot"),
    ]);
  });

  it("is not made anew instead", () => {
    const plan = edited(LOSSES.state);
    for (const { change } of imported(plan)) {
      change.actions = ["create"];
      change.before = null;
      delete change.importing;
    }
    const what = ["node 1's EIP would be created", "node 1's ENI would be created"];
    expect(plan.verdict().violations.map((each) => each.what)).toEqual(
      expect.arrayContaining(what),
    );
  });
});
