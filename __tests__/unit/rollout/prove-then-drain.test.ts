import type { RolloutEvent } from "../../../lib/rollout/events";
import type { RolloutResult } from "../../../lib/rollout/rollout-result";
import type { PortCall, Trouble } from "../../support/rollout/controller-world";
import { InvariantWatch } from "../../support/rollout/invariant-watch";
import { play } from "../../support/rollout/play";
import type { SettingsChange } from "../../support/rollout/play";
import { SimulatedAccount } from "../../support/rollout/simulated-account";

interface Played {
  readonly account: SimulatedAccount;
  readonly calls: readonly PortCall[];
  readonly result: RolloutResult | null;
  readonly events: readonly RolloutEvent[];
  readonly violations: readonly string[];
}

/** One rollout to a new AMI, or with nothing but another change of the config. */
async function rollout(
  {
    settings,
    trouble,
    prepare = (account) => account.releaseAmi(2),
  }: {
    readonly settings?: SettingsChange;
    readonly trouble?: Trouble;
    readonly prepare?: (account: SimulatedAccount) => void;
  },
  account = new SimulatedAccount(),
): Promise<Played> {
  if (account.fleet.nodes.size === 0) await account.found();
  prepare(account);
  const watch = new InvariantWatch(account);
  const calls: PortCall[] = [];
  const events: RolloutEvent[] = [];
  const watcher = {
    ...watch.watcher,
    onCall: (call: PortCall, owner: string) => {
      watch.watcher.onCall?.(call, owner);
      calls.push(call);
    },
  };
  const sink = (event: RolloutEvent): void => void events.push(event);
  const controller = { operator: "alice", settings, trouble, watcher, sink };
  const { result } = await account.time.during(play(account, controller));
  return { account, calls, result, events, violations: watch.violations };
}

const SERVING = ["ACTIVE", "ACTIVE", "ACTIVE"];
const statuses = ({ fleet }: SimulatedAccount): string[] =>
  [...fleet.nodes.values()].map(({ status }) => status);

describe("a wave that isn't applied", () => {
  it("stops no task where the plan isn't proved", async () => {
    const { account, calls, result, violations } = await rollout({
      trouble: { refuses: () => true },
    });
    expect(result).toMatchObject({
      kind: "stopped",
      reason: "prepare",
      remedy: "no node was touched; run the rollout again then",
    });
    expect(calls).not.toContain("drain");
    expect(statuses(account)).toEqual(SERVING);
    expect(violations).toEqual([]);
    expect(account.history()).toMatchObject([{ result: "aborted" }]);
  });

  it("stops no task while somebody else holds the state's lock, or has deployed since the proof", async () => {
    const account = new SimulatedAccount();
    await account.found();
    account.releaseAmi(2);
    const { plan } = account.plan({});
    // Somebody else's deploy begins between the proof and the drain.
    const trouble: Trouble = {
      fails: (call) => {
        if (call === "probe" && !account.terraform.isRunning) {
          void account.terraform.apply(
            { ...plan, decisions: [] },
            account.terraform.stateSerial,
            9,
          );
        }
        return false;
      },
    };
    const { calls, result } = await rollout({ trouble, settings: { pollSeconds: 1 } }, account);
    expect(calls).not.toContain("drain");
    expect(result).toMatchObject({ reason: "disagreement", message: "Saved plan is stale" });
  });

  it("is undone where another node dies while one drains, and isn't applied", async () => {
    const account = new SimulatedAccount();
    await account.found();
    let isDrained = false;
    const trouble: Trouble = {
      drainHangs: () => {
        const other = account.fleet.nodes.get(2);
        if (other && !isDrained) other.fate = "agent-disconnected";
        isDrained = true;
        return false;
      },
    };
    const { calls, events } = await rollout({ trouble, settings: { maxWaves: 1 } }, account);
    const drained = calls.indexOf("drain");
    expect(calls.slice(drained, calls.indexOf("gate", drained))).toEqual(
      "drain tasks-left renew tasks-left look look renew undo-drain renew store renew look".split(
        " ",
      ),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "wave-ended",
        result: "aborted",
        message: "node 2 has a disconnected ECS agent since it was proved",
      }),
    );
  });

  it("isn't applied either where its plan is older than it may be", async () => {
    const { calls, result } = await rollout({ settings: { maxPlanAgeSeconds: 20 } });
    expect(calls).not.toContain("drain");
    expect(calls).not.toContain("apply");
    expect(result).toMatchObject({
      reason: "disagreement",
      message: "what was proved is 30s old, and may be 20s (--max-plan-age)",
    });
    const late = await rollout({ settings: { maxPlanAgeSeconds: 50 } });
    expect(late.calls).toContain("drain");
    expect(late.calls).not.toContain("apply");
    expect(statuses(late.account)).toEqual(SERVING);
  });

  it("isn't drained before somebody has approved what was proved", async () => {
    const asked: string[] = [];
    const approve: SettingsChange["approve"] = ({ told }) => {
      asked.push(told);
      return Promise.resolve(false);
    };
    const { calls, result } = await rollout({ settings: { approve } });
    expect(asked).toEqual(["proved"]);
    expect(calls).not.toContain("drain");
    expect(result).toMatchObject({ kind: "interrupted" });
  });
});

