import type { Instance, InstanceStatus } from "@aws-sdk/client-ec2";
import { DATA_DEVICE } from "../../config/node-volumes";
import type { AwsSession } from "../../aws/session";
import { allSettledOrThrow, mapConcurrently, batches } from "../../aws/concurrency";
import type { ObservedInstance, Whole } from "../observation";

/** Every state of an instance that is not gone. */
export const LIVE_STATES = ["pending", "running", "stopping", "stopped", "shutting-down"] as const;

/** The most that DescribeInstanceStatus takes ids of; DescribeVolumes takes more. */
const BATCH_SIZE = 100;

/** DescribeInstanceAttribute takes one instance a call; more at once only drain the rate limit. */
const ATTRIBUTES_AT_ONCE = 8;

const UNHEALTHIEST_FIRST = [
  "impaired",
  "insufficient-data",
  "initializing",
  "not-applicable",
  "ok",
] as const;

type StatusChecks = (typeof UNHEALTHIEST_FIRST)[number];

/** What DescribeInstances says of an instance, before the other calls complete it. */
interface ListedInstance extends Omit<
  ObservedInstance,
  "statusChecks" | "userDataBase64" | "rootVolumeGiB" | "dataVolumeGiB"
> {
  readonly rootVolumeId: string | null;
  readonly dataVolumeId: string | null;
}

/**
 * The instances with the environment's tag that are not terminated.
 *
 * @throws RoutedError `unreadable-aws` where any of them can't be read as a whole, also because it
 * vanished between two calls; `contradiction` where a tag or zone can't be right
 */
export async function readInstances(session: AwsSession): Promise<ObservedInstance[]> {
  const listed = await listInstances(session);
  const running = listed.filter((instance) => instance.state === "running");
  const [userData, statusChecks, volumeSizes] = await allSettledOrThrow([
    mapConcurrently(listed, ATTRIBUTES_AT_ONCE, (instance) => readUserData(session, instance)),
    readStatusChecks(
      session,
      running.map(({ instanceId }) => instanceId),
    ),
    readVolumeSizes(
      session,
      listed.flatMap((instance) => volumeIdsOf(instance)),
    ),
  ]);
  return listed.map(
    ({ rootVolumeId, dataVolumeId, ...instance }, index): Whole<ObservedInstance> => ({
      ...instance,
      userDataBase64: userData[index] ?? "",
      statusChecks: statusChecks.get(instance.instanceId) ?? "not-applicable",
      rootVolumeGiB: volumeSizes.get(rootVolumeId ?? "") ?? null,
      dataVolumeGiB: volumeSizes.get(dataVolumeId ?? ""),
    }),
  );
}

function volumeIdsOf({ rootVolumeId, dataVolumeId }: ListedInstance): string[] {
  return [rootVolumeId, dataVolumeId].filter((id) => id !== null);
}

async function listInstances(session: AwsSession): Promise<ListedInstance[]> {
  const pages = await session.taggedPages("describeInstances", [
    { Name: "instance-state-name", Values: [...LIVE_STATES] },
  ]);
  const listed = pages
    .flatMap((page) => session.required("describeInstances", page.Reservations, "Reservations"))
    .flatMap((reservation) =>
      session.required("describeInstances", reservation.Instances, "Reservations[].Instances"),
    )
    .map((instance) => listedInstance(session, instance));
  session.assertDistinct(
    "describeInstances",
    listed.map(({ instanceId }) => instanceId),
  );
  return listed;
}

function listedInstance(session: AwsSession, instance: Instance): ListedInstance {
  const call = "describeInstances";
  const id = session.required(call, instance.InstanceId, "InstanceId");
  const state = session.oneOf(call, instance.State?.Name, LIVE_STATES, "State.Name", id);
  return {
    instanceId: id,
    slot: session.slot(call, instance.Tags, id),
    state,
    availabilityZone: session.zone(
      call,
      instance.Placement?.AvailabilityZone,
      "Placement.AvailabilityZone",
      id,
    ),
    amiId: session.required(call, instance.ImageId, "ImageId", id),
    instanceType: session.required(call, instance.InstanceType, "InstanceType", id),
    networkInterfaceIds: interfacesByDeviceIndex(session, instance, id),
    launchTime: session.required(call, instance.LaunchTime, "LaunchTime", id).toISOString(),
    rootVolumeId: state === "shutting-down" ? null : rootVolumeId(session, instance, id),
    dataVolumeId: state === "shutting-down" ? null : dataVolumeId(instance),
  };
}

