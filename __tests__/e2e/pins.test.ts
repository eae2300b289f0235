import { join } from "node:path";
import { EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import {
  destroyEnvironment,
  stateResources,
  synthesize,
  terraformPlan,
} from "../../sandbox/deploy";
import { runProcess } from "../../sandbox/processes";
import type { ProcessResult } from "../../sandbox/processes";
import { findProjectRoot } from "../../sandbox/project-root";
import { stackDirectory } from "../../sandbox/workspace";
import { EditedProject } from "../support/edited-project";
import type { Edit } from "../support/edited-project";
import { addressesOf, EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import type { SlotFacts } from "../support/end-to-end";

const NODE = "lib/constructs/node/static-node.ts";
const ADDRESS = "lib/constructs/node/node-address.ts";
const FLEET = "lib/constructs/node/static-node-fleet.ts";
const NETWORK = "lib/constructs/dual-stack-network.ts";
const REFUSED = "Error: Instance cannot be destroyed";
const LAUNCH = "      iamInstanceProfile: props.instanceProfile.name,\n";

/** What somebody may do to a construct, and who refuses it: Terraform, or the check of the JSON. */
const HARMFUL: readonly [string, Edit, string][] = [
  [
    "an argument that replaces some nodes",
    { file: NODE, from: LAUNCH, to: `${LAUNCH}      ebsOptimized: slot > 0,\n` },
    REFUSED,
  ],
  [
    "a VPC of another size",
    { file: NETWORK, from: "cidrBlock: props.vpcCidr,", to: 'cidrBlock: "10.98.0.0/20",' },
    REFUSED,
  ],
  [
    "nodes under another name",
    { file: FLEET, from: "`node-${slot}`", to: "`slot-${slot}`" },
    "is missing, so Terraform would destroy what it stands for",
  ],
  [
    "no pins",
    { file: NODE, from: "      ...pinned(props, spec),\n", to: "" },
    "must have the lifecycle",
  ],
  [
    "another AMI",
    { file: NODE, from: "ami: spec.amiId,", to: 'ami: "ami-0123456789abcdef0",' },
    "must have the ami that it runs with",
  ],
  [
    "addresses that aren't on their interfaces",
    { file: ADDRESS, from: "      networkInterface: this.networkInterface.id,\n", to: "" },
    "must have network_interface",
  ],
];

/** Plain `cdktf deploy`, with nothing of ours around it. Each test starts where the last one ended. */
describe("what a deploy keeps, Terraform keeps", () => {
  let world: EndToEnd;

  beforeAll(async () => {
    world = await EndToEnd.built();
    await world.deploy();
    await world.newChanges();
  });
  afterAll(() => world.stop());

  async function deployEdited(edit: Edit): Promise<ProcessResult> {
    const project = new EditedProject([edit]);
    try {
      return await world.tryDeploy({ args: project.args });
    } finally {
      project.remove();
    }
  }

  /** What Terraform said: on a busy machine cdktf loses the end of it, and a plan says it once more. */
  async function wordsOf(
    { output }: ProcessResult,
    words: string,
    ...args: string[]
  ): Promise<string> {
    if (plain(output).includes(words)) return plain(output);
    return plain((await terraformPlan(world.run({ args }))).output);
  }

  function terraform(...args: string[]): Promise<ProcessResult> {
    const { aws, toolchain, workspace, environment } = world.run();
    const env = { ...toolchain.environment, ...aws.environment };
    const cwd = stackDirectory(workspace, environment);
    return runProcess(toolchain.terraform.command, args, { cwd, env, timeoutMs: 120_000 });
  }

  function routed(...args: string[]): Promise<ProcessResult> {
    const { aws, toolchain, workspace } = world.run();
    const env = { ...toolchain.environment, ...aws.environment, NODE_NO_WARNINGS: "1" };
    const program = [join(findProjectRoot(), "bin/routed.cjs"), ...args];
    return runProcess(process.execPath, program, {
      cwd: workspace.directory,
      env,
      timeoutMs: 120_000,
    });
  }

  async function addressOf(type: string, slot: number): Promise<string> {
    const found = (await stateResources(world.run())).find(
      ({ type: other, values }) =>
        other === type && (values["tags"] as Record<string, string>)["routed:node"] === `${slot}`,
    );
    return found?.address ?? "";
  }

  it.each(HARMFUL)("whatever is edited: %s", async (_, edit, words) => {
    const before = await world.slots();
    const refused = await deployEdited(edit);
    expect(refused.status).toBe(1);
    expect(await world.newChanges()).toEqual([]);
    expect(await wordsOf(refused, words)).toContain(words);
    expect(await world.slots()).toEqual(before);
  });

  it("without a word where it would stop and start nodes in place", async () => {
    const to = `${LAUNCH}      capacityReservationSpecification: { capacityReservationPreference: "none" },\n`;
    const { status } = await deployEdited({ file: NODE, from: LAUNCH, to });
    expect(status).toBe(0);
    expect(await world.newChanges()).toEqual([]);
  });

  it("and its addresses where the state has lost them", async () => {
    const before = await world.slots();
    await world.deploy();
    const lost = await Promise.all(
      ["aws_eip", "aws_network_interface"].map((t) => addressOf(t, 1)),
    );
    expect((await terraform("state", "rm", ...lost)).status).toBe(0);
    await world.newChanges();
    const { output } = await world.deploy();
    expect(plain(output)).toMatch(/2 imported, 0 added, \d changed, 0 destroyed/);
    const changes = await world.newChanges();
    expect(changes.filter((change) => /Allocate|Release|NetworkInterface/.test(change))).toEqual(
      [],
    );
    expect(addressesOf(await world.slots())).toEqual(addressesOf(before));
    expect(await world.planStatus()).toBe(0);
  });

  it("and verify says which attribute it is, also where Terraform refuses the plan", async () => {
    const project = new EditedProject([HARMFUL[0]![1]]);
    const settings = { app: project.args[1] as string };
    try {
      const { aws, toolchain, workspace } = world.run();
      const env = { ...toolchain.environment, ...aws.environment };
      const cwd = workspace.directory;
      const made = await runProcess("sh", ["-c", settings.app], { cwd, env, timeoutMs: 120_000 });
      expect(made.status).toBe(0);
      for (const command of ["verify", "drift"]) {
        const { status, output } = await routed(command, world.environment);
        expect(status).toBe(1);
        expect(output).toContain(
          "node 1 would be replaced (ebs_optimized false → true), but the upgrade plan keeps it as it is",
        );
        expect(output).toContain("Terraform's plan ended in an error");
      }
    } finally {
      project.remove();
      await synthesize(world.run());
    }
  });

  it("a node that a failed wave left tainted, which is told with the way out", async () => {
    const address = await addressOf("aws_instance", 2);
    expect((await terraform("taint", address)).status).toBe(0);
    const refused = await world.tryDeploy();
    expect(refused.status).toBe(1);
    expect(await wordsOf(refused, REFUSED)).toContain(REFUSED);
    const verified = await routed("verify", world.environment);
    expect(verified.status).toBe(1);
    expect(verified.output).toContain(`terraform untaint ${address})`);
    expect(await world.newChanges()).toEqual([]);
    expect((await terraform("untaint", address)).status).toBe(0);
    expect((await routed("verify", world.environment)).status).toBe(0);
  });

  it("a slot that was empty, once something else holds its address", async () => {
    const before = await world.slots();
    await world.aws.terminateInstance(before[1]?.instanceId ?? "");
    expect((await synthesize(world.run())).status).toBe(0);
    const stranger = await launchOn(world, before[1]);
    await world.newChanges();
    const refused = await terraformPlan(world.run());
    expect(refused.status).toBe(1);
    expect(plain(refused.output)).toMatch(
      new RegExp(
        `Slot 1 had no node and its interface eni-\\w+ was held by nothing; it is held by ${stranger} now`,
      ),
    );
    await world.aws.terminateInstance(stranger);
    await world.deploy();
    expect(replacedSlots(before, await world.slots())).toEqual([1]);
    await world.waitUntilHealthy();
  });

  it("the addresses of a node that goes, where the state has lost them", async () => {
    await world.aws.releaseImage();
    await synthesize(world.run());
    const before = await world.slots();
    const lost = await Promise.all(
      ["aws_eip", "aws_network_interface"].map((t) => addressOf(t, 0)),
    );
    expect((await terraform("state", "rm", ...lost)).status).toBe(0);
    const verified = await routed("verify", world.environment);
    expect([verified.status, verified.output]).toEqual([
      0,
      expect.stringContaining("Terraform's state has lost eipalloc-") as string,
    ]);
    await world.newChanges();
    const { output } = await world.deploy();
    expect(plain(output)).toMatch(/2 imported, 1 added, \d+ changed, 1 destroyed/);
    const changes = await world.newChanges();
    expect(changes.filter((change) => /Address|CreateNetworkInterface/.test(change))).toEqual([]);
    const after = await world.slots();
    expect(replacedSlots(before, after)).toEqual([0]);
    expect(addressesOf(after)).toEqual(addressesOf(before));
  });

  it("unless the environment is to be destroyed, which nothing else is done with", async () => {
    await world.newChanges();
    const deploy = await world.tryDeploy({ extraEnv: { ROUTED_DESTROY: world.environment } });
    expect(deploy.status).toBe(1);
    const never = "This was synthesized to be destroyed (ROUTED_DESTROY)";
    expect(await wordsOf(deploy, never)).toContain(never);
    const unsaid = await destroyEnvironment(world.run({ extraEnv: { ROUTED_DESTROY: undefined } }));
    expect(unsaid.status).toBe(1);
    expect(await wordsOf(unsaid, REFUSED, "-destroy")).toContain(REFUSED);
    expect(await world.newChanges()).toEqual([]);
  });

  it("and not while its buckets and its load balancer are protected by the last deploy", async () => {
    world.configure(smallConfig({ fleet: { protectAddresses: true } }));
    await world.deploy();
    world.configure(smallConfig());
    await world.newChanges();
    const refused = await destroyEnvironment(world.run());
    expect(refused.status).toBe(1);
    expect(plain(refused.output)).toMatch(
      /ROUTED_DESTROY: small is protected by its last deploy \(load balancer routed-small, bucket \S+, bucket \S+\)/,
    );
    expect(await world.newChanges()).toEqual([]);

    await world.deploy();
    const destroyed = await destroyEnvironment(world.run());
    expect([destroyed.status, destroyed.status === 0 ? "" : destroyed.output]).toEqual([0, ""]);
    expect(await world.liveInstances()).toEqual([]);
    expect(await stateResources(world.run())).toEqual([]);
  });
});

/** Without the frame and the line breaks by which Terraform shows an error. */
function plain(output: string): string {
  return output.replace(/[│╷╵\s]+/g, " ");
}

/** An instance of somebody else's, without a tag, on an interface of ours. */
async function launchOn({ aws }: EndToEnd, slot: SlotFacts | undefined): Promise<string> {
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = aws.environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } =
    aws.environment;
  const ec2 = new EC2Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  try {
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: slot?.amiId,
        InstanceType: "t3.micro",
        MinCount: 1,
        MaxCount: 1,
        NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: slot?.networkInterfaceId }],
      }),
    );
    return Instances?.[0]?.InstanceId ?? "";
  } finally {
    ec2.destroy();
  }
}
