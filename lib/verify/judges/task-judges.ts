import { slotsOfExpression } from "../../config/slot-expression";
import {
  nodeDaemonService,
  POP_TAG,
  NODE_DAEMON_TAG,
  ROUTER_DAEMON,
  ROUTER_PORT,
} from "../../config/naming";
import { nodeDaemons } from "../../config/node-daemons";
import { plannedNodes } from "../../plan/upgrade-plan";
import { isObject, listOf } from "../../terraform/values";
import { NEVER, ONCE, once, prefixed, tags } from "./common";
import { all, asTold, changes, harmless, may, needs } from "./judge";
import type { Judge } from "./judge";
import { anything, block, fromConfig, is, law, referent, refersTo } from "./law";
import type { LawContext } from "./law";

type Stacked = Omit<LawContext, "declaration" | "node">;
const services = ({ environment }: Stacked): number =>
  environment.autopilotSites.length + nodeDaemons(environment).length;

/** What runs, and what it is started from. */
export const TASK_JUDGES = {
  aws_ecs_cluster: {
    noun: "the ECS cluster",
    by: "foundation",
    most: once,
    create: ONCE,
    replace: NEVER,
    remove: NEVER,
    attributes: {
      ...tags,
      name: needs(fromConfig("be routed-<environment>", (context) => prefixed(context, "")[0])),
      setting: may(
        law("be containerInsights", (value) =>
          listOf(value).every((item) => isObject(item) && item["name"] === "containerInsights"),
        ),
        asTold("it decides which metrics are kept", "container insights change"),
      ),
    },
  },
  aws_cloudwatch_log_group: {
    noun: "the log group",
    by: "foundation",
    most: once,
    create: ONCE,
    replace: NEVER,
    remove: NEVER,
    attributes: {
      ...tags,
      name: needs(
        fromConfig("be /ecs/routed-<environment>", (context) => `/ecs/${prefixed(context, "")[0]}`),
      ),
      retention_in_days: needs(
        fromConfig(
          "be routed.logRetentionDays",
          ({ environment }) => environment.routed.logRetentionDays,
        ),
        asTold("what the config keeps", "older logs are gone, where it is less"),
      ),
    },
  },
  /** Counts, percentages and places are judged by value, in check-pops. */
  aws_ecs_service: {
    noun: "a service",
    by: "pops",
    most: services,
    create: "of a PoP or node daemon that the config has",
    replace: "never: its tasks stop all at once",
    remove: "of a PoP or node daemon that the config no longer has; told",
    attributes: {
      ...tags,
      name: needs(law("be a PoP's or a node daemon's of the config", isOwnName)),
      cluster: needs(refersTo("aws_ecs_cluster", "arn")),
      launch_type: needs(is("EC2")),
      scheduling_strategy: needs(is("DAEMON", "REPLICA")),
      task_definition: needs(
        law(
          "be a definition of the stack, or the one that the upgrade plan keeps",
          isOwnDefinition,
        ),
        asTold("ECS starts new tasks a few at a time"),
      ),
      desired_count: may(
        law(
          "be routed.tasksPerPop or more, or as many as the upgrade plan places",
          (value, context) => {
            const { environment, upgradePlan } = context;
            const counts = (upgradePlan.placement?.pops ?? []).map((each) => each.desiredCount);
            const count = Number(value);
            return count >= environment.routed.tasksPerPop || counts.includes(count);
          },
        ),
        asTold("ECS starts or stops as many tasks; how many stay is judged in check-pops"),
      ),
      deployment_minimum_healthy_percent: needs(
        law("be between 1 and 100", (value) => Number(value) >= 1 && Number(value) <= 100),
        asTold("a rolling deployment keeps a task; what 0 does is judged in check-pops"),
      ),
      deployment_maximum_percent: needs(
        law("be between 100 and 200", (value) => Number(value) >= 100 && Number(value) <= 200),
        asTold("it bounds how many tasks a rolling deployment starts"),
      ),
      availability_zone_rebalancing: needs(is("DISABLED"), asTold("ECS moves no task by itself")),
      deployment_circuit_breaker: may(
        block({ enable: is(true), rollback: is(true) }, ["enable", "rollback"]),
        asTold("a deployment that fails goes back"),
      ),
      enable_ecs_managed_tags: may(is(true), asTold("it tags new tasks")),
      propagate_tags: may(is("SERVICE"), asTold("new tasks learn whose they are by it")),
      wait_for_steady_state: may(is(false), harmless("it is how long Terraform waits")),
      placement_constraints: may(
        law("keep tasks apart, or let them run on planned nodes", arePlaces),
        asTold("which tasks that stops is judged in check-pops", "where its tasks may run changes"),
      ),
      ordered_placement_strategy: may(
        law("spread tasks over zones", (value) =>
          listOf(value).every(
            (item) =>
              isObject(item) &&
              item["type"] === "spread" &&
              item["field"] === "attribute:ecs.availability-zone",
          ),
        ),
        asTold("it places new tasks only"),
      ),
      load_balancer: may(
        law("be the routers' target group, of the router", (value, context) => {
          const [item, ...more] = listOf(value);
          return (
            more.length === 0 &&
            isObject(item) &&
            context.declaration.values["name"] === nodeDaemonService(ROUTER_DAEMON) &&
            referent(item["target_group_arn"], "aws_lb_target_group", "arn", context) !==
              undefined &&
            item["container_name"] === ROUTER_DAEMON &&
            item["container_port"] === ROUTER_PORT
          );
        }),
      ),
      // Of version 6: what the provider does when it is interrupted.
      sigint_rollback: changes(harmless("it is what the provider does when it is interrupted")),
      timeouts: changes(harmless("it is how long Terraform waits")),
    },
  },
  aws_ecs_task_definition: {
    noun: "a task definition",
    by: "pops",
    most: ({ environment }) => 2 + nodeDaemons(environment).length,
    create: "always: it runs nothing by itself",
    replace: "where the old revision stays registered (skip_destroy)",
    remove: "where it stays registered (skip_destroy)",
    attributes: {
      ...tags,
      family: needs(
        law("be routed-<environment>--<what it is of>", (value, context) =>
          String(value).startsWith(prefixed(context, "--")[0] ?? ""),
        ),
      ),
      container_definitions: needs(
        law("start the config's images only, none of them privileged", startsOwnImages),
      ),
      cpu: may(anything("ECS places no task that a node has no room for")),
      memory: may(anything("ECS places no task that a node has no room for")),
      network_mode: needs(is("host")),
      requires_compatibilities: may(law("be EC2", (value) => listOf(value).join() === "EC2")),
      execution_role_arn: may(refersTo("aws_iam_role", "arn")),
      task_role_arn: may(refersTo("aws_iam_role", "arn")),
      skip_destroy: needs(
        is(true),
        harmless("it is whether the old revision stays, which is judged where it goes", {
          words: "it is no longer true",
          is: ({ to }) => to !== true,
          effect: "cuts-off",
        }),
      ),
      volume: may(
        law("be an empty one, or a path of a daemon's hostPaths", (value, { environment }) => {
          const paths = environment.routed.daemons.flatMap(({ hostPaths }) => hostPaths);
          return listOf(value).every(
            (item) =>
              isObject(item) &&
              Object.keys(item).every((key) => key === "name" || key === "host_path") &&
              (item["host_path"] === undefined || paths.some((path) => path === item["host_path"])),
          );
        }),
      ),
      ...all(["track_latest"], changes(harmless("it is what Terraform compares with"))),
    },
  },
} as const satisfies Readonly<Record<string, Judge>>;

