/** Where the script and its unit lie on a node, and where it remembers that it drained the node. */
const SCRIPT = "/usr/local/sbin/routed-drain";
const UNIT = "/etc/systemd/system/routed-drain.service";

/** How long a node waits for its tasks: they have 120 s to stop, and a load balancer 30 s to let go. */
const DEADLINE_SECONDS = 165;
/** How long a node that comes up waits for the agent to have registered it. */
const REGISTRATION_SECONDS = 270;
/** What one question may take at most, by curl's options below. */
const QUESTION_SECONDS = 15;

/**
 * The part of a shell user data that lets a node drain itself when it shuts down, whoever shuts it
 * down: a plain `cdktf deploy`, an operator, EC2. systemd stops the unit before the ECS agent and
 * Docker, since it was started after them; the script then sets the node's container instance to
 * DRAINING and waits until its tasks have ended. A node that comes up again is set back to ACTIVE,
 * but only if it had drained itself: what an operator has drained stays so.
 *
 * The node counts as idle only by a whole answer of the agent (its braces close) in which each task
 * has stopped, and says so: of no answer, half of one or another one, nothing is known. No part of a
 * pipe ends before the part in front of it, which `pipefail` would take for a failure.
 *
 * ECS-optimized images have curl, but no AWS CLI. A failure never holds up the shutdown.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-introspection.html
 */
export function renderSelfDrain(): readonly string[] {
  return [
    `cat > ${SCRIPT} <<'SCRIPT'`,
    ...DRAIN_SCRIPT,
    "SCRIPT",
    `chmod 755 ${SCRIPT}`,
    `cat > ${UNIT} <<'UNIT'`,
    ...DRAIN_UNIT,
    "UNIT",
    "systemctl enable routed-drain.service",
    // The agent waits for the end of cloud-init, and the unit for the agent: so don't wait here.
    "systemctl start --no-block routed-drain.service",
  ];
}

const DRAIN_UNIT = [
  "[Unit]",
  "Description=Takes the node out of service before it shuts down",
  "Wants=network-online.target",
  "After=network-online.target docker.service ecs.service",
  "[Service]",
  "Type=oneshot",
  "RemainAfterExit=yes",
  `ExecStart=-${SCRIPT} start`,
  `ExecStop=-${SCRIPT} stop`,
  `TimeoutStartSec=${REGISTRATION_SECONDS + 2 * QUESTION_SECONDS}`,
  `TimeoutStopSec=${DEADLINE_SECONDS + QUESTION_SECONDS}`,
  "[Install]",
  "WantedBy=multi-user.target",
];

const DRAIN_SCRIPT = [
  "#!/bin/bash",
  "set -euo pipefail",
  "agent=http://127.0.0.1:51678/v1 imds=http://169.254.169.254/latest flag=/var/lib/routed-drained",
  'get() { curl --silent --fail --max-time 5 --retry 3 --retry-max-time 10 --retry-connrefused "$@"; }',
  "field() {",
  '  [[ $2 =~ \\"$1\\"\\ *:\\ *\\"([^\\"]*)\\" ]] && echo "${BASH_REMATCH[1]}" && return',
  '  echo "an answer has no $1" >&2',
  "  return 1",
  "}",
  "set_state() {",
  "  local metadata token region domain role keys id secret session cluster instance",
  '  metadata=$(get "$agent/metadata")',
  '  cluster=$(field Cluster "$metadata")',
  '  instance=$(field ContainerInstanceArn "$metadata")',
  `  token=$(get --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$imds/api/token")`,
  `  meta() { get --header "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1"; }`,
  "  region=$(meta placement/region)",
  "  domain=$(meta services/domain)",
  "  role=$(meta iam/security-credentials/)",
  '  keys=$(meta "iam/security-credentials/$role")',
  '  id=$(field AccessKeyId "$keys")',
  '  secret=$(field SecretAccessKey "$keys")',
  '  session=$(field Token "$keys")',
  // The keys come by standard input: a command line is there for all to read.
  `  printf 'user = "%s:%s"\\n' "$id" "$secret" |`,
  '    get --config - --aws-sigv4 "aws:amz:$region:ecs" "https://ecs.$region.$domain/" \\',
  '    --header "X-Amz-Security-Token: $session" \\',
  "    --header 'Content-Type: application/x-amz-json-1.1' \\",
  "    --header 'X-Amz-Target: AmazonEC2ContainerServiceV20141113.UpdateContainerInstancesState' \\",
  `    --data '{"cluster":"'"$cluster"'","status":"'"$1"'","containerInstances":["'"$instance"'"]}'`,
  "}",
  "give_up() {",
  '  echo "$1" >&2',
  "  exit 1",
  "}",
  "registered() {",
  "  local metadata",
  '  metadata=$(get "$agent/metadata") && [[ $metadata == *\'"ContainerInstanceArn":"arn:\'* ]]',
  "}",
  'busy() { ! get "$agent/tasks" | awk \'',
  '  { gsub(/[ \\t\\r]/, ""); all = all $0 }',
  "  END {",
  '    if (substr(all, 1, 10) != "{\\"Tasks\\":[" || substr(all, length(all) - 1) != "]}") exit 1',
  '    if (gsub(/\\{/, "{", all) != gsub(/\\}/, "}", all)) exit 1',
  '    stopped = gsub(/"KnownStatus":"STOPPED"/, "", all)',
  '    exit all ~ /"KnownStatus"/ || gsub(/"Arn":"arn:[^"]*:task\\//, "", all) != stopped',
  "  }'",
  "}",
  'case "$1" in',
  "  start)",
  '    [ -e "$flag" ] || exit 0',
  "    until registered; do",
  `      ((SECONDS < ${REGISTRATION_SECONDS})) || give_up 'the ECS agent has not registered after ${REGISTRATION_SECONDS} s'`,
  "      sleep 5",
  "    done",
  "    set_state ACTIVE",
  '    rm "$flag" ;;',
  "  stop)",
  '    touch "$flag"',
  "    set_state DRAINING",
  `    while ((SECONDS < ${DEADLINE_SECONDS})); do`,
  "      busy || exit 0",
  "      sleep 2",
  "    done",
  `    give_up 'tasks still run after ${DEADLINE_SECONDS} s' ;;`,
  "esac",
];
