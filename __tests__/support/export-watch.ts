import { startRouted } from "../../sandbox/routed";
import type { EndToEnd } from "./end-to-end";

/** Between two samples: a rollout has a wave's many moments, and the machine other work. */
const PAUSE_MS = 2000;

/** All that `routed export …` was seen to say of an environment, sampled until `stop`. */
export class ExportWatch {
  private readonly seen = new Set<string>();
  private samples = 0;
  private stopped = false;
  private readonly done: Promise<void>;

  constructor(
    private readonly world: EndToEnd,
    private readonly what: readonly string[],
  ) {
    this.done = this.watch();
  }

  /** One more sample, after which it ends. */
  async stop(): Promise<{ readonly seen: readonly string[]; readonly samples: number }> {
    this.stopped = true;
    await this.done;
    await this.sample();
    return { seen: [...this.seen], samples: this.samples };
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      await this.sample();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private async sample(): Promise<void> {
    this.samples += 1;
    const { status, output } = await routedExport(this.world, this.what);
    this.seen.add(status === 0 ? output : `${status}: ${output}`);
    // One failure is enough to know, and a test that has failed stops the world under this loop.
    if (status !== 0) this.stopped = true;
  }
}

/** What `routed export <what> <environment>` prints; what it complains of, too. */
function routedExport(
  world: EndToEnd,
  what: readonly string[],
): Promise<{ readonly status: number | null; readonly output: string }> {
  const [kind = "", ...options] = what;
  const command = ["export", kind, world.environment, ...options];
  const child = startRouted(world.run(), command, ["ignore", "pipe", "pipe"]);
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, output }));
  });
}
