import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCidrReservationCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCidrReservationCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
  EC2Client,
  GetSubnetCidrReservationsCommand,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoutedError } from "../../lib/errors";
import type { Fault, StatusCheck } from "../../sandbox/control";
import { startLocalAws, type LocalAws } from "../../sandbox/local-aws";
import { findPython } from "../../sandbox/python";

const REGION = "us-east-2";
const AL2023 = "/aws/service/ecs/optimized-ami/amazon-linux-2023";

let aws: LocalAws;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "routed-sandbox-test-"));
  const python = await findPython(directory);
  rmSync(directory, { recursive: true, force: true });
  if ("missing" in python) throw new RoutedError("missing-tool", python.missing);
  aws = await startLocalAws({ toolchain: { python: python.value }, region: REGION });
}, 400_000);

afterAll(() => aws?.stop());
afterEach(() => aws.clearFaults());

const client = (accountId = "123456789012") => ({
  region: REGION,
  endpoint: aws.endpoint,
  credentials: { accessKeyId: accountId, secretAccessKey: "local" },
  maxAttempts: 1,
});
const ec2 = (accountId?: string) => new EC2Client(client(accountId));
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "no error",
    (error: Error) => error.name,
  );

let networks = 0;

/** A dual-stack subnet in zone b with one fixed interface in it. */
async function createInterface() {
  const vpc = await ec2().send(
    new CreateVpcCommand({ CidrBlock: "10.0.0.0/16", AmazonProvidedIpv6CidrBlock: true }),
  );
  const ipv6Prefix = `2001:db8:${(++networks).toString(16)}`;
  const subnet = await ec2().send(
    new CreateSubnetCommand({
      VpcId: vpc.Vpc?.VpcId,
      CidrBlock: "10.0.1.0/24",
      Ipv6CidrBlock: `${ipv6Prefix}::/64`,
      AvailabilityZone: `${REGION}b`,
    }),
  );
  const subnetId = subnet.Subnet?.SubnetId ?? "";
  const eni = await ec2().send(
    new CreateNetworkInterfaceCommand({
      SubnetId: subnetId,
      PrivateIpAddress: "10.0.1.10",
      Ipv6Addresses: [{ Ipv6Address: `${ipv6Prefix}::10` }],
    }),
  );
  return {
    vpcId: vpc.Vpc?.VpcId,
    subnetId,
    ipv6Prefix,
    eniId: eni.NetworkInterface?.NetworkInterfaceId ?? "",
  };
}

async function launchOn(eniId: string, overrides: Partial<RunInstancesCommandInput> = {}) {
  const [image] = await aws.images();
  const reservation = await ec2().send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      ImageId: image?.imageId,
      InstanceType: "r6i.large",
      NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: eniId }],
      ...overrides,
    }),
  );
  return reservation.Instances?.[0]?.InstanceId ?? "";
}

async function describe_(instanceId: string) {
  const found = await ec2().send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
  return found.Reservations?.[0]?.Instances?.[0];
}

async function describeInterface(eniId: string) {
  const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [eniId] });
  return (await ec2().send(command)).NetworkInterfaces?.[0];
}

