import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Instance } from "@cdktf/provider-aws/lib/instance";
import { Construct } from "constructs";
import { alarmName } from "../../config/alarm-names";
import { isRecoverable } from "../../config/instance-type";
import { partitionOf } from "../../config/arn";

/** A node that EC2 is to recover. */
export interface RecoveredNode {
  readonly slot: number;
  /** What is in the slot; the alarm follows it when the node is replaced. */
  readonly instance: Instance;
  /** E.g. `r6i.32xlarge`. One that EC2 can't recover gets no alarm. */
  readonly instanceType: string;
}

export interface NodeRecoveryProps {
  /** Prefix of the alarms' names, e.g. `routed-prd-na`. Changing it replaces them. */
  readonly name: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  /** Their order has no meaning. Changing them restarts nothing. */
  readonly nodes: readonly RecoveredNode[];
}

/** EC2 counts a check that fails for a minute; two in a row are no blip. */
const FAILED_MINUTES = 2;

/**
 * Moves a node to other hardware once AWS's own under it fails: one alarm each, which asks EC2 to.
 * The instance keeps its id, its interface with all addresses and its volumes, and boots as after a
 * reset. It pages nobody.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cloudwatch-recovery.html
 */
export class NodeRecovery extends Construct {
  /** By slot, ascending. */
  readonly alarms: ReadonlyMap<number, CloudwatchMetricAlarm>;

  constructor(scope: Construct, id: string, { name, region, nodes }: NodeRecoveryProps) {
    super(scope, id);
    const recovered = nodes
      .filter(({ instanceType }) => isRecoverable(instanceType))
      .sort((a, b) => a.slot - b.slot);
    this.alarms = new Map(
      recovered.map(({ slot, instance }) => [
        slot,
        new CloudwatchMetricAlarm(this, `node-${slot}`, {
          alarmName: alarmName(name, "node-recovery", slot),
          alarmDescription: `Recovers node ${slot} on other hardware; see docs/runbooks/alarm-node-recovery.md`,
          namespace: "AWS/EC2",
          metricName: "StatusCheckFailed_System",
          dimensions: { InstanceId: instance.id },
          statistic: "Maximum",
          period: 60,
          comparisonOperator: "GreaterThanThreshold",
          threshold: 0,
          evaluationPeriods: FAILED_MINUTES,
          treatMissingData: "missing",
          alarmActions: [`arn:${partitionOf(region)}:automate:${region}:ec2:recover`],
        }),
      ]),
    );
  }
}
