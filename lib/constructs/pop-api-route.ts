import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";

export interface PopApiRouteProps {
  /** Prefix of the target group's name. Changing it replaces the target group. */
  readonly name: string;
  readonly pop: string;
  /** The rule's priority, and the end of the target group's name. */
  readonly siteId: number;
  readonly vpc: Vpc;
  readonly listener: LbListener;
  /** The port that the PoP's tasks serve the API on. */
  readonly apiPort: number;
  /** Where the API tells that it is well. */
  readonly healthPath: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Sends the API's hosts `<pop>.…` to the PoP's tasks.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export class PopApiRoute extends Construct {
  readonly targetGroup: LbTargetGroup;
  readonly rule: LbListenerRule;

  constructor(scope: Construct, id: string, props: PopApiRouteProps) {
    super(scope, id);
    this.targetGroup = new LbTargetGroup(this, "Resource", {
      name: `${props.name}-${props.siteId}`,
      vpcId: props.vpc.id,
      targetType: "instance",
      port: props.apiPort,
      protocol: "HTTP",
      deregistrationDelay: "30",
      healthCheck: {
        enabled: true,
        path: props.healthPath,
        matcher: "200",
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      tags: { ...props.tags },
      // ECS registers each task with its own port; the group's is only a default. Changing it
      // would replace a group that is in use, which AWS refuses.
      lifecycle: { ignoreChanges: ["port"] },
    });
    this.rule = new LbListenerRule(this, "rule", {
      listenerArn: props.listener.arn,
      priority: props.siteId,
      condition: [{ hostHeader: { values: [`${props.pop}.*`] } }],
      action: [{ type: "forward", targetGroupArn: this.targetGroup.arn }],
      tags: { ...props.tags },
    });
  }
}