function isOwnName(value: unknown, { environment, declaration }: LawContext): boolean {
  const own = declaration.values["tags"];
  const tagged = isObject(own) ? own : {};
  const isPop = environment.autopilotSites.some(({ name }) => name === value);
  if (isPop) return tagged[POP_TAG] === value && tagged[NODE_DAEMON_TAG] === undefined;
  const daemon = nodeDaemons(environment).find(({ name }) => nodeDaemonService(name) === value);
  return daemon !== undefined && tagged[NODE_DAEMON_TAG] === daemon.name;
}

function isOwnDefinition(value: unknown, context: LawContext): boolean {
  if (referent(value, "aws_ecs_task_definition", "arn", context) !== undefined) return true;
  const kept = (context.upgradePlan.images?.pops ?? []).map((each) => each.taskDefinitionArn);
  return typeof value === "string" && kept.includes(value);
}

/** Not where no task could run: on no node, or on one that isn't planned. */
function arePlaces(value: unknown, { upgradePlan }: LawContext): boolean {
  const planned = plannedNodes(upgradePlan).map(({ slot }) => slot);
  return listOf(value).every((item) => {
    if (!isObject(item)) return false;
    if (item["type"] === "distinctInstance") return item["expression"] === undefined;
    const slots = slotsOfExpression(String(item["expression"]));
    return (
      item["type"] === "memberOf" && slots !== null && slots.some((slot) => planned.includes(slot))
    );
  });
}

function startsOwnImages(value: unknown, { environment }: LawContext): boolean {
  const { network, routed } = environment;
  const images = [
    routed.image,
    routed.canaryImage,
    routed.initImage,
    network.routerImage,
    ...routed.daemons.map(({ image }) => image),
  ];
  let containers: unknown;
  try {
    containers = JSON.parse(String(value));
  } catch {
    return false;
  }
  const items = listOf(containers);
  return (
    items.length > 0 &&
    items.every(
      (item) =>
        isObject(item) && images.includes(String(item["image"])) && item["privileged"] !== true,
    )
  );
}
