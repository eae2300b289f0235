import { HOLD_TOPICS } from "../plan/holds";

/** A metric that autopilot-routed's programs expose in Prometheus' text format. */
export interface MetricDefinition {
  readonly name: `routed_${string}`;
  readonly type: "gauge" | "counter";
  /** Labels that the program itself sets; Prometheus adds those of the target. */
  readonly labels: readonly string[];
  /** One sentence without a full stop: the metric's HELP line, and its row in docs/metrics.md. */
  readonly help: string;
}

/**
 * The one place where metrics are named. The rules, the dashboards, docs/metrics.md and the rollout
 * take them from here, so a metric that is renamed is renamed everywhere.
 */

/** What the routed image must expose on each task's metrics port. */
export const TASK_METRICS = {
  healthy: {
    name: "routed_task_healthy",
    type: "gauge",
    labels: [],
    help: "Whether the task's routing state is complete and it serves: 1 where ECS's health check would pass, else 0",
  },
  buildInfo: {
    name: "routed_task_build_info",
    type: "gauge",
    labels: ["version"],
    help: "Always 1; the label is the image's version",
  },
  rebuildStart: {
    name: "routed_task_rebuild_start_time_seconds",
    type: "gauge",
    labels: [],
    help: "When the last rebuild of the state began, in seconds since 1970",
  },
  rebuildProgress: {
    name: "routed_task_rebuild_progress_ratio",
    type: "gauge",
    labels: [],
    help: "How far the last rebuild of the state is: 0 to 1, and 1 from its end on",
  },
  bgpSessionUp: {
    name: "routed_task_bgp_session_up",
    type: "gauge",
    labels: ["peer"],
    help: "Whether the session with a configured BGP peer is established: 1 or 0",
  },
  routes: {
    name: "routed_task_routes",
    type: "gauge",
    labels: ["family"],
    help: "Routes held in memory, by address family, ipv4 or ipv6",
  },
} as const satisfies Record<string, MetricDefinition>;

/** What `routed rollout` tells of itself. */
export const ROLLOUT_METRICS = {
  running: {
    name: "routed_rollout_running",
    type: "gauge",
    labels: ["environment"],
    help: "Whether a rollout is running: 1, or 0 once it has ended",
  },
  startTime: {
    name: "routed_rollout_start_time_seconds",
    type: "gauge",
    labels: ["environment"],
    help: "When the rollout's run began, in seconds since 1970",
  },
  endTime: {
    name: "routed_rollout_end_time_seconds",
    type: "gauge",
    labels: ["environment"],
    help: "When the rollout's run ended, in seconds since 1970; absent until then",
  },
  wavesDone: {
    name: "routed_rollout_waves_done",
    type: "gauge",
    labels: ["environment"],
    help: "Waves that the rollout has done, in earlier runs of it too",
  },
  wavesRemaining: {
    name: "routed_rollout_waves_remaining",
    type: "gauge",
    labels: ["environment"],
    help: "Waves that the rollout has to go, the present one included",
  },
  heldSeconds: {
    name: "routed_rollout_held_seconds",
    type: "gauge",
    labels: ["environment"],
    help: "For how long nodes that aren't available have held the rollout, in seconds; 0 while they don't",
  },
  waiting: {
    name: "routed_rollout_waiting",
    type: "gauge",
    labels: ["environment", "reason"],
    help: `1 for what the rollout waits for now (${HOLD_TOPICS.join(", ")}), 0 for the others`,
  },
  phaseSeconds: {
    name: "routed_rollout_phase_seconds",
    type: "gauge",
    labels: ["environment", "phase"],
    help: "How long each phase of the latest wave took, or has taken until now, in seconds",
  },
  phaseExpectedSeconds: {
    name: "routed_rollout_phase_expected_seconds",
    type: "gauge",
    labels: ["environment", "phase"],
    help: "How long each phase should take, by the waves before or by the config, in seconds",
  },
  result: {
    name: "routed_rollout_result",
    type: "gauge",
    labels: ["environment", "result"],
    help: "1 for how the rollout's run ended (converged, max-waves, max-time, stopped or interrupted), 0 for the others; all 0 until then",
  },
  stopped: {
    name: "routed_rollout_stopped",
    type: "gauge",
    labels: ["environment", "reason"],
    help: "1 for why the rollout's run stopped (gate, drain, not-available and so on), 0 for the others; all 0 where it did not",
  },
} as const satisfies Record<string, MetricDefinition>;

/** Labels that the exported targets carry, and with them every metric of a task. */
export const TARGET_LABELS = ["environment", "pop", "slot", "az", "cell", "spare"] as const;

export const ALL_METRICS: readonly MetricDefinition[] = [
  ...Object.values(TASK_METRICS),
  ...Object.values(ROLLOUT_METRICS),
];
