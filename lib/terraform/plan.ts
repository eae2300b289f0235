import { messageOf, RoutedError } from "../errors";
import { configuredBlocks, importsOf, oddities, passedChecks } from "./plan-oddities";
import type { PlanOddity } from "./plan-oddities";
import { whyUnknown } from "./known-providers";
import { isObject } from "./values";
import type { Values } from "./values";

/**
 * Terraform's JSON form of a plan, as far as it is needed here.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export interface TerraformPlan {
  /** Of the program that made the plan, e.g. `1.11.4`. */
  readonly terraformVersion: string;
  /** When it was made: ISO 8601, UTC; null where it isn't told. */
  readonly plannedAt: string | null;
  /** Whether planning failed, so that changes may be missing. */
  readonly errored: boolean;
  /** False where the plan leaves something out, e.g. because of `-target`. */
  readonly complete: boolean;
  /** All managed resources, those without a change too, in Terraform's order. */
  readonly changes: readonly ResourceChange[];
  /** What differs between Terraform's state and what AWS holds. */
  readonly drift: readonly ResourceChange[];
  /** By output's name; those whose value is known before the apply. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Whether an output changes. */
  readonly changesOutputs: boolean;
  /** The AWS provider's configurations: one, and one more for each alias. */
  readonly providers: readonly ProviderConfig[];
  /** Of what else the plan holds that could do something, a clause each: who reads it must say no. */
  readonly oddities: readonly PlanOddity[];
  /** All resources and data sources that Terraform was given, by address, each with its arguments; null where it doesn't tell. */
  readonly configured: ReadonlyMap<string, Values> | null;
  /** The addresses of what has conditions, all of which were looked at and hold. */
  readonly passedChecks: readonly string[];
  /** The ids that resources are imported by, by address. */
  readonly imports: ReadonlyMap<string, string>;
}

/** What Terraform does to one object. */
export interface ResourceChange {
  /** E.g. `aws_instance.fleet_node-1_F28E9597`. */
  readonly address: string;
  /** E.g. `aws_instance`. */
  readonly type: string;
  /** Set for the leftover of a replacement that failed half-way. */
  readonly deposed: string | null;
  readonly effect: ChangeEffect;
  /** Terraform's word for why, e.g. `replace_because_tainted`; null where it gives none. */
  readonly reason: string | null;
  /** Null for an object that doesn't exist yet. */
  readonly before: Values | null;
  /** Null for an object that goes. */
  readonly after: Values | null;
  /** In the shape of `after`: true where a value is known after the apply only. */
  readonly afterUnknown: unknown;
  /** The attributes that can't change without replacing the object, each a path of keys. */
  readonly replacePaths: readonly (readonly (string | number)[])[];
}

/** `forget`: the object stays, but Terraform no longer manages it. */
export type ChangeEffect = "none" | "create" | "update" | "replace" | "delete" | "forget";

export interface ProviderConfig {
  /** As the configuration has it: `aws`, or `aws.other` for an alias. */
  readonly key: string;
  /** E.g. `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  /** The provider's arguments that are constants, by name. */
  readonly constants: ReadonlyMap<string, unknown>;
  /** The names of all arguments, those that aren't constants too. */
  readonly arguments: readonly string[];
}

/** The major version of the format that is understood; Terraform 1.x writes it. */
const FORMAT_MAJOR = "1";

/**
 * @param text what `terraform show -json` printed
 * @param source where it came from, for messages
 * @throws RoutedError `invalid-plan` where it is no plan of a known format, or made with a version of
 *   the AWS provider whose attributes aren't known; nothing is guessed
 */
export function parseTerraformPlan(text: string, source: string): TerraformPlan {
  const reader = new PlanReader(source);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw reader.error(`must be the output of terraform show -json: ${messageOf(error)}`, error);
  }
  return reader.readPlan(json);
}

class PlanReader {
  constructor(private readonly source: string) {}

  readPlan(json: unknown): TerraformPlan {
    const plan = this.object(json, "the plan");
    const version = this.text(plan["format_version"], "format_version");
    if (version.split(".")[0] !== FORMAT_MAJOR) {
      throw this.error(`format_version must be ${FORMAT_MAJOR}.x, got ${version}`);
    }
    if (plan["planned_values"] === undefined) {
      throw this.error("planned_values is missing: this is a state or something else, not a plan");
    }
    const changes = this.list(plan["resource_changes"] ?? [], "resource_changes");
    const drift = this.list(plan["resource_drift"] ?? [], "resource_drift");
    return {
      terraformVersion: this.text(plan["terraform_version"], "terraform_version"),
      plannedAt: plan["timestamp"] === undefined ? null : this.text(plan["timestamp"], "timestamp"),
      errored: plan["errored"] === true,
      // Written from Terraform 1.8 on.
      complete: plan["complete"] !== false,
      changes: changes.flatMap((item, index) => this.change(item, `resource_changes[${index}]`)),
      drift: drift.flatMap((item, index) => this.change(item, `resource_drift[${index}]`)),
      changesOutputs: this.changesOutputs(plan["output_changes"] ?? {}),
      outputs: this.outputs(plan["planned_values"]),
      providers: this.providers(plan["configuration"] ?? {}),
      oddities: oddities(plan),
      configured: configuredBlocks(plan),
      passedChecks: passedChecks(plan),
      imports: importsOf(changes),
    };
  }

