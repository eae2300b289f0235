import type { Daemon } from "../environment-file.generated";
import type { FieldPath } from "../file/violation";
import type { Rule, Subject } from "./rule";

const DAEMONS: FieldPath = ["routed", "daemons"];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const MAX_TASK_DEFINITION_BYTES = 64 * 1024;

/** What a definition of the PoPs' tasks has at most besides its daemons: images, scripts, tags. */
export const ROUTED_BYTES = 20 * 1024;

/** What a container has at most that its daemon doesn't say: names, log configuration, variables. */
export const CONTAINER_BYTES = 3 * 1024;

/** ECS refuses a task definition only once it is registered, when Terraform has changed other things. */
export const taskDefinitionRules: readonly Rule[] = [
  { reads: [], check: nodeDaemonsFit },
  { reads: [DAEMONS], check: taskDaemonsFit },
];

function nodeDaemonsFit({ soundItems, report }: Subject): void {
  for (const { index, value } of soundItems<Daemon>(DAEMONS)) {
    if (value.runs !== "node") continue;
    const most = MAX_TASK_DEFINITION_BYTES - CONTAINER_BYTES;
    const bytes = bytesOf(value);
    if (bytes <= most) continue;
    report([...DAEMONS, index], `${allowed(most, "its task definition")}, got ${bytes}; ${FIX}`);
  }
}

/** All are in the one definition that PoPs share. */
function taskDaemonsFit({ environment, report }: Subject): void {
  const daemons = environment.routed.daemons.filter(({ runs }) => runs === "task");
  const most = MAX_TASK_DEFINITION_BYTES - ROUTED_BYTES - daemons.length * CONTAINER_BYTES;
  const bytes = daemons.reduce((sum, daemon) => sum + bytesOf(daemon), 0);
  if (daemons.length === 0 || bytes <= most) return;
  const whose = `the PoPs' task definition with ${daemons.length} of them in it`;
  report(DAEMONS, `${allowed(most, whose)}, got ${bytes}; ${FIX}`);
}

const FIX = "shorten command or environment, or have the image read them from a file";

function allowed(most: number, whose: string): string {
  return `must be at most ${most} bytes of JSON, since ${whose} has ${MAX_TASK_DEFINITION_BYTES}`;
}

/** What a daemon says, as a task definition spells it. */
function bytesOf({ environment, hostPaths, ...others }: Daemon): number {
  const variables = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const mounts = hostPaths.map((path) => ({
    volume: { name: "host-10", host: { sourcePath: path } },
    mount: { sourceVolume: "host-10", containerPath: `/host${path}`, readOnly: true },
  }));
  return Buffer.byteLength(JSON.stringify({ ...others, environment: variables, mounts }));
}
