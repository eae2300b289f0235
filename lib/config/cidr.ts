import { isIPv4, isIPv6 } from "node:net";

/** A block of addresses without host bits, in its canonical spelling. */
export interface CidrBlock {
  /** As AWS spells it: IPv6 lower case and compressed, e.g. `2001:db8:1::/48`. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly prefixLength: number;
  /** The first and the last address as numbers. */
  readonly first: bigint;
  readonly last: bigint;
}

export type CidrResult =
  | { readonly ok: true; readonly block: CidrBlock }
  /** `remedy` says what to write instead; lower case, no full stop. */
  | { readonly ok: false; readonly remedy: string };

/** `::ffff:0:0/96`. @see https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 */
const MAPPED_IPV4 = 0xffffn;
const MAPPED_BITS = 96;
const SYNTAX = /^([^/]+)(?:\/(0|[1-9][0-9]{0,2}))?$/;

/** Reads `address/prefix` strictly: both parts, a prefix that fits the family, no host bits. */
export function parseCidr(text: string): CidrResult {
  const [, address = "", prefix] = SYNTAX.exec(text) ?? [];
  const family = isIPv4(address) ? 4 : isIPv6(address) && !address.includes("%") ? 6 : undefined;
  if (family === undefined) {
    return { ok: false, remedy: `write an address, a slash and a prefix length` };
  }
  const bits = family === 4 ? 32 : 128;
  if (prefix === undefined)
    return { ok: false, remedy: `write ${address}/${bits} for one address` };
  const prefixLength = Number(prefix);
  if (prefixLength > bits) {
    return { ok: false, remedy: `an IPv${family} prefix length is at most ${bits}` };
  }
  const given = addressToNumber(address, family);
  const size = 1n << BigInt(bits - prefixLength);
  const first = given - (given % size);
  const network = `${numberToAddress(first, family)}/${prefixLength}`;
  if (first !== given) {
    return { ok: false, remedy: `it has host bits set: write ${network}, or a longer prefix` };
  }
  if (family === 6 && prefixLength >= MAPPED_BITS && first >> 32n === MAPPED_IPV4) {
    return {
      ok: false,
      remedy: "it is IPv4 within IPv6, which AWS doesn't take: write it as IPv4",
    };
  }
  return {
    ok: true,
    block: { text: network, family, prefixLength, first, last: first + size - 1n },
  };
}

/** The block of a text that has been validated. */
export function cidrBlock(text: string): CidrBlock {
  const result = parseCidr(text);
  if (!result.ok) throw new RangeError(`not a CIDR block: ${text}; ${result.remedy}`);
  return result.block;
}

export function overlaps(a: CidrBlock, b: CidrBlock): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

export function contains(outer: CidrBlock, inner: CidrBlock): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** The block of the same size that follows, or undefined at the end of the addresses. */
export function blockAfter({ family, prefixLength, last }: CidrBlock): CidrBlock | undefined {
  const bits = family === 4 ? 32n : 128n;
  if (last + 1n >= 1n << bits) return undefined;
  return cidrBlock(`${numberToAddress(last + 1n, family)}/${prefixLength}`);
}

/** The JSON schema's formats. */
export const formats = {
  cidr: (text: string): boolean => parseCidr(text).ok,
  cidrv4: (text: string): boolean => {
    const result = parseCidr(text);
    return result.ok && result.block.family === 4;
  },
};

function addressToNumber(address: string, family: 4 | 6): bigint {
  if (family === 4) return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = "", tail] = canonicalIpv6(address).split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right];
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

function numberToAddress(value: bigint, family: 4 | 6): string {
  const [count, width] = family === 4 ? [4, 8n] : [8, 16n];
  const parts = Array.from({ length: count }, (_, index) => {
    return (value >> (BigInt(count - 1 - index) * width)) & ((1n << width) - 1n);
  });
  if (family === 4) return parts.join(".");
  return canonicalIpv6(parts.map((part) => part.toString(16)).join(":"));
}

/** RFC 5952's spelling, which URLs use for their hosts. */
export function canonicalIpv6(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}
