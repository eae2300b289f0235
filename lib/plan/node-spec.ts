/**
 * All that defines a node and that cannot change without disrupting it. A node that is pinned
 * keeps the spec it runs with, byte for byte.
 */
export interface NodeSpec {
  /** The AMI's id. Changing it replaces the node. */
  readonly amiId: string;
  /**
   * EC2 instance type, e.g. `r6i.32xlarge`. On its own, changing it stops and starts the node;
   * name it in the user data as well, and it replaces the node.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html
   */
  readonly instanceType: string;
  /**
   * Base64, exactly as EC2 holds it; empty for none. Changing it replaces the node: new user data
   * would not run on a restart.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
   */
  readonly userDataBase64: string;
  /**
   * Size of the root volume in GiB, 1 to 16384. On its own, growing it is done in place and
   * shrinking it fails; name it in the user data as well, and it replaces the node.
   */
  readonly rootVolumeGiB: number;
  /**
   * Size in GiB, 1 to 16384, of the volume on `DATA_DEVICE` that goes with the instance, where
   * Bottlerocket keeps containers. It takes effect when the node is replaced, which naming it in
   * the user data brings about.
   * @default - as the AMI says: Amazon Linux has none
   */
  readonly dataVolumeGiB?: number;
}

/** The parts of a node spec, in the order in which they are told. */
export const NODE_SPEC_PARTS = [
  "amiId",
  "instanceType",
  "userDataBase64",
  "rootVolumeGiB",
  "dataVolumeGiB",
] as const;

export type NodeSpecPart = (typeof NODE_SPEC_PARTS)[number];

/** Exactly a spec's parts, of something that has more. */
export function specOf(source: NodeSpec): NodeSpec {
  const { amiId, instanceType, userDataBase64, rootVolumeGiB, dataVolumeGiB } = source;
  const spec = { amiId, instanceType, userDataBase64, rootVolumeGiB };
  return dataVolumeGiB === undefined ? spec : { ...spec, dataVolumeGiB };
}

/** The parts in which two specs differ; empty where they are equal. */
export function changedParts(from: NodeSpec, to: NodeSpec): NodeSpecPart[] {
  return NODE_SPEC_PARTS.filter((part) => from[part] !== to[part]);
}
