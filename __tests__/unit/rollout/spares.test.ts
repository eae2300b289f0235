import { plainLines } from "../../../lib/rollout/view/plain-lines";
import { InvariantWatch } from "../../support/rollout/invariant-watch";
import { play } from "../../support/rollout/play";
import type { Controller } from "../../support/rollout/play";
import { LOCK_LIFETIME_SECONDS, SimulatedAccount } from "../../support/rollout/simulated-account";

interface Story {
  readonly account: SimulatedAccount;
  readonly lines: string[];
  readonly watch: InvariantWatch;
  readonly run: (controller: Partial<Controller>) => Promise<void>;
}

/** Three nodes and spares, whose PoPs are watched at every moment. */
async function aStory(spareNodes = 1): Promise<Story> {
  const account = new SimulatedAccount({ nodes: 3, spareNodes });
  await account.found();
  const watch = new InvariantWatch(account);
  const lines: string[] = [];
  const run: Story["run"] = async (controller) => {
    const render = plainLines();
    const sink: Controller["sink"] = (event) => void lines.push(...render(event));
    const { watcher } = watch;
    const played = play(account, { operator: "alice", watcher, sink, ...controller });
    if ((await account.time.during(played)).result === null) lines.push("(it is killed)");
    lines.push("");
  };
  return { account, lines, watch, run };
}

const amis = ({ fleet }: SimulatedAccount): string[] =>
  [...fleet.nodes.values()]
    .sort((a, b) => a.slot - b.slot)
    .map(({ slot, spec }) => `${slot}: ${spec.amiId.slice(-1)}`);

const zoneOf = (account: SimulatedAccount, slot: number): string =>
  account.plan({}).plan.decisions.find((decision) => decision.slot === slot)?.availabilityZone ??
  "";

it("reads well: with a spare, all goes well", async () => {
  const { account, lines, run, watch } = await aStory();
  account.releaseAmi(2);
  await run({});
  expect(watch.violations).toEqual([]);
  expect(amis(account)).toEqual(["0: 2", "1: 2", "2: 2"]);
  expect(lines.join("\n")).toMatchSnapshot();
});

it("reads well: a bad AMI stops at the spare, and is taken back without a node changed", async () => {
  const { account, lines, run, watch } = await aStory();
  account.releaseAmi(2);
  account.fateOf = () => "never-healthy";
  await run({});
  await run({ settings: { wait: false } });
  expect(amis(account)).toEqual(["0: 1", "1: 1", "2: 1", "200: 2"]);
  await run({ settings: { to: "previous" } });
  expect(watch.violations).toEqual([]);
  expect(amis(account)).toEqual(["0: 1", "1: 1", "2: 1"]);
  expect(lines.join("\n")).toMatchSnapshot();
});

it("goes back on top of the spare, with what the nodes had", async () => {
  const { account, run, watch } = await aStory();
  account.releaseAmi(2);
  await run({});
  await run({ settings: { to: "previous" } });
  expect(watch.violations).toEqual([]);
  expect(amis(account)).toEqual(["0: 1", "1: 1", "2: 1"]);
});

it("reads well: a zone has no capacity, and the other spare is filled", async () => {
  const { account, lines, run, watch } = await aStory(2);
  account.releaseAmi(2);
  account.terraform.zonesWithoutCapacity.add(zoneOf(account, 200));
  await run({ settings: { maxWaves: 1 } });
  expect(amis(account)).toEqual(["0: 1", "1: 1", "2: 1", "201: 2"]);
  expect(lines.join("\n")).toMatchSnapshot();
  account.terraform.zonesWithoutCapacity.clear();
  await run({});
  expect(watch.violations).toEqual([]);
  expect(amis(account)).toEqual(["0: 2", "1: 2", "2: 2"]);
});

