import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { desiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import type { TerraformRunner } from "../../../../lib/terraform/runner";
import { blocksOf } from "../../../../lib/verify/written/block-names";
import { checkSynthesis } from "../../../../lib/verify/written/check-synthesis";
import { synthesize } from "../../../fixtures/synthesize";
import { inTemporaryFolder } from "../../../support/temporary-folder";
import { aPoppedEnvironment, deployed } from "../a-plan";

const folder = inTemporaryFolder();
const environment = aPoppedEnvironment();
const observation = deployed(environment);
const plan = planUpgrade(desiredFleet(environment), observation);
const planned = [{ environment, observation, plan, waves: [plan] }];
const { name } = environment;

/** What a synthesis leaves, with `destroying` one that is to be destroyed. */
function write(destroying = false): string {
  const directory = join(folder(), "stacks", name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(folder(), "manifest.json"), JSON.stringify({ stacks: { [name]: {} } }));
  const file = join(directory, "cdk.tf.json");
  writeFileSync(file, JSON.stringify(synthesize(environment, plan, { destroying })));
  return file;
}

const noTerraform: TerraformRunner = () => Promise.reject(new Error("nobody runs Terraform"));
const settings = () => ({ destroy: undefined, outputDirectory: folder() });

it("passes what was synthesized", async () => {
  write();
  await expect(checkSynthesis(planned, settings(), noTerraform)).resolves.toBeUndefined();
});

it("says all that is wrong, with the file", async () => {
  const file = write(true);
  await expect(checkSynthesis(planned, settings(), noTerraform)).rejects.toMatchObject({
    code: "not-proved",
    message: expect.stringMatching(
      new RegExp(
        `^${file} was written, and may not be deployed:\n  - .*${blocksOf(2).instance}`,
        "s",
      ),
    ) as string,
  });
});

it("refuses a stack that nobody planned, and a manifest without stacks", async () => {
  const file = write();
  await expect(checkSynthesis([], settings(), noTerraform)).rejects.toMatchObject({
    message: expect.stringContaining(
      `${file} was written, and may not be deployed:\n  - nobody planned it`,
    ) as string,
  });
  writeFileSync(join(folder(), "manifest.json"), "{}");
  await expect(checkSynthesis([], settings(), noTerraform)).rejects.toThrow("it names no stacks");
});

describe("an environment that is to be destroyed", () => {
  const BUCKET = { bucket: "routed-test-snapshots", force_destroy: true };
  const BALANCER = { name: "routed-test", enable_deletion_protection: false };

  /** Terraform with this state, and the files that it was run beside. */
  function terraformWith(bucket: object, balancer: object) {
    const seen: unknown[] = [];
    const resource = (type: string, attributes: object) => ({
      mode: "managed",
      type,
      name: "x",
      provider: "aws",
      instances: [{ schema_version: 0, attributes }],
    });
    const resources = [resource("aws_s3_bucket", bucket), resource("aws_lb", balancer)];
    const run: TerraformRunner = (args, { cwd }) => {
      if (args[0] === "init") {
        seen.push(JSON.parse(readFileSync(join(cwd, "cdk.tf.json"), "utf8")));
      }
      const stdout =
        args[0] === "state" ? JSON.stringify({ version: 4, serial: 1, resources }) : "";
      return Promise.resolve({ status: 0, stdout, stderr: "", timedOut: false });
    };
    return { run, seen };
  }

  const destroy = () => ({ destroy: name, outputDirectory: folder() });

  it("may be where its last deploy protects nothing; only its backend is looked up", async () => {
    write(true);
    const { run, seen } = terraformWith(BUCKET, BALANCER);
    await checkSynthesis(planned, destroy(), run);
    const { backend, cloud } = synthesize(environment, plan).terraform;
    expect(seen).toEqual([
      { terraform: { ...(backend ? { backend } : {}), ...(cloud ? { cloud } : {}) } },
    ]);
  });

  it.each([
    [{ ...BUCKET, force_destroy: false }, BALANCER, "bucket routed-test-snapshots"],
    [{ bucket: "b" }, BALANCER, "bucket b"],
    [BUCKET, { ...BALANCER, enable_deletion_protection: true }, "load balancer routed-test"],
    [BUCKET, { name: "l" }, "load balancer l"],
  ])("is refused while the state holds %j and %j", async (bucket, balancer, held) => {
    write(true);
    const { run } = terraformWith(bucket, balancer);
    await expect(checkSynthesis(planned, destroy(), run)).rejects.toMatchObject({
      code: "invalid-argument",
      message:
        `ROUTED_DESTROY: ${name} is protected by its last deploy (${held}), and destroying it would end ` +
        "half-way; set fleet.protectAddresses to false in its config, deploy that, then destroy",
    });
  });

  it("is refused where its state can't be read", async () => {
    write(true);
    const run: TerraformRunner = () =>
      Promise.resolve({ status: 1, stdout: "", stderr: "Error: no", timedOut: false });
    await expect(checkSynthesis(planned, destroy(), run)).rejects.toMatchObject({
      code: "terraform-failed",
    });
  });
});
