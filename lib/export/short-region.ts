const PARTS: Readonly<Record<string, string>> = {
  north: "n",
  south: "s",
  east: "e",
  west: "w",
  central: "c",
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
  gov: "g",
};

/**
 * A region as names carry it: `us-east-2` is `awsuse2`, `ap-southeast-1` is `awsapse1`.
 *
 * Those of two regions differ: a part that isn't known is kept whole.
 */
export function shortRegion(region: string): string {
  return `aws${region
    .split("-")
    .map((part) => PARTS[part] ?? part)
    .join("")}`;
}
