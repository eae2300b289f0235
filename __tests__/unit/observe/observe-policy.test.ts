import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OBSERVE_CALLS } from "../../../lib/aws/calls";
import { observePolicy } from "../../../scripts/call-policies";
import type { PolicyDocument } from "../../../scripts/call-policies";

const FILE = join(__dirname, "../../../iam/observe.json");

const policy = JSON.parse(readFileSync(FILE, "utf8")) as PolicyDocument;
const statements = policy.Statement;

describe("the observer's IAM policy", () => {
  it("is what the calls give; if not, run: npm run generate", () => {
    expect(policy).toEqual(observePolicy());
  });

  it("allows each call's action once, and nothing else", () => {
    const allowed = statements.flatMap(({ Action }) => Action);
    expect([...allowed].sort()).toEqual(Object.values(OBSERVE_CALLS).sort());
    expect(statements.every(({ Effect }) => Effect === "Allow")).toBe(true);
  });

  it("allows nothing that writes", () => {
    for (const action of statements.flatMap(({ Action }) => Action)) {
      expect(action).toMatch(/^\w+:(Describe|Get|List)[A-Za-z]+$/);
    }
  });

  it("allows SSM's public parameters only", () => {
    expect(statements.filter(({ Action }) => Action.includes("ssm:GetParameters"))).toEqual([
      {
        Effect: "Allow",
        Action: ["ssm:GetParameters"],
        Resource: "arn:*:ssm:*::parameter/aws/service/*",
      },
    ]);
  });
});