it("shows what a gate's command wrote to who watches, and keeps it out of what is sent and recorded", async () => {
  const gate = () => ({ open: false, message: "exit status 1", output: "a secret" });
  const { events } = await rollout({ trouble: { gate } });
  const holding = events.filter((event) => JSON.stringify(event).includes("a secret"));
  expect(holding).toMatchObject([{ type: "phase-progress", phase: "gate" }]);
});

it("counts a drain for nothing as a violation", async () => {
  const account = new SimulatedAccount();
  await account.found();
  const { violations, watcher } = new InvariantWatch(account);
  watcher.onDrain?.([1], "alice");
  watcher.onUndo?.([1]);
  expect(violations).toEqual([
    expect.stringMatching(/: nodes 1 were drained for a wave that wasn't applied$/),
  ]);
});

describe("what else the config changes", () => {
  const others = (account: SimulatedAccount): void => {
    account.terraform.hasOtherChanges = true;
  };

  it("is applied where no node is to be changed, and recorded", async () => {
    const { account, calls, result } = await rollout({ prepare: others });
    expect(account.terraform.hasOtherChanges).toBe(false);
    expect(calls).not.toContain("drain");
    expect(result).toMatchObject({ kind: "converged", waves: 0 });
    expect(account.history()).toMatchObject([{ result: "done", plan: { status: "converged" } }]);
  });

  it("asks nobody and records nothing where there is nothing", async () => {
    const gate = jest.fn();
    const approve = jest.fn();
    const { account, result } = await rollout({
      prepare: () => undefined,
      trouble: { gate },
      settings: { approve },
    });
    expect(result).toMatchObject({ kind: "converged" });
    expect(gate).not.toHaveBeenCalled();
    expect(approve).not.toHaveBeenCalled();
    expect(account.history()).toEqual([]);
  });

  it("waits where the gate says no", async () => {
    const { account, result } = await rollout({
      prepare: others,
      trouble: { gate: () => ({ open: false, message: "no" }) },
    });
    expect(result).toMatchObject({ reason: "gate" });
    expect(account.terraform.hasOtherChanges).toBe(true);
  });

  /** pop1's tasks are made from something else, with which they get well after so long, if ever. */
  const restarting = (seconds: number) => (account: SimulatedAccount) => {
    others(account);
    account.terraform.restarts = ["pop1"];
    const look = account.plan.bind(account);
    let since = Infinity;
    jest.spyOn(account, "plan").mockImplementation((options) => {
      const seen = look(options);
      const { health } = seen.observation;
      if (health.source === "unreadable") return seen;
      if (!account.terraform.hasOtherChanges) since = Math.min(since, account.time.now());
      const isNew = account.time.now() - since < seconds * 1000;
      const services = health.services.map((each) => ({
        ...each,
        deploymentInProgress: each.serviceName === "pop1" && isNew,
      }));
      return { ...seen, observation: { ...seen.observation, health: { ...health, services } } };
    });
  };

  it("is waited for where it starts a PoP's tasks anew", async () => {
    const { account, calls, events, result } = await rollout({ prepare: restarting(300) });
    expect(result).toMatchObject({ kind: "converged" });
    expect(account.history()).toMatchObject([{ result: "done" }]);
    expect(calls).not.toContain("drain");
    const steps = events.flatMap((each) => (each.type === "phase-started" ? [each.phase] : []));
    expect(steps.slice(-3)).toEqual(["wait", "bake", "gate-after"]);
    expect(events).toContainEqual(
      expect.objectContaining({ message: "pop1 has tasks that ECS still replaces" }),
    );
  });

  it("stops the rollout where a PoP doesn't get well with it, though ECS takes nothing back", async () => {
    const { account, result } = await rollout({ prepare: restarting(Infinity) });
    expect(result).toMatchObject({
      kind: "stopped",
      reason: "pop-image",
      message: expect.stringMatching(/^pop1 has tasks that ECS still replaces after/) as string,
      remedy: expect.stringContaining("what pop1 ran with") as string,
    });
    expect(account.history()).toMatchObject([{ result: "failed" }]);
  });

  it("is waited for by no deploy", async () => {
    const settings = { maxWaves: 1, untilApplied: true, wait: false };
    const { events, result } = await rollout({ settings, prepare: restarting(Infinity) });
    expect(result).toMatchObject({ kind: "converged" });
    expect(events).not.toContainEqual(expect.objectContaining({ phase: "wait" }));
  });

  it("is nothing that --to previous goes back from", async () => {
    const account = new SimulatedAccount();
    await rollout({}, account);
    const upgrade = account.history().at(-1)?.rolloutId;
    await rollout({ prepare: others }, account);
    const back = { prepare: () => undefined, settings: { to: "previous", maxWaves: 1 } };
    const { events } = await rollout(back, account);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "rollout-started", to: upgrade }),
    );
  });
});

