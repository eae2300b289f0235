import { spawn } from "node:child_process";
import { messageOf } from "../../errors";
import { signalGroup } from "../../terraform/signal-group";
import type { GateAnswer, GatePort, GateQuestion } from "../ports";

/** A check that takes longer says neither yes nor no, so the gate isn't open. */
export const GATE_TIMEOUT_MS = 5 * 60_000;

/** From being asked to end until it is killed. */
const GRACE_MS = 5_000;

/** Of what it writes, this much of the end is told. */
const LAST_LINES = 5;
const LONGEST_OUTPUT = 1_000;

/**
 * The operator's own check, run by the shell: status 0 opens the gate. It learns of what it is
 * asked by ROUTED_GATE, ROUTED_ENVIRONMENT, ROUTED_ROLLOUT, ROUTED_WAVE, ROUTED_NODES and ROUTED_POPS.
 */
export class CommandGate implements GatePort {
  constructor(
    private readonly command: string,
    private readonly variables: NodeJS.ProcessEnv,
    private readonly timeoutMs: number = GATE_TIMEOUT_MS,
  ) {}

  ask(question: GateQuestion, signal: AbortSignal): Promise<GateAnswer> {
    return new Promise((resolve) => {
      const child = spawn(this.command, {
        shell: true,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...this.variables, ...variablesOf(question) },
      });
      let output = "";
      let why: string | undefined;
      let killer: NodeJS.Timeout | undefined;
      const collect = (text: string): void => {
        output = (output + text).slice(-10 * LONGEST_OUTPUT);
      };
      child.stdout.setEncoding("utf8").on("data", collect);
      child.stderr.setEncoding("utf8").on("data", collect);
      const endAll = (): void => signalGroup(child.pid, "SIGKILL");
      process.once("exit", endAll);
      const end = (reason: string): void => {
        if (why !== undefined) return;
        why = reason;
        signalGroup(child.pid, "SIGTERM");
        killer = setTimeout(endAll, GRACE_MS);
      };
      const timer = setTimeout(
        () => end(`it took more than ${this.timeoutMs / 1000} s`),
        this.timeoutMs,
      );
      const abort = (): void => end("it was interrupted");
      signal.addEventListener("abort", abort, { once: true });
      if (signal.aborted) abort();
      const settle = (answer: GateAnswer): void => {
        clearTimeout(timer);
        clearTimeout(killer);
        signal.removeEventListener("abort", abort);
        process.removeListener("exit", endAll);
        resolve(answer);
      };
      child.once("error", (error) => settle({ open: false, message: messageOf(error) }));
      child.once("exit", (status, killedBy) => {
        // What it started ends with it, also what it left in the background.
        endAll();
        // What has left its group may hold its output open: that isn't waited for.
        setTimeout(() => {
          child.stdout.destroy();
          child.stderr.destroy();
        }, GRACE_MS / 10);
        const how = why ?? (killedBy === null ? `exit status ${status}` : `killed by ${killedBy}`);
        child.once("close", () =>
          settle({
            open: why === undefined && status === 0,
            message: how,
            output: lastLines(output),
          }),
        );
      });
    });
  }
}

function variablesOf({ when, environment, rolloutId, wave, slots, pops }: GateQuestion) {
  return {
    ROUTED_GATE: when,
    ROUTED_ENVIRONMENT: environment,
    ROUTED_ROLLOUT: rolloutId,
    ROUTED_WAVE: String(wave),
    ROUTED_NODES: slots.join(),
    ROUTED_POPS: pops.join(),
  };
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-LAST_LINES).join("\n").slice(-LONGEST_OUTPUT);
}
