import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  healthCheckWithTaskEnvironment,
  renderTaskInitScript,
  withTaskEnvironment,
} from "../../lib/constructs/pop/task-init-script";
import { coreSetsOf } from "../../lib/preflight/capacity/instance-capacity";
import { aRoutedEnvironment } from "../fixtures/a-routed-environment";

/** What the agent answers to a task of PoP ord; only what the script must not be misled by is added. */
const METADATA = readFileSync("__tests__/fixtures/task-metadata/task-with-tags.json", "utf8");

const BUSYBOX = pathOf("busybox");
const SHELLS = { dash: [pathOf("dash")], busybox: [BUSYBOX, "sh"] } as const;

/** The image's tools, and nothing else; `sleep` only notes how long it would have slept. */
const TOOLS = ["awk", "cat", "mv", "printf", "sed", "timeout", "tr", "wget"];
/** What core sets need besides. */
const CORE_SET_TOOLS = ["basename", "cp", "dirname", "sh", "sort"];

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
  /** What `coreSets.then` printed. */
  readonly then?: string;
  /** The environment file; undefined where none was written. */
  readonly file: string | undefined;
  /** Seconds that were waited, in order. */
  readonly slept: readonly number[];
  readonly asked: readonly string[];
}

/** A number is a status, null no answer, and the last one ends before its end. */
type Answer = string | number | null | { readonly half: string };

interface Situation {
  readonly shell?: keyof typeof SHELLS;
  /** The agent's answers, in order; the last one is repeated. */
  readonly answers?: readonly Answer[];
  /** What /proc/net/tcp6 says, in order of the looks; the last one stays. */
  readonly tcp6?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly coreSets?: CoreSetSituation;
}

interface CoreSetSituation {
  /** By path below the root of sysfs; the machine's own where it isn't given. */
  readonly sysfs?: Readonly<Record<string, string>>;
  /** `static`: needs no library, and only notes what CPUs it is asked for; `none`: there is none. */
  readonly busybox?: "static" | "none";
  /** Of BusyBox's taskset, where it is static. */
  readonly status?: number;
  /** A command to be run with the task's environment, as the routed containers are. */
  readonly then?: readonly string[];
}

