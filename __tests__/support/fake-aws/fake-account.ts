import type {
  Address,
  Filter,
  Instance,
  InstanceStatus,
  NetworkInterface,
  Tag,
  Volume,
} from "@aws-sdk/client-ec2";
import type { Cluster, Failure } from "@aws-sdk/client-ecs";
import type { Parameter } from "@aws-sdk/client-ssm";
import { imageParameter, IMAGES } from "../../../lib/config/naming";
import type { AwsCallName, AwsCalls, AwsInput, AwsOutput } from "../../../lib/aws/calls";
import type { Observation } from "../../../lib/observe/observation";
import { aFakeEcs, ecsAnswers, healthOfFakeEcs, SETTINGS, TASK_DEFINITION } from "./fake-ecs";
import type { FakeEcs } from "./fake-ecs";
import { filtered } from "./filtered";
import { pageOf } from "./page-of";

/** What an account holds, in AWS's shapes. */
export interface FakeAccount extends FakeEcs {
  account: string | undefined;
  instances: Instance[];
  userData: Map<string, string>;
  statuses: InstanceStatus[];
  volumes: Volume[];
  networkInterfaces: NetworkInterface[];
  addresses: Address[];
  clusters: Cluster[];
  clusterFailures: Failure[];
  parameters: Parameter[];
  invalidParameters: string[];
  /** The object with the record of addresses; null where there is none. */
  record: string | null;
  /** False where EC2 gives everything, whatever filters ask for. */
  heedsFilters: boolean;
}

const ZONES = ["us-east-2a", "us-east-2b", "us-east-2c"] as const;

function tags(slot: number): Tag[] {
  return [
    { Key: "Name", Value: `routed-test-${slot}` },
    { Key: "routed:environment", Value: "test" },
    { Key: "routed:node", Value: String(slot) },
  ];
}

function anInstance(slot: number): Instance {
  return {
    InstanceId: `i-${slot}`,
    ImageId: "ami-1",
    InstanceType: "r6i.large",
    State: { Name: "running" },
    Placement: { AvailabilityZone: ZONES[slot % 3] },
    LaunchTime: new Date("2025-01-02T03:04:05Z"),
    VpcId: "vpc-test",
    RootDeviceName: "/dev/xvda",
    BlockDeviceMappings: [
      { DeviceName: "/dev/xvdb", Ebs: { VolumeId: `vol-data-${slot}` } },
      { DeviceName: "/dev/xvda", Ebs: { VolumeId: `vol-${slot}` } },
    ],
    NetworkInterfaces: [
      { NetworkInterfaceId: `eni-second-${slot}`, Attachment: { DeviceIndex: 1 } },
      { NetworkInterfaceId: `eni-${slot}`, Attachment: { DeviceIndex: 0 } },
    ],
    Tags: tags(slot),
  };
}

/** `nodes` healthy nodes with all that belongs to them, and a healthy task of each PoP on each. */
export function aFakeAccount(nodes = 3, pops = 2): FakeAccount {
  const slots = Array.from({ length: nodes }, (_, slot) => slot);
  return {
    account: "123456789012",
    instances: slots.map(anInstance),
    userData: new Map(slots.map((slot) => [`i-${slot}`, btoa(`node ${slot}`)])),
    statuses: slots.map((slot) => ({
      InstanceId: `i-${slot}`,
      SystemStatus: { Status: "ok" },
      InstanceStatus: { Status: "ok" },
      AttachedEbsStatus: { Status: "ok" },
    })),
    volumes: slots.map((slot) => ({ VolumeId: `vol-${slot}`, Size: 100 })),
    networkInterfaces: slots.map((slot) => ({
      NetworkInterfaceId: `eni-${slot}`,
      AvailabilityZone: ZONES[slot % 3],
      VpcId: "vpc-test",
      Description: `Address of node ${slot}`,
      SubnetId: `subnet-${slot % 3}`,
      PrivateIpAddress: `10.64.${slot % 3}.${10 + slot}`,
      Ipv6Addresses: [{ Ipv6Address: `2001:db8::${slot}` }],
      Attachment: { InstanceId: `i-${slot}`, Status: "attached" },
      TagSet: tags(slot),
    })),
    addresses: slots.map((slot) => ({
      AllocationId: `eipalloc-${slot}`,
      PublicIp: `192.0.2.${slot + 1}`,
      NetworkInterfaceId: `eni-${slot}`,
      Tags: tags(slot),
    })),
    clusters: [
      {
        clusterName: "routed-test",
        clusterArn: "arn:aws:ecs:us-east-2:123456789012:cluster/routed-test",
        status: "ACTIVE",
        registeredContainerInstancesCount: nodes,
        activeServicesCount: pops,
      },
    ],
    ...aFakeEcs(nodes, pops),
    clusterFailures: [],
    parameters: IMAGES.map(({ os, architecture }) => ({
      Name: imageParameter(os, architecture),
      Value: `ami-${os}-${architecture}`,
    })),
    invalidParameters: [],
    record: null,
    heedsFilters: true,
  };
}

/** The record that a deploy has left of the account's addresses. */
export function recordOf({ networkInterfaces, addresses }: FakeAccount): string {
  const remembered = networkInterfaces.map((eni, slot) => ({
    slot,
    availabilityZone: eni.AvailabilityZone,
    networkInterfaceId: eni.NetworkInterfaceId,
    privateIpv4: eni.PrivateIpAddress,
    ipv6: eni.Ipv6Addresses?.[0]?.Ipv6Address,
    allocationId: addresses[slot]?.AllocationId,
    publicIpv4: addresses[slot]?.PublicIp,
  }));
  return JSON.stringify({ formatVersion: 1, environment: "test", remembered });
}

