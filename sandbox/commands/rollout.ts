import { RoutedError } from "../../lib/errors";
import { deployEnvironment, removeWorkspace, type RunInWorkspace } from "../deploy";
import { compareFleets, snapshotFleet } from "../fleet-snapshot";
import { fewestHealthyTasks } from "../health-timeline";
import { startLocalAws, type LocalAws } from "../local-aws";
import { renderWave } from "../render-wave";
import { startRouted } from "../routed";
import { requireToolchain } from "../toolchain";
import {
  createSandboxWorkspace,
  loadSandboxEnvironment,
  SANDBOX_ENVIRONMENT,
} from "./sandbox-environment";

const HEALTHY_TIMEOUT_MS = 120_000;
/** Long enough to be seen, short enough to be watched. */
const REBUILD_SECONDS = 8;
const BAKE = "5s";
const POLL = "1s";

export interface RolloutDemoOptions {
  /** How long a task takes until it is healthy, in seconds. @default 8 */
  readonly rebuild?: number;
}

/**
 * Shows `routed rollout` to a person, on a local AWS of its own and within five minutes: builds the
 * sandbox environment, lets AWS release an AMI, and rolls it out before their eyes. Ctrl-C
 * interrupts the rollout as it would anywhere.
 *
 * @throws RoutedError sandbox-failed if the deploy fails
 */
export async function rollout(options: RolloutDemoOptions = {}): Promise<void> {
  const { aws: location, fleet } = loadSandboxEnvironment();
  let isRolling = false;
  // While it rolls out, Ctrl-C is the rollout's, which shares the terminal.
  const interrupted = (): void => {
    if (!isRolling) process.exit(130);
  };
  process.on("SIGINT", interrupted);
  process.on("SIGTERM", interrupted);
  const toolchain = await requireToolchain();
  const aws = await startLocalAws({ toolchain, region: location.region });
  const workspace = createSandboxWorkspace();
  try {
    const run = { workspace, environment: SANDBOX_ENVIRONMENT, aws, toolchain };
    console.log(`Building ${fleet.nodes} nodes on a local AWS at ${aws.endpoint} (2 minutes) …`);
    await build(run, aws);
    await aws.configureAgent({ rebuildSeconds: options.rebuild ?? REBUILD_SECONDS });
    const before = snapshotFleet(await aws.instances(), SANDBOX_ENVIRONMENT);
    const { os, architecture } = fleet.image;
    const imageId = await aws.releaseImage({ os, architecture });
    const args = ["rollout", SANDBOX_ENVIRONMENT, "--yes", "--bake", BAKE, "--poll", POLL];
    console.log(`AWS releases ${imageId} for ${os} on ${architecture}.\n`);
    console.log(`$ npx routed ${args.join(" ")}\n`);
    isRolling = true;
    const status = await ended(run, args);
    isRolling = false;
    console.log(`\n$ npx routed history ${SANDBOX_ENVIRONMENT}\n`);
    await ended(run, ["history", SANDBOX_ENVIRONMENT]);
    const health = await aws.fleetHealth(SANDBOX_ENVIRONMENT);
    const after = snapshotFleet(await aws.instances(), SANDBOX_ENVIRONMENT);
    console.log(`\n${renderWave(compareFleets(before, after), health)}`);
    const fewest = fewestHealthyTasks(await aws.timeline(), SANDBOX_ENVIRONMENT, fleet.nodes);
    console.log(
      `The rollout ended with ${status}. No PoP ever had fewer than ` +
        `${Math.min(...Object.values(fewest))} of ${fleet.nodes} tasks healthy.`,
    );
    process.exitCode = status ?? 1;
  } finally {
    process.removeListener("SIGINT", interrupted);
    process.removeListener("SIGTERM", interrupted);
    removeWorkspace(workspace);
    await aws.stop();
  }
}

async function build(run: RunInWorkspace, aws: LocalAws): Promise<void> {
  const built = await deployEnvironment(run);
  if (built.status !== 0) {
    const end = built.output.trim().split("\n").slice(-40).join("\n");
    throw new RoutedError("sandbox-failed", `the deploy ended with ${built.status}:\n${end}`);
  }
  await aws.waitUntilHealthy(SANDBOX_ENVIRONMENT, { timeoutMs: HEALTHY_TIMEOUT_MS });
}

/** Exit status; null if it was killed. */
function ended(run: RunInWorkspace, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = startRouted(run, args, "inherit");
    child.once("error", reject);
    child.once("close", resolve);
  });
}
