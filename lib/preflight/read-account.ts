import { ENVIRONMENT_TAG } from "../config/naming";
import type { Environment } from "../config/environment";
import { describeAwsError } from "../aws/failure";
import { allPages } from "../aws/call-table";
import { mapConcurrently } from "../aws/concurrency";
import { PREFLIGHT_CALLS } from "../aws/preflight-calls";
import type { PreflightCalls, PreflightTable } from "../aws/preflight-calls";
import { quotaOf } from "./quota";
import type { QuotaId, VcpuQuotaId } from "./quota";
import { vcpuQuotaOf } from "./vcpus";

/** GetServiceQuota calls at a time: its rate limit is low. */
const QUOTAS_AT_ONCE = 4;
/** Largest page that EC2 gives. */
const PAGE_SIZE = 1000;
/** Most instance types that DescribeInstanceTypes takes by name. */
const TYPES_AT_ONCE = 100;

/** One call that couldn't be made, and what was to be learnt from it. */
export interface Unread {
  readonly action: string;
  /** AWS's code and words. */
  readonly error: string;
  readonly subject: string;
}

/**
 * What can be read of the account's region. Nothing here rejects: what can't be read is left out,
 * and is in `unread`.
 */
export class AccountReader {
  readonly unread: Unread[] = [];
  private readonly knownVcpus = new Map<string, number>();

  constructor(
    private readonly environment: Environment,
    private readonly calls: PreflightCalls,
  ) {}

  /** The account's own values of quotas. */
  async limits(quotas: readonly QuotaId[]): Promise<Map<QuotaId, number>> {
    const values = await mapConcurrently(quotas, QUOTAS_AT_ONCE, async (id) => {
      const { service, code, name } = quotaOf(id);
      if (code === null) return undefined;
      return this.tryTo("getServiceQuota", `${name} (${service} ${code})`, async () => {
        const input = { ServiceCode: service, QuotaCode: code };
        const { Quota: quota } = await this.calls.getServiceQuota(input);
        return present(quota?.Value, "Quota.Value");
      });
    });
    return new Map(quotas.flatMap((id, index) => entryOf(id, values[index])));
  }

  /**
   * What is in use of quotas of the region, by whomever.
   *
   * @param isNew whether networks of the environment that are there already don't count, since
   *   what the environment needs includes them
   */
  async inUse(quotas: readonly QuotaId[], isNew: boolean): Promise<Map<QuotaId, number>> {
    const vcpuQuotas = quotas.filter(isVcpuQuota);
    const counts = await Promise.all([
      ...quotas
        .filter((id) => !isVcpuQuota(id))
        .map(async (id) => entryOf(id, await this.countInUse(id, isNew))),
      this.vcpusInUse(vcpuQuotas),
    ]);
    return new Map(counts.flat());
  }

  /** vCPUs by instance type, as far as EC2 tells. */
  async vcpus(types: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const missing = [...new Set(types)].filter((type) => !this.knownVcpus.has(type)).sort();
    for (let from = 0; from < missing.length; from += TYPES_AT_ONCE) {
      const batch = missing.slice(from, from + TYPES_AT_ONCE);
      const pages = await this.tryTo("describeInstanceTypes", `vCPUs of ${batch.join(", ")}`, () =>
        this.pages("describeInstanceTypes", { InstanceTypes: batch as InstanceTypes }),
      );
      for (const { InstanceType: type, VCpuInfo: info } of (pages ?? []).flatMap(
        (page) => page.InstanceTypes ?? [],
      )) {
        if (type !== undefined && info?.DefaultVCpus !== undefined) {
          this.knownVcpus.set(type, info.DefaultVCpus);
        }
      }
    }
    return this.knownVcpus;
  }

