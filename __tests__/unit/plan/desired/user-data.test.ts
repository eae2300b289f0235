import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import { BOTTLEROCKET_AGENT_VARIABLES } from "../../../../lib/config/bottlerocket-agent";
import { MAX_AGENT_SETTINGS_BYTES } from "../../../../lib/config/rules/fleet-rules";
import { desiredSpec } from "../../../../lib/plan/desired/desired-fleet";
import { renderUserData } from "../../../../lib/plan/desired/user-data";
import { renderSelfDrain } from "../../../../lib/plan/desired/self-drain";
import type { UserDataProps } from "../../../../lib/plan/desired/user-data";
import { aFleet } from "../../../support/fleet";

const props: UserDataProps = {
  os: "al2023",
  clusterName: "routed-test",
  slot: 1,
  availabilityZone: "us-east-2b",
  instanceType: "r6i.32xlarge",
  rootVolumeGiB: 100,
  ecsAgentSettings: {},
};

it("configures the ECS agent of Amazon Linux 2023 by a shell script", () => {
  expect(renderUserData({ ...props, ecsAgentSettings: { ECS_LOGLEVEL: "warn" } })).toBe(
    `#!/bin/bash
# routed node 1: r6i.32xlarge, 100 GiB root volume
set -euo pipefail
cat > /etc/ecs/ecs.config <<'CONFIG'
ECS_CLUSTER=routed-test
ECS_INSTANCE_ATTRIBUTES={"routed.slot":"1","routed.availability-zone":"us-east-2b"}
ECS_CONTAINER_STOP_TIMEOUT=2m
ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true
ECS_IMAGE_PULL_BEHAVIOR=once
ECS_LOGLEVEL=warn
CONFIG
${renderSelfDrain().join("\n")}
`,
  );
});

describe("node: user data, with large inputs", () => {
  it("writes as many settings as a config may have, whatever is in them, as they are", () => {
    const value = (index: number) => `${index} a "b" $(c) 'd' \\ \`e\` CONFIG `.padEnd(250, "x");
    const ecsAgentSettings = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`ECS_X${index}`, value(index)]),
    );
    const folder = mkdtempSync(join(tmpdir(), "routed-user-data-"));
    const text = renderUserData({
      ...props,
      clusterName: "routed-environment-name",
      ecsAgentSettings,
    })
      .replace(/(?<=[ =])\/(etc|usr)\//g, `${folder}/$1/`)
      .replaceAll("systemctl", "true");
    for (const path of ["etc/ecs", "etc/systemd/system", "usr/local/sbin"]) {
      mkdirSync(join(folder, path), { recursive: true });
    }
    const ran = spawnSync("bash", ["-c", text], { encoding: "utf8" });
    expect([ran.status, ran.stderr]).toEqual([0, ""]);
    const lines = readFileSync(join(folder, "etc/ecs/ecs.config"), "utf8").split("\n");
    expect(lines).toEqual(expect.arrayContaining(["ECS_CLUSTER=routed-environment-name"]));
    expect(lines).toEqual(
      expect.arrayContaining(Object.entries(ecsAgentSettings).map((line) => line.join("="))),
    );
    rmSync(folder, { recursive: true });
  });
});

it("configures Bottlerocket by its settings", () => {
  const ecsAgentSettings = { ECS_DISABLE_IMAGE_CLEANUP: "true", ECS_RESERVED_MEMORY: "512" };
  expect(renderUserData({ ...props, os: "bottlerocket", ecsAgentSettings })).toBe(
    `# routed node 1: r6i.32xlarge, 4 GiB root volume, 100 GiB data volume
[settings.ecs]
cluster = "routed-test"
container-stop-timeout = "2m"
image-cleanup-enabled = false
image-pull-behavior = "once"
reserved-memory = 512

[settings.ecs.instance-attributes]
"routed.slot" = "1"
"routed.availability-zone" = "us-east-2b"
`,
  );
});

/**
 * What Bottlerocket's ECS variant takes below `settings.ecs`; a name or type that it doesn't know
 * keeps the node from booting.
 * @see https://bottlerocket.dev/en/os/latest/#/api/settings/ecs/
 */
