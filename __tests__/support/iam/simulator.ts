import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import type { Simulation } from "@cloud-copilot/iam-simulate";

/** What IAM is asked: one action on one resource. */
export interface IamRequest {
  readonly action: string;
  /** An ARN, or `*` for actions that know no resources. */
  readonly resource: string;
  /** By condition key. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Principal {
  /** The role's name. */
  readonly role: string;
  readonly accountId: string;
  /** Policy documents as JSON. */
  readonly policies: readonly string[];
  readonly boundary?: string;
}

/**
 * Of these the simulator doesn't know all resources: of load balancing's tags it has the older load
 * balancers' alone, and a public parameter's ARN names no account. For them it looks at actions,
 * resources and conditions, but not at whether they go together.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_elasticloadbalancingv2.html
 */
const UNKNOWN_RESOURCES =
  /^elasticloadbalancing:(AddTags|DescribeTags|RemoveTags)$|^ssm:GetParameters$/;

/**
 * Whether IAM allows it, by AWS's rules and its service authorization reference as the simulator has
 * them: which resources and condition keys an action has. Nothing but the role's own policies counts.
 * @throws Error where the request or a policy is none that IAM knows
 */
export async function isAllowed(principal: Principal, request: IamRequest): Promise<boolean> {
  const { accountId, boundary, policies, role } = principal;
  const named = (policy: string, index: number) => ({
    name: `${index}`,
    policy: JSON.parse(policy) as unknown,
  });
  const simulation: Simulation = {
    request: {
      principal: `arn:aws:iam::${accountId}:role/${role}`,
      action: request.action,
      resource: { resource: request.resource, accountId },
      contextVariables: (request.context ?? {}) as Record<string, string | string[]>,
    },
    identityPolicies: policies.map(named),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [named(boundary, 0)] }),
  };
  if (UNKNOWN_RESOURCES.test(request.action)) {
    return runUnsafeSimulation(simulation, { simulationMode: "Strict" }) === "Allowed";
  }
  const result = await runSimulation(simulation, { simulationMode: "Strict" });
  if (result.resultType === "error") {
    throw new Error(`${JSON.stringify(request)}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === "Allowed";
}

/** Those that IAM denies. */
export async function deniedOf(
  principal: Principal,
  requests: readonly IamRequest[],
): Promise<IamRequest[]> {
  const distinct = new Map(requests.map((each) => [JSON.stringify(each), each]));
  const denied: IamRequest[] = [];
  for (const request of distinct.values()) {
    if (!(await isAllowed(principal, request))) denied.push(request);
  }
  return denied;
}