describe("a reservation of a subnet's addresses", () => {
  const chosen = async (subnetId: string) => {
    const made = await ec2().send(new CreateNetworkInterfaceCommand({ SubnetId: subnetId }));
    return made.NetworkInterface?.PrivateIpAddress;
  };

  it("keeps AWS from choosing them, and nobody from naming them, until it goes", async () => {
    const { subnetId } = await createInterface();
    const reserve = (cidr: string) =>
      ec2().send(
        new CreateSubnetCidrReservationCommand({
          SubnetId: subnetId,
          Cidr: cidr,
          ReservationType: "explicit",
          Description: "mine",
        }),
      );

    // One of its addresses is in use already, and stays so.
    const { SubnetCidrReservation: made } = await reserve("10.0.1.0/28");
    expect(made).toMatchObject({ Cidr: "10.0.1.0/28", Description: "mine" });
    expect(await chosen(subnetId)).toBe("10.0.1.16");
    expect(await chosen(subnetId)).toBe("10.0.1.17");
    const named = { SubnetId: subnetId, PrivateIpAddress: "10.0.1.4" };
    await ec2().send(new CreateNetworkInterfaceCommand(named));
    expect(await codeOf(reserve("10.0.1.8/29"))).toBe("InvalidParameterValue");
    const all = new GetSubnetCidrReservationsCommand({ SubnetId: subnetId });
    expect((await ec2().send(all)).SubnetIpv4CidrReservations).toEqual([made]);

    const { SubnetCidrReservationId } = made ?? {};
    await ec2().send(new DeleteSubnetCidrReservationCommand({ SubnetCidrReservationId }));
    expect(await chosen(subnetId)).toBe("10.0.1.5");
  });
});

describe("an instance on a ready-made interface", () => {
  it("has the interface's zone, subnet and addresses", async () => {
    const { eniId, subnetId, ipv6Prefix } = await createInterface();

    const instance = await describe_(await launchOn(eniId));

    expect(instance?.Placement?.AvailabilityZone).toBe(`${REGION}b`);
    expect(instance?.SubnetId).toBe(subnetId);
    expect(instance?.PrivateIpAddress).toBe("10.0.1.10");
    expect(instance?.NetworkInterfaces?.map((nic) => nic.NetworkInterfaceId)).toEqual([eniId]);
    expect(instance?.NetworkInterfaces?.[0]?.Attachment?.DeviceIndex).toBe(0);
    expect(instance?.NetworkInterfaces?.[0]?.Ipv6Addresses?.[0]?.Ipv6Address).toBe(
      `${ipv6Prefix}::10`,
    );
  });

  it("keeps others off that interface until it is terminated", async () => {
    const { eniId } = await createInterface();
    const first = await launchOn(eniId);

    expect(await codeOf(launchOn(eniId))).toBe("InvalidNetworkInterface.InUse");
    const held = await describeInterface(eniId);
    expect([held?.Status, held?.Attachment?.InstanceId]).toEqual(["in-use", first]);

    await ec2().send(new TerminateInstancesCommand({ InstanceIds: [first] }));
    const free = await describeInterface(eniId);
    expect([free?.Status, free?.Attachment]).toEqual(["available", undefined]);
    const dead = await describe_(first);
    expect([dead?.State?.Name, dead?.NetworkInterfaces]).toEqual(["terminated", []]);

    expect((await describe_(await launchOn(eniId)))?.PrivateIpAddress).toBe("10.0.1.10");
  });

  it("stands behind the address that is associated with the interface", async () => {
    const { eniId, vpcId } = await createInterface();
    const { InternetGateway } = await ec2().send(new CreateInternetGatewayCommand({}));
    const gateway = { InternetGatewayId: InternetGateway?.InternetGatewayId, VpcId: vpcId };
    await ec2().send(new AttachInternetGatewayCommand(gateway));
    const { AllocationId } = await ec2().send(new AllocateAddressCommand({ Domain: "vpc" }));
    await ec2().send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId: eniId }));
    const read = async () => {
      const command = new DescribeAddressesCommand({ AllocationIds: [AllocationId ?? ""] });
      return (await ec2().send(command)).Addresses?.[0];
    };

    const instanceId = await launchOn(eniId);
    const address = await read();
    expect(address).toMatchObject({
      InstanceId: instanceId,
      NetworkInterfaceId: eniId,
      PrivateIpAddress: "10.0.1.10",
    });
    expect((await describe_(instanceId))?.PublicIpAddress).toBe(address?.PublicIp);

    await ec2().send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
    const kept = await read();
    expect([kept?.NetworkInterfaceId, kept?.InstanceId || undefined]).toEqual([eniId, undefined]);
  });
});

