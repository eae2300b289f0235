import type { Observation } from "../../../lib/observe/observation";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import type { PlanOptions } from "../../../lib/plan/plan-upgrade";
import { simulateWave } from "../../../lib/plan/simulate/simulate-wave";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";
import { resourcesOf, synthesize } from "../../fixtures/synthesize";
import { emptyObservation } from "../../support/fleet";

const environment = aRoutedEnvironment();
const desired = desiredFleet(environment);
const nothing = emptyObservation({ environment: environment.name });
const fleet = simulateWave(nothing, planUpgrade(desired, nothing));

type Remembered = NonNullable<Observation["remembered"]>;

function stackOf(observation: Observation, options: PlanOptions = {}) {
  return synthesize(environment, planUpgrade(desired, observation, options));
}

/** The record that a deploy writes, by slot. */
function writtenFrom(observation: Observation, options?: PlanOptions): Remembered {
  const [object] = resourcesOf(stackOf(observation, options), "aws_s3_object");
  expect(object).toMatchObject({ key: "addresses.json", content_type: "application/json" });
  const { remembered, ...head } = JSON.parse(String(object?.["content"])) as {
    remembered: Remembered;
  };
  expect(head).toEqual({ formatVersion: 1, environment: environment.name });
  return remembered;
}

const isReference = (value: unknown) => String(value).startsWith("${");

it("takes of a new slot what Terraform makes", () => {
  for (const { slot, availabilityZone, ...made } of writtenFrom(nothing)) {
    expect(slot).toBeGreaterThanOrEqual(0);
    expect(availabilityZone).toMatch(/^us-east-2/);
    const { privateIpv4, ...others } = made;
    expect(isReference(privateIpv4)).toBe(false);
    expect(Object.values(others).every(isReference)).toBe(true);
  }
});

it("writes of a slot that exists what was observed, so that no apply forgets what it loses", () => {
  const remembered = writtenFrom(fleet);
  expect(remembered.map(({ slot }) => slot)).toEqual([0, 1, 2]);
  expect(JSON.stringify(remembered)).not.toContain("${");
  expect(remembered.map(({ publicIpv4 }) => publicIpv4).sort()).toEqual(
    fleet.elasticIps.map(({ publicIpv4 }) => publicIpv4).sort(),
  );
});

it("writes the same again from what it has written", () => {
  const remembered = writtenFrom(fleet);
  expect(writtenFrom({ ...fleet, remembered })).toEqual(remembered);
});

it("keeps of an ENI that is gone all but its id", () => {
  const remembered = writtenFrom(fleet);
  const before = remembered[2]!;
  const after = writtenFrom({
    ...fleet,
    remembered,
    instances: fleet.instances.filter(({ slot }) => slot !== 2),
    networkInterfaces: fleet.networkInterfaces.filter(({ slot }) => slot !== 2),
    elasticIps: fleet.elasticIps.map((e) =>
      e.slot === 2 ? { ...e, networkInterfaceId: null } : e,
    ),
    health: { source: "ecs", containerInstances: [], services: [], tasks: [] },
  })[2]!;
  expect(isReference(after.networkInterfaceId)).toBe(true);
  expect({ ...after, networkInterfaceId: before.networkInterfaceId }).toEqual(before);
});

it("takes another EIP only where a person accepts it", () => {
  const elasticIps = fleet.elasticIps.filter(({ slot }) => slot !== 1);
  const [, slot1] = writtenFrom({ ...fleet, elasticIps }, { acceptNewAddress: [1] });
  expect([slot1?.allocationId, slot1?.publicIpv4].every(isReference)).toBe(true);
});

it("lets Terraform ask EC2 for no other address than the slot's own", () => {
  const eips = resourcesOf(stackOf(fleet), "aws_eip");
  expect(eips.map(({ address }) => address).sort()).toEqual(
    fleet.elasticIps.map(({ publicIpv4 }) => publicIpv4).sort(),
  );
  // For an EIP that is there the argument would mean another one.
  for (const { lifecycle } of eips)
    expect(lifecycle).toMatchObject({ ignore_changes: ["address"] });
  for (const eip of resourcesOf(stackOf(nothing), "aws_eip"))
    expect(eip).not.toHaveProperty("address");
});
