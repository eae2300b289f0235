import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const ADDRESSES: FieldPath = ["export", "prometheus", "addresses"];

export const exportRules: readonly Rule[] = [
  { reads: [ADDRESSES, ["network", "prometheusCidrs"]], check: scrapersAreLetIn },
];

/** Nodes let only prometheusCidrs scrape, and each family by its own blocks. */
function scrapersAreLetIn({ environment, report }: Subject): void {
  const { addresses } = environment.export.prometheus;
  if (addresses === undefined) return;
  const family = addresses === "ipv6" ? "IPv6" : "IPv4";
  const { prometheusCidrs } = environment.network;
  if (prometheusCidrs.some((block) => block.includes(":") === (family === "IPv6"))) return;
  const allowed = `must be of a family that network.prometheusCidrs lets in`;
  const fix = `add an ${family} block there, or scrape another address`;
  report(ADDRESSES, `${allowed}, got "${addresses}" and no ${family} block; ${fix}`);
}
