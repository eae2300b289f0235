import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandGate } from "../../../../lib/rollout/gates/command-gate";
import type { GateQuestion } from "../../../../lib/rollout/ports";
import { isAlive, until } from "../../../support/processes";
import { inTemporaryFolder } from "../../../support/temporary-folder";

/** What is left running runs for a minute: far longer than an answer that doesn't wait for it takes. */
const LONG_MS = 30_000;

const folder = inTemporaryFolder();
const QUESTION: GateQuestion = {
  when: "before-wave",
  environment: "prd-na",
  rolloutId: "2026-03-02T10-00-00Z-1f3a",
  wave: 2,
  slots: [0, 2],
  pops: [],
};

function ask(command: string, options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const gate = new CommandGate(command, { ...process.env, MINE: "kept" }, options.timeoutMs);
  return gate.ask(QUESTION, options.signal ?? new AbortController().signal);
}

describe("the operator's gate", () => {
  it("is open for exit status 0 only, and says what the command said", async () => {
    expect(await ask("echo all well")).toEqual({
      open: true,
      message: "exit status 0",
      output: "all well",
    });
    expect(await ask("echo 3 peers down >&2; exit 2")).toEqual({
      open: false,
      message: "exit status 2",
      output: "3 peers down",
    });
    expect(await ask("exit 1")).toEqual({ open: false, message: "exit status 1", output: "" });
  });

  it("tells the command what is asked", async () => {
    const names = ["GATE", "ENVIRONMENT", "ROLLOUT", "WAVE", "NODES"].map((n) => `$ROUTED_${n}`);
    const { output } = await ask(`echo ${names.join(" ")} $MINE`);
    expect(output).toBe("before-wave prd-na 2026-03-02T10-00-00Z-1f3a 2 0,2 kept");
  });

  it("quotes the last lines of a long answer", async () => {
    const { output } = await ask("seq 1 100000");
    expect(output).toBe("99996\n99997\n99998\n99999\n100000");
  });

  it("is closed where there is no such command", async () => {
    const { open, message, output } = await ask("no-such-command-here");
    expect({ open, message }).toEqual({ open: false, message: "exit status 127" });
    expect(output).toContain("not found");
  });

  it("is closed where the command takes too long, and ends all that it started", async () => {
    const pidFile = join(folder(), "pid");
    const started = Date.now();
    const answer = await ask(`sleep 60 & echo $! > ${pidFile}; wait`, { timeoutMs: 1_000 });
    expect(answer).toEqual({ open: false, message: "it took more than 1 s", output: "" });
    const pid = Number(readFileSync(pidFile, "utf8"));
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
    expect(Date.now() - started).toBeLessThan(LONG_MS);
  });

  it("is closed where it is interrupted", async () => {
    const signal = AbortSignal.timeout(200);
    expect(await ask("sleep 5", { signal })).toEqual({
      open: false,
      message: "it was interrupted",
      output: "",
    });
    expect(await ask("sleep 5", { signal: AbortSignal.abort() })).toEqual({
      open: false,
      message: "it was interrupted",
      output: "",
    });
  });

  it("ends what a command leaves running in the background, and doesn't wait for it", async () => {
    const started = Date.now();
    const { open, output = "" } = await ask("sleep 60 & echo $!");
    expect(Date.now() - started).toBeLessThan(LONG_MS);
    expect(open).toBe(true);
    const pid = Number(output);
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
  });

  it("cuts a long line", async () => {
    const { output } = await ask("head -c 100000 /dev/zero | tr '\\0' x");
    expect(output).toBe("x".repeat(1_000));
  });
});
