import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Environment } from "../../config/environment";
import { RoutedError } from "../../errors";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { RecordedObservationReader } from "../../observe/recorded";
import type { PlanOptions } from "../../plan/plan-upgrade";
import { readRecordedPlan } from "../../synthesis/recorded-plan";
import { preflight, requirePassed } from "../../preflight/preflight";
import type { ConnectToQuotas } from "../../aws/preflight-calls";
import { renderVerdict, renderVerdictJson } from "../../verify/render-verdict";
import { readStack } from "../../terraform/stack";
import { pullState } from "../../terraform/pull-state";
import { planStack } from "../../terraform/run-plan";
import { renderViolation } from "../../verify/verdict";
import type { TerraformPlan } from "../../terraform/plan";
import { refuseTainted } from "../../verify/refuse-tainted";
import { verifyPlan } from "../../verify/verify-plan";
import { adoptInstances, lostInstances } from "./adopt-instances";
import type { DeployTools } from "../../terraform/deploy-tools";
import type { DeployPort, PreparedDeploy } from "../ports";
import { synthesisVariables } from "../../synthesis/write-plan-options";
import type { SynthesisFolder } from "../../synthesis/synthesis-folder";
import { synthesisFolder } from "../../synthesis/synthesis-folder";

/** Observing a fleet of hundreds of nodes takes a minute; AWS's throttling can take it to several. */
const SYNTH_TIMEOUT_MS = 10 * 60_000;
/** The provider may have to be downloaded. */
const INIT_TIMEOUT_MS = 10 * 60_000;
const PROBE_TIMEOUT_MS = 2 * 60_000;
/** A wave takes some minutes, a first deploy of 100 PoPs too; AWS's throttling can take it to an hour. */
const APPLY_TIMEOUT_MS = 2 * 60 * 60_000;

export interface TerraformDeployerOptions {
  readonly environment: Environment;
  readonly tools: DeployTools;
  /** The project's folder, in which `cdktf` is run. */
  readonly projectDirectory: string;
  /** Where synthesis writes, relative to the project's folder. */
  readonly outputDirectory: string;
  readonly connectToQuotas: ConnectToQuotas;
  /** Is told what was done beyond what was asked for. */
  readonly note: (message: string) => void;
}

/**
 * A deploy in the steps that a careful person takes: `cdktf synth`, `terraform plan`, `routed
 * verify`, and `terraform apply` of exactly the plan that was verified.
 *
 * The first wave reads every resource of the state again; waves after it only where that wave wasn't
 * applied whole, or where their plan isn't proved without. What decides a wave is read from AWS
 * anyway: the observation, and Terraform's own checks of it.
 *
 * With a `cloud` backend, plan and apply run where the workspace runs them; saved plans need
 * Terraform 1.6 there.
 */
export class TerraformDeployer implements DeployPort {
  private readonly stackDirectory: string;
  private readonly folder: SynthesisFolder;
  private isReady = false;
  /**
   * Whether the state holds what AWS held when an earlier wave of this controller was planned, and
   * that wave was applied whole. Then a wave need not read every PoP again.
   */
  private isStateFresh = false;
  /** Plan file → digest of its content when it was verified, and the state that it was made from. */
  private readonly verified = new Map<
    string,
    { readonly digest: string; readonly state: string | null }
  >();

  constructor(private readonly options: TerraformDeployerOptions) {
    const { environment, outputDirectory, projectDirectory } = options;
    this.folder = synthesisFolder(resolve(projectDirectory, outputDirectory));
    this.stackDirectory = this.folder.stack(environment.name);
  }

  async preflight(planned: PlannedEnvironment): Promise<void> {
    requirePassed(await preflight(planned, { connect: this.options.connectToQuotas }));
  }

