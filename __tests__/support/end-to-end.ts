import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { UpgradePlan } from "../../lib/plan/upgrade-plan";
import {
  deployEnvironment,
  localStateResources,
  stateResources,
  terraformPlan,
} from "../../sandbox/deploy";
import type { RunInWorkspace } from "../../sandbox/deploy";
import { attachLocalAws, startLocalAws } from "../../sandbox/local-aws";
import type { LocalAws } from "../../sandbox/local-aws";
import type { SandboxInstance } from "../../sandbox/control";
import type { ProcessResult } from "../../sandbox/processes";
import { requireToolchain } from "../../sandbox/toolchain";
import {
  copyWorkspace,
  createWorkspace,
  removeWorkspace,
  writeConfig,
} from "../../sandbox/workspace";
import type { Workspace } from "../../sandbox/workspace";
import { waitForBuilt } from "./built-once";
import type { Built } from "./built-once";

/** The environment that `EndToEnd.built` gives. */
export const SMALL = "small";

/** A small environment that deploys fast: one PoP, no protection, state beside it. */
export function smallConfig(overrides: SmallConfig = {}): SmallEnvironment {
  const { fleet, availabilityZones, sites } = overrides;
  return {
    aws: {
      accountId: "123456789012",
      region: "us-east-1",
      availabilityZones: availabilityZones ?? ["us-east-1a", "us-east-1b", "us-east-1c"],
    },
    backend: { type: "local" },
    network: {
      vpcCidr: "10.99.0.0/20",
      apiClientCidrs: ["10.0.0.0/8"],
      prometheusCidrs: ["10.1.0.0/16"],
    },
    fleet: {
      nodes: 3,
      instanceType: "t3.xlarge",
      rootVolumeGiB: 30,
      protectAddresses: false,
      ...fleet,
    },
    routed: {
      image: "registry.example/autopilot-routed:1",
      cpuUnits: 512,
      memoryMiB: 1024,
      stateRebuildMinutes: 1,
      tasksPerPop: 1,
    },
    autopilotSites: sites ?? [{ id: 1, name: "pop1", bgpPeers: ["2001:db8:1::/48"] }],
  };
}

export interface SmallConfig {
  readonly fleet?: Readonly<Record<string, unknown>>;
  readonly availabilityZones?: readonly string[];
  readonly sites?: readonly { id: number; name: string; bgpPeers: string[] }[];
}

export type SmallEnvironment = Readonly<Record<string, object>>;

/** What one slot holds, as Terraform's state tells it. */
export interface SlotFacts {
  readonly instanceId: string;
  readonly amiId: string;
  readonly instanceType: string;
  readonly networkInterfaceId: string;
  readonly privateIpv4: string;
  readonly ipv6: string;
  readonly elasticIp: string;
  readonly availabilityZone: string;
  /** GiB of the root volume, then of the others. */
  readonly volumes: readonly string[];
}

/** One environment in a workspace of its own, on a local AWS of its own. */
export class EndToEnd {
  private constructor(
    readonly environment: string,
    readonly aws: LocalAws,
    readonly workspace: Workspace,
    private readonly toolchain: RunInWorkspace["toolchain"],
  ) {}

  /** @throws RoutedError `missing-tool`, with all that is missing and how to get it */
  static async start(environment: string, config: SmallEnvironment): Promise<EndToEnd> {
    const toolchain = await requireToolchain();
    const aws = await startLocalAws({ toolchain });
    const workspace = createWorkspace({ configs: { [environment]: config } });
    return new EndToEnd(environment, aws, workspace, toolchain);
  }

  /**
   * `smallConfig()` as the environment `small`, deployed and healthy, on an AWS and in a workspace
   * of its own. It is built once in a run, for all tests that don't care how.
   */
  static async built(): Promise<EndToEnd> {
    const { aws, workspace } = await waitForBuilt();
    return new EndToEnd(SMALL, attachLocalAws(aws), workspace, await requireToolchain()).fork();
  }

  /** Where another process finds it. */
  address(): Built {
    const { endpoint, logFile, pid, region } = this.aws;
    return { aws: { endpoint, logFile, pid, region }, workspace: this.workspace };
  }

  /** The same environment once more, on an AWS and in a workspace of its own from now on. */
  async fork(): Promise<EndToEnd> {
    const aws = await this.aws.fork();
    const workspace = copyWorkspace(this.workspace);
    return new EndToEnd(this.environment, aws, workspace, this.toolchain);
  }

  /** @throws Error if a call was such that AWS takes none like it, unless a test wanted that */
  async stop(refusals: "none" | "wanted" = "none"): Promise<void> {
    const { refused } = await this.aws.calls();
    await this.aws.stop();
    removeWorkspace(this.workspace);
    if (refused > 0 && refusals === "none") {
      throw new Error(
        `${refused} calls were such that AWS refuses them; the local AWS's log names them`,
      );
    }
  }

  run(extra: Partial<RunInWorkspace> = {}): RunInWorkspace {
    const { workspace, environment, aws, toolchain } = this;
    return { workspace, environment, aws, toolchain, ...extra };
  }

