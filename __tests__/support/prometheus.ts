import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Even if nobody stops it, a Prometheus of a test doesn't outlive this. */
const LONGEST_LIFE_SECONDS = 180;

/** @throws Error where Debian's package is missing */
export function requirePrometheus(): void {
  for (const program of ["prometheus", "promtool"]) {
    if (spawnSync(program, ["--version"]).error === undefined) continue;
    throw new Error(
      `${program} is missing: this test runs Debian's Prometheus; ` +
        `apt-get install --no-install-recommends prometheus`,
    );
  }
}

/** What promtool says, and with which status it ends. */
export function promtool(...args: string[]): { readonly status: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync("promtool", args, { encoding: "utf8" });
  return { status, out: `${stdout}${stderr}` };
}

/** An alert as `name key=value …`, of the labels that tell which thing it is about. */
export type AlertText = string;

const SUBJECT = ["pop", "slot"];

function alertText(labels: Readonly<Record<string, string>>): AlertText {
  const subject = SUBJECT.flatMap((key) => (labels[key] ? [`${key}=${labels[key]}`] : []));
  return [labels["alertname"], ...subject].join(" ");
}

/** A real Prometheus on loopback, with an exported config. */
export class Prometheus {
  private log = "";

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly storage: string,
  ) {
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.log += text));
  }

  /** @param configFile the exported `prometheus.yml` */
  static async start(configFile: string): Promise<Prometheus> {
    requirePrometheus();
    const address = `127.0.0.1:${await freePort()}`;
    const storage = mkdtempSync(join(tmpdir(), "routed-prometheus-"));
    const child = spawn(
      "timeout",
      [
        `${LONGEST_LIFE_SECONDS}`,
        "prometheus",
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${storage}`,
        `--web.listen-address=${address}`,
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    return new Prometheus(child, `http://${address}`, storage);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    if (this.child.exitCode === null) {
      this.child.kill();
      await ended;
    }
    rmSync(this.storage, { recursive: true, force: true });
  }

  /** Addresses of the targets by health: `up`, `down` or `unknown`. */
  async targets(): Promise<Readonly<Record<string, readonly string[]>>> {
    const { activeTargets } = await this.ask<{
      activeTargets: { scrapeUrl: string; health: string }[];
    }>("targets");
    const byHealth: Record<string, string[]> = {};
    for (const { scrapeUrl, health } of activeTargets) {
      (byHealth[health] ??= []).push(new URL(scrapeUrl).host);
    }
    for (const hosts of Object.values(byHealth)) hosts.sort();
    return byHealth;
  }

  /** Alerts that fire now, sorted. */
  async firing(): Promise<AlertText[]> {
    const { alerts } = await this.ask<{
      alerts: { state: string; labels: Record<string, string> }[];
    }>("alerts");
    return alerts
      .filter(({ state }) => state === "firing")
      .map(({ labels }) => alertText(labels))
      .sort();
  }

  /** Alerts that have fired since the start, sorted. */
  async everFired(): Promise<AlertText[]> {
    const { result } = await this.query(`count_over_time(ALERTS{alertstate="firing"}[1h])`);
    return [...new Set(result.map(({ metric }) => alertText(metric)))].sort();
  }

  query(
    promql: string,
  ): Promise<{ result: { metric: Record<string, string>; value: unknown[] }[] }> {
    return this.ask(`query?query=${encodeURIComponent(promql)}`);
  }

  /** Waits until `look` gives what is expected. @throws Error with what it gives instead */
  async until<T>(look: () => Promise<T>, expected: T, timeoutSeconds = 30): Promise<void> {
    const deadline = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      const seen = await look().catch((error: unknown) => String(error));
      if (JSON.stringify(seen) === JSON.stringify(expected)) return;
      if (Date.now() > deadline) {
        throw new Error(
          `not within ${timeoutSeconds} s: expected ${JSON.stringify(expected)}, ` +
            `got ${JSON.stringify(seen)}\n${this.log.slice(-2000)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  private async ask<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/api/v1/${path}`);
    const { status, data } = (await response.json()) as { status: string; data: T };
    if (status !== "success") throw new Error(`Prometheus answers ${path} with ${status}`);
    return data;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
