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

/**
 * What Terraform would plan from one synthesis to the next, as `terraform show -json` tells it:
 * for examples alone, which need no AWS. References stay as they are written, since what they refer to
 * doesn't change; a node is replaced, everything else changes in place.
 */
export function simulatedPlan(before: Stack, after: Stack): object {
  const [left, wanted] = [resourcesOf(before), resourcesOf(after)];
  const addresses = [...new Set([...left.keys(), ...wanted.keys()])].sort();
  const [provider = {}] = after.provider.aws;
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { outputs: { upgrade: after.output["upgrade"] } },
    resource_changes: addresses.map((address) =>
      changeOf(address, left.get(address), wanted.get(address)),
    ),
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

function resourcesOf(stack: Stack): Map<string, Values> {
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

function changeOf(address: string, before: Values | undefined, after: Values | undefined): object {
  const [type = ""] = address.split(".");
  const changed = Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  const replaced = type === "aws_instance";
  const actions =
    before === undefined
      ? ["create"]
      : after === undefined
        ? ["delete"]
        : changed.length === 0
          ? ["no-op"]
          : replaced
            ? ["delete", "create"]
            : ["update"];
  const paths = actions.length === 2 ? { replace_paths: changed.map((name) => [name]) } : {};
  const change = {
    actions,
    before: before ?? null,
    after: after ?? null,
    after_unknown: {},
    ...paths,
  };
  return { address, mode: "managed", type, change };
}
