import fc from "fast-check";
import { withAccountNumbersOf } from "../../../lib/observe/account-numbers";
import { canonicalObservation } from "../../../lib/observe/canonical-observation";
import type { Observation, ObservedTask, Whole } from "../../../lib/observe/observation";
import { scrubObservation } from "../../../lib/observe/scrub-observation";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { simulateWave } from "../../../lib/plan/simulate/simulate-wave";
import {
  ACCOUNT,
  arbitraryObservation,
  OBSERVATION_SCHEMA,
} from "../../support/arbitrary-observation";
import type { Schema } from "../../support/arbitrary-from-schema";
import { withEcsChange, withNewAmi } from "../../support/fleet";
import type * as MadeUp from "../../support/made-up-fields";
import { runs } from "../../support/random-tests";
import { aRunningFleet } from "../report/a-report";
import { aPoppedEnvironment } from "../verify/a-plan";
import { anEnvironment } from "../../support/fake-aws/an-environment";

jest.mock("../../../lib/observe/observation.schema.json", () => {
  const { withMadeUpFields } = jest.requireActual<typeof MadeUp>("../../support/made-up-fields");
  return withMadeUpFields(jest.requireActual("../../../lib/observe/observation.schema.json"));
});

/** What is encoded is found by its name, which the schema must give it. */
function misnamed({ items, oneOf, properties = {} }: Schema): string[] {
  const inner = [...(oneOf ?? []), ...(items ? [items] : []), ...Object.values(properties)];
  const own = Object.entries(properties).filter(
    ([name, { contentEncoding }]) => (contentEncoding === "base64") !== name.endsWith("Base64"),
  );
  return [...own.map(([name]) => name), ...inner.flatMap(misnamed)];
}

describe("a field that the schema gets anew", () => {
  it("is scrubbed, and itself again when it is read", () => {
    const ours = anEnvironment();
    const text = fc.constantFrom("1", "2").map((id) => `arn:aws:ecs:us-east-2:${ACCOUNT}:x/${id}`);
    const slotless = ({ instances, ...others }: Observation): Observation => ({
      ...others,
      environment: ours.name,
      health: { ...others.health, ...(others.health.source === "ecs" ? {} : { reason: "x" }) },
      instances: instances.map((each) => ({ ...each, slot: each.slot ?? 0, state: "running" })),
    });
    fc.assert(
      fc.property(arbitraryObservation(text).map(slotless), (observation) => {
        const scrubbed = scrubObservation(observation, ours);
        expect(decoded(scrubbed)).not.toContain(ACCOUNT);
        const back = canonicalObservation(withAccountNumbersOf(ours, scrubbed));
        expect(back).toEqual(canonicalObservation(observation));
      }),
      { numRuns: runs(4) },
    );
    expect(misnamed(OBSERVATION_SCHEMA)).toEqual([]);
  });

  it("stays in a simulated world with all that a wave doesn't replace", () => {
    const environment = aPoppedEnvironment();
    const arn = "arn:td:1";
    const running = withEcsChange(withNewAmi(aRunningFleet(environment)), ({ services }) => ({
      services: services.map((each) => ({ ...each, taskDefinitionArn: arn })),
      taskDefinitions: [{ taskDefinitionArn: arn, image: "a:1" }],
    }));
    const before = marked(running);
    const after = simulateWave(before, planUpgrade(desiredFleet(environment), before));
    const { instances, networkInterfaces, elasticIps, health } = after;
    expect(instances.map(isMarked)).toEqual(instances.map(({ slot }) => slot !== 0));
    if (health.source !== "ecs") throw new Error("ECS was read");
    const stay = [after, ...networkInterfaces, ...elasticIps, ...health.services];
    expect([...stay, ...(health.taskDefinitions ?? [])].every(isMarked)).toBe(true);
  });

  it("doesn't compile before it is decided where things are made up", () => {
    const arn = null;
    const others = { taskArn: "t", serviceName: "s", containerInstanceArn: arn, lastStatus: "" };
    // @ts-expect-error the optional field is forgotten
    const forgotten: Whole<ObservedTask & { madeUp?: string }> = {
      ...others,
      healthStatus: "UNKNOWN",
    };
    expect(Object.keys(forgotten)).not.toContain("madeUp");
  });
});

function decoded(value: unknown): string {
  return JSON.stringify(value, (name, member: unknown) =>
    name.endsWith("Base64") ? Buffer.from(member as string, "base64").toString("latin1") : member,
  );
}

/** The same with the new field in every object. */
function marked<T>(value: T): T {
  return markedIn(value) as T;
}

function markedIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(markedIn);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    markedIn(member),
  ]);
  return { ...(Object.fromEntries(members) as object), madeUpText: "kept" };
}

function isMarked(value: object): boolean {
  return "madeUpText" in value;
}
