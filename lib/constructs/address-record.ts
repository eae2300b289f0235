import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Construct } from "constructs";
import { ADDRESS_RECORD } from "../config/naming";
import type { KnownAddress } from "../plan/live/address-parts";
import type { StaticNode } from "./node/static-node";

export interface AddressRecordProps {
  /** The environment's own bucket. Changing it writes the record there. */
  readonly bucket: S3Bucket;
  /** The environment's name: a record is only read by the environment that it is of. */
  readonly environment: string;
  /** By slot's number. */
  readonly nodes: ReadonlyMap<number, StaticNode>;
  /**
   * What is known already of the slots' addresses. It is written as it is, so that no apply forgets
   * what it loses; of Terraform's resources the record takes only what they are about to make.
   */
  readonly known: readonly KnownAddress[];
  /** Whether Terraform refuses to destroy the record. */
  readonly protect: boolean;
}

/** The environment's own record of its slots' addresses, by which a plan notices one that is gone. */
export class AddressRecord extends Construct {
  constructor(scope: Construct, id: string, props: AddressRecordProps) {
    super(scope, id);
    const known = new Map(props.known.map((address) => [address.slot, address]));
    const remembered = [...props.nodes].map(([slot, node]) =>
      addressOf(slot, node, known.get(slot)),
    );
    const record = { formatVersion: 1, environment: props.environment, remembered };
    new S3Object(this, "Resource", {
      bucket: props.bucket.id,
      key: ADDRESS_RECORD,
      content: `${JSON.stringify(record, null, 2)}\n`,
      contentType: "application/json",
      lifecycle: { preventDestroy: props.protect },
    });
  }
}

function addressOf(
  slot: number,
  { address, availabilityZone }: StaticNode,
  known: KnownAddress | undefined,
): Required<KnownAddress> {
  return {
    slot,
    availabilityZone,
    networkInterfaceId: known?.networkInterfaceId ?? address.networkInterface.id,
    privateIpv4: known?.privateIpv4 ?? address.privateIpv4,
    ipv6: known?.ipv6 ?? address.ipv6,
    allocationId: known?.allocationId ?? address.elasticIp.allocationId,
    publicIpv4: known?.publicIpv4 ?? address.elasticIp.publicIp,
  };
}
