import { existsSync } from "node:fs";
import { join } from "node:path";
import { AllocateAddressCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  RequestServiceQuotaIncreaseCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { synthesize } from "../../sandbox/deploy";
import { runProcess } from "../../sandbox/processes";
import type { ProcessResult } from "../../sandbox/processes";
import { findProjectRoot } from "../../sandbox/project-root";
import { EndToEnd, smallConfig } from "../support/end-to-end";

const ELASTIC_IPS = { ServiceCode: "ec2", QuotaCode: "L-0263D0A3" };
const VCPUS = { ServiceCode: "ec2", QuotaCode: "L-1216C47A" };

/** Nothing is ever deployed here: each test asks what a first deploy of three nodes would do. */
describe("quotas that the fleet would exceed", () => {
  let world: EndToEnd;
  let client: ConstructorParameters<typeof EC2Client>[0];

  beforeAll(async () => {
    world = await EndToEnd.start("pre", smallConfig());
    client = {
      region: "us-east-1",
      endpoint: world.aws.endpoint,
      credentials: { accessKeyId: "123456789012", secretAccessKey: "local" },
    };
    // Somebody else's addresses, in the same account and region.
    for (let count = 0; count < 2; count += 1) {
      await new EC2Client(client).send(new AllocateAddressCommand({ Domain: "vpc" }));
    }
  });
  afterAll(() => world?.stop());
  beforeEach(async () => {
    await setQuota(ELASTIC_IPS, 5);
    await setQuota(VCPUS, 12);
    world.configure(smallConfig());
  });
  afterEach(() => world.aws.clearFaults());

  async function setQuota(quota: typeof ELASTIC_IPS, DesiredValue: number): Promise<void> {
    const request = new RequestServiceQuotaIncreaseCommand({ ...quota, DesiredValue });
    await new ServiceQuotasClient(client ?? {}).send(request);
  }

  async function synth(): Promise<{ status: number | null; output: string; stack: boolean }> {
    const { status, output } = await synthesize(world.run());
    const stack = join(world.workspace.directory, "cdktf.out/stacks/pre/cdk.tf.json");
    return { status, output: output.replace(/\s+/g, " "), stack: existsSync(stack) };
  }

  function routed(...args: string[]): Promise<ProcessResult> {
    const command = [join(findProjectRoot(), "bin/routed.cjs"), ...args];
    const { workspace, aws } = world.run();
    const env = { ...aws.environment, NODE_ENV: undefined, JEST_WORKER_ID: undefined };
    return runProcess(process.execPath, command, {
      cwd: workspace.directory,
      timeoutMs: 60_000,
      env,
    });
  }

  it("are met to the last address and vCPU", async () => {
    expect(await synth()).toMatchObject({ status: 0, stack: true });
  });

  it("leave nothing to deploy, and say what is there, what is needed and what to do", async () => {
    await setQuota(ELASTIC_IPS, 4);
    await setQuota(VCPUS, 11);
    const { status, output, stack } = await synth();
    expect({ status, stack }).toEqual({ status: 1, stack: false });
    expect(output).toContain(
      "pre: needs more than 2 quotas of account 123456789012 in us-east-1 allow",
    );
    expect(output).toContain(
      "EC2-VPC Elastic IPs (ec2 L-0263D0A3): 4 allowed (the account's quota), 2 in use, 3 more needed (3 more for slots that have none); raise it to at least 5 (aws service-quotas request-service-quota-increase --region us-east-1 --service-code ec2 --quota-code L-0263D0A3 --desired-value 5;",
    );
    expect(output).toContain("0 in use, 12 more needed (vCPUs of what is launched: 3 × t3.xlarge");
  });

  it("are AWS's defaults where the account's own can't be read, and the deploy says so", async () => {
    await world.aws.setFault({ service: "servicequotas", kind: "denied", times: null });
    const allowed = await synth();
    expect(allowed).toMatchObject({ status: 0, stack: true });
    expect(allowed.output).toContain("pre: note: servicequotas:GetServiceQuota failed with");
    expect(allowed.output).toContain("(ec2 L-1216C47A) may not be enough: 0 in use and 12 needed");
    world.configure(smallConfig({ fleet: { nodes: 4 } }));
    const refused = await synth();
    expect(refused).toMatchObject({ status: 1, stack: false });
    expect(refused.output).toContain("5 allowed (AWS's default), 2 in use, 4 more needed");
  });

  it("are checked against what the environment alone has where usage can't be read", async () => {
    for (const action of ["DescribeVpcs", "DescribeInternetGateways", "DescribeInstanceTypes"]) {
      await world.aws.setFault({ service: "ec2", action, kind: "denied", times: null });
    }
    const { status, output, stack } = await synth();
    expect({ status, stack }).toEqual({ status: 0, stack: true });
    expect(output).toContain("pre: note: ec2:DescribeVpcs failed with");
    expect(output).toContain("pre: note: ec2:DescribeInstanceTypes failed with");
  });

  it("are all listed by routed preflight", async () => {
    const { status, stdout } = await routed("preflight", "pre", "--json");
    expect(status).toBe(0);
    const { checks } = JSON.parse(stdout) as { checks: { id: string }[] };
    expect(checks.find(({ id }) => id === "elasticIps")).toMatchObject({
      name: "EC2-VPC Elastic IPs",
      code: "L-0263D0A3",
      limit: 5,
      limitSource: "account",
      inUse: 2,
      inUseBy: "account",
      needed: 3,
      verdict: "fits",
    });
    await setQuota(ELASTIC_IPS, 4);
    const exceeded = await routed("preflight", "pre");
    expect(exceeded.status).toBe(1);
    expect(exceeded.stdout).toContain("pre: AWS's quotas don't allow what the config wants");
  });
});
