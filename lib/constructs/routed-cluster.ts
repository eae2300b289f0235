import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { shardOf } from "../config/limits";
import { ROUTER_PORT } from "../config/naming";
import { ApiLoadBalancer, apiListenerPort } from "./api-load-balancer";
import { DualStackNetwork } from "./dual-stack-network";
import type { ZoneSubnet } from "./dual-stack-network";
import { FleetSecurityGroups } from "./fleet-security-groups";
import type { BgpSecurityGroup } from "./pop/bgp-security-group";
import type { PortRange } from "./fleet-security-groups";
import { NodeRole } from "./node/node-role";
import { RoutedBuckets } from "./routed-buckets";
import { ROUTER_HEALTH_PATH } from "./node/router-config";
import { TaskRoles } from "./pop/task-roles";
import { Violations } from "./violations";

export interface RoutedClusterProps {
  /**
   * The ECS cluster's name and the prefix of all other names, at most 28 characters, e.g.
   * `routed-prd-na`. Changing it replaces nearly everything.
   */
  readonly name: string;
  /** The AWS account's id, 12 digits. Changing it replaces the buckets and the roles' trust. */
  readonly accountId: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  /**
   * The VPC's IPv4 block, /16 to /20, canonical; each zone's subnet is a sixteenth of it. Changing
   * it replaces everything in it, nodes and addresses included.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly vpcCidr: string;
  /**
   * The zones with a subnet, at least two (the load balancer needs them). Their order has no
   * meaning; adding one moves nothing, dropping one that holds a node fails.
   */
  readonly availabilityZones: readonly string[];
  /** IPv4 and IPv6 blocks whose clients may call the API. Changing them restarts nothing. */
  readonly apiClientCidrs: readonly string[];
  /** The ports of the nodes that serve the API, for the routers. Changing them restarts nothing. */
  readonly apiPorts: PortRange;
  /** IPv4 and IPv6 blocks that Prometheus scrapes from. Changing them restarts nothing. */
  readonly prometheusCidrs: readonly string[];
  /** The ports of the nodes that serve metrics. Changing them restarts nothing. */
  readonly metricsPorts: PortRange;
  /**
   * ARN of an ACM certificate: with it the API is HTTPS on port 443, without it HTTP on port 80.
   * @default - HTTP
   */
  readonly apiCertificateArn?: string;
  /**
   * Over how many security groups the PoPs' BGP rules are spread, 1 to 15; each takes 60 rules.
   * Together with the nodes' own, more than 4 take a raised quota. Changing it moves PoPs' rules to
   * other groups: BGP peers are shut out for a moment, and nothing restarts.
   * @default 4
   */
  readonly bgpSecurityGroups?: number;
  /**
   * Whether the API's load balancer has private addresses only. Changing it replaces the load
   * balancer and its listener; BGP is not affected.
   * @default true
   */
  readonly apiInternal?: boolean;
  /**
   * Images that tasks are started from: those in ECR may be pulled.
   * @default - none of them is in ECR
   */
  readonly images?: readonly string[];
  /**
   * ARN of the managed policy that bounds what nodes, tasks and what starts them may do, whatever their roles say; it must be
   * there. Changing it restarts nothing.
   * @default - nothing bounds them
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundaryArn?: string;
  /**
   * Days that the tasks' logs are kept, one of the values that CloudWatch allows; 0 is for ever.
   * @default 30
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  readonly logRetentionDays?: number;
  /**
   * Days that the load balancer's access logs are kept, 1 or more.
   * @default 90
   */
  readonly accessLogExpiryDays?: number;
  /**
   * Whether CloudWatch collects the cluster's and its tasks' metrics.
   * @default true
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContainerInsights.html
   */
  readonly containerInsights?: boolean;
  /**
   * Whether S3 refuses to delete a bucket that isn't empty, and AWS the load balancer. Where false,
   * destroying the buckets deletes what is in them.
   * @default true
   */
  readonly protect?: boolean;
  /**
   * Whether Terraform refuses to destroy the VPC, the ECS cluster and the buckets. It counts for this
   * synthesis alone.
   * @default true
   */
  readonly pinned?: boolean;
}

/**
 * All that routed nodes and tasks stand on: network, security groups, roles, buckets, log group,
 * the API's load balancer, and the ECS cluster itself. Changing any of it restarts no node and no
 * task unless a prop says so.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html
 */
export class RoutedCluster extends Construct {
  readonly cluster: EcsCluster;
  readonly vpc: Vpc;
  /** By zone's name. */
  readonly subnets: ReadonlyMap<string, ZoneSubnet>;
  /** The groups of a node's ENI: one, and the BGP groups. */
  readonly nodeSecurityGroups: readonly SecurityGroup[];
  /** The one of those groups that lets in what is not BGP. */
  readonly nodeSecurityGroup: SecurityGroup;
  readonly nodeInstanceProfile: IamInstanceProfile;
  readonly taskRole: IamRole;
  readonly executionRole: IamRole;
  readonly logGroup: CloudwatchLogGroup;
  readonly snapshotBucket: S3Bucket;
  readonly apiLoadBalancer: Lb;
  /** Sends all requests to `routerTargetGroup`. */
  readonly apiListener: LbListener;
  /** Of the router on each node (`NodeRouter`). */
  readonly routerTargetGroup: LbTargetGroup;
  /** What must be there before a node boots, besides its subnet: its permissions, its cluster. */
  readonly bootDependencies: readonly ITerraformDependable[];

