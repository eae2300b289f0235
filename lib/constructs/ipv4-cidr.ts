/** An IPv4 block in canonical form, e.g. 10.64.0.0/16: no host bits set. */
export interface Ipv4Cidr {
  /** The first address as an unsigned 32-bit number. */
  readonly first: number;
  readonly prefixLength: number;
}

/** Undefined where `text` is not a canonical IPv4 block. */
export function parseIpv4Cidr(text: string): Ipv4Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = match.slice(1).map(Number);
  if ([a, b, c, d].some((byte) => byte > 255) || prefixLength > 32) return undefined;
  const first = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  if (first % 2 ** (32 - prefixLength) !== 0) return undefined;
  return { first, prefixLength };
}

/** The `index`th of the blocks that a block is divided into by `newBits` more prefix bits. */
export function ipv4Subnet(cidr: Ipv4Cidr, newBits: number, index: number): string {
  const prefixLength = cidr.prefixLength + newBits;
  return `${formatIpv4(cidr.first + index * 2 ** (32 - prefixLength))}/${prefixLength}`;
}

/** The address number `host` of a block; the block's own address is number 0. */
export function ipv4Host(cidr: Ipv4Cidr, host: number): string {
  return formatIpv4(cidr.first + host);
}

/** How many addresses a block holds. */
export function ipv4Size(cidr: Ipv4Cidr): number {
  return 2 ** (32 - cidr.prefixLength);
}

function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/**
 * A zone's number within its region, from its letter: a = 0, b = 1, … What derives from it (a
 * subnet's blocks) stays where it is, whatever zones are added, dropped or reordered.
 * Undefined where the name doesn't end in a digit and a letter from a to p.
 */
export function zoneIndex(availabilityZone: string): number | undefined {
  const letter = /\d([a-p])$/.exec(availabilityZone)?.[1];
  return letter === undefined ? undefined : letter.charCodeAt(0) - "a".charCodeAt(0);
}

/** The argument of a security-group rule that a block belongs in. */
export function cidrOf(
  cidr: string,
): { readonly cidrIpv4: string } | { readonly cidrIpv6: string } {
  return cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr };
}

/**
 * A block as part of a construct's id.
 *
 * @example
 * cidrId("10.0.0.0/8") // → "10-0-0-0-8"
 * cidrId("2001:db8::/32") // → "2001-db8---32"
 */
export function cidrId(cidr: string): string {
  return cidr.replace(/[^0-9a-z]/gi, "-");
}
