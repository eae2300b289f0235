import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../sandbox/deploy";
import { writeConfig } from "../../sandbox/workspace";
import { EndToEnd, smallConfig } from "../support/end-to-end";

/** Every test starts from a deployed environment whose synthesis lies in cdktf.out. */
describe("what can't be trusted is not deployed", () => {
  let world: EndToEnd;

  beforeAll(async () => {
    world = await EndToEnd.built();
    expect((await synthesize(world.run())).status).toBe(0);
    expect(existsSync(stackFile())).toBe(true);
  });
  afterAll(() => world.stop());
  beforeEach(async () => {
    await world.newChanges();
    // There is something to deploy, so that doing nothing is not what would have happened anyway.
    await world.aws.releaseImage();
  });
  afterEach(async () => {
    await world.aws.clearFaults();
    expect(await world.newChanges()).toEqual([]);
  });

  function stackFile(): string {
    return join(world.workspace.directory, "cdktf.out/stacks/small/cdk.tf.json");
  }

  function expectNothingLeftToDeploy(): void {
    expect(existsSync(stackFile())).toBe(false);
  }

  it("the wrong account", async () => {
    const { status, output } = await world.tryDeploy({
      extraEnv: { AWS_ACCESS_KEY_ID: "999999999999" },
    });
    expect(status).not.toBe(0);
    expect(output.replace(/\s+/g, " ")).toContain("999999999999");
    expectNothingLeftToDeploy();
  });

  it("an EC2 that can't be read", async () => {
    await world.aws.setFault({
      service: "ec2",
      action: "DescribeInstances",
      kind: "denied",
      times: null,
    });
    const { status, output } = await world.tryDeploy();
    expect(status).not.toBe(0);
    expect(output.replace(/\s+/g, " ")).toContain("ec2:DescribeInstances");
    expectNothingLeftToDeploy();
  });

  it("instances that EC2 suddenly doesn't show", async () => {
    const [instance] = await world.liveInstances();
    await world.aws.setFault({
      service: "ec2",
      action: "DescribeInstances",
      kind: "truncate",
      times: null,
    });
    const { status } = await world.tryDeploy();
    expect(status).not.toBe(0);
    expectNothingLeftToDeploy();
    expect((await world.liveInstances())[0]).toEqual(instance);
  });

  it("a config that is wrong", async () => {
    world.configure({
      ...smallConfig(),
      fleet: { nodes: 3, instanceType: "t3.xlarge", maxUnavailableNodes: 3 },
    });
    const { status, output } = await world.tryDeploy();
    expect(status).not.toBe(0);
    expect(output.replace(/\s+/g, " ")).toContain("fleet.maxUnavailableNodes must be");
    expectNothingLeftToDeploy();
    world.configure(smallConfig());
  });

  it.each([
    ["throws", "throw new Error('it broke');"],
    ["ends early, as if all were well", "process.exit(0);"],
    ["never gets to its end", "setTimeout(() => {}, 10);"],
    ["can't be parsed", "this is no program"],
  ])("a program that %s, with an older synthesis beside it", async (_, program) => {
    const settingsFile = join(world.workspace.directory, "cdktf.json");
    const settings = readFileSync(settingsFile, "utf8");
    const preload = join(world.workspace.directory, "breaks.cjs");
    writeFileSync(preload, brokenMain(program));
    const { app } = JSON.parse(settings) as { app: string };
    writeFileSync(
      settingsFile,
      JSON.stringify({
        ...(JSON.parse(settings) as object),
        app: app.replace("node ", `node -r ${preload} `),
      }),
    );
    try {
      const { status } = await world.tryDeploy();
      expect(status).not.toBe(0);
      expectNothingLeftToDeploy();
    } finally {
      writeFileSync(settingsFile, settings);
    }
  });

  it("an environment that is refused stops no other, and fails the run when it was named", async () => {
    writeConfig(world.workspace, "other", {
      ...smallConfig({ fleet: { nodes: 2 } }),
      aws: {
        accountId: "999999999999",
        region: "us-east-1",
        availabilityZones: ["us-east-1a", "us-east-1b"],
      },
      network: {
        vpcCidr: "10.98.0.0/20",
        apiClientCidrs: ["10.0.0.0/8"],
        prometheusCidrs: ["10.1.0.0/16"],
      },
    });
    const named = await world.tryDeploy({ extraEnv: { ROUTED_ENVIRONMENTS: "small,other" } });
    expect(named.status).not.toBe(0);
    const other = await world.tryDeploy({ environment: "other" });
    expect(other.status).not.toBe(0);
    expect(existsSync(stackFile())).toBe(true);
    expect(existsSync(join(world.workspace.directory, "cdktf.out/stacks/other/cdk.tf.json"))).toBe(
      false,
    );
  });
});

/** Puts `program` in the place of main.ts, however the app loads it. */
function brokenMain(program: string): string {
  return `
    const esbuild = require(${JSON.stringify(require.resolve("esbuild"))});
    const buildSync = esbuild.buildSync;
    Object.defineProperty(esbuild, "buildSync", { value: (options) => buildSync({
      ...options, entryPoints: undefined, absWorkingDir: undefined, packages: undefined,
      stdin: { contents: ${JSON.stringify(`${program}\nexports.main = async () => { await new Promise(() => {}); };`)}, loader: "js" },
    }) });
  `;
}
