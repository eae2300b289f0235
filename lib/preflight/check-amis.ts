import { RoutedError } from "../errors";
import { describeAwsError } from "../aws/failure";
import { DATA_DEVICE } from "../config/node-volumes";
import { openSpecOf } from "../plan/node-spec";
import type { NodeSpec } from "../plan/node-spec";
import { launchedNodes } from "../plan/upgrade-plan";
import type { UpgradePlan } from "../plan/upgrade-plan";
import { PREFLIGHT_CALLS } from "../aws/preflight-calls";
import type { PreflightCalls, PreflightTable } from "../aws/preflight-calls";
import type { Unread } from "./read-account";

export interface ImageCheck {
  /** What a node can't be launched with, as sentences. */
  readonly problems: readonly string[];
  /** What couldn't be read; that alone is no problem. */
  readonly unread: readonly Unread[];
}

/** EC2's error codes for what isn't there, as opposed to calls that failed. */
const MISSING = ["InvalidAMIID.NotFound", "InvalidAMIID.Malformed", "InvalidAMIID.Unavailable"];
const UNKNOWN_TYPE = ["InvalidInstanceType"];

/**
 * Checks that the nodes that `plan` launches can be launched: their AMI exists, is available, and
 * is of an architecture that their instance type has. Terraform would find out only after it had
 * destroyed the node that is to be replaced.
 */
export async function checkImages(
  plan: UpgradePlan,
  connect: () => Promise<PreflightCalls>,
): Promise<ImageCheck> {
  const specs = new Map(
    launchedNodes(plan).map(({ spec }) => [JSON.stringify(openSpecOf(spec)), spec]),
  );
  const problems: string[] = [];
  const unread: Unread[] = [];
  if (specs.size === 0) return { problems, unread };

  const calls = await connect();
  for (const spec of specs.values()) {
    const { amiId, instanceType } = spec;
    const [image, type] = await Promise.all([
      architectureOf(amiId, calls),
      architecturesOf(instanceType, calls),
    ]);
    for (const answer of [image, type]) {
      if ("problem" in answer) problems.push(answer.problem);
      if ("unread" in answer) unread.push(answer.unread);
    }
    if ("architectures" in image) problems.push(...volumesTooSmall(spec, image.volumes));
    if (!("architectures" in image) || !("architectures" in type)) continue;
    const [architecture = ""] = image.architectures;
    if (!type.architectures.includes(architecture)) {
      problems.push(
        `${amiId} is for ${architecture}, but ${instanceType} is of ${type.architectures.join(" or ")}; ` +
          `change fleet.image or fleet.instanceType`,
      );
    }
  }
  return { problems: [...new Set(problems)], unread };
}

/**
 * @returns notes on what couldn't be checked
 * @throws RoutedError `unusable-image` where a node that `plan` launches can't be launched
 */
export async function requireLaunchable(
  plan: UpgradePlan,
  connect: () => Promise<PreflightCalls>,
): Promise<string[]> {
  const { problems, unread } = await checkImages(plan, connect);
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  - ${problem}`).join("\n");
    const head = `${plan.environment}: nodes can't be launched as planned, so none is replaced`;
    throw new RoutedError("unusable-image", `${head}:\n${lines}`);
  }
  return unread.map(
    ({ action, error, subject }) =>
      `${action} failed with ${error}, so whether ${subject} can be launched was not checked`,
  );
}

/** A node's volumes can't be smaller than what the AMI puts on them. */
function volumesTooSmall(
  { amiId, rootVolumeGiB, dataVolumeGiB }: NodeSpec,
  needed: readonly AmiVolume[],
): string[] {
  return needed.flatMap(({ device, isRoot, gib }) => {
    const given = isRoot ? rootVolumeGiB : device === DATA_DEVICE ? dataVolumeGiB : undefined;
    if (given === undefined || given >= gib) return [];
    const what = `${amiId} needs ${gib} GiB on ${device}, but the node would have ${given}`;
    return [`${what}; raise fleet.rootVolumeGiB, or choose another AMI`];
  });
}

interface AmiVolume {
  readonly device: string;
  readonly isRoot: boolean;
  readonly gib: number;
}

type Answer =
  | { readonly architectures: readonly string[]; readonly volumes: readonly AmiVolume[] }
  | { readonly problem: string }
  | { readonly unread: Unread };

async function architectureOf(amiId: string, calls: PreflightCalls): Promise<Answer> {
  const gone = {
    problem: `${amiId} does not exist, or may not be used, in this account and region; correct fleet.image.amiId`,
  };
  return ask("describeImages", amiId, MISSING, gone, async () => {
    const { Images: images = [] } = await calls.describeImages({ ImageIds: [amiId] });
    const image = images.find(({ ImageId }) => ImageId === amiId);
    if (!image) return gone;
    if (image.State !== "available") {
      return {
        problem: `${amiId} is ${image.State ?? "in no state"}, not available; wait, or choose another AMI`,
      };
    }
    return {
      architectures: image.Architecture ? [image.Architecture] : [],
      volumes: (image.BlockDeviceMappings ?? []).flatMap(({ DeviceName: device = "", Ebs }) => {
        const isRoot = device === image.RootDeviceName;
        return Ebs?.VolumeSize === undefined ? [] : [{ device, isRoot, gib: Ebs.VolumeSize }];
      }),
    };
  });
}

async function architecturesOf(instanceType: string, calls: PreflightCalls): Promise<Answer> {
  const unknown = {
    problem: `instance type ${instanceType} does not exist in this region; correct fleet.instanceType`,
  };
  return ask("describeInstanceTypes", instanceType, UNKNOWN_TYPE, unknown, async () => {
    const input = { InstanceTypes: [instanceType as never] };
    const { InstanceTypes: types = [] } = await calls.describeInstanceTypes(input);
    const found = types.find(({ InstanceType }) => InstanceType === instanceType);
    return found
      ? { architectures: found.ProcessorInfo?.SupportedArchitectures ?? [], volumes: [] }
      : unknown;
  });
}

async function ask(
  name: keyof PreflightTable,
  subject: string,
  missingCodes: readonly string[],
  missing: Answer,
  call: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && missingCodes.includes(error.name)) return missing;
    const unread = { action: PREFLIGHT_CALLS[name], error: describeAwsError(error), subject };
    return { unread };
  }
}
