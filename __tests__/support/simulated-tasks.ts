import { createServer } from "node:http";
import type { Server } from "node:http";
import { TASK_METRICS } from "../../lib/metrics/metric-names";

/** What a simulated task tells of itself. */
export interface TaskState {
  readonly healthy: 0 | 1;
  /** Seconds since 1970. */
  readonly rebuildStart: number;
  readonly rebuildProgress: number;
  /** By peer. */
  readonly sessions: Readonly<Record<string, 0 | 1>>;
}

export const WELL: TaskState = {
  healthy: 1,
  rebuildStart: 0,
  rebuildProgress: 1,
  sessions: { "2001:db8:1::1": 1 },
};

/** A routed task's metrics endpoint, as docs/metrics.md describes it. */
export class SimulatedTask {
  state: TaskState = WELL;
  private server: Server | null = null;

  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  start(): Promise<void> {
    const server = createServer((request, response) => {
      const found = request.url === "/metrics";
      response.writeHead(found ? 200 : 404, { "content-type": "text/plain; version=0.0.4" });
      response.end(found ? exposition(this.state) : "");
    });
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject).listen(this.port, this.host, () => resolve());
    });
  }

  /** It stops at once, its connections too, as a killed task does. */
  stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    return new Promise((resolve) => {
      if (!server) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

function exposition({ healthy, rebuildStart, rebuildProgress, sessions }: TaskState): string {
  const samples = [
    `${TASK_METRICS.healthy.name} ${healthy}`,
    `${TASK_METRICS.rebuildStart.name} ${rebuildStart}`,
    `${TASK_METRICS.rebuildProgress.name} ${rebuildProgress}`,
    ...Object.entries(sessions).map(
      ([peer, up]) => `${TASK_METRICS.bgpSessionUp.name}{peer="${peer}"} ${up}`,
    ),
  ];
  return `${samples.join("\n")}\n`;
}