  private readonly securityGroups: FleetSecurityGroups;

  constructor(scope: Construct, id: string, props: RoutedClusterProps) {
    validate(scope, id, props);
    super(scope, id);
    const { accountId, name, pinned, protect, region } = props;

    const network = new DualStackNetwork(this, "network", {
      name,
      vpcCidr: props.vpcCidr,
      availabilityZones: props.availabilityZones,
      pinned,
    });
    this.vpc = network.vpc;
    this.subnets = network.subnets;
    this.securityGroups = new FleetSecurityGroups(this, "security-groups", {
      name,
      vpc: this.vpc,
      bgpGroups: props.bgpSecurityGroups ?? 4,
      apiListenerPort: apiListenerPort(props.apiCertificateArn),
      apiClientCidrs: props.apiClientCidrs,
      apiPorts: props.apiPorts,
      routerPort: ROUTER_PORT,
      prometheusCidrs: props.prometheusCidrs,
      metricsPorts: props.metricsPorts,
    });
    this.nodeSecurityGroups = this.securityGroups.ofNode;
    this.nodeSecurityGroup = this.securityGroups.nodes;

    this.cluster = new EcsCluster(this, "Resource", {
      name,
      setting: [
        {
          name: "containerInsights",
          value: (props.containerInsights ?? true) ? "enabled" : "disabled",
        },
      ],
      lifecycle: { preventDestroy: pinned ?? true },
    });
    this.logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: `/ecs/${name}`,
      retentionInDays: props.logRetentionDays ?? 30,
    });
    const buckets = new RoutedBuckets(this, "buckets", {
      name,
      accountId,
      region,
      accessLogExpiryDays: props.accessLogExpiryDays,
      protect,
      pinned,
    });
    this.snapshotBucket = buckets.snapshots.bucket;

    const nodeRole = new NodeRole(this, "node-role", {
      name,
      accountId,
      region,
      cluster: this.cluster,
      clusterName: name,
      logGroup: this.logGroup,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    this.nodeInstanceProfile = nodeRole.instanceProfile;
    const taskRoles = new TaskRoles(this, "task-roles", {
      name,
      accountId,
      region,
      logGroup: this.logGroup,
      snapshotBucket: this.snapshotBucket,
      images: props.images ?? [],
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    this.taskRole = taskRoles.taskRole;
    this.executionRole = taskRoles.executionRole;

    this.routerTargetGroup = this.addRouterTargetGroup(name);
    const api = new ApiLoadBalancer(this, "api", {
      name,
      subnets: [...this.subnets.values()],
      securityGroup: this.securityGroups.loadBalancer,
      accessLogs: buckets.accessLogs,
      internal: props.apiInternal,
      certificateArn: props.apiCertificateArn,
      targetGroup: this.routerTargetGroup,
      protect,
    });
    this.apiLoadBalancer = api.loadBalancer;
    this.apiListener = api.listener;
    this.bootDependencies = [...nodeRole.permissions, this.cluster];
  }

  private addRouterTargetGroup(name: string): LbTargetGroup {
    return new LbTargetGroup(this, "api-routers", {
      name: `${name}-api`,
      vpcId: this.vpc.id,
      targetType: "instance",
      port: ROUTER_PORT,
      protocol: "HTTP",
      deregistrationDelay: "30",
      healthCheck: {
        enabled: true,
        path: ROUTER_HEALTH_PATH,
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    });
  }

  /** The group that lets a site's BGP peers in. */
  bgpSecurityGroup(siteId: number): BgpSecurityGroup {
    const { bgp } = this.securityGroups;
    const group = bgp[shardOf(siteId, bgp.length)];
    if (group === undefined) throw new RangeError(`no security group for site ${siteId}`);
    return group;
  }
}

function validate(scope: Construct, id: string, props: RoutedClusterProps): void {
  new Violations()
    .require(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(props.name) && props.name.length <= MAX_NAME_LENGTH,
      "name",
      `be at most ${MAX_NAME_LENGTH} lower-case letters, digits and single hyphens`,
      props.name,
    )
    .require(/^\d{12}$/.test(props.accountId), "accountId", "be 12 digits", props.accountId)
    .require(
      props.availabilityZones.length >= 2,
      "availabilityZones",
      "name at least 2 zones, which the load balancer needs",
      props.availabilityZones,
    )
    .requireInteger("bgpSecurityGroups", props.bgpSecurityGroups ?? 4, 1, 15)
    .throwIfAny(scope, id);
}

/** A target group has a name of at most 32 characters: the cluster's and `-api`. */
const MAX_NAME_LENGTH = 28;
