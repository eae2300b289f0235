import { attributeChanges, renderAttributeChange } from "../../../lib/verify/attribute-changes";
import type { ResourceChange } from "../../../lib/terraform/plan";
import type { Values } from "../../../lib/terraform/values";

function changesOf(before: Values, after: Values, afterUnknown: unknown = {}): string[] {
  const change: ResourceChange = {
    address: "aws_instance.x",
    type: "aws_instance",
    deposed: null,
    effect: "update",
    reason: null,
    before,
    after,
    afterUnknown,
    replacePaths: [],
  };
  return attributeChanges(change).map(renderAttributeChange);
}

it("finds the innermost attributes that differ", () => {
  const before = { a: "1", b: [{ c: 1, d: 2 }], tags: { "routed:node": "0", Name: "x" } };
  const after = { a: "1", b: [{ c: 1, d: 3 }], tags: { "routed:node": "1", Name: "x" } };
  expect(changesOf(before, after)).toEqual(["b[0].d 2 → 3", 'tags["routed:node"] 0 → 1']);
});

it("takes lists of different lengths as a whole", () => {
  expect(changesOf({ a: ["x"] }, { a: ["x", "y"] })).toEqual(['a ["x"] → ["x","y"]']);
});

it("takes null and absent for the same, but not empty or false", () => {
  expect(changesOf({ a: null }, {})).toEqual([]);
  expect(changesOf({ a: null, b: null, c: null }, { a: "", b: false, c: 0 })).toEqual([
    'a none → ""',
    "b none → false",
    "c none → 0",
  ]);
});

it("counts what is known after the apply only as a change, wherever it is", () => {
  expect(changesOf({ a: "1" }, {}, { a: true })).toEqual(["a 1 → known after apply"]);
  expect(changesOf({ a: [{ b: "1" }] }, { a: [{}] }, { a: [{ b: true }] })).toEqual([
    "a[0].b 1 → known after apply",
  ]);
  expect(changesOf({ a: [] }, { a: [{}] }, { a: [{ b: true }] })).toEqual([
    "a [] → known after apply",
  ]);
  expect(changesOf({ a: "1" }, { a: "1" }, { a: false })).toEqual([]);
});

it("shortens long values", () => {
  expect(changesOf({ a: "x".repeat(60) }, { a: "y" })).toEqual([`a ${"x".repeat(39)}… → y`]);
});
