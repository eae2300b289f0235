import { bottlerocketAgentSettings } from "../../config/bottlerocket-agent";
import type { SettingValue } from "../../config/bottlerocket-agent";
import type { OperatingSystem } from "../../config/environment";
import { SLOT_ATTRIBUTE, ZONE_ATTRIBUTE } from "../../config/naming";
import { nodeVolumes } from "../../config/node-volumes";
import { renderSelfDrain } from "./self-drain";

export interface UserDataProps {
  readonly os: OperatingSystem;
  /** The ECS cluster that the node joins. */
  readonly clusterName: string;
  readonly slot: number;
  readonly availabilityZone: string;
  readonly instanceType: string;
  /** Size of the volume that the containers live on. */
  readonly rootVolumeGiB: number;
  /** Further settings of the ECS agent, as environment variables of it. */
  readonly ecsAgentSettings: Readonly<Record<string, string>>;
}

/**
 * A node's user data, as text. It names the instance type and the volumes' sizes as well:
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

/**
 * On every operating system, unless the config says otherwise. An image's name is pinned, so a node pulls
 * it once; not `prefer-cached`, with which the agent never removes an image from the node's volume.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pull-behavior.html
 */
const AGENT_DEFAULTS = {
  ECS_CONTAINER_STOP_TIMEOUT: "2m",
  ECS_IMAGE_PULL_BEHAVIOR: "once",
};

function specComment(props: UserDataProps): string {
  const { rootVolumeGiB, dataVolumeGiB } = nodeVolumes(props.os, props.rootVolumeGiB);
  const data = dataVolumeGiB === undefined ? "" : `, ${dataVolumeGiB} GiB data volume`;
  return `# routed node ${props.slot}: ${props.instanceType}, ${rootVolumeGiB} GiB root volume${data}`;
}

type Place = Pick<UserDataProps, "slot" | "availabilityZone">;

/**
 * User data of one slot as it would have been rendered for another, of whatever config.
 *
 * @returns null where it doesn't name its slot and zone as we do
 */
export function userDataOfSlot(text: string, from: Place, to: Place): string | null {
  const head = ({ slot }: Place) => `# routed node ${slot}: `;
  const inShell = (place: Place) => shellAttributes(place);
  const inToml = (place: Place) => tomlAttributes(place).join("\n");
  const where = [inShell, inToml].find((render) => text.split(render(from)).length === 2);
  if (where === undefined || text.split(head(from)).length !== 2) return null;
  return text.replace(head(from), head(to)).replace(where(from), where(to));
}

function shellAttributes(place: Place): string {
  return `ECS_INSTANCE_ATTRIBUTES=${JSON.stringify(attributes(place))}`;
}

function tomlAttributes(place: Place): string[] {
  return Object.entries(attributes(place)).map(([name, value]) => `${toml(name)} = ${toml(value)}`);
}

function attributes(props: Place): Record<string, string> {
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
    ...AGENT_DEFAULTS,
    ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST: "true",
    ...props.ecsAgentSettings,
  };
  return {
    ECS_CLUSTER: props.clusterName,
    ECS_INSTANCE_ATTRIBUTES: JSON.stringify(attributes(props)),
    ...Object.fromEntries(Object.entries(defaults).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/**
 * Bottlerocket's settings. Tasks get their IAM role in host networking without being asked for. No
 * script of ours runs there: tasks are stopped, but not drained, when the node shuts down.
 * @see https://bottlerocket.dev/en/os/latest/#/api/settings/ecs/
 */
function renderToml(props: UserDataProps): string {
  const agent = bottlerocketAgentSettings({ ...AGENT_DEFAULTS, ...props.ecsAgentSettings });
  return [
    specComment(props),
    "[settings.ecs]",
    `cluster = ${toml(props.clusterName)}`,
    ...Object.entries(agent).map(([name, value]) => `${name} = ${toml(value)}`),
    "",
    "[settings.ecs.instance-attributes]",
    ...tomlAttributes(props),
    "",
  ].join("\n");
}

/** Texts, numbers, booleans and lists of them are written in TOML as in JSON. */
function toml(value: SettingValue): string {
  return JSON.stringify(value);
}