describe("a fixed address", () => {
  it("belongs to one interface and lies in the subnet", async () => {
    const { subnetId, ipv6Prefix } = await createInterface();
    const create = (input: { PrivateIpAddress?: string; Ipv6Address?: string }) =>
      codeOf(
        ec2().send(
          new CreateNetworkInterfaceCommand({
            SubnetId: subnetId,
            PrivateIpAddress: input.PrivateIpAddress,
            Ipv6Addresses: input.Ipv6Address ? [{ Ipv6Address: input.Ipv6Address }] : undefined,
          }),
        ),
      );

    expect(await create({ PrivateIpAddress: "10.0.1.10" })).toBe("InvalidIPAddress.InUse");
    expect(await create({ PrivateIpAddress: "10.0.2.10" })).toBe("InvalidParameterValue");
    expect(await create({ Ipv6Address: `${ipv6Prefix}:0::10` })).toBe("InvalidParameterValue");
    expect(await create({ PrivateIpAddress: "10.0.1.11", Ipv6Address: `${ipv6Prefix}::11` })).toBe(
      "no error",
    );
  });
});

describe("RunInstances", () => {
  it("refuses an unknown image, and one of another architecture, and holds no interface then", async () => {
    const { eniId } = await createInterface();

    expect(await codeOf(launchOn(eniId, { ImageId: "ami-00000000000000000" }))).toBe(
      "InvalidAMIID.NotFound",
    );
    expect(await codeOf(launchOn(eniId, { InstanceType: "r7g.large" }))).toBe(
      "InvalidParameterValue",
    );
    expect((await describeInterface(eniId))?.Status).toBe("available");
  });

  it("launches once for a client token", async () => {
    const { eniId } = await createInterface();
    const first = await launchOn(eniId, { ClientToken: "token-1" });

    expect(await launchOn(eniId, { ClientToken: "token-1" })).toBe(first);
    expect(
      await codeOf(launchOn(eniId, { ClientToken: "token-1", InstanceType: "r6i.xlarge" })),
    ).toBe("IdempotentParameterMismatch");
  });

  it("completes the root volume from the image and keeps its speed and encryption", async () => {
    const { eniId } = await createInterface();
    const instanceId = await launchOn(eniId, {
      BlockDeviceMappings: [
        { DeviceName: "/dev/xvda", Ebs: { Encrypted: true, Iops: 4000, Throughput: 250 } },
      ],
    });

    const { Volumes } = await ec2().send(
      new DescribeVolumesCommand({
        Filters: [{ Name: "attachment.instance-id", Values: [instanceId] }],
      }),
    );

    expect(Volumes).toMatchObject([
      { Size: 30, VolumeType: "gp3", Encrypted: true, Iops: 4000, Throughput: 250 },
    ]);
    expect(Volumes?.[0]?.Attachments?.[0]?.DeleteOnTermination).toBe(true);
  });

  it("is followed by no change of type or user data while the instance runs", async () => {
    const { eniId } = await createInterface();
    const instanceId = await launchOn(eniId);
    const modify = () =>
      ec2().send(
        new ModifyInstanceAttributeCommand({
          InstanceId: instanceId,
          InstanceType: { Value: "r6i.xlarge" },
        }),
      );

    expect(await codeOf(modify())).toBe("IncorrectInstanceState");
    await aws.stopInstance(instanceId);
    await modify();
    expect((await describe_(instanceId))?.InstanceType).toBe("r6i.xlarge");
  });
});

describe("images", () => {
  const read = async (name: string) =>
    (await new SSMClient(client()).send(new GetParameterCommand({ Name: name }))).Parameter?.Value;

  it("are named by each OS's public parameter, the newest after a release", async () => {
    const images = await aws.images();
    for (const image of images.filter(({ os }) => os === "bottlerocket")) {
      expect(await read(image.parameter)).toBe(image.imageId);
    }

    const released = await aws.releaseImage({ os: "al2023", architecture: "arm64" });

    expect(await read(`${AL2023}/arm64/recommended/image_id`)).toBe(released);
    expect(await read(`${AL2023}/recommended/image_id`)).toBe(images[0]?.imageId);
    expect((await aws.images()).map((image) => image.imageId)).toContain(released);
  });
});

