import type { ObservedInstance } from "../../../lib/observe/observation";
import { isOpen, NODE_SPEC_PARTS } from "../../../lib/plan/node-spec";
import type { NodeSpecPart } from "../../../lib/plan/node-spec";
import { renderReportHtml } from "../../../lib/report/html/render-page";
import { renderReportMarkdown } from "../../../lib/report/render-markdown";
import { openChanges } from "../../../lib/report/report-nodes";
import { DEFAULT_BAKE_SECONDS } from "../../../lib/rollout/rollout-settings";
import { renderReportJson } from "../../../lib/report/report-model";
import { slotRanges } from "../../../lib/report/node-groups";
import { waveDiagram } from "../../../lib/report/wave-diagram";
import {
  NEW_AMI,
  OLD_AMI,
  withEcsChange,
  withNewAmi,
  withoutInstance,
  withTask,
} from "../../support/fleet";
import { aPoppedEnvironment } from "../verify/a-plan";
import { aReport, aRunningFleet, aVerifiedReport } from "./a-report";
import { renderWhy } from "../../../lib/plan/render/render-why";

const fleet = aRunningFleet();

it("tells of each slot what it runs, how it is, and what becomes of it", () => {
  const [first, second] = aReport(withNewAmi(fleet)).nodes;
  expect(first).toMatchObject({
    slot: 0,
    action: "upgrade",
    runs: { amiId: OLD_AMI },
    becomes: { amiId: NEW_AMI },
    changes: ["amiId"],
    ageSeconds: 12 * 3600,
    state: { kind: "available" },
    tasks: { healthy: 2, expected: 2 },
  });
  expect(second).toMatchObject({ slot: 1, action: "keep", pending: "upgrade" });
});

it("tells that user data changes, and never what it says", () => {
  const instances = fleet.instances.map((i) => ({ ...i, userDataBase64: "c2VjcmV0" }));
  const report = aReport({ ...fleet, instances });
  expect(report.nodes[0]).toMatchObject({
    action: "upgrade",
    changes: expect.arrayContaining(["userDataBase64"]) as string[],
  });
  expect(renderReportJson(report)).not.toContain("c2VjcmV0");
  expect(JSON.stringify(report)).not.toContain('userDataBase64":');
});

/** A spec that differs in one part, whatever that is. */
function changed(instance: ObservedInstance, part: NodeSpecPart): ObservedInstance {
  const value = NODE_SPEC_PARTS[part].type === "string" ? `other-${part}` : 4321;
  return { ...instance, [part]: value };
}

it.each(Object.keys(NODE_SPEC_PARTS) as NodeSpecPart[])(
  "tells that a node's %s changes, in every form of the report",
  (part) => {
    const report = aReport({ ...fleet, instances: fleet.instances.map((i) => changed(i, part)) });
    expect(report.nodes[0]).toMatchObject({ action: "upgrade", changes: [part] });
    const { name } = NODE_SPEC_PARTS[part];
    const words = isOpen(part) ? /other-|4321/ : new RegExp(name);
    expect(renderReportMarkdown(report)).toMatch(words);
    // The page tells what the node becomes.
    const { to } = openChanges(report.nodes[0]!)[0] ?? { to: `new ${name}` };
    expect(renderReportHtml(report)).toContain(to);
    expect(renderWhy(report.nodes[0]!)).toContain(name);
  },
);

it("tells of a slot without an instance", () => {
  const [, second] = aReport(withoutInstance(fleet, 1)).nodes;
  expect(second).toMatchObject({
    action: "create",
    instanceId: null,
    runs: null,
    available: false,
  });
  expect(second?.state).toEqual({ kind: "no-instance" });
});

it("estimates waves by the config, and by past waves where there are some", () => {
  const { waves } = aReport(withNewAmi(fleet));
  const { stateRebuildMinutes } = aPoppedEnvironment().routed;
  const seconds = 2 + 60 + 3 + 60 + 5 + 150 + 90 + stateRebuildMinutes * 60 + DEFAULT_BAKE_SECONDS;
  expect(waves).toMatchObject({
    secondsPerWave: seconds,
    converges: true,
    held: false,
    pastWaves: 0,
  });
  expect(
    waves.list.map(({ number, startSeconds, changes }) => [number, startSeconds, changes]),
  ).toEqual([
    [1, 0, [{ slot: 0, action: "upgrade" }]],
    [2, seconds, [{ slot: 1, action: "upgrade" }]],
    [3, 2 * seconds, [{ slot: 2, action: "upgrade" }]],
  ]);
});

