import type { Daemon } from "../environment-file.generated";
import { daemonsThatRunOn } from "../node-daemons";
import type { Item, Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const DAEMONS: FieldPath = ["routed", "daemons"];
/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_CONTAINERS = 10;
/** The routed ones, and the one by which a task learns its PoP. */
const OWN_CONTAINERS = 3;
/** What the routed containers keep of the task's CPU units, and of its MiB. */
const LEAST_LEFT = 128;
/** The routed containers, with those that they start after. */
const ROUTED_CONTAINERS = [
  { name: "bird", after: [] },
  { name: "api", after: ["bird"] },
] as const;

/** The rules of daemons that are containers of PoPs' tasks. */
export const taskDaemonRules: readonly Rule[] = [
  { reads: [["routed", "apiHealthCheck"]], check: dependenciesCanBeMet },
  { reads: [DAEMONS], check: containersStartInSomeOrder },
  { reads: [DAEMONS], check: containersFitDefinition },
  {
    reads: [DAEMONS, ["routed", "cpuUnits"], ["routed", "memoryMiB"]],
    check: limitsFitTask,
  },
];

function taskDaemons({ soundItems }: Subject): Item<Daemon>[] {
  return soundItems<Daemon>(DAEMONS).filter(({ value }) => value.runs === "task");
}

function dependenciesCanBeMet(subject: Subject): void {
  const daemons = taskDaemons(subject);
  for (const { index, value } of daemons) {
    const others = [
      { name: "bird", isChecked: true },
      { name: "api", isChecked: subject.environment.routed.apiHealthCheck },
      ...daemons
        .filter((other) => other.index !== index)
        .map((other) => ({
          name: other.value.name,
          isChecked: other.value.healthCheck !== undefined,
        })),
    ];
    value.dependsOn.forEach(({ container, condition }, position) => {
      const path = [...DAEMONS, index, "dependsOn", position];
      const other = others.find(({ name }) => name === container);
      if (other === undefined) {
        const names = others.map(({ name }) => name).join(", ");
        const allowed = `must be another container of the task (${names})`;
        subject.report([...path, "container"], `${allowed}, got "${container}"; correct it`);
      } else if (condition === "HEALTHY" && !other.isChecked) {
        const allowed = `must be START, since ${container} has no health check`;
        subject.report([...path, "condition"], `${allowed}, got "HEALTHY"; change it`);
      }
    });
  }
}

function containersStartInSomeOrder({ environment, report }: Subject): void {
  const daemons = daemonsThatRunOn("task", environment.routed.daemons);
  const waitsFor = new Map<string, readonly string[]>([
    ...ROUTED_CONTAINERS.map(({ name, after }) => {
      const before = daemons.filter(({ startsBefore }) => startsBefore.includes(name));
      return [name, [...after, ...before.map((daemon) => daemon.name)]] as const;
    }),
    ...daemons.map(
      ({ name, dependsOn }) =>
        [
          name,
          dependsOn.map(({ container }) => container).filter((other) => other !== name),
        ] as const,
    ),
  ]);
  for (const { name } of daemons) {
    const cycle = wayBackTo(name, waitsFor);
    if (cycle === null) continue;
    const index = environment.routed.daemons.findIndex((daemon) => daemon.name === name);
    const got = `got ${[...cycle, name].join(" → ")}`;
    report(
      [...DAEMONS, index],
      `must not wait for itself, ${got}; take one off dependsOn or startsBefore`,
    );
    return;
  }
}

/** The containers that wait for each other from `start` to itself; null where none do. */
function wayBackTo(
  start: string,
  waitsFor: ReadonlyMap<string, readonly string[]>,
): readonly string[] | null {
  const seen = new Set<string>();
  const ways: (readonly string[])[] = [[start]];
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    for (const next of waitsFor.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return null;
}

function containersFitDefinition({ environment, report }: Subject): void {
  const count = daemonsThatRunOn("task", environment.routed.daemons).length;
  if (OWN_CONTAINERS + count <= MAX_CONTAINERS) return;
  const allowed = `must have at most ${MAX_CONTAINERS - OWN_CONTAINERS} that run in the task`;
  const why = `a task has at most ${MAX_CONTAINERS} containers, ${OWN_CONTAINERS} of them its own`;
  report(DAEMONS, `${allowed}, got ${count}: ${why}; let some run on the node`);
}

function limitsFitTask({ environment, report }: Subject): void {
  const daemons = daemonsThatRunOn("task", environment.routed.daemons);
  for (const key of ["cpuUnits", "memoryMiB"] as const) {
    const whole = environment.routed[key];
    const taken = daemons.reduce((sum, daemon) => sum + daemon[key], 0);
    if (taken === 0 || whole - taken >= LEAST_LEFT) continue;
    const allowed = `must leave the routed containers ${LEAST_LEFT} of routed.${key}, ${whole}`;
    report(DAEMONS, `${allowed}, got ${taken} for those that run in the task; raise routed.${key}`);
  }
}
