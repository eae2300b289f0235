import type { ResourceChange, TerraformPlan } from "../../terraform/plan";
import { isObject } from "../../terraform/values";

/** What an expression of the stack's is once the plan is applied. */
export type Resolved =
  | { readonly state: "known"; readonly value: unknown }
  /** Another resource tells it after the apply only. */
  | { readonly state: "unknown" }
  /** This program can't follow the expression. */
  | { readonly state: "strange" };

export type Resolve = (expression: string) => Resolved;

const STRANGE: Resolved = { state: "strange" };
const UNKNOWN: Resolved = { state: "unknown" };

/** Follows references from resource to resource, and the two functions that the stacks use. */
export function resolver({ changes }: Pick<TerraformPlan, "changes">): Resolve {
  const byAddress = new Map(
    changes.filter(({ deposed }) => deposed === null).map((change) => [change.address, change]),
  );
  const resolve: Resolve = (expression) => {
    const text = expression.trim();
    const reference = /^(\w+\.[\w-]+)\.(\w+)$/.exec(text);
    if (reference) return attributeOf(byAddress.get(reference[1] ?? ""), reference[2] ?? "");
    const call = /^(cidrhost|cidrsubnet)\(([\w.-]+), ([\d, ]+)\)$/.exec(text);
    if (!call) return STRANGE;
    const block = resolve(call[2] ?? "");
    const numbers = (call[3] ?? "").split(",").map(Number);
    if (block.state !== "known" || typeof block.value !== "string") return block;
    const value = partOfBlock(block.value, numbers);
    return value === null ? STRANGE : { state: "known", value };
  };
  return resolve;
}

function attributeOf(change: ResourceChange | undefined, name: string): Resolved {
  if (change === undefined) return STRANGE;
  const { after, afterUnknown } = change;
  if (isObject(afterUnknown) && afterUnknown[name] === true) return UNKNOWN;
  return after === null ? STRANGE : { state: "known", value: after[name] };
}

/** `[host]`, as Terraform's cidrhost has it, or `[bits, number]`, as its cidrsubnet; of IPv6. */
function partOfBlock(block: string, [first = 0, second]: readonly number[]): string | null {
  const [address = "", bits = ""] = block.split("/");
  const start = parseIpv6(address);
  if (start === null || !/^\d+$/.test(bits)) return null;
  if (second === undefined) return renderIpv6(start + BigInt(first));
  const length = Number(bits) + first;
  return `${renderIpv6(start + (BigInt(second) << BigInt(128 - length)))}/${length}`;
}

/** Null for anything else. */
export function parseIpv6(text: string): bigint | null {
  const [left = "", right] = text.split("::");
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const [head, tail] = [groups(left), groups(right ?? "")];
  const zeros = right === undefined ? 0 : 8 - head.length - tail.length;
  const all = [...head, ...Array<string>(Math.max(0, zeros)).fill("0"), ...tail];
  if (all.length !== 8 || !all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** With the longest run of zeros left out, the first of two. */
function renderIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(16 * (7 - i))) & 0xffffn).toString(16),
  ).join(":");
  const runs = [...groups.matchAll(/(^|:)0(:0)+(?=:|$)/g)].map(([run]) => run);
  const longest = runs.sort((a, b) => b.split("0").length - a.split("0").length)[0];
  if (longest === undefined) return groups;
  return groups
    .replace(longest, groups.startsWith(longest) || groups.endsWith(longest) ? "::" : ":")
    .replace(/:{3,}/, "::");
}
