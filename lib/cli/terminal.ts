import { createInterface } from "node:readline/promises";
import { withoutControls } from "./without-controls";

/** A screen that is drawn anew again and again. */
export interface Screen {
  /** Draws it, in place of what was drawn before. */
  draw(text: string): void;
  /** Writes above it what stays. */
  keep(text: string): void;
  /** Leaves what was drawn last where it is. */
  end(): void;
}

/** What of the process a command may use beside its output; tests pass their own. */
export interface CliProcess {
  /** Null where standard output is no terminal. */
  readonly openScreen: (() => Promise<Screen>) | null;
  /** Null where nobody can be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  /** Calls `listener` at each SIGINT, SIGTERM and SIGHUP. @returns what ends that */
  readonly onInterrupt: (listener: () => void) => () => void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The real one. */
export function cliProcess({ stdin, stdout }: NodeJS.Process): CliProcess {
  const canAsk = stdin.isTTY && stdout.isTTY;
  return {
    openScreen: stdout.isTTY ? openScreen : null,
    confirm: canAsk ? confirm : null,
    onInterrupt: (listener) => {
      for (const signal of SIGNALS) process.on(signal, listener);
      return () => {
        for (const signal of SIGNALS) process.off(signal, listener);
      };
    },
  };
}

/** Loads the library only where there is something to draw on. */
async function openScreen(): Promise<Screen> {
  const { createLogUpdate } = await import("log-update");
  const update = createLogUpdate(process.stdout);
  return {
    draw: (text) => update(withoutControls(text)),
    keep: (text) => {
      update.clear();
      process.stdout.write(`${withoutControls(text)}\n`);
    },
    end: () => update.done(),
  };
}

async function confirm(question: string): Promise<boolean> {
  const readline = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await readline.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    return false; // Ctrl-C or Ctrl-D is no.
  } finally {
    readline.close();
  }
}
