import type { Environment } from "../config/environment";
import { runbookOfAlert } from "../metrics/alert-names";
import type { AlertName } from "../metrics/alert-names";
import { ROLLOUT_METRICS, TASK_METRICS } from "../metrics/metric-names";

/** The job that scrapes the tasks. */
export const TASKS_JOB = "routed-tasks";
/** Recorded: how many tasks of a PoP serve. */
export const POP_SERVING = "routed:pop_tasks_serving:count";
/** Recorded: how many tasks of a PoP should. */
export const POP_WANTED = "routed:pop_tasks_wanted:count";

/** How long a node's replacement takes beside the rebuild, with a margin: drain, launch, boot. */
const REPLACEMENT_SECONDS = 900;

interface Rule {
  readonly record?: string;
  readonly alert?: AlertName;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The content of a Prometheus rule file. */
export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}

/** What of the environment is recorded, and what alerts. */
export function alertingRules(environment: Environment): RuleFile {
  return {
    groups: [
      {
        name: `routed-${environment.name}`,
        rules: [...recordingRules(environment), ...alerts(environment)],
      },
    ],
  };
}

/** Labels of `up` and of the tasks' metrics, of this environment's tasks. */
export function ofTasks(environment: string): string {
  return `{job="${TASKS_JOB}",environment="${environment}"}`;
}

/** Of those, the nodes' own: a spare is parked most of the time, and counts for no one then. */
function ofNodes({ fleet, name }: Environment): string {
  const tasks = ofTasks(name);
  return fleet.spareNodes === 0 ? tasks : tasks.replace("}", ',spare=""}');
}

const POP = "environment, cell, pop";
const NODE = "environment, cell, az, slot";
const TASK = "environment, cell, az, slot, pop";

function recordingRules(environment: Environment): Rule[] {
  const { name, routed } = environment;
  const tasks = ofTasks(name);
  const places = `count by (${POP}) (up${ofNodes(environment)})`;
  const { healthy } = TASK_METRICS;
  return [
    {
      record: POP_SERVING,
      // A target that doesn't answer has no metric of its own, but an `up` of 0.
      expr:
        `count by (${POP}) (${healthy.name}${tasks} == 1)` + ` or sum by (${POP}) (0 * up${tasks})`,
    },
    {
      record: POP_WANTED,
      expr: routed.placement === "daemon" ? places : `clamp_max(${places}, ${routed.tasksPerPop})`,
    },
  ];
}

function alerts(environment: Environment): Rule[] {
  const { name, routed } = environment;
  const after = environment.export.alerts;
  const tasks = ofTasks(name);
  const serving = `${POP_SERVING}{environment="${name}"}`;
  const wanted = `${POP_WANTED}{environment="${name}"}`;
  const rebuildSeconds = after.rebuildSeconds ?? routed.stateRebuildMinutes * 60;
  const { bgpSessionUp, rebuildProgress, rebuildStart } = TASK_METRICS;
  const alert = alertOf(environment);
  return [
    alert("RoutedPopDown", "page", `${serving} == 0`, after.popDownSeconds, {
      summary: "PoP {{ $labels.pop }} of {{ $labels.environment }} has no task that serves",
      description: "Nothing observes or changes the routing state of PoP {{ $labels.pop }}.",
    }),
    alert(
      "RoutedPopDegraded",
      "ticket",
      `(${serving} > 0) < ${wanted}`,
      after.popDegradedSeconds ?? routed.stateRebuildMinutes * 60 + REPLACEMENT_SECONDS,
      {
        summary:
          "PoP {{ $labels.pop }} of {{ $labels.environment }} has fewer tasks that serve than it should have",
        description: "{{ $value }} of its tasks serve; the loss of one more may be an outage.",
      },
    ),
    alert(
      "RoutedNodeNotAvailable",
      "page",
      `max by (${NODE}) (up${ofNodes(environment)}) == 0`,
      after.nodeNotAvailableSeconds,
      {
        summary: "node {{ $labels.slot }} of {{ $labels.environment }} is not available",
        description: "No task on the node in {{ $labels.az }} answers Prometheus.",
      },
    ),
    alert(
      "RoutedRebuildSlow",
      "ticket",
      `count by (${NODE}) (time() - ${rebuildStart.name}${tasks} > ${rebuildSeconds}` +
        ` and ${rebuildProgress.name}${tasks} < 1)`,
      0,
      {
        summary:
          "tasks on node {{ $labels.slot }} of {{ $labels.environment }} rebuild their state for longer than configured",
        description: `{{ $value }} tasks on the node have rebuilt their state for more than ${rebuildSeconds} seconds.`,
      },
    ),
    alert(
      "RoutedBgpSessionsDown",
      "ticket",
      `count by (${TASK}) (${bgpSessionUp.name}${tasks} == 0` +
        ` and on (${TASK}) ${rebuildProgress.name}${tasks} == 1)`,
      after.bgpSessionsDownSeconds,
      {
        summary:
          "BGP sessions of PoP {{ $labels.pop }} with node {{ $labels.slot }} of {{ $labels.environment }} are down",
        description:
          "Sessions down: {{ $value }}. The task has rebuilt its state, so they should be up.",
      },
    ),
    alert(
      "RoutedRolloutHeld",
      "ticket",
      `${ROLLOUT_METRICS.heldSeconds.name}{environment="${name}"} > ${after.rolloutHeldSeconds}`,
      0,
      {
        summary: "the rollout of {{ $labels.environment }} is held",
        description:
          "For {{ $value | humanizeDuration }}, nodes that aren't available have held it.",
      },
    ),
    ...spareAlerts(environment),
    alert("RoutedTargetsMissing", "ticket", `absent(up${tasks})`, after.targetsMissingSeconds, {
      summary: "Prometheus scrapes no task of {{ $labels.environment }}",
      description: "No alert on this environment can fire until its targets are back.",
    }),
  ];
}

/** One that is filled costs what a node costs: no upgrade of all nodes takes longer than that. */
function spareAlerts(environment: Environment): Rule[] {
  const { fleet, name, routed } = environment;
  if (fleet.spareNodes === 0) return [];
  const spares = ofTasks(name).replace("}", ',spare="true"}');
  const wave = routed.stateRebuildMinutes * 60 + REPLACEMENT_SECONDS;
  const expr = `max by (${NODE}) (up${spares}) == 1`;
  return [
    alertOf(environment)("RoutedSpareFilled", "ticket", expr, (fleet.nodes + 2) * wave, {
      summary: "spare {{ $labels.slot }} of {{ $labels.environment }} is not parked",
      description:
        "It has been filled for longer than an upgrade of all nodes takes, and costs what a node costs.",
    }),
  ];
}

function alertOf({ export: { alerts: config } }: Environment) {
  const runbooks = config.runbookUrl ?? "docs/runbooks";
  return (
    name: AlertName,
    severity: "page" | "ticket",
    expr: string,
    seconds: number,
    annotations: { readonly summary: string; readonly description: string },
  ): Rule => ({
    alert: name,
    expr,
    for: `${seconds}s`,
    labels: { severity },
    annotations: { ...annotations, runbook_url: `${runbooks}/${runbookOfAlert(name)}` },
  });
}
