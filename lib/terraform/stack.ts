import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, RoutedError } from "../errors";
import { STACK_FILE } from "../synthesis/synthesis-folder";
import { isObject, listOf } from "./values";
import type { Values } from "./values";

/** A resource or data source as a synthesized stack declares it. */
export interface Declaration {
  /** As in Terraform's plan: `aws_vpc.x`, or `data.aws_instance.x`. */
  readonly address: string;
  readonly type: string;
  /** Its arguments, with expressions as text, e.g. `${aws_vpc.x.id}`. */
  readonly values: Values;
  /** `lifecycle`, `provider`, `count` and what else Terraform takes of any resource. */
  readonly meta: Values;
}

/** Where the stack asks Terraform to take a resource into its state that exists already. */
export interface DeclaredImport {
  readonly to: string;
  readonly id: string;
}

/** What a synthesis wrote for Terraform (`cdk.tf.json`), read as JSON: no construct is asked. */
export interface SynthesizedStack {
  /** Managed resources, by address. */
  readonly resources: ReadonlyMap<string, Declaration>;
  readonly data: ReadonlyMap<string, Declaration>;
  readonly imports: readonly DeclaredImport[];
  /** Blocks by name, e.g. `provider` and `terraform`, as they are. */
  readonly blocks: Values;
}

/** What Terraform takes of any resource; CDKTF writes its own notes below `//`. */
const META = [
  "connection",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
] as const;

/** @throws RoutedError `invalid-plan` where nothing was synthesized, or something else lies there */
export async function readStack(stackDirectory: string): Promise<SynthesizedStack> {
  const file = join(stackDirectory, STACK_FILE);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const what = `${file}: the synthesized stack can't be read: ${messageOf(error)}`;
    throw new RoutedError("invalid-plan", `${what}; synthesize first (cdktf synth)`, {
      cause: error,
    });
  }
  return stackOf(json, file);
}

/** @throws RoutedError `invalid-plan` where it is no stack */
export function stackOf(json: unknown, source: string): SynthesizedStack {
  if (!isObject(json) || !isObject(json["resource"] ?? {})) {
    throw new RoutedError(
      "invalid-plan",
      `${source}: must be a synthesized stack; synthesize again`,
    );
  }
  return {
    resources: declarations(json["resource"], ""),
    data: declarations(json["data"], "data."),
    imports: listOf(json["import"]).map((item) => {
      const { to, id } = isObject(item) ? item : {};
      return { to: String(to).replace(/^\$\{(.*)\}$/, "$1"), id: String(id) };
    }),
    blocks: json,
  };
}

function declarations(blocks: unknown, prefix: string): ReadonlyMap<string, Declaration> {
  const found = Object.entries(isObject(blocks) ? blocks : {}).flatMap(([type, byName]) =>
    Object.entries(isObject(byName) ? byName : {}).map(([name, block]) => {
      const all = Object.entries(isObject(block) ? block : {}).filter(([key]) => key !== "//");
      const isMeta = ([key]: [string, unknown]) => META.some((each) => each === key);
      const address = `${prefix}${type}.${name}`;
      const values = Object.fromEntries(all.filter((entry) => !isMeta(entry)));
      return [
        address,
        { address, type, values, meta: Object.fromEntries(all.filter(isMeta)) },
      ] as const;
    }),
  );
  return new Map(found);
}
