import { parse as parseToml } from "smol-toml";
import type { Arguments, SynthesizedStack } from "../../fixtures/synthesize";
import { parseTemplate } from "../terraform-template";
import { ATTRIBUTES } from "./attributes";
import type { DocumentRow, TypeRow } from "./attributes";
import { refusals } from "./text-rules";

/** The most tags that AWS takes on one resource. */
const MAX_TAGS = 50;
const TAG_KEY = "ec2:CreateTags Tags[].Key";
const TAG_VALUE = "ec2:CreateTags Tags[].Value";

/** Arguments that are Terraform's and never sent to AWS. */
const META_ARGUMENTS = ["//", "depends_on", "lifecycle", "provider"];

/** What AWS gives, as long as it can be; by type and attribute, or by attribute of any type. */
const ASSIGNED: Readonly<Record<string, string>> = {
  arn: `arn:aws-us-gov:service:us-gov-west-1:123456789012:${"a".repeat(200)}`,
  "aws_instance.id": "i-0123456789abcdef0",
  "aws_lb.arn_suffix": `app/${"a".repeat(32)}/0123456789abcdef`,
  "aws_lb_target_group.arn_suffix": `targetgroup/${"a".repeat(32)}/0123456789abcdef`,
};

export interface Judgement {
  /** What AWS would refuse, and what no rule is known of; none where AWS takes the stack's texts. */
  readonly complaints: readonly string[];
  /** The rows that were needed, as `<type> <path>`. */
  readonly used: ReadonlySet<string>;
}

/** Holds every name, description and tag of a stack to what AWS takes. What it doesn't know it refuses. */
export function judgeTexts(stack: SynthesizedStack): Judgement {
  const judge = new Judge(stack);
  judge.judgeStack();
  return { complaints: judge.complaints, used: judge.used };
}

interface Place {
  /** E.g. `aws_lb.api`, for messages. */
  readonly where: string;
  readonly type: string;
  readonly row: TypeRow;
}

class Judge {
  readonly complaints: string[] = [];
  readonly used = new Set<string>();
  private readonly defaultTags: Readonly<Record<string, unknown>>;

  constructor(private readonly stack: SynthesizedStack) {
    const [provider = {}] = stack.provider["aws"] ?? [];
    const blocks = (provider["default_tags"] ?? []) as readonly Arguments[];
    this.defaultTags = Object.assign({}, ...blocks.map(({ tags }) => tags)) as Arguments;
  }

  judgeStack(): void {
    this.judgeTags("provider default_tags", this.defaultTags);
    for (const [prefix, types] of [
      ["", this.stack.resource],
      ["data.", this.stack.data ?? {}],
    ] as const) {
      for (const [type, resources] of Object.entries(types)) {
        const row = ATTRIBUTES[prefix + type];
        for (const [name, resource] of Object.entries(resources)) {
          const where = `${prefix}${type}.${name}`;
          if (row === undefined) this.complain(where, "is of a type that no row is of");
          else this.judgeResource({ where, type: prefix + type, row }, resource);
        }
      }
    }
  }

  private judgeResource(place: Place, resource: Arguments): void {
    this.used.add(`${place.type} `);
    for (const [key, value] of Object.entries(resource)) {
      if (!META_ARGUMENTS.includes(key)) this.judgeValue(place, [key], value);
    }
    const ownTags = place.row.tags?.includes("tags") === true;
    const count = new Set(Object.keys({ ...this.defaultTags, ...(resource["tags"] ?? {}) })).size;
    if (ownTags && count > MAX_TAGS) {
      this.complain(`${place.where}.tags`, `has at most ${MAX_TAGS} tags, got ${count}`);
    }
  }

