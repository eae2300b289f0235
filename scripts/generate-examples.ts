/**
 * Generates docs/examples/: what `routed report` makes of four typical changes of prd-na, on a simulated
 * fleet. `npm run generate:examples` writes the texts, `-- --check` fails where one is not what it should
 * be, and `-- --screenshots` takes pictures of the pages too, with Chromium.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironment } from "../lib/config/load";
import type { Environment } from "../lib/config/environment";
import { RoutedError } from "../lib/errors";
import { recordObservation } from "../lib/observe/recorded";
import type { Observation } from "../lib/observe/observation";
import { desiredFleet } from "../lib/plan/desired/desired-fleet";
import { planWaves } from "../lib/plan/plan-upgrade";
import { renderReportHtml } from "../lib/report/html/render-page";
import { renderReportMarkdown } from "../lib/report/render-markdown";
import { reportOf } from "../lib/report/report-model";
import type { Report } from "../lib/report/report-model";
import { parseTerraformPlan } from "../lib/terraform/plan";
import { stackOf } from "../lib/terraform/stack";
import { renderVerdict } from "../lib/verify/render-verdict";
import { verifyPlan } from "../lib/verify/verify-plan";
import { takeScreenshots } from "./examples/screenshots";
import { simulatedPlan } from "./examples/simulated-plan";
import type { Stack } from "./examples/simulated-plan";
import { deployedFleet, SITUATIONS } from "./examples/situations";
import type { ConfigFile, Situation } from "./examples/situations";
import { readOptions } from "./options";
import { STACK_FILE, synthesisFolder } from "../lib/synthesis/synthesis-folder";

const ROOT = __dirname; // the project's: bin/run.cjs runs a bundle as if it lay there
const DIRECTORY = join(ROOT, "docs/examples");
const ENVIRONMENT = "prd-na";
/** Ages are counted up to it, so that equal sources give equal pages. */
const NOW = Date.parse("2026-03-02T12:00:00Z");

/** A config folder, recorded observations and a synthesis of their own, apart from the project's. */
class Workspace {
  constructor(readonly directory: string) {
    mkdirSync(join(directory, "config"));
  }

  configure(config: ConfigFile): Environment {
    const file = join(this.directory, "config", `${ENVIRONMENT}.json`);
    writeFileSync(file, JSON.stringify({ ...config, name: undefined, extends: undefined }));
    return loadEnvironment(join(this.directory, "config"), ENVIRONMENT);
  }

  /** As `cdktf synth` does. */
  async synthesize(observation: Observation): Promise<Stack> {
    await recordObservation(join(this.directory, "observations"), observation);
    const app = spawnSync(process.execPath, [join(ROOT, "bin/app.cjs")], {
      cwd: this.directory,
      env: {
        ...process.env,
        ROUTED_ENVIRONMENTS: ENVIRONMENT,
        ROUTED_OBSERVATIONS: "observations",
        CDKTF_OUTDIR: "cdktf.out",
      },
      encoding: "utf8",
      timeout: 60_000,
    });
    if (app.status !== 0) {
      throw new RoutedError("sandbox-failed", `synthesis failed:\n${app.stderr}${app.stdout}`);
    }
    const file = join(
      synthesisFolder(join(this.directory, "cdktf.out")).stack(ENVIRONMENT),
      STACK_FILE,
    );
    return JSON.parse(readFileSync(file, "utf8")) as Stack;
  }
}

async function reportOn(situation: Situation, workspace: Workspace): Promise<Report> {
  const config = loadEnvironment(join(ROOT, "config"), ENVIRONMENT);
  const deployed = workspace.configure(situation.before(config));
  const seen = deployedFleet(deployed);
  const left = await workspace.synthesize(seen);
  const environment = workspace.configure(situation.after(config));
  const observation = situation.since(seen, environment);
  const wanted = await workspace.synthesize(observation);

  const waves = planWaves(desiredFleet(environment), observation);
  const [plan] = waves;
  if (!plan) throw new RoutedError("invariant-violated", "no plan was made");
  const json = JSON.stringify(simulatedPlan(left, wanted));
  const terraformPlan = parseTerraformPlan(json, situation.name);
  const stack = stackOf(wanted, STACK_FILE);
  const subject = { environment, upgradePlan: plan, observation, terraformPlan, stack };
  const verdict = verifyPlan(subject);
  if (!verdict.proved) {
    const refused = renderVerdict(verdict);
    throw new RoutedError("not-proved", `the example ${situation.name} is refused:\n${refused}`);
  }
  return reportOf({
    planned: { environment, observation, plan, waves },
    terraform: { changes: terraformPlan.changes, verdict },
    history: [],
    now: NOW,
  });
}

/** By file name. */
async function examples(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const situation of SITUATIONS) {
    const directory = mkdtempSync(join(tmpdir(), "routed-examples-"));
    try {
      const report = await reportOn(situation, new Workspace(directory));
      files.set(`${situation.name}.md`, renderReportMarkdown(report));
      files.set(`${situation.name}.html`, renderReportHtml(report));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
  files.set("README.md", index());
  return files;
}

function index(): string {
  const rows = SITUATIONS.map(
    ({ name, title }) =>
      `| ${title} | [comment](${name}.md) | [page](${name}.html) | ![](${name}.png) |`,
  );
  return `# Reports on typical changes

What \`routed report\` makes of four changes of ${ENVIRONMENT}, on a simulated fleet. Generated by
\`npm run generate:examples\`; the pictures are taken anew by \`npm run generate:examples -- --screenshots\`.

| change | for a pull request | for a browser | in light |
| --- | --- | --- | --- |
${rows.join("\n")}

The new AMI [in dark](new-ami-dark.png) and [on a phone](new-ami-phone.png).
`;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), { flags: ["check", "screenshots"] });
  const files = await examples();
  if (options.check) {
    const stale = [...files].filter(([name, text]) => {
      const file = join(DIRECTORY, name);
      return !existsSync(file) || readFileSync(file, "utf8") !== text;
    });
    if (stale.length === 0) return;
    const names = stale.map(([name]) => `docs/examples/${name}`).join(", ");
    console.error(`not what its source gives: ${names}; run: npm run generate:examples`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(DIRECTORY, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(DIRECTORY, name), text);
  if (options.screenshots) {
    await takeScreenshots(
      DIRECTORY,
      SITUATIONS.map(({ name }) => name),
    );
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
