import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desiredSpec } from "../../../lib/plan/desired-fleet";
import { renderUserData } from "../../../lib/plan/user-data";
import { renderSelfDrain } from "../../../lib/plan/self-drain";
import type { UserDataProps } from "../../../lib/plan/user-data";
import { aFleet } from "../../support/fleet";

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
ECS_IMAGE_PULL_BEHAVIOR=prefer-cached
ECS_LOGLEVEL=warn
CONFIG
${renderSelfDrain().join("\n")}
`,
  );
});

it("is a shell script that bash takes", () => {
  const checked = spawnSync("bash", ["-n"], { input: renderUserData(props), encoding: "utf8" });
  expect(checked.stderr).toBe("");
  expect(checked.status).toBe(0);
});

it("keeps settings with quotes and dollars as they are", () => {
  const text = renderUserData({ ...props, ecsAgentSettings: { ECS_X: `a "b" $(c) 'd'` } });
  const directory = mkdtempSync(join(tmpdir(), "routed-user-data-"));
  const file = join(directory, "ecs.config");
  const [config = ""] = text.replace("/etc/ecs/ecs.config", file).split(renderSelfDrain()[0] ?? "");
  const run = spawnSync("bash", ["-c", config]);
  expect(run.status).toBe(0);
  expect(readFileSync(file, "utf8")).toContain(`ECS_X=a "b" $(c) 'd'\n`);
  rmSync(directory, { recursive: true });
});

it("configures Bottlerocket by its settings", () => {
  expect(renderUserData({ ...props, os: "bottlerocket" })).toBe(
    `# routed node 1: r6i.32xlarge, 100 GiB root volume
[settings.ecs]
cluster = "routed-test"
container-stop-timeout = "2m"
image-pull-behavior = "prefer-cached"

[settings.ecs.instance-attributes]
"routed.slot" = "1"
"routed.availability-zone" = "us-east-2b"
`,
  );
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
