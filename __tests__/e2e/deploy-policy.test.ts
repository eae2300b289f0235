import { readFileSync } from "node:fs";
import { join } from "node:path";
import { destroyEnvironment, synthesize, terraformPlanJson } from "../../sandbox/deploy";
import { findProjectRoot } from "../../sandbox/project-root";
import { EndToEnd, smallConfig } from "../support/end-to-end";
import type { SmallEnvironment } from "../support/end-to-end";
import { iamActionOf } from "../support/iam-actions";

const IGNORING_HEALTH = { extraEnv: { ROUTED_IGNORE_HEALTH: "1" } };

/** Each test is a deploy, and starts where the last one ended. */
describe("what Terraform calls is in iam/deploy.json", () => {
  let world: EndToEnd;
  const allowed = allowedActions("deploy.json");

  beforeAll(async () => {
    world = await EndToEnd.start("policy", withAlarms(smallConfig()));
  });
  afterAll(() => world?.stop());

  /** What is called that isn't allowed, by a deploy of what was synthesized before it. */
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
    const called = await calledActions(world);
    expect(called).toContain("ec2:DescribeInstances");
    return called.filter((action) => !allowed.includes(action));
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
      ...withAlarms(
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
    world.configure(withAlarms(smallConfig({ fleet: { nodes: 2 } })));
    expect(await refusedCalls(deploySynthesized)).toEqual([]);
    expect(await world.aws.calls()).toMatchObject({ counts: { ec2: { ReleaseAddress: 1 } } });
  });

  it("when it destroys the environment", async () => {
    const destroy = () => destroyEnvironment(world.run({ args: ["--skip-synth"] }));
    expect(await refusedCalls(destroy, { ROUTED_DESTROY: world.environment })).toEqual([]);
  });

  it("and what synthesis calls before it is in iam/observe.json and iam/preflight.json", async () => {
    await world.aws.clearCalls();
    expect((await synthesize(world.run())).status).toBe(0);
    const called = await calledActions(world);
    expect(called).toContain("servicequotas:GetServiceQuota");
    const reading = [...allowedActions("observe.json"), ...allowedActions("preflight.json")];
    expect(called.filter((action) => !reading.includes(action))).toEqual([]);
  });
});

interface TerraformPlan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

function withAlarms(config: SmallEnvironment): SmallEnvironment {
  return { ...config, alarms: { enabled: true } };
}

function allowedActions(file: string): string[] {
  const policy = JSON.parse(readFileSync(join(findProjectRoot(), "iam", file), "utf8")) as {
    readonly Statement: readonly { readonly Action: readonly string[] }[];
  };
  return policy.Statement.flatMap(({ Action }) => Action);
}

async function calledActions(world: EndToEnd): Promise<string[]> {
  const { counts } = await world.aws.calls();
  return Object.entries(counts).flatMap(([service, calls]) =>
    Object.keys(calls).map((call) => iamActionOf(service, call)),
  );
}