async function run(situation: Situation = {}): Promise<Outcome> {
  const { shell = "dash", answers = [METADATA], tcp6 = [""], variables = {}, coreSets } = situation;
  const folder = mkdtempSync(join(tmpdir(), "routed-init-"));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(request.url ?? "");
    if (answer === null || answer === undefined) request.socket.destroy();
    else if (typeof answer === "number") response.writeHead(answer).end("slow down");
    else if (typeof answer === "object") {
      response.writeHead(200, { "Content-Length": 2 * answer.half.length });
      response.write(answer.half, () => request.socket.destroy());
    } else response.writeHead(200, { "Content-Type": "application/json" }).end(answer);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    prepare(folder, tcp6);
    if (coreSets) prepareCoreSets(folder, coreSets);
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
    const sysfs = coreSets?.sysfs ? join(folder, "sysfs") : "/sys";
    const inCoreSets = { ROUTED_SYSFS: sysfs, ROUTED_TASK_VCPUS: "4", ROUTED_RESERVED_VCPUS: "1" };
    const script = renderTaskInitScript({ coreSets: coreSets !== undefined });
    const { status, log } = await finished(program, [...options, "-c", script], {
      ...(coreSets ? inCoreSets : {}),
      ...environment,
    });
    const [command = "", ...args] = coreSets?.then ?? [];
    const then = command === "" ? undefined : await finished(command, args, environment);
    const file = join(folder, "environment");
    const slept = join(folder, "slept");
    return {
      status,
      log,
      ...(then === undefined ? {} : { then: then.log }),
      file: existsSync(file) ? readFileSync(file, "utf8").replaceAll(folder, "FOLDER") : undefined,
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

function prepareCoreSets(folder: string, { sysfs = {}, busybox, status }: CoreSetSituation): void {
  const bin = join(folder, "bin");
  for (const tool of CORE_SET_TOOLS) symlinkSync(BUSYBOX, join(bin, tool));
  if (busybox === undefined) symlinkSync(BUSYBOX, join(bin, "busybox"));
  if (busybox === "static") {
    const itself = `cp) exec ${BUSYBOX} cp "$0" "$3" ;;`;
    const applets = `case $1 in ${itself} taskset) exit ${status ?? 0} ;; esac`;
    writeFileSync(join(bin, "busybox"), `#!${BUSYBOX} sh\n${applets}\n`);
    chmodSync(join(bin, "busybox"), 0o755);
  }
  for (const [path, text] of Object.entries(sysfs)) {
    const file = join(folder, "sysfs", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${text}\n`);
  }
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

  it("takes half an answer for none, also where what it looks for is in it", async () => {
    const { TaskTags, ...others } = JSON.parse(METADATA) as { TaskTags: object };
    const [half = ""] = JSON.stringify({ TaskTags, ...others }).split(',"ServiceName"');
    expect(half).toContain('"routed:site-id":"1"}');
    const { status, file, slept } = await run({ shell, answers: [{ half }, METADATA] });
    expect([status, file, slept]).toEqual([0, ORD, [1]]);
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

interface Machine {
  /** Cores of each NUMA node. */
  readonly numa: readonly number[];
  readonly threads: number;
  /** Whether the threads of a core have adjacent numbers, rather than all first threads coming first. */
  readonly adjacent?: boolean;
}

/** As EC2's x86 types with one and two sockets are, as Graviton's, and others. */
const MACHINES: Readonly<Record<string, Machine>> = {
  "one NUMA node, SMT": { numa: [8], threads: 2 },
  "one NUMA node, no SMT": { numa: [16], threads: 1 },
  "two NUMA nodes, SMT": { numa: [16, 16], threads: 2 },
  "two NUMA nodes, no SMT": { numa: [9, 10], threads: 1 },
  "two NUMA nodes that don't divide": { numa: [6, 5], threads: 2 },
  "threads side by side": { numa: [4, 4], threads: 2, adjacent: true },
  "NUMA nodes smaller than a task": { numa: [1, 1, 1, 1, 1], threads: 2 },
};

/** The CPUs of each core, by NUMA node. */
function coresOf({ numa, threads, adjacent = false }: Machine): number[][][] {
  const total = numa.reduce((sum, count) => sum + count, 0);
  let core = 0;
  return numa.map((count) =>
    Array.from({ length: count }, () => {
      const first = core++;
      return Array.from({ length: threads }, (_, thread) =>
        adjacent ? first * threads + thread : first + thread * total,
      );
    }),
  );
}

function sysfsOf(machine: Machine): Record<string, string> {
  const text = (cpus: readonly number[]) =>
    machine.adjacent && cpus.length > 1 ? `${cpus[0]}-${cpus.at(-1)}` : cpus.join();
  const files: Record<string, string> = { "devices/system/node/online": "0" };
  coresOf(machine).forEach((cores, node) => {
    files[`devices/system/node/node${node}/cpulist`] = cores.flat().join();
    for (const core of cores) {
      for (const cpu of core) {
        files[`devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`] = text(core);
      }
    }
  });
  // A NUMA node of memory alone, as some types have.
  files["devices/system/node/node9/cpulist"] = "";
  return files;
}

function tagged(coreSet: string | number): string {
  return METADATA.replace('"routed:pop"', `"routed:core-set":"${coreSet}","routed:pop"`);
}

/** "0-1,8" as numbers. */
function expand(list: string): number[] {
  return list.split(",").flatMap((range) => {
    const [from = NaN, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

function cpusIn({ file = "" }: Outcome): string {
  return /^ROUTED_CPUS=(.*)$/m.exec(file)?.[1] ?? "no line";
}

/** The CPUs of each core set that the script finds on a machine, until it finds none. */
async function setsOf(machine: Machine, vcpus: number, reserved: number): Promise<number[][]> {
  const sets: number[][] = [];
  for (;;) {
    const outcome = await run({
      shell: "busybox",
      answers: [tagged(sets.length)],
      variables: { ROUTED_TASK_VCPUS: String(vcpus), ROUTED_RESERVED_VCPUS: String(reserved) },
      coreSets: { sysfs: sysfsOf(machine), busybox: "static" },
    });
    expect(outcome.status).toBe(0);
    if (cpusIn(outcome) === "") {
      expect(outcome.log).toContain(
        `core set ${sets.length} is none of the ${sets.length} that the node has`,
      );
      return sets;
    }
    sets.push(expand(cpusIn(outcome)));
  }
}

const UNPINNED = "; the task runs on any CPU of its node, within its quota\n";

describe.each(["dash", "busybox"] as const)("a task's own cores under %s", (shell) => {
  const SMT = MACHINES["two NUMA nodes, SMT"];
  const sysfs = sysfsOf(SMT!);

  it("are whole ones of one NUMA node, and the numbers go round the NUMA nodes", async () => {
    const outcome = async (coreSet: number) =>
      run({ shell, answers: [tagged(coreSet)], coreSets: { sysfs, busybox: "static" } });
    const first = await outcome(0);
    expect([first.status, first.file]).toEqual([
      0,
      `${ORD}ROUTED_CPUS=1,33,2,34\nROUTED_TASKSET=FOLDER/taskset\n`,
    ]);
    expect(first.log).toBe(
      "routed-init: core set 0 is CPUs 1,33,2,34 of node0\n" +
        "routed-init: pop=ord site=1 bgp=20001 api=21001 metrics=22001\n",
    );
    expect(cpusIn(await outcome(1))).toBe("16,48,17,49");
    expect(cpusIn(await outcome(2))).toBe("3,35,4,36");
    expect(cpusIn(await outcome(14))).toBe("30,62,31,63");
  });

  it.each([
    ["no tag", METADATA, {}, "the task has no tag routed:core-set"],
    [
      "a tag that is no number",
      tagged("a"),
      {},
      "the tag routed:core-set must be a core set's number, got 'a'",
    ],
    ["a node that is too small", tagged(15), {}, "core set 15 is none of the 15 that the node has"],
    [
      "a node that tells nothing of its CPUs",
      tagged(0),
      { sysfs: { "devices/none": "" } },
      "the CPUs of the node can't be read below FOLDER/sysfs",
    ],
    [
      "an init image without BusyBox",
      tagged(0),
      { busybox: "none" as const },
      "BusyBox can't be put into FOLDER",
    ],
    [
      "CPUs that the task may not use",
      tagged(0),
      { status: 1 },
      "the task can't be put on CPUs 1,33,2,34",
    ],
  ])("are any, loudly, with %s", async (_, answer, coreSets, why) => {
    const outcome = await run({
      shell,
      answers: [answer],
      coreSets: { sysfs, busybox: "static", ...coreSets },
    });
    expect([outcome.status, cpusIn(outcome)]).toEqual([0, ""]);
    expect(outcome.log.replace(/\/tmp\/routed-init-\w+/g, "FOLDER")).toContain(
      `routed-init: WARNING: ${why}${UNPINNED}`,
    );
  });

  it("hold what the containers run, and what those start, on this machine", async () => {
    const then = (command: string[]) => ["sh", "-c", "cat /proc/self/status", "sh", ...command];
    const onSet = (coreSet: number, command: readonly string[]) =>
      run({
        shell,
        answers: [tagged(coreSet)],
        variables: { ROUTED_TASK_VCPUS: "1", ROUTED_RESERVED_VCPUS: "0" },
        coreSets: { then: command },
      });
    const allowed = (text = "") => expand(/^Cpus_allowed_list:\s*(\S+)$/m.exec(text)?.[1] ?? "");
    // Of the machine's cores, some may not be this process's.
    let coreSet = 0;
    while (cpusIn(await onSet(coreSet, ["sh", "-c", ":"])) === "" && coreSet < 256) coreSet += 1;

    const started = await onSet(coreSet, withTaskEnvironment(then([]), { coreSets: true }));
    const own = expand(cpusIn(started)).sort((a, b) => a - b);
    expect(allowed(started.then)).toEqual(own);
    expect(started.then).toContain("routed: pop=ord site=1\n");
    const [, ...check] = healthCheckWithTaskEnvironment(then([]), { coreSets: true });
    expect(allowed((await onSet(coreSet, check)).then)).toEqual(own);
    const unpinned = await onSet(coreSet, withTaskEnvironment(then([])));
    expect(allowed(unpinned.then)).toEqual(allowed(readFileSync("/proc/self/status", "utf8")));
  });
});

describe.each(Object.entries(MACHINES))("the core sets of %s", (_, machine) => {
  it.each([
    [4, 1],
    [3, 3],
  ])(
    "of %i vCPUs are apart, whole, of one NUMA node while they last, and as many as capacity counts",
    async (vcpus, reserved) => {
      const cores = coresOf(machine);
      const sets = await setsOf(machine, vcpus, reserved);
      const used = sets.flat();
      expect(new Set(used).size).toBe(used.length);
      const perTask = Math.ceil(vcpus / machine.threads);
      for (const core of cores.flat()) {
        expect([0, machine.threads]).toContain(core.filter((cpu) => used.includes(cpu)).length);
      }
      const kept = cores.flat().slice(0, Math.ceil(reserved / machine.threads));
      for (const cpu of kept.flat()) expect(used).not.toContain(cpu);
      const nodes = sets.map(
        (set) => cores.filter((own) => own.flat().some((cpu) => set.includes(cpu))).length,
      );
      for (const set of sets) expect(set).toHaveLength(perTask * machine.threads);
      const left = cores.map((own) => own.filter((core) => !kept.includes(core)).length);
      const local = left.reduce((sum, count) => sum + Math.floor(count / perTask), 0);
      expect(nodes.filter((count) => count === 1)).toHaveLength(local);
      expect(nodes.slice(0, local).every((count) => count === 1)).toBe(true);

      const { fleet, routed, ...rest } = aRoutedEnvironment();
      const environment = {
        ...rest,
        fleet: { ...fleet, reservedCpuUnits: 1024 * reserved - 768 },
        routed: { ...routed, cpuUnits: 1024 * vcpus },
      };
      const type = {
        name: "any",
        vcpus: cores.flat(2).length,
        threadsPerCore: machine.threads,
        memoryMiB: 0,
        networkInterfaces: 1,
        architectures: [],
      };
      expect(sets).toHaveLength(coreSetsOf(type, environment));
    },
  );
});

/** As ECS allows them: 10 containers with their labels, and 50 tags of 256 characters. */
function largestAnswer(tags: Readonly<Record<string, string>>): string {
  const pairs = (key: string, count: number, length: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`${key}${index}`, "x".repeat(length)]),
    );
  const metadata = JSON.parse(METADATA) as { Containers: object[] };
  const containers = Array.from({ length: 10 }, () => ({
    ...metadata.Containers[0],
    Labels: pairs("label", 100, 1000),
  }));
  const TaskTags = { ...pairs("a", 24, 256), ...tags, ...pairs("b", 24, 256) };
  return JSON.stringify({
    ...metadata,
    ServiceName: LONGEST_POP,
    Containers: containers,
    TaskTags,
  });
}

const LONGEST_POP = "a-pop-with-24-characters";
const OF_LONGEST = { "routed:pop": LONGEST_POP, "routed:site-id": "999" };

describe("init: command, with large inputs", () => {
  it.each(["dash", "busybox"] as const)("finds its tags in a megabyte under %s", async (shell) => {
    const answer = largestAnswer(OF_LONGEST);
    expect(answer.length).toBeGreaterThan(1_000_000);
    const { status, file, slept } = await run({ shell, answers: [answer] });
    expect([status, slept]).toEqual([0, []]);
    expect(file).toBe(
      ORD.replaceAll("001\n", "999\n")
        .replace("SITE_ID=1", "SITE_ID=999")
        .replaceAll("ord", LONGEST_POP),
    );
  });

  it.each(["dash", "busybox"] as const)(
    "finds a taken port among 100,000 under %s",
    async (shell) => {
      const others = socket(40000, "0A").repeat(50_000) + socket(21001, "01").repeat(50_000);
      const tcp6 = [socket(21001, "0A") + others, others + socket(22001, "0A"), others];
      const { status, file, slept } = await run({ shell, tcp6 });
      expect([status, file, slept]).toEqual([0, ORD, [5, 5]]);
    },
  );

  it("finds the last of 896 CPUs' core sets", async () => {
    const sysfs = sysfsOf({ numa: Array<number>(8).fill(56), threads: 2 });
    const answer = largestAnswer({ ...OF_LONGEST, "routed:core-set": "222" });
    const coreSets = { sysfs, busybox: "static" } as const;
    const outcome = await run({ shell: "busybox", answers: [answer], coreSets });
    expect(cpusIn(outcome)).toBe("446,894,447,895");
  });
});
