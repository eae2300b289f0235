/**
 * `npm run demo`: plays an AMI upgrade of prd-na on an embedded, simulated fleet, deploy by deploy,
 * through the product's own load → observe → plan → synth. It needs neither AWS nor Terraform: the
 * observation before each deploy is a recorded file, and the deploy itself is simulated.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadEnvironment } from "../lib/config/load";
import { imageParameter } from "../lib/config/naming";
import { RoutedError } from "../lib/errors";
import { recordObservation } from "../lib/observe/recorded";
import { emptyObservation } from "../lib/observe/empty-observation";
import type { Observation } from "../lib/observe/observation";
import { desiredFleet } from "../lib/plan/desired/desired-fleet";
import { planWaves } from "../lib/plan/plan-upgrade";
import { renderPlan } from "../lib/plan/render/render-plan";
import { simulateServices } from "../lib/plan/simulate/simulate-health";
import { simulateWave } from "../lib/plan/simulate/simulate-wave";
import type { UpgradePlan } from "../lib/plan/upgrade-plan";
import { countOf } from "../lib/words";
import { STACK_FILE, synthesisFolder } from "../lib/synthesis/synthesis-folder";
import { readOptions } from "./options";

const ENVIRONMENT = "prd-na";
const OLD_AMI = "ami-0a11ce00000000001";
const NEW_AMI = "ami-0b0b0000000000002";
/** More deploys than any fleet of this size needs: the demo ends whatever happens. */
const MOST_DEPLOYS = 10;

const directory = ".demo";
const observations = join(directory, "observations");
const output = join(directory, "cdktf.out");

async function main(): Promise<void> {
  readOptions(process.argv.slice(2), {});
  rmSync(directory, { recursive: true, force: true });
  const environment = loadEnvironment("config", ENVIRONMENT);
  const desired = desiredFleet(environment);
  const parameter = imageParameter(desired.os, desired.architecture);

  let observation: Observation = emptyObservation(environment, { [parameter]: OLD_AMI });
  say(`${ENVIRONMENT}: nothing exists yet. The first deploy builds the fleet:\n`);
  observation = await deploy(observation, desired);
  observation = { ...observation, health: simulateServices(environment, observation.instances) };

  say(`\nThe fleet runs ${OLD_AMI}. Now a new AMI comes out: ${NEW_AMI}.`);
  say("Each deploy upgrades one node and pins the others to what they run with.\n");
  observation = { ...observation, images: { [parameter]: NEW_AMI } };
  let deploys = 0;
  while (planWaves(desired, observation)[0]?.status === "staged" && deploys < MOST_DEPLOYS) {
    deploys += 1;
    say(`── deploy ${deploys} ─────────────────────────────────────────────────────────`);
    observation = await deploy(observation, desired);
  }
  say("── one more deploy ────────────────────────────────────────────────────");
  await deploy(observation, desired);
  say(`\nConverged after ${countOf(deploys, "deploy")}; every node kept its address.`);
  say(`The last Terraform JSON lies in ${terraformJson()}`);
  say(`The last observation lies in   ${join(observations, `${ENVIRONMENT}.json`)}`);
  say(`Plan from it yourself:  ROUTED_OBSERVATIONS=${observations} npx routed plan ${ENVIRONMENT}`);
}

/** One deploy: record, plan, synthesize for real, show, and simulate what Terraform would do. */
async function deploy(
  observation: Observation,
  desired: ReturnType<typeof desiredFleet>,
): Promise<Observation> {
  await recordObservation(observations, observation);
  const waves = planWaves(desired, observation);
  const [plan] = waves;
  if (!plan) throw new RoutedError("invariant-violated", "no plan was made");
  synthesize();
  say(renderPlan(waves, process.stdout.columns));
  say(`in ${terraformJson()}: ${amisInTerraform()}\n`);
  const after = simulateWave(observation, plan);
  assertAddressesKept(observation, after, plan);
  return after;
}

/** Runs the app as the cdktf command does, on the recorded observation. */
function synthesize(): void {
  const app = spawnSync(process.execPath, [resolve("bin/app.cjs")], {
    env: {
      ...process.env,
      ROUTED_ENVIRONMENTS: ENVIRONMENT,
      ROUTED_OBSERVATIONS: observations,
      CDKTF_OUTDIR: output,
    },
    encoding: "utf8",
    timeout: 60_000,
  });
  if (app.status !== 0) {
    throw new RoutedError("sandbox-failed", `synthesis failed:\n${app.stderr}${app.stdout}`);
  }
}

function terraformJson(): string {
  return join(synthesisFolder(output).stack(ENVIRONMENT), STACK_FILE);
}

interface SynthesizedStack {
  readonly resource: {
    readonly aws_instance: Record<string, { ami: string; tags: Record<string, string> }>;
  };
}

/** "node 0 ami-…, node 1 ami-…": read back from the JSON that Terraform would get. */
function amisInTerraform(): string {
  const stack = JSON.parse(readFileSync(terraformJson(), "utf8")) as SynthesizedStack;
  return Object.values(stack.resource.aws_instance)
    .map(({ ami, tags }) => `node ${tags["routed:node"]} ${ami}`)
    .sort()
    .join(", ");
}

function assertAddressesKept(before: Observation, after: Observation, plan: UpgradePlan): void {
  const addressesOf = (o: Observation) =>
    new Map(o.elasticIps.map((eip) => [eip.slot, `${eip.allocationId} ${eip.networkInterfaceId}`]));
  const kept = addressesOf(after);
  for (const [slot, address] of addressesOf(before)) {
    const removed = plan.decisions.some((d) => d.slot === slot && d.action === "remove");
    if (!removed && kept.get(slot) !== address) {
      throw new RoutedError("invariant-violated", `slot ${slot} lost its address`);
    }
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