  private judgeValue(place: Place, path: Path, value: unknown): void {
    const { row, type } = place;
    if (typeof value === "string") {
      this.judgeText(place, path, value);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => this.judgeValue(place, [...path, index], item));
    } else if (typeof value === "object" && value !== null) {
      const tags = row.tags?.find((known) => matches(known, path));
      if (tags !== undefined) {
        this.used.add(`${type} ${tags}`);
        this.judgeTags(whereOf(place, path), value);
        return;
      }
      const keys = entryAt(row.keys, path);
      for (const [key, member] of Object.entries(value)) {
        if (keys !== undefined) this.judgeMember(whereOf(place, [...path, key]), keys.row, key);
        this.judgeConditionKey(whereOf(place, path), key);
        this.judgeValue(place, [...path, key], member);
      }
    }
  }

  private judgeText(place: Place, path: Path, text: string): void {
    const { row, type } = place;
    const where = whereOf(place, path);
    const member = entryAt(row.texts, path);
    const document = entryAt(row.documents, path);
    const known =
      member?.path ?? document?.path ?? row.others?.find((other) => matches(other, path));
    if (known === undefined) {
      this.complain(where, "is an attribute that no row is of");
      return;
    }
    this.used.add(`${type} ${known}`);
    if (member !== undefined) this.judgeMember(where, member.row, text);
    if (document !== undefined) this.judgeDocument(document.row, `${type} ${known}`, where, text);
  }

  private judgeDocument(row: DocumentRow, type: string, where: string, text: string): void {
    if (row.whole !== undefined) this.judgeMember(where, row.whole, text);
    const content = row.form === "json" ? (JSON.parse(text) as unknown) : readUserData(text);
    this.judgeValue({ where, type, row }, [], content);
  }

  /** A policy's condition may name a tag: `aws:ResourceTag/<key>`. */
  private judgeConditionKey(where: string, key: string): void {
    const [, tag] = /^[a-z0-9-]+:(?:Request|Resource|Principal)Tag\/(.*)$/.exec(key) ?? [];
    if (tag !== undefined) this.judgeMember(`${where}.${key}`, TAG_KEY, tag);
  }

  private judgeTags(where: string, tags: object): void {
    for (const [key, value] of Object.entries(tags)) {
      this.judgeMember(where, TAG_KEY, key);
      this.judgeMember(`${where}.${key}`, TAG_VALUE, String(value));
    }
  }

  private judgeMember(where: string, member: string, source: string): void {
    const text = this.resolve(source);
    if (text === null) this.complain(where, `can't be told before AWS has it: ${source}`);
    else for (const refusal of refusals(member, text)) this.complain(where, refusal);
  }

  /** What Terraform makes of a template; null where that can't be told. */
  private resolve(source: string): string | null {
    const parts = parseTemplate(source).parts.map((part) =>
      "text" in part ? part.text : this.resolveReference(part.expression),
    );
    return parts.includes(null) ? null : parts.join("");
  }

  private resolveReference(expression: string): string | null {
    const [, type = "", name = "", attribute = ""] =
      /^(aws_[a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z_]+)$/.exec(expression) ?? [];
    const value = this.stack.resource[type]?.[name]?.[attribute];
    if (typeof value === "string") return this.resolve(value);
    return ASSIGNED[`${type}.${attribute}`] ?? ASSIGNED[attribute] ?? null;
  }

  private complain(where: string, what: string): void {
    this.complaints.push(`${where}: ${what}`);
  }
}

/** An attribute's keys and indexes. */
type Path = readonly (string | number)[];

function whereOf({ where }: Place, path: Path): string {
  return path.reduce<string>(
    (shown, step) => (typeof step === "number" ? `${shown}[${step}]` : `${shown}.${step}`),
    where,
  );
}

/** Whether a path is the one that a row has. */
function matches(known: string, path: Path): boolean {
  const steps = known
    .replaceAll("[]", ".[]")
    .split(".")
    .filter((step) => step !== "");
  return (
    steps.length === path.length &&
    steps.every((step, at) =>
      typeof path[at] === "number" ? step === "[]" : step === "*" || step === path[at],
    )
  );
}

function entryAt<T>(rows: Readonly<Record<string, T>> | undefined, path: Path) {
  const found = Object.entries(rows ?? {}).find(([known]) => matches(known, path));
  return found && { path: found[0], row: found[1] };
}

/** What a node tells ECS of itself, by the agent's settings of either operating system. */
function readUserData(base64: string): object {
  const text = Buffer.from(base64, "base64").toString("utf8");
  if (text.startsWith("#!")) {
    const setting = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(text)?.[1] ?? "";
    return {
      cluster: setting("ECS_CLUSTER"),
      attributes: JSON.parse(setting("ECS_INSTANCE_ATTRIBUTES")) as unknown,
    };
  }
  const { settings } = parseToml(text) as unknown as {
    settings: { ecs: { cluster: string; "instance-attributes": object } };
  };
  return { cluster: settings.ecs.cluster, attributes: settings.ecs["instance-attributes"] };
}
