import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import type { TerraformRunner } from "../../../lib/terraform/runner";
import { refuseTainted } from "../../../lib/verify/refuse-tainted";
import { inTemporaryFolder } from "../../support/temporary-folder";
import { withNewAmi } from "../../support/fleet";
import { aPoppedEnvironment, deployed } from "./a-plan";

const folder = inTemporaryFolder();
const environment = aPoppedEnvironment();
/** Upgrades node 0, keeps nodes 1 and 2. */
const plan = planUpgrade(desiredFleet(environment), withNewAmi(deployed(environment)));

/** @param slot null for what is of no node */
function refuse(type: string, slot: number | null, mark: object): Promise<unknown> {
  mkdirSync(join(folder(), ".terraform"));
  writeFileSync(join(folder(), "cdk.tf.json"), "{}");
  const tags = slot === null ? {} : { tags: { "routed:node": String(slot) } };
  const instance = { schema_version: 1, attributes: { id: "x-1", ...tags }, ...mark };
  const resource = { mode: "managed", type, name: "it", provider: "aws", instances: [instance] };
  const state = { version: 4, serial: 1, resources: [resource] };
  const runTerraform: TerraformRunner = (args) => {
    expect(args).toEqual(["state", "pull"]);
    const stdout = JSON.stringify(state);
    return Promise.resolve({ status: 0, stdout, stderr: "", timedOut: false });
  };
  return refuseTainted(plan, { stackDirectory: folder(), runTerraform });
}

const TAINTED = { status: "tainted" };

it("tells of a kept node that a failed deploy left tainted, with the way out", async () => {
  await expect(refuse("aws_instance", 1, TAINTED)).rejects.toMatchObject({
    code: "terraform-failed",
    message:
      "test: an earlier deploy failed after it had made what this one keeps, and left it tainted, for " +
      "which Terraform would replace it; take the mark away:\n" +
      `  node 1's aws_instance x-1: if it is well, (cd ${folder()} && terraform untaint aws_instance.it)`,
  });
});

it.each([
  ["aws_eip", 0],
  ["aws_network_interface", 2],
  ["aws_vpc", null],
  ["aws_ecs_cluster", null],
  ["aws_s3_bucket", null],
])("and of any other that outlives the deploy: %s of slot %s", async (type, slot) => {
  await expect(refuse(type, slot, TAINTED)).rejects.toThrow(`terraform untaint ${type}.it)`);
});

it.each([
  ["a node that is upgraded", "aws_instance", 0, TAINTED],
  ["a slot that goes", "aws_eip", 9, TAINTED],
  ["what may be replaced", "aws_ecs_service", null, TAINTED],
  ["a node that is well", "aws_instance", 1, {}],
  ["the leftover of a replacement", "aws_instance", 1, { ...TAINTED, deposed: "0a1b" }],
])("passes %s", async (_, type, slot, mark) => {
  // What it resolves to is the state that it read.
  await expect(refuse(type, slot, mark)).resolves.toHaveProperty("content.version", 4);
});