  /** Writes the environment's config file anew. */
  configure(config: SmallEnvironment): void {
    writeConfig(this.workspace, this.environment, config);
  }

  /** `cdktf deploy <environment>`, whatever comes of it. */
  tryDeploy(extra: Partial<RunInWorkspace> = {}): Promise<ProcessResult> {
    return deployEnvironment(this.run(extra));
  }

  /** Waits until every node and task is well, as an operator would between deploys. */
  async waitUntilHealthy(): Promise<void> {
    await this.aws.waitUntilHealthy(this.environment);
  }

  /** `cdktf deploy <environment>`, which must end well. */
  async deploy(extra: Partial<RunInWorkspace> = {}): Promise<ProcessResult> {
    const result = await this.tryDeploy(extra);
    if (result.status !== 0)
      throw new Error(`the deploy ended with ${result.status}:\n${result.output}`);
    return result;
  }

  /** What `routed plan <environment> --json` says; it changes nothing. */
  routedPlan(): { readonly status: number | null; readonly plan: UpgradePlan } {
    const { environment, aws, workspace, toolchain } = this;
    const run = spawnSync(
      process.execPath,
      [resolve("bin/routed.cjs"), "plan", environment, "--json"],
      {
        cwd: workspace.directory,
        env: { ...process.env, ...toolchain.environment, ...aws.environment },
        encoding: "utf8",
        timeout: 120_000,
      },
    );
    if (run.stdout === "") throw new Error(`routed plan printed nothing:\n${run.stderr}`);
    return { status: run.status, plan: JSON.parse(run.stdout) as UpgradePlan };
  }

  /** Exit status of `terraform plan -detailed-exitcode` on the last synthesis: 0 nothing, 2 something. */
  async planStatus(): Promise<number | null> {
    return (await terraformPlan(this.run())).status;
  }

  /** By slot, ascending. */
  async slots(): Promise<SlotFacts[]> {
    const resources = this.hasLocalState()
      ? localStateResources(this.run())
      : await stateResources(this.run());
    const bySlot = (type: string) =>
      new Map(
        resources
          .filter((resource) => resource.type === type)
          .map(({ values }) => [
            Number((values["tags"] as Record<string, string>)["routed:node"]),
            values,
          ]),
      );
    const [instances, enis, eips] = ["aws_instance", "aws_network_interface", "aws_eip"].map(
      bySlot,
    );
    return [...(instances ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([slot, instance]) => {
        const eni = enis?.get(slot) ?? {};
        return {
          instanceId: String(instance["id"]),
          amiId: String(instance["ami"]),
          instanceType: String(instance["instance_type"]),
          networkInterfaceId: String(eni["id"]),
          privateIpv4: String(eni["private_ip"]),
          ipv6: String((eni["ipv6_addresses"] as string[] | undefined)?.join()),
          elasticIp: String(eips?.get(slot)?.["public_ip"]),
          availabilityZone: String(instance["availability_zone"]),
          volumes: ["root_block_device", "ebs_block_device"].flatMap((name) =>
            (instance[name] as { volume_size: number }[]).map((each) => String(each.volume_size)),
          ),
        };
      });
  }

  private hasLocalState(): boolean {
    const file = join(this.workspace.directory, "config", `${this.environment}.json`);
    const { backend } = JSON.parse(readFileSync(file, "utf8")) as { backend: { type: string } };
    return backend.type === "local";
  }

  /** Live instances of the environment, as the local AWS itself tells, by slot. */
  async liveInstances(): Promise<SandboxInstance[]> {
    const all = await this.aws.instances();
    return all
      .filter((i) => i.state !== "terminated" && i.tags["routed:environment"] === this.environment)
      .sort((a, b) => Number(a.tags["routed:node"]) - Number(b.tags["routed:node"]));
  }

  /** Calls that changed something since the last time this was asked, as "ec2:RunInstances". */
  async newChanges(): Promise<string[]> {
    const { calls, total } = await this.aws.calls();
    const fresh = calls.slice(Math.max(0, calls.length - (total - this.seenCalls)));
    this.seenCalls = total;
    return fresh.filter((c) => c.mutating).map((c) => `${c.service}:${c.action}`);
  }
  private seenCalls = 0;
}

/** What must stay the same of a slot, whatever instance sits in it. */
export function addressesOf(slots: readonly SlotFacts[]): string[] {
  return slots.map(
    ({ networkInterfaceId, privateIpv4, ipv6, elasticIp, availabilityZone }) =>
      `${networkInterfaceId} ${privateIpv4} ${ipv6} ${elasticIp} ${availabilityZone}`,
  );
}

type Occupied = Pick<SlotFacts, "instanceId">;

/** The slots whose instance differs between two looks, at all slots in their order. */
export function replacedSlots(before: readonly Occupied[], after: readonly Occupied[]): number[] {
  return after.flatMap(({ instanceId }, slot) =>
    before[slot] !== undefined && before[slot].instanceId !== instanceId ? [slot] : [],
  );
}
