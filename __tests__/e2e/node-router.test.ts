import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer, request } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROUTER_PORT } from "../../lib/config/naming";
import { renderRouterCommand, renderRouterConfig } from "../../lib/constructs/node/router-config";

const HAPROXY = pathOf("haproxy");

function pathOf(tool: string): string {
  try {
    return execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
  } catch {
    throw new Error(`${tool} is missing; install it with: apt-get install ${tool}`);
  }
}

/** What the container writes before it starts HAProxy, by the tools of a Debian image or of Alpine's. */
function expanded(config: string, file: string, image: "debian" | "alpine" = "debian"): string {
  const [shell = "", option = "", script = ""] = renderRouterCommand();
  const write = script.split(" && exec haproxy")[0] ?? "";
  const bin = join(folder, image);
  if (!existsSync(bin)) {
    mkdirSync(bin);
    const busybox = pathOf("busybox");
    symlinkSync(image === "debian" ? pathOf("dash") : busybox, join(bin, "sh"));
    symlinkSync(image === "debian" ? pathOf("mawk") : busybox, join(bin, "awk"));
  }
  execFileSync(join(bin, shell), [option, write], {
    env: { PATH: bin, ROUTER_CONFIG: config, ROUTER_FILE: file },
  });
  return readFileSync(file, "utf8");
}

function check(file: string): string {
  return execFileSync(HAPROXY, ["-c", "-f", file], { encoding: "utf8" }).trim();
}

