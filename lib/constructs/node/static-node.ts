import type { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import type { InstanceConfig } from "@cdktf/provider-aws/lib/instance";
import type { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { ENVIRONMENT_TAG, NODE_TAG } from "../../config/naming";
import { DATA_DEVICE } from "../../config/node-volumes";
import type { NodeSpec } from "../../plan/node-spec";
import type { ZoneSubnet } from "../dual-stack-network";
import { NodeAddress } from "./node-address";
import { Violations } from "../violations";

export interface StaticNodeProps {
  /** Prefix of the `Name` tags. Changing it changes tags only. */
  readonly name: string;
  /** Value of the tag `routed:environment`. Changing it changes tags only. */
  readonly environment: string;
  /** The slot's number, 0 or more. */
  readonly slot: number;
  /** Null for an address that no instance sits on. */
  readonly spec: NodeSpec | null;
  /** The subnet that the slot was born in. */
  readonly subnet: ZoneSubnet;
  readonly securityGroups: readonly SecurityGroup[];
  /** Changing it is done in place. */
  readonly instanceProfile: IamInstanceProfile;
  /**
   * Whether the slot's instance stays as it is: Terraform then refuses every plan that would replace
   * or destroy it, and passes over what would stop it and start it again in place.
   * @default false
   */
  readonly kept?: boolean;
  /** Whether the instance shuts down: Terraform compares nothing of it. */
  readonly going?: boolean;
  /** The public address that the slot has; undefined where it has none yet. */
  readonly publicIpv4: string | undefined;
  /** Whether Terraform refuses to destroy the slot's address. */
  readonly protectAddress: boolean;
  /** What must be there before the node boots, besides its subnet's way to the internet. */
  readonly bootDependencies: readonly ITerraformDependable[];
  /** The provider of the instance alone; undefined for the stack's own. */
  readonly instanceProvider?: TerraformProvider;
}

/**
 * A slot: its address, and an immutable instance on it.
 *
 * Terraform replaces the instance destroy-first (its default), and must: the ENI takes one
 * instance at a time. Whatever isn't in the spec is the same for every node and never changes, so
 * that nothing but the spec can restart or replace one.
 */
export class StaticNode extends Construct {
  readonly address: NodeAddress;
  /** Undefined where no instance sits on the address. */
  readonly instance: Instance | undefined;
  /** The zone that the slot was born in. */
  readonly availabilityZone: string;

  constructor(scope: Construct, id: string, props: StaticNodeProps) {
    validate(scope, id, props);
    super(scope, id);
    const { slot, spec } = props;
    this.availabilityZone = props.subnet.availabilityZone;
    const tags = {
      Name: `${props.name}-node-${slot}`,
      [ENVIRONMENT_TAG]: props.environment,
      [NODE_TAG]: String(slot),
    };
    this.address = new NodeAddress(this, "address", {
      slot,
      subnet: props.subnet,
      securityGroups: props.securityGroups,
      tags,
      publicIpv4: props.publicIpv4,
      protect: props.protectAddress,
    });
    if (spec === null) return;
    this.instance = new Instance(this, "Resource", {
      ...(props.instanceProvider === undefined ? {} : { provider: props.instanceProvider }),
      ami: spec.amiId,
      instanceType: spec.instanceType,
      ...(spec.userDataBase64 === "" ? {} : { userDataBase64: spec.userDataBase64 }),
      userDataReplaceOnChange: true,
      iamInstanceProfile: props.instanceProfile.name,
      ...launchOn(this.address.networkInterface),
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIpv6: "enabled",
        // IMDSv2 only. One hop reaches host networking, and no container behind a bridge.
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      rootBlockDevice: {
        volumeType: "gp3",
        volumeSize: spec.rootVolumeGiB,
        encrypted: true,
        deleteOnTermination: true,
        // Not `volumeTags`, which never agrees with a provider's default tags.
        tags,
      },
      ...dataVolume(spec, tags),
      ...pinned(props, spec),
      tags,
      // From its first second on, a node needs its way to the internet and its permissions.
      dependsOn: [
        ...props.subnet.internetAccess,
        ...props.bootDependencies,
        this.address.elasticIp,
      ],
    });
  }
}

/**
 * What the provider changes in place by stopping the instance and starting it again, user data once
 * they are no longer to replace it. Nothing that replaces it is here: that is to be refused, and what
 * is ignored is passed over without a word.
 * @see docs/decisions/0027-pins-that-terraform-keeps.md
 */
const RESTARTS_IN_PLACE = [
  "instance_type",
  "capacity_reservation_specification",
  "user_data_replace_on_change",
];

/**
 * Terraform reads these from the configuration at each plan and keeps them nowhere, so they may be
 * others at each synthesis.
 *
 * Once there is a data volume, Terraform passes over it: the provider tells a block from what EC2
 * shows by the snapshot, which only the AMI knows, and would replace the node at every deploy.
 */
function pinned(
  { going, kept }: StaticNodeProps,
  spec: NodeSpec,
): Pick<InstanceConfig, "lifecycle"> {
  if (going === true) return { lifecycle: { ignoreChanges: "all", preventDestroy: true } };
  const ignoreChanges = [
    ...(spec.dataVolumeGiB === undefined ? [] : ["ebs_block_device"]),
    ...(kept === true ? RESTARTS_IN_PLACE : []),
  ];
  if (ignoreChanges.length === 0) return {};
  return { lifecycle: { ignoreChanges, ...(kept === true ? { preventDestroy: true } : {}) } };
}

/** The second volume as part of the launch. */
function dataVolume(
  { dataVolumeGiB }: NodeSpec,
  tags: Readonly<Record<string, string>>,
): Pick<InstanceConfig, "ebsBlockDevice"> {
  if (dataVolumeGiB === undefined) return {};
  return {
    ebsBlockDevice: [
      {
        deviceName: DATA_DEVICE,
        volumeType: "gp3",
        volumeSize: dataVolumeGiB,
        encrypted: true,
        deleteOnTermination: true,
        tags,
      },
    ],
  };
}

/**
 * Boots the instance on an ENI that stays when the instance goes. The only place that knows how the
 * provider spells it: version 5 knows `network_interface` alone; 6.10 and later take it too, and say
 * that `primary_network_interface` is to replace it.
 */
function launchOn(networkInterface: NetworkInterface): Pick<InstanceConfig, "networkInterface"> {
  return {
    networkInterface: [
      { deviceIndex: 0, networkInterfaceId: networkInterface.id, deleteOnTermination: false },
    ],
  };
}

function validate(scope: Construct, id: string, props: StaticNodeProps): void {
  if (props.spec === null) return;
  const { amiId, instanceType, rootVolumeGiB, dataVolumeGiB } = props.spec;
  new Violations()
    .require(/^ami-[0-9a-f]+$/.test(amiId), "spec.amiId", "be an AMI's id", amiId)
    .require(instanceType !== "", "spec.instanceType", "be an instance type", instanceType)
    .requireInteger("spec.rootVolumeGiB", rootVolumeGiB, 1, 16384)
    .requireInteger("spec.dataVolumeGiB", dataVolumeGiB ?? 1, 1, 16384)
    .throwIfAny(scope, id);
}
