import type { Observation } from "../../../../lib/observe/observation";
import { blocksOf } from "../../../../lib/verify/written/block-names";
import { checkWrittenStack } from "../../../../lib/verify/written/check-written-stack";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import { desiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import { simulateWave } from "../../../../lib/plan/simulate/simulate-wave";
import type { UpgradePlan } from "../../../../lib/plan/upgrade-plan";
import { synthesizeToText } from "../../../fixtures/synthesize";
import { withEcs, withNewAmi, withoutInstance } from "../../../support/fleet";
import { aPoppedEnvironment, deployed, Draft } from "../a-plan";

const popped = aPoppedEnvironment();
const spareNodes = 2;
const environment = { ...popped, fleet: { ...popped.fleet, spareNodes } };
const well = (o: Observation): Observation => withEcs(o, [{ pop: "pop1" }, { pop: "pop2" }]);
const before = well(deployed(environment));

const fleet = desiredFleet(environment);
const after = (o: Observation): Observation => well(simulateWave(o, planUpgrade(fleet, o)));

/** "fill 200", "park 200, park 201": what a plan does to slots. */
const changesOf = ({ decisions }: UpgradePlan): string =>
  decisions
    .filter(({ action }) => action !== "keep" && action !== "leave")
    .map(({ action, slot }) => `${action} ${slot}`)
    .join(", ");

/** The observations before each wave of an upgrade. */
const outdated = withNewAmi(before);
const filled = after(outdated);
const one = after(filled);
const two = after(one);
const upgraded = after(two);
const parked = after(upgraded);
const whats = (draft: Draft): string[] => draft.verdict().violations.map(({ what }) => what);

it("proves each wave of an upgrade with spares, two parked at once too", () => {
  const plans = [outdated, filled, one, two, upgraded, parked].map((o) => Draft.of(environment, o));
  expect(plans.map(({ upgradePlan }) => changesOf(upgradePlan))).toEqual([
    "fill 200",
    "upgrade 0",
    "upgrade 1",
    "upgrade 2",
    "park 200",
    "",
  ]);
  for (const draft of plans) expect(whats(draft)).toEqual([]);
  const dead = [0, 1].reduce((o, slot) => withoutInstance(o, slot), before);
  expect(changesOf(planUpgrade(fleet, dead))).toBe("create 0, create 1, fill 200, fill 201");
  const parks = Draft.of(environment, after(dead));
  expect(changesOf(parks.upgradePlan)).toBe("park 200, park 201");
  expect(whats(parks)).toEqual([]);
});

it("proves the deploy that makes spares' addresses, and refuses an instance in it", () => {
  const bare = well(deployed(popped));
  const draft = Draft.of(environment, bare);
  expect(changesOf(draft.upgradePlan)).toBe("allocate 200, allocate 201");
  expect(whats(draft)).toEqual([]);
  const fill = Draft.of(environment, outdated).at("aws_instance.node-200");
  draft.json.resource_changes.push(fill);
  expect(whats(draft)).toContain("node 200 would be created");
});

it("refuses a node that goes while a PoP has no more tasks than there are nodes", () => {
  const draft = Draft.of(environment, filled);
  const unfilled = new Draft(environment, draft.upgradePlan, outdated);
  expect(whats(unfilled)).toContain(
    "too few healthy tasks would be left of pop1 (2 of 3), pop2 (2 of 3)",
  );
  // Who freezes the spares does without them.
  const frozen = { ...environment, fleet: { ...environment.fleet, frozenNodes: [200, 201] } };
  expect(whats(Draft.of(frozen, outdated))).toEqual([]);
});

it("refuses to end a spare's instance that the plan keeps, and to leave one that it parks", () => {
  const kept = Draft.of(environment, filled).destroy("aws_instance.node-200");
  expect(whats(kept)).toContain("node 200 would be destroyed (it is not in the synthesized stack)");
  const parks = Draft.of(environment, upgraded);
  expect(changesOf(parks.upgradePlan)).toBe("park 200");
  const { change } = parks.at("aws_instance.node-200");
  change.actions = ["no-op"];
  change.after = change.before;
  expect(whats(parks)).toContain("node 200 would be left as it is");
});

it("takes it that a parked spare's instance is gone: a deploy was killed after it had ended it", () => {
  const draft = Draft.of(environment, before);
  const { change, ...instance } = Draft.of(environment, filled).at("aws_instance.node-200");
  draft.json.resource_drift.push({
    ...instance,
    change: { ...change, actions: ["delete"], after: null },
  });
  expect(whats(draft)).toEqual([]);
});

it("wants of the written stack the address of a parked spare, and no instance", () => {
  const plan = planUpgrade(fleet, before);
  const json = JSON.parse(synthesizeToText(environment, plan)) as {
    resource: Record<string, Record<string, unknown>>;
  };
  const judge = () => checkWrittenStack({ files: [], json, plan, observation: before });
  expect(judge()).toEqual([]);
  const [type = "", name = ""] = blocksOf(200).networkInterface.split(".");
  delete json.resource[type]?.[name];
  expect(judge().join()).toContain("is missing, so Terraform would destroy what it stands for");
});
