import type { VcpuQuotaId } from "./quota";

/**
 * Families that don't count as standard instances (A, C, D, H, I, M, R, T, Z and what is not known
 * here), by what their names begin with.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
const OTHER_FAMILIES: readonly (readonly [prefix: RegExp, quota: VcpuQuotaId])[] = [
  [/^dl\d/, "dlVcpus"],
  [/^f\d/, "fVcpus"],
  [/^(g\d|gr\d|vt\d)/, "gVcpus"],
  [/^u(-|\d)/, "highMemoryVcpus"],
  [/^hpc\d/, "hpcVcpus"],
  [/^inf\d/, "infVcpus"],
  [/^p\d/, "pVcpus"],
  [/^trn\d/, "trnVcpus"],
  [/^x\d/, "xVcpus"],
];

/** The quota that an instance type's vCPUs count against. */
export function vcpuQuotaOf(instanceType: string): VcpuQuotaId {
  return OTHER_FAMILIES.find(([prefix]) => prefix.test(instanceType))?.[1] ?? "standardVcpus";
}

/**
 * An instance type's vCPUs as its size's name tells them, which is how nearly all families are made:
 * `large` has 2, `xlarge` 4, `<n>xlarge` 4 n. For where EC2 can't be asked.
 *
 * @returns null for a size that doesn't tell
 * @example
 * vcpusBySize("r6i.large") // → 2
 * vcpusBySize("r6i.32xlarge") // → 128
 * vcpusBySize("r6i.metal") // → null
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function vcpusBySize(instanceType: string): number | null {
  const size = instanceType.slice(instanceType.indexOf(".") + 1);
  const [, multiple, bare] = /^(?:metal-)?(?:(\d+)xl(?:arge)?|(xlarge|large))$/.exec(size) ?? [];
  if (multiple !== undefined) return 4 * Number(multiple);
  if (bare === undefined) return null;
  return bare === "xlarge" ? 4 : 2;
}
