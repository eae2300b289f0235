import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  healthCheckWithTaskEnvironment,
  withTaskEnvironment,
} from "../../lib/constructs/pop/task-init-script";

const execute = promisify(execFile);
const pathOf = (tool: string): string => {
  try {
    return execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
  } catch {
    throw new Error(`${tool} is missing; install it with: apt-get install ${tool}`);
  }
};

/** The routed image may have any. */
const SHELLS = {
  dash: pathOf("dash"),
  busybox: `${pathOf("busybox")} sh`,
  bash: `-a sh ${pathOf("bash")}`,
};
type Shell = keyof typeof SHELLS;
const CASES = (Object.keys(SHELLS) as Shell[]).flatMap((shell) =>
  [false, true].map((coreSets) => ({ shell, coreSets })),
);

/** What a shell would split, expand or take for its own. */
const ARGUMENTS = Array.from(
  { length: 2000 },
  (_, index) => `${index} "$HOME" '*' \`id\` -e \\n ;&|`,
);
/** As the init container writes it, with the longest names. */
const ENVIRONMENT = {
  ROUTED_API_PORT: "21999",
  ROUTED_BGP_PORT: "20999",
  ROUTED_METRICS_PORT: "22999",
  ROUTED_POP: "a-pop-with-24-characters",
  ROUTED_SITE_ID: "999",
  ROUTED_SNAPSHOT_PREFIX: "snapshots/a-pop-with-24-characters/",
};
const CPUS = Array.from({ length: 448 }, (_, cpu) => 2 * cpu).join();
/** Prints each argument, and what it is told of its PoP. */
const PRINT = ["-p", "JSON.stringify([process.argv.slice(1), process.env])", "--", ...ARGUMENTS];
const TELL = "routed: pop=a-pop-with-24-characters site=999\n";

const folder = mkdtempSync(join(tmpdir(), "routed-command-"));
const asked = join(folder, "asked");
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command whose `sh` is this shell, in a task that is on its cores where it has some. */
async function run([program = "", ...args]: readonly string[], shell: Shell, coreSets: boolean) {
  const bin = join(folder, shell);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "sh"), `#!/bin/bash\nexec ${SHELLS[shell]} "$@"\n`);
  chmodSync(join(bin, "sh"), 0o755);
  const taskset = join(folder, "taskset");
  writeFileSync(taskset, `echo "$*" >> ${asked}\n`);
  writeFileSync(asked, "");
  const cores = coreSets ? { ROUTED_CPUS: CPUS, ROUTED_TASKSET: taskset } : {};
  const lines = Object.entries({ ...ENVIRONMENT, ...cores }).map((line) => line.join("="));
  const file = join(folder, "environment");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const env = {
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    ROUTED_ENVIRONMENT_FILE: file,
    LARGE: "x".repeat(100_000),
  };
  const { stdout, stderr } = await execute(program, args, { env, maxBuffer: 10_000_000 });
  expect(stderr).toBe("");
  expect(readFileSync(asked, "utf8")).toMatch(coreSets ? /^-p -c 0,2,(\d+,)+894 \d+\n$/ : /^$/);
  return stdout;
}

function expectAll(printed: string): void {
  const [given, variables] = JSON.parse(printed) as [string[], Record<string, string>];
  expect(given).toEqual(ARGUMENTS);
  expect(variables).toMatchObject(ENVIRONMENT);
}

describe.each(["bird: command", "api: command"])("%s, with large inputs", () => {
  it.each(CASES)("runs as it is given in $shell, cores: $coreSets", async ({ shell, coreSets }) => {
    const command = withTaskEnvironment([process.execPath, ...PRINT], { coreSets });
    const printed = await run(command, shell, coreSets);
    expect(printed.startsWith(TELL)).toBe(true);
    expectAll(printed.slice(TELL.length));
  });
});

describe.each(["bird: health check", "api: health check"])("%s, with large inputs", () => {
  it.each(CASES)("asks as it is given in $shell, cores: $coreSets", async ({ shell, coreSets }) => {
    const command = ["CMD", process.execPath, ...PRINT];
    const [form, ...check] = healthCheckWithTaskEnvironment(command, { coreSets });
    expect(form).toBe("CMD");
    expectAll(await run(check, shell, coreSets));
  });

  it.each(CASES)("asks a line of $shell, cores: $coreSets", async ({ shell, coreSets }) => {
    const line = `test "$ROUTED_SITE_ID" = 999 && printf '%s' ${"x".repeat(60_000)}`;
    const [form, text = ""] = healthCheckWithTaskEnvironment(["CMD-SHELL", line], { coreSets });
    expect(form).toBe("CMD-SHELL");
    expect(await run(["sh", "-c", text], shell, coreSets)).toHaveLength(60_000);
  });
});
