import { plainLines } from "../../../lib/rollout/view/plain-lines";
import { parseWindows } from "../../../lib/rollout/window";
import { play } from "../../support/rollout/play";
import type { Controller, SettingsChange } from "../../support/rollout/play";
import { SimulatedAccount } from "../../support/rollout/simulated-account";

/** Rollouts as prose that scenarios (docs/scenarios.md) can't tell; update with `npx jest -u`, and read them. */
async function tell(
  prepare: (account: SimulatedAccount) => void,
  ...controllers: Controller[]
): Promise<string> {
  const account = new SimulatedAccount();
  await account.found();
  prepare(account);
  const lines: string[] = [];
  for (const controller of controllers) {
    const render = plainLines();
    const played = await account.time.during(
      play(account, { ...controller, sink: (event) => void lines.push(...render(event)) }),
    );
    if (played.result === null) lines.push("(its controller is killed)");
    lines.push("");
  }
  return lines.join("\n");
}

/** Lets a controller run in an account, and takes down what it says. */
async function playInto(
  lines: string[],
  account: SimulatedAccount,
  controller: Controller,
): Promise<void> {
  const render = plainLines();
  const sink: Controller["sink"] = (event) => void lines.push(...render(event));
  await account.time.during(play(account, { ...controller, sink }));
}

const newAmi = (account: SimulatedAccount): void => account.releaseAmi(2);

it("reads well: three nodes, all goes well", async () => {
  expect(await tell(newAmi, { operator: "alice" })).toMatchSnapshot();
});

it("reads well: interrupted in a drain, in a rebuild, and then left alone", async () => {
  const text = await tell(
    newAmi,
    { operator: "alice", interruptAfter: 45 },
    { operator: "alice", interruptAfter: 600 },
    { operator: "bob" },
  );
  expect(text).toMatchSnapshot();
});

it("reads well: a broken upgrade is taken back, the broken node first", async () => {
  const text = await tell(
    (account) => {
      newAmi(account);
      account.fateOf = () => (account.fleet.amiId.endsWith("2") ? "never-healthy" : "well");
      let launched = 0;
      account.fateOf = () => (launched++ === 1 ? "never-healthy" : "well");
    },
    { operator: "alice" },
    {
      operator: "alice",
      settings: { to: "previous" },
      trouble: {
        gate: (when) => ({ open: when === "after-bake", message: `said ${when}` }),
      },
    },
    { operator: "bob", settings: { to: "previous" } },
  );
  expect(text).toMatchSnapshot();
});

it("reads well: the config is reverted while a node is drained", async () => {
  const account = new SimulatedAccount();
  await account.found();
  newAmi(account);
  const lines: string[] = [];
  const run = async (controller: Controller): Promise<void> => {
    await playInto(lines, account, controller);
    lines.push("");
  };
  await run({ operator: "alice", killedAt: { call: 12, after: true } });
  expect(account.fleet.nodes.get(0)?.status).toBe("DRAINING");
  account.releaseAmi(1);
  await run({ operator: "bob", startAfter: 240 });
  expect(account.fleet.nodes.get(0)?.status).toBe("ACTIVE");
  expect(lines.join("\n")).toMatchSnapshot();
});

/** Three PoPs on every one of four nodes, as the environment's config has them. */
async function daemonsOnFourNodes(): Promise<SimulatedAccount> {
  const pops = new Map([1, 2, 3].map((id) => [`pop${id}`, null]));
  const account = new SimulatedAccount({ nodes: 4, pops });
  await account.found();
  return account;
}

const CELLS = [
  { name: "a", nodes: [0, 1] },
  { name: "b", nodes: [2, 3] },
];

