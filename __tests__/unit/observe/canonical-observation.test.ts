import fc from "fast-check";
import { canonicalObservation } from "../../../lib/observe/canonical-observation";
import type { Observation } from "../../../lib/observe/observation";
import { renderObservation } from "../../../lib/observe/recorded";
import { arbitraryFromSchema } from "../../support/arbitrary-from-schema";
import { arbitraryObservation, OBSERVATION_SCHEMA } from "../../support/arbitrary-observation";
import type { Schema } from "../../support/arbitrary-from-schema";
import { observationOfFakeAccount } from "../../support/fake-aws/fake-account";
import type * as MadeUp from "../../support/made-up-fields";
import { runs } from "../../support/random-tests";

/** A field that is new must be kept and sorted like those that there are: the schema has some of each type. */
jest.mock("../../../lib/observe/observation.schema.json", () => {
  const { withMadeUpFields } = jest.requireActual<typeof MadeUp>("../../support/made-up-fields");
  return withMadeUpFields(jest.requireActual("../../../lib/observe/observation.schema.json"));
});

const [everyField] = fc.sample(arbitraryObservation(fc.uuid(), true), 1);
if (!everyField) throw new Error("there is a sample");

/** Lists in one order, whatever theirs is, and keys too; without lists of nothing. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(
    ([key, member]) =>
      !(
        ["nodeDaemons", "taskDefinitions", "untagged", "remembered"].includes(key) &&
        (member as []).length === 0
      ),
  );
  return Object.fromEntries(
    members
      .map(([key, member]) => [key, unordered(member)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Everything the other way round, but for the interfaces of an instance, which have an order. */
function turned(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => turned(item));
    return key === "networkInterfaceIds" ? items : items.reverse();
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member, name)]),
  );
}

/** The first place where a value lacks a member of its schema, or has it in another order. */
function outOfOrder(part: Schema, value: unknown, path = ""): string | null {
  const { items, oneOf, properties } = part;
  if (oneOf) return outOfOrder(oneOf.at(-1) ?? {}, value, path);
  const found = items
    ? (value as unknown[]).map((item) => outOfOrder(items, item, `${path}[]`))
    : Object.entries(properties ?? {}).map(([name, member], index) =>
        Object.keys(value as object)[index] === name
          ? outOfOrder(member, (value as Record<string, unknown>)[name], `${path}.${name}`)
          : `${path}.${name}`,
      );
  return found.find((where) => where !== null) ?? null;
}

describe("the canonical form", () => {
  it("sorts by id, IPv6 addresses and image names in byte order", () => {
    const observation = observationOfFakeAccount(11);
    observation.networkInterfaces[0]!.ipv6 = ["2001:db8::b", "2001:db8::B", "2001:db8::a"];
    const canonical = canonicalObservation(observation);
    expect(canonical.instances.map(({ instanceId }) => instanceId).slice(0, 4)).toEqual([
      "i-0",
      "i-1",
      "i-10",
      "i-2",
    ]);
    expect(canonical.networkInterfaces[0]?.ipv6).toEqual([
      "2001:db8::B",
      "2001:db8::a",
      "2001:db8::b",
    ]);
    expect(Object.keys(canonical.images)).toEqual(Object.keys(observation.images).sort());
  });

  it("keeps an instance's interfaces by device index", () => {
    const [first] = canonicalObservation(observationOfFakeAccount(1)).instances;
    expect(first?.networkInterfaceIds).toEqual(["eni-0", "eni-second-0"]);
  });

  it("keeps all of every observation that the schema allows", () => {
    fc.assert(
      fc.property(arbitraryObservation(fc.uuid()), (observation) => {
        expect(unordered(canonicalObservation(observation))).toEqual(unordered(observation));
      }),
      { numRuns: runs(8) },
    );
  });

  it("has every field in the schema's order, and the same bytes whatever the order it was given", () => {
    expect(outOfOrder(OBSERVATION_SCHEMA, everyField)).toBeNull();
    const after = turned(everyField) as Observation;
    expect(outOfOrder(OBSERVATION_SCHEMA, after)).toBe(".formatVersion");
    expect(outOfOrder(OBSERVATION_SCHEMA, canonicalObservation(after))).toBeNull();
    expect(renderObservation(after)).toBe(renderObservation(everyField));
  });

  it("is judged by a schema of which every keyword is known", () => {
    const other: Schema & { readonly anyOf: [] } = { anyOf: [] };
    const texts = { free: fc.uuid(), patterns: {} };
    expect(() => arbitraryFromSchema(other, texts)).toThrow("what is anyOf of a schema?");
    const pattern: Schema = { type: "string", pattern: "^x" };
    expect(() => arbitraryFromSchema(pattern, texts)).toThrow("what matches ^x?");
  });

  it("leaves what it was given as it is", () => {
    const observation = observationOfFakeAccount(11);
    const before = JSON.stringify(observation);
    canonicalObservation(observation);
    expect(JSON.stringify(observation)).toBe(before);
  });

  it("is rendered as indented JSON with a newline at its end", () => {
    const text = renderObservation({
      ...observationOfFakeAccount(0),
      images: { b: "ami-2", a: "ami-1" },
      cluster: null,
      health: { source: "unreadable", reason: "ecs:ListTasks failed" },
    });
    expect(text).toBe(`{
  "formatVersion": 1,
  "environment": "test",
  "accountId": "123456789012",
  "region": "us-east-2",
  "images": {
    "a": "ami-1",
    "b": "ami-2"
  },
  "cluster": null,
  "instances": [],
  "networkInterfaces": [],
  "elasticIps": [],
  "health": {
    "source": "unreadable",
    "reason": "ecs:ListTasks failed"
  }
}
`);
  });
});
