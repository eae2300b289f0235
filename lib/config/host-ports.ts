import { ROUTER_PORT } from "./naming";

/**
 * The ports of a node that ECS keeps from tasks: SSH's, Docker's and its agent's.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export const AGENT_PORTS: readonly number[] = [22, 2375, 2376, 51678, 51679, 51680];

/** Ports of a node that can be reserved at a time: by the agent, and by what its tasks map. */
export const MAX_RESERVED_PORTS = 100;

/**
 * What the tasks on each node map. In host networking that opens nothing, so only the router's port is
 * mapped: by it ECS makes a task a target of the load balancer.
 */
export const MAPPED_PORTS: readonly number[] = [ROUTER_PORT];

/** The agent's setting by which it reserves other ports than `AGENT_PORTS`. */
export const RESERVED_PORTS_SETTING = "ECS_RESERVED_PORTS";

/** Where the agent tells its metrics, if it is set to: reserved beside whatever else is. */
const AGENT_METRICS = { setting: "ECS_ENABLE_PROMETHEUS_METRICS", port: 51680 };

/** The ports that the agent reserves with these settings; null where its own is no list of ports. */
export function reservedPorts(
  agentSettings: Readonly<Record<string, string>>,
): readonly number[] | null {
  const setting = agentSettings[RESERVED_PORTS_SETTING];
  if (setting === undefined) return AGENT_PORTS;
  const [, list] = /^\[\s*(\d{1,5}(?:\s*,\s*\d{1,5})*)\s*\]$/.exec(setting) ?? [];
  const metrics = agentSettings[AGENT_METRICS.setting] === undefined ? [] : [AGENT_METRICS.port];
  const ports = [...new Set([...(list?.split(",").map(Number) ?? []), ...metrics])];
  return list === undefined || ports.some((port) => port > 65535) ? null : ports;
}

/** Why the agent can't reserve what its setting says; null where it can. */
export function reservedPortsProblem(
  agentSettings: Readonly<Record<string, string>>,
): string | null {
  const ports = reservedPorts(agentSettings);
  const most = MAX_RESERVED_PORTS - MAPPED_PORTS.length;
  if (ports === null) {
    const got = `got "${agentSettings[RESERVED_PORTS_SETTING]}"`;
    return `must be a JSON list of ports, as in [${AGENT_PORTS.join(",")}], ${got}; correct it`;
  }
  const taken = ports.filter((port) => MAPPED_PORTS.includes(port));
  if (taken.length > 0) {
    return `must leave out port ${taken.join(", ")}, which the router on each node maps; take it off`;
  }
  if (ports.length <= most) return null;
  const why = `a node has ${MAX_RESERVED_PORTS} ports to reserve, and its tasks map ${MAPPED_PORTS.length}`;
  return `must be at most ${most} ports, since ${why}, got ${ports.length}; take some off`;
}