  private changesOutputs(value: unknown): boolean {
    const changes = Object.values(this.object(value, "output_changes"));
    return changes.some((change) => {
      const actions = this.object(change, "output_changes")["actions"];
      return !(Array.isArray(actions) && actions.join() === "no-op");
    });
  }

  error(message: string, cause?: unknown): RoutedError {
    return new RoutedError("invalid-plan", `${this.source}: ${message}`, { cause });
  }

  /** Nothing for a data source, which changes nothing. */
  private change(item: unknown, field: string): ResourceChange[] {
    const resource = this.object(item, field);
    if (this.text(resource["mode"], `${field}.mode`) === "data") return [];
    const change = this.object(resource["change"], `${field}.change`);
    const actions = this.list(change["actions"], `${field}.change.actions`).map(String);
    const effect = EFFECTS[actions.join(",")];
    if (effect === undefined) {
      throw this.error(`${field}.change.actions is unknown: ${actions.join(", ")}`);
    }
    return [
      {
        address: this.text(resource["address"], `${field}.address`),
        type: this.text(resource["type"], `${field}.type`),
        deposed: typeof resource["deposed"] === "string" ? resource["deposed"] : null,
        effect,
        reason: typeof resource["action_reason"] === "string" ? resource["action_reason"] : null,
        before: this.values(change["before"], `${field}.change.before`),
        after: this.values(change["after"], `${field}.change.after`),
        afterUnknown: change["after_unknown"] ?? {},
        replacePaths: this.list(change["replace_paths"] ?? [], `${field}.change.replace_paths`).map(
          (path) => this.list(path, `${field}.change.replace_paths`).map(pathKey),
        ),
      },
    ];
  }

  private outputs(plannedValues: unknown): ReadonlyMap<string, unknown> {
    const values = this.object(plannedValues, "planned_values");
    const outputs = this.object(values["outputs"] ?? {}, "planned_values.outputs");
    return new Map(
      Object.entries(outputs).flatMap(([name, output]) => {
        const { value } = this.object(output, `planned_values.outputs.${name}`);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  }

  private providers(configuration: unknown): ProviderConfig[] {
    const { provider_config } = this.object(configuration, "configuration");
    const configs = this.object(provider_config ?? {}, "configuration.provider_config");
    const found = Object.entries(configs).flatMap(([key, item]) => {
      const field = `configuration.provider_config.${key}`;
      const config = this.object(item, field);
      const fullName = this.text(config["full_name"] ?? config["name"], `${field}.full_name`);
      if (!/(^|\/)aws$/.test(fullName)) return [];
      const version = config["version_constraint"];
      const unknown = whyUnknown(typeof version === "string" ? version : null);
      if (unknown !== null) throw this.error(unknown);
      const expressions = this.object(config["expressions"] ?? {}, `${field}.expressions`);
      const constants = this.constants(expressions, `${field}.expressions`);
      return [{ key, source: fullName, constants, arguments: Object.keys(expressions) }];
    });
    if (found.length > 0) return found;
    throw this.error(
      "the plan names no AWS provider, so its version, region and account can't be told",
    );
  }

  private constants(expressions: unknown, field: string): ReadonlyMap<string, unknown> {
    return new Map(
      Object.entries(this.object(expressions, field)).flatMap(([name, expression]) =>
        isObject(expression) && "constant_value" in expression
          ? [[name, expression["constant_value"]] as const]
          : isBlock(expression)
            ? [[name, constantBlock(expression)] as const]
            : [],
      ),
    );
  }

  private values(value: unknown, field: string): Values | null {
    return value === null || value === undefined ? null : this.object(value, field);
  }

  private object(value: unknown, field: string): Values {
    if (!isObject(value)) throw this.error(`${field} must be an object`);
    return value;
  }

  private list(value: unknown, field: string): readonly unknown[] {
    if (!Array.isArray(value)) throw this.error(`${field} must be a list`);
    return value;
  }

  private text(value: unknown, field: string): string {
    if (typeof value !== "string") throw this.error(`${field} must be a string`);
    return value;
  }
}

const EFFECTS: Readonly<Record<string, ChangeEffect>> = {
  "no-op": "none",
  read: "none",
  create: "create",
  update: "update",
  delete: "delete",
  "delete,create": "replace",
  "create,delete": "replace",
  forget: "forget",
  "create,forget": "replace",
};

/** A block of a provider's, as a list of objects with an expression each. */
function isBlock(expression: unknown): expression is readonly unknown[] {
  return Array.isArray(expression) && expression.every(isObject);
}

/** Undefined for what isn't constant. */
function constantBlock(block: readonly unknown[]): unknown {
  return block.map((item) =>
    Object.fromEntries(
      Object.entries(isObject(item) ? item : {}).map(([name, expression]) => [
        name,
        isObject(expression) ? expression["constant_value"] : undefined,
      ]),
    ),
  );
}

function pathKey(key: unknown): string | number {
  return typeof key === "number" ? key : String(key);
}
