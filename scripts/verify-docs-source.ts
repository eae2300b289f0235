import { format } from "prettier";
import { inPlaceOf, JUDGES } from "../lib/verify/judges/judges";
import type { InPlace, Judge } from "../lib/verify/judges/judge";
import type { ProviderSchema } from "./provider-schema/provider-schema";

/** What `routed verify` says of each attribute of each resource type, as Markdown. */
export function verifyDocsSource(schema: ProviderSchema): Promise<string> {
  const types = Object.entries(JUDGES).sort(([a], [b]) => (a < b ? -1 : 1));
  const source = [
    "<!-- Generated from lib/verify/judges by `npm run generate`. Do not edit. -->",
    "# What a proof allows",
    "`routed verify` is a list of what Terraform's plan may hold, worked out from the config, the upgrade plan, the observation and the synthesized stack; everything else is refused, with the resource and the reason. A resource of a type that isn't below is refused whatever is planned for it, and so are modules, provisioners, moves, other providers, data sources that run programs, failed or unknown checks, and plans that are incomplete.",
    "An address that isn't whole is made whole exactly as the upgrade plan declares it and the observation shows it: a slot's own EIP goes back on the slot's own ENI, that gets its own IPv6 back, an ENI is made again with the private addresses that it had, another EIP takes a lost one's place on a person's word. No node is changed by the same plan. What Terraform's state has lost of an observed address is taken back by the import blocks that the stack declares, and by no other. Both are told with the verdict, and by `routed drift`.",
    "For each type there is one judge. **Made**: what an argument must say in a resource that is created or replaced, besides being planned exactly as the synthesized stack declares it. **Changed**: what a change in place is. A part of a block is judged with the whole unless it has a row. An attribute without a row is refused, made and changed: nobody has looked at what it does. Attributes that only AWS sets aren't listed. The types and their attributes are the provider's own (`npm run record:schema`).",
    ...types.map(([type, judge]) => sectionOf(type, judge, Object.entries(schema[type] ?? {}))),
    "",
  ].join("\n\n");
  return format(source, { parser: "markdown", printWidth: 100 });
}

function sectionOf(
  type: string,
  judge: Judge,
  attributes: readonly (readonly [string, string])[],
): string {
  const settable = attributes.filter(([, kind]) => kind !== "computed").map(([name]) => name);
  const looked = settable.filter((name) => isLookedAt(type, judge, name));
  const isPart = (name: string): boolean => looked.some((whole) => name.startsWith(`${whole}.`));
  const others = settable.filter((name) => !looked.includes(name) && !isPart(name));
  return [
    `## \`${type}\`: ${judge.noun}`,
    `Created ${judge.create}. Replaced ${judge.replace}. Removed ${judge.remove}.`,
    table(looked.map((name) => [`\`${name}\``, madeOf(judge, name), changedOf(type, name)])),
    others.length === 0
      ? ""
      : `Refused where it is made, and where it changes: ${others.map((name) => `\`${name}\``).join(", ")}.`,
  ].join("\n\n");
}

function isLookedAt(type: string, judge: Judge, name: string): boolean {
  const known = judge.attributes[name];
  const own = inPlaceOf(type, name);
  return known !== undefined || (own !== undefined && own !== inPlaceOf(type, parentOf(name)));
}

function parentOf(name: string): string {
  return name.split(".").slice(0, -1).join(".");
}

function madeOf({ attributes }: Judge, name: string): string {
  const { law, required } = attributes[name] ?? {};
  if (law === undefined) return name.includes(".") ? "as the whole" : "refused";
  return required !== undefined ? `must ${law.must}` : `must ${law.must}, where it is there`;
}

function changedOf(type: string, name: string): string {
  const row = inPlaceOf(type, name);
  if (row === undefined) return "refused: nobody has looked at what it does";
  const unless = row.unless === undefined ? "" : `, but refused where ${row.unless.words}`;
  return `${wordsOf(row)}: ${row.why}${unless}`;
}

function wordsOf({ effect, told }: InPlace): string {
  switch (effect) {
    case "harmless":
      return "proved";
    case "as-told":
      return told === undefined
        ? "proved, where the new value keeps the law"
        : "proved and told, where the new value keeps the law";
    case "restarts":
      return "refused (restarts)";
    case "readdresses":
      return "refused (readdresses)";
    case "cuts-off":
      return "refused (cuts off)";
  }
}

function table(rows: readonly (readonly string[])[]): string {
  const lines = rows.map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`,
  );
  return ["| attribute | made | changed in place |", "| --- | --- | --- |", ...lines].join("\n");
}
