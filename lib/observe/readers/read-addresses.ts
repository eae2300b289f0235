import type { Address, NetworkInterface } from "@aws-sdk/client-ec2";
import type { AwsSession } from "../../aws/session";
import type { ObservedElasticIp, ObservedNetworkInterface } from "../observation";

/**
 * The ENIs that carry the environment's tag, attached or not.
 *
 * @throws RoutedError `unreadable-aws` or `contradiction`
 */
export async function readNetworkInterfaces(
  session: AwsSession,
): Promise<ObservedNetworkInterface[]> {
  const call = "describeNetworkInterfaces";
  const pages = await session.taggedPages(call);
  const observed = pages
    .flatMap((page) => session.required(call, page.NetworkInterfaces, "NetworkInterfaces"))
    .map((item) => observedNetworkInterface(session, item));
  session.assertDistinct(
    call,
    observed.map(({ networkInterfaceId }) => networkInterfaceId),
  );
  return observed;
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

/**
 * The EIPs that carry the environment's tag; EC2 gives them in one answer.
 *
 * @throws RoutedError `unreadable-aws` or `contradiction`
 */
export async function readElasticIps(session: AwsSession): Promise<ObservedElasticIp[]> {
  const call = "describeAddresses";
  const answer = await session.call(call, { Filters: [session.tagFilter()] });
  return session
    .required(call, answer.Addresses, "Addresses")
    .map((item) => observedElasticIp(session, item));
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
