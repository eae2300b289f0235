import { CORE_SET_SCRIPT } from "./core-set-script";

/** The file that a shared definition's init container writes: lines of `NAME=value`. */
export const TASK_ENVIRONMENT_FILE = "/opt/routed-task/environment";

/** Where the init container's and the routed containers' common volume is mounted. */
export const TASK_ENVIRONMENT_DIRECTORY = "/opt/routed-task";

/**
 * Asks 20 times, with a second more between two askings up to 10 s: 145 s, and up to 100 s of
 * waiting for answers. Waits 150 s for ports: an earlier task has 120 s to stop.
 */
export const ASK_ATTEMPTS = 20;
export const PORT_WAIT_SECONDS = 150;

/** Longer than the script can take: then ECS gives the task up. */
export const INIT_TIMEOUT_SECONDS = 480;

/**
 * What the init container of a shared task definition runs, under any POSIX shell with BusyBox's
 * `timeout`, `wget`, `sed`, `tr`, `awk`, `cat`, `mv`, `sleep`, and for core sets `cp`, `basename`,
 * `dirname`, `sort` and `taskset`: it asks ECS's task metadata endpoint whose task this is, by the
 * tags that the PoP's service hands on to it, and writes the task's environment file.
 *
 * No variable is in braces, which Terraform would take for an expression of its own.
 *
 * Each part reads and sets shell variables of the script; one more part can be put in before
 * `WRITE`, with its line in what that writes.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
 */
export function renderTaskInitScript(options: { readonly coreSets?: boolean } = {}): string {
  if (options.coreSets !== true) return [PREAMBLE, ASK, JUDGE, PORTS, renderWrite([])].join("\n");
  const write = renderWrite(["ROUTED_CPUS=$cpus", "ROUTED_TASKSET=$directory/taskset"]);
  return [PREAMBLE, ASK, JUDGE, CORE_SET_SCRIPT, PORTS, write].join("\n");
}

const PREAMBLE = `set -e
say() { echo "routed-init: $*"; }
fail() { say "FATAL: $*; the task is given up, and ECS starts another" >&2; exit 1; }
`;

/** The agent answers late, or without tags, while it is throttled or its task has just begun. */
const ASK = `# Whose task is this? The metadata endpoint tells it with the tags of the PoP's service.
[ -n "$ECS_CONTAINER_METADATA_URI_V4" ] || fail "ECS_CONTAINER_METADATA_URI_V4 is not set: no ECS agent 1.39 or later"
tag() { printf '%s' "$tags" | tr ',' '\\n' | sed -n "s/^ *\\"$1\\" *: *\\"\\([^\\"]*\\)\\" *$/\\1/p"; }
attempt=1
while :; do
  answer=$(timeout 5 wget -q -O - "$ECS_CONTAINER_METADATA_URI_V4/taskWithTags") || answer=
  answer=$(printf '%s' "$answer" | tr -d '\\n')
  tags=$(printf '%s' "$answer" | sed -n 's/.*"TaskTags" *: *{\\([^}]*\\)}.*/\\1/p')
  pop=$(tag routed:pop)
  site=$(tag routed:site-id)
  if [ -n "$pop" ] && [ -n "$site" ]; then break; fi
  why="no answer"
  if [ -n "$answer" ]; then why="an answer without the tags routed:pop and routed:site-id"; fi
  errors=$(printf '%s' "$answer" | sed -n 's/.*\\("Errors" *: *\\[[^]]*\\]\\).*/\\1/p')
  [ "$attempt" -lt ${ASK_ATTEMPTS} ] || fail "asked the task metadata endpoint $attempt times, got $why: $errors"
  say "attempt $attempt of ${ASK_ATTEMPTS}: got $why"
  sleep $((attempt < 10 ? attempt : 10))
  attempt=$((attempt + 1))
done
`;

