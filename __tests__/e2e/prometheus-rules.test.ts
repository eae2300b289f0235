import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../lib/config/environment";
import { FLEET_DASHBOARD } from "../../lib/export/fleet-dashboard";
import { renderPrometheusFiles } from "../../lib/export/prometheus-files";
import { renderYaml } from "../../lib/export/render-yaml";
import { ROLLOUT_DASHBOARD } from "../../lib/export/rollout-dashboard";
import { ALERT_NAMES } from "../../lib/metrics/alert-names";
import type { AlertName } from "../../lib/metrics/alert-names";
import { ROLLOUT_METRICS, TASK_METRICS } from "../../lib/metrics/metric-names";
import { anExportConfig, aRoutedEnvironment } from "../fixtures/a-routed-environment";
import { promtool, requirePrometheus } from "../support/prometheus";
import { someNodes } from "../unit/export/some-nodes";

let directory: string;
beforeAll(() => {
  requirePrometheus();
  directory = mkdtempSync(join(tmpdir(), "routed-rules-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ZONES = ["us-east-2a", "us-east-2b", "us-east-2c"];

/** Values every 30 s from 0 on, in promtool's notation: `1x20 0x100` is 1 until 10m, then 0. */
type Values = string;

interface TaskSeries {
  readonly pop?: Values;
  readonly up?: Values;
  readonly healthy?: Values;
  readonly rebuildStart?: Values;
  readonly rebuildProgress?: Values;
  readonly session?: Values;
}

type Series = Readonly<Record<string, Values>>;

/** The series of two PoPs' tasks on three nodes that are well for two hours, but for `unwell`. */
function fleet(unwell: Readonly<Record<string, TaskSeries>> = {}, name = "test"): Series {
  const series: Record<string, Values> = {};
  for (const [slot, az] of ZONES.entries()) {
    for (const pop of ["pop1", "pop2"]) {
      const labels = `job="routed-tasks",environment="${name}",pop="${pop}",slot="${slot}",az="${az}"`;
      const task = unwell[`${pop} ${slot}`] ?? {};
      const always = "1x240";
      series[`up{${labels}}`] = task.up ?? always;
      series[`${TASK_METRICS.healthy.name}{${labels}}`] = task.healthy ?? always;
      series[`${TASK_METRICS.rebuildStart.name}{${labels}}`] = task.rebuildStart ?? "0x240";
      series[`${TASK_METRICS.rebuildProgress.name}{${labels}}`] = task.rebuildProgress ?? always;
      const peer = `${labels},peer="2001:db8:1::1"`;
      series[`${TASK_METRICS.bgpSessionUp.name}{${peer}}`] = task.session ?? always;
    }
  }
  return series;
}

interface Expected {
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
}

/** By time, which alerts fire; those that aren't named don't. */
type Expectations = Readonly<
  Record<string, Readonly<Partial<Record<AlertName, readonly Expected[]>>>>
>;

const RUNBOOKS: Readonly<Record<AlertName, string>> = {
  RoutedPopDown: "docs/runbooks/alert-pop-down.md",
  RoutedPopDegraded: "docs/runbooks/alert-pop-degraded.md",
  RoutedNodeNotAvailable: "docs/runbooks/alert-node-not-available.md",
  RoutedRebuildSlow: "docs/runbooks/alert-rebuild-slow.md",
  RoutedBgpSessionsDown: "docs/runbooks/alert-bgp-sessions-down.md",
  RoutedRolloutHeld: "docs/runbooks/alert-rollout-held.md",
  RoutedSpareFilled: "docs/runbooks/alert-spare-filled.md",
  RoutedTargetsMissing: "docs/runbooks/alert-targets-missing.md",
};

/** `promtool test rules` with what is exported for the environment. */
function testRules(series: Series, expected: Expectations, environment = aRoutedEnvironment()) {
  const files = renderPrometheusFiles(environment, someNodes(3));
  writeFileSync(join(directory, "rules.yml"), files["rules.yml"] ?? "");
  const test = {
    rule_files: ["rules.yml"],
    evaluation_interval: "30s",
    tests: [
      {
        interval: "30s",
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: Object.entries(expected).flatMap(([eval_time, alerts]) =>
          ALERT_NAMES.map((alertname) => ({
            eval_time,
            alertname,
            exp_alerts: (alerts[alertname] ?? []).map(({ labels, summary, description }) => ({
              exp_labels: labels,
              exp_annotations: { summary, description, runbook_url: RUNBOOKS[alertname] },
            })),
          })),
        ),
      },
    ],
  };
  writeFileSync(join(directory, "rules.test.yml"), renderYaml(test));
  expect(promtool("test", "rules", join(directory, "rules.test.yml"))).toEqual({
    status: 0,
    out: expect.stringContaining("SUCCESS") as string,
  });
}

const node = (slot: number) => ({ environment: "test", slot: `${slot}`, az: ZONES[slot] ?? "" });

const degraded = (pop: string, serving: number): Expected => ({
  labels: { environment: "test", pop, severity: "ticket" },
  summary: `PoP ${pop} of test has fewer tasks that serve than it should have`,
  description: `${serving} of its tasks serve; the loss of one more may be an outage.`,
});

it("are files that promtool accepts", () => {
  const files = renderPrometheusFiles(aRoutedEnvironment(), someNodes(3));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  expect(promtool("check", "config", join(directory, "prometheus.yml"))).toMatchObject({
    status: 0,
  });
  expect(promtool("check", "rules", join(directory, "rules.yml"))).toEqual({
    status: 0,
    out: expect.stringContaining("SUCCESS: 9 rules found") as string,
  });
});

it("and the dashboards' queries are PromQL that promtool accepts", () => {
  const queries = [FLEET_DASHBOARD, ROLLOUT_DASHBOARD].flatMap(({ panels }) =>
    panels.flatMap((panel) => panel.queries),
  );
  const rules = queries.map(({ expr }, index) => ({ record: `dashboards:query:${index}`, expr }));
  const file = join(directory, "dashboards.yml");
  writeFileSync(file, renderYaml({ groups: [{ name: "dashboards", rules }] }));
  expect(promtool("check", "rules", file)).toEqual({
    status: 0,
    out: expect.stringContaining(`SUCCESS: ${rules.length} rules found`) as string,
  });
});

it("alert nobody while the fleet is well", () => {
  testRules(fleet(), { "0m": {}, "12m30s": {}, "2h": {} });
});

it("tell a PoP with fewer tasks than it should have, once an upgrade would be over", () => {
  // Down from 10m30s on; stateRebuildMinutes and 15 minutes more are 27 minutes.
  testRules(fleet({ "pop1 1": { healthy: "1x20 0x219" } }), {
    "37m": {},
    "37m30s": { RoutedPopDegraded: [degraded("pop1", 2)] },
  });
});

it("say nothing of an upgrade that goes well: each node away for 5 minutes, then 12 of rebuild", () => {
  const replaced = (start: number): TaskSeries => {
    const gone = `_x10`; // 5 minutes
    const before = `1x${start - 1}`;
    return {
      up: `${before} 0x9 1x${240 - start}`,
      healthy: `${before} ${gone} 0x23 1x${206 - start}`,
      rebuildStart: `0x${start - 1} ${gone} ${(start + 10) * 30}x${230 - start}`,
      rebuildProgress: `${before} ${gone} 0x23 1x${206 - start}`,
      session: `${before} ${gone} 0x23 1x${206 - start}`,
    };
  };
  const unwell = Object.fromEntries(
    [10, 60, 110].flatMap((start, slot) =>
      ["pop1", "pop2"].map((pop) => [`${pop} ${slot}`, replaced(start)]),
    ),
  );
  const moments = Array.from({ length: 48 }, (_, index) => [`${index * 2.5 * 60}s`, {}]);
  testRules(fleet(unwell), Object.fromEntries(moments) as Expectations);
});

it("page for a PoP without a task that serves after a minute, whether they answer or not", () => {
  const expected = {
    labels: { environment: "test", pop: "pop2", severity: "page" },
    summary: "PoP pop2 of test has no task that serves",
    description: "Nothing observes or changes the routing state of PoP pop2.",
  };
  const silent = {
    up: "1x20 0x219",
    healthy: "1x20 stale",
    rebuildProgress: "1x20 stale",
    session: "1x20 stale",
  };
  const unwell = { "pop2 0": silent, "pop2 1": { healthy: "1x20 0x219" }, "pop2 2": silent };
  testRules(fleet(unwell), { "11m": {}, "11m30s": { RoutedPopDown: [expected] } });
});

it("page for a node on which no task answers, after ten minutes", () => {
  const silent = { up: "1x20 0x219" };
  testRules(fleet({ "pop1 2": silent, "pop2 2": silent }), {
    "20m": {},
    "20m30s": {
      RoutedNodeNotAvailable: [
        {
          labels: { ...node(2), severity: "page" },
          summary: "node 2 of test is not available",
          description: "No task on the node in us-east-2c answers Prometheus.",
        },
      ],
    },
  });
  testRules(fleet({ "pop1 2": silent }), { "25m": {} });
});

it("tell a rebuild that takes longer than stateRebuildMinutes, once for a node", () => {
  const rebuilding = { rebuildProgress: "0.5x240" };
  testRules(fleet({ "pop1 0": rebuilding, "pop2 0": rebuilding }), {
    "12m": {},
    "12m30s": {
      RoutedRebuildSlow: [
        {
          labels: { ...node(0), severity: "ticket" },
          summary: "tasks on node 0 of test rebuild their state for longer than configured",
          description: "2 tasks on the node have rebuilt their state for more than 720 seconds.",
        },
      ],
    },
  });
});

it("tell BGP sessions that are down for five minutes, but not while the task rebuilds", () => {
  testRules(fleet({ "pop1 1": { session: "1x20 0x219" } }), {
    "15m": {},
    "15m30s": {
      RoutedBgpSessionsDown: [
        {
          labels: { ...node(1), pop: "pop1", severity: "ticket" },
          summary: "BGP sessions of PoP pop1 with node 1 of test are down",
          description: "Sessions down: 1. The task has rebuilt its state, so they should be up.",
        },
      ],
    },
  });
  const rebuilding = { session: "0x240", rebuildProgress: "0.9x240", rebuildStart: "0+30x240" };
  testRules(fleet({ "pop1 1": rebuilding }), { "20m": {} });
});

it("tell a rollout that is held for more than half an hour, of this environment only", () => {
  const held = ROLLOUT_METRICS.heldSeconds.name;
  const series = { ...fleet(), [`${held}{environment="test"}`]: "0+30x240" };
  testRules(series, {
    "30m": {},
    "30m30s": {
      RoutedRolloutHeld: [
        {
          labels: { environment: "test", severity: "ticket" },
          summary: "the rollout of test is held",
          description: "For 30m 30s, nodes that aren't available have held it.",
        },
      ],
    },
  });
  testRules({ ...fleet(), [`${held}{environment="other"}`]: "0+30x240" }, { "1h": {} });
});

it("take a parked spare for no node and no missing task, and tell one that isn't parked", () => {
  const { fleet: config } = aRoutedEnvironment();
  const environment = aRoutedEnvironment({ fleet: { ...config, nodes: 2, spareNodes: 1 } });
  const labels = 'environment="test",slot="200",az="us-east-2a",spare="true"';
  const spare = (up: string): Series =>
    Object.fromEntries(
      ["pop1", "pop2"].map((pop) => [`up{job="routed-tasks",pop="${pop}",${labels}}`, up]),
    );
  testRules({ ...fleet(), ...spare("0x240") }, { "1h": {}, "2h": {} }, environment);
  testRules(
    { ...fleet(), ...spare("1x240") },
    {
      "1h47m30s": {},
      "1h48m": {
        RoutedSpareFilled: [
          {
            labels: { ...node(0), slot: "200", severity: "ticket" },
            summary: "spare 200 of test is not parked",
            description:
              "It has been filled for longer than an upgrade of all nodes takes, and costs what a node costs.",
          },
        ],
      },
    },
    environment,
  );
});

it("tell that Prometheus knows no task at all, and don't take another environment's for them", () => {
  testRules(fleet({}, "other"), {
    "9m30s": {},
    "10m": {
      RoutedTargetsMissing: [
        {
          labels: { environment: "test", job: "routed-tasks", severity: "ticket" },
          summary: "Prometheus scrapes no task of test",
          description: "No alert on this environment can fire until its targets are back.",
        },
      ],
    },
  });
});

it("want tasksPerPop tasks of a PoP with placement spread, wherever they run", () => {
  const { routed } = aRoutedEnvironment();
  const environment: Environment = aRoutedEnvironment({
    routed: { ...routed, placement: "spread", tasksPerPop: 2 },
  });
  const elsewhere = { up: "0x240", healthy: "stale", rebuildProgress: "stale" };
  testRules(fleet({ "pop1 0": elsewhere, "pop2 1": elsewhere }), {
    "1h": {
      RoutedPopDegraded: [degraded("pop1", 2), degraded("pop2", 2)],
    },
  });
  testRules(fleet({ "pop1 0": elsewhere, "pop2 1": elsewhere }), { "1h": {} }, environment);
  const one = { "pop1 0": elsewhere, "pop1 1": elsewhere, "pop2 2": elsewhere };
  testRules(fleet(one), { "1h": { RoutedPopDegraded: [degraded("pop1", 1)] } }, environment);
});

it("wait as long as the config says, and link to where the runbooks are published", () => {
  const config = anExportConfig();
  const alerts = {
    ...config.alerts,
    popDegradedSeconds: 0,
    rebuildSeconds: 60,
    runbookUrl: "https://wiki.example/r",
  };
  const environment = aRoutedEnvironment({ export: { ...config, alerts } });
  const rules = renderPrometheusFiles(environment, someNodes(3))["rules.yml"] ?? "";
  expect(rules).toContain("runbook_url: https://wiki.example/r/alert-pop-down.md\n");
  expect(rules).toContain("> 60 and");
  expect(rules.match(/for: \d+s/g)).toEqual(
    ["60s", "0s", "600s", "0s", "300s", "0s", "600s"].map((each) => `for: ${each}`),
  );
});
