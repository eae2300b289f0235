import type { OperatingSystem } from "../config/environment";
import { SLOT_ATTRIBUTE, ZONE_ATTRIBUTE } from "../config/naming";
import { renderSelfDrain } from "./self-drain";

export interface UserDataProps {
  readonly os: OperatingSystem;
  /** The ECS cluster that the node joins. */
  readonly clusterName: string;
  readonly slot: number;
  readonly availabilityZone: string;
  readonly instanceType: string;
  readonly rootVolumeGiB: number;
  /** Further settings of the ECS agent; al2023 only. */
  readonly ecsAgentSettings: Readonly<Record<string, string>>;
}

/**
 * A node's user data, as text. It names the instance type and the root volume's size as well:
 * EC2 could change both in place, by stopping the node; as a part of the user data they replace
 * it instead, in one go with everything else, since nodes are immutable.
 */
export function renderUserData(props: UserDataProps): string {
  switch (props.os) {
    case "al2023":
      return renderShell(props);
    case "bottlerocket":
      return renderToml(props);
  }
}

function specComment(props: UserDataProps): string {
  return `# routed node ${props.slot}: ${props.instanceType}, ${props.rootVolumeGiB} GiB root volume`;
}

function attributes(props: UserDataProps): Record<string, string> {
  return { [SLOT_ATTRIBUTE]: String(props.slot), [ZONE_ATTRIBUTE]: props.availabilityZone };
}

/**
 * Amazon Linux 2023. The ECS agent starts after cloud-init's user data, so writing its config is
 * enough.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
function renderShell(props: UserDataProps): string {
  return [
    "#!/bin/bash",
    specComment(props),
    "set -euo pipefail",
    "cat > /etc/ecs/ecs.config <<'CONFIG'",
    ...Object.entries(agentSettings(props)).map(([name, value]) => `${name}=${value}`),
    "CONFIG",
    ...renderSelfDrain(),
    "",
  ].join("\n");
}

/** The agent's settings, sorted by name after those that make the node a node of the fleet. */
function agentSettings(props: UserDataProps): Record<string, string> {
  const defaults = {
    ECS_CONTAINER_STOP_TIMEOUT: "2m",
    ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST: "true",
    ECS_IMAGE_PULL_BEHAVIOR: "prefer-cached",
    ...props.ecsAgentSettings,
  };
  return {
    ECS_CLUSTER: props.clusterName,
    ECS_INSTANCE_ATTRIBUTES: JSON.stringify(attributes(props)),
    ...Object.fromEntries(Object.entries(defaults).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/**
 * Bottlerocket's settings.
 * @see https://bottlerocket.dev/en/os/latest/#/api/settings/ecs/
 */
function renderToml(props: UserDataProps): string {
  return [
    specComment(props),
    "[settings.ecs]",
    `cluster = ${JSON.stringify(props.clusterName)}`,
    // No script of ours runs there: tasks are stopped, but not drained, when the node shuts down.
    'container-stop-timeout = "2m"',
    'image-pull-behavior = "prefer-cached"',
    "",
    "[settings.ecs.instance-attributes]",
    ...Object.entries(attributes(props)).map(
      ([name, value]) => `${JSON.stringify(name)} = ${JSON.stringify(value)}`,
    ),
    "",
  ].join("\n");
}
