import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ROLLOUT_METRICS } from "../../../../lib/metrics/metric-names";
import type { RolloutEvent, RolloutEventBody } from "../../../../lib/rollout/events";
import { metricsPush } from "../../../../lib/rollout/sinks/metrics-push";
import { metricsSink } from "../../../../lib/rollout/sinks/metrics-sink";
import { RolloutMetrics } from "../../../../lib/rollout/sinks/rollout-metrics";
import { allSinks } from "../../../../lib/rollout/sinks/sink";
import { play } from "../../../support/rollout/play";
import { SimulatedAccount } from "../../../support/rollout/simulated-account";

const START = Date.parse("2026-03-01T10:00:00Z");
let now: number;
let metrics: RolloutMetrics;
beforeEach(() => {
  now = START;
  metrics = new RolloutMetrics("prd-na", () => now);
});

function take(body: RolloutEventBody): void {
  metrics.take({ at: new Date(now).toISOString(), ...body });
}

/** What the text says, by series, without the label that all have. */
async function series(of = metrics): Promise<Record<string, number>> {
  const lines = (await of.text()).split("\n").filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = "", labels = "", value] =
        /^routed_rollout_(\w+)\{environment="[a-z-]+",?(.*)\} (\S+)$/.exec(line) ?? [];
      return [labels === "" ? name : `${name} ${labels}`, Number(value)];
    }),
  );
}

const HELD: RolloutEventBody = {
  type: "waiting",
  for: "held",
  holds: [
    { kind: "last-healthy-task", slots: [0], pops: ["pop1"] },
    { kind: "cell", holders: [{ slot: 1, unavailable: { kind: "not-registered" } }] },
  ],
  message: "",
  until: "",
};
const OUTSIDE: RolloutEventBody = { type: "waiting", for: "window", message: "", until: "" };
const waveStarted: RolloutEventBody = {
  type: "wave-started",
  wave: 2,
  done: 1,
  remaining: 2,
  summary: "",
  slots: [1],
  popsTouched: [],
  resumed: false,
};

