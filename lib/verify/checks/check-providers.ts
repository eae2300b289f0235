import { ENVIRONMENT_TAG } from "../../config/naming";
import type { ProviderConfig } from "../../terraform/plan";
import { isObject, listOf } from "../../terraform/values";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

export const AGAIN = "synthesize and plan again";

/**
 * Of the AWS provider, what each configuration may say. That of the instances repeats few calls, so
 * that insufficient capacity is told within seconds; fewer, and a throttled call fails a deploy.
 */
const RETRIES: Readonly<Record<string, { readonly from: number; readonly to: number } | null>> = {
  aws: null,
  "aws.nodes": { from: 5, to: 8 },
};

const OWN_RULES = ["allowed_account_ids", "default_tags", "region"];
/** They may say what they want, as long as it is known. */
const FREE = ["retry_mode", "s3_use_path_style"];

/** An override of a provider would look for everything in another place, or do other things. */
export function checkProviders(subject: VerifySubject): Violation[] {
  const { terraformPlan } = subject;
  return [
    ...checkDeclared(subject),
    ...terraformPlan.providers.flatMap((provider) => checkProvider(provider, subject)),
  ];
}

/** The synthesized stack has no provider but those. */
function checkDeclared({ stack }: VerifySubject): Violation[] {
  const { provider: blocks } = stack.blocks;
  const declared = Object.entries(isObject(blocks) ? blocks : {}).flatMap(([name, configs]) =>
    (Array.isArray(configs) ? (configs as unknown[]) : [configs]).map((config) =>
      isObject(config) && config["alias"] !== undefined ? `${name}.${show(config["alias"])}` : name,
    ),
  );
  return declared
    .filter((key, index) => !(key in RETRIES) || declared.indexOf(key) !== index)
    .map((key) =>
      violation(
        `the synthesized stack has more providers (${key})`,
        "no plan of this product's stacks does that",
        "take it out of the stack, or do it by hand once you know what it does",
      ),
    );
}

function checkProvider(
  { key, constants, arguments: names }: ProviderConfig,
  { environment }: VerifySubject,
): Violation[] {
  const { accountId, region } = environment.aws;
  const whose = `the AWS provider${key === "aws" ? "" : ` ${key}`}`;
  const accounts = constants.get("allowed_account_ids");
  const retries = RETRIES[key] ?? null;
  const found: Violation[] = names
    .filter((name) => !OWN_RULES.includes(name) && !(name === "max_retries" && retries !== null))
    .filter((name) => !FREE.includes(name) || constants.get(name) === undefined)
    .map((name) =>
      violation(
        `${whose} has ${name} (${show(constants.get(name))})`,
        "the stacks of this product don't say it",
        "take it out of the stack; the environment's variables are the way to reach AWS otherwise",
      ),
    );
  if (retries !== null && !isWithin(constants.get("max_retries"), retries)) {
    const what = `${whose} has max_retries ${show(constants.get("max_retries"))}`;
    found.push(violation(what, `it must be from ${retries.from} to ${retries.to}`, AGAIN));
  }
  const tags = defaultTags(constants);
  if (JSON.stringify(tags) !== wantedTags(environment)) {
    const what = `${whose}'s default_tags are ${show(tags)}`;
    found.push(violation(what, `they must be ${wantedTags(environment)}`, AGAIN));
  }
  if (constants.get("region") !== region) {
    const got = show(constants.get("region"));
    found.push(violation(`${whose}'s region is ${got}`, `aws.region is ${region}`, AGAIN));
  }
  if (!Array.isArray(accounts) || accounts.length !== 1 || accounts[0] !== accountId) {
    const what = `${whose}'s allowed_account_ids are ${show(accounts)}`;
    found.push(violation(what, `aws.accountId is ${accountId}`, AGAIN));
  }
  return found;
}

function isWithin(value: unknown, { from, to }: { readonly from: number; readonly to: number }) {
  return typeof value === "number" && value >= from && value <= to;
}

/** Null where it has none. */
function defaultTags(constants: ReadonlyMap<string, unknown>): unknown {
  const blocks = listOf(constants.get("default_tags"));
  const [block] = blocks;
  return block === undefined
    ? null
    : isObject(block) && blocks.length === 1
      ? block["tags"]
      : blocks;
}

function wantedTags({ name }: VerifySubject["environment"]): string {
  return JSON.stringify({ [ENVIRONMENT_TAG]: name });
}

/** Of the plan as a whole. */
export function violation(what: string, why: string, remedy: string): Violation {
  return { rule: "plan", addresses: [], attributes: [], what, why, remedy };
}

export function show(value: unknown): string {
  if (value === undefined || value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
