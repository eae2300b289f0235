import type { Environment } from "../../config/environment";
import { RoutedError } from "../../errors";
import type { ObserveTable } from "../../aws/calls";
import { AwsSession, MovedMeanwhile } from "../../aws/session";
import type { Connect } from "../../aws/call-table";
import { canonicalObservation } from "../canonical-observation";
import { allSettledOrThrow, sleep as realSleep } from "../../aws/concurrency";
import type { Observation } from "../observation";
import type { ObservationReader } from "../observation-reader";
import { readElasticIps, readNetworkInterfaces } from "./read-addresses";
import { readClusterAndHealth } from "./read-health";
import { readRemembered } from "./read-remembered";
import { readUntagged } from "./read-untagged";
import { readImages } from "./read-images";
import { readInstances } from "./read-instances";
import type { Sleep } from "../../aws/concurrency";

/** A node that a deploy launches meanwhile is listed by all calls some seconds later. */
const MOST_READINGS = 3;
const SETTLE_MILLISECONDS = 2_000;

/** Reads from AWS what an environment holds now, in its account and region only. */
export class AwsObservationReader implements ObservationReader {
  constructor(
    private readonly connect: Connect<ObserveTable>,
    private readonly sleep: Sleep = realSleep,
  ) {}

  /**
   * What exists must be read as a whole. Whether it is well may stay unread (`health.source`
   * `unreadable`): a plan then changes no node, but what touches no node can still be deployed.
   *
   * @throws RoutedError `wrong-account` before anything else is read; `unreadable-aws` where any
   * other call than health's fails or answers less than was asked for; `contradiction` where a tag
   * or zone can't be right. What belongs to which slot, and whether that fits together, is the
   * plan's to judge.
   */
  async read(environment: Environment): Promise<Observation> {
    for (let reading = 1; ; reading += 1) {
      try {
        return await this.readOnce(environment);
      } catch (error) {
        if (!(error instanceof MovedMeanwhile) || reading === MOST_READINGS) throw error;
        await this.sleep(SETTLE_MILLISECONDS);
      }
    }
  }

  private async readOnce(environment: Environment): Promise<Observation> {
    const session = new AwsSession(environment, this.connect);
    const accountId = await readAccount(session);
    const [images, { cluster, health }, instances, enis, eips, record] = await allSettledOrThrow([
      readImages(session),
      readClusterAndHealth(session, this.sleep),
      readInstances(session),
      readNetworkInterfaces(session),
      readElasticIps(session),
      readRemembered(session),
    ]);
    const networkInterfaces = [...enis.observed];
    const elasticIps = [...eips.observed];
    const exists =
      cluster !== null || instances.length + enis.observed.length + elasticIps.length > 0;
    if ("unreadable" in record && exists) throw record.unreadable;
    const remembered = "addresses" in record ? [...record.addresses] : [];
    const untagged = await readUntagged(session, {
      ...{ instances, networkInterfaces, elasticIps, health, remembered },
      vpcIds: enis.vpcIds,
      otherElasticIps: eips.others,
    });
    return canonicalObservation({
      formatVersion: 1,
      environment: environment.name,
      accountId,
      region: environment.aws.region,
      images,
      cluster,
      instances,
      networkInterfaces,
      elasticIps,
      untagged,
      remembered,
      health,
    });
  }
}

async function readAccount(session: AwsSession): Promise<string> {
  const { Account, Arn } = await session.call("getCallerIdentity", {});
  const account = session.required("getCallerIdentity", Account, "Account");
  const { name, aws } = session.environment;
  if (account !== aws.accountId) {
    throw new RoutedError(
      "wrong-account",
      `${name}: the credentials must belong to account ${aws.accountId}, the aws.accountId of config/${name}.json, got account ${account}${Arn ? ` (${Arn})` : ""}; use credentials of ${aws.accountId} or correct the config`,
    );
  }
  return account;
}
