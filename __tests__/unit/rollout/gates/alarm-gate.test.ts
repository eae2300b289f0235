import type { DescribeAlarmsInput, DescribeAlarmsOutput } from "@aws-sdk/client-cloudwatch";
import { AlarmGate } from "../../../../lib/rollout/gates/alarm-gate";
import { allGates } from "../../../../lib/rollout/gates/all-gates";
import type { RolloutCalls } from "../../../../lib/aws/rollout-calls";
import { rolloutSession } from "../../../../lib/aws/rollout-calls";
import type { GateAnswer, GatePort, GateQuestion } from "../../../../lib/rollout/ports";
import { aRoutedEnvironment } from "../../../fixtures/a-routed-environment";
import { awsError } from "../store/fake-s3";

const QUESTION: GateQuestion = {
  when: "before-wave",
  environment: "test",
  rolloutId: "2026-03-02T10-00-00Z-1f3a",
  wave: 1,
  slots: [0],
  pops: [],
};
const { signal } = new AbortController();

let asked: DescribeAlarmsInput[];
let answer: () => DescribeAlarmsOutput;
beforeEach(() => {
  asked = [];
  answer = () => ({ MetricAlarms: [{ AlarmName: "api-5xx", StateValue: "OK" }] });
});

function gateOf(...names: string[]): AlarmGate {
  const describeAlarms = (input: DescribeAlarmsInput) => {
    asked.push(input);
    return Promise.resolve().then(answer);
  };
  const calls = { describeAlarms } as unknown as RolloutCalls;
  const session = rolloutSession(aRoutedEnvironment(), () => Promise.resolve(calls));
  return new AlarmGate(session, names);
}

describe("CloudWatch alarms as a gate", () => {
  it("are open where all are OK, asked once and of both kinds", async () => {
    answer = () => ({
      MetricAlarms: [{ AlarmName: "api-5xx", StateValue: "OK" }],
      CompositeAlarms: [{ AlarmName: "page-me", StateValue: "OK" }],
    });
    expect(await gateOf("api-5xx", "page-me", "api-5xx").ask()).toEqual({
      open: true,
      message: "2 alarms OK",
    });
    expect(asked).toEqual([
      {
        AlarmNames: ["api-5xx", "page-me"],
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: 100,
      },
    ]);
  });

  it.each(["MetricAlarms", "CompositeAlarms"] as const)(
    "are closed while one of the %s is in ALARM, and say since when and why",
    async (kind) => {
      answer = () => ({
        MetricAlarms: [{ AlarmName: "api-5xx", StateValue: "OK" }],
        [kind]: [
          {
            AlarmName: "pop-gone",
            StateValue: "ALARM",
            StateReason: "1 datapoint was below 1",
            StateUpdatedTimestamp: new Date("2026-03-02T09:58:00Z"),
          },
          ...(kind === "MetricAlarms" ? [{ AlarmName: "api-5xx", StateValue: "OK" as const }] : []),
        ],
      });
      expect(await gateOf("api-5xx", "pop-gone").ask()).toEqual({
        open: false,
        message:
          "alarm pop-gone is in ALARM since 2026-03-02T09:58:00.000Z (1 datapoint was below 1)",
      });
    },
  );

  it("are open where one lacks data, and say so", async () => {
    answer = () => ({
      MetricAlarms: [
        { AlarmName: "api-5xx", StateValue: "OK" },
        { AlarmName: "pop-gone", StateValue: "INSUFFICIENT_DATA" },
      ],
    });
    expect(await gateOf("api-5xx", "pop-gone").ask()).toEqual({
      open: true,
      message: "1 alarm OK; insufficient data: pop-gone",
    });
  });

  it("are closed where one does not exist, and tell all that say no", async () => {
    answer = () => ({ MetricAlarms: [{ AlarmName: "api-5xx", StateValue: "ALARM" }] });
    expect(await gateOf("api-5xx", "tpyo").ask()).toEqual({
      open: false,
      message: "alarm api-5xx is in ALARM; alarm tpyo does not exist",
    });
    answer = () => ({});
    expect(await gateOf("tpyo").ask()).toMatchObject({ open: false });
  });

  it("are closed in a state that is none", async () => {
    answer = () => ({ MetricAlarms: [{ AlarmName: "api-5xx" }] });
    expect(await gateOf("api-5xx").ask()).toEqual({
      open: false,
      message: "alarm api-5xx is in an unknown state",
    });
  });

  it("are closed where they can't be read", async () => {
    answer = () => {
      throw awsError("AccessDenied", "not authorized");
    };
    expect(await gateOf("api-5xx").ask()).toEqual({
      open: false,
      message:
        "test: cloudwatch:DescribeAlarms failed with AccessDenied (not authorized); " +
        "allow the IAM action cloudwatch:DescribeAlarms to these credentials",
    });
  });
});

describe("several gates", () => {
  const saying = (answered: GateAnswer, log: string[] = []): GatePort => ({
    ask: () => {
      log.push(answered.message);
      return Promise.resolve(answered);
    },
  });

  it("are open without any, and one is itself", async () => {
    expect(await allGates([]).ask(QUESTION, signal)).toEqual({
      open: true,
      message: "no gate is given",
    });
    const one = saying({ open: true, message: "one" });
    expect(allGates([one])).toBe(one);
  });

  it("are open where all are, and say what each said", async () => {
    const gate = allGates([
      saying({ open: true, message: "one" }),
      saying({ open: true, message: "two" }),
    ]);
    expect(await gate.ask(QUESTION, signal)).toEqual({ open: true, message: "one; two" });
  });

  it("end at the first that says no", async () => {
    const log: string[] = [];
    const gate = allGates([
      saying({ open: true, message: "one" }, log),
      saying({ open: false, message: "two" }, log),
      saying({ open: true, message: "three" }, log),
    ]);
    expect(await gate.ask(QUESTION, signal)).toEqual({ open: false, message: "two" });
    expect(log).toEqual(["one", "two"]);
  });
});
