import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderTaskInitScript } from "../../lib/constructs/task-init-script";

/** What the agent answers to a task of PoP ord; only what the script must not be misled by is added. */
const METADATA = readFileSync("__tests__/fixtures/task-metadata/task-with-tags.json", "utf8");

const BUSYBOX = pathOf("busybox");
const SHELLS = { dash: [pathOf("dash")], busybox: [BUSYBOX, "sh"] } as const;

/** The image's tools, and nothing else; `sleep` only notes how long it would have slept. */
const TOOLS = ["awk", "cat", "mv", "printf", "sed", "timeout", "tr", "wget"];

function pathOf(tool: string): string {
  try {
    return execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
  } catch {
    throw new Error(`${tool} is missing; install it with: apt-get install ${tool}`);
  }
}

interface Outcome {
  readonly status: number;
  readonly log: string;
  /** The environment file; undefined where none was written. */
  readonly file: string | undefined;
  /** Seconds that were waited, in order. */
  readonly slept: readonly number[];
  readonly asked: readonly string[];
}

interface Situation {
  readonly shell?: keyof typeof SHELLS;
  /** The agent's answers, in order; the last one is repeated. A number is a status, null no answer. */
  readonly answers?: readonly (string | number | null)[];
  /** What /proc/net/tcp6 says, in order of the looks; the last one stays. */
  readonly tcp6?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

async function run(situation: Situation = {}): Promise<Outcome> {
  const { shell = "dash", answers = [METADATA], tcp6 = [""], variables = {} } = situation;
  const folder = mkdtempSync(join(tmpdir(), "routed-init-"));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(request.url ?? "");
    if (answer === null || answer === undefined) request.socket.destroy();
    else if (typeof answer === "number") response.writeHead(answer).end("slow down");
    else response.writeHead(200, { "Content-Type": "application/json" }).end(answer);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    prepare(folder, tcp6);
    const { port } = server.address() as AddressInfo;
    const [program = "", ...options] = SHELLS[shell];
    const environment = {
      PATH: join(folder, "bin"),
      ECS_CONTAINER_METADATA_URI_V4: `http://127.0.0.1:${port}/v4/abc-123`,
      ROUTED_API_BASE: "21000",
      ROUTED_BGP_BASE: "20000",
      ROUTED_METRICS_BASE: "22000",
      ROUTED_ENVIRONMENT_FILE: join(folder, "environment"),
      ROUTED_SNAPSHOT_ROOT: "snapshots/",
      ROUTED_PROC_NET: join(folder, "net"),
      ...variables,
    };
    const { status, log } = await finished(program, [...options, "-c", renderTaskInitScript()], {
      ...environment,
    });
    const file = join(folder, "environment");
    const slept = join(folder, "slept");
    return {
      status,
      log,
      file: existsSync(file) ? readFileSync(file, "utf8") : undefined,
      slept: existsSync(slept) ? readFileSync(slept, "utf8").trim().split("\n").map(Number) : [],
      asked,
    };
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

function finished(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ status: number; log: string }>((done) => {
    const child = spawn(program, args, { env });
    let log = "";
    child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    child.on("close", (status) => done({ status: status ?? -1, log }));
  });
}

/** A folder with the tools, a clock that doesn't take its time, and a /proc/net that goes by it. */
function prepare(folder: string, tcp6: readonly string[]): void {
  const bin = join(folder, "bin");
  for (const made of [bin, join(folder, "net")]) mkdirSync(made);
  for (const tool of TOOLS) symlinkSync(BUSYBOX, join(bin, tool));
  const net = join(folder, "net");
  writeFileSync(join(net, "tcp"), HEADER);
  tcp6.forEach((text, index) => writeFileSync(join(net, `tcp6.${index}`), HEADER + text));
  const show = `[ ! -e ${net}/tcp6.$n ] || cat ${net}/tcp6.$n > ${net}/tcp6`;
  writeFileSync(join(net, "tcp6"), HEADER + (tcp6[0] ?? ""));
  writeFileSync(
    join(bin, "sleep"),
    `#!${BUSYBOX} sh\necho $1 >> ${folder}/slept\nn=$(${BUSYBOX} wc -l < ${folder}/slept)\n${show}\n`,
  );
  chmodSync(join(bin, "sleep"), 0o755);
}

const HEADER =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";

function socket(port: number, state: "0A" | "01"): string {
  const local = `00000000000000000000000000000000:${port.toString(16).toUpperCase()}`;
  return `   0: ${local} 00000000000000000000000000000000:0000 ${state} 00000000:00000000 00:00000000\n`;
}

const ORD = `ROUTED_API_PORT=21001
ROUTED_BGP_PORT=20001
ROUTED_METRICS_PORT=22001
ROUTED_POP=ord
ROUTED_SITE_ID=1
ROUTED_SNAPSHOT_PREFIX=snapshots/ord/
`;

describe.each(["dash", "busybox"] as const)("the init container's script under %s", (shell) => {
  it("writes what a task of the PoP's own definition would be told", async () => {
    expect(await run({ shell })).toEqual({
      status: 0,
      log: "routed-init: pop=ord site=1 bgp=20001 api=21001 metrics=22001\n",
      file: ORD,
      slept: [],
      asked: ["/v4/abc-123/taskWithTags"],
    });
  });

  it("asks again, with longer and longer pauses, while there is no answer or none with tags", async () => {
    const untagged = METADATA.replace(/,"TaskTags":\{.*?\}/, "");
    const { status, file, log, slept } = await run({
      shell,
      answers: [null, 429, untagged, METADATA],
    });
    expect([status, file, slept]).toEqual([0, ORD, [1, 2, 3]]);
    expect(log).toContain("routed-init: attempt 1 of 20: got no answer\n");
    expect(log).toContain(
      "routed-init: attempt 3 of 20: got an answer without the tags routed:pop and routed:site-id\n",
    );
  });

  it("gives up after 20 askings, and tells what the agent says of it", async () => {
    const errors = `"Errors":[{"ErrorField":"TaskTags","ErrorCode":"AccessDeniedException","StatusCode":400}]`;
    const denied = METADATA.replace(/"TaskTags":\{.*?\}/, errors);
    const { status, file, log, slept, asked } = await run({ shell, answers: [denied] });
    expect([status, file, asked.length]).toEqual([1, undefined, 20]);
    expect(slept).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, ...Array<number>(10).fill(10)]);
    expect(log.trim().split("\n").at(-1)).toBe(
      "routed-init: FATAL: asked the task metadata endpoint 20 times, got an answer without the tags " +
        `routed:pop and routed:site-id: ${errors}; the task is given up, and ECS starts another`,
    );
  });

