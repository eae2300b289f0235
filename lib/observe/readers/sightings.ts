import type { Address, Instance, NetworkInterface } from "@aws-sdk/client-ec2";
import { ENVIRONMENT_TAG, NODE_TAG } from "../../config/naming";
import { allSettledOrThrow } from "../../aws/concurrency";
import { OBSERVE_CALLS } from "../../aws/calls";
import { MovedMeanwhile, SLOT_NUMBER, tagOf } from "../../aws/session";
import type { AwsSession, Tags } from "../../aws/session";
import type { Observation, ObservedUntagged, RememberedAddress } from "../observation";
import { LIVE_STATES } from "./read-instances";

/** What was read by the environment's tag and by what the cluster and the record say. */
export interface Known extends Pick<
  Observation,
  "instances" | "networkInterfaces" | "elasticIps" | "health"
> {
  /** The VPCs of the tagged ENIs. */
  readonly vpcIds: readonly string[];
  readonly otherElasticIps: readonly Address[];
  readonly remembered: readonly RememberedAddress[];
}

/** An instance, ENI or EIP, as far as it matters for whose it is. */
export interface Sighting {
  readonly kind: ObservedUntagged["kind"];
  readonly id: string;
  /** Whether the environment's tag is on it. */
  readonly tagged: boolean;
  readonly environment: string | null;
  readonly slot: number | null;
  readonly vpcId: string | null;
  readonly description?: string;
  readonly state?: ObservedUntagged["state"];
  readonly publicIpv4?: string;
  /** The ENI that an instance boots on, the instance that an ENI is attached to, an EIP's ENI. */
  readonly refersTo: readonly string[];
}

/** All that was seen, tagged or not, and what was looked for. */
export class Sightings {
  readonly byId = new Map<string, Sighting>();
  /** Ids that were asked for; those that aren't in `byId` are of nothing that exists. */
  readonly lookedFor = new Set<string>();
  private readonly tagged: ReadonlySet<string>;

  constructor(
    private readonly session: AwsSession,
    known: Known,
  ) {
    const common = { tagged: true, environment: session.environment.name, vpcId: null };
    const tagged: readonly Sighting[] = [
      ...known.instances.map(({ instanceId: id, slot, networkInterfaceIds: [primary] }) => ({
        ...{ ...common, kind: "instance" as const, id, slot },
        refersTo: primary === undefined ? [] : [primary],
      })),
      ...known.networkInterfaces.map(({ networkInterfaceId: id, slot, instanceId }) => ({
        ...{ ...common, kind: "network-interface" as const, id, slot },
        refersTo: instanceId === null ? [] : [instanceId],
      })),
      ...known.elasticIps.map(({ allocationId: id, slot, networkInterfaceId }) => ({
        ...{ ...common, kind: "elastic-ip" as const, id, slot },
        refersTo: networkInterfaceId === null ? [] : [networkInterfaceId],
      })),
    ];
    this.tagged = new Set(tagged.map(({ id }) => id));
    for (const sighting of tagged) this.byId.set(sighting.id, sighting);
    for (const item of known.otherElasticIps) {
      if (item.AllocationId !== undefined) this.add(elasticIp(session, item, item.AllocationId));
    }
  }

  /** Everything that lies in VPCs. */
  async lookInto(vpcIds: readonly string[]): Promise<void> {
    if (vpcIds.length === 0) return;
    const inVpcs = { Name: "vpc-id", Values: [...vpcIds] };
    await allSettledOrThrow([this.instances(inVpcs), this.networkInterfaces(inVpcs)]);
  }

  /** What has these ids; none of them need exist. */
  async lookFor(kind: "instance" | "network-interface", ids: readonly string[]): Promise<void> {
    for (const id of ids) this.lookedFor.add(id);
    const named = (Name: string) => ({ Name, Values: [...ids] });
    if (kind === "instance") await this.instances(named("instance-id"));
    else await this.networkInterfaces(named("network-interface-id"));
  }

  private async instances(filter: { Name: string; Values: string[] }): Promise<void> {
    const call = "describeInstances";
    const states = { Name: "instance-state-name", Values: [...LIVE_STATES] };
    for (const page of await this.session.filteredPages(call, [filter, states])) {
      for (const { Instances } of this.session.required(call, page.Reservations, "Reservations")) {
        const items = this.session.required(call, Instances, "Reservations[].Instances");
        for (const item of items) this.add(instance(this.session, item));
      }
    }
  }

  private async networkInterfaces(filter: { Name: string; Values: string[] }): Promise<void> {
    const call = "describeNetworkInterfaces";
    for (const page of await this.session.filteredPages(call, [filter])) {
      const items = this.session.required(call, page.NetworkInterfaces, "NetworkInterfaces");
      for (const item of items) this.add(networkInterface(this.session, item));
    }
  }

  private add(sighting: Sighting): void {
    if (this.tagged.has(sighting.id)) return;
    if (sighting.tagged) {
      const { environment } = this.session;
      const call = sighting.kind === "instance" ? "describeInstances" : "describeNetworkInterfaces";
      throw new MovedMeanwhile(
        "unreadable-aws",
        `${environment.name}: ${OBSERVE_CALLS[call]} gave ${sighting.id}, which it did not list by its tag; ` +
          `${environment.name} changed while it was read, run again`,
      );
    }
    this.byId.set(sighting.id, sighting);
  }
}

/** What tags say; of another environment's, or of none, nothing is required of them. */
function fromTags({ environment: { name } }: AwsSession, tags: Tags) {
  const environment = tagOf(tags, ENVIRONMENT_TAG) ?? null;
  const slot = tagOf(tags, NODE_TAG) ?? "";
  return {
    tagged: environment === name,
    environment,
    slot: SLOT_NUMBER.test(slot) ? Number(slot) : null,
  };
}

function instance(session: AwsSession, item: Instance): Sighting {
  const call = "describeInstances";
  const id = session.required(call, item.InstanceId, "InstanceId");
  const primary = item.NetworkInterfaces?.find(
    ({ Attachment }) => Attachment?.DeviceIndex === 0 && (Attachment.NetworkCardIndex ?? 0) === 0,
  );
  return {
    kind: "instance",
    id,
    ...fromTags(session, item.Tags),
    vpcId: item.VpcId ?? null,
    state: session.oneOf(call, item.State?.Name, LIVE_STATES, "State.Name", id),
    refersTo: primary?.NetworkInterfaceId === undefined ? [] : [primary.NetworkInterfaceId],
  };
}

function networkInterface(session: AwsSession, item: NetworkInterface): Sighting {
  const id = session.required(
    "describeNetworkInterfaces",
    item.NetworkInterfaceId,
    "NetworkInterfaceId",
  );
  const attached = item.Attachment?.Status !== "detached" && item.Attachment?.InstanceId;
  return {
    kind: "network-interface",
    id,
    ...fromTags(session, item.TagSet),
    vpcId: item.VpcId ?? null,
    ...(item.Description ? { description: item.Description } : {}),
    refersTo: attached ? [attached] : [],
  };
}

function elasticIp(session: AwsSession, item: Address, id: string): Sighting {
  return {
    kind: "elastic-ip",
    id,
    ...fromTags(session, item.Tags),
    vpcId: null,
    ...(item.PublicIp === undefined ? {} : { publicIpv4: item.PublicIp }),
    refersTo: item.NetworkInterfaceId ? [item.NetworkInterfaceId] : [],
  };
}
