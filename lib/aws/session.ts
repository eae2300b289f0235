import type { Environment } from "../config/environment";
import { ENVIRONMENT_TAG, NODE_TAG } from "../config/naming";
import { RoutedError } from "../errors";
import { OBSERVE_CALLS } from "./calls";
import type { AwsCallName, AwsOutput, ObserveTable } from "./calls";
import { CallSession } from "./call-session";
import type { Connect } from "./call-table";

/** Largest page that EC2 gives. Calls with a page size have rate limits of their own, which are higher. */
const PAGE_SIZE = 1000;

/** The calls of ECS that list. DescribeX answer for the ARNs that they are given. */
export type EcsListCall = "listContainerInstances" | "listServices" | "listTasks";

/**
 * AWS answered, but with less than was asked for, or with what can't all be so. Asking again may
 * help where something moved in between.
 */
export class PartialAnswer extends RoutedError {}

/** The fleet moved between two calls of one reading: nothing is wrong, and another reading will tell. */
export class MovedMeanwhile extends PartialAnswer {}

/** An AWS resource's tags, as EC2 gives them. */
export type Tags = readonly { readonly Key?: string; readonly Value?: string }[] | undefined;

export const SLOT_NUMBER = /^(0|[1-9]\d{0,4})$/;

export function tagOf(tags: Tags, key: string): string | undefined {
  return tags?.find((tag) => tag.Key === key)?.Value;
}

/**
 * One reading of one environment: makes the calls, follows their pages, and fails where an answer
 * lacks something that the observation relies on.
 */
export class AwsSession extends CallSession<ObserveTable> {
  constructor(environment: Environment, connect: Connect<ObserveTable>) {
    super(environment, OBSERVE_CALLS, connect);
  }

  /** All pages of what is tagged with the environment, in AWS's order. */
  taggedPages<Name extends "describeInstances" | "describeNetworkInterfaces">(
    name: Name,
    filters: readonly { Name: string; Values: string[] }[] = [],
  ): Promise<AwsOutput<Name>[]> {
    return this.filteredPages(name, [this.tagFilter(), ...filters]);
  }

  /** All pages of what meets every filter, in AWS's order; what is asked for and missing is no error. */
  filteredPages<Name extends "describeInstances" | "describeNetworkInterfaces">(
    name: Name,
    Filters: { Name: string; Values: string[] }[],
  ): Promise<AwsOutput<Name>[]> {
    return this.pages(name, { Filters, MaxResults: PAGE_SIZE });
  }

  protected override endless(name: AwsCallName, field: string): PartialAnswer {
    return this.refusal(name, `gave the same ${field} twice`, "its pages have no end");
  }

  tagFilter(): { Name: string; Values: string[] } {
    return { Name: `tag:${ENVIRONMENT_TAG}`, Values: [this.environment.name] };
  }

  /** What AWS must have given; `of` names the resource. */
  required<T>(name: AwsCallName, value: T | null | undefined, field: string, of?: string): T {
    if (value === undefined || value === null || value === "") {
      const subject = of === undefined ? field : `${field} for ${of}`;
      throw this.refusal(name, `gave no ${subject}`, "an incomplete answer is not used");
    }
    return value;
  }

  /** A value that must be one of `allowed`. */
  oneOf<T extends string>(
    name: AwsCallName,
    value: string | undefined,
    allowed: readonly T[],
    field: string,
    of: string,
  ): T {
    const given = this.required(name, value, field, of);
    const found = allowed.find((word) => word === given);
    if (found === undefined) {
      throw this.refusal(
        name,
        `gave ${field} ${JSON.stringify(given)} for ${of}`,
        `only ${allowed.join(", ")} are known`,
      );
    }
    return found;
  }

  /** The resource's slot, null without the tag; fails on a resource that wasn't asked for. */
  slot(name: AwsCallName, tags: Tags, of: string): number | null {
    const environment = tagOf(tags, ENVIRONMENT_TAG);
    if (environment !== this.environment.name) {
      throw this.refusal(
        name,
        `gave ${of}, whose tag ${ENVIRONMENT_TAG} is ${environment ?? "missing"}`,
        `only ${this.environment.name}'s were asked for`,
      );
    }
    const slot = tagOf(tags, NODE_TAG);
    return slot === undefined ? null : this.slotNumber("tag", NODE_TAG, slot, of);
  }

  /** @throws RoutedError `contradiction` where a tag or attribute is no slot's number */
  slotNumber(kind: "tag" | "attribute", key: string, value: string, of: string): number {
    if (SLOT_NUMBER.test(value)) return Number(value);
    throw new RoutedError(
      "contradiction",
      `${this.environment.name}: the ${kind} ${key} of ${of} must be a slot's number, got ${JSON.stringify(value)}; correct the ${kind} or take it off`,
    );
  }

  /** A zone of the environment's region. */
  zone(name: AwsCallName, zone: string | undefined, field: string, of: string): string {
    const given = this.required(name, zone, field, of);
    const { region } = this.environment.aws;
    if (!given.startsWith(region)) {
      throw new RoutedError(
        "contradiction",
        `${this.environment.name}: ${of} is in zone ${given}, but aws.region of config/${this.environment.name}.json is ${region}; check AWS_ENDPOINT_URL`,
      );
    }
    return given;
  }

  /** Fails where two pages list the same resource: it moved between them, so another may be missing. */
  assertDistinct(name: AwsCallName, ids: readonly string[]): void {
    const seen = new Set<string>();
    const repeated = ids.find((id) => seen.size === seen.add(id).size);
    if (repeated !== undefined) {
      throw this.refusal(
        name,
        `listed ${repeated} twice`,
        `${this.environment.name} changed while it was read`,
      );
    }
  }

  /** An answer that can't be used, and why. */
  refusal(name: AwsCallName, what: string, why: string): PartialAnswer {
    return new PartialAnswer(
      "unreadable-aws",
      `${this.environment.name}: ${OBSERVE_CALLS[name]} ${what}; ${why}, run again`,
    );
  }
}