  private async countInUse(id: QuotaId, isNew: boolean): Promise<number | undefined> {
    const subject = `what is in use of ${quotaOf(id).name}`;
    const counted = ({ Tags: tags }: { readonly Tags?: Tags }) => !(isNew && this.isOwn(tags));
    const pageSize = { MaxResults: PAGE_SIZE };
    if (id === "elasticIps") {
      return this.tryTo("describeAddresses", subject, async () => {
        const { Addresses: addresses } = await this.calls.describeAddresses({});
        return present(addresses, "Addresses").length;
      });
    }
    if (id === "networkInterfaces") {
      return this.tryTo("describeNetworkInterfaces", subject, async () => {
        const pages = await this.pages("describeNetworkInterfaces", pageSize);
        return pages.flatMap((page) => present(page.NetworkInterfaces, "NetworkInterfaces")).length;
      });
    }
    if (id === "vpcs") {
      return this.tryTo("describeVpcs", subject, async () => {
        const pages = await this.pages("describeVpcs", pageSize);
        return pages.flatMap((page) => present(page.Vpcs, "Vpcs")).filter(counted).length;
      });
    }
    if (id === "internetGateways") {
      return this.tryTo("describeInternetGateways", subject, async () => {
        const pages = await this.pages("describeInternetGateways", pageSize);
        const gateways = pages.flatMap((page) =>
          present(page.InternetGateways, "InternetGateways"),
        );
        return gateways.filter(counted).length;
      });
    }
    return undefined;
  }

  /** Running on-demand instances' vCPUs; spot instances have quotas of their own, and hosts too. */
  private async vcpusInUse(quotas: readonly VcpuQuotaId[]): Promise<[QuotaId, number][]> {
    if (quotas.length === 0) return [];
    const subject = `what is in use of ${quotas.map((id) => quotaOf(id).name).join(", ")}`;
    const types = await this.tryTo("describeInstances", subject, async () => {
      const states = { Name: "instance-state-name", Values: ["pending", "running"] };
      const pages = await this.pages("describeInstances", {
        Filters: [states],
        MaxResults: PAGE_SIZE,
      });
      return pages
        .flatMap((page) => present(page.Reservations, "Reservations"))
        .flatMap((reservation) => reservation.Instances ?? [])
        .filter(
          (item) => item.InstanceLifecycle === undefined && item.Placement?.Tenancy !== "host",
        )
        .map((item) => present<string>(item.InstanceType, "InstanceType"))
        .filter((type) => quotas.includes(vcpuQuotaOf(type)));
    });
    if (types === undefined) return [];
    const vcpus = await this.vcpus(types);
    if (types.some((type) => !vcpus.has(type))) return [];
    return quotas.map((id) => {
      const counts = types.filter((type) => vcpuQuotaOf(type) === id);
      return [id, counts.reduce((sum, type) => sum + (vcpus.get(type) ?? 0), 0)];
    });
  }

  private isOwn(tags: Tags): boolean {
    const { name } = this.environment;
    return tags?.some(({ Key, Value }) => Key === ENVIRONMENT_TAG && Value === name) ?? false;
  }

  private pages<Name extends keyof PreflightTable>(
    name: Name,
    input: PreflightTable[Name]["input"],
  ): Promise<PreflightTable[Name]["output"][]> {
    const endless = (field: string) => new Error(`the same ${field} came twice`);
    return allPages((page) => this.calls[name](page), input, endless);
  }

  private async tryTo<T>(
    call: keyof PreflightTable,
    subject: string,
    read: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      this.unread.push({
        action: PREFLIGHT_CALLS[call],
        error: describeAwsError(error),
        subject,
      });
      return undefined;
    }
  }
}

type Tags = readonly { readonly Key?: string; readonly Value?: string }[] | undefined;

type InstanceTypes = PreflightTable["describeInstanceTypes"]["input"]["InstanceTypes"];

function isVcpuQuota(id: QuotaId): id is VcpuQuotaId {
  return id.endsWith("Vcpus");
}

function present<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new Error(`the answer has no ${field}`);
  return value;
}

function entryOf(id: QuotaId, value: number | undefined): [QuotaId, number][] {
  return value === undefined ? [] : [[id, value]];
}
