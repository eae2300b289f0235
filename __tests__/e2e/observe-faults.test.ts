import { renderSummary } from "../../lib/plan/render/render-summary";
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { ResourceType } from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import type { Environment } from "../../lib/config/environment";
import { imageParameter } from "../../lib/config/naming";
import { OBSERVE_CALLS } from "../../lib/aws/calls";
import type { AwsCallName } from "../../lib/aws/calls";
import { AwsObservationReader } from "../../lib/observe/readers/aws-reader";
import { awsSdkCalls } from "../../lib/aws/observe-sdk-calls";
import type { Observation } from "../../lib/observe/observation";
import { DEFAULT_LIMITS } from "../../lib/aws/limits";
import { desiredFleet, desiredSpec } from "../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import type { Fault } from "../../sandbox/control";
import { startLocalAws } from "../../sandbox/local-aws";
import type { LocalAws } from "../../sandbox/local-aws";
import { requireToolchain } from "../../sandbox/toolchain";
import { anEnvironment } from "../support/fake-aws/an-environment";
import { EXISTENCE_CALLS, HEALTH_CALLS, noSleep } from "../support/fake-aws/observing";
import { prepareSdk } from "../support/fake-aws/prepare-sdk";

const REGION = "us-east-1";
const ZONES = ["a", "b", "c"].map((zone) => REGION + zone);
const BASE = anEnvironment({
  aws: {
    accountId: "123456789012",
    region: REGION,
    availabilityZones: ZONES,
    permissionsBoundary: false,
  },
  autopilotSites: [{ id: 1, name: "pop1", bgpPeers: [] }],
});
/** Images are staged, so that it is read what the PoP runs. */
const ENVIRONMENT: Environment = { ...BASE, routed: { ...BASE.routed, canaries: ["pop1"] } };

/** Two attempts tell "once" from "for good"; a local AWS that says nothing costs 2 s. */
const LIMITS = { ...DEFAULT_LIMITS, attempts: 2, answerMilliseconds: 1_000 };

let aws: LocalAws;
let restore: () => void;

/** Three available nodes with a task of `pop1` each, made by AWS's own calls, and a newer AMI. */
beforeAll(async () => {
  aws = await startLocalAws({ toolchain: await requireToolchain() });
  restore = prepareSdk();
  for (const [name, value] of Object.entries(aws.environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await aws.configureAgent({ bootSeconds: 0.1, rebuildSeconds: 0.1 });
  const ec2 = new EC2Client({ region: REGION });
  const ecs = new ECSClient({ region: REGION });
  await ecs.send(new CreateClusterCommand({ clusterName: "routed-test" }));
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: "routed-test-pop1",
      networkMode: "host",
      cpu: "512",
      memory: "1024",
      containerDefinitions: [
        {
          name: "bird",
          image: ENVIRONMENT.routed.image,
          healthCheck: { command: ["CMD", "healthcheck"] },
        },
      ],
    }),
  );
  const vpc = await ec2.send(
    new CreateVpcCommand({ CidrBlock: "10.64.0.0/16", AmazonProvidedIpv6CidrBlock: true }),
  );
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const gateway = { InternetGatewayId: InternetGateway?.InternetGatewayId, VpcId: vpc.Vpc?.VpcId };
  await ec2.send(new AttachInternetGatewayCommand(gateway));
  for (const slot of [0, 1, 2]) await launch(ec2, slot, vpc.Vpc?.VpcId);
  await ecs.send(
    new CreateServiceCommand({
      cluster: "routed-test",
      serviceName: "pop1",
      taskDefinition: taskDefinition?.taskDefinitionArn,
      launchType: "EC2",
      schedulingStrategy: "DAEMON",
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 },
      tags: [{ key: "routed:pop", value: "pop1" }],
    }),
  );
  await aws.waitUntilHealthy("test");
  await aws.releaseImage();
});

afterAll(async () => {
  restore();
  await aws.stop();
});

afterEach(() => aws.clearFaults());

