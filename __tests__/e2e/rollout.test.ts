import { renderSummary } from "../../lib/plan/render/render-summary";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { parse } from "yaml";
import type { WaveRecord } from "../../lib/rollout/ports";
import { stateResources, synthesize, terraformInit, terraformPlanJson } from "../../sandbox/deploy";
import { fewestHealthyTasks } from "../../sandbox/health-timeline";
import { findProjectRoot } from "../../sandbox/project-root";
import { addressesOf, EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import type { SlotFacts } from "../support/end-to-end";
import { ExportWatch } from "../support/export-watch";
import { AddressWatch, RoutedRollout } from "../support/routed-rollout";

const ENVIRONMENT = "roll";
const ALARM = "api-5xx";
const SITES = [1, 2].map((id) => ({ id, name: `pop${id}`, bgpPeers: [`2001:db8:${id}::/48`] }));

/**
 * Rollouts of three nodes that serve two PoPs, by real Terraform on emulated nodes. The environment
 * is built once, by a rollout too; each scenario has a fork of it, and they run side by side, since a deploy is
 * mostly waiting.
 */
describe("routed rollout", () => {
  const forks: EndToEnd[] = [];
  const rollouts: RoutedRollout[] = [];
  let built: EndToEnd | undefined;
  const building = (async () => {
    built = await EndToEnd.start(ENVIRONMENT, smallConfig({ sites: SITES }));
    const first = new RoutedRollout(built);
    rollouts.push(first);
    const result = await first.result();
    if (result.kind !== "converged") throw new Error(`it was not built:\n${first.told()}`);
    return { world: built, slots: await built.slots() };
  })();

  afterAll(async () => {
    await building.catch(() => undefined);
    for (const rollout of rollouts) await rollout.killAll();
    for (const fork of forks) await fork.stop();
    await built?.stop();
  });

  interface Scenario {
    readonly world: EndToEnd;
    /** The slots as they were built. */
    readonly first: readonly SlotFacts[];
    readonly rollout: (...args: string[]) => RoutedRollout;
  }

  async function scenario(): Promise<Scenario> {
    const { world: base, slots: first } = await building;
    const world = await base.fork();
    forks.push(world);
    const rollout = (...args: string[]): RoutedRollout => {
      const started = new RoutedRollout(world, args);
      rollouts.push(started);
      return started;
    };
    return { world, first, rollout };
  }

  /** Without the wave that built the environment. */
  function history(world: EndToEnd): WaveRecord[] {
    const { aws, toolchain, workspace } = world.run();
    const program = join(findProjectRoot(), "bin/routed.cjs");
    const { stdout } = spawnSync(process.execPath, [program, "history", ENVIRONMENT, "--json"], {
      cwd: workspace.directory,
      env: { ...process.env, ...toolchain.environment, ...aws.environment },
      encoding: "utf8",
    });
    const [built, ...waves] = JSON.parse(stdout) as WaveRecord[];
    expect(built).toMatchObject({
      result: "done",
      plan: { decisions: [0, 1, 2].map((slot) => ({ slot, action: "create" })) },
    });
    return waves;
  }

  /** No PoP was ever without two of its three tasks: one node at a time was out of service. */
  async function expectPopsServed(world: EndToEnd): Promise<void> {
    const fewest = fewestHealthyTasks(await world.aws.timeline(), ENVIRONMENT, 3);
    expect(fewest).toEqual({ pop1: 2, pop2: 2, "node--router": 2 });
  }

  /** Of a new synthesis: the last one says of nodes that have changed since what they were. */
  async function expectNothingLeft(world: EndToEnd): Promise<void> {
    const { status, output } = await synthesize(world.run());
    if (status !== 0) throw new Error(output);
    expect(output).toContain("roll: converged");
    const plan = (await terraformPlanJson(world.run())) as {
      readonly resource_changes: readonly { address: string; change: { actions: string[] } }[];
    };
    const changes = plan.resource_changes.filter(({ change }) => change.actions.join() !== "no-op");
    expect(changes).toEqual([]);
  }

  async function launchesBySlot(world: EndToEnd): Promise<Record<number, number>> {
    const counts: Record<number, number> = {};
    for (const { event, slot } of await world.aws.timeline()) {
      if (event === "launched" && slot !== null) counts[slot] = (counts[slot] ?? 0) + 1;
    }
    return counts;
  }

  /** Prometheus is told the same before, during and after the waves: every slot's addresses. */
  async function expectOneExport(watch: ExportWatch, slots: readonly SlotFacts[]): Promise<void> {
    const { seen, samples } = await watch.stop();
    expect(samples).toBeGreaterThanOrEqual(5);
    const [exported, ...others] = seen;
    expect(others).toEqual([]);
    if (exported === undefined || typeof exported === "string") throw new Error(exported);
    const addresses = slots.flatMap(({ elasticIp, ipv6 }) => [elasticIp, ipv6]);
    expect(parse(exported.helmRelease)).toMatchObject({
      metadata: { name: "autopilot-routed-prom-roll-awsuse1" },
      spec: { values: { routedIPs: addresses } },
    });
    const targets = slots.flatMap(({ privateIpv4 }) =>
      [22001, 22002].map((port) => ({ targets: [`${privateIpv4}:${port}`] })),
    );
    expect(JSON.parse(exported.files["targets.json"] ?? "")).toMatchObject(targets);
    expect(Object.keys(exported.files)).toEqual(["prometheus.yml", "rules.yml", "targets.json"]);
  }

  it.concurrent("goes on after its state has moved from a local file to S3", async () => {
    const { world, first, rollout } = await scenario();
    const { environment } = world.aws;
    const s3 = new S3Client({
      endpoint: environment["AWS_ENDPOINT_URL"],
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    });
    const succeed = async (run: Promise<{ status: number | null; output: string }>) => {
      const { status, output } = await run;
      if (status !== 0) throw new Error(output);
    };
    // docs/backends.md, step by step.
    await succeed(synthesize(world.run()));
    await succeed(terraformInit(world.run()));
    const before = (await stateResources(world.run())).map(({ address }) => address);
    await s3.send(new CreateBucketCommand({ Bucket: "states" }));
    world.configure({
      ...smallConfig({ sites: SITES }),
      backend: { type: "s3", bucket: "states" },
    });
    await succeed(synthesize(world.run()));
    await succeed(terraformInit(world.run({ args: ["-migrate-state", "-force-copy"] })));
    expect((await stateResources(world.run())).map(({ address }) => address)).toEqual(before);
    await expectNothingLeft(world);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: "states" }));
    expect(Contents?.map(({ Key }) => Key)).toEqual([`routed/${ENVIRONMENT}.tfstate`]);

    await world.aws.releaseImage();
    expect(await rollout("--max-waves", "1").result()).toMatchObject({
      status: 0,
      kind: "max-waves",
    });
    const after = await world.slots();
    expect(replacedSlots(first, after)).toEqual([0]);
    expect(addressesOf(after)).toEqual(addressesOf(first));
  });

  it.concurrent(
    "upgrades three nodes on their addresses, and no PoP loses more than one task at a time",
    async () => {
      const { world, first, rollout } = await scenario();
      const addresses = new AddressWatch(world);
      const exported = new ExportWatch(world);
      const amiId = await world.aws.releaseImage();
      const running = rollout();
      await running.until(({ type }) => type === "rollout-started");

      const second = await rollout().result();
      expect(second).toMatchObject({ status: 1, kind: "stopped", reason: "locked" });
      expect(second.message).toMatch(/^roll: \S+@\S+ \(process \d+\) runs a rollout since 20\S+Z /);

      expect(await running.result()).toMatchObject({ status: 0, kind: "converged", waves: 3 });
      const after = await world.slots();
      expect(after.map((slot) => slot.amiId)).toEqual([amiId, amiId, amiId]);
      expect(replacedSlots(first, after)).toEqual([0, 1, 2]);
      expect(addressesOf(after)).toEqual(addressesOf(first));
      const seen = await addresses.stop();
      expect(Object.values(seen).map((ofSlot) => ofSlot.length)).toEqual([1, 1, 1]);
      await expectOneExport(exported, first);
      await expectPopsServed(world);
      await expectNothingLeft(world);

      const waves = history(world);
      expect(
        waves.map(({ wave, result, plan }) => `${wave} ${result} ${renderSummary(plan)}`),
      ).toEqual(["1 done upgrade node 0", "2 done upgrade node 1", "3 done upgrade node 2"]);
      for (const { verdict } of waves) expect(verdict).toMatchObject({ proved: true });
    },
  );

  it.concurrent(
    "stops at a node that never becomes healthy, leaves the others, and goes back",
    async () => {
      const { world, first, rollout } = await scenario();
      const amiId = await world.aws.releaseImage();
      await world.aws.setNodeFault({ kind: "never-healthy", imageId: amiId });
      await setAlarm(world, "ALARM");
      const refused = await rollout("--alarm", ALARM).result();
      expect(refused).toMatchObject({ status: 1, kind: "stopped", reason: "gate", waves: 0 });
      expect(refused.message).toMatch(
        /^the gate says no: alarm api-5xx is in ALARM since 20\S+Z \(the test says so\)$/,
      );
      const live = (await world.liveInstances()).map(({ instanceId }) => instanceId).sort();
      expect(live).toEqual(first.map(({ instanceId }) => instanceId).sort());
      await setAlarm(world, "OK");
      const stopped = await rollout("--timeout", "10s", "--alarm", ALARM).result();
      expect(stopped).toMatchObject({ status: 1, kind: "stopped", reason: "not-available" });
      const broken = await world.slots();
      expect(replacedSlots(first, broken)).toEqual([0]);
      expect((await world.aws.containerInstances()).map(({ status }) => status)).toEqual([
        "ACTIVE",
        "ACTIVE",
        "ACTIVE",
      ]);
      await expectPopsServed(world);

      // The gate says no, and yet may not keep a broken node from going back.
      const gate = 'test "$ROUTED_GATE" = after-bake';
      const back = await rollout("--to", "previous", "--gate", gate).result();
      expect(back).toMatchObject({ status: 0, kind: "converged", waves: 1 });
      const after = await world.slots();
      expect(replacedSlots(broken, after)).toEqual([0]);
      expect(after.map((slot) => slot.amiId)).toEqual(first.map((slot) => slot.amiId));
      expect(addressesOf(after)).toEqual(addressesOf(first));
      await world.waitUntilHealthy();
      await expectPopsServed(world);
      expect(history(world).map(({ result, to }) => `${result} ${to !== null}`)).toEqual([
        "failed false",
        "done true",
      ]);
    },
  );

  it.concurrent(
    "goes on after kill -9 in a drain and twice in an apply, and replaces each node once",
    async () => {
      const { world, first, rollout } = await scenario();
      const amiId = await world.aws.releaseImage();

      // The controller, while node 0 drains.
      await world.aws.configureAgent({ stopSeconds: 5 });
      const first0 = rollout();
      await first0.untilTold("drain", /task/);
      await first0.kill();
      expect(await launchesBySlot(world)).toEqual({ 0: 1, 1: 1, 2: 1 });
      await world.aws.configureAgent({ stopSeconds: 0.5 });

      // The controller and Terraform, while Terraform waits for node 0's new instance.
      const second0 = rollout();
      await second0.untilTold("apply", /aws_instance\.\S*node-0\S*: Creating\.\.\./);
      while ((await launchesBySlot(world))[0] !== 2) await pause(100);
      await second0.killAll();

      // The controller alone, while Terraform replaces node 1, and goes on with it.
      const third = rollout();
      await third.untilTold("apply", /aws_instance\.\S*node-1\S*: Destroying\.\.\./);
      await third.kill();

      // Terraform may still replace node 1 by itself: a rollout that stops for that is run again.
      let resumed = rollout();
      for (let again = 0; again < 2 && (await resumed.result()).kind === "stopped"; again += 1) {
        resumed = rollout();
      }
      const last = await resumed.result();
      if (last.kind !== "converged") throw new Error(`it did not converge:\n${resumed.told()}`);
      expect(last.status).toBe(0);
      const after = await world.slots();
      expect(after.map((slot) => slot.amiId)).toEqual([amiId, amiId, amiId]);
      expect(addressesOf(after)).toEqual(addressesOf(first));
      expect(await launchesBySlot(world)).toEqual({ 0: 2, 1: 2, 2: 2 });
      await expectPopsServed(world);
      await expectNothingLeft(world);
      const ids = new Set(history(world).map(({ rolloutId }) => rolloutId));
      expect(ids.size).toBe(1);
    },
  );
});

/** Makes the alarm, in a state. */
async function setAlarm(world: EndToEnd, state: "ALARM" | "OK"): Promise<void> {
  const { endpoint, environment, region } = world.aws;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } =
    environment;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new CloudWatchClient({ region, endpoint, credentials });
  const comparison = {
    ComparisonOperator: "GreaterThanThreshold",
    EvaluationPeriods: 1,
    MetricName: "HTTPCode_Target_5XX_Count",
    Namespace: "AWS/ApplicationELB",
    Period: 60,
    Statistic: "Sum",
    Threshold: 1,
  } as const;
  await client.send(new PutMetricAlarmCommand({ AlarmName: ALARM, ...comparison }));
  const change = { AlarmName: ALARM, StateValue: state, StateReason: "the test says so" };
  await client.send(new SetAlarmStateCommand(change));
  client.destroy();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
