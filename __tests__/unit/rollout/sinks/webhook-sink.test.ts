import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { RolloutEventBody } from "../../../../lib/rollout/events";
import { signatureOf, webhookSink } from "../../../../lib/rollout/sinks/webhook-sink";
import type { WebhookBody, WebhookOptions } from "../../../../lib/rollout/sinks/webhook-sink";

const SECRET = "a secret that both sides know";
const NOW = Date.parse("2026-03-01T10:00:00Z");
const AT = "2026-03-01T10:00:00.000Z";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: WebhookBody;
}

let server: Server;
let url: string;
let received: Received[];
/** Statuses to answer with, one after the other, then 204; null for no answer at all. */
let answers: (number | null)[];
let notes: string[];

beforeEach(async () => {
  received = [];
  answers = [];
  notes = [];
  server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (more: string) => (text += more));
    request.on("end", () => {
      received.push({ headers: request.headers, text, body: JSON.parse(text) as WebhookBody });
      const [status = 204] = answers.splice(0, 1);
      if (status === null) return;
      response.statusCode = status;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

function sink(options: Partial<WebhookOptions> = {}) {
  const given = { url, secret: SECRET, now: () => NOW, backOffMs: [1, 1, 1], ...options };
  return webhookSink("prd-na", given, (message) => notes.push(message));
}

async function send(bodies: readonly RolloutEventBody[], options?: Partial<WebhookOptions>) {
  const hook = sink(options);
  for (const body of bodies) hook.take({ at: AT, ...body });
  await hook.end();
}

const ended = (wave: number): RolloutEventBody => ({
  type: "wave-ended",
  wave,
  result: "done",
  message: "",
});
const waiting = (message: string): RolloutEventBody => ({
  type: "waiting",
  for: "held",
  holds: [{ kind: "last-healthy-task", slots: [0], pops: ["pop1"] }],
  message,
  until: AT,
});
const typesReceived = (): string[] => received.map(({ body }) => body.event.type);

describe("the webhook of a rollout", () => {
  it("posts what begins and ends, in order, each with an id of its own, and nothing else", async () => {
    await send([
      {
        type: "rollout-started",
        environment: "prd-na",
        operator: "alice",
        rolloutId: "r1",
        resumed: false,
        to: null,
        expected: {} as never,
      },
      { type: "look-failed", message: "throttled" },
      ended(1),
      { type: "note", message: "hm" },
      ended(2),
    ]);
    expect(received.map(({ body }) => body)).toMatchObject([
      { delivery: "r1-1", environment: "prd-na", rolloutId: "r1", event: { at: AT } },
      { delivery: "r1-2", formatVersion: 1, event: { type: "wave-ended", wave: 1 } },
      { delivery: "r1-3", event: { type: "wave-ended", wave: 2 } },
    ]);
    expect(received).toHaveLength(3);
    expect(notes).toEqual([]);
  });

  it("signs the timestamp and the very bytes of the body", async () => {
    await send([ended(1)]);
    const { headers, text } = received[0] as Received;
    expect(headers["content-type"]).toBe("application/json");
    expect(headers["routed-timestamp"]).toBe(String(NOW / 1000));
    expect(headers["routed-signature"]).toBe(signatureOf(SECRET, String(NOW / 1000), text));
    expect(signatureOf("key", "1", "{}")).toBe(
      "v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224",
    );
  });

  it("tells once what is waited for, however often it is looked at", async () => {
    await send([waiting("node 1 rebuilds"), waiting("node 1 rebuilds"), ended(1), waiting("b")]);
    expect(typesReceived()).toEqual(["waiting", "wave-ended", "waiting"]);
  });

  it.each([500, 503, 429, 408])("tries again after %p, with the same id", async (status) => {
    answers = [status, status];
    await send([ended(1), ended(2)]);
    const ids = received.map(({ body }) => body.delivery);
    expect(ids.slice(0, 3)).toEqual([ids[0], ids[0], ids[0]]);
    expect(received).toHaveLength(4);
    expect(notes).toEqual([]);
  });

  it("tries again where no answer comes in time", async () => {
    answers = [null];
    await send([ended(1)], { timeoutMs: 1_000 });
    expect(received).toHaveLength(2);
    expect(notes).toEqual([]);
  });

  it("gives a delivery up after four tries, says so once, and goes on with the next", async () => {
    answers = [500, 500, 500, 500, 500, 500, 500, 500];
    await send([ended(1), ended(2), ended(3)]);
    expect(received).toHaveLength(9);
    const { origin } = new URL(url);
    expect(notes).toEqual([
      `--webhook ${origin} can't be told, the rollout goes on: HTTP status 500, after 4 tries`,
    ]);
  });

  it.each([400, 401, 404, 410])("does not repeat what is refused with %p", async (status) => {
    answers = [status];
    await send([ended(1)]);
    expect(received).toHaveLength(1);
    expect(notes).toEqual([expect.stringMatching(`HTTP status ${status}$`)]);
  });

  it("says what is wrong with the way there", async () => {
    await new Promise((resolve) => server.close(resolve));
    await send([ended(1)]);
    const { origin } = new URL(url);
    expect(notes).toEqual([expect.stringContaining(`--webhook ${origin} can't be told`)]);
    expect(notes[0]).toMatch(/: connect ECONNREFUSED 127\.0\.0\.1:\d+, after 4 tries$/);
  });

  it("follows no redirect: what is signed is for one receiver", async () => {
    answers = [302, 302, 302, 302];
    await send([ended(1)]);
    expect(notes).toHaveLength(1);
  });

  it("ends soon after the rollout, whatever is still to be delivered", async () => {
    answers = [null, null, null, null];
    await send([ended(1), ended(2), ended(3)], { graceMs: 30 });
    expect(received.length).toBeLessThanOrEqual(1);
    expect(notes).toHaveLength(1);
  });
});

describe("docs/examples/webhook-receiver.mjs", () => {
  let receiver: ChildProcess | undefined;
  let output = "";
  afterEach(() => receiver?.kill());

  /** Starts it as its first line says. @returns its URL */
  async function startReceiver(): Promise<string> {
    const program = join(__dirname, "../../../../docs/examples/webhook-receiver.mjs");
    const child = spawn(process.execPath, [program, "0"], {
      env: { ...process.env, ROUTED_WEBHOOK_SECRET: SECRET },
      stdio: ["ignore", "pipe", "inherit"],
    });
    receiver = child;
    output = "";
    const port = await new Promise<string>((resolve, reject) => {
      child.once("exit", () => reject(new Error(`it ended: ${output}`)));
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const found = /listens on (\d+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    return `http://127.0.0.1:${port}/`;
  }

  it("takes what a rollout sends, and nothing that is forged, changed or old", async () => {
    const at = await startReceiver();
    const now = (): number => Date.now();
    await send([ended(1)], { url: at, now });
    expect(notes).toEqual([]);
    await send([ended(2)], { url: at, now, secret: "another secret altogether" });
    await send([ended(3)], { url: at, now: () => Date.now() - 301_000 });
    expect(notes).toEqual([
      expect.stringMatching(/HTTP status 401$/),
      expect.stringMatching(/HTTP status 401$/),
    ]);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const changed = await fetch(at, {
      method: "POST",
      headers: {
        "routed-timestamp": timestamp,
        "routed-signature": signatureOf(SECRET, timestamp, '{"wave":1}'),
      },
      body: '{"wave":2}',
    });
    expect(changed.status).toBe(401);
    expect(output).toMatch(/^listens on \d+\nprd-na null wave-ended\n$/);
  });
});