const BOTTLEROCKET_ECS: Readonly<Record<string, string>> = {
  "allow-privileged-containers": "boolean",
  "awsvpc-block-imds": "boolean",
  cluster: "string",
  "container-stop-timeout": "string",
  "enable-container-metadata": "boolean",
  "enable-spot-instance-draining": "boolean",
  "image-cleanup-age": "string",
  "image-cleanup-delete-per-cycle": "number",
  "image-cleanup-enabled": "boolean",
  "image-cleanup-wait": "string",
  "image-pull-behavior": "string",
  "instance-attributes": "object",
  "logging-drivers": "object",
  loglevel: "string",
  "metadata-service-burst": "number",
  "metadata-service-rps": "number",
  "reserved-memory": "number",
  "task-cleanup-wait": "string",
};

/** A value of each of the agent's variables that Bottlerocket has a setting for. */
const ALL_VARIABLES: Readonly<Record<string, string>> = {
  ECS_AVAILABLE_LOGGING_DRIVERS: '["json-file", "awslogs"]',
  ECS_AWSVPC_BLOCK_IMDS: "true",
  ECS_CONTAINER_STOP_TIMEOUT: "90s",
  ECS_DISABLE_IMAGE_CLEANUP: "false",
  ECS_DISABLE_PRIVILEGED: "true",
  ECS_ENABLE_CONTAINER_METADATA: "true",
  ECS_ENABLE_SPOT_INSTANCE_DRAINING: "false",
  ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: "1h",
  ECS_IMAGE_CLEANUP_INTERVAL: "30m",
  ECS_IMAGE_MINIMUM_CLEANUP_AGE: "1h30m",
  ECS_IMAGE_PULL_BEHAVIOR: "once",
  ECS_LOGLEVEL: "crit",
  ECS_NUM_IMAGES_DELETE_PER_CYCLE: "5",
  ECS_RESERVED_MEMORY: "65535",
  ECS_TASK_METADATA_RPS_LIMIT: "40,60",
};

it("is TOML of settings that Bottlerocket knows, each of its type", () => {
  expect(Object.keys(ALL_VARIABLES)).toEqual(BOTTLEROCKET_AGENT_VARIABLES);
  const text = renderUserData({
    ...props,
    os: "bottlerocket",
    ecsAgentSettings: ALL_VARIABLES,
  });
  const parsed = parse(text);
  expect(Object.keys(parsed)).toEqual(["settings"]);
  const { ecs, ...others } = parsed["settings"] as Record<string, Record<string, unknown>>;
  expect(others).toEqual({});
  const types = Object.entries(ecs ?? {}).map(([name, value]) => [name, typeof value]);
  expect(Object.fromEntries(types)).toEqual(BOTTLEROCKET_ECS);
  expect(ecs).toMatchObject({
    "allow-privileged-containers": false,
    "image-cleanup-enabled": true,
    "instance-attributes": { "routed.slot": "1", "routed.availability-zone": "us-east-2b" },
    "logging-drivers": ["json-file", "awslogs"],
    "metadata-service-burst": 60,
    "metadata-service-rps": 40,
  });
});

it.each([
  ["slot", { slot: 2 }],
  ["zone", { availabilityZone: "us-east-2c" }],
  ["cluster", { clusterName: "routed-other" }],
  ["instance type", { instanceType: "r7i.large" }],
  ["root volume", { rootVolumeGiB: 101 }],
])("differs with the %s", (_, change) => {
  expect(renderUserData({ ...props, ...change })).not.toBe(renderUserData(props));
});

it("is part of a node's spec in base64", () => {
  const { userDataBase64 } = desiredSpec(aFleet(), "ami-1", 0, "us-east-2a");
  expect(Buffer.from(userDataBase64, "base64").toString("utf8")).toMatch(
    /^#!\/bin\/bash\n# routed node 0:/,
  );
});

it("is what EC2 takes, 16,384 bytes, with the longest settings that a config may have", () => {
  const settings = { ECS_A: "x".repeat(MAX_AGENT_SETTINGS_BYTES - "ECS_A=".length) };
  const longest = { ...props, clusterName: `routed-${"n".repeat(16)}`, ecsAgentSettings: settings };
  expect(Buffer.byteLength(renderUserData(longest))).toBeLessThan(16_384 - 1_024);
});
