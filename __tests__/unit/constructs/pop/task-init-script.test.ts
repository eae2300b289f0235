import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { renderRouterCommand } from "../../../../lib/constructs/node/router-config";
import {
  ASK_ATTEMPTS,
  healthCheckWithTaskEnvironment,
  INIT_TIMEOUT_SECONDS,
  PORT_WAIT_SECONDS,
  renderTaskInitScript,
  withTaskEnvironment,
} from "../../../../lib/constructs/pop/task-init-script";

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
  const commands = [
    withTaskEnvironment(["bird"]),
    withTaskEnvironment(["bird"], { coreSets: true }),
    renderRouterCommand(),
    renderTaskInitScript(),
    renderTaskInitScript({ coreSets: true }),
  ];
  expect(JSON.stringify(commands)).not.toMatch(/[$%]\{/);
});

it("is with core sets as it was reviewed, and without them has nothing of them", () => {
  expect(renderTaskInitScript({ coreSets: true })).toMatchSnapshot();
  expect(renderTaskInitScript()).not.toMatch(/cpu|core/i);
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

  describe("with core sets", () => {
    const pinned = { coreSets: true };
    const asked = join(folder, "asked");
    const run = async ([program = "", ...args]: readonly string[]) => {
      const { stdout, stderr } = await execute(program, args, { env });
      return { stdout, stderr };
    };
    /** A task whose core set is CPUs 2 and 3, and a taskset that notes what it is asked. */
    const isOn = (cpus: string, status: number) => {
      const taskset = join(folder, "taskset");
      writeFileSync(taskset, `echo "$*" >> ${asked}; echo noise; exit ${status}`);
      writeFileSync(file, `${ORD}ROUTED_CPUS=${cpus}\nROUTED_TASKSET=${taskset}\n`);
      writeFileSync(asked, "");
    };
    const print = ["sh", "-c", "echo $$ $ROUTED_POP"];

    it("pins itself, and what it runs is the same process", async () => {
      isOn("2-3", 0);
      const { stdout, stderr } = await run(withTaskEnvironment(print, pinned));
      const [tell, own = ""] = stdout.trim().split("\n");
      expect([tell, own.split(" ")[1], stderr]).toEqual(["routed: pop=ord site=1", "ord", ""]);
      expect(readFileSync(asked, "utf8")).toBe(`-p -c 2-3 ${own.split(" ")[0]}\n`);
    });

    it("runs where it can't be pinned, and says so", async () => {
      isOn("2-3", 1);
      const { stdout, stderr } = await run(withTaskEnvironment(print, pinned));
      expect(stdout).toContain(" ord\n");
      expect(stderr).toBe("routed: WARNING: not pinned to CPUs 2-3\n");
    });

    it("doesn't ask where the task has no cores of its own", async () => {
      isOn("", 0);
      expect((await run(withTaskEnvironment(print, pinned))).stderr).toBe("");
      expect(readFileSync(asked, "utf8")).toBe("");
    });

    it.each([["CMD"], ["CMD-SHELL"]])("checks its health there, given as %s", async (form) => {
      isOn("2-3", 0);
      const command = form === "CMD" ? print : ["echo 1 $ROUTED_POP"];
      const check = healthCheckWithTaskEnvironment([form, ...command], pinned);
      const line = form === "CMD" ? check.slice(1) : ["sh", "-c", check[1] ?? ""];
      expect((await run(line)).stdout).toMatch(/^\d+ ord\n$/);
      expect(readFileSync(asked, "utf8")).toMatch(/^-p -c 2-3 \d+\n$/);
    });
  });
});
