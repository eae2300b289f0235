import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { loadEnvironment } from "../../lib/config/load";
import { canonicalObservation } from "../../lib/observe/canonical-observation";
import { emptyObservation } from "../../lib/observe/empty-observation";
import type { Observation } from "../../lib/observe/observation";
import { desiredFleet } from "../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import { simulateServices } from "../../lib/plan/simulate/simulate-health";
import { simulateWave } from "../../lib/plan/simulate/simulate-wave";
import { requireToolchain } from "../../sandbox/toolchain";
import { EndToEnd, SMALL } from "../support/end-to-end";

/** The same with what AWS makes up told by whose it is: ids and addresses by slot, and no times. */
function named(observation: Observation): Observation {
  const { instances, networkInterfaces, elasticIps, health } = observation;
  if (health.source !== "ecs") throw new Error(health.reason);
  const slotOf = new Map(instances.map(({ instanceId, slot }) => [instanceId, slot]));
  const nodeOf = new Map(
    health.containerInstances.map((each) => [
      each.containerInstanceArn,
      slotOf.get(each.instanceId ?? ""),
    ]),
  );
  const names: [string | undefined, string][] = [
    ...instances.flatMap(({ instanceId, slot, launchTime }): [string, string][] => [
      [instanceId, `instance ${slot}`],
      [launchTime, "launch"],
    ]),
    ...networkInterfaces.flatMap((eni): [string | undefined, string][] => [
      [eni.networkInterfaceId, `eni ${eni.slot}`],
      [eni.subnetId, `subnet ${eni.availabilityZone}`],
      [eni.privateIpv4, `ipv4 ${eni.slot}`],
      [eni.ipv6[0], `ipv6 ${eni.slot}`],
    ]),
    ...elasticIps.flatMap((eip): [string, string][] => [
      [eip.allocationId, `eip ${eip.slot}`],
      [eip.publicIpv4, `public ${eip.slot}`],
    ]),
    ...[...nodeOf].map(([arn, slot]): [string, string] => [arn, `node ${slot}`]),
    ...health.tasks.map((task): [string, string] => [
      task.taskArn,
      `${task.serviceName} on ${nodeOf.get(task.containerInstanceArn ?? "")}`,
    ]),
  ];
  const byText = new Map(names);
  const text = JSON.stringify(observation, (_, value: unknown) =>
    typeof value === "string" ? (byText.get(value) ?? value) : value,
  );
  return canonicalObservation(JSON.parse(text) as Observation);
}

it("is what the local AWS holds of a fleet that Terraform has built: recorded fixtures are simulated", async () => {
  const built = await EndToEnd.built();
  try {
    const { directory } = built.workspace;
    const { environment } = await requireToolchain();
    const run = spawnSync(
      process.execPath,
      [resolve("bin/routed.cjs"), "observe", SMALL, "--raw"],
      {
        cwd: directory,
        env: { ...process.env, ...environment, ...built.aws.environment },
        encoding: "utf8",
        timeout: 120_000,
      },
    );
    expect(run.stderr).toBe("");
    const observed = JSON.parse(run.stdout) as Observation;
    const small = loadEnvironment(join(directory, "config"), SMALL);
    const empty = emptyObservation(small, observed.images);
    const simulated = simulateWave(empty, planUpgrade(desiredFleet(small), empty));
    const health = simulateServices(small, simulated.instances);
    const { cluster } = observed;
    // The simulated account keeps no record of addresses.
    const seen = { ...observed };
    delete seen.remembered;
    expect(named(seen)).toEqual(named({ ...simulated, cluster, health }));
  } finally {
    await built.stop();
  }
});