describe("a connection", () => {
  let agent: Agent;
  beforeEach(() => (agent = new Agent({ keepAlive: true, maxSockets: 1 })));
  afterEach(() => agent.destroy());

  /** Sends a body once the server says that it may. */
  const put = (): Promise<{ readonly status?: number; readonly reused: boolean }> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ enabled: false });
      const headers = { "content-length": body.length, expect: "100-continue" };
      const call = request(`${aws.endpoint}/_sandbox/rates`, { method: "POST", agent, headers });
      call.on("continue", () => call.end(body)).on("error", reject);
      call.setTimeout(10_000, () => call.destroy(new Error("the server says nothing")));
      call.on("response", (response) =>
        response
          .resume()
          .on("end", () => resolve({ status: response.statusCode, reused: call.reusedSocket })),
      );
      call.flushHeaders();
    });

  it("is kept from call to call, and told when to send a body", async () => {
    expect(await put()).toEqual({ status: 200, reused: false });
    expect(await put()).toEqual({ status: 200, reused: true });
  });
});

describe("ECS services", () => {
  it("are created once for a client token, keep what they were created with, and can be deleted", async () => {
    const ecs = new ECSClient(client());
    await ecs.send(new CreateClusterCommand({ clusterName: "c" }));
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "f",
        networkMode: "host",
        containerDefinitions: [{ name: "bird", image: "i", memory: 128 }],
      }),
    );
    const input = {
      cluster: "c",
      serviceName: "s",
      taskDefinition: "f",
      schedulingStrategy: "DAEMON",
      availabilityZoneRebalancing: "DISABLED",
      enableECSManagedTags: true,
      propagateTags: "SERVICE",
      placementConstraints: [{ type: "memberOf", expression: "attribute:x exists" }],
      deploymentConfiguration: {
        minimumHealthyPercent: 50,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
    } as const;
    const create = (clientToken: string) =>
      ecs.send(
        new CreateServiceCommand({
          ...input,
          placementConstraints: [...input.placementConstraints],
          clientToken,
        }),
      );
    const created = (await create("token-1")).service?.serviceArn;
    expect((await create("token-1")).service?.serviceArn).toBe(created);
    await expect(create("token-2")).rejects.toThrow("Creation of service was not idempotent.");
    const read = async () =>
      (await ecs.send(new DescribeServicesCommand({ cluster: "c", services: ["s"] })))
        .services?.[0];

    expect(await read()).toMatchObject({
      schedulingStrategy: "DAEMON",
      availabilityZoneRebalancing: "DISABLED",
      enableECSManagedTags: true,
      propagateTags: "SERVICE",
      placementConstraints: input.placementConstraints,
      deploymentConfiguration: { ...input.deploymentConfiguration, maximumPercent: 100 },
    });
    expect((await read())?.networkConfiguration).toBeUndefined();

    await ecs.send(new DeleteServiceCommand({ cluster: "c", service: "s" }));
    expect((await read())?.status).toBe("INACTIVE");
  });
});

