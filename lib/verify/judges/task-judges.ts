import { slotsOfExpression } from "../../config/slot-expression";
import {
  CELL_TAG,
  CORE_SET_TAG,
  ENVIRONMENT_TAG,
  NEEDED_FOR_TAG,
  nodeDaemonService,
  PLACEMENT_TAG,
  POP_TAG,
  NODE_DAEMON_TAG,
  SITE_ID_TAG,
  ROUTER_DAEMON,
  ROUTER_PORT,
} from "../../config/naming";
import { neededDaemonServices, nodeDaemons } from "../../config/node-daemons";
import type { Declaration } from "../../terraform/stack";
import { isObject, listOf } from "../../terraform/values";
import type { Values } from "../../terraform/values";
import { daemonTags, ONE_FOR_LIFE, prefixed, tags } from "./common";
import { ownContainers, ownVolumes } from "./container-law";
import { all, asTold, changes, harmless, may, needs, where } from "./judge";
import type { Judge } from "./judge";
import { block, fromConfig, is, law, referent, refersTo, refersToNamed } from "./law";
import type { LawContext } from "./law";

type Stacked = Omit<LawContext, "declaration" | "node">;
const services = ({ environment }: Stacked): number =>
  environment.autopilotSites.length + nodeDaemons(environment).length;

