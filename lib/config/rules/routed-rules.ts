import { AGENT_PORTS } from "../host-ports";
import { CPU_UNITS_PER_VCPU, MAX_SITE_ID } from "../limits";
import { valueAt } from "./rule";
import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const PORTS: FieldPath = ["routed", "ports"];
export const PORT_BASES = ["bgpBase", "apiBase", "metricsBase"] as const;

const IMAGES: readonly FieldPath[] = [
  ["routed", "image"],
  ["routed", "canaryImage"],
  ["routed", "initImage"],
  ["network", "routerImage"],
];

export const routedRules: readonly Rule[] = [
  ...IMAGES.map((path): Rule => ({
    reads: [path],
    check: (subject) => {
      const image = valueAt(subject.environment, path);
      if (typeof image === "string") imageIsPinned(subject, path, image);
    },
  })),
  {
    reads: [
      ["routed", "placement"],
      ["routed", "tasksPerPop"],
    ],
    check: spreadPopsAreRedundant,
  },
  {
    reads: [
      ["routed", "cpuIsolation"],
      ["routed", "cpuUnits"],
    ],
    check: coreSetsAreWhole,
  },
  { reads: [PORTS], check: portRangesAreApart },
  { reads: [PORTS], check: portRangesAreFree },
];

/**
 * What a node can pull: a host with a dot or port in front, or none, and a repository in lower case.
 * @see https://github.com/distribution/reference/blob/main/regexp.go
 */
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const HOST = `(?:${LABEL}(?:\\.${LABEL})+(?::[0-9]{1,5})?|${LABEL}:[0-9]{1,5}|localhost)/`;
const PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const IMAGE = new RegExp(
  `^((?:${HOST})?${PART}(?:/${PART})*)(?::(${TAG}))?(?:@(sha256:[0-9a-f]{64}))?$`,
);

export function imageIsPinned({ report }: Subject, path: FieldPath, image: string): void {
  const [, name, tag, digest] = IMAGE.exec(image) ?? [];
  const fix = "name the release to run";
  if (name === undefined) {
    const allowed =
      "must be a repository in lower case with a tag (name:tag) or digest (name@sha256:…)";
    report(path, `${allowed}, got "${image}"; ${fix}`);
  } else if (digest === undefined && tag === undefined) {
    report(path, `must have a tag or digest, got "${image}", which has none; ${fix}`);
  } else if (digest === undefined && tag === "latest") {
    report(
      path,
      `must not have the tag latest, which changes under running nodes, got "${image}"; ${fix}`,
    );
  }
}

/** ECS replaces at most half of a PoP's tasks at once, which of one task is none. */
function spreadPopsAreRedundant({ environment, report }: Subject): void {
  const { placement, tasksPerPop } = environment.routed;
  if (placement !== "spread" || tasksPerPop >= 2) return;
  const allowed = "must be between 2 and 10 when routed.placement is spread";
  report(["routed", "tasksPerPop"], `${allowed}, got ${tasksPerPop}; raise it`);
}

function coreSetsAreWhole({ environment, report }: Subject): void {
  const { cpuIsolation, cpuUnits } = environment.routed;
  if (cpuIsolation === "quota" || cpuUnits % CPU_UNITS_PER_VCPU === 0) return;
  const whole = Math.ceil(cpuUnits / CPU_UNITS_PER_VCPU) * CPU_UNITS_PER_VCPU;
  const allowed = `must be a multiple of ${CPU_UNITS_PER_VCPU} when routed.cpuIsolation is cpuset`;
  report(
    ["routed", "cpuUnits"],
    `${allowed}, got ${cpuUnits}: a task has whole vCPUs of its own; raise it to ${whole}`,
  );
}

function portRangesAreApart({ environment, report }: Subject): void {
  const { ports } = environment.routed;
  PORT_BASES.forEach((name, position) => {
    const rival = PORT_BASES.slice(0, position).find((other) => {
      return Math.abs(ports[name] - ports[other]) < MAX_SITE_ID;
    });
    if (!rival) return;
    const allowed = `must be at least ${MAX_SITE_ID} from routed.ports.${rival}, ${ports[rival]}`;
    const ranges = `ports ${rangeOf(ports[name])} and ${rangeOf(ports[rival])} collide`;
    report([...PORTS, name], `${allowed}, got ${ports[name]}: ${ranges}; move one of them`);
  });
}

function portRangesAreFree({ environment, report }: Subject): void {
  const { ports } = environment.routed;
  for (const name of PORT_BASES) {
    const base = ports[name];
    const taken = AGENT_PORTS.find((port) => port > base && port <= base + MAX_SITE_ID);
    if (taken === undefined) continue;
    const allowed = `must keep clear of port ${taken}, which ECS reserves`;
    const got = `got ${base}, whose range is ${rangeOf(base)}`;
    report([...PORTS, name], `${allowed}, ${got}; move it`);
  }
}

function rangeOf(base: number): string {
  return `${base + 1}-${base + MAX_SITE_ID}`;
}
