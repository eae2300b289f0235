import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EC2Client, ModifyInstanceAttributeCommand } from "@aws-sdk/client-ec2";
import { stateResources, synthesize, terraformPlan } from "../../sandbox/deploy";
import type { ProcessResult } from "../../sandbox/processes";
import { removeWorkspace } from "../../sandbox/workspace";
import type { Workspace } from "../../sandbox/workspace";
import { EndToEnd, replacedSlots } from "../support/end-to-end";

/** What is deployed was decided from what no longer is so. Each test starts where the last ended. */
describe("a synthesis that is out of date", () => {
  let world: EndToEnd;
  /** The workspace of a second operator, as it was when the first one synthesized. */
  let second: Workspace | undefined;
  let untouched: string | undefined;

  beforeAll(async () => {
    world = await EndToEnd.built();
  });
  afterAll(async () => {
    if (second) removeWorkspace(second);
    await world.stop();
  });

  /** Synthesizes without deploying, and gives the second operator the same synthesis. */
  async function synthesizeForTwo(): Promise<Workspace> {
    const result = await synthesize(world.run());
    expect(result.status).toBe(0);
    const directory = mkdtempSync(join(tmpdir(), "routed-second-operator-"));
    // The synthesis names its state file: both have the same state, as with a shared backend.
    cpSync(world.workspace.directory, directory, { recursive: true });
    return { directory };
  }

  const deployAsItIs = (workspace: Workspace = world.workspace) =>
    world.tryDeploy({ workspace, args: ["--skip-synth"] });

  /** A deploy of what is synthesized there is refused, with Terraform's message. */
  async function expectDeployRefused(workspace: Workspace, ...messages: string[]): Promise<void> {
    const refused = await deployAsItIs(workspace);
    expect(refused.status).toBe(1);
    expect(await world.newChanges()).toEqual([]);
    // On a busy machine cdktf loses the end of what Terraform says.
    const isWhole = textOf(refused).includes("Synthesize again");
    const told = isWhole ? refused : await terraformPlan(world.run({ workspace }));
    await expectRefused(told, ...messages);
  }

  /** The run failed with Terraform's message, and neither it nor anything else changed a thing. */
  async function expectRefused(refused: ProcessResult, ...messages: string[]): Promise<void> {
    expect(refused.status).toBe(1);
    const text = textOf(refused);
    for (const message of messages) expect(text).toContain(message);
    expect(text).toContain("Synthesize again: cdktf deploy without --skip-synth.");
    expect(await world.newChanges()).toEqual([]);
  }

  it("is not one whose deploy changes no node", async () => {
    await world.newChanges();
    const { output } = await world.deploy();
    expect(output).toContain("small: converged: every node is as the config wants it");
    expect(await world.planStatus()).toBe(0);
    expect(await world.newChanges()).toEqual([]);
  });

  it("upgrades one node in all when two operators deploy it", async () => {
    await world.aws.releaseImage();
    const before = await world.slots();
    second = await synthesizeForTwo();

    expect((await deployAsItIs()).status).toBe(0);
    const after = await world.slots();
    expect(replacedSlots(before, after)).toEqual([0]);
    untouched = after[2]?.instanceId;
    await world.newChanges();

    const changed =
      `The environment's instances changed: node 0 is no longer ${before[0]?.instanceId}; ` +
      `${after[0]?.instanceId} is new.`;
    await expectDeployRefused(second, changed);
    expect(await world.slots()).toEqual(after);
  });

  it("fails in a plan without a refresh, and in one of a single node, too", async () => {
    const resources = await stateResources(world.run());
    const node = resources.find(({ values }) => values["id"] === untouched);
    for (const args of [["-refresh=false"], [`-target=${node?.address}`]]) {
      const planned = await terraformPlan(world.run({ workspace: second, args }));
      await expectRefused(planned, "node 0 is no longer");
    }
  });

  it("rolls no node back after two later waves", async () => {
    await world.waitUntilHealthy();
    const before = await world.slots();
    await world.deploy();
    await world.waitUntilHealthy();
    const after = await world.slots();
    expect(replacedSlots(before, after)).toEqual([1]);
    await world.newChanges();

    await expectDeployRefused(
      second ?? world.workspace,
      "node 0 is no longer",
      `node 1 is no longer ${before[1]?.instanceId}`,
    );
    expect(await world.slots()).toEqual(after);
  });

  it("upgrades no node once another was changed by hand", async () => {
    const { status } = await synthesize(world.run());
    expect(status).toBe(0);
    // Nodes 0 and 1 have been upgraded, so node 2 is to be upgraded while node 1 is down.
    const [, node] = await world.liveInstances();
    const instanceId = node?.instanceId ?? "";
    await world.aws.stopInstance(instanceId);
    await world.newChanges();
    await expectRefused(
      await terraformPlan(world.run()),
      `Node 1 (${instanceId}) changed: it is stopped, not running.`,
    );

    await modifyInstance(world, { InstanceId: instanceId, InstanceType: { Value: "m5.large" } });
    await world.aws.startInstance(instanceId);
    await world.newChanges();
    await expectDeployRefused(
      world.workspace,
      `Node 1 (${instanceId}) changed: its instance type is m5.large, not t3.xlarge; ` +
        "it was last started at",
    );
  });

  it("is mended by synthesizing again, also where a node is missing", async () => {
    const before = await world.slots();
    await world.aws.terminateInstance(before[1]?.instanceId ?? "");
    const { output } = await world.deploy();
    expect(output).toContain("small: staged: create node 1; ");
    expect(replacedSlots(before, await world.slots())).toEqual([1]);
  });
});

/** Without the frame and the line breaks by which Terraform shows an error. */
function textOf({ output }: ProcessResult): string {
  return output.replace(/[│╷╵\s]+/g, " ");
}

async function modifyInstance(
  { aws }: EndToEnd,
  input: ConstructorParameters<typeof ModifyInstanceAttributeCommand>[0],
): Promise<void> {
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = aws.environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } =
    aws.environment;
  const ec2 = new EC2Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  try {
    await ec2.send(new ModifyInstanceAttributeCommand(input));
  } finally {
    ec2.destroy();
  }
}
