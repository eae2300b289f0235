import { RoutedError } from "../../../lib/errors";
import { renderSummary } from "../../../lib/plan/render/render-summary";
import { fleetView } from "../../../lib/rollout/fleet-view";
import { parseTerraformPlan } from "../../../lib/terraform/plan";
import { driftOf } from "../../../lib/verify/drift/drift";
import { renderDriftJson } from "../../../lib/verify/drift/render-drift";
import { FAULTS } from "../../support/faulty/faults";
import { harmOf } from "../../support/faulty/harm";
import { draftOf, fleetWith, openSlots, planOf } from "../../support/faulty/table";

/*
 * Plan, deploy, verify, drift and status each speak for themselves here: the deploy by the synthesized
 * stack's pins, verify by Terraform's plan, drift and status by what they print. docs/faults.md shows it.
 */
describe("an ENI that has lost its IPv6", () => {
  const edited = async (change: Readonly<Record<string, unknown>>) => {
    const found = await planOf(fleetWith("the ENI has lost its IPv6 address"));
    if (found instanceof RoutedError) throw found;
    const draft = draftOf(found);
    const eni = draft.at("aws_network_interface.node-1");
    eni.change.after = { ...eni.change.after, ...change };
    return draft.verdict().proved;
  };

  it("gets that back, and no other, and nothing else", async () => {
    expect(await edited({})).toBe(true);
    expect(await edited({ ipv6_addresses: ["2001:db8::77"] })).toBe(false);
    expect(await edited({ private_ips: ["10.64.1.77"] })).toBe(false);
    expect(await edited({ ipv6_addresses: [] })).toBe(false);
  });
});

describe.each(Object.keys(FAULTS))("%s", (fault) => {
  it("is harmless, and all five agree on it", async () => {
    const fleet = fleetWith(fault);
    const found = await planOf(fleet);
    if (found instanceof RoutedError) {
      // Nothing is synthesized for what isn't planned: there is nothing to disagree on.
      expect(["address-lost", "contradiction", "unreadable-aws"]).toContain(found.code);
      return;
    }
    const { plan } = found;
    expect(harmOf(fleet, plan)).toEqual([]);

    const changed = plan.decisions.filter(({ action }) => ["create", "upgrade"].includes(action));
    expect(openSlots(found)).toEqual(changed.map(({ slot }) => slot));

    const draft = draftOf(found);
    expect(draft.verdict().violations).toEqual([]);
    const kept = plan.decisions.find(
      ({ action, why }) => action === "keep" && why.kind !== "going",
    );
    draft.edit(`aws_instance.node-${kept?.slot}`, { ami: "ami-0bad0bad" }, "replace");
    expect(draft.verdict().proved).toBe(false);

    const terraform = parseTerraformPlan(JSON.stringify(draftOf(found).json), "plan.json");
    const drift = JSON.parse(renderDriftJson(driftOf(terraform), plan)) as object;
    expect(drift).toMatchObject({
      pending: { status: plan.status, summary: renderSummary(plan) },
      ...(plan.repairs === undefined ? {} : { repairs: plan.repairs }),
    });

    const { slots, summary } = fleetView(found);
    expect(summary).toBe(renderSummary(plan));
    expect(slots.flatMap(({ available, slot }) => (available ? [] : slot))).toEqual(
      plan.decisions.flatMap(({ slot, unavailable }) => (unavailable === null ? [] : slot)),
    );
  });
});
