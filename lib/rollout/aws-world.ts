import { resolve } from "node:path";
import type { Environment } from "../config/environment";
import { readSettings } from "../config/settings";
import { RoutedError } from "../errors";
import { observeAndPlanAgain } from "../synthesis/observe-and-plan";
import { createObservationReader } from "../observe/create-observation-reader";
import { quotaConnection } from "../preflight/connect-to-quotas";
import { AlarmGate } from "./gates/alarm-gate";
import { allGates } from "./gates/all-gates";
import { AwsDrainer } from "./aws-drainer";
import { rolloutSession } from "../aws/rollout-calls";
import type { RolloutCalls } from "../aws/rollout-calls";
import { CommandGate } from "./gates/command-gate";
import { DeployTools } from "../terraform/deploy-tools";
import { FirstDeployHistory, FirstDeployLock } from "./store/first-deploy";
import { LocalObjectStore } from "./store/local-object-store";
import { thisMachine } from "./store/machine";
import { ObjectHistory } from "./store/object-history";
import type { ObjectStore } from "./store/object-store";
import { ObjectLock } from "./store/object-lock";
import type { FleetPort, RolloutWorld, RolloutWorldOptions } from "./ports";
import { S3ObjectStore } from "./store/s3-object-store";
import { runSubprocess } from "../terraform/subprocess";
import { systemClock } from "./system-clock";
import { TerraformDeployer } from "./deploy/terraform-deployer";

/**
 * A rollout's world as it really is: AWS by the SDK, `cdktf` and Terraform as subprocesses in the
 * working directory, and the environment's own bucket. Nothing is called before a port is.
 */
export function createAwsRolloutWorld(
  environment: Environment,
  options: RolloutWorldOptions,
): RolloutWorld {
  const { variables, alarms = [], gateCommand, historyDirectory, note = () => undefined } = options;
  const { outputDirectory } = readSettings(variables);
  const clock = systemClock;
  const machine = thisMachine(variables);
  const session = rolloutSession(environment, connectToRollout);
  const bucket = new S3ObjectStore(session);
  const folder = new LocalObjectStore(outputDirectory);
  const lockOf = (store: S3ObjectStore | LocalObjectStore): ObjectLock =>
    new ObjectLock({ environment: environment.name, store, clock, machine });
  const historyOf = (store: ObjectStore): ObjectHistory =>
    new ObjectHistory(store, environment.name);
  const startedAt = new Date(clock.now()).toISOString().replace(/[:.]/g, "-");
  return {
    fleet: awsFleet(environment),
    deployer: new TerraformDeployer({
      environment,
      tools: new DeployTools({
        variables,
        run: runSubprocess,
        logFile: resolve(outputDirectory, "logs", `${environment.name}-${startedAt}.log`),
      }),
      projectDirectory: process.cwd(),
      outputDirectory,
      connectToQuotas: requireConnection(),
      note,
    }),
    drainer: new AwsDrainer(session),
    lock: new FirstDeployLock(lockOf(bucket), lockOf(folder), note),
    history:
      historyDirectory === undefined
        ? new FirstDeployHistory(historyOf(bucket), historyOf(folder))
        : historyOf(new LocalObjectStore(historyDirectory)),
    gate: allGates([
      ...(alarms.length === 0 ? [] : [new AlarmGate(session, alarms)]),
      ...(gateCommand === undefined ? [] : [new CommandGate(gateCommand, variables)]),
    ]),
    clock,
    operator: machine.operator,
  };
}

function awsFleet(environment: Environment): FleetPort {
  const reader = createObservationReader();
  return { look: (planOptions) => observeAndPlanAgain(environment, reader, planOptions) };
}

function requireConnection() {
  const connect = quotaConnection(undefined);
  if (connect === null) throw new RoutedError("invariant-violated", "quotas can't be asked");
  return connect;
}

/** Loads the SDK only when a call is made; by our own module, for the bundle's sake. */
async function connectToRollout(region: string): Promise<RolloutCalls> {
  const { rolloutSdkCalls } = await import("../aws/rollout-sdk-calls");
  return rolloutSdkCalls(region);
}
