import type { RolloutEvent } from "../../../lib/rollout/events";
import { fleetView } from "../../../lib/rollout/fleet-view";
import { afterEvent, EMPTY_MODEL } from "../../../lib/rollout/view/live-model";
import { renderDryRun } from "../../../lib/rollout/view/render-dry-run";
import { renderBar, renderSlots } from "../../../lib/rollout/view/render-fleet";
import { renderHistory } from "../../../lib/rollout/view/render-history";
import { renderLive } from "../../../lib/rollout/view/render-live";
import { parseWindows } from "../../../lib/rollout/window";
import { play } from "../../support/rollout/play";
import { SimulatedAccount } from "../../support/rollout/simulated-account";
import { aRecord } from "./a-record";

async function account(): Promise<SimulatedAccount> {
  const simulated = new SimulatedAccount();
  await simulated.found();
  simulated.releaseAmi(2);
  return simulated;
}

/** The screen at some moments of a rollout, as a person sees it. */
it("draws a rollout as it goes on", async () => {
  const simulated = await account();
  const events: RolloutEvent[] = [];
  await simulated.time.during(
    play(simulated, { operator: "alice", sink: (event) => void events.push(event) }),
  );
  const moments = [
    "2026-03-02T11:00:20Z",
    "2026-03-02T11:05:00Z",
    "2026-03-02T11:09:30Z",
    "2026-03-02T11:21:00Z",
    "2026-03-02T12:00:00Z",
  ];
  const screens = moments.map((moment) => {
    const now = Date.parse(moment);
    const past = events.filter((event) => Date.parse(event.at) <= now);
    return `${moment}\n${renderLive(past.reduce(afterEvent, EMPTY_MODEL), now, 110)}`;
  });
  expect(screens.join("\n\n")).toMatchSnapshot();
});

it("draws nothing before anything is known, and what is waited for", () => {
  expect(renderLive(EMPTY_MODEL, 0)).toBe("");
  const at = "2026-03-02T11:00:00Z";
  const waiting = afterEvent(EMPTY_MODEL, {
    at,
    type: "waiting",
    for: "window",
    message: 'the window is "Mon 12:00-13:00 UTC"',
    until: "2026-03-02T12:00:00Z",
  });
  expect(renderLive(waiting, Date.parse(at)).trim()).toBe(
    'waits, for at most 1h: the window is "Mon 12:00-13:00 UTC"',
  );
});

it("cuts lines that don't fit", async () => {
  const simulated = await account();
  const lines = renderSlots(fleetView(simulated.plan({})), simulated.time.now(), 60);
  expect(Math.max(...lines.map((line) => line.length))).toBe(60);
  expect(lines[1]?.endsWith("…")).toBe(true);
});

it.each([
  [-1, "░░░░"],
  [0.5, "██░░"],
  [2, "████"],
])("draws a share of %d as %s", (share, bar) => {
  expect(renderBar(share, 4)).toBe(bar);
});

it("tells all waves, the PoPs they touch, the time they take and the window", async () => {
  const planned = (await account()).plan({});
  const windows = parseWindows("Mon-Thu 08:00-16:00 UTC");
  const now = Date.parse("2026-03-06T09:00:00Z");
  expect(renderDryRun(planned, { bakeSeconds: 120, windows }, [], now)).toMatchSnapshot();
  const past = [aRecord({ seconds: { drain: 20, prepare: 45, apply: 100, wait: 700 } })];
  expect(
    renderDryRun(planned, { bakeSeconds: 60, windows: [], maxWaves: 1 }, past, now),
  ).toMatchSnapshot();
});

it("lists recorded waves", () => {
  const records = [
    aRecord(),
    aRecord({ wave: 2, result: "failed", message: "node 1 has 0 of 44 tasks healthy after 34m" }),
    aRecord({ rolloutId: "2026-03-02T12-00-00Z-bbbb", to: "2026-03-02T11-00-00Z-aaaa" }),
    aRecord({ rolloutId: "2026-03-02T13-00-00Z-cccc", endedAt: null, result: "running" }),
  ];
  expect(renderHistory(records)).toMatchSnapshot();
  expect(renderHistory([])).toBe("no rollout is recorded");
});
