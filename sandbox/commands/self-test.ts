import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoutedError } from "../../lib/errors";
import { compareFleets, snapshotFleet, type NodeChange } from "../fleet-snapshot";
import { startLocalAws, type LocalAws } from "../local-aws";
import { runProcess, type ProcessResult } from "../processes";
import { findProjectRoot } from "../project-root";
import { requireToolchain, type Toolchain } from "../toolchain";

/** The environment tag of `self-test/main.tf`. */
const ENVIRONMENT = "self-test";
const REGION = "us-east-2";
const TIMEOUT_MS = 300_000;

/**
 * Proves on this machine that real Terraform and the real provider meet in the local AWS what they
 * meet in AWS: a hand-written stack with all that the product uses is applied, planned again,
 * changed and destroyed. Takes about four minutes, mostly the provider's own waiting.
 *
 * @throws RoutedError sandbox-failed with what was expected and what came
 */
export async function selfTest(report: (line: string) => void = console.log): Promise<void> {
  const toolchain = await requireToolchain();
  const directory = mkdtempSync(join(tmpdir(), "routed-self-test-"));
  const aws = await startLocalAws({ toolchain, region: REGION });
  try {
    copyFileSync(join(findProjectRoot(), "sandbox/self-test/main.tf"), join(directory, "main.tf"));
    await proveAll(new TestStack(directory, toolchain, aws, report), aws);
    report("the local AWS answers as it should");
  } finally {
    await aws.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function proveAll(stack: TestStack, aws: LocalAws): Promise<void> {
  const [old] = await aws.images();
  const oldImage = old?.imageId ?? "";
  await stack.terraform("init", [0], []);
  await stack.terraform("apply: everything is created", [0], [oldImage, oldImage]);
  await stack.terraform("plan: nothing to change", [0], [oldImage, oldImage]);

  const newImage = await aws.releaseImage();
  await stack.change(
    "apply: one AMI, one node replaced",
    [newImage, oldImage],
    ["replaced", "kept"],
  );
  await stack.terraform("plan: nothing to change", [0], [newImage, oldImage]);

  const type = ["-var=instance_type=r6i.8xlarge"];
  await stack.change("apply: type, in place", [newImage, oldImage], ["kept", "kept"], type);
  await stack.terraform("plan: nothing to change", [0], [newImage, oldImage], type);

  const arm = (await aws.images()).find(({ architecture }) => architecture === "arm64");
  const wrong = [newImage, arm?.imageId ?? ""];
  await stack.terraform("apply: refused for another architecture", [1], wrong);
  await stack.terraform("destroy: nothing left", [0], [newImage, newImage]);
  expectSame("nodes left", (await stack.nodes()).length, 0);
}

/** The stack of `self-test/main.tf` in a folder of its own. */
class TestStack {
  constructor(
    private readonly directory: string,
    private readonly toolchain: Toolchain,
    private readonly aws: LocalAws,
    private readonly report: (line: string) => void,
  ) {}

  async nodes() {
    return snapshotFleet(await this.aws.instances(), ENVIRONMENT);
  }

  /** Runs the title's command, as `apply` in "apply: …", and expects one of the exit statuses. */
  async terraform(
    title: string,
    statuses: readonly number[],
    images: readonly string[],
    args: readonly string[] = [],
  ): Promise<void> {
    const command = title.split(":")[0] ?? "";
    const options = {
      init: [],
      plan: ["-detailed-exitcode"],
      apply: ["-auto-approve"],
      destroy: ["-auto-approve"],
    }[command];
    const variables = command === "init" ? [] : [`-var=ami_ids=${JSON.stringify(images)}`, ...args];
    const result = await runProcess(
      this.toolchain.terraform.command,
      [command, "-input=false", "-no-color", ...(options ?? []), ...variables],
      {
        cwd: this.directory,
        env: { ...this.toolchain.environment, ...this.aws.environment },
        timeoutMs: TIMEOUT_MS,
      },
    );
    requireStatus(title, result, statuses);
    this.report(`ok  ${title}, ${Math.round(result.durationMs / 1000)} s`);
  }

  /** Applies, and expects each slot to fare as given, with all its addresses. */
  async change(
    title: string,
    images: readonly string[],
    kinds: readonly NodeChange["kind"][],
    args: readonly string[] = [],
  ): Promise<void> {
    const before = await this.nodes();
    await this.terraform(title, [0], images, args);
    const changes = compareFleets(before, await this.nodes());
    expectSame(`${title}: nodes`, changes.map(({ kind }) => kind).join(), kinds.join());
    const moved = changes.flatMap(({ changedAddresses }) => changedAddresses);
    expectSame(`${title}: changed addresses`, moved.join(), "");
  }
}

function requireStatus(title: string, result: ProcessResult, statuses: readonly number[]): void {
  if (result.status !== null && statuses.includes(result.status)) return;
  const how = result.timedOut ? "took too long" : `ended with ${result.status}`;
  const end = result.output.trim().split("\n").slice(-60).join("\n");
  throw new RoutedError("sandbox-failed", `${title}: terraform ${how}:\n${end}`);
}

function expectSame(what: string, got: string | number, wanted: string | number): void {
  if (got === wanted) return;
  throw new RoutedError("sandbox-failed", `${what}: expected "${wanted}", got "${got}"`);
}
