import { listOf } from "../../words";
import type { AddressPart } from "../live/address-parts";

const PART_WORDS: Readonly<Record<AddressPart, string>> = {
  "network-interface": "its ENI is gone",
  "elastic-ip": "its EIP is gone",
  association: "its EIP is not on its ENI",
  ipv6: "its IPv6 is not on its ENI",
};

/** "its ENI is gone and its EIP is gone". */
export function describeParts(parts: readonly AddressPart[]): string {
  return listOf(parts.map((part) => PART_WORDS[part]));
}
