import type { Architecture } from "./environment";

/**
 * An instance type's processor architecture, told from its family's name: AWS puts a `g` behind the
 * generation of what runs on Graviton or Grace (r6g, c7gn, im4gn, p6e-gb200); a1 came before that.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  const [family = ""] = instanceType.split(".");
  const [, options = ""] = /^[a-z]+(?:-[a-z]+)*[0-9]+(.*)$/.exec(family) ?? [];
  return family === "a1" || options.includes("g") ? "arm64" : "x86_64";
}

/** Classes of types that EC2 can't recover: storage, accelerators, Macs. */
const UNRECOVERABLE_CLASSES = [
  "d",
  "dl",
  "f",
  "g",
  "gr",
  "h",
  "i",
  "im",
  "is",
  "mac",
  "p",
  "trn",
  "z",
];
const UNRECOVERABLE_FAMILIES = ["c1", "inf2", "m1", "m2"];
const RECOVERABLE_WITH_DISKS = ["c3", "m3", "r3", "x1", "x1e", "x2idn", "x2iedn"];

/**
 * Whether EC2 can move an instance of the type to other hardware when its own fails, told from the
 * family's name: nearly all without disks of their own, which AWS marks by a `d` behind the
 * generation (r6id). Where in doubt it can't. It is what DescribeInstanceTypes calls
 * `AutoRecoverySupported`.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cloudwatch-recovery.html
 */
export function isRecoverable(instanceType: string): boolean {
  const [family = ""] = instanceType.split(".");
  const [, name = "", options = ""] = /^([a-z]+)[0-9]*(.*)$/.exec(family) ?? [];
  if (RECOVERABLE_WITH_DISKS.includes(family)) return true;
  if (UNRECOVERABLE_FAMILIES.includes(family)) return false;
  return !UNRECOVERABLE_CLASSES.includes(name) && !options.includes("d");
}
