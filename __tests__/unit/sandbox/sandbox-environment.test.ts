import { rmSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../../lib/config/load";
import { createSandboxWorkspace } from "../../../sandbox/commands/sandbox-environment";

it("makes a workspace in which the sandbox's environment, and no other, can be loaded", () => {
  const { directory } = createSandboxWorkspace();
  try {
    const environments = loadEnvironments({ directory: join(directory, "config") });
    expect(environments.map(({ name }) => name)).toEqual(["sandbox"]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
