import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import type { ZoneSubnet } from "./dual-stack-network";
import type { PrivateBucket } from "./private-bucket";
import { Violations } from "./violations";

export interface ApiLoadBalancerProps {
  /** The load balancer's name, at most 32 characters. Changing it replaces the load balancer. */
  readonly name: string;
  /** Public subnets in at least two zones. Adding and removing one is done in place. */
  readonly subnets: readonly ZoneSubnet[];
  readonly securityGroup: SecurityGroup;
  /** Where access logs go. */
  readonly accessLogs: PrivateBucket;
  /**
   * Whether the load balancer has private addresses only. Changing it replaces the load balancer.
   * @default true
   */
  readonly internal?: boolean;
  /**
   * ARN of an ACM certificate. With it the API is HTTPS on port 443, without it HTTP on port 80.
   * @default - HTTP
   */
  readonly certificateArn?: string;
  /** Where all requests go. Changing it is done in place. */
  readonly targetGroup: LbTargetGroup;
  /**
   * Whether AWS refuses to delete the load balancer.
   * @default true
   */
  readonly protect?: boolean;
}

/** The port that the API is served on. */
export function apiListenerPort(certificateArn: string | undefined): 80 | 443 {
  return certificateArn === undefined ? 80 : 443;
}

/**
 * A dual-stack Application Load Balancer with one listener.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export class ApiLoadBalancer extends Construct {
  readonly loadBalancer: Lb;
  readonly listener: LbListener;

  constructor(scope: Construct, id: string, props: ApiLoadBalancerProps) {
    validate(scope, id, props);
    super(scope, id);
    const { certificateArn } = props;
    this.loadBalancer = new Lb(this, "Resource", {
      name: props.name,
      loadBalancerType: "application",
      internal: props.internal ?? true,
      ipAddressType: "dualstack",
      subnets: props.subnets.map(({ subnet }) => subnet.id),
      securityGroups: [props.securityGroup.id],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: props.protect ?? true,
      accessLogs: { bucket: props.accessLogs.bucket.bucket, enabled: true },
      dependsOn: [
        // AWS tries to write to the bucket before it accepts it.
        props.accessLogs.policy,
        ...props.subnets.flatMap(({ reservations }) => reservations),
      ],
    });
    this.listener = new LbListener(this, "listener", {
      loadBalancerArn: this.loadBalancer.arn,
      port: apiListenerPort(certificateArn),
      protocol: certificateArn === undefined ? "HTTP" : "HTTPS",
      ...(certificateArn === undefined
        ? {}
        : { certificateArn, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
      defaultAction: [{ type: "forward", targetGroupArn: props.targetGroup.arn }],
    });
  }
}

function validate(scope: Construct, id: string, props: ApiLoadBalancerProps): void {
  new Violations()
    .require(
      /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/.test(props.name),
      "name",
      "be at most 32 letters, digits and hyphens",
      props.name,
    )
    .require(
      props.subnets.length >= 2,
      "subnets",
      "lie in at least 2 zones, which a load balancer needs",
      props.subnets.length,
    )
    .throwIfAny(scope, id);
}