describe("a task definition", () => {
  const register = (containers: readonly object[]) =>
    new ECSClient(client()).send(
      new RegisterTaskDefinitionCommand({
        family: "f",
        cpu: "256",
        memory: "256",
        containerDefinitions: containers.map((each) => ({ image: "i:1", ...each })),
      }),
    );
  const after = (containerName: string, condition: "START" | "HEALTHY") => ({
    dependsOn: [{ containerName, condition }],
  });

  it("is refused where its containers don't fit into it or can't be started in any order", async () => {
    const healthCheck = { command: ["CMD", "true"] };
    await register([
      { name: "a", memory: 256, ...after("b", "HEALTHY") },
      { name: "b", healthCheck },
    ]);
    await expect(
      register([
        { name: "a", cpu: 129 },
        { name: "b", cpu: 128 },
      ]),
    ).rejects.toThrow("cpu of all containers is 257, of the task 256");
    await expect(
      register(Array.from({ length: 11 }, (_, index) => ({ name: `c${index}` }))),
    ).rejects.toThrow("Too many containers");
    await expect(register([{ name: "a", ...after("b", "START") }])).rejects.toThrow("dependsOn");
    await expect(
      register([{ name: "a", ...after("b", "HEALTHY") }, { name: "b" }]),
    ).rejects.toThrow("which has no health check");
    await expect(
      register([
        { name: "a", ...after("b", "START") },
        { name: "b", ...after("a", "START") },
      ]),
    ).rejects.toThrow("Cycle");
  });
});

describe("the account", () => {
  it("is that of a 12-digit access key, with resources of its own", async () => {
    const identity = (accountId: string) =>
      new STSClient(client(accountId)).send(new GetCallerIdentityCommand({}));

    expect((await identity("123456789012")).Account).toBe("123456789012");
    expect((await identity("999999999999")).Account).toBe("999999999999");
    await launchOn((await createInterface()).eniId);
    const other = await ec2("999999999999").send(new DescribeInstancesCommand({}));
    expect(other.Reservations).toEqual([]);
  });
});

describe("a fault", () => {
  const describeInstances = () => ec2().send(new DescribeInstancesCommand({}));
  const set = (fault: Fault) => aws.setFault({ service: "ec2", ...fault });

  it.each([
    ["error500", "InternalError"],
    ["throttle", "RequestLimitExceeded"],
    ["denied", "UnauthorizedOperation"],
  ] as const)("%s reaches the client of EC2 as %s, once", async (kind, code) => {
    await set({ kind, action: "DescribeInstances" });

    expect(await codeOf(describeInstances())).toBe(code);
    expect(await codeOf(describeInstances())).toBe("no error");
  });

  it.each([
    ["error500", "ServerException"],
    ["throttle", "ThrottlingException"],
    ["denied", "AccessDeniedException"],
  ] as const)("%s reaches the client of ECS as %s", async (kind, code) => {
    await aws.setFault({ kind, service: "ecs" });

    expect(await codeOf(new ECSClient(client()).send(new ListClustersCommand({})))).toBe(code);
  });

  it("denies STS in its own form", async () => {
    await aws.setFault({ kind: "denied", service: "sts" });

    const call = new STSClient(client()).send(new GetCallerIdentityCommand({}));
    expect(await codeOf(call)).toBe("AccessDenied");
  });

  it.each(["cut", "truncate"] as const)("%s lets the call fail", async (kind) => {
    await set({ kind, action: "DescribeInstances" });

    expect(await codeOf(describeInstances())).not.toBe("no error");
    expect(await codeOf(describeInstances())).toBe("no error");
  });

  it("timeout cuts the connection after its time", async () => {
    await set({ kind: "timeout", action: "DescribeInstances", seconds: 0.3 });

    const startedAt = Date.now();
    expect(await codeOf(describeInstances())).not.toBe("no error");
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(290);
  });

  it("lets calls pass first, and other actions always", async () => {
    await set({ kind: "error500", action: "DescribeInstances", skip: 1 });

    expect(await codeOf(describeInstances())).toBe("no error");
    expect(await codeOf(ec2().send(new DescribeAddressesCommand({})))).toBe("no error");
    expect(await codeOf(describeInstances())).toBe("InternalError");
  });

  it("of one's own choice may come after the call was carried out", async () => {
    const { eniId } = await createInterface();
    await set({
      kind: "error",
      action: "RunInstances",
      code: "InsufficientInstanceCapacity",
      status: 500,
      after: true,
    });

    expect(await codeOf(launchOn(eniId))).toBe("InsufficientInstanceCapacity");
    expect((await describeInterface(eniId))?.Status).toBe("in-use");
  });

  it("of an unknown kind is refused", async () => {
    const fault = { kind: "explode" } as unknown as Fault;

    await expect(aws.setFault(fault)).rejects.toThrow(
      "the local AWS refuses POST faults: kind must be one of error500, throttle, denied, error, timeout, cut, truncate, got 'explode'",
    );
  });
});