/** What runs, and what it is started from. */
export const TASK_JUDGES = {
  aws_ecs_cluster: {
    noun: "the ECS cluster",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      name: needs(fromConfig("be routed-<environment>", (context) => prefixed(context, "")[0])),
      setting: needs(
        law("be containerInsights, once", (value) => {
          const [item, ...more] = listOf(value);
          return (
            more.length === 0 &&
            isObject(item) &&
            Object.keys(item).sort().join() === "name,value" &&
            item["name"] === "containerInsights" &&
            ["enabled", "enhanced", "disabled"].includes(String(item["value"]))
          );
        }),
        asTold("it decides which metrics are kept", "container insights change"),
      ),
    },
  },
  aws_cloudwatch_log_group: {
    noun: "the log group",
    ...ONE_FOR_LIFE,
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
    key: ["name"],
    create: "of a PoP or node daemon that the config has",
    replace: "never: its tasks stop all at once",
    remove: "of a PoP or node daemon that the config no longer has; told",
    attributes: {
      ...tags,
      tags: needs(
        law(
          "say whose tasks these are, by the config, and where they run, by the upgrade plan: tasks and nodes go by it",
          areOwnTags,
        ),
        harmless("ECS hands them on to new tasks"),
      ),
      name: needs(law("be a PoP's or a node daemon's of the config", isOwnName)),
      cluster: needs(refersTo("aws_ecs_cluster", "arn")),
      launch_type: needs(is("EC2")),
      scheduling_strategy: needs(is("DAEMON", "REPLICA")),
      task_definition: needs(
        law(
          "be its own definition of the stack, or the one that the upgrade plan keeps",
          isOwnDefinition,
        ),
        asTold("ECS starts new tasks a few at a time"),
      ),
      desired_count: where(
        law(
          "be as many as the upgrade plan places, else routed.tasksPerPop, and none of a daemon's",
          isOwnCount,
        ),
        asTold("ECS starts or stops as many tasks; how many stay is judged in check-pops"),
      ),
      deployment_minimum_healthy_percent: needs(
        is(50),
        asTold("a rolling deployment keeps half of the tasks; what 0 does is judged in check-pops"),
      ),
      deployment_maximum_percent: needs(
        is(100),
        asTold("no task starts beside the one that it replaces: both need the same ports"),
      ),
      availability_zone_rebalancing: needs(is("DISABLED"), asTold("ECS moves no task by itself")),
      deployment_circuit_breaker: needs(
        block({ enable: is(true), rollback: is(true) }, ["enable", "rollback"]),
        asTold("a deployment that fails goes back"),
      ),
      enable_ecs_managed_tags: needs(is(true), asTold("it tags new tasks")),
      propagate_tags: needs(is("SERVICE"), asTold("new tasks learn whose they are by it")),
      wait_for_steady_state: may(is(false), harmless("it is how long Terraform waits")),
      placement_constraints: where(
        law(
          "keep tasks apart where they are spread, else be the slots of the upgrade plan",
          arePlaces,
        ),
        asTold("which tasks that stops is judged in check-pops", "where its tasks may run changes"),
      ),
      ordered_placement_strategy: where(
        law("spread tasks over zones, where they are spread", (value, { declaration }) =>
          isSame(
            listOf(value),
            isSpread(declaration.values)
              ? [{ field: "attribute:ecs.availability-zone", type: "spread" }]
              : [],
          ),
        ),
        asTold("it places new tasks only"),
      ),
      load_balancer: where(
        law("be the routers' target group, of the router, and of nobody else", (value, context) => {
          const isRouter = context.declaration.values["name"] === nodeDaemonService(ROUTER_DAEMON);
          const [item, ...more] = listOf(value);
          if (!isRouter) return item === undefined;
          return (
            more.length === 0 &&
            isObject(item) &&
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
    most: ({ environment }) =>
      (environment.routed.canaryImage === undefined ? 1 : 2) + nodeDaemons(environment).length,
    key: ["family", "container_definitions"],
    create: "always: it runs nothing by itself",
    replace: "where the old revision stays registered (skip_destroy)",
    remove: "where it stays registered (skip_destroy)",
    attributes: {
      ...daemonTags,
      family: needs(
        law("be routed-<environment>--<what it is of>", (value, context) =>
          prefixed(context, ...endsOfFamily(context)).includes(String(value)),
        ),
      ),
      container_definitions: needs(ownContainers),
      cpu: needs(fromConfig("be the config's limit", (context) => limitsOf(context)?.cpuUnits)),
      memory: needs(fromConfig("be the config's limit", (context) => limitsOf(context)?.memoryMiB)),
      network_mode: needs(is("host")),
      requires_compatibilities: needs(law("be EC2", (value) => listOf(value).join() === "EC2")),
      execution_role_arn: needs(
        refersToNamed(
          "aws_iam_role",
          "arn",
          (context) => prefixed(context, "-execution"),
          "the role that ECS starts tasks with",
        ),
      ),
      task_role_arn: where(
        law("be the tasks' role for PoPs, and none for node daemons", (value, context) => {
          const name = referent(value, "aws_iam_role", "arn", context)?.values["name"];
          return daemonOf(context.declaration) === undefined
            ? prefixed(context, "-task").includes(String(name))
            : value === undefined;
        }),
      ),
      skip_destroy: needs(
        is(true),
        harmless("it is whether the old revision stays, which is judged where it goes", {
          words: "it is no longer true",
          is: ({ to }) => to !== true,
          effect: "cuts-off",
        }),
      ),
      volume: where(ownVolumes),
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

/** A PoP's is that of PoPs, or of canaries; a node daemon's is its own. */
function isOwnDefinition(value: unknown, context: LawContext): boolean {
  const { declaration, upgradePlan } = context;
  const definition = referent(value, "aws_ecs_task_definition", "arn", context);
  if (definition !== undefined) {
    const { family } = definition.values;
    return (
      daemonOf(definition) === daemonOf(declaration) &&
      (daemonOf(declaration) !== undefined ||
        prefixed(context, endOfPop(context)).includes(String(family)))
    );
  }
  const kept = (upgradePlan.images?.pops ?? []).find(
    ({ pop }) => pop === declaration.values["name"],
  );
  return typeof value === "string" && kept?.taskDefinitionArn === value;
}

/** Canaries with an image of their own have a definition of their own. */
function endOfPop({ declaration, environment }: LawContext): string {
  const { canaries = [], canaryImage } = environment.routed;
  const isCanary = canaries.some((name) => name === declaration.values["name"]);
  return isCanary && canaryImage !== undefined ? "--canaries" : "--pops";
}

function daemonOf({ values }: Pick<Declaration, "values">): unknown {
  const own = values["tags"];
  return isObject(own) ? own[NODE_DAEMON_TAG] : undefined;
}

function endsOfFamily({ declaration }: LawContext): string[] {
  const daemon = daemonOf(declaration);
  return typeof daemon === "string" ? [`--${daemon}`] : ["--pops", "--canaries"];
}

/** What the config gives a task; undefined for a daemon that it doesn't have. */
function limitsOf({ environment, declaration }: LawContext) {
  const daemon = daemonOf(declaration);
  if (daemon === undefined) return environment.routed;
  return nodeDaemons(environment).find(({ name }) => name === daemon);
}

function areOwnTags(value: unknown, context: LawContext): boolean {
  const { environment, declaration } = context;
  if (!isObject(value)) return false;
  const { name } = declaration.values;
  const site = environment.autopilotSites.find((each) => each.name === name);
  if (site === undefined) {
    const daemon = nodeDaemons(environment).find((each) => nodeDaemonService(each.name) === name);
    // Of nobody: its name is refused.
    if (daemon === undefined) return true;
    const needed = neededDaemonServices(environment).includes(String(name));
    const own = {
      [NODE_DAEMON_TAG]: daemon.name,
      ...(needed && { [NEEDED_FOR_TAG]: "availability" }),
    };
    return hasOnly(value, own, [ENVIRONMENT_TAG], environment.name);
  }
  const place = placeOf(context);
  const own = { [POP_TAG]: site.name, [SITE_ID_TAG]: String(site.id) };
  const may: readonly (readonly [string, unknown])[] = [
    [CELL_TAG, place?.cell],
    [CORE_SET_TAG, place?.coreSet],
    [PLACEMENT_TAG, place?.everywhere === true ? "daemon" : undefined],
  ];
  return (
    may.every(([tag, wanted]) => value[tag] === undefined || value[tag] === String(wanted)) &&
    hasOnly(value, own, [ENVIRONMENT_TAG, ...may.map(([tag]) => tag)], environment.name)
  );
}

/** All of its own, and besides them only those that it may have. */
function hasOnly(
  value: Values,
  own: Readonly<Record<string, unknown>>,
  others: readonly string[],
  environment: string,
): boolean {
  return (
    Object.entries(own).every(([tag, wanted]) => value[tag] === wanted) &&
    Object.keys(value).every((tag) => Object.hasOwn(own, tag) || others.includes(tag)) &&
    (value[ENVIRONMENT_TAG] ?? environment) === environment
  );
}

function isSpread(values: Values): boolean {
  return values["scheduling_strategy"] === "REPLICA";
}

function placeOf({ declaration, upgradePlan }: LawContext) {
  return upgradePlan.placement?.pops.find(({ pop }) => pop === declaration.values["name"]);
}

function isOwnCount(value: unknown, context: LawContext): boolean {
  if (!isSpread(context.declaration.values)) return value === undefined;
  const placed = placeOf(context)?.desiredCount ?? null;
  return Number(value) === (placed ?? context.environment.routed.tasksPerPop);
}

/** Tasks of a PoP that is spread never share a node; a daemon's run where the upgrade plan has them. */
function arePlaces(value: unknown, context: LawContext): boolean {
  const items = listOf(value);
  if (isSpread(context.declaration.values)) {
    return isSame(items, [{ type: "distinctInstance" }]);
  }
  const slots = placeOf(context)?.slots ?? null;
  const [item, ...more] = items;
  if (slots === null) return item === undefined;
  if (!isObject(item) || more.length > 0 || item["type"] !== "memberOf") return false;
  return isSame(slotsOfExpression(String(item["expression"])), slots);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
