/** A synthesized stack, as far as Terraform's plan follows from it. */
export interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Values>>>>;
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
}

/**
 * What Terraform would plan from one synthesis to the next, as `terraform show -json` tells it:
 * for examples alone, which need no AWS. References stay as they are written, but for those to what is
 * replaced: nodes and task definitions are, everything else changes in place.
 */
export function simulatedPlan(before: Stack, after: Stack): object {
  const [left, wanted] = [resourcesOf(before), resourcesOf(after)];
  const syntheses = { left, wanted, replaced: replacedBetween(left, wanted) };
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
const META = ["//", "depends_on", "lifecycle", "provisioner"];

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

function changeOf(address: string, { left, wanted, replaced }: Syntheses): object {
  const [before, after] = [left.get(address), wanted.get(address)];
  const changed = before && after ? changedAttributes(before, after) : [];
  // Of a new object ids are known after the apply only, and so is what refers to them.
  const unknown = Object.keys(after ?? {}).filter((name) =>
    replaced.some((other) => JSON.stringify(after?.[name]).includes(`\${${other}.`)),
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
  const known = Object.entries(after ?? {}).filter(([name]) => !unknown.includes(name));
  return {
    address,
    mode: "managed",
    type,
    change: {
      actions,
      before: before ?? null,
      after: after === undefined ? null : Object.fromEntries(known),
      after_unknown: Object.fromEntries(unknown.map((name) => [name, true])),
      ...(isReplaced ? { replace_paths: changed.map((name) => [name]) } : {}),
    },
  };
}
