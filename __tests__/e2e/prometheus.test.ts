import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Observation } from "../../lib/observe/observation";
import { recordObservation } from "../../lib/observe/recorded";
import { environmentWith, sites } from "../fixtures/config/config-folder";
import { aFleet, observationOf } from "../support/fleet";
import { Prometheus, promtool, requirePrometheus } from "../support/prometheus";
import { SimulatedTask, WELL } from "../support/simulated-tasks";

/** So short that a test sees an alert fire; everything else as exported. */
const QUICK = {
  "export.prometheus.scrapeIntervalSeconds": 1,
  "export.prometheus.evaluationIntervalSeconds": 1,
  "export.alerts": {
    popDownSeconds: 1,
    popDegradedSeconds: 2,
    nodeNotAvailableSeconds: 1,
    bgpSessionsDownSeconds: 1,
    targetsMissingSeconds: 60,
  },
};

let directory: string;
const running: { stop: () => Promise<void> }[] = [];

beforeAll(() => {
  requirePrometheus();
  directory = mkdtempSync(join(tmpdir(), "routed-prometheus-files-"));
  mkdirSync(join(directory, "config"));
});
afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  rmSync(directory, { recursive: true, force: true });
});

/** `routed export prometheus`, and a Prometheus that runs with what it wrote. */
async function exportAndStart(
  name: string,
  fields: Readonly<Record<string, unknown>>,
  observation: Observation,
): Promise<{ readonly prometheus: Prometheus; readonly told: string }> {
  const config = JSON.stringify(environmentWith({ ...QUICK, ...fields }));
  writeFileSync(join(directory, "config", `${name}.json`), config);
  await recordObservation(join(directory, "observed"), observation);
  const output = join(directory, name);
  const command = [resolve("bin/routed.cjs"), "export", "prometheus", name, "-o", output];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: directory,
    env: { ...process.env, ROUTED_OBSERVATIONS: "observed" },
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: ["prometheus.yml", "rules.yml", "targets.json"]
      .map((file) => `wrote ${join(output, file)}\n`)
      .join(""),
  });
  expect(readdirSync(output)).toHaveLength(3);
  const check = promtool("check", "config", join(output, "prometheus.yml"));
  expect(check).toMatchObject({ status: 0 });
  const prometheus = await Prometheus.start(join(output, "prometheus.yml"));
  running.push(prometheus);
  return { prometheus, told: stderr };
}

async function startTasks(places: readonly (readonly [string, number])[]) {
  const tasks = places.map(([host, port]) => new SimulatedTask(host, port));
  for (const task of tasks) {
    running.push(task);
    await task.start();
  }
  return tasks;
}

const stopAll = (tasks: readonly SimulatedTask[]) => Promise.all(tasks.map((task) => task.stop()));