  it("waits for an earlier task's ports, not for connections to them", async () => {
    const outcome = await run({
      shell,
      tcp6: [socket(21001, "0A") + socket(20002, "0A"), socket(21001, "0A"), socket(21001, "01")],
    });
    expect([outcome.status, outcome.file, outcome.slept]).toEqual([0, ORD, [5, 5]]);
    expect(outcome.log).toContain(
      "routed-init: port 21001 of ord is taken; waiting for an earlier task to stop\n",
    );
  });

  it("gives up where a port stays taken", async () => {
    const { status, file, log, slept } = await run({ shell, tcp6: [socket(22001, "0A")] });
    expect([status, file, slept.length]).toEqual([1, undefined, 30]);
    expect(log).toContain("FATAL: port 22001 of ord is still taken after 150 s; ");
  });

  it.each([
    [
      "another service's tag",
      '"ServiceName":"ord"',
      '"ServiceName":"dfw"',
      "the task is of service 'dfw', but its tag routed:pop is 'ord'",
    ],
    [
      "a PoP that is none",
      '"routed:pop":"ord"',
      '"routed:pop":"../etc"',
      "the tag routed:pop must be a PoP's name, got '../etc'",
    ],
    [
      "a site that is none",
      '"routed:site-id":"1"',
      '"routed:site-id":"01"',
      "the tag routed:site-id must be a site's id, got '01'",
    ],
  ])("refuses %s at once", async (_, from, to, why) => {
    const { status, file, log, asked } = await run({
      shell,
      answers: [METADATA.replace(from, to)],
    });
    expect([status, file, asked.length]).toEqual([1, undefined, 1]);
    expect(log).toBe(`routed-init: FATAL: ${why}; the task is given up, and ECS starts another\n`);
  });

  it("isn't misled by tags of the node, line breaks, blanks or an agent that names no service", async () => {
    const confusing = JSON.stringify(
      {
        ...(JSON.parse(METADATA) as object),
        ServiceName: undefined,
        ContainerInstanceTags: { "routed:pop": "dfw", "routed:site-id": "2" },
      },
      null,
      2,
    );
    expect(await run({ shell, answers: [confusing] })).toMatchObject({ status: 0, file: ORD });
  });

  it("says so where there is no endpoint", async () => {
    const { status, log } = await run({ shell, variables: { ECS_CONTAINER_METADATA_URI_V4: "" } });
    expect([status, log]).toEqual([
      1,
      "routed-init: FATAL: ECS_CONTAINER_METADATA_URI_V4 is not set: no ECS agent 1.39 or later; the task is given up, and ECS starts another\n",
    ]);
  });
});
