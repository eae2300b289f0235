import { messageOf } from "../../../lib/errors";
import type { RoutedError } from "../../../lib/errors";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import type { Environment } from "../../../lib/config/environment";
import type { Observation } from "../../../lib/observe/observation";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planWaves } from "../../../lib/plan/plan-upgrade";
import type { PlanOptions } from "../../../lib/plan/plan-upgrade";
import type { PreflightSubject } from "../../../lib/preflight/preflight";
import type { ConnectToQuotas, PreflightCalls } from "../../../lib/aws/preflight-calls";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";
import { emptyObservation } from "../../support/fleet";
import { simulateWave } from "../../../lib/plan/simulate/simulate-wave";

/** An environment of so many nodes of a type. */
export function anEnvironmentOf(nodes: number, instanceType = "r6i.large"): Environment {
  const environment = aRoutedEnvironment();
  return { ...environment, fleet: { ...environment.fleet, nodes, instanceType } };
}

/** The environment with what is observed of it: by default nothing, so that all is new. */
export function aSubject(
  environment: Environment = anEnvironmentOf(3),
  observation: Observation = emptyObservation(),
  options: PlanOptions = {},
): PreflightSubject {
  const waves = planWaves(desiredFleet(environment), observation, {
    ignoreHealth: true,
    ...options,
  });
  return { environment, observation, waves };
}

/** What is observed once `environment` has been deployed. */
export function deployed(environment: Environment): Observation {
  const { observation, waves } = aSubject(environment);
  return waves.reduce((before, plan) => simulateWave(before, plan), observation);
}

export interface FakeAccount {
  /** By Service Quotas' code; what isn't there fails with NoSuchResourceException. */
  readonly quotas?: Readonly<Record<string, number>>;
  readonly addresses?: number;
  /** Tags of the VPCs, and of the internet gateways. */
  readonly networks?: readonly Readonly<Record<string, string>>[];
  readonly networkInterfaces?: number;
  readonly instances?: readonly {
    readonly type: string;
    readonly lifecycle?: "spot";
    readonly tenancy?: "host";
  }[];
  /** By id; by default the one that is observed. */
  readonly images?: Readonly<
    Record<
      string,
      {
        readonly state: "available" | "pending";
        readonly architecture?: "arm64";
        /** What the AMI puts on its volumes, by device. */
        readonly volumes?: Readonly<Record<string, number>>;
      }
    >
  >;
  readonly vcpus?: Readonly<Record<string, number>>;
  /** The zones that offer a type; by default all of them. */
  readonly zones?: Readonly<Record<string, readonly string[]>>;
  /** The account's default EBS key, and KMS's word of it; by default AWS's own. */
  readonly ebsKey?: { readonly id: string; readonly state?: string };
  /** EC2's answer to dry runs, by its error's code; by default that they would be carried out. */
  readonly dryRuns?: Readonly<Partial<Record<"launch" | "terminate", string>>>;
  /** The calls that are denied. */
  readonly denied?: readonly (keyof PreflightCalls)[];
}