/** An account in which nothing of the environment exists. */
export function anEmptyAccount(): FakeAccount {
  return {
    ...aFakeAccount(0, 0),
    clusters: [],
    clusterFailures: [
      { arn: "arn:aws:ecs:us-east-2:123456789012:cluster/routed-test", reason: "MISSING" },
    ],
  };
}

/** What must be observed of `aFakeAccount(nodes, pops)`. */
export function observationOfFakeAccount(nodes = 3, pops = 2): Observation {
  const slots = Array.from({ length: nodes }, (_, slot) => slot);
  return {
    formatVersion: 1,
    environment: "test",
    accountId: "123456789012",
    region: "us-east-2",
    images: Object.fromEntries(
      IMAGES.map(({ os, architecture }) => [
        imageParameter(os, architecture),
        `ami-${os}-${architecture}`,
      ]),
    ),
    cluster: {
      clusterArn: "arn:aws:ecs:us-east-2:123456789012:cluster/routed-test",
      status: "ACTIVE",
      registeredContainerInstances: nodes,
    },
    instances: slots.map((slot) => ({
      instanceId: `i-${slot}`,
      slot,
      state: "running",
      statusChecks: "ok",
      availabilityZone: ZONES[slot % 3] ?? "",
      amiId: "ami-1",
      instanceType: "r6i.large",
      userDataBase64: btoa(`node ${slot}`),
      rootVolumeGiB: 100,
      networkInterfaceIds: [`eni-${slot}`, `eni-second-${slot}`],
      launchTime: "2025-01-02T03:04:05.000Z",
    })),
    networkInterfaces: slots.map((slot) => ({
      networkInterfaceId: `eni-${slot}`,
      slot,
      availabilityZone: ZONES[slot % 3] ?? "",
      subnetId: `subnet-${slot % 3}`,
      privateIpv4: `10.64.${slot % 3}.${10 + slot}`,
      ipv6: [`2001:db8::${slot}`],
      instanceId: `i-${slot}`,
    })),
    elasticIps: slots.map((slot) => ({
      allocationId: `eipalloc-${slot}`,
      slot,
      publicIpv4: `192.0.2.${slot + 1}`,
      networkInterfaceId: `eni-${slot}`,
    })),
    health: healthOfFakeEcs(nodes, pops),
  };
}

/** The same where images are staged. */
export function stagedObservationOfFakeAccount(nodes = 3, pops = 2): Observation {
  const observation = observationOfFakeAccount(nodes, pops);
  const { health } = observation;
  if (health.source !== "ecs") return observation;
  const services = health.services.map((service) => ({
    ...service,
    taskDefinitionArn: TASK_DEFINITION,
  }));
  const image = "registry.example/routed:1";
  const taskDefinitions = [{ taskDefinitionArn: TASK_DEFINITION, image, settings: SETTINGS }];
  return { ...observation, health: { ...health, services, taskDefinitions } };
}

type Answer<Name extends AwsCallName> = (input: AwsInput<Name>) => AwsOutput<Name>;

/** A fake account's answer to each call, with `pageSize` items a page; ECS gives at most 100. */
export function fakeAnswers(
  account: FakeAccount,
  pageSize = 1000,
): { readonly [Name in AwsCallName]: Answer<Name> } {
  const asked = (filters: Filter[] = []) => (account.heedsFilters ? filters : []);
  return {
    getCallerIdentity: () => ({
      Account: account.account,
      Arn: `arn:aws:iam::${account.account}:user/someone`,
    }),
    describeInstances: ({ NextToken, Filters }) => {
      const page = pageOf(filtered(account.instances, asked(Filters)), NextToken, pageSize);
      return { Reservations: [{ Instances: page.items }], NextToken: page.next };
    },
    describeInstanceAttribute: ({ InstanceId }) => ({
      InstanceId,
      UserData: { Value: account.userData.get(InstanceId ?? "") },
    }),
    describeInstanceStatus: ({ InstanceIds }) => ({
      InstanceStatuses: account.statuses.filter(({ InstanceId }) =>
        InstanceIds?.includes(InstanceId ?? ""),
      ),
    }),
    describeVolumes: ({ VolumeIds }) => ({
      Volumes: account.volumes.filter(({ VolumeId }) => VolumeIds?.includes(VolumeId ?? "")),
    }),
    describeNetworkInterfaces: ({ NextToken, Filters }) => {
      const page = pageOf(filtered(account.networkInterfaces, asked(Filters)), NextToken, pageSize);
      return { NetworkInterfaces: page.items, NextToken: page.next };
    },
    describeAddresses: () => ({ Addresses: account.addresses }),
    describeClusters: () => ({ clusters: account.clusters, failures: account.clusterFailures }),
    ...ecsAnswers(account, Math.min(pageSize, 100)),
    getParameters: () => ({
      Parameters: account.parameters,
      InvalidParameters: account.invalidParameters,
    }),
    getObject: () => {
      if (account.record !== null) return { Body: account.record };
      throw Object.assign(new Error("The specified key does not exist."), { name: "NoSuchKey" });
    },
  };
}

/** The port to a fake account, which gives `pageSize` items a page. */
export function fakeCalls(account: FakeAccount, pageSize = 1000): AwsCalls {
  const calls = Object.entries(fakeAnswers(account, pageSize)).map(([name, answer]) => [
    name,
    // An answer that throws is a rejection, as it is over the wire.
    (input: never) => new Promise((resolve) => resolve(answer(input))),
  ]);
  return Object.fromEntries(calls) as AwsCalls;
}
