import type { ObservedInstance } from "../observe/observation";

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

interface SpecPart<Value> {
  /** For sentences, e.g. "outdated user data". */
  readonly name: string;
  /**
   * Where tables of nodes show it: in a column of this head; with both values where it changes; or
   * by that it changes, and never by what it says.
   */
  readonly shown: { readonly column: string } | "changed" | "hidden";
  /** How it is recorded. */
  readonly type: Value extends number ? "uint16" : "string";
  /** After its value. */
  readonly unit?: Value extends number ? "GiB" : never;
}

type SpecParts = {
  readonly [Part in keyof NodeSpec]-?: SpecPart<Exclude<NodeSpec[Part], undefined>> &
    // Whether a spec may lack it.
    (object extends Pick<NodeSpec, Part> ? { readonly optional: true } : { optional?: never });
};

/** The parts of a node spec, in the order in which they are told. All that tells, records or compares specs reads this. */
export const NODE_SPEC_PARTS = {
  amiId: { name: "AMI", shown: { column: "AMI" }, type: "string" },
  instanceType: { name: "instance type", shown: { column: "type" }, type: "string" },
  userDataBase64: { name: "user data", shown: "hidden", type: "string" },
  rootVolumeGiB: { name: "root volume size", shown: "changed", type: "uint16", unit: "GiB" },
  dataVolumeGiB: {
    name: "data volume size",
    shown: "changed",
    type: "uint16",
    unit: "GiB",
    optional: true,
  },
} as const satisfies SpecParts;

export type NodeSpecPart = keyof typeof NODE_SPEC_PARTS;

type PartShown<Where> = {
  [Part in NodeSpecPart]: (typeof NODE_SPEC_PARTS)[Part]["shown"] extends Where ? Part : never;
}[NodeSpecPart];

/** A spec without what is never told by its value. */
export type OpenSpec = Omit<NodeSpec, PartShown<"hidden">>;

const ALL = Object.keys(NODE_SPEC_PARTS) as NodeSpecPart[];

type Column = Exclude<SpecPart<unknown>["shown"], string>;
const columnOf = (part: NodeSpecPart): string | undefined => {
  const { shown }: Pick<SpecPart<unknown>, "shown"> = NODE_SPEC_PARTS[part];
  return typeof shown === "string" ? undefined : shown.column;
};

/** The parts with a column of their own in tables of nodes, with its head. */
export const SPEC_COLUMNS = ALL.flatMap((part) => {
  const head = columnOf(part);
  return head === undefined ? [] : [{ part: part as PartShown<Column>, head }];
});

/** Whether a part may be told by its value. */
export function isOpen(part: NodeSpecPart): part is keyof OpenSpec {
  return NODE_SPEC_PARTS[part].shown !== "hidden";
}

/** Exactly a spec's parts, of something that has more: of an instance all that a node keeps. */
export function specOf(source: NodeSpec & Pick<ObservedInstance, NodeSpecPart>): NodeSpec {
  return pick(source, ALL) as unknown as NodeSpec;
}

/** Of a spec what may be told. */
export function openSpecOf(spec: NodeSpec): OpenSpec {
  return pick(spec, ALL.filter(isOpen)) as unknown as OpenSpec;
}

function pick(source: NodeSpec, parts: readonly NodeSpecPart[]) {
  return Object.fromEntries(
    parts.flatMap((part) => (source[part] === undefined ? [] : [[part, source[part]]])),
  );
}

/** "100 GiB": a part's value as people read it; "none" where the spec has none. */
export function renderPart(spec: OpenSpec, part: keyof OpenSpec): string {
  const row = NODE_SPEC_PARTS[part];
  const value = spec[part] ?? "none";
  return "unit" in row && value !== "none" ? `${value} ${row.unit}` : String(value);
}

/** The parts in which two specs differ; empty where they are equal. */
export function changedParts(from: NodeSpec, to: NodeSpec): NodeSpecPart[] {
  return ALL.filter((part) => from[part] !== to[part]);
}
