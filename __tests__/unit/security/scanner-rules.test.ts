import { readFileSync } from "node:fs";
import { SCANNER_RULES } from "../../../scripts/security/rules";
import type { Stack } from "../../../scripts/security/stack-of";
import lists from "../../fixtures/scanner-rules.json";
import { everyStack } from "../../support/every-stack";

const listed = [...Object.keys(lists.checkov.types), ...lists.trivy.ids];

describe("the rules of scanners", () => {
  let stacks: [string, Stack][];

  beforeAll(async () => {
    stacks = await everyStack();
  });

  it("are all of both lists, each once", () => {
    const ids = SCANNER_RULES.flatMap((rule) => rule.ids);
    expect([...ids].sort()).toEqual([...listed].sort());
  });

  it("were looked up for each type of resource that Checkov has rules for", () => {
    const types = new Set(stacks.flatMap(([, { resource }]) => Object.keys(resource)));
    for (const type of Object.values(lists.checkov.types).flat()) expect(types).toContain(type);
  });

  it.each(SCANNER_RULES.map((rule) => [rule.asks, rule] as const))("%s", (_, rule) => {
    const broken = stacks.flatMap(([name, stack]) =>
      rule.breaks(stack).map((address) => `${name}: ${address}`),
    );
    if (rule.because === undefined) expect(broken).toEqual([]);
    else expect(broken).not.toEqual([]);
  });

  it("have their sentence in docs/security.md where they aren't followed", () => {
    const text = readFileSync("docs/security.md", "utf8").replace(/\s+/g, " ");
    for (const { because, ids } of SCANNER_RULES) {
      expect(text).toContain(ids.join(", "));
      if (because !== undefined) expect(text).toContain(because);
    }
  });
});
