import { App } from "cdktf";
import { checkQuotas } from "./lib/preflight/refuse-unlaunchable";
import { loadEnvironments } from "./lib/config/load";
import { environmentToDestroy, readSettings } from "./lib/config/settings";
import { runbookOf } from "./lib/errors";
import { observeAndPlan, refusalsThatFail } from "./lib/synthesis/observe-and-plan";
import type { PlannedEnvironment } from "./lib/synthesis/observe-and-plan";
import { createObservationReader } from "./lib/observe/create-observation-reader";
import { readPlanOptions } from "./lib/synthesis/read-plan-options";
import { recordPlan } from "./lib/synthesis/recorded-plan";
import { requireNoErroredState } from "./lib/synthesis/errored-state";
import { renderOutcome } from "./lib/plan/render/render-outcome";
import { quotaConnection, registryConnection } from "./lib/preflight/connect-to-quotas";
import { EnvironmentStack } from "./lib/stack/environment-stack";
import { disableStackTraces } from "./lib/stack/stack-traces";
import { synthesisFolder } from "./lib/synthesis/synthesis-folder";
import { checkSynthesis } from "./lib/verify/written/check-synthesis";

/** The composition root: load → observe → plan → check quotas → stacks → synth. */
export async function main(): Promise<readonly PlannedEnvironment[]> {
  const settings = readSettings(process.env);
  const folder = synthesisFolder(settings.outputDirectory);
  requireNoErroredState(folder.stacks);
  const environments = loadEnvironments({
    directory: settings.configDirectory,
    names: settings.selected,
  });
  const destroy = environmentToDestroy(settings, environments);
  const reader = createObservationReader({
    observationsDirectory: settings.observationsDirectory,
    recordDirectory: folder.observations,
  });
  const outcome = await checkQuotas(
    await observeAndPlan(
      environments,
      reader,
      await readPlanOptions(settings, environments.length),
    ),
    quotaConnection(settings.observationsDirectory),
    registryConnection(settings.observationsDirectory),
  );
  for (const { plan } of outcome.planned) console.log(renderOutcome(plan));
  for (const note of outcome.notes) console.log(note);
  for (const { error } of outcome.refused) console.error(error.message);
  for (const page of new Set(outcome.refused.map(({ error }) => runbookOf(error)))) {
    if (page !== null) console.error(page);
  }

  if (!settings.debug) disableStackTraces();
  const app = new App({ outdir: settings.outputDirectory, stackTraces: false });
  for (const { environment, plan } of outcome.planned) {
    const destroying = environment.name === destroy;
    if (destroying) console.log(`${destroy}: synthesized to be destroyed (ROUTED_DESTROY)`);
    new EnvironmentStack(app, environment, plan, { destroying });
  }
  app.synth();
  for (const { plan } of outcome.planned) await recordPlan(folder.plans, plan);

  if (refusalsThatFail(outcome, settings.selected).length > 0) process.exitCode = 1;
  return outcome.planned;
}

/** What bin/app.cjs has done with what `main` made. */
export async function check(planned: readonly PlannedEnvironment[]): Promise<void> {
  await checkSynthesis(planned, readSettings(process.env));
}