function interfacesByDeviceIndex(session: AwsSession, instance: Instance, id: string): string[] {
  const call = "describeInstances";
  return session
    .required(call, instance.NetworkInterfaces, "NetworkInterfaces", id)
    .map((item) => ({
      networkInterfaceId: session.required(
        call,
        item.NetworkInterfaceId,
        "NetworkInterfaces[].NetworkInterfaceId",
        id,
      ),
      card: item.Attachment?.NetworkCardIndex ?? 0,
      device: session.required(
        call,
        item.Attachment?.DeviceIndex,
        "NetworkInterfaces[].Attachment.DeviceIndex",
        id,
      ),
    }))
    .sort((a, b) => a.card - b.card || a.device - b.device)
    .map(({ networkInterfaceId }) => networkInterfaceId);
}

/** Null where none is attached, which a running instance can't be without. */
function rootVolumeId(session: AwsSession, instance: Instance, id: string): string | null {
  const root = instance.BlockDeviceMappings?.find(
    ({ DeviceName }) => DeviceName !== undefined && DeviceName === instance.RootDeviceName,
  );
  const volumeId = root?.Ebs?.VolumeId ?? null;
  return instance.State?.Name === "running"
    ? session.required("describeInstances", volumeId, "root volume", id)
    : volumeId;
}

/** Null without one. What somebody attached later doesn't go with the instance, and isn't the node's. */
function dataVolumeId({ BlockDeviceMappings: mappings = [] }: Instance): string | null {
  const data = mappings.find(
    ({ DeviceName, Ebs }) => DeviceName === DATA_DEVICE && Ebs?.DeleteOnTermination === true,
  );
  return data?.Ebs?.VolumeId ?? null;
}

/**
 * Base64, byte for byte as EC2 gives it. Empty without user data, which only an instance of no slot
 * may be: a node joins the cluster by its user data, so where it has none, the answer lacks it.
 */
async function readUserData(
  session: AwsSession,
  { instanceId, slot, state }: ListedInstance,
): Promise<string> {
  const call = "describeInstanceAttribute";
  const answer = await session.call(call, { InstanceId: instanceId, Attribute: "userData" });
  session.oneOf(call, answer.InstanceId, [instanceId], "InstanceId", instanceId);
  const value = session.required(call, answer.UserData, "UserData", instanceId).Value ?? "";
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0) {
    throw session.refusal(
      call,
      `gave UserData for ${instanceId} that is not base64`,
      "an incomplete answer is not used",
    );
  }
  return slot === null || state === "shutting-down"
    ? value
    : session.required(call, value, "UserData.Value", instanceId);
}

/** The status checks of running instances, by id. */
async function readStatusChecks(
  session: AwsSession,
  instanceIds: readonly string[],
): Promise<Map<string, StatusChecks>> {
  const call = "describeInstanceStatus";
  const checks = new Map<string, StatusChecks>();
  for (const batch of batches(instanceIds, BATCH_SIZE)) {
    const pages = await session.pages(call, { InstanceIds: batch, IncludeAllInstances: true });
    const statuses = pages.flatMap((page) =>
      session.required(call, page.InstanceStatuses, "InstanceStatuses"),
    );
    for (const id of batch) {
      const status = statuses.find(({ InstanceId }) => InstanceId === id);
      checks.set(id, worstCheck(session, session.required(call, status, "status", id), id));
    }
  }
  return checks;
}

/**
 * EC2 checks the attached EBS volumes of instances on Nitro only. Where it doesn't, that check is
 * absent or not applicable, and the other two tell all that can be known.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
 */
function worstCheck(session: AwsSession, status: InstanceStatus, id: string): StatusChecks {
  const call = "describeInstanceStatus";
  const { SystemStatus, InstanceStatus, AttachedEbsStatus } = status;
  const wordOf = (field: string, check: { readonly Status?: string } | undefined): StatusChecks =>
    session.oneOf(call, check?.Status, UNHEALTHIEST_FIRST, `${field}.Status`, id);
  const checks = [wordOf("SystemStatus", SystemStatus), wordOf("InstanceStatus", InstanceStatus)];
  const ofVolumes = AttachedEbsStatus && wordOf("AttachedEbsStatus", AttachedEbsStatus);
  if (ofVolumes && ofVolumes !== "not-applicable") checks.push(ofVolumes);
  return UNHEALTHIEST_FIRST.find((word) => checks.includes(word)) ?? "insufficient-data";
}

/** Sizes of volumes in GiB, by volume id. */
async function readVolumeSizes(
  session: AwsSession,
  volumeIds: readonly string[],
): Promise<Map<string, number>> {
  const call = "describeVolumes";
  const sizes = new Map<string, number>();
  for (const batch of batches(volumeIds, BATCH_SIZE)) {
    const pages = await session.pages(call, { VolumeIds: batch });
    const volumes = pages.flatMap((page) => session.required(call, page.Volumes, "Volumes"));
    for (const id of batch) {
      const volume = volumes.find(({ VolumeId }) => VolumeId === id);
      sizes.set(id, session.required(call, volume?.Size, "Size", id));
    }
  }
  return sizes;
}