it("reads well: PoPs alone move, into cells and from one cell to another", async () => {
  const account = await daemonsOnFourNodes();
  const instances = (): string[] => [...account.fleet.nodes.values()].map((n) => n.instanceId);
  const first = instances();
  const lines: string[] = [];
  const fewest: number[] = [];
  const watcher = {
    onCall: () => {
      fewest.push(...[...account.fleet.healthyPops().values()].map((slots) => slots.length));
    },
  };
  const cells = ["a", "a", "b"].map((cell, index) => [`pop${index + 1}`, cell] as const);
  account.setPlaces({ cells: CELLS }, Object.fromEntries(cells));
  await playInto(lines, account, { operator: "alice", watcher });
  expect(Object.fromEntries(account.fleet.healthyPops())).toEqual({
    pop1: [0, 1],
    pop2: [0, 1],
    pop3: [2, 3],
  });
  lines.push("");
  account.setPlaces({ cells: CELLS }, { pop2: "b" });
  await playInto(lines, account, { operator: "bob", watcher });
  expect(account.fleet.healthyPops().get("pop2")).toEqual([2, 3]);
  expect(Math.min(...fewest)).toBe(2);
  expect(instances()).toEqual(first);
  expect(lines.join("\n")).toMatchSnapshot();
});

it("reads well: PoPs don't come up where they are started", async () => {
  const account = await daemonsOnFourNodes();
  account.setPlaces({ placement: "spread" });
  await playInto([], account, { operator: "alice" });
  account.setPlaces({ placement: "daemon" });
  for (const node of account.fleet.nodes.values()) node.fate = "never-healthy";
  const lines: string[] = [];
  await playInto(lines, account, { operator: "bob" });
  expect(lines.join("\n")).toMatchSnapshot();
});

it("reads well: killed after PoPs began to move, and run again", async () => {
  const account = await daemonsOnFourNodes();
  account.setPlaces({ placement: "spread" });
  const lines: string[] = [];
  await playInto(lines, account, { operator: "alice" });
  const healthy = [...account.fleet.healthyPops().values()];
  expect(healthy.map((slots) => slots.length)).toEqual([2, 2, 2]);
  account.setPlaces({ placement: "daemon" });
  let applied = 0;
  await playInto(lines, account, {
    operator: "bob",
    watcher: { onApply: () => (applied += 1) },
    // Its apply.
    killedAt: { call: 14, after: true },
  });
  lines.push("(its controller is killed)");
  await playInto(lines, account, { operator: "carol", startAfter: 300 });
  expect(applied).toBe(1);
  expect([...account.fleet.healthyPops().values()].map((slots) => slots.length)).toEqual([4, 4, 4]);
  expect(lines.join("\n")).toMatchSnapshot();
});

it("reads well: two at once", async () => {
  const account = new SimulatedAccount();
  await account.found();
  newAmi(account);
  const lines: string[] = [];
  const run = (controller: Controller) => {
    const render = plainLines();
    const { operator } = controller;
    const sink: Controller["sink"] = (event) =>
      void lines.push(...render(event).map((line) => `${operator.padEnd(5)} ${line}`));
    return play(account, { ...controller, sink });
  };
  const settings = { maxWaves: 1 };
  await account.time.during(
    Promise.all([
      run({ operator: "alice", settings }),
      run({ operator: "bob", settings, startAfter: 60 }),
      run({ operator: "carol", settings: { breakLock: "alice has left" }, startAfter: 400 }),
    ]),
  );
  expect(lines.join("\n")).toMatchSnapshot();
});

it("reads well: another node breaks while one is drained, and gets well again", async () => {
  const account = new SimulatedAccount();
  await account.found();
  newAmi(account);
  const lines: string[] = [];
  const change = (time: string, what: () => void): void => {
    account.time.at(Date.parse(`2026-03-02T${time}Z`), what);
  };
  change("11:11:10", () => {
    lines.push("(node 0 breaks)");
    const node = account.fleet.nodes.get(0);
    if (node) node.fate = "agent-disconnected";
  });
  change("11:14:00", () => {
    lines.push("(node 0 gets well)");
    const node = account.fleet.nodes.get(0);
    if (node) node.fate = "well";
  });
  await playInto(lines, account, { operator: "alice", settings: { maxWaves: 2 } });
  expect(lines.join("\n")).toMatchSnapshot();
});

