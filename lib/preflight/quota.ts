import { MAX_RESERVED_PORTS } from "../config/host-ports";

/** A service whose quotas are checked, by its Service Quotas code. */
export type QuotaService = "ec2" | "vpc" | "elasticloadbalancing" | "ecs";

/** A limit of AWS's that an environment could run into. */
export interface Quota {
  /** AWS's own name. */
  readonly name: string;
  readonly service: QuotaService;
  /** Service Quotas' code; null for a limit that Service Quotas doesn't list. */
  readonly code: string | null;
  /** What AWS documents: the value of an account for which nothing was raised. */
  readonly documented: number;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /**
   * Whether AWS raises it by itself as an account is used. Then the documented value is where an
   * account starts, and says little of one whose own value can't be read.
   * @default false
   */
  readonly grows?: boolean;
  /** What the limit is for: all of the account's region, or one resource of the environment's own. */
  readonly scope: "region" | "resource";
}

const VPC = { service: "vpc", adjustable: true } as const;
const ALB = { service: "elasticloadbalancing", scope: "resource" } as const;
const ECS = { service: "ecs", adjustable: true, scope: "resource" } as const;
const VCPUS = { service: "ec2", adjustable: true, grows: true, scope: "region" } as const;

/**
 * The limits that a fleet meets first. What they count is in `fleet-growth` (those of a region)
 * and `resource-needs` (those of one resource).
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
export const QUOTAS = {
  elasticIps: {
    name: "EC2-VPC Elastic IPs",
    service: "ec2",
    code: "L-0263D0A3",
    documented: 5,
    adjustable: true,
    scope: "region",
  },
  vpcs: {
    ...VPC,
    name: "VPCs per Region",
    code: "L-F678F1CE",
    documented: 5,
    scope: "region",
  },
  internetGateways: {
    ...VPC,
    name: "Internet gateways per Region",
    code: "L-A4707A72",
    documented: 5,
    scope: "region",
  },
  networkInterfaces: {
    ...VPC,
    name: "Network interfaces per Region",
    code: "L-DF5E4CA3",
    documented: 5000,
    scope: "region",
  },
  standardVcpus: {
    ...VCPUS,
    name: "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
    code: "L-1216C47A",
    documented: 5,
  },
  dlVcpus: {
    ...VCPUS,
    name: "Running On-Demand DL instances",
    code: "L-6E869C2A",
    documented: 0,
  },
  fVcpus: {
    ...VCPUS,
    name: "Running On-Demand F instances",
    code: "L-74FC7D96",
    documented: 0,
  },
  gVcpus: {
    ...VCPUS,
    name: "Running On-Demand G and VT instances",
    code: "L-DB2E81BA",
    documented: 0,
  },
  highMemoryVcpus: {
    ...VCPUS,
    name: "Running On-Demand High Memory instances",
    code: "L-43DA4232",
    documented: 0,
  },
  hpcVcpus: {
    ...VCPUS,
    name: "Running On-Demand HPC instances",
    code: "L-F7808C92",
    documented: 0,
  },
  infVcpus: {
    ...VCPUS,
    name: "Running On-Demand Inf instances",
    code: "L-1945791B",
    documented: 0,
  },
  pVcpus: {
    ...VCPUS,
    name: "Running On-Demand P instances",
    code: "L-417A185B",
    documented: 0,
  },
  trnVcpus: {
    ...VCPUS,
    name: "Running On-Demand Trn instances",
    code: "L-2C3B7624",
    documented: 0,
  },
  xVcpus: {
    ...VCPUS,
    name: "Running On-Demand X instances",
    code: "L-7295265B",
    documented: 0,
  },
  rulesPerSecurityGroup: {
    ...VPC,
    name: "Inbound or outbound rules per security group",
    code: "L-0EA8095F",
    documented: 60,
    scope: "resource",
  },
  securityGroupsPerNetworkInterface: {
    ...VPC,
    name: "Security groups per network interface",
    code: "L-2AFB9258",
    documented: 5,
    scope: "resource",
  },
  rulesPerNetworkInterface: {
    service: "vpc",
    name: "Rules per security group times security groups per network interface",
    code: null,
    documented: 1000,
    adjustable: false,
    scope: "resource",
  },
  targetGroupsPerLoadBalancer: {
    ...ALB,
    name: "Target Groups per Application Load Balancer",
    code: "L-822D1B1B",
    documented: 100,
    adjustable: false,
  },
  listenersPerLoadBalancer: {
    ...ALB,
    name: "Listeners per Application Load Balancer",
    code: "L-B6DF7632",
    documented: 50,
    adjustable: true,
  },
  targetsPerLoadBalancer: {
    ...ALB,
    name: "Targets per Application Load Balancer",
    code: "L-7E6692B2",
    documented: 1000,
    adjustable: true,
  },
  targetsPerTargetGroup: {
    ...ALB,
    name: "Targets per Target Group per Region",
    code: "L-A0D0B863",
    documented: 1000,
    adjustable: true,
  },
  servicesPerCluster: {
    ...ECS,
    name: "Services per cluster",
    code: "L-9EF96962",
    documented: 5000,
  },
  containerInstancesPerCluster: {
    ...ECS,
    name: "Container instances per cluster",
    code: "L-86C34207",
    documented: 5000,
  },
  reservedPortsPerContainerInstance: {
    service: "ecs",
    name: "Reserved host ports per container instance",
    code: null,
    documented: MAX_RESERVED_PORTS,
    adjustable: false,
    scope: "resource",
  },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaId = keyof typeof QUOTAS;

/** The quotas that count vCPUs. */
export type VcpuQuotaId = Extract<QuotaId, `${string}Vcpus`>;

export function quotaOf(id: QuotaId): Quota {
  return QUOTAS[id];
}

/** How the services are called in the console of Service Quotas. */
const CONSOLE_NAMES: Readonly<Record<QuotaService, string>> = {
  ec2: "Amazon Elastic Compute Cloud (Amazon EC2)",
  vpc: "Amazon Virtual Private Cloud (Amazon VPC)",
  elasticloadbalancing: "Elastic Load Balancing (ELB)",
  ecs: "Amazon Elastic Container Service (Amazon ECS)",
};

/** How a person has a quota raised to `value`: on the command line, or in the console. */
export function howToRaise(quota: Quota, value: number, region: string): string {
  const command = [
    "aws service-quotas request-service-quota-increase",
    `--region ${region}`,
    `--service-code ${quota.service}`,
    `--quota-code ${quota.code}`,
    `--desired-value ${value}`,
  ].join(" ");
  const place = `Service Quotas > AWS services > ${CONSOLE_NAMES[quota.service]} > ${quota.name}`;
  return `raise it to at least ${value} (${command}; or in the console, ${place})`;
}
