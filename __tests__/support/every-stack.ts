import { Testing } from "cdktf";
import { isDelivered } from "../../lib/config/delivery";
import type { Environment } from "../../lib/config/environment";
import { loadEnvironments } from "../../lib/config/load";
import {
  clusterName,
  IMAGES,
  imageParameter,
  nodeDaemonService,
  ROUTER_DAEMON,
} from "../../lib/config/naming";
import { PopTask } from "../../lib/index";
import { aCluster, aTask } from "../fixtures/a-cluster";
import { emptyObservation } from "../../lib/observe/empty-observation";
import type { Observation } from "../../lib/observe/observation";
import { RecordedObservationReader } from "../../lib/observe/recorded";
import { desiredFleet } from "../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import { simulateWave } from "../../lib/plan/simulate/simulate-wave";
import { BootstrapStack } from "../../lib/stack/bootstrap-stack";
import { synthesize, synthesizeConstructs } from "../fixtures/synthesize";
import type { SynthesizedStack } from "../fixtures/synthesize";
import { loadFullEnvironments } from "./full-environments";
import { stagesImages } from "../../lib/config/settings";

/**
 * Every kind of stack, by what it is: the shipped environments as they were observed, environments
 * with all that a config can hold (before their first deploy, and after it), an account's bootstrap,
 * and the constructs in a stack of somebody else.
 */
export async function everyStack(): Promise<[string, SynthesizedStack][]> {
  const shipped = loadEnvironments({ directory: "config" });
  const reader = new RecordedObservationReader("__tests__/fixtures/observations");
  const full = loadFullEnvironments();
  return [
    ...(await Promise.all(
      shipped.map(async (environment): Promise<[string, SynthesizedStack]> => {
        return [environment.name, planned(environment, await reader.read(environment))];
      }),
    )),
    ...full.flatMap((environment): [string, SynthesizedStack][] => [
      [`${environment.name}, new`, planned(environment, nothingOf(environment))],
      [`${environment.name}, deployed`, planned(environment, afterDeploy(environment))],
    ]),
    ...[shipped, full].map((environments): [string, SynthesizedStack] => [
      `bootstrap of ${environments[0]?.name}`,
      bootstrap(environments.filter(isDelivered)),
    ]),
    ["constructs alone", constructsAlone()],
  ];
}

export function planned(environment: Environment, observation: Observation): SynthesizedStack {
  return synthesize(environment, planUpgrade(desiredFleet(environment), observation));
}

export function nothingOf(environment: Environment): Observation {
  const images = IMAGES.map(({ os, architecture }, index) => [
    imageParameter(os, architecture),
    `ami-0000000000000000${index}`,
  ]);
  return emptyObservation(environment, Object.fromEntries(images) as Observation["images"]);
}

/** What is observed once all is well, with tasks from an earlier image where the config stages images. */
export function afterDeploy(environment: Environment): Observation {
  const { aws, autopilotSites, name, routed } = environment;
  const nothing = nothingOf(environment);
  const plan = planUpgrade(desiredFleet(environment), nothing);
  const deployed = simulateWave(nothing, plan);
  if (deployed.health.source !== "ecs") throw new Error("a simulated fleet tells its health");
  const { containerInstances } = deployed.health;
  const arn = (what: string) => `arn:aws:ecs:${aws.region}:${aws.accountId}:${what}`;
  const taskDefinitionArn = arn(`task-definition/${clusterName(name)}--pops:1`);
  const pops = autopilotSites.map((site) => {
    const place = plan.placement?.pops.find(({ pop }) => pop === site.name);
    const slots = place?.slots ?? deployed.instances.flatMap(({ slot }) => slot ?? []);
    return { pop: site.name, place, slots };
  });
  return {
    ...deployed,
    cluster: {
      clusterArn: arn(`cluster/${clusterName(name)}`),
      status: "ACTIVE",
      registeredContainerInstances: containerInstances.length,
    },
    health: {
      source: "ecs",
      containerInstances,
      services: pops.map(({ pop, place, slots }) => ({
        serviceName: pop,
        scheduling: routed.placement === "daemon" ? "DAEMON" : "REPLICA",
        desiredCount: slots.length,
        runningCount: slots.length,
        deploymentInProgress: false,
        ...(place?.slots == null ? {} : { slots: [...place.slots] }),
        ...(place?.cell == null ? {} : { cell: place.cell }),
        ...(place?.coreSet == null ? {} : { coreSet: place.coreSet }),
        ...(stagesImages(environment) ? { taskDefinitionArn } : {}),
      })),
      nodeDaemons: [
        {
          serviceName: nodeDaemonService(ROUTER_DAEMON),
          healthyOn: containerInstances.map(({ containerInstanceArn }) => containerInstanceArn),
        },
      ],
      ...(stagesImages(environment)
        ? {
            taskDefinitions: [
              { taskDefinitionArn, image: "registry.example/routed:1", settings: "0123456789ab" },
            ],
          }
        : {}),
      tasks: pops.flatMap(({ pop, slots }) =>
        slots.map((slot) => {
          const instance = deployed.instances.find((one) => one.slot === slot);
          const on = containerInstances.find((one) => one.instanceId === instance?.instanceId);
          return {
            taskArn: arn(`task/${clusterName(name)}/${pop}-${slot}`),
            serviceName: pop,
            containerInstanceArn: on?.containerInstanceArn ?? null,
            lastStatus: "RUNNING",
            healthStatus: "HEALTHY" as const,
          };
        }),
      ),
    },
  };
}

export function bootstrap(environments: readonly Environment[]): SynthesizedStack {
  const accountId = environments[0]?.aws.accountId ?? "";
  const stack = new BootstrapStack(Testing.app(), {
    environments,
    accountId,
    repository: "example/infra",
  });
  return JSON.parse(Testing.synth(stack)) as SynthesizedStack;
}

/** A PoP with a task definition of its own, with the longest prefix. */
function constructsAlone(): SynthesizedStack {
  const synthesized = synthesizeConstructs((stack) => {
    const name = "n".repeat(27);
    const cluster = aCluster(stack, { name });
    new PopTask(stack, "pop", {
      ...aTask(cluster, name),
      pop: "p".repeat(24),
      siteId: 999,
      ports: { bgp: 20999, api: 21999, metrics: 22999 },
      bgpPeers: ["2001:db8:7::/48"],
      bgpSecurityGroup: cluster.bgpSecurityGroup(999),
      cluster: cluster.cluster,
    });
  });
  // The provider is somebody else's.
  return { ...synthesized, provider: {} };
}
