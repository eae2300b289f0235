import { cidrBlock } from "../cidr";
import type { Daemon } from "../environment-file.generated";
import { AGENT_PORTS } from "../host-ports";
import { MAX_RULES_PER_SECURITY_GROUP, MAX_SITE_ID, ROUTER_RULES } from "../limits";
import { daemonMetricsPorts } from "../node-daemons";
import { imageIsPinned, PORT_BASES } from "./routed-rules";
import type { Rule, Subject } from "./rule";
import { taskDaemonRules } from "./task-daemon-rules";
import type { FieldPath } from "../file/violation";

const DAEMONS: FieldPath = ["routed", "daemons"];
const PORTS: FieldPath = ["routed", "ports"];
/** Names of containers, services and families that the stack itself has. */
const TAKEN_NAMES = ["api", "bird", "canaries", "init", "pops", "router"];

export const daemonRules: readonly Rule[] = [
  { reads: [], check: namesAreFree },
  { reads: [], check: imagesArePinned },
  { reads: [], check: healthChecksAreCommands },
  { reads: [], check: keysSuitKinds },
  { reads: [], check: neededDaemonsAreChecked },
  { reads: [PORTS], check: portsAreFree },
  { reads: [], check: metricsPortsAreListenedOn },
  ...taskDaemonRules,
  { reads: [DAEMONS, ["network", "prometheusCidrs"]], check: rulesFitSecurityGroup },
];

function namesAreFree({ soundItems, report }: Subject): void {
  const owners = new Map<string, number>();
  for (const { index, value } of soundItems<Daemon>(DAEMONS)) {
    const path = [...DAEMONS, index, "name"];
    const owner = owners.get(value.name);
    if (TAKEN_NAMES.includes(value.name)) {
      const allowed = `must be none of ${TAKEN_NAMES.join(", ")}, which the stack uses itself`;
      report(path, `${allowed}, got "${value.name}"; rename it`);
    } else if (owner !== undefined) {
      const which = `got "${value.name}", which is item [${owner}]'s too`;
      report(path, `must be unique in its environment, ${which}; rename it`);
    } else owners.set(value.name, index);
  }
}

function imagesArePinned(subject: Subject): void {
  for (const { index, value } of subject.soundItems<Daemon>(DAEMONS)) {
    imageIsPinned(subject, [...DAEMONS, index, "image"], value.image);
  }
}

/** ECS takes a check without either word, and never runs it. */
function healthChecksAreCommands({ soundItems, report }: Subject): void {
  for (const { index, value } of soundItems<Daemon>(DAEMONS)) {
    const form = value.healthCheck?.command[0];
    if (form === undefined || form === "CMD" || form === "CMD-SHELL") continue;
    const path = [...DAEMONS, index, "healthCheck", "command"];
    report(path, `must begin with CMD or CMD-SHELL, got "${form}"; put one of them in front`);
  }
}

/** Each key, in which kind it means something, and why not in the other. */
const KINDS = [
  ["ports", "node", "one runs beside each PoP, and all on a node share its ports"],
  ["metricsPort", "node", "one runs beside each PoP, and all on a node share its ports"],
  ["needed", "node", "the task is only as healthy as its daemons anyway"],
  ["hostPaths", "node", "PoPs' tasks see nothing of the node"],
  ["dependsOn", "task", "ECS starts tasks of different services in no order"],
  ["startsBefore", "task", "ECS starts tasks of different services in no order"],
] as const;

function keysSuitKinds({ soundItems, report }: Subject): void {
  for (const { index, value } of soundItems<Daemon>(DAEMONS)) {
    for (const [key, kind, why] of KINDS) {
      const given = value[key];
      const isGiven = Array.isArray(given) ? given.length > 0 : Boolean(given);
      if (!isGiven || value.runs === kind) continue;
      const fix = `remove it, or set runs to ${kind}`;
      report(
        [...DAEMONS, index, key],
        `must not be given when runs is ${value.runs}: ${why}; ${fix}`,
      );
    }
  }
}

function neededDaemonsAreChecked({ soundItems, report }: Subject): void {
  for (const { index, value } of soundItems<Daemon>(DAEMONS)) {
    if (!value.needed || value.healthCheck !== undefined) continue;
    const path = [...DAEMONS, index, "needed"];
    report(path, "must be false without a healthCheck, got true; add one, or set it to false");
  }
}

function portsAreFree({ environment, soundItems, report }: Subject): void {
  const { ports: bases } = environment.routed;
  const owners = new Map<number, string>();
  for (const { index, value } of soundItems<Daemon>(DAEMONS)) {
    value.ports.forEach((port, position) => {
      const path = [...DAEMONS, index, "ports", position];
      const base = PORT_BASES.find(
        (name) => port > bases[name] && port <= bases[name] + MAX_SITE_ID,
      );
      const owner = owners.get(port);
      if (base !== undefined) {
        const range = `${bases[base] + 1}-${bases[base] + MAX_SITE_ID}`;
        const allowed = `must be outside the PoPs' ports ${range} (routed.ports.${base})`;
        report(path, `${allowed}, got ${port}; move it`);
      } else if (AGENT_PORTS.includes(port)) {
        report(
          path,
          `must be none that ECS reserves (${AGENT_PORTS.join(", ")}), got ${port}; move it`,
        );
      } else if (owner !== undefined) {
        report(path, `must be one daemon's only, got ${port}, which is ${owner}'s too; move it`);
      } else owners.set(port, value.name);
    });
  }
}

function metricsPortsAreListenedOn({ soundItems, report }: Subject): void {
  for (const { index, value } of soundItems<Daemon>(DAEMONS)) {
    const { metricsPort, ports } = value;
    if (metricsPort === undefined || ports.includes(metricsPort)) continue;
    const allowed = `must be one of the daemon's ports (${ports.join(", ") || "none"})`;
    report([...DAEMONS, index, "metricsPort"], `${allowed}, got ${metricsPort}; add it to ports`);
  }
}

function rulesFitSecurityGroup({ environment, report }: Subject): void {
  const { prometheusCidrs } = environment.network;
  const ipv4 = prometheusCidrs.filter((block) => cidrBlock(block).family === 4).length;
  const blocks = Math.max(ipv4, prometheusCidrs.length - ipv4);
  const ports = daemonMetricsPorts(environment.routed.daemons).length;
  const rules = ROUTER_RULES + blocks * (1 + ports);
  if (ports === 0 || rules <= MAX_RULES_PER_SECURITY_GROUP) return;
  const allowed = `must need at most ${MAX_RULES_PER_SECURITY_GROUP} rules in the nodes' security group`;
  const got = `got ${rules}: ${blocks} blocks of network.prometheusCidrs for the PoPs and ${ports} metricsPorts each`;
  report(DAEMONS, `${allowed}, ${got}; join blocks, or serve metrics from fewer daemons`);
}
