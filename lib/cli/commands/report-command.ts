import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import type { Settings } from "../../config/settings";
import { messageOf, RoutedError } from "../../errors";
import { observeAndPlanOne } from "../../synthesis/observe-and-plan";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { createObservationReader } from "../../observe/create-observation-reader";
import { readPlanOptions } from "../../synthesis/read-plan-options";
import { readRecordedPlan } from "../../synthesis/recorded-plan";
import { writeOwn } from "../../files/own-file";
import { isReport } from "../../report/is-report";
import { renderReportHtml } from "../../report/html/render-page";
import { renderReportMarkdown } from "../../report/render-markdown";
import { renderReportJson, reportOf } from "../../report/report-model";
import type { Report } from "../../report/report-model";
import type { VerifiedPlan } from "../../report/report-subject";
import { readPlanFile } from "../../terraform/run-plan";
import { readStack } from "../../terraform/stack";
import { terraformRunner } from "../../terraform/runner";
import type { TerraformRunner } from "../../terraform/runner";
import { verifyPlan } from "../../verify/verify-plan";
import { createAwsRolloutWorld } from "../../rollout/aws-world";
import type { WaveRecord } from "../../rollout/ports";
import type { CreateRolloutWorld } from "../open-rollout";
import type { CliWorld } from "../cli-world";
import { synthesisFolder } from "../../synthesis/synthesis-folder";

export interface ReportCommandOptions {
  /** @default markdown */
  readonly format?: ReportFormat;
  /** A plan file, or the output of `terraform show -json`, of the last synthesis. */
  readonly plan?: string;
  /** Where to write the report, instead of to standard output. */
  readonly out?: string;
  readonly ignoreHealth?: boolean;
  /** A local folder with the past waves, instead of the environment's bucket. */
  readonly history?: string;
}

export type ReportFormat = "markdown" | "html" | "json";

const RENDERERS: Readonly<Record<ReportFormat, (report: Report) => string>> = {
  markdown: renderReportMarkdown,
  html: renderReportHtml,
  json: renderReportJson,
};

/**
 * `routed report <environment>`: what the next deploy does to nodes, PoPs and resources, and what
 * comes after it, as a page, a comment or data; changes nothing.
 *
 * With Terraform's plan, the report is one of the synthesis that the plan was made from: it takes the
 * observation that this synthesis recorded.
 *
 * @returns 0, whatever the report says
 * @throws RoutedError for bad config, an environment that can't be observed, a plan that can't be
 *   read, and `stale-plan` where it is of another synthesis
 */
export async function reportCommand(
  name: string,
  options: ReportCommandOptions,
  world: CliWorld,
  runTerraform: TerraformRunner = terraformRunner(world.variables),
  now: number = Date.now(),
  createWorld: CreateRolloutWorld = createAwsRolloutWorld,
): Promise<number> {
  const { format = "markdown", plan: planFile, out } = options;
  const render = RENDERERS[format];
  const settings = readSettings(world.variables);
  const planned = await look(name, settings, options);
  const terraform =
    planFile === undefined ? null : await verified(planFile, planned, settings, runTerraform);
  const history = await pastWaves(planned, options, world, createWorld);
  const text = render(reportOf({ planned, terraform, history, now }));
  if (out === undefined) world.print(text);
  else await writeOwn({ path: out, kind: "a report", isOwn: isReport }, text);
  return 0;
}

/** For the estimates; none where AWS may not be asked or doesn't let them be read. */
async function pastWaves(
  { environment }: PlannedEnvironment,
  { history: historyDirectory }: ReportCommandOptions,
  world: CliWorld,
  createWorld: CreateRolloutWorld,
): Promise<readonly WaveRecord[]> {
  const { variables } = world;
  const withoutThem = (why: string): [] => {
    world.printError(`note: times are estimated from the config, not from past waves: ${why}\n`);
    return [];
  };
  const mayAsk = readSettings(variables).observationsDirectory === undefined;
  if (historyDirectory === undefined && !mayAsk) return [];
  if (historyDirectory !== undefined && !existsSync(historyDirectory)) {
    return withoutThem(`--history: there is no ${historyDirectory}`);
  }
  try {
    return await createWorld(environment, { variables, historyDirectory }).history.list();
  } catch (error) {
    return withoutThem(messageOf(error));
  }
}

async function look(
  name: string,
  settings: Settings,
  options: ReportCommandOptions,
): Promise<PlannedEnvironment> {
  const environment = loadEnvironment(settings.configDirectory, name);
  const reader = createObservationReader({
    observationsDirectory:
      settings.observationsDirectory ??
      (options.plan === undefined ? undefined : synthesisObservations(name, settings)),
  });
  const ignoreHealth = settings.ignoreHealth || options.ignoreHealth === true;
  const planOptions = await readPlanOptions(settings);
  return observeAndPlanOne(environment, reader, { ...planOptions, ignoreHealth });
}

/** Where the last synthesis recorded what it read from AWS. */
function synthesisObservations(name: string, { outputDirectory }: Settings): string {
  const directory = synthesisFolder(outputDirectory).observations;
  if (existsSync(join(directory, `${name}.json`))) return directory;
  throw new RoutedError(
    "invalid-observation",
    `${directory}: what the synthesis of ${name} observed is not recorded here; synthesize first ` +
      `(cdktf synth), or name the folder that it read by ROUTED_OBSERVATIONS`,
  );
}

async function verified(
  planFile: string,
  { environment, observation, plan }: PlannedEnvironment,
  { outputDirectory }: Settings,
  runTerraform: TerraformRunner,
): Promise<VerifiedPlan> {
  const folder = synthesisFolder(outputDirectory);
  const upgradePlan = await readRecordedPlan(folder.plans, environment.name);
  if (JSON.stringify(upgradePlan.decisions) !== JSON.stringify(plan.decisions)) {
    throw new RoutedError(
      "stale-plan",
      `${environment.name}: the config, the observation or the options have changed since the ` +
        `synthesis that ${planFile} was made from; synthesize and plan again`,
    );
  }
  const stackDirectory = folder.stack(environment.name);
  const terraformPlan = await readPlanFile(planFile, { stackDirectory, runTerraform });
  const stack = await readStack(stackDirectory);
  const verdict = verifyPlan({ environment, upgradePlan, observation, terraformPlan, stack });
  return { changes: terraformPlan.changes, verdict };
}