/** An account, and the calls that were made to it, as "describeVpcs" or "getServiceQuota L-F678F1CE". */
export function aFakeAccount(account: FakeAccount = {}): {
  readonly connect: ConnectToQuotas;
  readonly made: string[];
} {
  const made: string[] = [];
  const answer = <T>(name: keyof PreflightCalls, detail: string, value: () => T): Promise<T> => {
    made.push(`${name}${detail}`);
    if (!account.denied?.includes(name)) return Promise.resolve().then(value);
    return Promise.reject(awsError("AccessDenied", "not authorized"));
  };
  const { networks = [], vcpus = { "r6i.large": 2 } } = account;
  const tagged = networks.map((tags) => ({
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  }));
  const calls: PreflightCalls = {
    getServiceQuota: ({ QuotaCode: code = "" }) =>
      answer("getServiceQuota", ` ${code}`, () => {
        const value = account.quotas?.[code];
        if (value === undefined) throw awsError("NoSuchResourceException", "no such quota");
        return { Quota: { Value: value } };
      }),
    describeAddresses: () =>
      answer("describeAddresses", "", () => ({ Addresses: list(account.addresses ?? 0) })),
    describeNetworkInterfaces: () =>
      answer("describeNetworkInterfaces", "", () => ({
        NetworkInterfaces: list(account.networkInterfaces ?? 0),
      })),
    describeVpcs: () => answer("describeVpcs", "", () => ({ Vpcs: tagged })),
    describeInternetGateways: () =>
      answer("describeInternetGateways", "", () => ({ InternetGateways: tagged })),
    describeInstances: ({ NextToken: token }) =>
      answer("describeInstances", token ? ` ${token}` : "", () => {
        const index = token === undefined ? 0 : Number(token);
        const one = account.instances?.slice(index, index + 1) ?? [];
        const more = index + 1 < (account.instances?.length ?? 0);
        return {
          ...(more ? { NextToken: String(index + 1) } : {}),
          Reservations: one.map(({ type, lifecycle, tenancy }) => ({
            Instances: [
              {
                InstanceType: type as "r6i.large",
                InstanceLifecycle: lifecycle,
                Placement: { Tenancy: tenancy },
              },
            ],
          })),
        };
      }),
    describeImages: ({ ImageIds: ids = [] }) =>
      answer("describeImages", ` ${ids.join()}`, () => {
        const images = account.images ?? { "ami-00000000000000001": { state: "available" } };
        return {
          Images: ids.map((id) => {
            const image = images[id];
            if (!image) throw awsError("InvalidAMIID.NotFound", `no ${id}`);
            const { state, architecture = "x86_64", volumes = {} } = image;
            return {
              ImageId: id,
              State: state,
              Architecture: architecture,
              RootDeviceName: "/dev/xvda",
              BlockDeviceMappings: Object.entries(volumes).map(([device, gib]) => ({
                DeviceName: device,
                Ebs: { VolumeSize: gib },
              })),
            };
          }),
        };
      }),
    describeInstanceTypeOfferings: ({ Filters: [filter] = [] }) => {
      const types = filter?.Values ?? [];
      return answer("describeInstanceTypeOfferings", ` ${types.join()}`, () => ({
        InstanceTypeOfferings: types.flatMap((type) =>
          (account.zones?.[type] ?? ALL_ZONES).map((Location) => ({
            InstanceType: type as "r6i.large",
            Location,
          })),
        ),
      }));
    },
    getEbsDefaultKmsKeyId: () =>
      answer("getEbsDefaultKmsKeyId", "", () => ({
        KmsKeyId: account.ebsKey?.id ?? "alias/aws/ebs",
      })),
    describeKey: ({ KeyId: id }) =>
      answer("describeKey", ` ${id}`, () => {
        const state = account.ebsKey?.state;
        if (state === undefined) throw awsError("NotFoundException", "no such key");
        return { KeyMetadata: { KeyId: id, KeyState: state as "Enabled" } };
      }),
    tryRunInstances: ({ InstanceType: type, NetworkInterfaces: [eni] = [] }) =>
      answer("tryRunInstances", ` ${type} on ${eni?.NetworkInterfaceId}`, () => {
        throw awsError(account.dryRuns?.launch ?? "DryRunOperation", "told");
      }),
    tryTerminateInstances: ({ InstanceIds: ids = [] }) =>
      answer("tryTerminateInstances", ` ${ids.join()}`, () => {
        throw awsError(account.dryRuns?.terminate ?? "DryRunOperation", "told");
      }),
    describeInstanceTypes: ({ InstanceTypes: types = [] }) =>
      answer("describeInstanceTypes", ` ${types.join()}`, () => ({
        InstanceTypes: types.map((type) => {
          const count = vcpus[type];
          if (count === undefined) throw awsError("InvalidInstanceType", `no ${type}`);
          return {
            InstanceType: type,
            VCpuInfo: { DefaultVCpus: count },
            ProcessorInfo: { SupportedArchitectures: ["x86_64" as const] },
          };
        }),
      })),
  };
  return { connect: () => Promise.resolve(calls), made };
}

const ALL_ZONES = ["us-east-2a", "us-east-2b", "us-east-2c"];

function list(length: number): object[] {
  return Array.from({ length }, () => ({}));
}

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** What a check of the next wave's launches tells, what it asked, and its refusal. */
export async function launchCheck(
  account: FakeAccount,
  { waves: [plan] }: PreflightSubject,
  check: (plan: UpgradePlan, connect: () => Promise<PreflightCalls>) => Promise<readonly string[]>,
) {
  const { connect, made } = aFakeAccount(account);
  if (!plan) throw new Error("no plan");
  const outcome = await check(plan, () => connect("us-east-2")).then(
    (notes) => ({ notes, error: undefined }),
    (error: RoutedError) => ({ notes: [], error: { code: error.code, message: messageOf(error) } }),
  );
  return { ...outcome, made };
}

export function launchRefusal(problem: string) {
  const head = "test: nodes can't be launched as planned, so none is replaced";
  return { code: "unusable-image", message: `${head}:\n  - ${problem}` };
}
