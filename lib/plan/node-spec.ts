/**
 * All that defines a node and that cannot change without disrupting it. A node that is pinned
 * keeps the spec it runs with, byte for byte.
 */
export interface NodeSpec {
  readonly amiId: string;
  /** EC2 instance type, e.g. `r6i.32xlarge`. */
  readonly instanceType: string;
  /** Base64, exactly as EC2 holds it; empty where the instance has none. */
  readonly userDataBase64: string;
  /** Size of the root volume in GiB. */
  readonly rootVolumeGiB: number;
  /** Size in GiB of the volume on `DATA_DEVICE` that goes with the instance; absent without one. */
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
