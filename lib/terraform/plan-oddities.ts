import { isObject, listOf } from "./values";
import type { Values } from "./values";

/** Something that this product's plans never hold, and what it would do. */
export interface PlanOddity {
  /** Empty where it is the plan as a whole. */
  readonly addresses: readonly string[];
  readonly what: string;
}

/** The one provider that this product's stacks use, by its full name. */
const PROVIDER = "registry.terraform.io/hashicorp/aws";

/**
 * Its configurations: the stack's, and one that repeats fewer calls, for the instances alone, which
 * have no other.
 */
const CONFIGURATIONS = ["aws", "aws.nodes"];
const configurationOf = (mode: unknown, type: unknown): string =>
  mode === "managed" && type === "aws_instance" ? "aws.nodes" : "aws";

/** What may be there twice for a moment; of everything else, names and addresses are taken once. */
const TWICE = "aws_subnet";

/** Data sources that only read AWS; others may run programs or call anything. */
const HARMLESS_DATA = ["aws_instance", "aws_instances", "aws_network_interface"];

/**
 * What no plan of this product's stacks holds. All of it is told, and nothing of it is judged: a
 * module, another provider, a program that Terraform would run, a move, what is put off until later.
 */
export function oddities(plan: Values): PlanOddity[] {
  const configuration = objectOf(plan["configuration"]);
  const root = objectOf(configuration["root_module"]);
  return [
    ...listOf(plan["resource_changes"]).flatMap(oddChange),
    ...listOf(root["resources"]).flatMap(oddResource),
    ...Object.keys(objectOf(root["module_calls"])).map((name) =>
      whole(`module ${name} would be used`),
    ),
    ...Object.keys(objectOf(root["variables"])).map((name) =>
      whole(`the variable ${name} would decide what is done`),
    ),
    ...Object.keys(objectOf(plan["variables"])).map((name) =>
      whole(`the variable ${name} has a value`),
    ),
    ...Object.entries(objectOf(configuration["provider_config"])).flatMap(oddProvider),
    ...Object.entries(objectOf(plan["planned_values"])).flatMap(oddValues),
    ...listOf(plan["checks"]).flatMap(oddCheck),
    ...["deferred_changes", "deferred_action_invocations", "action_invocations"].flatMap((field) =>
      listOf(plan[field]).length === 0 ? [] : [whole(`Terraform's plan has ${field}`)],
    ),
  ];
}

function whole(what: string): PlanOddity {
  return { addresses: [], what };
}

function oddChange(item: unknown): PlanOddity[] {
  const resource = objectOf(item);
  const change = objectOf(resource["change"]);
  const address = String(resource["address"]);
  const odd = (is: boolean, what: string): PlanOddity[] =>
    is ? [{ addresses: [address], what }] : [];
  const { mode, type, provider_name: provider, previous_address: from } = resource;
  return [
    ...odd(
      !address.startsWith(mode === "data" ? `data.${String(type)}.` : `${String(type)}.`),
      `it is said to be of the type ${String(type)}`,
    ),
    ...odd(
      mode === "data" && !HARMLESS_DATA.includes(String(type)),
      `the data source ${String(type)} would be read`,
    ),
    ...odd(mode !== "data" && mode !== "managed", `it would be ${String(mode)}, not managed`),
    ...odd(
      provider !== undefined && provider !== PROVIDER,
      `the provider ${String(provider)} would handle it`,
    ),
    ...odd(resource["module_address"] !== undefined, "it would be a module's"),
    ...odd(resource["index"] !== undefined, "it would be one of several by count or for_each"),
    ...odd(from !== undefined && from !== address, `it would be moved from ${String(from)}`),
    ...odd(
      /^create,/.test(listOf(change["actions"]).join()) && type !== TWICE,
      "a new one would be made before the old one goes",
    ),
    ...odd(change["generated_config"] !== undefined, "its configuration would be generated"),
  ];
}

/** As Terraform was given it, with what isn't to be seen in a change. */
function oddResource(item: unknown): PlanOddity[] {
  const resource = objectOf(item);
  const address = String(resource["address"]);
  const odd = (is: boolean, what: string): PlanOddity[] =>
    is ? [{ addresses: [address], what }] : [];
  const { provider_config_key: provider, mode, type } = resource;
  return [
    ...odd(listOf(resource["provisioners"]).length > 0, "a provisioner would run a program"),
    ...odd(
      provider !== undefined && provider !== configurationOf(mode, type),
      `it would be handled by the provider ${String(provider)}`,
    ),
    ...odd(
      resource["count_expression"] !== undefined || resource["for_each_expression"] !== undefined,
      "it would be there several times, by count or for_each",
    ),
    ...odd(
      mode === "data" && !HARMLESS_DATA.includes(String(type)),
      `the data source ${String(type)} would be read`,
    ),
  ];
}

function oddProvider([key, item]: [string, unknown]): PlanOddity[] {
  const config = objectOf(item);
  const name = String(config["full_name"] ?? config["name"]);
  return [
    ...(name === PROVIDER ? [] : [whole(`the provider ${name} would be used`)]),
    ...(CONFIGURATIONS.includes(key)
      ? []
      : [whole(`the provider ${key} would be used besides those of the stack`)]),
    ...(config["module_address"] === undefined ? [] : [whole(`the provider ${key} is a module's`)]),
  ];
}

function oddValues([key]: [string, unknown]): PlanOddity[] {
  return key === "outputs" || key === "root_module" ? [] : [whole(`Terraform plans ${key}`)];
}

/** A condition of the stack's: of what was observed, above all. */
function oddCheck(item: unknown): PlanOddity[] {
  const check = objectOf(item);
  const shown = objectOf(check["address"])["to_display"];
  const address = typeof shown === "string" ? shown : "a check";
  const { status } = check;
  if (status === "pass") return [];
  const what = status === "fail" ? "its check fails" : `its check is ${String(status)}`;
  return [{ addresses: [address], what }];
}

/** Managed resources and data sources of the root module, as Terraform read them. */
export function configuredBlocks(plan: Values): ReadonlyMap<string, Values> | null {
  const root = objectOf(plan["configuration"])["root_module"];
  if (!isObject(root)) return null;
  return new Map(
    listOf(root["resources"]).map((item) => {
      const { address, expressions } = objectOf(item);
      return [String(address), objectOf(expressions)];
    }),
  );
}

export function passedChecks(plan: Values): string[] {
  return listOf(plan["checks"]).flatMap((item) => {
    const { address, status } = objectOf(item);
    return status === "pass" ? [String(objectOf(address)["to_display"])] : [];
  });
}

export function importsOf(changes: readonly unknown[]): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap((item) => {
      const resource = objectOf(item);
      const { importing } = objectOf(resource["change"]);
      if (importing === undefined || importing === null) return [];
      return [[String(resource["address"]), String(objectOf(importing)["id"])] as const];
    }),
  );
}

function objectOf(value: unknown): Values {
  return isObject(value) ? value : {};
}
