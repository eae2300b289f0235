import type { CompositeAlarm, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { messageOf } from "../../errors";
import type { RolloutSession } from "../../aws/rollout-calls";
import type { GateAnswer, GatePort } from "../ports";
import { countOf } from "../../words";

/** As many as CloudWatch describes at once. */
export const MOST_ALARMS = 100;

/**
 * CloudWatch alarms, of metrics and composite ones: closed while one of them is in ALARM, and where
 * one doesn't exist or can't be read. One that lacks data says neither, so it is told and no more.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export class AlarmGate implements GatePort {
  private readonly names: readonly string[];

  /** @param names at least one, at most `MOST_ALARMS` */
  constructor(
    private readonly session: RolloutSession,
    names: readonly string[],
  ) {
    this.names = [...new Set(names)];
  }

  async ask(): Promise<GateAnswer> {
    let alarms: (MetricAlarm | CompositeAlarm)[];
    try {
      const answer = await this.session.call("describeAlarms", {
        AlarmNames: [...this.names],
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: MOST_ALARMS,
      });
      alarms = [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])];
    } catch (error) {
      return { open: false, message: messageOf(error) };
    }
    const byName = new Map(alarms.map((alarm) => [alarm.AlarmName, alarm]));
    const refusals = this.names.flatMap((name) => refusalOf(name, byName.get(name)));
    if (refusals.length > 0) return { open: false, message: refusals.join("; ") };
    const lacking = this.names.filter(
      (name) => byName.get(name)?.StateValue === "INSUFFICIENT_DATA",
    );
    const well = `${countOf(this.names.length - lacking.length, "alarm")} OK`;
    const unknown = lacking.length === 0 ? "" : `; insufficient data: ${lacking.join(", ")}`;
    return { open: true, message: `${well}${unknown}` };
  }
}

function refusalOf(name: string, alarm: MetricAlarm | CompositeAlarm | undefined): string[] {
  if (!alarm) return [`alarm ${name} does not exist`];
  const { StateReason: reason = "", StateUpdatedTimestamp: at, StateValue: state } = alarm;
  if (state === "OK" || state === "INSUFFICIENT_DATA") return [];
  const since = at === undefined ? "" : ` since ${at.toISOString()}`;
  const why = reason === "" ? "" : ` (${reason})`;
  return [`alarm ${name} is in ${state ?? "an unknown state"}${since}${why}`];
}
