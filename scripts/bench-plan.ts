/**
 * `npm run bench:plan`: what assigning PoPs to cells and to core sets and planning the next deploy
 * cost, as the fleet grows: an upgrade is due, and a cell has just been added.
 *
 * Targets: a plan of 5,000 PoPs on 200 nodes, with all its later waves, takes at most a
 * second of processor time, and its assignments a tenth of a second each; a PoP costs no more
 * than four times there what it costs at a tenth of the size. Ends with status 1 where a target is
 * missed.
 */
import Table from "cli-table3";
import { imageParameter } from "../lib/config/naming";
import { emptyObservation } from "../lib/observe/empty-observation";
import type { Observation } from "../lib/observe/observation";
import { assignCells } from "../lib/plan/assign/assign-cells";
import { assignCoreSets } from "../lib/plan/assign/assign-core-sets";
import type { DesiredFleet } from "../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../lib/plan/plan-upgrade";
import { simulateHealth } from "../lib/plan/simulate/simulate-health";
import { simulateWave } from "../lib/plan/simulate/simulate-wave";
import { readOptions } from "./options";

const NODES_PER_CELL = 4;
const SIZES = [
  { pops: 500, nodes: 20 },
  { pops: 2000, nodes: 80 },
  { pops: 5000, nodes: 200 },
];
const RUNS = 5;
const MOST_SECONDS = 1;
const MOST_ASSIGN_SECONDS = 0.1;
const MOST_GROWTH = 4;
const OLD_AMI = "ami-00000000000000001";
const NEW_AMI = "ami-00000000000000002";

readOptions(process.argv.slice(2), {});

function fleetOf(pops: number, nodes: number): DesiredFleet {
  const cells = Array.from({ length: nodes / NODES_PER_CELL }, (_, index) => ({
    name: `c${index}`,
    slots: Array.from({ length: NODES_PER_CELL }, (__, slot) => index * NODES_PER_CELL + slot),
  }));
  return {
    environment: "bench",
    clusterName: "routed-bench",
    os: "al2023",
    architecture: "x86_64",
    amiId: "latest",
    instanceType: "r7i.48xlarge",
    rootVolumeGiB: 100,
    ecsAgentSettings: {},
    spareNodes: 0,
    nodes,
    availabilityZones: ["us-east-2a", "us-east-2b", "us-east-2c"],
    maxUnavailableNodes: cells.length,
    frozenNodes: [],
    cells,
    pops: Array.from({ length: pops }, (_, index) => ({ name: `pop${index}` })),
    placement: "daemon",
    tasksPerPop: 2,
    cpuIsolation: "quota",
  };
}

/** What is observed of a fleet that lacks its last cell and the newest AMI, and is well. */
function observed(desired: DesiredFleet): Observation {
  const before = {
    ...desired,
    cells: desired.cells.slice(0, -1),
    nodes: desired.nodes - NODES_PER_CELL,
  };
  const parameter = imageParameter("al2023", "x86_64");
  const aws = {
    accountId: "123456789012",
    region: "us-east-2",
    availabilityZones: [],
    permissionsBoundary: false,
  };
  const empty = emptyObservation({ name: "bench", aws }, { [parameter]: OLD_AMI });
  const plan = planUpgrade(before, empty);
  const built = simulateWave(empty, plan);
  const services = desired.pops.map(({ name }) => ({
    serviceName: name,
    scheduling: "DAEMON" as const,
    desiredCount: NODES_PER_CELL,
    runningCount: NODES_PER_CELL,
    deploymentInProgress: false,
  }));
  const started = {
    ...built,
    health: { source: "ecs" as const, containerInstances: [], services, tasks: [] },
  };
  const health = simulateHealth(started, built.instances, plan);
  return { ...built, images: { [parameter]: NEW_AMI }, health };
}

/** Of processor time: another process on the machine doesn't count. */
function medianSeconds(what: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = process.cpuUsage();
    what();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  }).sort((a, b) => a - b);
  return times[Math.floor(RUNS / 2)] ?? NaN;
}

const table = new Table({
  head: [
    "PoPs",
    "nodes",
    "cells",
    "moved",
    "assign ms",
    "core sets ms",
    "plan ms",
    "plan µs per PoP",
  ],
  style: { head: [], border: [] },
});
const measured = SIZES.map(({ pops, nodes }) => {
  const desired = fleetOf(pops, nodes);
  const observation = observed(desired);
  const { health } = observation;
  const current = new Map(
    health.source === "ecs" ? health.services.map((s) => [s.serviceName, s.cell ?? null]) : [],
  );
  const names = desired.cells.map(({ name }) => name);
  const asked = desired.pops.map(({ name }) => ({
    pop: name,
    currentCell: current.get(name) ?? null,
  }));
  const assign = medianSeconds(() => assignCells(asked, names));
  const cells = assignCells(asked, names);
  const parts = [...cells].map(([pop, cell]) => ({ pop, parts: [cell], current: null }));
  const coreSets = medianSeconds(() => assignCoreSets(parts));
  const seconds = medianSeconds(() => planUpgrade(desired, observation));
  const moved = planUpgrade(desired, observation).placement?.moves.length ?? 0;
  const each = (seconds / pops) * 1e6;
  table.push([
    pops,
    nodes,
    names.length,
    moved,
    (assign * 1000).toFixed(1),
    (coreSets * 1000).toFixed(1),
    (seconds * 1000).toFixed(0),
    each.toFixed(0),
  ]);
  return { assign, coreSets, seconds, each };
});
console.log(table.toString());
const [small] = measured;
const large = measured.at(-1);
const growth = (large?.each ?? NaN) / (small?.each ?? NaN);
const targets = [
  [
    `a plan of the largest fleet: ${large?.seconds.toFixed(2)} s of ${MOST_SECONDS}`,
    (large?.seconds ?? Infinity) <= MOST_SECONDS,
  ],
  [
    `its assignment: ${large?.assign.toFixed(3)} s of ${MOST_ASSIGN_SECONDS}`,
    (large?.assign ?? Infinity) <= MOST_ASSIGN_SECONDS,
  ],
  [
    `its core sets: ${large?.coreSets.toFixed(3)} s of ${MOST_ASSIGN_SECONDS}`,
    (large?.coreSets ?? Infinity) <= MOST_ASSIGN_SECONDS,
  ],
  [
    `a PoP's share against the smallest: ${growth.toFixed(1)} of ${MOST_GROWTH}`,
    growth <= MOST_GROWTH,
  ],
] as const;
for (const [text, holds] of targets) console.log(`${holds ? "holds " : "MISSED"} ${text}`);
if (targets.some(([, holds]) => !holds)) process.exitCode = 1;