describe("a deploy", () => {
  const deploy = { maxWaves: 1, untilApplied: true, wait: false };

  it("applies one wave and everything else, and waits for no node", async () => {
    const { account, calls, result, violations } = await rollout({
      settings: deploy,
      prepare: (each) => {
        each.releaseAmi(2);
        each.terraform.hasOtherChanges = true;
      },
    });
    expect(result).toEqual({
      kind: "max-waves",
      waves: 1,
      message: "1 wave applied; 2 waves to go",
      remaining: 2,
    });
    expect(calls.slice(calls.indexOf("apply"))).toEqual([
      "apply",
      "renew",
      "renew",
      "store",
      "release",
    ]);
    expect(calls.indexOf("prepare")).toBeLessThan(calls.indexOf("drain"));
    expect(account.terraform.hasOtherChanges).toBe(false);
    expect(account.history()).toMatchObject([{ result: "applied" }]);
    expect(violations).toEqual([]);
  });

  it("is held by a node that still rebuilds, and applies everything else", async () => {
    const account = new SimulatedAccount();
    await rollout({ settings: deploy }, account);
    const { calls, result } = await rollout(
      {
        settings: deploy,
        prepare: ({ terraform }) => void (terraform.hasOtherChanges = true),
      },
      account,
    );
    expect(result).toMatchObject({ kind: "stopped", reason: "held" });
    expect(calls).not.toContain("drain");
    expect(account.terraform.hasOtherChanges).toBe(false);
  });

  it("is seen to its end by the next rollout, which goes on under its id", async () => {
    const account = new SimulatedAccount();
    await rollout({ settings: deploy }, account);
    const { result } = await rollout({ prepare: () => undefined }, account);
    expect(result).toMatchObject({ kind: "converged", waves: 3 });
    const records = account.history();
    expect(records.map((record) => record.result)).toEqual(["done", "done", "done"]);
    expect(new Set(records.map(({ rolloutId }) => rolloutId)).size).toBe(1);
  });

  it("does nothing where there is nothing to do", async () => {
    const { calls, result } = await rollout({ settings: deploy, prepare: () => undefined });
    expect(result).toMatchObject({ kind: "converged", waves: 0 });
    expect(calls).not.toContain("apply");
  });
});
