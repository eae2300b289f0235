/** The argument of a security-group rule that a block belongs in. */
export function cidrOf(
  cidr: string,
): { readonly cidrIpv4: string } | { readonly cidrIpv6: string } {
  return cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr };
}

/** A block as part of a construct's id: `10.0.0.0/8` is `10-0-0-0-8`, `2001:db8::/32` is `2001-db8---32`. */
export function cidrId(cidr: string): string {
  return cidr.replace(/[^0-9a-z]/gi, "-");
}