it("reads well: a newer AMI comes out while a node is drained", async () => {
  const account = new SimulatedAccount();
  await account.found();
  newAmi(account);
  account.time.at(Date.parse("2026-03-02T11:00:50Z"), () => account.releaseAmi(3));
  const lines: string[] = [];
  await playInto(lines, account, { operator: "alice", settings: { maxWaves: 1 } });
  // What was proved, and nothing newer.
  expect(account.fleet.nodes.get(0)?.spec.amiId).toBe("ami-00000000000000002");
  expect(lines.join("\n")).toMatchSnapshot();
});

it("reads well: Terraform is killed in the last wave's apply once the node is there", async () => {
  const account = new SimulatedAccount();
  await account.found();
  newAmi(account);
  const lines: string[] = [];
  const run = async (controller: Controller): Promise<void> => {
    await playInto(lines, account, controller);
    lines.push("");
  };
  await run({ operator: "alice", settings: { maxWaves: 2 } });
  lines.length = 0;
  const trouble = { applyBreaksAfter: () => 3 };
  await run({ operator: "alice", trouble });
  expect(account.terraform.isIncomplete).toBe(true);
  await run({ operator: "bob" });
  expect(account.terraform.isIncomplete).toBe(false);
  expect(lines.join("\n")).toMatchSnapshot();
});

it("reads well: two drained nodes may not be changed any more, and are set back", async () => {
  const account = new SimulatedAccount({ nodes: 4, maxUnavailableNodes: 2 });
  await account.found();
  newAmi(account);
  const lines: string[] = [];
  account.time.at(Date.parse("2026-03-02T11:11:10Z"), () => {
    lines.push("(node 0 breaks, which has the new AMI)");
    const node = account.fleet.nodes.get(0);
    if (node) node.fate = "agent-disconnected";
  });
  await playInto(lines, account, { operator: "alice", settings: { maxWaves: 2 } });
  const nodes = [...account.fleet.nodes.values()].sort((a, b) => a.slot - b.slot);
  expect(nodes.map(({ spec, status }) => `${spec.amiId.slice(-1)} ${status}`)).toEqual([
    "2 ACTIVE",
    "1 ACTIVE",
    "1 ACTIVE",
    "2 ACTIVE",
  ]);
  expect(lines.join("\n")).toMatchSnapshot();
});

describe("with a limit of time", () => {
  async function rolloutWithin(
    maxSeconds: number,
    settings: SettingsChange = {},
    prepare: (account: SimulatedAccount) => void = newAmi,
  ) {
    const account = new SimulatedAccount();
    await account.found();
    prepare(account);
    const started = account.time.now();
    const { result } = await account.time.during(
      play(account, { operator: "alice", settings: { ...settings, maxSeconds } }),
    );
    return { result, seconds: (account.time.now() - started) / 1000 };
  }

  it("sees the wave to its end that has started, and starts no other", async () => {
    const { result, seconds } = await rolloutWithin(60);
    expect(result).toEqual({
      kind: "max-time",
      waves: 1,
      message: "no wave starts more than 1m after the rollout; 2 to go",
    });
    expect(seconds).toBeGreaterThan(600);
  });

  it("doesn't wait for a window that opens later, but for one that opens before", async () => {
    const windows = parseWindows("Mon 12:00-13:00 UTC");
    const late = await rolloutWithin(3500, { windows });
    expect(late.result).toMatchObject({
      kind: "stopped",
      reason: "outside-window",
      message:
        'outside of the window "Mon 12:00-13:00 UTC", which opens at 2026-03-02T12:00:00.000Z',
    });
    expect(late.seconds).toBeLessThan(60);
    const { result } = await rolloutWithin(3700, { windows });
    expect(result).toMatchObject({ kind: "max-time", waves: 1 });
  });

  it("is held no longer than that", async () => {
    const { result, seconds } = await rolloutWithin(300, { timeoutSeconds: 1200 }, (account) => {
      newAmi(account);
      for (const node of account.fleet.nodes.values()) node.fate = "agent-disconnected";
      const [first] = account.fleet.nodes.values();
      if (first) Object.assign(first.spec, { amiId: account.fleet.amiId });
    });
    expect(result).toMatchObject({ kind: "stopped", reason: "held", waves: 0 });
    expect(seconds).toBeLessThan(360);
  });
});
