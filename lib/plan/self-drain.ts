/** Where the script and its unit lie on a node, and where it remembers that it drained the node. */
const SCRIPT = "/usr/local/sbin/routed-drain";
const UNIT = "/etc/systemd/system/routed-drain.service";

/** How long a node waits for its tasks: they have 120 s to stop, and a load balancer 30 s to let go. */
const DEADLINE_SECONDS = 165;

/**
 * The part of a shell user data that lets a node drain itself when it shuts down, whoever shuts it
 * down: a plain `cdktf deploy`, an operator, EC2. systemd stops the unit before the ECS agent and
 * Docker, since it was started after them; the script then sets the node's container instance to
 * DRAINING and waits until its tasks have ended. A node that comes up again is set back to ACTIVE,
 * but only if it had drained itself: what an operator has drained stays so.
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
    // The agent waits for the end of cloud-init, and the unit for the agent: so don't wait here.
    "systemctl enable routed-drain.service && systemctl start --no-block routed-drain.service",
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
  "TimeoutStartSec=300",
  `TimeoutStopSec=${DEADLINE_SECONDS + 15}`,
  "[Install]",
  "WantedBy=multi-user.target",
];

const DRAIN_SCRIPT = [
  "#!/bin/bash",
  "set -euo pipefail",
  "agent=http://127.0.0.1:51678/v1 imds=http://169.254.169.254/latest flag=/var/lib/routed-drained",
  'get() { curl --silent --fail --max-time 5 --retry 3 --retry-connrefused "$@"; }',
  `field() { sed -n 's/.*"'"$1"'" *: *"\\([^"]*\\)".*/\\1/p'; }`,
  "set_state() {",
  "  local metadata token role keys region",
  '  metadata=$(get "$agent/metadata")',
  `  token=$(get --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$imds/api/token")`,
  `  meta() { get --header "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1"; }`,
  "  region=$(meta placement/region) role=$(meta iam/security-credentials/)",
  '  keys=$(meta "iam/security-credentials/$role")',
  // The keys come by standard input: a command line is there for all to read.
  `  printf 'user = "%s:%s"\\n' "$(field AccessKeyId <<< "$keys")" "$(field SecretAccessKey <<< "$keys")" |`,
  '    get --config - --aws-sigv4 "aws:amz:$region:ecs" "https://ecs.$region.$(meta services/domain)/" \\',
  '    --header "X-Amz-Security-Token: $(field Token <<< "$keys")" \\',
  "    --header 'Content-Type: application/x-amz-json-1.1' \\",
  "    --header 'X-Amz-Target: AmazonEC2ContainerServiceV20141113.UpdateContainerInstancesState' \\",
  `    --data '{"cluster":"'"$(field Cluster <<< "$metadata")"'","status":"'"$1"'","containerInstances":["'"$(field ContainerInstanceArn <<< "$metadata")"'"]}'`,
  "}",
  'busy() { get "$agent/tasks" | grep -o \'"KnownStatus":"[A-Z_]*"\' | grep -qv STOPPED; }',
  'case "$1" in',
  "  start)",
  '    [ -e "$flag" ] || exit 0',
  '    until get "$agent/metadata" | grep -q \'"ContainerInstanceArn":"arn:\'; do sleep 5; done',
  '    set_state ACTIVE && rm "$flag" ;;',
  "  stop)",
  '    touch "$flag"',
  "    set_state DRAINING",
  `    for ((end = SECONDS + ${DEADLINE_SECONDS}; SECONDS < end; )); do busy || exit 0; sleep 2; done`,
  `    echo 'tasks still run after ${DEADLINE_SECONDS} s' >&2 ;;`,
  "esac",
];
