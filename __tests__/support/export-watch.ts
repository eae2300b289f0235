import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runRouted } from "../../sandbox/routed";
import type { EndToEnd } from "./end-to-end";

/** Between two samples: a rollout has a wave's many moments, and the machine other work. */
const PAUSE_MS = 3000;
/** In the workspace. */
const DIRECTORY = "exported";

/** What one sample holds: the HelmRelease, and the files for Prometheus by name. */
export interface Exported {
  readonly helmRelease: string;
  readonly files: Readonly<Record<string, string>>;
}

/** All that `routed export …` was seen to say of an environment, sampled until `stop`. */
export class ExportWatch {
  private readonly seen = new Set<string>();
  private samples = 0;
  private stopped = false;
  private readonly done: Promise<void>;

  constructor(private readonly world: EndToEnd) {
    this.done = this.watch();
  }

  /** One more sample, after which it ends. @returns the different ones; each is a complaint where it failed */
  async stop(): Promise<{
    readonly seen: readonly (Exported | string)[];
    readonly samples: number;
  }> {
    this.stopped = true;
    await this.done;
    await this.sample();
    const seen = [...this.seen].map((each) => JSON.parse(each) as Exported | string);
    return { seen, samples: this.samples };
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      await this.sample();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private async sample(): Promise<void> {
    try {
      const helmRelease = await routedExport(this.world, "helm-release");
      await routedExport(this.world, "prometheus", "-o", DIRECTORY);
      const directory = join(this.world.workspace.directory, DIRECTORY);
      const files = readdirSync(directory).map((name) => [
        name,
        readFileSync(join(directory, name), "utf8"),
      ]);
      const exported = { helmRelease, files: Object.fromEntries(files) as Exported["files"] };
      this.seen.add(JSON.stringify(exported));
      this.samples += 1;
    } catch (error) {
      // What it says of a fleet that changes between two of its calls; nothing is exported then.
      if (String(error).includes("changed while it was read; run again")) return;
      this.seen.add(JSON.stringify(String(error)));
      // One failure is enough to know, and a test that has failed stops the world under this loop.
      this.stopped = true;
    }
  }
}

/** @throws Error with all that it prints where it fails or complains */
async function routedExport(world: EndToEnd, kind: string, ...options: string[]): Promise<string> {
  const command = ["export", kind, world.environment, ...options];
  const { status, output, stdout } = await runRouted(world.run(), command);
  if (status === 0 && output === stdout) return stdout;
  throw new Error(`${command.join(" ")}: ${status}: ${output}`);
}
