import type { RunInstancesRequest } from "@aws-sdk/client-ec2";
import { describeAwsError } from "../aws/failure";
import { allPages } from "../aws/call-table";
import { DRY_RUN_CALLS, PREFLIGHT_CALLS } from "../aws/preflight-calls";
import type { PreflightCalls } from "../aws/preflight-calls";
import { checkEbsKey } from "./check-ebs-key";
import type { Found } from "./check-ebs-key";
import type { Environment } from "../config/environment";
import { clusterName, ENVIRONMENT_TAG, NODE_TAG } from "../config/naming";
import { DATA_DEVICE } from "../config/node-volumes";
import { RoutedError } from "../errors";
import type { Observation } from "../observe/observation";
import type { NodeSpec } from "../plan/node-spec";
import { launchedNodes } from "../plan/upgrade-plan";
import type { UpgradePlan } from "../plan/upgrade-plan";
import { listOf } from "../words";
import { nodesOf } from "../config/slots";

/** EC2's answer to a dry run that would have been carried out. */
const ALLOWED = "DryRunOperation";
const DENIED = "UnauthorizedOperation";

/** For the permission it is all the same, as long as it is the root's on the usual AMIs. */
const ROOT_DEVICE = "/dev/xvda";

/** A node that the next deploy launches. */
interface Launch {
  readonly slot: number;
  readonly availabilityZone: string;
  readonly spec: NodeSpec;
  /** The instance that goes for it; null where there is none. */
  readonly replaced: string | null;
  /** The slot's ENI; undefined where it is yet to be made. */
  readonly networkInterfaceId: string | undefined;
}

export interface LaunchSubject {
  readonly environment: Environment;
  readonly observation: Observation;
  readonly plan: UpgradePlan;
}

/**
 * Checks that EC2 would launch what the next deploy launches, before it destroys anything for that:
 * each zone offers its type, the key of its volumes can be used, and whoever deploys may launch it there.
 *
 * Whether these credentials are those that deploy isn't known: a pipeline that only reads may not
 * launch anything either. So a launch is refused for sure only where the same credentials could
 * terminate the node that it is to replace. All else that isn't known is told.
 *
 * @returns notes on what couldn't be checked
 * @throws RoutedError `unusable-image` where a zone lacks the type, the key can't be used, or the launch is
 *   refused for sure
 */
export async function requireLaunches(
  subject: LaunchSubject,
  connect: () => Promise<PreflightCalls>,
): Promise<string[]> {
  const launches = launchesOf(subject);
  if (launches.length === 0) return [];
  const calls = await connect();
  const found = await Promise.all([
    checkOfferings(launches, calls),
    checkEbsKey(calls),
    checkAllowed(subject, launches, calls),
  ]);
  const problems = found.flatMap((each) => each.problems);
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  - ${problem}`).join("\n");
    const head = `${subject.plan.environment}: nodes can't be launched as planned, so none is replaced`;
    throw new RoutedError("unusable-image", `${head}:\n${lines}`);
  }
  return found.flatMap(({ notes }) => notes);
}

function launchesOf({ observation, plan }: LaunchSubject): Launch[] {
  return launchedNodes(plan).map(({ slot, availabilityZone, spec }) => {
    const decision = plan.decisions.find((item) => item.slot === slot);
    const eni = observation.networkInterfaces.find((item) => item.slot === slot);
    return {
      slot,
      availabilityZone,
      spec,
      replaced: decision?.action === "upgrade" ? decision.instanceId : null,
      networkInterfaceId: eni?.networkInterfaceId,
    };
  });
}

async function checkOfferings(launches: readonly Launch[], calls: PreflightCalls): Promise<Found> {
  const types = [...new Set(launches.map(({ spec }) => spec.instanceType))].sort();
  const endless = (field: string) => new Error(`the same ${field} came twice`);
  let zones: ReadonlyMap<string, readonly string[]>;
  try {
    const pages = await allPages(
      (page) => calls.describeInstanceTypeOfferings(page),
      {
        LocationType: "availability-zone" as const,
        Filters: [{ Name: "instance-type", Values: types }],
      },
      endless,
    );
    const offerings = pages.flatMap(({ InstanceTypeOfferings }) => InstanceTypeOfferings ?? []);
    zones = new Map(
      types.map((type) => [
        type,
        offerings
          .filter(({ InstanceType }) => InstanceType === type)
          .map(({ Location = "" }) => Location)
          .sort(),
      ]),
    );
  } catch (error) {
    const what = `${PREFLIGHT_CALLS.describeInstanceTypeOfferings} failed with ${describeAwsError(error)}`;
    return {
      problems: [],
      notes: [`${what}, so whether each zone offers its type was not checked`],
    };
  }
  const problems = launches.flatMap(({ slot, spec, availabilityZone }) => {
    const offering = zones.get(spec.instanceType) ?? [];
    // A type that no zone offers doesn't exist, which is told where types are checked.
    if (offering.length === 0 || offering.includes(availabilityZone)) return [];
    return [
      `${availabilityZone} of ${nodesOf([slot])} does not offer ${spec.instanceType}, only ${listOf(offering)} do; ` +
        "change fleet.instanceType, or freeze the node (fleet.frozenNodes)",
    ];
  });
  return { problems, notes: [] };
}

