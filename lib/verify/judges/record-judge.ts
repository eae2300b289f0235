import { ADDRESS_RECORD, NODE_TAG } from "../../config/naming";
import type { Declaration } from "../../terraform/stack";
import { isObject, listOf } from "../../terraform/values";
import type { Values } from "../../terraform/values";
import { parseIpv6 } from "../declared/resolve";
import { snapshotBucket } from "./bucket-judges";
import { ONE_FOR_LIFE, tags } from "./common";
import { all, asTold, changes, harmless, needs } from "./judge";
import type { Judge } from "./judge";
import { declared, is, law, referent } from "./law";
import type { LawContext } from "./law";

type Context = Pick<LawContext, "environment" | "observation" | "stack" | "upgradePlan">;

/** By which a plan notices that an address is gone: what it forgets is never missed. */
export const RECORD_JUDGES = {
  aws_s3_object: {
    noun: "the record of addresses",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      bucket: needs(law("be the environment's bucket for snapshots", isOwnBucket)),
      key: needs(is(ADDRESS_RECORD)),
      content_type: needs(is("application/json")),
      content: needs(
        law(
          "hold every slot's address as it was observed, and by reference what the deploy makes",
          remembersAll,
        ),
        asTold("it goes along with the addresses"),
      ),
      ...all(["etag", "version_id"], changes(harmless("S3 reports it; it follows the content"))),
    },
  },
} as const satisfies Readonly<Record<string, Judge>>;

function isOwnBucket(value: unknown, context: LawContext): boolean {
  const bucket = referent(value, "aws_s3_bucket", "id", context);
  return bucket?.values["bucket"] === snapshotBucket(context);
}

/** Every slot that has an ENI in the stack, each with all that is known of it, and nothing else. */
function remembersAll(value: unknown, context: Context): boolean {
  const record = parsed(value);
  if (record === null || context.observation === null) return false;
  const { formatVersion, environment, remembered, ...rest } = record;
  if (formatVersion !== 1 || environment !== context.environment.name) return false;
  if (Object.keys(rest).length > 0) return false;
  const enis = bySlot(context, "aws_network_interface");
  const entries = listOf(remembered).filter(isObject);
  return (
    [...slotsThatStay(context)].every((slot) => enis.has(slot)) &&
    entries.length === enis.size &&
    [...enis].every(([slot, eni]) => {
      const found = entries.filter((entry) => entry["slot"] === slot);
      return found.length === 1 && isWhole(found[0] ?? {}, slot, eni, context);
    })
  );
}

function isWhole(entry: Values, slot: number, eni: Declaration, context: Context): boolean {
  const { observation } = context;
  const ofSlot = (each: { readonly slot: number | null }): boolean => each.slot === slot;
  const held = observation?.networkInterfaces.find(ofSlot);
  const elasticIp = observation?.elasticIps.find(ofSlot);
  const was = observation?.remembered?.find(ofSlot);
  const eip = bySlot(context, "aws_eip").get(slot)?.address ?? "";
  const subnet = referent(eni.values["subnet_id"], "aws_subnet", "id", context);
  const publicIpv4 = elasticIp?.publicIpv4 ?? `\${${eip}.public_ip}`;
  if (was !== undefined && was.publicIpv4 !== publicIpv4 && !isGivenUp(slot, publicIpv4, context)) {
    return false;
  }
  const wanted: Values = {
    slot,
    availabilityZone: subnet?.values["availability_zone"],
    networkInterfaceId: held?.networkInterfaceId ?? `\${${eni.address}.id}`,
    privateIpv4: held?.privateIpv4 ?? was?.privateIpv4 ?? listOf(eni.values["private_ips"])[0],
    ipv6: held?.ipv6[0] ?? was?.ipv6 ?? listOf(eni.values["ipv6_addresses"])[0],
    allocationId: elasticIp?.allocationId ?? `\${${eip}.allocation_id}`,
    publicIpv4,
  };
  const names = new Set([...Object.keys(wanted), ...Object.keys(entry)]);
  return [...names].every((name) => isSame(entry[name], wanted[name]));
}

/** On a person's word: the upgrade plan has the slot with a new one, or with the one that is there. */
function isGivenUp(slot: number, publicIpv4: string, { upgradePlan }: Context): boolean {
  const { addresses = [], repairs = [] } = upgradePlan;
  return (
    repairs.some((repair) => repair.slot === slot && repair.parts.includes("elastic-ip")) ||
    addresses.some((address) => address.slot === slot && address.publicIpv4 === publicIpv4)
  );
}

/** Those that anything is known of, and that the upgrade plan doesn't remove. */
function slotsThatStay({ observation, upgradePlan }: Context): Set<number> {
  const known = [
    ...(observation?.networkInterfaces ?? []),
    ...(observation?.elasticIps ?? []),
    ...(observation?.remembered ?? []),
  ].map(({ slot }) => slot);
  const staying = upgradePlan.decisions.filter(({ action }) => action !== "remove");
  return new Set(staying.flatMap(({ slot }) => (known.includes(slot) ? [slot] : [])));
}

function bySlot(context: Pick<LawContext, "stack">, type: string): Map<number, Declaration> {
  return new Map(
    declared(context, type).map((each) => {
      const tags = each.values["tags"];
      return [Number(isObject(tags) ? tags[NODE_TAG] : Number.NaN), each] as const;
    }),
  );
}

/** There are many ways to write an IPv6 address, and EC2's need not be Terraform's. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const addresses = [a, b].map((text) => (typeof text === "string" ? parseIpv6(text) : null));
  return addresses[0] !== null && addresses[0] === addresses[1];
}

function parsed(value: unknown): Values | null {
  if (typeof value !== "string") return null;
  try {
    const record = JSON.parse(value) as unknown;
    return isObject(record) ? record : null;
  } catch {
    return null;
  }
}