describe("PoP × node coverage", () => {
  it("tells healthy, not healthy and missing tasks apart, and what is left during the deploy", () => {
    const rebuilding = withTask(fleet, "pop1", 1, { healthStatus: "UNKNOWN" });
    const observation = withEcsChange(rebuilding, ({ tasks }) => ({
      tasks: tasks.filter(({ serviceName }, index) => serviceName !== "pop2" || index % 3 !== 2),
    }));
    const { coverage } = aReport(withNewAmi(observation));
    expect(coverage).toMatchObject({ known: true, slots: [0, 1, 2] });
    if (!coverage.known) throw new Error("ECS was read");
    expect(coverage.pops[0]).toMatchObject({
      pop: "pop1",
      tasks: ["healthy", "not-healthy", "healthy"],
      healthy: 2,
    });
    expect(coverage.pops[1]?.tasks.filter((task) => task === "missing")).toHaveLength(1);
  });

  it("is not known where ECS couldn't be read", () => {
    const health = { source: "unreadable" as const, reason: "ecs:ListTasks failed" };
    expect(aReport({ ...fleet, health }).coverage).toEqual({
      known: false,
      reason: "ecs:ListTasks failed",
    });
  });

  it("misses no task of a PoP on the nodes of another cell", () => {
    const environment = aPoppedEnvironment();
    const cells = [
      { name: "east", nodes: [0, 1] },
      { name: "west", nodes: [2] },
    ];
    const celled = {
      ...environment,
      fleet: { ...environment.fleet, cells },
      routed: { ...environment.routed, tasksPerPop: 1 },
      autopilotSites: environment.autopilotSites.map((site) => ({ ...site, cell: "east" })),
    };
    const observation = withEcsChange(fleet, () => ({ tasks: [] }));
    const { coverage } = aReport(observation, celled);
    const [pop] = coverage.known ? coverage.pops : [];
    expect(pop?.tasks).toEqual(["missing", "missing", "none"]);
  });

  it("knows of no missing task where a PoP isn't on every node", () => {
    const health = withEcsChange(fleet, ({ services, tasks }) => ({
      services: services.map((service) => ({ ...service, scheduling: "REPLICA" as const })),
      tasks: tasks.filter((_, index) => index !== 0),
    })).health;
    const { coverage } = aReport({ ...fleet, health });
    const states = coverage.known ? coverage.pops.flatMap(({ tasks }) => tasks) : [];
    expect(states.filter((state) => state === "none")).toHaveLength(1);
    expect(states).not.toContain("missing");
  });
});

describe("PoPs", () => {
  const grown = aPoppedEnvironment({
    autopilotSites: [
      ...aPoppedEnvironment().autopilotSites,
      { id: 3, name: "pop3", bgpPeers: ["2001:db8:3::/48"] },
    ],
  });

  it("that are new or gone are told without Terraform's plan", () => {
    expect(aReport(fleet, grown).pops).toMatchObject({ added: ["pop3"], removed: [] });
    expect(aReport(aRunningFleet(grown)).pops).toMatchObject({ added: [], removed: ["pop3"] });
  });

  it("that get new tasks, change or go are told by Terraform's plan", () => {
    const report = aVerifiedReport(fleet, aPoppedEnvironment(), (draft) =>
      draft
        .edit("aws_ecs_service.pop1", { task_definition: "arn:task-definition/pop1:2" })
        .edit("aws_ecs_service.pop2", { deployment_maximum_percent: 150 }),
    );
    expect(report.pops).toEqual({
      added: [],
      removed: [],
      redeployed: ["pop1"],
      changed: ["pop2"],
    });
    const gone = aVerifiedReport(fleet, aPoppedEnvironment(), (draft) =>
      draft.destroy("aws_ecs_service.pop2"),
    );
    expect(gone.pops).toMatchObject({ removed: ["pop2"], changed: [] });
  });
});

it("counts resources by kind", () => {
  const report = aVerifiedReport(withNewAmi(fleet));
  const instances = report.resources?.find(({ type }) => type === "aws_instance");
  expect(instances?.effects).toMatchObject({ replace: 1, none: 2, create: 0 });
});

it("draws a slot's changes over the waves", () => {
  expect(
    waveDiagram(aReport(withNewAmi(withoutInstance(fleet, 2))))
      .split("\n")
      .slice(0, 4),
  ).toEqual([
    "                    now  wave 1  wave 2  wave 3",
    "us-east-2a  node 0  ○    ○       ↻       ●",
    "us-east-2b  node 1  ○    ○       ○       ↻",
    "us-east-2c  node 2       +       ●       ●",
  ]);
  expect(waveDiagram(aReport(fleet))).toBe("");
});

it.each([
  [[], ""],
  [[0], "0"],
  [[0, 1], "0, 1"],
  [[2, 0, 1], "0–2"],
  [[0, 1, 2, 5, 7, 8], "0–2, 5, 7, 8"],
])("names slots %j as %j", (slots, text) => {
  expect(slotRanges(slots)).toBe(text);
});