async function checkAllowed(
  { environment }: LaunchSubject,
  launches: readonly Launch[],
  calls: PreflightCalls,
): Promise<Found> {
  const found = await Promise.all(
    launches.map(async (launch): Promise<Found> => {
      const { networkInterfaceId, replaced, slot } = launch;
      if (networkInterfaceId === undefined) return NEW;
      const answer = await ask(() =>
        calls.tryRunInstances(requestOf(environment, launch, networkInterfaceId)),
      );
      if (answer.code === ALLOWED) return NOTHING;
      const told = `${DRY_RUN_CALLS.tryRunInstances} (dry run) failed with ${answer.words}`;
      if (answer.code !== DENIED) {
        return note(`${told}, so whether ${nodesOf([slot])} may be launched was not checked`);
      }
      const mayDestroy =
        replaced !== null &&
        (await ask(() => calls.tryTerminateInstances({ InstanceIds: [replaced] }))).code ===
          ALLOWED;
      if (!mayDestroy) {
        return note(
          `these credentials may not launch nodes, so whether the deploying ones may was not checked`,
        );
      }
      return {
        problems: [
          `these credentials may terminate ${nodesOf([slot])}, but not launch its successor: ${told}; ` +
            "allow it, or give what the policy asks for",
        ],
        notes: [],
      };
    }),
  );
  return {
    problems: found.flatMap(({ problems }) => problems),
    notes: [...new Set(found.flatMap(({ notes }) => notes))],
  };
}

const NOTHING: Found = { problems: [], notes: [] };
const NEW = note(
  "new slots have no address yet, so whether their nodes may be launched was not checked",
);

function note(text: string): Found {
  return { problems: [], notes: [text] };
}

/** What Terraform will ask for: an instance on the slot's ENI, with the tags that a policy may look at. */
function requestOf(
  { name }: Environment,
  { slot, spec }: Launch,
  networkInterfaceId: string,
): RunInstancesRequest {
  const tags = {
    Name: `${clusterName(name)}-node-${slot}`,
    [ENVIRONMENT_TAG]: name,
    [NODE_TAG]: String(slot),
  };
  const volume = (device: string, gib: number) => ({
    DeviceName: device,
    Ebs: {
      VolumeType: "gp3" as const,
      VolumeSize: gib,
      Encrypted: true,
      DeleteOnTermination: true,
    },
  });
  return {
    ImageId: spec.amiId,
    InstanceType: spec.instanceType as RunInstancesRequest["InstanceType"],
    MinCount: 1,
    MaxCount: 1,
    IamInstanceProfile: { Name: `${clusterName(name)}-node` },
    NetworkInterfaces: [
      { DeviceIndex: 0, NetworkInterfaceId: networkInterfaceId, DeleteOnTermination: false },
    ],
    MetadataOptions: {
      HttpEndpoint: "enabled",
      HttpProtocolIpv6: "enabled",
      HttpTokens: "required",
      HttpPutResponseHopLimit: 1,
    },
    BlockDeviceMappings: [
      volume(ROOT_DEVICE, spec.rootVolumeGiB),
      ...(spec.dataVolumeGiB === undefined ? [] : [volume(DATA_DEVICE, spec.dataVolumeGiB)]),
    ],
    TagSpecifications: [
      {
        ResourceType: "instance",
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      },
    ],
    ...(spec.userDataBase64 === "" ? {} : { UserData: spec.userDataBase64 }),
  };
}

/** A dry run always ends in an error, whose code is the answer. */
async function ask(
  call: () => Promise<unknown>,
): Promise<{ readonly code: string; readonly words: string }> {
  try {
    await call();
    return { code: "none", words: "no answer to a dry run" };
  } catch (error) {
    return {
      code: error instanceof Error ? error.name : "unknown",
      words: describeAwsError(error),
    };
  }
}
