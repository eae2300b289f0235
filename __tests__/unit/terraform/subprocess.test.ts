import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runSubprocess } from "../../../lib/terraform/subprocess";
import type { SubprocessRequest } from "../../../lib/terraform/subprocess";
import { isAlive, until } from "../../support/processes";
import { inTemporaryFolder } from "../../support/temporary-folder";

const folder = inTemporaryFolder();

function logFile(): string {
  return join(folder(), "log");
}

function sh(script: string, more: Partial<SubprocessRequest> = {}) {
  return runSubprocess({
    command: "sh",
    args: ["-c", script],
    cwd: folder(),
    env: process.env,
    timeoutMs: 20_000,
    logFile: logFile(),
    ...more,
  });
}

describe("a subprocess", () => {
  it("writes all into the log, and is told line by line", async () => {
    writeFileSync(logFile(), "earlier\n");
    const lines: string[] = [];
    const result = await sh("echo one; echo two >&2; printf 'é at the end'; exit 3", {
      report: (line) => lines.push(line),
    });
    expect(result).toEqual({
      status: 3,
      stdout: "",
      logged: "one\ntwo\né at the end",
      ended: "by itself",
    });
    expect(lines).toEqual(["one", "two", "é at the end"]);
    expect(readFileSync(logFile(), "utf8")).toMatch(/^earlier\n--- \S+Z sh -c .*\none\ntwo\n/);
  });

  it("returns what is captured, and logs the rest", async () => {
    const { stdout, logged } = await sh("echo data; echo words >&2", { capture: true });
    expect({ stdout, logged }).toEqual({ stdout: "data\n", logged: "words\n" });
  });

  it("is interrupted once, as by Ctrl-C, and may end in its own way", async () => {
    const controller = new AbortController();
    const script =
      "trap 'echo gave the lock back; exit 7' INT; echo ready; while :; do sleep 0.05; done";
    const running = sh(script, {
      signal: controller.signal,
      report: (line) => line === "ready" && controller.abort(),
    });
    expect(await running).toEqual({
      status: 7,
      stdout: "",
      logged: "ready\ngave the lock back\n",
      ended: "interrupted",
    });
  });

  it("isn't left to run where the signal was given before", async () => {
    const { ended } = await sh("exec sleep 5", { signal: AbortSignal.abort() });
    expect(ended).toBe("interrupted");
  });

  it("is interrupted when its time is up, with what it started", async () => {
    const pidFile = join(folder(), "pid");
    const script = `sleep 60 & echo $! > ${pidFile}; exec sleep 30`;
    const { ended, status } = await sh(script, { timeoutMs: 1_000 });
    expect({ ended, status }).toEqual({ ended: "timed out", status: null });
    const pid = Number(readFileSync(pidFile, "utf8"));
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
  });

  it("goes on without a signal to interrupt it, whatever happens around it", async () => {
    const { status, ended } = await sh("sleep 0.2; echo done");
    expect({ status, ended }).toEqual({ status: 0, ended: "by itself" });
  });

  it("rejects where it can't be started", async () => {
    await expect(sh("", { command: "no-such-program" })).rejects.toThrow("ENOENT");
  });
});
