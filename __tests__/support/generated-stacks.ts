import { Testing } from "cdktf";
import { loadEnvironments } from "../../lib/config/load";
import { imageParameter } from "../../lib/config/naming";
import type { Environment } from "../../lib/config/environment";
import { RoutedCluster, SharedTaskDefinition } from "../../lib/index";
import { emptyObservation } from "../../lib/observe/empty-observation";
import { desiredFleet } from "../../lib/plan/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import { literal } from "../../lib/stack/literal";
import { BootstrapStack } from "../../lib/stack/bootstrap-stack";
import { synthesize, synthesizeConstructs } from "../fixtures/synthesize";
import type { SynthesizedStack } from "../fixtures/synthesize";
import { everyOption } from "./every-option";
import { OLD_AMI } from "./fleet";
import { findScripts } from "./generated-scripts";
import type { FoundScripts } from "./generated-scripts";

/**
 * What is found in all stacks that this product makes: the shipped environments, those that set
 * every option, the constructs' own options, and what an account needs before.
 */
export function findAllScripts(): FoundScripts {
  const environments = [...loadEnvironments({ directory: "config" }), ...everyOption()];
  const found = [
    ...environments.map((environment) =>
      findScripts(stackOf(environment), textsOfDaemons(environment)),
    ),
    findScripts(bootstrap(environments)),
    ...[false, true].map((cores) => findScripts(withShellHealthCheck(cores))),
  ];
  const scripts = new Map(
    found.flatMap((each) => each.scripts.map((one) => [`${one.place} ${one.text}`, one])),
  );
  return {
    scripts: [...scripts.values()],
    inputs: [...new Set(found.flatMap(({ inputs }) => inputs))],
    unknown: found.flatMap(({ unknown }) => unknown),
  };
}

/** The environment as its first deploy makes it. */
export function stackOf(environment: Environment): SynthesizedStack {
  const { os, architecture } = environment.fleet.image;
  const images = { [imageParameter(os, architecture)]: OLD_AMI };
  const observation = emptyObservation(environment, images);
  return synthesize(environment, planUpgrade(desiredFleet(environment), observation));
}

function textsOfDaemons({ routed }: Environment): string[] {
  return routed.daemons.flatMap(({ command, entryPoint, environment, healthCheck }) =>
    [
      ...(command ?? []),
      ...(entryPoint ?? []),
      ...(healthCheck?.command ?? []),
      ...Object.values(environment),
    ].map((text) => literal(text)),
  );
}

function bootstrap(environments: readonly Environment[]): SynthesizedStack {
  const [{ aws }] = environments as [Environment];
  const stack = new BootstrapStack(Testing.app(), {
    environments: environments.filter((one) => one.aws.accountId === aws.accountId),
    accountId: aws.accountId,
    repository: "example/infra",
  });
  return JSON.parse(Testing.synth(stack)) as SynthesizedStack;
}

/** What only the constructs let choose. */
function withShellHealthCheck(coreSets: boolean): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    const cluster = new RoutedCluster(stack, "cluster", {
      name: "routed-test",
      accountId: "123456789012",
      region: "us-east-2",
      vpcCidr: "10.64.0.0/16",
      availabilityZones: ["us-east-2a", "us-east-2b"],
      apiClientCidrs: [],
      apiPorts: { from: 21001, to: 21999 },
      prometheusCidrs: [],
      metricsPorts: { from: 22001, to: 22999 },
    });
    new SharedTaskDefinition(stack, "shared", {
      name: "routed-test",
      environment: "test",
      region: "us-east-2",
      snapshotBucket: cluster.snapshotBucket,
      logGroup: cluster.logGroup,
      taskRole: cluster.taskRole,
      executionRole: cluster.executionRole,
      image: "registry.example/routed:1",
      cpuUnits: 4096,
      memoryMiB: 20480,
      stateRebuildMinutes: 12,
      portBases: { bgp: 20000, api: 21000, metrics: 22000 },
      initImage: "registry.example/busybox:1",
      healthCheckCommand: ["CMD-SHELL", "test -e /run/complete && healthcheck"],
      cpuIsolation: coreSets ? "cpuset" : "quota",
    });
  });
}
