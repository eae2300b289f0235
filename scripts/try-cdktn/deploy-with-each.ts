import { cpSync } from "node:fs";
import { join } from "node:path";
import { RoutedError } from "../../lib/errors";
import {
  loadSandboxEnvironment,
  SANDBOX_ENVIRONMENT,
} from "../../sandbox/commands/sandbox-environment";
import { createWorkspace, deployEnvironment, localStateResources } from "../../sandbox/deploy";
import type { RunInWorkspace } from "../../sandbox/deploy";
import { startLocalAws } from "../../sandbox/local-aws";
import type { Toolchain } from "../../sandbox/toolchain";
import { differences, renderDifference } from "./compare";

const REBUILD_SECONDS = 5;
const HEALTHY_TIMEOUT_MS = 120_000;
const QUOTED_LINES = 40;

/** A copy of the project, and what its deploys are called. */
export interface Deployer {
  readonly name: string;
  readonly project: string;
}

export interface DeployWithEach {
  /** The first of them builds the environment. */
  readonly deployers: readonly [Deployer, ...Deployer[]];
  readonly toolchain: Toolchain;
  /** A new folder for the environment's state. */
  readonly directory: string;
  /** Is told a line of each deploy. */
  readonly report: (line: string) => void;
}

/**
 * Lets the first deployer build the sandbox's environment on a local AWS, and the others deploy the
 * same after it, which must change nothing.
 *
 * @throws RoutedError `sandbox-failed` with what changed
 */
export async function deployWithEach(options: DeployWithEach): Promise<void> {
  const { deployers, toolchain, directory, report } = options;
  const [builder, ...others] = deployers;
  const aws = await startLocalAws({ toolchain, region: loadSandboxEnvironment().aws.region });
  const extraEnv = { ROUTED_ENVIRONMENTS: SANDBOX_ENVIRONMENT };
  const runOf = ({ project }: Deployer): RunInWorkspace => {
    const workspace = createWorkspace({ configs: {}, directory, project });
    return { workspace, environment: SANDBOX_ENVIRONMENT, aws, toolchain, extraEnv };
  };
  try {
    // With the files that the environment's own extends.
    cpSync(join(builder.project, "config"), join(directory, "config"), { recursive: true });
    await aws.configureAgent({ rebuildSeconds: REBUILD_SECONDS });
    const run = runOf(builder);
    report(`${builder.name} built ${SANDBOX_ENVIRONMENT}: ${await deploy(builder, run)}`);
    await aws.waitUntilHealthy(SANDBOX_ENVIRONMENT, { timeoutMs: HEALTHY_TIMEOUT_MS });
    const built = idsOf(run);
    for (const deployer of others) {
      const summary = await deploy(deployer, runOf(deployer));
      const changes = differences(built, idsOf(run)).map(renderDifference);
      if (summary !== UNCHANGED || changes.length > 0) {
        const what = `${deployer.name} changed what ${builder.name} had built: ${summary}`;
        throw new RoutedError("sandbox-failed", [what, ...changes].join("\n"));
      }
      report(`${deployer.name} deployed the same after it: ${summary}`);
    }
  } finally {
    await aws.stop();
  }
}

/** By address, what Terraform's state holds there; what else it holds the next refresh fills in. */
function idsOf(run: RunInWorkspace): Readonly<Record<string, unknown>> {
  const resources = localStateResources(run).map(({ address, values }) => [address, values["id"]]);
  return Object.fromEntries(resources) as Record<string, unknown>;
}

const UNCHANGED = "0 added, 0 changed, 0 destroyed";

/** "12 added, 0 changed, 0 destroyed", as Terraform counts its resources. */
async function deploy({ name }: Deployer, run: RunInWorkspace): Promise<string> {
  const { status, output } = await deployEnvironment(run);
  const summary = /Apply complete! Resources: (\d+ added, \d+ changed, \d+ destroyed)/.exec(output);
  if (status === 0 && summary?.[1] !== undefined) return summary[1];
  const end = output.trim().split("\n").slice(-QUOTED_LINES).join("\n");
  throw new RoutedError("sandbox-failed", `${name}'s deploy ended with ${status}:\n${end}`);
}
