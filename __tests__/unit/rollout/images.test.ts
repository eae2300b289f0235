import { plainLines } from "../../../lib/rollout/view/plain-lines";
import { exitStatusOf } from "../../../lib/rollout/rollout-result";
import type { RolloutEvent } from "../../../lib/rollout/events";
import { stride } from "../../support/random-tests";
import { InvariantWatch } from "../../support/rollout/invariant-watch";
import { play } from "../../support/rollout/play";
import type { Controller } from "../../support/rollout/play";
import { SimulatedAccount } from "../../support/rollout/simulated-account";

const GOOD = "registry.example/routed:good";
const BAD = "registry.example/routed:bad";
const POPS = ["pop1", "pop2", "pop3", "pop4", "pop5"];

/** Five PoPs on three nodes; a new image goes to pop1 first, then to two at a time. */
async function anAccount(): Promise<SimulatedAccount> {
  const account = new SimulatedAccount({
    pops: new Map(POPS.map((pop) => [pop, null])),
    images: { canaries: ["pop1"], popsPerWave: 2 },
  });
  await account.found();
  account.fleet.badImages.add(BAD);
  return account;
}

async function run(account: SimulatedAccount, controller: Partial<Controller> = {}) {
  const events: RolloutEvent[] = [];
  const whole = {
    operator: "alice",
    ...controller,
    sink: (e: RolloutEvent) => void events.push(e),
  };
  const { result, calls } = await account.time.during(play(account, whole));
  const render = plainLines();
  return { result, calls, events, text: events.flatMap(render).join("\n") };
}

/** "pop1 1, pop2 2 3": each PoP that was rolled, with the images that it was given. */
function rolledTo({ fleet }: SimulatedAccount): Record<string, readonly string[]> {
  return Object.fromEntries(fleet.everRolledTo);
}

it("reads well: a good image, canary first, then batch after batch", async () => {
  const account = await anAccount();
  account.setImage(GOOD);
  const { result, text } = await run(account);
  expect(text).toMatchSnapshot();
  expect(result).toMatchObject({ kind: "converged", waves: 3 });
  expect(rolledTo(account)).toEqual(Object.fromEntries(POPS.map((pop) => [pop, [GOOD]])));
});

it("reads well: a bad image stops at the canary, also when it is tried again, and is taken out", async () => {
  const account = await anAccount();
  account.setImage(BAD);
  const first = await run(account);
  expect(first.result).toMatchObject({ kind: "stopped", reason: "pop-image", waves: 0 });
  expect(exitStatusOf(first.result!)).toBe(1);
  const again = await run(account);
  expect(again.result).toMatchObject({ kind: "stopped", reason: "pop-image" });
  expect(rolledTo(account)).toEqual({ pop1: [BAD, BAD] });

  const { image } = (await anAccount()).environment.routed;
  account.setImage(image);
  const back = await run(account, { startAfter: 600 });
  expect(back.result).toMatchObject({ kind: "converged", waves: 0 });
  expect(rolledTo(account)).toEqual({ pop1: [BAD, BAD] });
  expect([first.text, again.text, back.text].join("\n\n")).toMatchSnapshot();
});

it("goes back at once where the image is taken out while ECS still tries it", async () => {
  const account = await anAccount();
  const { image } = account.environment.routed;
  account.setImage(BAD);
  await run(account, { interruptAfter: 300 });
  account.setImage(image);
  const back = await run(account);
  expect(back.result).toMatchObject({ kind: "converged", waves: 1 });
  expect(rolledTo(account)).toEqual({ pop1: [BAD, image] });
});

it("changes nodes before images, and never both in a wave", async () => {
  const account = await anAccount();
  account.setImage(GOOD);
  account.releaseAmi(2);
  const { events, result } = await run(account);
  expect(result).toMatchObject({ kind: "converged", waves: 6 });
  const waves = events.flatMap((e) => (e.type === "wave-started" ? [[e.slots, e.pops]] : []));
  expect(waves).toEqual([
    [[0], undefined],
    [[1], undefined],
    [[2], undefined],
    [[], ["pop1"]],
    [[], ["pop2", "pop3"]],
    [[], ["pop4", "pop5"]],
  ]);
});

it("stops where the gate says no after a batch", async () => {
  const account = await anAccount();
  account.setImage(GOOD);
  const answers = [true, true, true, false];
  const gate = () => ({ open: answers.shift() ?? true, message: "BGP sessions" });
  const { result } = await run(account, { trouble: { gate } });
  expect(result).toMatchObject({
    kind: "stopped",
    reason: "gate",
    waves: 1,
    remedy:
      "pop2 and pop3 stays as it is by now, and no other PoP was touched; run the rollout again once it is well",
  });
  expect(Object.keys(rolledTo(account))).toEqual(["pop1", "pop2", "pop3"]);
});

describe("killed at any call, and run again", () => {
  it.each([
    ["a good image", GOOD],
    ["a bad image", BAD],
  ])(
    "with %s leaves nothing undone, and nobody but the canary with what is bad",
    async (_, image) => {
      const whole = await anAccount();
      whole.setImage(image);
      const { calls } = await run(whole);
      for (let call = 1; call <= calls; call += stride(120)) {
        const account = await anAccount();
        const watch = new InvariantWatch(account);
        account.setImage(image);
        const after = call % 2 === 0;
        await run(account, { killedAt: { call, after }, watcher: watch.watcher });
        const { result } = await run(account, {
          operator: "bob",
          startAfter: 240,
          watcher: watch.watcher,
        });
        expect([call, watch.violations]).toEqual([call, []]);
        if (image === GOOD) {
          expect([call, result?.kind]).toEqual([call, "converged"]);
          expect(rolledTo(account)).toEqual(Object.fromEntries(POPS.map((pop) => [pop, [GOOD]])));
        } else {
          expect([call, result?.kind]).toEqual([call, "stopped"]);
          expect([call, Object.keys(rolledTo(account))]).toEqual([call, ["pop1"]]);
        }
      }
    },
  );
});
