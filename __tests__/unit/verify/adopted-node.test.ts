import { EditedPlan } from "../../fixtures/plans/edited-plan";
import { recordedPlan } from "../../fixtures/plans/verify-recorded";

type Values = Record<string, unknown>;

/** A plan that does nothing, but that Terraform refreshed node 1 from what the state held of it. */
function refreshedFrom(stateOf: (instance: Values) => Values) {
  const plan = new EditedPlan(recordedPlan("nothing to do"));
  const node = plan.at("aws_instance");
  const after = node.change.before ?? {};
  const change = { ...node.change, actions: ["update"], before: stateOf(after), after };
  plan.plan.resource_drift = [{ ...node, change }];
  return { plan, node };
}

const adopted = ({ id, user_data_base64, network_interface }: Values): Values => ({
  ...{ id, user_data_base64, network_interface, user_data_replace_on_change: true },
});

it("is no drift where the state held its id alone", () => {
  const { plan } = refreshedFrom(adopted);
  expect(plan.verdict().violations).toEqual([]);
});

it("may get its volume's tags, though the stack is silent about the rest of the volume", () => {
  const { plan, node } = refreshedFrom(adopted);
  const [volume] = (node.change.before ?? {})["root_block_device"] as Values[];
  expect(volume).toHaveProperty("device_name");
  const untagged = { ...volume, tags: {} };
  node.change.actions = ["update"];
  node.change.before = { ...node.change.before, root_block_device: [untagged] };
  expect(plan.verdict().violations).toEqual([]);

  const other = { ...volume, device_name: "/dev/sdz" };
  node.change.after = { ...node.change.after, root_block_device: [other] };
  expect(plan.verdict().proved).toBe(false);
});

it("is refused what somebody gave to a node that Terraform made, though it had nothing of it", () => {
  const { plan, node } = refreshedFrom((instance) => ({ ...instance, key_name: "" }));
  const [drift] = plan.plan.resource_drift ?? [];
  if (drift) drift.change.after = { ...drift.change.after, key_name: "somebody" };
  const refusals = plan.verdict().violations.filter(({ rule }) => rule === "drift");
  expect(refusals.map(({ addresses }) => addresses)).toEqual([[node.address]]);
});