describe("control", () => {
  it("impairs and repairs each of an instance's status checks", async () => {
    const instanceId = await launchOn((await createInterface()).eniId);
    const status = async () => {
      const command = new DescribeInstanceStatusCommand({ InstanceIds: [instanceId] });
      const [found] = (await ec2().send(command)).InstanceStatuses ?? [];
      const checks = [found?.InstanceStatus, found?.SystemStatus, found?.AttachedEbsStatus];
      return checks.map((check) => check?.Status);
    };

    expect(await status()).toEqual(["ok", "ok", "ok"]);
    await aws.impairInstance(instanceId);
    expect(await status()).toEqual(["impaired", "ok", "ok"]);
    await aws.impairInstance(instanceId, "system");
    expect(await status()).toEqual(["ok", "impaired", "ok"]);
    await aws.impairInstance(instanceId, "attachedEbs");
    expect(await status()).toEqual(["ok", "ok", "impaired"]);
    await aws.repairInstance(instanceId);
    expect(await status()).toEqual(["ok", "ok", "ok"]);
    await expect(aws.impairInstance(instanceId, "mood" as StatusCheck)).rejects.toThrow(
      "check must be one of instance, system, attachedEbs, got 'mood'",
    );
  });

  it("tells the calls and what happened to instances, with their slot", async () => {
    const { eniId } = await createInterface();
    await aws.clearCalls();
    const instanceId = await launchOn(eniId, {
      TagSpecifications: [
        {
          ResourceType: "instance",
          Tags: [
            { Key: "routed:environment", Value: "e" },
            { Key: "routed:node", Value: "7" },
          ],
        },
      ],
    });
    expect((await aws.findNode("e", 7))?.instanceId).toBe(instanceId);
    await aws.terminateInstance(instanceId);
    expect(await aws.findNode("e", 7)).toBeUndefined();

    const log = await aws.calls();
    expect(log.counts).toEqual({ ec2: { RunInstances: 1 } });
    expect(log.calls[0]).toMatchObject({ action: "RunInstances", mutating: true, status: 200 });
    const events = (await aws.timeline()).filter((event) => event.instanceId === instanceId);
    expect(events).toMatchObject([
      { event: "launched", environment: "e", slot: 7, networkInterfaceId: eniId },
      { event: "terminated", environment: "e", slot: 7, networkInterfaceId: eniId },
    ]);
  });

  it("forks into an AWS that begins with all that this one holds, and goes its own way", async () => {
    const instanceId = await launchOn((await createInterface()).eniId);

    const forks = await Promise.all([aws.fork(), aws.fork()]);
    const [fork, other] = forks;
    await fork?.terminateInstance(instanceId);

    const stateIn = async (each: LocalAws | undefined) =>
      (await each?.instances())?.find((instance) => instance.instanceId === instanceId)?.state;
    expect(await stateIn(fork)).toBe("terminated");
    expect(await stateIn(other)).toBe("running");
    expect(await stateIn(aws)).toBe("running");
    expect((await fork?.calls())?.total).toBe(0);
    const again = await fork?.fork();
    expect(await stateIn(again)).toBe("terminated");
    expect(new Set([...forks, aws, again].map((each) => each?.endpoint)).size).toBe(4);

    for (const each of [...forks, again]) await each?.stop();
    expect(await fork?.isHealthy()).toBe(false);
    expect(await aws.isHealthy()).toBe(true);
  });

  it("refuses what isn't there", async () => {
    await expect(aws.stopInstance("i-none")).rejects.toThrow(
      "the local AWS refuses POST instances/i-none/stop: no instance i-none",
    );
  });
});
