import { RoutedError } from "../../lib/errors";
import { deployEnvironment, removeWorkspace, type RunInWorkspace } from "../deploy";
import {
  compareFleets,
  snapshotFleet,
  type NodeChange,
  type NodeSnapshot,
} from "../fleet-snapshot";
import { fewestHealthyTasks } from "../health-timeline";
import { startLocalAws, type LocalAws } from "../local-aws";
import { renderWave } from "../render-wave";
import { requireToolchain } from "../toolchain";
import {
  createSandboxWorkspace,
  loadSandboxEnvironment,
  SANDBOX_ENVIRONMENT,
} from "./sandbox-environment";

/** Until every node has booted and its tasks run; their rebuild comes on top. */
const BOOT_TIMEOUT_MS = 60_000;
/** Deploys beyond one per node before it is said that the fleet doesn't converge. */
const SPARE_DEPLOYS = 2;

/**
 * Shows the product's main job on a local AWS of its own: builds the sandbox environment with real
 * Terraform, releases a newer AMI, and deploys until every node runs it, each time once the tasks
 * of the last deploy have rebuilt their state.
 *
 * @throws RoutedError sandbox-failed if a deploy fails, an address changes, a PoP loses all its
 * tasks or it doesn't converge
 */
export async function upgrade(options: { readonly rebuild?: number } = {}): Promise<void> {
  const { aws: location, fleet } = loadSandboxEnvironment();
  const toolchain = await requireToolchain();
  const aws = await startLocalAws({ toolchain, region: location.region });
  const workspace = createSandboxWorkspace();
  try {
    const { rebuildSeconds } = await aws.configureAgent({ rebuildSeconds: options.rebuild });
    const run = { workspace, environment: SANDBOX_ENVIRONMENT, aws, toolchain };
    const demo = { aws, run, healthyTimeoutMs: BOOT_TIMEOUT_MS + rebuildSeconds * 1000 };
    console.log(`Building ${fleet.nodes} nodes on a local AWS at ${aws.endpoint} …`);
    let nodes = await deployWave(demo, [], "First deploy");
    const { os, architecture } = fleet.image;
    const imageId = await aws.releaseImage({ os, architecture });
    console.log(`\nAWS releases ${imageId} for ${os} on ${architecture}.`);
    const most = fleet.nodes + SPARE_DEPLOYS;
    let deploys = 0;
    for (; !nodes.every((node) => node.imageId === imageId) && deploys < most; deploys++) {
      nodes = await deployWave(demo, nodes, `Deploy ${deploys + 1}`);
    }
    if (!nodes.every((node) => node.imageId === imageId)) {
      throw new RoutedError("sandbox-failed", `not converged after ${deploys} deploys`);
    }
    const fewest = fewestHealthyTasks(await aws.timeline(), SANDBOX_ENVIRONMENT, fleet.nodes);
    requireServed(fewest);
    console.log(
      `\nConverged after ${deploys} deploys; every address is the same as at the start, ` +
        `and no PoP ever had fewer than ${Math.min(...Object.values(fewest))} healthy tasks.`,
    );
  } finally {
    removeWorkspace(workspace);
    await aws.stop();
  }
}

interface Demo {
  readonly aws: LocalAws;
  readonly run: RunInWorkspace;
  readonly healthyTimeoutMs: number;
}

async function deployWave(
  { aws, run, healthyTimeoutMs }: Demo,
  before: readonly NodeSnapshot[],
  title: string,
): Promise<readonly NodeSnapshot[]> {
  const result = await deployEnvironment(run);
  if (result.status !== 0) {
    const end = result.output.trim().split("\n").slice(-40).join("\n");
    throw new RoutedError("sandbox-failed", `the deploy ended with ${result.status}:\n${end}`);
  }
  const health = await aws.waitUntilHealthy(SANDBOX_ENVIRONMENT, {
    timeoutMs: healthyTimeoutMs,
  });
  const after = snapshotFleet(await aws.instances(), SANDBOX_ENVIRONMENT);
  const changes = compareFleets(before, after);
  console.log(`\n${title}, ${Math.round(result.durationMs / 1000)} s`);
  console.log(renderWave(changes, health));
  requireSameAddresses(changes);
  return after;
}

function requireServed(fewest: Readonly<Record<string, number>>): void {
  const dark = Object.keys(fewest).filter((pop) => fewest[pop] === 0);
  if (dark.length === 0) return;
  throw new RoutedError("sandbox-failed", `no healthy task for some time: ${dark.join(", ")}`);
}

function requireSameAddresses(changes: readonly NodeChange[]): void {
  const moved = changes.filter(({ changedAddresses }) => changedAddresses.length > 0);
  if (moved.length === 0) return;
  const lines = moved.map(
    ({ slot, changedAddresses }) => `slot ${slot}: ${changedAddresses.join()}`,
  );
  throw new RoutedError("sandbox-failed", `addresses changed:\n${lines.join("\n")}`);
}
