import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { renderRouterCommand } from "../../../lib/constructs/router-config";
import {
  ASK_ATTEMPTS,
  healthCheckWithTaskEnvironment,
  INIT_TIMEOUT_SECONDS,
  PORT_WAIT_SECONDS,
  renderTaskInitScript,
  withTaskEnvironment,
} from "../../../lib/constructs/task-init-script";

const ORD = "ROUTED_BGP_PORT=20001\nROUTED_POP=ord\nROUTED_SITE_ID=1\n";

/** The script itself runs in __tests__/e2e/task-init-script.test.ts, under the shells that it is for. */
it("is done, one way or the other, before ECS gives the init container up", () => {
  const pauses = Array.from({ length: ASK_ATTEMPTS - 1 }, (_, index) => Math.min(index + 1, 10));
  const asking = pauses.reduce((sum, pause) => sum + pause, 0) + 5 * ASK_ATTEMPTS;
  expect(renderTaskInitScript()).toContain("timeout 5 wget");
  expect(asking).toBe(245);
  expect(asking + PORT_WAIT_SECONDS).toBeLessThan(INIT_TIMEOUT_SECONDS);
});

it("has nothing in it that Terraform would take for an expression", () => {
  const commands = [withTaskEnvironment(["bird"]), renderRouterCommand(), renderTaskInitScript()];
  expect(JSON.stringify(commands)).not.toMatch(/[$%]\{/);
});

describe("a routed container's command", () => {
  const folder = mkdtempSync(join(tmpdir(), "routed-command-"));
  const file = join(folder, "environment");
  const env = { PATH: process.env["PATH"], ROUTED_ENVIRONMENT_FILE: file };
  const execute = promisify(execFile);
  const exec = async ([program = "", ...args]: readonly string[]) =>
    (await execute(program, args, { env })).stdout;
  beforeAll(() => writeFileSync(file, ORD));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("runs as it is given, with the environment, after a line that tells the PoP", async () => {
    const print = ["node", "-p", "process.env.ROUTED_POP + process.argv[1]", "a 'b' $c"];
    expect(await exec(withTaskEnvironment(print))).toBe("routed: pop=ord site=1\norda 'b' $c\n");
  });

  it("doesn't run without the environment", async () => {
    rmSync(file);
    await expect(exec(withTaskEnvironment(["true"]))).rejects.toThrow("environment");
    writeFileSync(file, ORD);
  });

  it.each([
    ["CMD", ["CMD", "printenv", "ROUTED_BGP_PORT"]],
    ["no form", ["printenv", "ROUTED_BGP_PORT"]],
  ])("checks its health with the environment, given as %s", async (_, command) => {
    const [form, ...rest] = healthCheckWithTaskEnvironment(command);
    expect([form, await exec(rest)]).toEqual(["CMD", "20001\n"]);
  });

  it("checks its health with the environment, given as CMD-SHELL", async () => {
    const check = healthCheckWithTaskEnvironment([
      "CMD-SHELL",
      "test $ROUTED_SITE_ID = 1 && echo y",
    ]);
    expect([check[0], await exec(["sh", "-c", check[1] ?? ""])]).toEqual(["CMD-SHELL", "y\n"]);
  });
});