describe("a rollout's metrics", () => {
  it("say at once that it runs, since when, and that it is held by nothing", async () => {
    expect(await series()).toMatchObject({
      running: 1,
      start_time_seconds: START / 1000,
      held_seconds: 0,
      'waiting reason="node-unavailable"': 0,
      'result result="stopped"': 0,
    });
    expect(await series()).not.toHaveProperty("end_time_seconds");
  });

  it("say for how long it is held, until now, and why", async () => {
    take(HELD);
    now += 30_000;
    take(HELD);
    now += 30_000;
    expect(await series()).toMatchObject({
      held_seconds: 60,
      'waiting reason="last-healthy-task"': 1,
      'waiting reason="cell"': 1,
      'waiting reason="node-unavailable"': 0,
      'waiting reason="outside-window"': 0,
    });
    take(OUTSIDE);
    expect(await series()).toMatchObject({
      held_seconds: 0,
      'waiting reason="cell"': 0,
      'waiting reason="outside-window"': 1,
    });
    take(waveStarted);
    expect(await series()).toMatchObject({ 'waiting reason="outside-window"': 0 });
  });

  it("count a phase while it lasts, and keep what it took", async () => {
    take(waveStarted);
    take({ type: "phase-started", wave: 2, phase: "apply", expectedSeconds: 60 });
    now += 45_000;
    expect(await series()).toMatchObject({ 'phase_seconds phase="apply"': 45 });
    take({
      type: "phase-ended",
      wave: 2,
      phase: "apply",
      outcome: "done",
      seconds: 46,
      message: "",
    });
    now += 60_000;
    expect(await series()).toMatchObject({ 'phase_seconds phase="apply"': 46 });
    take({ ...waveStarted, wave: 3 });
    expect(await series()).not.toHaveProperty('phase_seconds phase="apply"');
  });

  it("count a wave that is done, and no other", async () => {
    take(waveStarted);
    expect(await series()).toMatchObject({ waves_done: 1, waves_remaining: 2 });
    take({ type: "wave-ended", wave: 2, result: "failed", message: "" });
    expect(await series()).toMatchObject({ waves_done: 1, waves_remaining: 2 });
    take({ type: "wave-ended", wave: 2, result: "done", message: "" });
    expect(await series()).toMatchObject({ waves_done: 2, waves_remaining: 1 });
  });

  it("say how it ended, when, and why it stopped", async () => {
    take(HELD);
    now += 5_000;
    const result = { kind: "stopped", reason: "gate", message: "", remedy: "", waves: 1 } as const;
    take({ type: "rollout-ended", result });
    now += 60_000;
    expect(await series()).toMatchObject({
      running: 0,
      end_time_seconds: START / 1000 + 5,
      held_seconds: 0,
      'waiting reason="cell"': 0,
      'result result="stopped"': 1,
      'result result="converged"': 0,
      'stopped reason="gate"': 1,
      'stopped reason="drain"': 0,
    });
  });

  it("are all that are named, of a whole rollout, each with its help", async () => {
    const account = new SimulatedAccount();
    await account.found();
    account.releaseAmi(2);
    metrics = new RolloutMetrics("sandbox", () => account.time.now());
    const sink = (event: RolloutEvent): void => metrics.take(event);
    await account.time.during(play(account, { operator: "alice", sink }));
    const text = await metrics.text();
    for (const { help, name } of Object.values(ROLLOUT_METRICS)) {
      expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name}{`);
    }
    expect(await series()).toMatchObject({
      waves_done: 3,
      waves_remaining: 0,
      'result result="converged"': 1,
      'phase_expected_seconds phase="bake"': 120,
      'phase_seconds phase="bake"': 121,
    });
  });
});

describe("--metrics-push", () => {
  let server: Server;
  let url: string;
  let requests: { request: IncomingMessage; body: string }[];
  let status: number | null;
  beforeEach(async () => {
    requests = [];
    status = 200;
    server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        requests.push({ request, body });
        if (status === null) return;
        response.statusCode = status;
        response.end(status === 200 ? "" : "no such thing\n");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("replaces the environment's group, with the URL's path and password", async () => {
    await metricsPush(`http://me:p%40ss@${url}/push`, "prd-na").put(await metrics.text());
    const [{ request, body } = fail()] = requests;
    expect(`${request.method} ${request.url}`).toBe(
      "PUT /push/metrics/job/routed_rollout/environment/prd-na",
    );
    const { authorization = "", "content-type": type } = request.headers;
    expect(Buffer.from(authorization.replace("Basic ", ""), "base64").toString()).toBe("me:p@ss");
    expect(type).toBe("text/plain; version=0.0.4");
    expect(body).toMatch(/routed_rollout_running\{environment="prd-na"\} 1\n/);
    expect(body.endsWith("\n")).toBe(true);
  });

  it("says what the gateway said, and never the password", async () => {
    status = 400;
    const notes: string[] = [];
    const target = metricsPush(`http://me:secret@${url}`, "prd-na");
    await metricsSink(metrics, target, (message) => notes.push(message)).end();
    expect(notes).toEqual([
      `--metrics-push http://${url} can't be told now, the rollout goes on: HTTP status 400: no such thing`,
    ]);
  });

  it("gives up on a gateway that doesn't answer", async () => {
    status = null;
    await expect(metricsPush(`http://${url}`, "prd-na", 50).put("x")).rejects.toThrow(/timeout/);
  });

  it("is brought up to date while the rollout runs", async () => {
    const sink = metricsSink(metrics, metricsPush(`http://${url}`, "prd-na"), fail, 5);
    while (requests.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    await sink.end();
    const count = requests.length;
    expect(requests.at(-1)?.body).toContain("routed_rollout_running");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(requests).toHaveLength(count);
  });
});

describe("sinks", () => {
  it("never disturb the rollout or each other, and are told of once", async () => {
    const notes: string[] = [];
    const taken: string[] = [];
    const broken = {
      take: () => {
        throw new Error("defect");
      },
      end: () => Promise.reject(new Error("defect")),
    };
    const well = {
      take: ({ type }: RolloutEvent) => void taken.push(type),
      end: () => Promise.resolve(void taken.push("end")),
    };
    const sinks = allSinks([broken, well], (message) => notes.push(message));
    const note: RolloutEvent = { at: "", type: "note", message: "" };
    sinks.take(note);
    sinks.take(note);
    await sinks.end();
    expect(taken).toEqual(["note", "note", "end"]);
    expect(notes).toEqual(["the rollout goes on, but can't tell of itself: defect"]);
  });
});

function fail(): never {
  throw new Error("unexpected");
}