const JUDGE = `# An answer that can't be right must not become a BGP speaker of another PoP.
case $pop in *[!a-z0-9-]*) fail "the tag routed:pop must be a PoP's name, got '$pop'" ;; esac
case $site in *[!0-9]* | 0* | ??????*) fail "the tag routed:site-id must be a site's id, got '$site'" ;; esac
service=$(printf '%s' "$answer" | sed -n 's/.*"ServiceName" *: *"\\([^"]*\\)".*/\\1/p')
[ -z "$service" ] || [ "$service" = "$pop" ] || fail "the task is of service '$service', but its tag routed:pop is '$pop'"
bgp=$((ROUTED_BGP_BASE + site))
api=$((ROUTED_API_BASE + site))
metrics=$((ROUTED_METRICS_BASE + site))
`;

/** What port mappings do where a definition has them: ECS then starts no task beside an earlier one. */
const PORTS = `# An earlier task of the PoP may still be stopping on this node.
listening() {
  cat "$ROUTED_PROC_NET/tcp" "$ROUTED_PROC_NET/tcp6" 2>/dev/null |
    awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}
waited=0
for port in $bgp $api $metrics; do
  while listening "$port"; do
    [ "$waited" -lt ${PORT_WAIT_SECONDS} ] || fail "port $port of $pop is still taken after ${PORT_WAIT_SECONDS} s"
    [ "$waited" -gt 0 ] || say "port $port of $pop is taken; waiting for an earlier task to stop"
    sleep 5
    waited=$((waited + 5))
  done
done
`;

/** @param more further lines of the environment file */
function renderWrite(more: readonly string[]): string {
  return `# All or nothing.
umask 022
{
  echo "ROUTED_API_PORT=$api"
  echo "ROUTED_BGP_PORT=$bgp"
  echo "ROUTED_METRICS_PORT=$metrics"
  echo "ROUTED_POP=$pop"
  echo "ROUTED_SITE_ID=$site"
  echo "ROUTED_SNAPSHOT_PREFIX=$ROUTED_SNAPSHOT_ROOT$pop/"
${more.map((line) => `  echo "${line}"\n`).join("")}} > "$ROUTED_ENVIRONMENT_FILE.new"
mv "$ROUTED_ENVIRONMENT_FILE.new" "$ROUTED_ENVIRONMENT_FILE"
say "pop=$pop site=$site bgp=$bgp api=$api metrics=$metrics"
`;
}

/** Loads the file, then does what is left of its arguments. */
const LOAD = 'set -a && . "$ROUTED_ENVIRONMENT_FILE" && set +a';
/** The first line in each container's log tells the PoP, which the name of the log stream can't. */
const TELL = 'echo "routed: pop=$ROUTED_POP site=$ROUTED_SITE_ID"';
/** Of the shell, and so of all that comes after it. Routing goes on where it can't be done. */
const PIN =
  'if [ -n "$ROUTED_CPUS" ] && ! sh "$ROUTED_TASKSET" -p -c "$ROUTED_CPUS" $$ > /dev/null; ' +
  'then echo "routed: WARNING: not pinned to CPUs $ROUTED_CPUS" >&2; fi';

interface WrapperOptions {
  /** Whether what runs is to stay on the task's own cores. */
  readonly coreSets: boolean;
}

/** A container's command with the task's environment around it. */
export function withTaskEnvironment(
  command: readonly string[],
  { coreSets }: WrapperOptions = { coreSets: false },
): string[] {
  const steps = coreSets ? [LOAD, PIN, TELL] : [LOAD, TELL];
  return ["sh", "-c", [...steps, 'exec "$@"'].join(" && "), "sh", ...command];
}

/** A health check's command, which ECS gives the container's own environment only. */
export function healthCheckWithTaskEnvironment(
  command: readonly string[],
  { coreSets }: WrapperOptions = { coreSets: false },
): string[] {
  const [form, ...rest] = command;
  const steps = coreSets ? [LOAD, PIN] : [LOAD];
  if (form === "CMD-SHELL") return [form, [...steps, rest.join(" ")].join(" && ")];
  const line = [...steps, 'exec "$@"'].join(" && ");
  return ["CMD", "sh", "-c", line, "sh", ...(form === "CMD" ? rest : command)];
}
