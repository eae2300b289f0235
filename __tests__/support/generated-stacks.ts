import { loadEnvironments } from "../../lib/config/load";
import type { Environment } from "../../lib/config/environment";
import { SharedTaskDefinition } from "../../lib/index";
import { literal } from "../../lib/stack/literal";
import { aCluster, aTask } from "../fixtures/a-cluster";
import { synthesizeConstructs } from "../fixtures/synthesize";
import type { SynthesizedStack } from "../fixtures/synthesize";

import { loadFullEnvironments } from "./full-environments";
import { bootstrap, nothingOf, planned } from "./every-stack";
import { findScripts } from "./generated-scripts";
import type { FoundScripts } from "./generated-scripts";

/**
 * What is found in all stacks that this product makes: the shipped environments, those that set
 * every option, the constructs' own options, and what an account needs before.
 */
export function findAllScripts(): FoundScripts {
  const environments = [...loadEnvironments({ directory: "config" }), ...loadFullEnvironments()];
  const account = environments[0]?.aws.accountId;
  const found = [
    ...environments.map((environment) =>
      findScripts(planned(environment, nothingOf(environment)), textsOfDaemons(environment)),
    ),
    findScripts(bootstrap(environments.filter(({ aws }) => aws.accountId === account))),
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

/** What only the constructs let choose. */
function withShellHealthCheck(coreSets: boolean): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    const cluster = aCluster(stack);
    new SharedTaskDefinition(stack, "shared", {
      ...aTask(cluster),
      portBases: { bgp: 20000, api: 21000, metrics: 22000 },
      initImage: "registry.example/busybox:1",
      healthCheckCommand: ["CMD-SHELL", "test -e /run/complete && healthcheck"],
      cpuIsolation: coreSets ? "cpuset" : "quota",
    });
  });
}
