import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deployRoleName } from "../../lib/config/delivery";
import { loadEnvironment } from "../../lib/config/load";
import { destroyEnvironment, synthesize, terraformPlanJson } from "../../sandbox/deploy";
import { EndToEnd, smallConfig } from "../support/end-to-end";
import type { SmallEnvironment } from "../support/end-to-end";
import { Bootstrapped } from "../support/iam/bootstrapped";
import { requestsOfCall } from "../support/iam/call-requests";
import { sendRaw } from "../support/raw-calls";
import { deniedOf } from "../support/iam/simulator";

const IGNORING_HEALTH = { extraEnv: { ROUTED_IGNORE_HEALTH: "1" } };

/**
 * Each test is a deploy, and starts where the last one ended. Every call that was made is asked of IAM as
 * AWS would ask it: each resource with the tags that it had, each role with its boundary.
 */
describe("what Terraform calls is allowed to the role that the bootstrap makes", () => {
  let world: EndToEnd;

  beforeAll(async () => {
    world = await EndToEnd.start("policy", bounded(smallConfig()));
    // As the bootstrap has made it.
    const PolicyDocument = readFileSync("iam/boundary.json", "utf8").replace(/\s+/g, " ");
    const input = { PolicyName: "routed-policy-boundary", PolicyDocument };
    const made = await sendRaw(world.aws.endpoint, {
      service: "iam",
      action: "CreatePolicy",
      input,
    });
    expect(made).toMatchObject({ status: 200 });
  });
  afterAll(() => world?.stop());

  /** What IAM would deny of all calls since they were last cleared. */
  async function denied() {
    const directory = join(world.workspace.directory, "config");
    const environment = loadEnvironment(directory, world.environment);
    const role = new Bootstrapped([environment]).principal(deployRoleName(world.environment));
    const calls = await world.aws.askedCalls();
    expect(calls.length).toBeGreaterThan(10);
    const requests = await Promise.all(calls.map((call) => requestsOfCall(call, role.accountId)));
    return deniedOf(role, requests.flat());
  }

  /** What IAM would deny of a deploy of what was synthesized before it. */
  async function refusedCalls(
    deploy: () => Promise<{ status: number | null; output: string }>,
    settings: Readonly<Record<string, string>> = {},
  ) {
    const extraEnv = { ...IGNORING_HEALTH.extraEnv, ...settings };
    const synthesis = await synthesize({ ...world.run(), extraEnv });
    expect(synthesis.status).toBe(0);
    await world.aws.clearCalls();
    const { status, output } = await deploy();
    if (status !== 0) throw new Error(output);
    return denied();
  }

  const deploySynthesized = () => world.tryDeploy({ args: ["--skip-synth"] });

  it("when it builds an environment", async () => {
    expect(await refusedCalls(deploySynthesized)).toEqual([]);
    // Of all types of resources, alarms included, nothing is left to be done.
    expect((await synthesize({ ...world.run(), ...IGNORING_HEALTH })).status).toBe(0);
    const { resource_changes: changes } = (await terraformPlanJson(world.run())) as TerraformPlan;
    const left = changes.filter(({ change }) => change.actions.join() !== "no-op");
    expect(left.map(({ address }) => address)).toEqual([]);
    expect(changes.map(({ type }) => type)).toContain("aws_cloudwatch_metric_alarm");
  });

  it("when it upgrades a node", async () => {
    await world.aws.releaseImage();
    expect(await refusedCalls(deploySynthesized)).toEqual([]);
    expect(await world.aws.calls()).toMatchObject({
      counts: {
        ec2: { RunInstances: 1, TerminateInstances: 1 },
        // The alarms on the slot's status checks, which page and recover, watch its new instance.
        monitoring: { PutMetricAlarm: 2 },
      },
    });
  });

  it("when it changes what needs no new node: PoPs, peers, the image, clients, a zone", async () => {
    world.configure({
      ...bounded(
        smallConfig({
          availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"],
          sites: [
            { id: 1, name: "pop1", bgpPeers: ["2001:db8:11::/48", "192.0.2.0/28"] },
            { id: 2, name: "pop2", bgpPeers: ["2001:db8:2::/48"] },
          ],
        }),
      ),
      network: {
        vpcCidr: "10.99.0.0/20",
        apiClientCidrs: ["10.0.0.0/9"],
        prometheusCidrs: ["10.2.0.0/16"],
      },
      routed: {
        image: "registry.example/autopilot-routed:2",
        cpuUnits: 512,
        memoryMiB: 1024,
        stateRebuildMinutes: 2,
        tasksPerPop: 1,
      },
    });
    expect(await refusedCalls(deploySynthesized)).toEqual([]);
  });

  it("when it removes a node with its address", async () => {
    world.configure(bounded(smallConfig({ fleet: { nodes: 2 } })));
    expect(await refusedCalls(deploySynthesized)).toEqual([]);
    expect(await world.aws.calls()).toMatchObject({ counts: { ec2: { ReleaseAddress: 1 } } });
  });

  it("when it destroys the environment", async () => {
    const destroy = () => destroyEnvironment(world.run({ args: ["--skip-synth"] }));
    expect(await refusedCalls(destroy, { ROUTED_DESTROY: world.environment })).toEqual([]);
  });

  it("and what synthesis calls before it", async () => {
    await world.aws.clearCalls();
    expect((await synthesize(world.run())).status).toBe(0);
    expect((await world.aws.calls()).counts).toHaveProperty("servicequotas");
    expect(await denied()).toEqual([]);
  });
});

interface TerraformPlan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

function bounded(config: SmallEnvironment): SmallEnvironment {
  const aws = { ...config["aws"], permissionsBoundary: true };
  return { ...config, aws, alarms: { enabled: true } };
}
