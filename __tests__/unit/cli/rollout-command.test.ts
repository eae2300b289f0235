import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployCommand } from "../../../lib/cli/commands/deploy-command";
import type { DeployCommandOptions } from "../../../lib/cli/commands/deploy-command";
import { historyCommand } from "../../../lib/cli/commands/history-command";
import { rolloutCommand } from "../../../lib/cli/commands/rollout-command";
import type { RolloutCommandOptions } from "../../../lib/cli/rollout-options";
import { runCli } from "../../../lib/cli/run-cli";
import { statusCommand } from "../../../lib/cli/commands/status-command";
import type { CliProcess } from "../../../lib/cli/terminal";
import type { RolloutEvent } from "../../../lib/rollout/events";
import type { RolloutWorldOptions } from "../../../lib/rollout/ports";
import { ControllerWorld } from "../../support/rollout/controller-world";
import { SimulatedAccount } from "../../support/rollout/simulated-account";
import type { CliWorld } from "../../../lib/cli/cli-world";

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

let account: SimulatedAccount;
let out: string;
let err: string;
const world: CliWorld = {
  variables: {},
  width: undefined,
  print: (text) => void (out += text),
  printError: (text) => void (err += text),
};
let given: RolloutWorldOptions | undefined;
const createWorld = (_: unknown, options: RolloutWorldOptions): ControllerWorld => {
  given = options;
  return new ControllerWorld(account, "alice");
};
const nobody: CliProcess = { openScreen: null, confirm: null, onInterrupt: () => () => undefined };

beforeEach(async () => {
  account = new SimulatedAccount();
  await account.found();
  account.releaseAmi(2);
  out = "";
  err = "";
});

async function rollout(
  options: RolloutCommandOptions,
  terminal: CliProcess = nobody,
  variables: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  const running = rolloutCommand(
    "sandbox",
    { poll: "30s", ...options },
    { ...world, variables },
    createWorld,
    terminal,
  );
  const status = await inFakeTime(running);
  return { status, out, err };
}

/** Where files and servers are involved, fake time has nothing to do now and then, and waits. */
async function inFakeTime<T>(running: Promise<T>): Promise<T> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  running.then(over, over);
  for (;;) {
    try {
      return await account.time.during(running);
    } catch (error) {
      if (!/nothing is left to happen/.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (isOver) return running;
    }
  }
}

it("rolls out to the end, and tells it line by line", async () => {
  const { status, out: text } = await rollout({ yes: true });
  expect(status).toBe(0);
  expect(text).toMatch(/^\d\d:\d\d:\d\d rollout 2026-/);
  expect(text).toMatch(/converged after 3 waves: every node is as the config wants it\n$/);
});

it("asks the alarms and the command that were named", async () => {
  await rollout({ yes: true, maxWaves: "1", alarm: ["api-5xx", "pop-gone"], gate: "true" });
  expect(given).toMatchObject({ alarms: ["api-5xx", "pop-gone"], gateCommand: "true" });
});

