import { DATA_DEVICE } from "../../config/node-volumes";
import { NODE_TAG } from "../../config/naming";
import { emptySlots, plannedNodes } from "../../plan/upgrade-plan";
import { isObject, listOf } from "../../terraform/values";
import { nodeTags } from "./common";
import { all, changes, harmless, harms, may, needs } from "./judge";
import type { Judge } from "./judge";
import { anything, block, declared, fromConfig, is, law, referent, refersTo } from "./law";
import type { Law, LawContext } from "./law";
import { nodeGroups } from "./group-law";

const nodes = ({ upgradePlan }: Pick<LawContext, "upgradePlan">): number =>
  plannedNodes(upgradePlan).length + emptySlots(upgradePlan).length;
const ofSpec = (part: "amiId" | "instanceType" | "rootVolumeGiB" | "dataVolumeGiB"): Law =>
  fromConfig(`be the decided spec's ${part}`, ({ node }) => node?.spec?.[part]);

const INSTANCE =
  "https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ec2/ec2_instance.go";
const READDRESSES = harms("readdresses", "an address stays where and what it is");
const LIVE = harmless(`the provider changes it while the instance runs (${INSTANCE})`);
const VOLUME = harmless("EBS changes a volume's size and performance while it is in use");
const RESTARTS = harms("restarts", `the provider stops the instance for it (${INSTANCE})`);

const volume: Readonly<Record<string, Law>> = {
  volume_type: is("gp3"),
  encrypted: is(true),
  delete_on_termination: is(true),
  tags: nodeTags.tags.law ?? anything("a tag does nothing to a volume"),
};

const VOLUME_NEEDS = ["volume_size", "volume_type", "encrypted", "delete_on_termination"];

/**
 * Nodes and their addresses. From `resourceInstanceUpdate` in the provider: only what goes through
 * `modifyInstanceAttributeWithStopStart`, and the capacity reservation, stops the instance.
 * Attributes that can't change in place (`ForceNew`: ebs_optimized, enclave_options, hibernation,
 * host_id, placement_group, tenancy, …) replace it instead, and should they ever be changed in place
 * they are unknown here. Two that replace it in version 5 are changed in place by 6: for cpu_options
 * it stops the instance, and ipv6_addresses it exchanges. One table for all known versions of the
 * provider (known-providers.ts): where they differ, what an attribute does by one can't happen by the
 * other.
 */
