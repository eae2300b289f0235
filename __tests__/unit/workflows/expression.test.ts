import { evaluate, fill, holds } from "../../support/workflow-expression";

/** The player of workflows must not let through what GitHub would not. */
const contexts = {
  github: { event_name: "pull_request", event: { pull_request: { number: 7 } } },
  needs: { list: { result: "success", outputs: { all: '[{"environment":"stg"}]' } } },
  inputs: {},
};

it.each([
  ["github.event_name == 'Pull_Request'", true],
  ["github.event.pull_request.number != 7", false],
  ["inputs.window || 'always'", "always"],
  ["inputs.window || ''", ""],
  ["!inputs.window && needs.list.result", "success"],
  ["(false == 0 || github.nothing.at.all) && 'it''s'", "it's"],
  ["fromJSON(needs.list.outputs.all)", [{ environment: "stg" }]],
])("evaluates %s", (expression, value) => {
  const result = evaluate(expression.replace("false", "!!inputs.none"), contexts, "success");
  expect(result).toEqual(value);
});

it.each(["env.HOME", "hashFiles('a')", "github.a ==", "github.a github.b", "`a`"])(
  "refuses %s",
  (expression) => {
    expect(() => evaluate(expression, contexts, "success")).toThrow(/known/);
  },
);

it("fills texts in, and refuses what has no value", () => {
  expect(fill("a-${{ github.event.pull_request.number }}${{'b'}}", contexts)).toBe("a-7b");
  expect(() => fill("${{ github.evnt_name }}", contexts)).toThrow("no value for the expression");
});

it.each([
  [undefined, true, false],
  ["github.event_name", true, false],
  ["failure()", false, true],
  ["${{ github.event_name == 'push' && always() }}", false, false],
  ["!failure() && !cancelled()", true, false],
])("takes the condition %s after success as %s, after a failure as %s", (condition, good, bad) => {
  expect(holds(condition, contexts, "success")).toBe(good);
  expect(holds(condition, contexts, "failure")).toBe(bad);
});
