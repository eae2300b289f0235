import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { dependable } from "cdktf";
import type { AutopilotSite, Environment } from "../../lib/config/environment";
import { clusterName, popPorts } from "../../lib/config/naming";
import type { PopTask } from "../../lib/constructs/pop/pop-task";
import type { SharedTaskDefinition } from "../../lib/constructs/pop/shared-task-definition";
import type { EnvironmentStack } from "../../lib/stack/environment-stack";

/** Rules and target groups that one Application Load Balancer takes. */
const POPS_PER_LOAD_BALANCER = 100;

interface Container {
  readonly name: string;
  readonly dependsOn?: readonly { readonly containerName: string }[];
}

/**
 * Makes of the product's stack the plain one that it is measured against: each PoP with a task
 * definition, a target group and a rule of its own, no routers, the provider as it comes. What the
 * cluster has for routers stays: a target group and three rules.
 */
export function makePlain(stack: EnvironmentStack, environment: Environment): void {
  const { node } = stack;
  (node.findChild("aws") as AwsProvider).resetRetryMode();
  const shared = (node.findChild("task-definition") as SharedTaskDefinition).taskDefinition;
  node.tryRemoveChild("task-definition");
  node.tryRemoveChild("router");
  const listeners = loadBalancers(stack, environment);
  for (const site of environment.autopilotSites) {
    const listener = listeners[site.id % listeners.length];
    if (listener) separate(stack, environment, { site, listener, shared });
  }
}

/** As many as the PoPs need, with room for one more. */
function loadBalancers(stack: EnvironmentStack, environment: Environment): LbListener[] {
  const { apiListener, apiLoadBalancer } = stack.cluster;
  const count = Math.ceil((environment.autopilotSites.length + 1) / POPS_PER_LOAD_BALANCER);
  const more = Array.from({ length: count - 1 }, (_, index) => {
    const loadBalancer = new Lb(stack, `api-${index + 1}`, {
      name: `${clusterName(environment.name)}--${index + 1}`,
      loadBalancerType: "application",
      internal: true,
      ipAddressType: "dualstack",
      subnets: apiLoadBalancer.subnetsInput,
      securityGroups: apiLoadBalancer.securityGroupsInput,
    });
    return new LbListener(stack, `api-listener-${index + 1}`, {
      loadBalancerArn: loadBalancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
      ],
    });
  });
  return [apiListener, ...more];
}

interface Parts {
  readonly site: AutopilotSite;
  readonly listener: LbListener;
  readonly shared: EcsTaskDefinition;
}

/** Gives a PoP what it shares with others in the product. */
function separate(
  stack: EnvironmentStack,
  { name, routed }: Environment,
  { site, listener, shared }: Parts,
): void {
  const prefix = clusterName(name);
  const ports = popPorts(routed.ports, site.id);
  const pop = stack.node.findChild(`pop-${site.name}`) as PopTask;
  const definition = new EcsTaskDefinition(pop, "task-definition", {
    family: `${prefix}-${site.name}`,
    requiresCompatibilities: ["EC2"],
    networkMode: "host",
    cpu: shared.cpuInput,
    memory: shared.memoryInput,
    taskRoleArn: shared.taskRoleArnInput,
    executionRoleArn: shared.executionRoleArnInput,
    containerDefinitions: ownContainers(shared.containerDefinitionsInput ?? "[]", ports.api),
    tags: { "routed:pop": site.name },
  });
  const targetGroup = new LbTargetGroup(pop, "target-group", {
    name: `${prefix}-${site.id}`,
    vpcId: stack.cluster.vpc.id,
    targetType: "instance",
    port: ports.api,
    protocol: "HTTP",
    healthCheck: { path: "/healthz", matcher: "200", interval: 15, timeout: 5 },
    tags: { "routed:pop": site.name },
  });
  const rule = new LbListenerRule(pop, "rule", {
    listenerArn: listener.arn,
    priority: site.id,
    condition: [{ hostHeader: { values: [`${site.name}.*`] } }],
    action: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    tags: { "routed:pop": site.name },
  });
  const { service } = pop;
  service.taskDefinition = definition.arn;
  service.healthCheckGracePeriodSeconds = 900;
  service.putLoadBalancer([
    { targetGroupArn: targetGroup.arn, containerName: "api", containerPort: ports.api },
  ]);
  service.dependsOn = [...(service.dependsOn ?? []), dependable(rule)];
}

/** The containers of the shared definition with the PoP's port mapped, and without `init`. */
function ownContainers(shared: string, apiPort: number): string {
  const containers = JSON.parse(shared) as readonly Container[];
  const own = containers
    .filter(({ name }) => name !== "init")
    .map(({ dependsOn = [], ...container }) => {
      const after = dependsOn.filter(({ containerName }) => containerName !== "init");
      const port = { containerPort: apiPort, hostPort: apiPort, protocol: "tcp" };
      return {
        ...container,
        ...(after.length === 0 ? {} : { dependsOn: after }),
        portMappings: container.name === "api" ? [port] : [],
        mountPoints: [],
      };
    });
  return JSON.stringify(own);
}