describe("a real Prometheus with the exported files", () => {
  it("fires exactly what it should over IPv4 when a task, a node and a PoP go away", async () => {
    // A network of this process's own within 127.0.0.0/8.
    const hosts = [11, 12, 13].map((last) => `127.77.${process.pid % 250}.${last}`);
    const seen = observationOf(aFleet({ environment: "four" }));
    const observation = {
      ...seen,
      networkInterfaces: seen.networkInterfaces.map((eni) => ({
        ...eni,
        privateIpv4: hosts[eni.slot ?? -1] ?? "",
      })),
    };
    const tasks = await startTasks(
      hosts.flatMap((host) => [22001, 22002, 22003].map((port) => [host, port] as const)),
    );
    const { prometheus, told } = await exportAndStart(
      "four",
      { autopilotSites: sites(3) },
      observation,
    );
    expect(told).toBe("");
    const onSlot = (slot: number) => tasks.slice(slot * 3, slot * 3 + 3);
    const ofPop = (pop: number) => tasks.filter((_, index) => index % 3 === pop - 1);
    const firing = () => prometheus.firing();

    await prometheus.until(() => prometheus.targets(), {
      up: hosts.flatMap((host) => [22001, 22002, 22003].map((port) => `${host}:${port}`)),
    });
    const { result } = await prometheus.query(`up{pop="pop2",slot="1"}`);
    expect(result.map(({ metric }) => metric)).toEqual([
      {
        __name__: "up",
        job: "routed-tasks",
        instance: `${hosts[1]}:22002`,
        environment: "four",
        pop: "pop2",
        slot: "1",
        az: "us-east-2b",
      },
    ]);
    await prometheus.until(
      async () => (await prometheus.query("routed:pop_tasks_serving:count == 3")).result.length,
      3,
    );
    expect(await prometheus.everFired()).toEqual([]);

    await ofPop(1)[1]?.stop();
    await prometheus.until(firing, ["RoutedPopDegraded pop=pop1"]);

    await stopAll(onSlot(2));
    const withoutNode = [
      "RoutedNodeNotAvailable slot=2",
      "RoutedPopDegraded pop=pop1",
      "RoutedPopDegraded pop=pop2",
    ];
    await prometheus.until(firing, [...withoutNode, "RoutedPopDegraded pop=pop3"]);

    await stopAll(ofPop(3));
    await prometheus.until(firing, [...withoutNode, "RoutedPopDown pop=pop3"]);

    for (const task of tasks) {
      await task.stop();
      await task.start();
    }
    await prometheus.until(firing, []);
    expect(await prometheus.everFired()).toEqual([
      ...withoutNode,
      "RoutedPopDegraded pop=pop3",
      "RoutedPopDown pop=pop3",
    ]);
  });

  it("scrapes over IPv6, and tells a slow rebuild and lost BGP sessions from a task that is gone", async () => {
    const seen = observationOf(aFleet({ environment: "six" }));
    // Loopback has one IPv6 address, so one node is deployed; the others have no address yet.
    const observation = {
      ...seen,
      networkInterfaces: seen.networkInterfaces
        .filter(({ slot }) => slot === 0)
        .map((eni) => ({ ...eni, ipv6: ["::1"], instanceId: null })),
      elasticIps: seen.elasticIps.filter(({ slot }) => slot === 0),
      instances: [],
    };
    const metricsBase = 24000 + (process.pid % 7000);
    const ports = [metricsBase + 1, metricsBase + 2];
    const [first, second] = await startTasks(ports.map((port) => ["::1", port] as const));
    if (!first || !second) throw new Error("no tasks");
    const { prometheus, told } = await exportAndStart(
      "six",
      {
        autopilotSites: sites(2),
        "network.vpcCidr": "10.80.0.0/16",
        "network.prometheusCidrs": ["2001:db8:2::/48"],
        "routed.ports": { metricsBase },
      },
      observation,
    );
    expect(told).toBe(
      [1, 2]
        .map(
          (slot) =>
            `note: six: slot ${slot} has no address yet and is left out; export again once it has\n`,
        )
        .join(""),
    );
    const firing = () => prometheus.firing();
    await prometheus.until(() => prometheus.targets(), {
      up: ports.map((port) => `[::1]:${port}`),
    });
    expect(await prometheus.everFired()).toEqual([]);

    first.state = { ...WELL, healthy: 0, rebuildProgress: 0.5 };
    second.state = { ...WELL, sessions: { "2001:db8:1::1": 1, "2001:db8:1::2": 0 } };
    const unwell = ["RoutedBgpSessionsDown pop=pop2 slot=0", "RoutedPopDown pop=pop1"];
    await prometheus.until(firing, [...unwell, "RoutedRebuildSlow slot=0"]);

    await first.stop();
    await second.stop();
    const gone = [
      "RoutedNodeNotAvailable slot=0",
      "RoutedPopDown pop=pop1",
      "RoutedPopDown pop=pop2",
    ];
    await prometheus.until(firing, gone);
    expect(await prometheus.everFired()).toEqual(
      [...new Set([...unwell, "RoutedRebuildSlow slot=0", ...gone])].sort(),
    );
  });
});
