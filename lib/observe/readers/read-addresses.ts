import type { Address, NetworkInterface } from "@aws-sdk/client-ec2";
import { ENVIRONMENT_TAG } from "../../config/naming";
import { tagOf } from "../../aws/session";
import type { AwsSession } from "../../aws/session";
import type { ObservedElasticIp, ObservedNetworkInterface } from "../observation";

export interface ReadNetworkInterfaces {
  readonly observed: readonly ObservedNetworkInterface[];
  /** The VPCs that they are in. */
  readonly vpcIds: readonly string[];
}

/**
 * The ENIs that carry the environment's tag, attached or not.
 *
 * @throws RoutedError `unreadable-aws` or `contradiction`
 */
export async function readNetworkInterfaces(session: AwsSession): Promise<ReadNetworkInterfaces> {
  const call = "describeNetworkInterfaces";
  const pages = await session.taggedPages(call);
  const items = pages.flatMap((page) =>
    session.required(call, page.NetworkInterfaces, "NetworkInterfaces"),
  );
  const observed = items.map((item) => observedNetworkInterface(session, item));
  session.assertDistinct(
    call,
    observed.map(({ networkInterfaceId }) => networkInterfaceId),
  );
  const vpcIds = items.map(({ VpcId, NetworkInterfaceId }) =>
    session.required(call, VpcId, "VpcId", NetworkInterfaceId),
  );
  return { observed, vpcIds };
}

function observedNetworkInterface(
  session: AwsSession,
  item: NetworkInterface,
): ObservedNetworkInterface {
  const call = "describeNetworkInterfaces";
  const id = session.required(call, item.NetworkInterfaceId, "NetworkInterfaceId");
  const attached = item.Attachment?.Status !== "detached";
  return {
    networkInterfaceId: id,
    slot: session.slot(call, item.TagSet, id),
    availabilityZone: session.zone(call, item.AvailabilityZone, "AvailabilityZone", id),
    subnetId: session.required(call, item.SubnetId, "SubnetId", id),
    privateIpv4: session.required(call, item.PrivateIpAddress, "PrivateIpAddress", id),
    ipv6: session
      .required(call, item.Ipv6Addresses, "Ipv6Addresses", id)
      .map(({ Ipv6Address }) =>
        session.required(call, Ipv6Address, "Ipv6Addresses[].Ipv6Address", id),
      ),
    instanceId: (attached && item.Attachment?.InstanceId) || null,
  };
}

export interface ReadElasticIps {
  readonly observed: readonly ObservedElasticIp[];
  /** Those that carry no tag of the environment: other environments', or lost ones. */
  readonly others: readonly Address[];
}

/**
 * The EIPs of the account and region, which EC2 gives in one answer: of one that lost its tags,
 * nothing but what it sits on or what is remembered tells whose it is.
 *
 * @throws RoutedError `unreadable-aws` or `contradiction`
 */
export async function readElasticIps(session: AwsSession): Promise<ReadElasticIps> {
  const call = "describeAddresses";
  const answer = await session.call(call, {});
  const all = session.required(call, answer.Addresses, "Addresses");
  const isTagged = ({ Tags }: Address) => tagOf(Tags, ENVIRONMENT_TAG) === session.environment.name;
  return {
    observed: all.filter(isTagged).map((item) => observedElasticIp(session, item)),
    others: all.filter((item) => !isTagged(item)),
  };
}

function observedElasticIp(session: AwsSession, item: Address): ObservedElasticIp {
  const call = "describeAddresses";
  const id = session.required(call, item.AllocationId, "AllocationId");
  return {
    allocationId: id,
    slot: session.slot(call, item.Tags, id),
    publicIpv4: session.required(call, item.PublicIp, "PublicIp", id),
    networkInterfaceId: item.NetworkInterfaceId || null,
  };
}