/** A node with its address, as the product makes it. */
async function launch(ec2: EC2Client, slot: number, vpcId: string | undefined): Promise<void> {
  const tagged = (type: ResourceType) => ({
    ResourceType: type,
    Tags: [
      { Key: "routed:environment", Value: "test" },
      { Key: "routed:node", Value: String(slot) },
    ],
  });
  const zone = ZONES[slot] ?? "";
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({
      VpcId: vpcId,
      CidrBlock: `10.64.${slot}.0/24`,
      Ipv6CidrBlock: `2001:db8:${slot + 1}::/64`,
      AvailabilityZone: zone,
    }),
  );
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({
      SubnetId: Subnet?.SubnetId,
      Ipv6Addresses: [{ Ipv6Address: `2001:db8:${slot + 1}::10` }],
      TagSpecifications: [tagged("network-interface")],
    }),
  );
  const eni = NetworkInterface?.NetworkInterfaceId;
  const eip = await ec2.send(
    new AllocateAddressCommand({ Domain: "vpc", TagSpecifications: [tagged("elastic-ip")] }),
  );
  await ec2.send(
    new AssociateAddressCommand({ AllocationId: eip.AllocationId, NetworkInterfaceId: eni }),
  );
  const images = await aws.images();
  const image = images.find(({ parameter }) => parameter === imageParameter("al2023", "x86_64"));
  const spec = desiredSpec(desiredFleet(ENVIRONMENT), image?.imageId ?? "", slot, zone);
  await ec2.send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      ImageId: spec.amiId,
      InstanceType: "r6i.large",
      UserData: spec.userDataBase64,
      NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: eni }],
      BlockDeviceMappings: [
        { DeviceName: "/dev/xvda", Ebs: { VolumeSize: spec.rootVolumeGiB, VolumeType: "gp3" } },
      ],
      TagSpecifications: [tagged("instance")],
    }),
  );
}

function observe(): Promise<Observation> {
  const connect = (region: string) => Promise.resolve(awsSdkCalls(region, LIMITS));
  return new AwsObservationReader(connect, noSleep).read(ENVIRONMENT);
}

function planOf(observation: Observation) {
  return planUpgrade(desiredFleet(ENVIRONMENT), observation);
}

/** What comes of an observation that meets the fault at `call`: a plan's summary, or a refusal. */
async function outcomeOf(call: AwsCallName, fault: Omit<Fault, "service" | "action">) {
  const [service, action] = OBSERVE_CALLS[call].split(":");
  await aws.setFault({ service, action, ...fault });
  try {
    const plan = planOf(await observe());
    return plan.status === "held" ? "held" : `${plan.status}: ${renderSummary(plan)}`;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await aws.clearFaults();
  }
}

it("a fleet that is well is observed as a whole, with the health of its nodes and tasks", async () => {
  const { instances, networkInterfaces, elasticIps, cluster, health } = await observe();
  expect([instances, networkInterfaces, elasticIps].map((list) => list.length)).toEqual([3, 3, 3]);
  expect(cluster?.registeredContainerInstances).toBe(3);
  if (health.source !== "ecs") throw new Error(JSON.stringify(health));
  expect(health.services).toEqual([
    {
      serviceName: "pop1",
      scheduling: "DAEMON",
      desiredCount: 3,
      runningCount: 3,
      deploymentInProgress: false,
      taskDefinitionArn: expect.stringMatching(/task-definition\/routed-test-pop1:1$/) as string,
    },
  ]);
  expect(health.containerInstances.map(({ instanceId }) => instanceId).sort()).toEqual(
    instances.map(({ instanceId }) => instanceId).sort(),
  );
  expect(health.tasks.map((task) => [task.lastStatus, task.healthStatus])).toEqual(
    Array.from({ length: 3 }, () => ["RUNNING", "HEALTHY"]),
  );
});

const STAGED = "staged: upgrade node 0";

it("the plan without a fault upgrades a node", async () => {
  expect(renderSummary(planOf(await observe()))).toBe("upgrade node 0");
});

describe.each(["error500", "throttle", "cut"] as const)("%s once", (kind) => {
  it.each(Object.keys(OBSERVE_CALLS) as AwsCallName[])("at %s changes nothing", async (call) => {
    expect(await outcomeOf(call, { kind })).toBe(STAGED);
  });
});

describe.each(["error500", "throttle", "denied", "cut", "truncate"] as const)(
  "%s for good",
  (kind) => {
    it.each(EXISTENCE_CALLS)("at %s is refused", async (call) => {
      expect(await outcomeOf(call, { kind, times: null })).toBe("unreadable-aws");
    });

    it.each(HEALTH_CALLS)("at %s holds the fleet", async (call) => {
      expect(await outcomeOf(call, { kind, times: null })).toBe("held");
    });
  },
);

describe("silence for good", () => {
  it.each([
    ["describeInstances", "unreadable-aws"],
    ["listTasks", "held"],
  ] as const)("at %s leads to %s", async (call, expected) => {
    expect(await outcomeOf(call, { kind: "timeout", times: null, seconds: 60 })).toBe(expected);
  });
});