it("pushes its metrics, and goes on where others can't be told", async () => {
  let pushed = "";
  const server = createServer((request, response) => {
    if (request.method === "POST") return void response.writeHead(404).end();
    let body = "";
    request.on("data", (data: Buffer) => (body += data.toString()));
    request.on("end", () => response.end(void (pushed = body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const { status, err: told } = await rollout(
      { yes: true, maxWaves: "1", metricsPush: origin, webhook: `${origin}/hook` },
      nobody,
      { ROUTED_WEBHOOK_SECRET: "sixteen letters!" },
    );
    expect(status).toBe(0);
    expect(pushed).toContain('routed_rollout_result{environment="sandbox",result="max-waves"} 1\n');
    expect(pushed).toContain('routed_rollout_waves_done{environment="sandbox"} 1\n');
    expect(told).toBe(
      `note: --webhook ${origin} can't be told, the rollout goes on: HTTP status 404\n`,
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

it("needs a secret for its webhook that is long enough", async () => {
  const start = (length: number) => {
    const variables = { ROUTED_WEBHOOK_SECRET: "s".repeat(length) };
    return rollout({ dryRun: true, webhook: "https://x.example" }, nobody, variables);
  };
  await expect(start(15)).rejects.toThrow(
    "at least 16 characters, which signs what is sent, got 15; set ROUTED_WEBHOOK_SECRET",
  );
  expect((await start(16)).status).toBe(0);
});

it("prints one event a line with --json", async () => {
  const { status, out: text } = await rollout({ yes: true, json: true, maxWaves: "1" });
  expect(status).toBe(0);
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RolloutEvent);
  expect(events.at(-1)).toMatchObject({ type: "rollout-ended", result: { kind: "max-waves" } });
  expect(events.filter(({ type }) => type === "wave-ended")).toMatchObject([
    { wave: 1, result: "done" },
  ]);
});

it("shows all waves with --dry-run, and changes nothing", async () => {
  const { status, out: text } = await rollout({ dryRun: true });
  expect(status).toBe(0);
  expect(text).toContain("wave 3: upgrade node 2\n  pop1 and pop2 lose a task on node 2");
  expect(text).toMatch(/about 9m 10s a wave, 27m 30s in all, by the config's stateRebuildMinutes/);
  expect(account.plan({}).plan.wavesRemaining).toBe(3);
  expect(account.lock).toBeNull();
  const { out: json } = await rollout({ dryRun: true, json: true });
  expect(JSON.parse(json.slice(json.indexOf("{")))).toMatchObject({ pastWaves: 0 });
});

it("asks, and does nothing without a yes", async () => {
  const questions: string[] = [];
  const confirm = (question: string): Promise<boolean> => {
    questions.push(question);
    return Promise.resolve(questions.length > 1);
  };
  const no = await rollout({ maxWaves: "1" }, { ...nobody, confirm });
  expect(no.status).toBe(130);
  expect(no.out).toMatch(/wave 1: upgrade node 0\n[^]*nothing was changed\n$/);
  expect(account.history()).toEqual([]);
  const yes = await rollout({ maxWaves: "1" }, { ...nobody, confirm });
  expect(yes.status).toBe(0);
  expect(questions).toEqual(["go on?", "go on?"]);
});

it("wants --yes where nobody can be asked", async () => {
  await expect(rollout({})).rejects.toThrow(
    "--yes must be given where nobody can be asked; see --dry-run for what it would do",
  );
  account.releaseAmi(1);
  // Something that touches no node may be to be applied all the same.
  await expect(rollout({})).rejects.toThrow("--yes must be given where nobody can be asked");
});

it("ends with 130 where it is interrupted, and says twice what goes on", async () => {
  let interrupt: () => void = () => undefined;
  const terminal: CliProcess = {
    ...nobody,
    onInterrupt: (listener) => {
      interrupt = listener;
      return () => undefined;
    },
  };
  account.time.at(account.time.now() + 40_000, () => interrupt());
  account.time.at(account.time.now() + 41_000, () => interrupt());
  const { status, out: text, err: told } = await rollout({ yes: true }, terminal);
  expect(status).toBe(130);
  expect(told).toBe(
    "interrupted: the present step is finished or undone first; now wave 1: drain (2 tasks left on node 0)\n" +
      "it is being ended already (where it is killed, running it again goes on); now it is between two steps\n",
  );
  expect(text).toContain("what to do: run the same command again to go on\nsandbox: staged:");
  expect(account.fleet.nodes.get(0)?.status).toBe("ACTIVE");
});

it("ends with 3 outside of the window with --no-wait, and where it is held for too long", async () => {
  const window = "Tue 08:00-09:00 UTC";
  const { status, out: text } = await rollout({ yes: true, window, wait: false });
  expect(status).toBe(3);
  expect(text).toContain(
    'stopped after 0 waves (outside-window): outside of the window "Tue 08:00-09:00 UTC", which opens at 2026-03-03T08:00:00.000Z',
  );
});

it("waits for the window, and starts each wave within it only", async () => {
  // It is 11:00; a wave takes about 10 minutes.
  const { status, out: text } = await rollout({ yes: true, window: "daily 12:00-12:15 UTC" });
  expect(status).toBe(0);
  const starts = [...text.matchAll(/^(\S+) wave \d \(/gm)].map(([, time]) => time);
  expect(starts).toEqual(["12:00:01", "12:10:23", "12:00:01"]);
});

it("passes the gate and the history's folder on, and refuses slots that don't exist", async () => {
  await rollout({ dryRun: true, gate: "check-bgp", history: "records" });
  expect(given).toMatchObject({ gateCommand: "check-bgp", historyDirectory: "records" });
  const { status, out: text } = await rollout({ yes: true, onlyNode: ["1", "7"] });
  expect(status).toBe(1);
  expect(text).toContain("(argument): --only-node must name nodes among 0, 1 and 2, got 7");
});

it("changes only the nodes that are named, by option or by variable", async () => {
  const { out: text } = await rollout({ yes: true }, nobody, { ROUTED_ONLY_NODES: "2" });
  expect(text).toContain("converged after 1 wave");
  expect(account.plan({}).plan.wavesRemaining).toBe(2);
});

it.each<[RolloutCommandOptions, string]>([
  [{ bake: "ten" }, '--bake must be a duration like 90s, 10m or 1h30m, or 0, got "ten"'],
  [{ timeout: "5" }, "--timeout must be a duration"],
  [{ drainTimeout: "" }, "--drain-timeout must be a duration"],
  [{ poll: "0" }, '--poll must be at least 1s, got "0"'],
  [{ maxWaves: "0" }, '--max-waves must be a whole number from 1 on, got "0"'],
  [{ onlyNode: ["a"] }, '--only-node must be a slot\'s number, e.g. 0, got "a"'],
  [{ window: "always" }, "--window must have days, times and a time zone"],
  [{ breakLock: " " }, '--break-lock must be a reason, got " "'],
  [{ gate: "" }, '--gate must be a command, got ""'],
  [{ alarm: ["a", " "] }, '--alarm must be the name of a CloudWatch alarm, got " "'],
  [{ alarm: Array<string>(101).fill("a") }, "--alarm must be given at most 100 times, got"],
  [{ metricsPush: "gateway:9091" }, "--metrics-push must be a URL that begins with https://"],
  [{ webhook: "ftp://x.example" }, "--webhook must be a URL that begins with https://"],
  [{ webhook: "https://x.example" }, "--webhook needs a secret of at least 16 characters"],
  [{ dryRun: true, to: "nowhere" }, "--to must be previous or the id of a recorded rollout"],
])("refuses %j", async (options, message) => {
  await expect(rollout(options)).rejects.toThrow(message);
});

it("refuses to roll out what is recorded", async () => {
  const variables = { ROUTED_OBSERVATIONS: "somewhere" };
  await expect(rollout({ yes: true }, nobody, variables)).rejects.toThrow(
    "a rollout looks at AWS itself; unset ROUTED_OBSERVATIONS",
  );
});

describe("routed deploy", () => {
  async function deploy(
    options: DeployCommandOptions,
    terminal: CliProcess = nobody,
  ): Promise<Ran> {
    out = "";
    const running = deployCommand("sandbox", options, world, createWorld, terminal);
    const status = await inFakeTime(running);
    return { status, out, err };
  }

  it("shows what was proved, applies one wave, tells of the others, and is held by its node", async () => {
    const first = await deploy({ yes: true });
    expect(first.status).toBe(0);
    expect(first.out).toContain("sandbox: staged: upgrade node 0; 3 waves to go\nproved\n");
    expect(first.out).toMatch(/ended after 1 wave, as asked: 1 wave applied; 2 waves to go\n$/);
    const second = await deploy({ yes: true });
    expect(second.status).toBe(3);
    expect(second.out).toContain(
      "stopped after 0 waves (held): no node is changed, because node 0",
    );
  });

  it("tells the waves to come to programs too, and has nothing to do where there is nothing", async () => {
    const { status, out: text } = await deploy({ yes: true, json: true });
    expect(status).toBe(0);
    expect(JSON.parse(text.trim().split("\n").at(-1) ?? "")).toMatchObject({
      type: "rollout-ended",
      result: { kind: "max-waves", waves: 1, remaining: 2 },
    });
    account = new SimulatedAccount();
    await account.found();
    expect((await deploy({ yes: true })).status).toBe(0);
    expect(account.history()).toEqual([]);
  });

  it("asks before anything is taken out of service, and wants --yes where nobody can be asked", async () => {
    const confirm = jest.fn(() => {
      expect([...account.fleet.nodes.values()].map((node) => node.status)).toEqual([
        "ACTIVE",
        "ACTIVE",
        "ACTIVE",
      ]);
      return Promise.resolve(false);
    });
    expect((await deploy({}, { ...nobody, confirm })).status).toBe(130);
    expect(confirm).toHaveBeenCalledWith("apply exactly this plan?");
    expect(account.plan({}).plan.wavesRemaining).toBe(3);
    await expect(deploy({})).rejects.toThrow("--yes must be given where nobody can be asked");
    await expect(deploy({ json: true }, { ...nobody, confirm })).rejects.toThrow("--yes");
  });

  it("refuses a plan's age that is no duration", async () => {
    const options = { yes: true, maxPlanAge: "old" };
    await expect(deploy(options)).rejects.toThrow("--max-plan-age must be a duration");
  });
});

describe.each(["deploy", "rollout"])("routed %s without --yes", (command) => {
  it.each([
    [["nowhere"], "nowhere"],
    [["sandbox", "--max-plan-age", "banana"], "--max-plan-age must be a duration"],
    [["sandbox", "--drain-timeout", "banana"], "--drain-timeout must be a duration"],
    [["sandbox", "--only-node", "banana"], "--only-node"],
  ])("tells first what is wrong with %j", async (args, told) => {
    expect(await runCli([command, ...args], world)).toBe(1);
    expect(err).toContain(told);
    expect(err).not.toContain("--yes");
  });
});

it("shows the fleet, and how the last wave ended", async () => {
  await rollout({ yes: true, maxWaves: "1" });
  out = "";
  await account.time.during(statusCommand("sandbox", {}, world, createWorld));
  expect(out).toMatch(/^sandbox: staged: upgrade node 1; 2 waves to go\nnode +zone +instance/);
  expect(out).toMatch(/\nlast wave: 2026-03-02T11-00-0\dZ-\w{4}, wave 1, done, 2026-/);
  out = "";
  await account.time.during(statusCommand("sandbox", { json: true }, world, createWorld));
  expect(JSON.parse(out)).toMatchObject({ status: "staged", last: { result: "done" }, notes: [] });
});

it("shows a recorded fleet without calling AWS, and refuses what isn't there", async () => {
  const directory = mkdtempSync(join(tmpdir(), "routed-status-"));
  try {
    writeFileSync(join(directory, "sandbox.json"), JSON.stringify(account.fleet.observe()));
    const variables = { ROUTED_OBSERVATIONS: directory };
    expect(await runCli(["status", "sandbox"], { ...world, variables })).toBe(0);
    expect(out).toMatch(/^sandbox: staged: upgrade node 0; 3 waves to go\n/);
    mkdirSync(join(directory, "stacks/sandbox"), { recursive: true });
    writeFileSync(join(directory, "stacks/sandbox/errored.tfstate"), "{}");
    const there = { ...variables, CDKTF_OUTDIR: directory };
    expect(await runCli(["status", "sandbox"], { ...world, variables: there })).toBe(0);
    expect(out).toContain("note: sandbox: an earlier deploy couldn't write Terraform's state");
    rmSync(join(directory, "sandbox.json"));
    expect(await runCli(["status", "sandbox"], { ...world, variables })).toBe(1);
    expect(err).toContain("no recorded observation of sandbox");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

it("lists the recorded waves, whole with --json", async () => {
  await rollout({ yes: true, maxWaves: "2" });
  out = "";
  await account.time.during(historyCommand("sandbox", {}, world, createWorld));
  expect(out).toMatch(/upgrade node 0[^]*upgrade node 1/);
  out = "";
  await account.time.during(historyCommand("sandbox", { json: true }, world, createWorld));
  const records = JSON.parse(out) as { rolloutId: string; wave: number }[];
  expect(records).toMatchObject([
    { wave: 1, result: "done", verdict: { proved: true } },
    { wave: 2, result: "done" },
  ]);
  out = "";
  const none = { json: true, rollout: "another" };
  await account.time.during(historyCommand("sandbox", none, world, createWorld));
  expect(JSON.parse(out)).toEqual([]);
});