  async prepare(planOptions: PlanOptions, signal: AbortSignal): Promise<PreparedDeploy> {
    const { environment, tools } = this.options;
    const { stackDirectory } = this;
    if (!this.isReady) {
      await tools.requireTerraform(environment.backend.type, this.options.projectDirectory);
    }
    await this.synthesize(planOptions, signal);
    await this.initialize(signal);
    const plan = await readRecordedPlan(this.folder.plans, environment.name);
    const observation = await new RecordedObservationReader(this.folder.observations).read(
      environment,
    );
    const stack = await readStack(stackDirectory);
    // The next synthesis removes it, so that no old plan lies about.
    const planFile = join(stackDirectory, "plan");
    const runTerraform = tools.terraformRunner(signal);
    let state = await refuseTainted(plan, { stackDirectory, runTerraform });
    const makePlan = (refresh: boolean) =>
      planStack({ stackDirectory, runTerraform, keepAs: planFile, refresh, lock: true });
    const verify = (terraformPlan: TerraformPlan) =>
      verifyPlan({ environment, upgradePlan: plan, observation, terraformPlan, stack });
    let isRefreshed = !this.isStateFresh;
    let terraformPlan = await makePlan(isRefreshed);
    const lost = lostInstances(plan, terraformPlan);
    const adopted = await adoptInstances({ lost, observation, stackDirectory, tools, signal });
    if (adopted.length > 0) {
      this.options.note(adoptionNote(adopted));
      state = await pullState({ stackDirectory, runTerraform });
    }
    if (adopted.length > 0 || (!isRefreshed && !verify(terraformPlan).proved)) {
      isRefreshed = true;
      terraformPlan = await makePlan(isRefreshed);
    }
    const verdict = verify(terraformPlan);
    if (!verdict.proved) {
      await rm(planFile, { force: true });
      const violations = verdict.violations.map((violation) => renderViolation(violation));
      throw new RoutedError(
        "not-proved",
        [
          `${environment.name}: Terraform's plan is not proved to be safe, so it isn't applied:`,
          ...violations,
        ].join("\n"),
      );
    }
    this.verified.set(planFile, {
      digest: await digestOf(planFile),
      state: state?.version ?? null,
    });
    const proof = JSON.parse(renderVerdictJson(verdict)) as object;
    return {
      plan,
      planFile,
      verdict: { ...proof, refreshed: isRefreshed, plannedAt: terraformPlan.plannedAt },
      told: renderVerdict(verdict),
      changesNothing:
        !terraformPlan.changesOutputs &&
        terraformPlan.changes.every(({ effect }) => effect === "none"),
      restarts: verdict.facts.deployments.filter((name) =>
        environment.autopilotSites.some((site) => site.name === name),
      ),
    };
  }

  async probe({ planFile }: PreparedDeploy, signal: AbortSignal): Promise<void> {
    const { tools } = this.options;
    const { stackDirectory } = this;
    const runTerraform = tools.terraformRunner(signal);
    const before = this.verified.get(planFile)?.state ?? null;
    if (before !== null) {
      // Takes the lock, finds nothing of that name, and gives it back.
      await tools.runTerraform(
        ["state", "rm", "-dry-run", "-lock=true", "-lock-timeout=30s", "terraform_data.probe"],
        stackDirectory,
        { timeoutMs: PROBE_TIMEOUT_MS, signal },
      );
    }
    const state = await pullState({ stackDirectory, runTerraform });
    if ((state?.version ?? null) === before) return;
    const what = `${planFile} was made from a state that has changed since`;
    throw new RoutedError("stale-plan", `${what}: somebody else has deployed; plan again`);
  }

  async apply({ planFile }: PreparedDeploy, report: (line: string) => void): Promise<void> {
    const digest = this.verified.get(planFile)?.digest;
    if (digest === undefined || digest !== (await digestOf(planFile))) {
      const what = `${planFile} is not the plan that was verified`;
      throw new RoutedError("invalid-plan", `${what}; run the rollout again`);
    }
    this.verified.delete(planFile);
    this.isStateFresh = false;
    try {
      await this.options.tools.runTerraform(
        ["apply", "-input=false", "-no-color", "-lock=true", "-lock-timeout=60s", planFile],
        this.stackDirectory,
        { timeoutMs: APPLY_TIMEOUT_MS, report: onlyProgress(report) },
      );
      this.isStateFresh = true;
    } finally {
      await rm(planFile, { force: true });
    }
  }

  private async synthesize(planOptions: PlanOptions, signal: AbortSignal): Promise<void> {
    const { environment, outputDirectory, projectDirectory, tools } = this.options;
    const variables = await synthesisVariables(environment.name, planOptions, this.folder.root);
    const args = ["synth", "--output", outputDirectory];
    await tools.cdktf(args, projectDirectory, variables, { timeoutMs: SYNTH_TIMEOUT_MS, signal });
  }

  /** Once in a rollout: it checks the provider and the backend, and takes some seconds. */
  private async initialize(signal: AbortSignal): Promise<void> {
    if (this.isReady) return;
    await this.options.tools.runTerraform(
      ["init", "-input=false", "-no-color"],
      this.stackDirectory,
      {
        timeoutMs: INIT_TIMEOUT_MS,
        signal,
      },
    );
    this.isReady = true;
  }
}

function adoptionNote(adopted: readonly string[]): string {
  return `Terraform's state lacked ${adopted.join(" and ")}, which a deploy launched before it was killed; it was added to the state`;
}

/** Passes on what Terraform says of resources and of what is wrong, not the outputs at its end. */
function onlyProgress(report: (line: string) => void): (line: string) => void {
  let isAtEnd = false;
  return (line) => {
    isAtEnd ||= line.startsWith("Outputs:");
    if (!isAtEnd && line.trim() !== "") report(line);
  };
}

async function digestOf(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}
