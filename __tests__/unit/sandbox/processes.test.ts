import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { descendantsOf, parseProcesses, runProcess } from "../../../sandbox/processes";
import { isAlive, until } from "../../support/processes";

const node = process.execPath;

describe("runProcess", () => {
  it("tells the exit status and what was written where", async () => {
    const code = `console.log("out"); console.error("err"); process.exitCode = 3`;

    const result = await runProcess(node, ["-e", code], { timeoutMs: 20_000 });

    expect(result).toMatchObject({ status: 3, stdout: "out\n", timedOut: false });
    expect(result.output).toContain("err\n");
  });

  it("passes variables on, and takes away those that are undefined", async () => {
    process.env["ROUTED_TEST_GONE"] = "still here";
    const code = `console.log(process.env.ROUTED_TEST_GONE, process.env.ROUTED_TEST_SET)`;
    const env = { ROUTED_TEST_GONE: undefined, ROUTED_TEST_SET: "set" };

    const { stdout } = await runProcess(node, ["-e", code], { env, timeoutMs: 20_000 });

    delete process.env["ROUTED_TEST_GONE"];
    expect(stdout).toBe("undefined set\n");
  });

  it("rejects only if the command can't be started", async () => {
    await expect(runProcess("/nowhere/tool", [], { timeoutMs: 1_000 })).rejects.toMatchObject({
      code: "sandbox-failed",
      message: "can't run /nowhere/tool: spawn /nowhere/tool ENOENT",
    });
  });

  it.each(["time-out", "abort"])("kills descendants in other process groups on %s", async (how) => {
    const folder = mkdtempSync(join(tmpdir(), "routed-processes-"));
    const pidFile = join(folder, "pid");
    // With job control, what runs in the background has a process group of its own.
    const parent = `set -m; sleep 60 & echo $! > ${pidFile}; wait`;
    const abort = new AbortController();
    const run = runProcess("bash", ["-c", parent], {
      timeoutMs: how === "abort" ? 60_000 : 1_000,
      signal: abort.signal,
    });
    await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "");
    const pid = Number(readFileSync(pidFile, "utf8"));
    if (how === "abort") abort.abort();

    expect(await run).toMatchObject({ status: null, timedOut: how === "time-out" });
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe("descendantsOf", () => {
  it("finds children and theirs, and no others", () => {
    const table = parseProcesses("  1 0\n 10 1\n 11 10\n 12 10\n 13 12\n 20 1\n\n");

    expect(descendantsOf(10, table)).toEqual([11, 12, 13]);
    expect(descendantsOf(13, table)).toEqual([]);
  });
});
