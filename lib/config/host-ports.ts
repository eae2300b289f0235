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

/** The agent's settings by which it reserves ports: of TCP, others than `AGENT_PORTS`, and of UDP. */
export const RESERVED_PORTS_SETTING = "ECS_RESERVED_PORTS";
const RESERVED_UDP_PORTS_SETTING = "ECS_RESERVED_PORTS_UDP";

/** Where the agent tells its metrics, if it is set to: reserved beside whatever else is. */
const AGENT_METRICS = { setting: "ECS_ENABLE_PROMETHEUS_METRICS", port: 51680 };

type AgentSettings = Readonly<Record<string, string>>;

/**
 * How many ports the agent reserves with these settings, of TCP and UDP together. A list that can't be
 * read counts as none.
 */
export function countReservedPorts(agentSettings: AgentSettings): number {
  return reservedTcpPorts(agentSettings).length + reservedUdpPorts(agentSettings).length;
}

function reservedTcpPorts(agentSettings: AgentSettings): readonly number[] {
  const set = listOf(agentSettings, RESERVED_PORTS_SETTING) ?? [];
  // The agent takes an empty list for none given.
  if (set.length === 0) return AGENT_PORTS;
  const metrics = agentSettings[AGENT_METRICS.setting] === undefined ? [] : [AGENT_METRICS.port];
  return [...new Set([...set, ...metrics])];
}

function reservedUdpPorts(agentSettings: AgentSettings): readonly number[] {
  return [...new Set(listOf(agentSettings, RESERVED_UDP_PORTS_SETTING) ?? [])];
}

/** Null where the setting's value is no list of ports, or there is none. */
function listOf(agentSettings: AgentSettings, setting: string): readonly number[] | null {
  try {
    const ports = JSON.parse(agentSettings[setting] ?? "") as unknown;
    return Array.isArray(ports) && ports.every(isPort) ? ports : null;
  } catch {
    return null;
  }
}

function isPort(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65535;
}

/** Why the agent can't reserve what one of its settings says; null where it can. */
export function reservedPortsProblem(name: string, agentSettings: AgentSettings): string | null {
  if (name !== RESERVED_PORTS_SETTING && name !== RESERVED_UDP_PORTS_SETTING) return null;
  const ports = listOf(agentSettings, name);
  if (ports === null) {
    const got = `got "${agentSettings[name]}"`;
    return `must be a JSON list of ports, as in [${AGENT_PORTS.join(",")}], ${got}; correct it`;
  }
  // The router's is one of TCP.
  const taken = ports.filter((port) => MAPPED_PORTS.includes(port));
  if (name === RESERVED_PORTS_SETTING && taken.length > 0) {
    return `must leave out port ${taken.join(", ")}, which the router on each node maps; take it off`;
  }
  const most = MAX_RESERVED_PORTS - MAPPED_PORTS.length;
  const count = countReservedPorts(agentSettings);
  const isToldOfUdp =
    name === RESERVED_PORTS_SETTING && agentSettings[RESERVED_UDP_PORTS_SETTING] !== undefined;
  if (count <= most || isToldOfUdp) return null;
  const why = `a node has ${MAX_RESERVED_PORTS} ports to reserve, and its tasks map ${MAPPED_PORTS.length}`;
  return `must be at most ${most} ports of TCP and UDP together, since ${why}, got ${count}; take some off`;
}
