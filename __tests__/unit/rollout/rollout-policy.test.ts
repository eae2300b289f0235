import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROLLOUT_CALLS } from "../../../lib/aws/rollout-calls";
import { rolloutPolicy } from "../../../scripts/policies/call-policies";

const FILE = join(__dirname, "../../../iam/rollout.json");

describe("the rollout's IAM policy", () => {
  it("is what the calls give; if not, run: npm run generate", () => {
    expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(rolloutPolicy());
  });

  it("allows each call's action once, and nothing else", () => {
    const allowed = rolloutPolicy().Statement.flatMap(({ Action }) => Action);
    expect([...allowed].sort()).toEqual(Object.values(ROLLOUT_CALLS).sort());
  });

  it("writes to nothing but routed's own container instances and what rollouts keep", () => {
    const writing = rolloutPolicy().Statement.filter(({ Action }) =>
      Action.some((action) => !/:(Describe|Get|List)/.test(action)),
    );
    expect(writing.map(({ Resource }) => Resource)).toEqual([
      "arn:*:ecs:REGION:ACCOUNT:container-instance/routed-ENVIRONMENT/*",
      "arn:*:s3:::routed-ENVIRONMENT-ACCOUNT-snapshots/rollouts/*",
    ]);
  });
});