const folder = mkdtempSync(join(tmpdir(), "routed-router-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the router's configuration, as its container expands it", () => {
  it("has a backend for each PoP: the node's own task, then any other node's", () => {
    const config = renderRouterConfig({
      pops: [
        { name: "ord", apiPort: 21001 },
        { name: "new-york", apiPort: 21002 },
      ],
      nodes: [
        { slot: 1, privateIpv4: "10.64.16.17" },
        { slot: 0, privateIpv4: "10.64.0.16" },
      ],
      healthPath: "/healthz",
    });
    const file = join(folder, "two.cfg");
    expect(expanded(config, file).split("\n").slice(-9)).toEqual([
      "backend ord",
      "  server local 127.0.0.1:21001",
      "  server node-0 10.64.0.16:21001 backup",
      "  server node-1 10.64.16.17:21001 backup",
      "backend new-york",
      "  server local 127.0.0.1:21002",
      "  server node-0 10.64.0.16:21002 backup",
      "  server node-1 10.64.16.17:21002 backup",
      "",
    ]);
    expect(check(file)).toBe("Configuration file is valid");
  });

  it("sends a PoP's requests to the nodes of its cell only", () => {
    const nodes = [0, 1, 10, 11].map((slot) => ({ slot, privateIpv4: `10.64.0.${slot}` }));
    const config = renderRouterConfig({
      pops: [{ name: "ord", apiPort: 21001, slots: [1, 11] }],
      nodes,
      healthPath: "/healthz",
    });
    const file = join(folder, "cells.cfg");
    expect(expanded(config, file).split("\n").slice(-5)).toEqual([
      "backend ord",
      "  server local 127.0.0.1:21001",
      "  server node-1 10.64.0.1:21001 backup",
      "  server node-11 10.64.0.11:21001 backup",
      "",
    ]);
    expect(check(file)).toBe("Configuration file is valid");
  });
});

/** As many PoPs as there are ids, with the longest names, and as many nodes as a router checks. */
const LARGEST = renderRouterConfig({
  pops: Array.from({ length: 999 }, (_, index) => ({
    name: `pop-${index + 1}-`.padEnd(24, "x"),
    apiPort: 21001 + index,
  })),
  nodes: Array.from({ length: 19 }, (_, slot) => ({
    slot,
    privateIpv4: `10.64.100.${100 + slot}`,
  })),
  healthPath: "/healthz",
});

describe("router: command, with large inputs", () => {
  it.each(["debian", "alpine"] as const)("writes all of them out with the tools of %s", (image) => {
    const file = join(folder, `${image}.cfg`);
    const lines = expanded(LARGEST, file, image).split("\n");
    expect(lines.filter((line) => line.startsWith("backend pop-"))).toHaveLength(999);
    expect(lines.filter((line) => line.startsWith("  server "))).toHaveLength(999 * 20);
    expect(lines.slice(-2)).toEqual(["  server node-18 10.64.100.118:21999 backup", ""]);
  });
});

describe("router: ROUTER_CONFIG, with large inputs", () => {
  it("is one that HAProxy takes", () => {
    const file = join(folder, "largest.cfg");
    expanded(LARGEST, file);
    expect(check(file)).toBe("Configuration file is valid");
  });
});

/** Loopback addresses that stand for the nodes; the router is node 0's. */
const OWN = "127.0.0.1";
const OTHER = "127.0.0.2";

interface Answer {
  readonly status: number;
  readonly body: string;
}

describe("the router", () => {
  let router: ChildProcess;
  let log = "";
  let port = 0;
  const apis: Api[] = [];
  const base = freePorts();

  class Api {
    healthy = true;
    private server: Server | undefined;
    readonly seen: string[] = [];
    constructor(
      private readonly node: string,
      readonly apiPort: number,
    ) {
      apis.push(this);
    }
    start(): Promise<void> {
      const server = createServer((request, response) => {
        if (request.url === "/healthz") {
          response.writeHead(this.healthy ? 200 : 503).end();
          return;
        }
        this.seen.push(`${request.method} ${request.headers["x-forwarded-for"] as string}`);
        response.end(`${this.node}:${this.apiPort - base}`);
      });
      this.server = server;
      return new Promise((done) => server.listen(this.apiPort, this.node, done));
    }
    stop(): void {
      this.server?.closeAllConnections();
      this.server?.close();
    }
  }

  const ordHere = new Api(OWN, base + 1);
  const ordThere = new Api(OTHER, base + 1);
  const dfwThere = new Api(OTHER, base + 2);

  /** Ports that nobody listens on, apart from those of other tests. */
  function freePorts(): number {
    return 24_000 + (process.pid % 700) * 10;
  }

  function ask(
    host: string,
    address = OWN,
    { path = "/routes", headers = {} }: { path?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    return new Promise((done, failed) => {
      request(
        { host: address, port, path, headers: { host, ...headers }, agent: false },
        (response: IncomingMessage) => {
          let body = "";
          response.on("data", (chunk: Buffer) => (body += chunk.toString()));
          response.on("end", () => done({ status: response.statusCode ?? 0, body }));
        },
      )
        .on("error", failed)
        .end();
    });
  }

  /** Asks until the answer is as wanted, for at most 10 s. */
  async function asks(host: string, wanted: Answer): Promise<void> {
    let answer: Answer | string = "none";
    for (let attempt = 0; attempt < 100; attempt += 1) {
      answer = await ask(host).catch(String);
      if (JSON.stringify(answer) === JSON.stringify(wanted)) return;
      await sleep(100);
    }
    throw new Error(`${host} answered ${JSON.stringify(answer)}\n${log}`);
  }

  beforeAll(async () => {
    await Promise.all(apis.map((api) => api.start()));
    port = base;
    // The real configuration, on a port that isn't taken, and with checks that tests don't wait for.
    const config = renderRouterConfig({
      pops: [
        { name: "ord", apiPort: base + 1 },
        { name: "dfw", apiPort: base + 2 },
        { name: "lax", apiPort: base + 3 },
      ],
      nodes: [
        { slot: 0, privateIpv4: OWN },
        { slot: 1, privateIpv4: OTHER },
      ],
      healthPath: "/healthz",
    })
      .replace(`bind :::${ROUTER_PORT} v4v6`, `bind ${OWN}:${port}\n  bind [::1]:${port}`)
      .replace("inter 5s fastinter 1s", "inter 200ms fastinter 100ms");
    const [shell = "", ...args] = renderRouterCommand();
    router = spawn(shell, args, {
      env: {
        PATH: process.env["PATH"],
        ROUTER_CONFIG: config,
        ROUTER_FILE: join(folder, "haproxy.cfg"),
      },
    });
    router.stdout?.on("data", (chunk: Buffer) => (log += chunk.toString()));
    router.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
    await asks("ord.example", { status: 200, body: `${OWN}:1` });
  });
  afterAll(async () => {
    const gone = new Promise((done) => router.once("exit", done));
    router.kill("SIGTERM");
    await gone;
    for (const api of apis) api.stop();
  });

  it("sends a PoP's host to the task on its own node, over IPv4 and IPv6, whatever the domain", async () => {
    for (const host of ["ord.api.example", "ORD.other.example:80", "ord"]) {
      for (const address of [OWN, "::1"]) {
        expect(await ask(host, address)).toEqual({ status: 200, body: `${OWN}:1` });
      }
    }
  });

  it("sends a PoP that has no task on the node to another node", async () => {
    await asks("dfw.example", { status: 200, body: `${OTHER}:2` });
  });

  it("answers 503 for a PoP without a task, 404 for a host that is no PoP's, and for itself 200", async () => {
    await asks("lax.example", {
      status: 503,
      body: "no node has a healthy task of this PoP\n",
    });
    for (const host of ["no_such_pop.example", "nowhere.example", "10.64.0.16:1024"]) {
      expect(await ask(host)).toEqual({ status: 404, body: "no such PoP\n" });
    }
    const itself = await ask(`${OWN}:${port}`, OWN, { path: "/routed-router" });
    expect(itself).toEqual({ status: 200, body: "well\n" });
  });

  it("keeps who the load balancer says the client is", async () => {
    ordHere.seen.length = 0;
    await ask("ord.example", OWN, { headers: { "x-forwarded-for": "10.9.9.9" } });
    expect(ordHere.seen).toEqual(["GET 10.9.9.9"]);
  });

  it("falls over while the task on the node rebuilds, and comes back", async () => {
    ordHere.healthy = false;
    await asks("ord.example", { status: 200, body: `${OTHER}:1` });
    ordHere.healthy = true;
    await asks("ord.example", { status: 200, body: `${OWN}:1` });
  });

  it("loses no request when the task on the node goes away", async () => {
    ordHere.stop();
    for (let request = 0; request < 20; request += 1) {
      expect(await ask("ord.example")).toEqual({ status: 200, body: `${OTHER}:1` });
    }
    await ordHere.start();
    await asks("ord.example", { status: 200, body: `${OWN}:1` });
  });

  it("tells in its log which node answered a request", () => {
    expect(log).toMatch(/ api ord\/local .* 200 /);
    expect(log).toMatch(/ api dfw\/node-1 .* 200 /);
    expect(dfwThere.seen.length + ordThere.seen.length).toBeGreaterThan(0);
  });
});