export const NODE_JUDGES = {
  aws_instance: {
    noun: "an instance",
    by: "agreement",
    most: ({ upgradePlan }) => plannedNodes(upgradePlan).length,
    key: ["tags"],
    create: "where the upgrade plan creates the slot's, or fills the spare",
    replace: "where the upgrade plan upgrades the slot",
    remove: "where the upgrade plan removes the slot, or parks the spare",
    attributes: {
      ...nodeTags,
      ami: needs(ofSpec("amiId")),
      instance_type: needs(ofSpec("instanceType"), RESTARTS),
      user_data_base64: may(
        fromConfig("be the decided spec's user data", ({ node }) => node?.spec?.userDataBase64),
        RESTARTS,
      ),
      user_data: changes(RESTARTS),
      user_data_replace_on_change: needs(
        is(true),
        harmless("it says what a later change of user data does, which is judged then"),
      ),
      capacity_reservation_specification: changes(RESTARTS),
      cpu_options: changes(RESTARTS),
      ...all(
        ["ipv6_address_count", "ipv6_addresses", "secondary_private_ips"],
        changes(READDRESSES),
      ),
      network_interface: needs(
        law(
          "be the slot's own network interface, which stays when the instance goes",
          isOwnInterface,
        ),
      ),
      iam_instance_profile: needs(refersTo("aws_iam_instance_profile", "name"), {
        ...LIVE,
        unless: {
          words: "it is taken away",
          is: ({ to, known }) => known && (to === null || to === undefined || to === ""),
          effect: "cuts-off",
        },
      }),
      metadata_options: needs(
        block(
          {
            http_endpoint: is("enabled"),
            http_protocol_ipv6: is("enabled", "disabled"),
            http_tokens: is("required"),
            http_put_response_hop_limit: is(1),
          },
          ["http_endpoint", "http_tokens"],
        ),
        LIVE,
      ),
      "metadata_options.http_endpoint": changes({
        ...LIVE,
        unless: {
          words: "it is disabled: the ECS agent gets its credentials there",
          is: ({ to }) => to !== "enabled",
          effect: "cuts-off",
        },
      }),
      root_block_device: needs(
        block({ ...volume, volume_size: ofSpec("rootVolumeGiB") }, VOLUME_NEEDS),
      ),
      ebs_block_device: may(
        block(
          { ...volume, device_name: is(DATA_DEVICE), volume_size: ofSpec("dataVolumeGiB") },
          VOLUME_NEEDS,
        ),
      ),
      // Put back where somebody changed it by hand; the stack says nothing of it, or is refused.
      ...all(
        [
          "credit_specification",
          "disable_api_stop",
          "disable_api_termination",
          "get_password_data",
          "instance_initiated_shutdown_behavior",
          "maintenance_options",
          "monitoring",
          "source_dest_check",
        ],
        changes(LIVE),
      ),
      vpc_security_group_ids: changes(
        harms("cuts-off", "the provider gives the address's interface other groups by it"),
      ),
      // Of version 6.
      force_destroy: changes(harmless("what the provider does before it terminates an instance")),
      volume_tags: changes(harmless("a tag does nothing to a volume")),
      ...all(
        [
          "delete_on_termination",
          "iops",
          "tags",
          "tags_all",
          "throughput",
          "volume_size",
          "volume_type",
        ].map((part) => `root_block_device.${part}`),
        changes(VOLUME),
      ),
      ...all(
        ["instance_state", "password_data", "private_dns", "public_dns", "public_ip"],
        changes(harmless("EC2 reports it; it follows from something else")),
      ),
      timeouts: changes(harmless("it is how long Terraform waits")),
    },
  },
  /**
   * From `resourceNetworkInterfaceUpdate`: a changed attachment is detached and attached again, and a
   * changed list of addresses gives up those that it no longer names.
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ec2/vpc_network_interface.go
   */
  aws_network_interface: {
    noun: "an ENI",
    by: "addresses",
    most: nodes,
    key: ["tags"],
    create: "of a new slot, or where the upgrade plan mends the slot's address",
    replace: "never: addresses outlive nodes",
    remove: "where the upgrade plan removes the slot",
    attributes: {
      ...nodeTags,
      subnet_id: needs(law("be the subnet of the slot's zone", isInZone)),
      private_ips: needs(
        law("be one fixed address", (value) => listOf(value).length === 1),
        READDRESSES,
      ),
      ipv6_addresses: needs(
        law("be one fixed address of the subnet's block", (value) => {
          const [address, ...more] = listOf(value);
          const expression = /^\$\{cidrhost\(aws_subnet\.[\w-]+\.ipv6_cidr_block, \d+\)\}$/;
          return more.length === 0 && expression.test(String(address));
        }),
        READDRESSES,
      ),
      security_groups: needs(
        law("be the nodes' group and those for BGP", areNodeGroups),
        harmless(
          "groups are added while it is in use; what leaves one is judged in check-addresses",
        ),
      ),
      description: may(anything("it is for people"), harmless("it is for people")),
      source_dest_check: changes(harmless("nodes route nothing for others")),
      // The provider writes down that they are off once it has imported an ENI.
      ...all(
        ["ipv6_address_list_enabled", "private_ip_list_enabled"],
        changes({
          ...harmless("off, it says that the addresses have no order"),
          unless: {
            words: "it is switched on: addresses are then given up by their place in a list",
            is: ({ to }) => to !== false,
            effect: "cuts-off",
          },
        }),
      ),
      ...all(
        [
          "attachment",
          "ipv4_prefix_count",
          "ipv4_prefixes",
          "ipv6_address_count",
          "ipv6_address_list",
          "ipv6_prefix_count",
          "ipv6_prefixes",
          "private_ip",
          "private_ip_list",
          "private_ips_count",
        ],
        changes(READDRESSES),
      ),
    },
  },
  aws_eip: {
    noun: "an EIP",
    by: "addresses",
    most: nodes,
    key: ["tags"],
    create: "of a new slot, or where the upgrade plan mends the slot's address",
    replace: "never: addresses outlive nodes",
    remove: "where the upgrade plan removes the slot",
    attributes: {
      ...nodeTags,
      domain: needs(is("vpc")),
      address: may(law("be the public address that the slot has", isOwnPublicAddress), READDRESSES),
      network_interface: needs(
        law("be the slot's own network interface", isOwnReference),
        harms("readdresses", "it stays, or goes back where the upgrade plan mends the address"),
      ),
      ...all(["associate_with_private_ip", "instance"], changes(READDRESSES)),
      ...all(
        ["association_id", "private_dns", "ptr_record", "public_dns"],
        changes(harmless("EC2 reports it; it follows from something else")),
      ),
    },
  },
} as const satisfies Readonly<Record<string, Judge>>;

function isOwnPublicAddress(value: unknown, { node, observation }: LawContext): boolean {
  const held = observation?.elasticIps.find(({ slot }) => slot === node?.slot);
  return held !== undefined && held.publicIpv4 === value;
}

/** Of the resource's own slot, by its tag. */
function isOwnReference(value: unknown, context: LawContext): boolean {
  const eni = referent(value, "aws_network_interface", "id", context);
  const slotOf = (tags: unknown): unknown => (isObject(tags) ? tags[NODE_TAG] : undefined);
  const slot = slotOf(context.declaration.values["tags"]);
  return slot !== undefined && slotOf(eni?.values["tags"]) === slot;
}

function isOwnInterface(value: unknown, context: LawContext): boolean {
  const [one, ...more] = listOf(value);
  if (!isObject(one) || more.length > 0) return false;
  const {
    network_interface_id: eni,
    device_index: index,
    delete_on_termination: gone,
    ...rest
  } = one;
  return (
    isOwnReference(eni, context) &&
    Number(index) === 0 &&
    gone === false &&
    Object.keys(rest).length === 0
  );
}

function isInZone(value: unknown, context: LawContext): boolean {
  const subnet = referent(value, "aws_subnet", "id", context);
  const zone = context.node?.availabilityZone;
  return zone !== undefined && subnet?.values["availability_zone"] === zone;
}

function areNodeGroups(value: unknown, context: LawContext): boolean {
  const names = listOf(value).map(
    (item) => referent(item, "aws_security_group", "id", context)?.values["name"],
  );
  const wanted = declared(context, "aws_security_group")
    .map(({ values }) => String(values["name"]))
    .filter((name) => nodeGroups(context).includes(name));
  return wanted.length === names.length && wanted.every((name) => names.includes(name));
}
