import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OBSERVE_CALLS } from "../../../lib/aws/calls";
import { observePolicy } from "../../../scripts/policies/call-policies";
import type { CallPolicy } from "../../../scripts/policies/call-policies";

const FILE = join(__dirname, "../../../iam/observe.json");

const policy = JSON.parse(readFileSync(FILE, "utf8")) as CallPolicy;
const statements = policy.Statement;

describe("the observer's IAM policy", () => {
  it("is what the calls give; if not, run: npm run generate", () => {
    expect(policy).toEqual(observePolicy());
  });

  it("allows each call's action once, and nothing else", () => {
    const allowed = statements.flatMap(({ Action }) => Action);
    // S3 says only to who may list a bucket that an object isn't in it.
    expect([...allowed].sort()).toEqual([...Object.values(OBSERVE_CALLS), "s3:ListBucket"].sort());
    expect(statements.every(({ Effect }) => Effect === "Allow")).toBe(true);
  });

  it("allows nothing that writes", () => {
    for (const action of statements.flatMap(({ Action }) => Action)) {
      expect(action).toMatch(/^\w+:(Describe|Get|List)[A-Za-z]+$/);
    }
  });

  it("allows the record of addresses alone of what buckets hold", () => {
    const resource = (action: string) =>
      statements.find(({ Action }) => Action.includes(action))?.Resource;
    expect(resource("s3:GetObject")).toBe(
      "arn:*:s3:::routed-ENVIRONMENT-ACCOUNT-snapshots/addresses.json",
    );
    expect(resource("s3:ListBucket")).toBe("arn:*:s3:::routed-ENVIRONMENT-ACCOUNT-snapshots");
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