it("stops where no spare can be filled, and no node was touched", async () => {
  const { account, lines, run, watch } = await aStory(2);
  account.releaseAmi(2);
  const [zone, other] = [200, 201].map((slot) => zoneOf(account, slot));
  account.terraform.zonesWithoutCapacity.add(zone!).add(other!);
  await run({});
  expect(
    lines.filter((line) => /^\S+ (wave \d|stopped).*:/.test(line)).map((line) => line.slice(9)),
  ).toEqual([
    "wave 1 (1 of 5): fill spare 200",
    `wave 1 failed: EC2 has no t3.xlarge in ${zone} now, for spare 200 (InsufficientInstanceCapacity)`,
    "wave 2 (1 of 5): fill spare 201",
    `wave 2 failed: EC2 has no t3.xlarge in ${other} now, for spare 201 (InsufficientInstanceCapacity)`,
    `stopped after 0 waves (capacity): EC2 has no t3.xlarge in ${other} now, for spare 201 (InsufficientInstanceCapacity)`,
  ]);
  expect(watch.violations).toEqual([]);
  expect(amis(account)).toEqual(["0: 1", "1: 1", "2: 1"]);
});

const waves = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => /wave \d+ \(\d+ of \d+\): (.*)/.exec(line)?.[1] ?? []);
const UPGRADE = ["upgrade node 0", "upgrade node 1", "upgrade node 2"];

describe("an operator's options, with a spare", () => {
  it("--max-waves counts the waves that fill and park, and leaves the spare filled meanwhile", async () => {
    const { account, lines, run, watch } = await aStory();
    account.releaseAmi(2);
    for (const day of [1, 2, 3, 4, 5]) {
      await run({ settings: { maxWaves: 1 } });
      expect(account.fleet.nodes.has(200)).toBe(day < 5);
      // Whoever looks sees that it isn't over.
      expect(account.plan({}).plan.status).toBe(day < 5 ? "staged" : "converged");
      await account.time.pass(86_400);
    }
    expect(waves(lines)).toEqual(["fill spare 200", ...UPGRADE, "park spare 200"]);
    expect(watch.violations).toEqual([]);
  });

  it("--only-node replaces that node on top of the spare, and parks it", async () => {
    const { account, lines, run, watch } = await aStory();
    account.releaseAmi(2);
    await run({ settings: { planOptions: { onlyNodes: [1] } } });
    expect(waves(lines)).toEqual(["fill spare 200", "upgrade node 1", "park spare 200"]);
    expect(amis(account)).toEqual(["0: 1", "1: 2", "2: 1"]);
    expect(watch.violations).toEqual([]);
  });

  it("--ignore-health ignores no spare: the canary still holds a bad AMI", async () => {
    const { account, run, watch } = await aStory();
    account.releaseAmi(2);
    account.fateOf = () => "never-healthy";
    await run({});
    await run({ settings: { planOptions: { ignoreHealth: true }, wait: false } });
    expect(amis(account)).toEqual(["0: 1", "1: 1", "2: 1", "200: 2"]);
    expect(watch.violations).toEqual([]);
  });

  it("fleet.frozenNodes leaves the spare out", async () => {
    const { account, lines, run } = await aStory();
    account.freeze([200]);
    account.releaseAmi(2);
    await run({});
    expect(waves(lines)).toEqual(UPGRADE);
    expect(amis(account)).toEqual(["0: 2", "1: 2", "2: 2"]);
  });
});

it("finds a spare parked whose park was killed, whenever it was", async () => {
  const { account, lines, run, watch } = await aStory();
  account.releaseAmi(2);
  await run({ settings: { maxWaves: 4 } });
  const before = { ...account.fleet.addresses.get(200) };
  for (let call = 1; account.fleet.nodes.has(200) && call < 60; call += 1) {
    await run({ killedAt: { call, after: true } });
    account.terraform.kill();
    await account.time.pass(LOCK_LIFETIME_SECONDS + 1);
  }
  expect(lines.at(-2)).toBe("(it is killed)");
  await run({ operator: "bob" });
  expect(amis(account)).toEqual(["0: 2", "1: 2", "2: 2"]);
  expect(account.fleet.addresses.get(200)).toEqual(before);
  expect(waves(lines).filter((wave) => wave.startsWith("fill"))).toHaveLength(1);
  expect(account.plan({}).plan.status).toBe("converged");
  expect(watch.violations).toEqual([]);
});

it.each([25, 60, 95])(
  "parks the spare in the end, killed at its call %i and run again",
  async (call) => {
    const { account, run, watch } = await aStory();
    account.releaseAmi(2);
    await run({ killedAt: { call, after: true } });
    await run({ operator: "bob" });
    await account.time.pass(600);
    await run({ operator: "bob" });
    expect(watch.violations).toEqual([]);
    expect(amis(account)).toEqual(["0: 2", "1: 2", "2: 2"]);
  },
);
