import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import leftOut from "../sandbox/aws/texts/dropped.json";
import errors from "../sandbox/aws/texts/errors.json";
import table from "../sandbox/aws/texts/rules.json";

/**
 * What the local AWS does, refuses and leaves out, as Markdown: from its tables, and from what its Python
 * says of itself in docstrings. Needs no Python.
 *
 * @param folder the project's `sandbox/aws`
 */
export function localAwsDocsSource(folder: string): Promise<string> {
  const source = [
    "<!-- Generated from sandbox/aws/ by `npm run generate`. Do not edit. -->",
    "# The local AWS",
    "An AWS to deploy to without an account, in front of [moto](https://docs.getmoto.org): [sandbox/README.md](../sandbox/README.md) tells how to use it. This page is what it does otherwise than moto, what it refuses as AWS does, and what it leaves out.",
    ...requestsSource(folder),
    ...proseSource(),
    "## What it does as AWS does, and moto doesn't",
    ...patchesSource(join(folder, "sandbox_aws/patches")),
    "## What it leaves out",
    "A member of a call that moto never looks at is dropped; the log of calls names it with the call. S3 and Service Quotas read their members in ways that can't be watched. These are known to be dropped:",
    markdownTable(
      ["call", "member", "why that does no harm"],
      Object.entries<Readonly<Record<string, string>>>(leftOut.dropped).flatMap(([call, members]) =>
        Object.entries(members).map(([member, why]) => [code(call), code(member), why]),
      ),
    ),
    "",
  ].join("\n\n");
  return format(source, { parser: "markdown", printWidth: 100 });
}

/** What is said of each request before moto sees it. */
function requestsSource(folder: string): string[] {
  const models = readFileSync(join(folder, "sandbox_aws/contract/models.py"), "utf8");
  const [, services = ""] = /^SERVICES = \{\n([^}]*)^\}/m.exec(models) ?? [];
  const names = [...services.matchAll(/"(.+)": "(.+)",/g)].map(([, , name = ""]) => name);
  const codes: Readonly<Record<string, ServiceErrors>> = errors.services;
  return [
    "## What it refuses by AWS's own models",
    `Each request of ${names.join(", ")} is held to the API model that botocore has of it, which comes with moto: unknown and missing members, values of another kind, lengths, ranges, patterns, enums. Of another API no call is answered (status 501). A refused call changes nothing, is answered with AWS's error in the API's own form, and is marked \`refused\` in the log of calls. Where AWS itself would pass over a member that it doesn't know, it is refused here all the same: nobody means to send it.`,
    markdownTable(
      [
        "API",
        "unknown member",
        "missing member",
        "not of its kind",
        "breaks a constraint",
        "source",
      ],
      names.map((name) => {
        const own = codes[name];
        if (own === undefined) throw new Error(`errors.json has no service ${name}`);
        const { invalid, unknown = invalid, missing = invalid, malformed = invalid, source } = own;
        return [name, ...[unknown, missing, malformed, invalid].map(code), `[AWS](${source})`];
      }),
    ),
    "Of these enums the model's list is not the last word:",
    Object.entries(codes)
      .flatMap(([name, { openEnums = {} }]) =>
        Object.entries(openEnums).map(([shape, why]) => `- ${code(`${name} ${shape}`)}: ${why}`),
      )
      .join("\n"),
  ];
}

interface ServiceErrors {
  /** By the name of a shape, why its enum is not the last word. */
  readonly openEnums?: Readonly<Record<string, string>>;
  readonly invalid: string;
  readonly unknown?: string;
  readonly missing?: string;
  readonly malformed?: string;
  readonly source: string;
}

interface Relation {
  readonly actions: readonly string[];
  readonly each?: string;
  readonly members: readonly string[];
  readonly says: string;
  readonly source: string;
}

/** What AWS says in its prose. */
function proseSource(): string[] {
  const rules: Readonly<Record<string, { readonly source: string }>> = table.rules;
  const members = Object.entries<string | null>(table.members);
  return [
    "## What it refuses by AWS's prose",
    "The tests hold every synthesized stack to the same table, [rules.json](../sandbox/aws/texts/rules.json), which has the patterns and lengths. Of texts:",
    markdownTable(
      ["rule", "of", "source"],
      Object.entries(rules).map(([name, { source }]) => [
        name,
        members
          .filter(([, rule]) => rule === name)
          .map(([member]) => code(member))
          .join(", "),
        linked(source),
      ]),
    ),
    "Of members among each other:",
    markdownTable(
      ["call", "member", "AWS", "source"],
      (table.relations as readonly Relation[]).map(
        ({ actions, each, members: of, says, source }) => [
          actions.map(code).join(", "),
          of.map((member) => code(each === undefined ? member : `${each}.${member}`)).join(", "),
          says,
          linked(source),
        ],
      ),
    ),
  ];
}

/** Makes moto faster, and its answers no others. */
const SPEED = "answers.py";

/** What each patch says of itself: "AWS does this; moto does that." */
function patchesSource(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".py") && file !== SPEED);
  return files.sort().flatMap((file) => {
    const python = readFileSync(join(folder, file), "utf8");
    const [, title] = /^"""([^]*?)"""/.exec(python) ?? [];
    const patches = [...python.matchAll(/^def patch_\w+\(.*\).*:\n {4}"""([^]*?)"""/gm)];
    if (title === undefined || patches.length === 0) return [];
    return [
      `**${sentence(title).replace(/\.$/, "")}**`,
      patches.map(([, text = ""]) => `- ${sentence(text)}`).join("\n"),
    ];
  });
}

/** A docstring's first paragraph, in one line. */
function sentence(docstring: string): string {
  const [paragraph = ""] = docstring.split(/\n\s*\n/);
  return paragraph.replace(/\s+/g, " ").trim();
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return lines.join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

/** `https://… (what is taken from it)` as a link. */
function linked(source: string): string {
  const [, url, rest = ""] = /^(https:\S+?)[,]?( .*)?$/.exec(source) ?? [];
  return url === undefined ? source : `[AWS](${url})${rest}`;
}
