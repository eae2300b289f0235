/** A synthesized stack, as far as Terraform's plan follows from it. */
export interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Values>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
  /** Which ids AWS knows resources by, as far as it was observed. */
  readonly import?: readonly { readonly to: string; readonly id: string }[];
  readonly output: Readonly<Record<string, { readonly value: unknown }>>;
  readonly provider: { readonly aws: readonly Values[] };
  readonly terraform: {
    readonly required_providers: { readonly aws: { readonly version: string } };
  };
}

type Values = Readonly<Record<string, unknown>>;
/** By address. */
type Resources = ReadonlyMap<string, Values>;

interface Syntheses {
  readonly left: Resources;
  readonly wanted: Resources;
  readonly replaced: readonly string[];
  /** Those that are replaced or created: AWS tells of them after the apply only. */
  readonly fresh: readonly string[];
  readonly tags: Values;
  /** Observed ids, by address. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * What Terraform would plan from one synthesis to the next, as `terraform show -json` tells it:
 * for examples alone, which need no AWS. What a reference refers to is made up, but for what is created or
 * replaced: nodes and task definitions are replaced, everything else changes in place.
 */
export function simulatedPlan(before: Stack, after: Stack): object {
  const [left, wanted] = [resourcesOf(before), resourcesOf(after)];
  const created = [...wanted.keys()].filter((address) => !left.has(address));
  const replaced = replacedBetween(left, wanted);
  const tags = defaultTags(after);
  const imports = [...(before.import ?? []), ...(after.import ?? [])];
  const ids = new Map(imports.map(({ to, id }) => [to, id]));
  const syntheses = { left, wanted, replaced, fresh: [...created, ...replaced], tags, ids };
  const addresses = [...new Set([...left.keys(), ...wanted.keys()])].sort();
  const [provider = {}] = after.provider.aws;
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { outputs: { upgrade: after.output["upgrade"] } },
    resource_changes: addresses.map((address) => changeOf(address, syntheses)),
    configuration: {
      provider_config: {
        aws: {
          name: "aws",
          full_name: "registry.terraform.io/hashicorp/aws",
          version_constraint: after.terraform.required_providers.aws.version,
          expressions: Object.fromEntries(
            Object.entries(provider).map(([name, value]) => [name, { constant_value: value }]),
          ),
        },
      },
    },
    // The guard found the fleet as it was observed.
    checks: Object.entries(after.data ?? {}).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((name) => ({
        address: { to_display: `data.${type}.${name}` },
        status: "pass",
      })),
    ),
    complete: true,
    errored: false,
  };
}

function resourcesOf(stack: Stack): Resources {
  return new Map(
    Object.entries(stack.resource).flatMap(([type, resources]) =>
      Object.entries(resources).map(([name, values]) => [`${type}.${name}`, attributesOf(values)]),
    ),
  );
}

/** What of a resource's block is no attribute of it. */
const META = ["//", "depends_on", "lifecycle", "provider", "provisioner"];

function attributesOf(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !META.includes(name))
      .map(([name, value]) => [name, isBlock(name, value) ? [value] : value]),
  );
}

/** A single block may be written as an object; to Terraform it is a list of one. */
function isBlock(name: string, value: unknown): boolean {
  return typeof value === "object" && !Array.isArray(value) && !name.startsWith("tags");
}

/** What can't change in place: a node's own parts, and a task definition, of which a new revision is made. */
const REPLACED = ["aws_instance", "aws_ecs_task_definition"];

function changedAttributes(before: Values, after: Values): string[] {
  return Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

/** The objects that are there before and after, but not as the same ones. */
function replacedBetween(left: Resources, wanted: Resources): string[] {
  return [...wanted].flatMap(([address, after]) => {
    const before = left.get(address);
    const replaced = before !== undefined && REPLACED.includes(address.split(".")[0] ?? "");
    return replaced && changedAttributes(before, after).length > 0 ? [address] : [];
  });
}

/** The provider's, which all resources have. */
function defaultTags({ provider }: Stack): Values {
  const [config = {}] = provider.aws;
  const [block] = config["default_tags"] as { readonly tags: Values }[];
  return block?.tags ?? {};
}

/** What is made up of a resource that is there already: all that others refer to. */
const MADE_UP = ["id", "arn", "name", "bucket", "arn_suffix"];

/** A resource as AWS holds it, with what it refers to. */
function held(
  address: string,
  values: Values | undefined,
  { wanted, left, tags, ids }: Syntheses,
): Values | null {
  if (values === undefined) return null;
  // Which instance it is, is observed.
  const names = address.startsWith("aws_instance.") ? [] : MADE_UP;
  const own = Object.fromEntries(names.map((name) => [name, `${name}-of-${address}`]));
  const known = JSON.parse(
    followed(JSON.stringify(values), new Map([...left, ...wanted]), ids),
  ) as Values;
  const all = { ...tags, ...(known["tags"] as Values | undefined) };
  const id = ids.get(address);
  const observed = id === undefined ? {} : { id };
  return { ...own, ...observed, ipv6_cidr_block: "2001:db8::/56", ...known, tags_all: all };
}

/** Subnets lie in the VPC's block by their number, and nodes in theirs. */
function followed(text: string, all: Resources, ids: Syntheses["ids"]): string {
  return text
    .replace(
      /\$\{cidrsubnet\(aws_vpc\.[\w-]+\.ipv6_cidr_block, 8, (\d+)\)\}/g,
      (_, number) => `2001:db8:0:${Number(number).toString(16)}::/64`,
    )
    .replace(
      /\$\{cidrhost\([\w.-]+, (\d+)\)\}/g,
      (_, host) => `2001:db8::${Number(host).toString(16)}`,
    )
    .replace(/(?<!\$)\$\{(\w+\.[\w-]+)\.(\w+)\}/g, (_, address: string, name: string) => {
      const declared = name === "id" ? ids.get(address) : all.get(address)?.[name];
      return typeof declared === "string" ? declared : `${name}-of-${address}`;
    })
    .replaceAll("$${", "${");
}

function changeOf(address: string, syntheses: Syntheses): object {
  const { left, wanted, replaced, fresh } = syntheses;
  const [before, after] = [left.get(address), wanted.get(address)];
  const changed = before && after ? changedAttributes(before, after) : [];
  // Of a new object ids are known after the apply only, and so is what refers to them.
  const unknown = Object.keys(after ?? {}).filter((name) =>
    fresh.some((other) => JSON.stringify(after?.[name]).includes(`\${${other}.`)),
  );
  const [type = ""] = address.split(".");
  const isReplaced = replaced.includes(address);
  const isUpdated = changed.length > 0 || unknown.length > 0;
  const actions =
    before === undefined
      ? ["create"]
      : after === undefined
        ? ["delete"]
        : isReplaced
          ? ["delete", "create"]
          : [isUpdated ? "update" : "no-op"];
  const isFresh = fresh.includes(address);
  const told = isFresh ? MADE_UP.filter((name) => after?.[name] === undefined) : [];
  const known = Object.entries(held(address, after, syntheses) ?? {}).filter(
    ([name]) =>
      !unknown.includes(name) && !told.includes(name) && !(isFresh && name === "ipv6_cidr_block"),
  );
  return {
    address,
    mode: "managed",
    type,
    change: {
      actions,
      before: held(address, before, syntheses),
      after: after === undefined ? null : Object.fromEntries(known),
      after_unknown: Object.fromEntries([...unknown, ...told].map((name) => [name, true])),
      ...(isReplaced ? { replace_paths: changed.map((name) => [name]) } : {}),
    },
  };
}
