import { translationProblem } from "../bottlerocket-agent";
import { FIRST_SPARE_SLOT } from "../../words";
import { reservedPortsProblem } from "../host-ports";
import { architectureOf } from "../instance-type";
import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const NODES: FieldPath = ["fleet", "nodes"];
const AGENT_SETTINGS: FieldPath = ["fleet", "ecsAgentSettings"];
/** What makes a node a node of its fleet. */
const FIXED_AGENT_SETTINGS = ["ECS_CLUSTER", "ECS_INSTANCE_ATTRIBUTES"];
/** With one of them the agent never registers its node: ECS refuses tags of who may not tag. */
const TAGGING_AGENT_SETTINGS = [
  "ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM",
  "ECS_CONTAINER_INSTANCE_TAGS",
];

/** Of names and values, a line each. */
export const MAX_AGENT_SETTINGS_BYTES = 8_192;

export const fleetRules: readonly Rule[] = [
  { reads: [NODES, ["routed", "tasksPerPop"]], check: nodesHoldAllTasksOfPop },
  { reads: [NODES, ["fleet", "maxUnavailableNodes"]], check: someNodesStayAvailable },
  { reads: [NODES, ["fleet", "spareNodes"]], check: frozenNodesExist },
  {
    reads: [
      ["fleet", "instanceType"],
      ["fleet", "image", "architecture"],
    ],
    check: imageSuitsInstanceType,
  },
  {
    reads: [AGENT_SETTINGS, ["fleet", "image", "os"]],
    check: agentSettingsAreFree,
  },
  { reads: [AGENT_SETTINGS], check: agentSettingsFitUserData },
];

/** A PoP's tasks run on distinct nodes, since they share its host ports. */
function nodesHoldAllTasksOfPop({ environment, report }: Subject): void {
  const { nodes } = environment.fleet;
  const { tasksPerPop } = environment.routed;
  if (nodes >= tasksPerPop) return;
  const allowed = `must be at least ${tasksPerPop} when routed.tasksPerPop is ${tasksPerPop}`;
  report(NODES, `${allowed}, got ${nodes}; add nodes or lower routed.tasksPerPop`);
}

function someNodesStayAvailable({ environment, report }: Subject): void {
  const { nodes, maxUnavailableNodes } = environment.fleet;
  if (maxUnavailableNodes < nodes) return;
  const allowed = nodes === 2 ? "1" : `between 1 and ${nodes - 1}`;
  report(
    ["fleet", "maxUnavailableNodes"],
    `must be ${allowed} when fleet.nodes is ${nodes}, got ${maxUnavailableNodes}; lower it or add nodes`,
  );
}

function frozenNodesExist({ environment, soundItems, report }: Subject): void {
  const { nodes, spareNodes } = environment.fleet;
  const path: FieldPath = ["fleet", "frozenNodes"];
  for (const { index, value: slot } of soundItems<number>(path)) {
    const spare = slot - FIRST_SPARE_SLOT;
    if (slot < nodes || (spare >= 0 && spare < spareNodes)) continue;
    const last = FIRST_SPARE_SLOT + spareNodes - 1;
    const spares = spareNodes === 0 ? "" : `, or a spare's, ${FIRST_SPARE_SLOT} to ${last}`;
    const allowed = `must be between 0 and ${nodes - 1} when fleet.nodes is ${nodes}${spares}`;
    const fix = "a frozen node is never removed: take it off the list or add nodes";
    report([...path, index], `${allowed}, got ${slot}; ${fix}`);
  }
}

function imageSuitsInstanceType({ environment, report }: Subject): void {
  const { instanceType, image } = environment.fleet;
  const actual = architectureOf(instanceType);
  if (actual === image.architecture) return;
  const allowed = `must be of fleet.image.architecture, ${image.architecture}`;
  const got = `got "${instanceType}", which is ${actual}`;
  report(["fleet", "instanceType"], `${allowed}, ${got}; change one of the two`);
}

/** EC2 takes 16,384 bytes of user data, of which the rest is the fleet's own. */
function agentSettingsFitUserData({ environment, report }: Subject): void {
  const lines = Object.entries(environment.fleet.ecsAgentSettings).map((pair) => pair.join("="));
  const bytes = Buffer.byteLength(lines.join("\n"));
  if (bytes <= MAX_AGENT_SETTINGS_BYTES) return;
  const why = "since a node's user data has 16384";
  report(
    AGENT_SETTINGS,
    `must be at most ${MAX_AGENT_SETTINGS_BYTES} bytes in all, ${why}, got ${bytes}; shorten some`,
  );
}

function agentSettingsAreFree({ environment, report }: Subject): void {
  const { ecsAgentSettings, image } = environment.fleet;
  for (const [name, value] of Object.entries(ecsAgentSettings)) {
    if (FIXED_AGENT_SETTINGS.includes(name)) {
      const message =
        "is set by the fleet itself, from the environment's name and the slot; remove it";
      report([...AGENT_SETTINGS, name], message);
      continue;
    }
    if (TAGGING_AGENT_SETTINGS.includes(name)) {
      report([...AGENT_SETTINGS, name], "needs ecs:TagResource, which nodes don't have; remove it");
      continue;
    }
    const problem =
      image.os === "bottlerocket"
        ? translationProblem(name, value)
        : reservedPortsProblem(name, ecsAgentSettings);
    if (problem !== null) report([...AGENT_SETTINGS, name], problem);
  }
}
