import { Instance } from "@cdktf/provider-aws/lib/instance";
import { NodeRecovery } from "../../../../lib/index";
import { resourceAt, resourcesOf, synthesizeConstructs } from "../../../fixtures/synthesize";
import type { SynthesizedStack } from "../../../fixtures/synthesize";

/** Slot → instance type. */
function recovery(types: Readonly<Record<number, string>>, region = "us-east-2"): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    new NodeRecovery(stack, "recovery", {
      name: "routed-test",
      region,
      nodes: Object.entries(types).map(([slot, instanceType]) => ({
        slot: Number(slot),
        instanceType,
        instance: new Instance(stack, `instance-${slot}`, { instanceType, ami: "ami-1" }),
      })),
    });
  });
}

const ALARM = "aws_cloudwatch_metric_alarm";

describe("the recovery of nodes", () => {
  it("asks EC2 to recover a node whose hardware has failed for two minutes, whatever is in its slot", () => {
    expect(resourceAt(recovery({ 3: "r6i.large" }), ALARM, "recovery/node-3")).toMatchObject({
      alarm_name: "routed-test-node-recovery-3",
      namespace: "AWS/EC2",
      metric_name: "StatusCheckFailed_System",
      dimensions: { InstanceId: "${aws_instance.instance-3.id}" },
      statistic: "Maximum",
      period: 60,
      evaluation_periods: 2,
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      treat_missing_data: "missing",
      alarm_actions: ["arn:aws:automate:us-east-2:ec2:recover"],
    });
  });

  it("is of the region's partition", () => {
    const alarm = resourceAt(recovery({ 0: "r6i.large" }, "cn-north-1"), ALARM, "recovery/node-0");
    expect(alarm["alarm_actions"]).toEqual(["arn:aws-cn:automate:cn-north-1:ec2:recover"]);
  });

  it("leaves out types that EC2 can't recover", () => {
    const stack = recovery({ 0: "r6id.large", 1: "r6i.large" });
    expect(resourcesOf(stack, ALARM).map((alarm) => alarm["alarm_name"])).toEqual([
      "routed-test-node-recovery-1",
    ]);
  });
});
