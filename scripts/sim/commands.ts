import type { Controller } from "../../__tests__/support/rollout/play";
import { FATES } from "../../__tests__/support/rollout/simulated-fleet";
import { parseDuration } from "../../lib/rollout/duration";
import { nodesOf } from "../../lib/config/slots";
import type { Simulation } from "./simulation";
import { invalid, oneOf, slotsIn } from "./usage";
import type { LineArguments } from "./usage";

export interface Command {
  /** As `matchUsage` reads it. */
  readonly usage: string;
  readonly does: string;
  readonly run: (simulation: Simulation, args: LineArguments) => void | Promise<void>;
}

const STATUSES = ["converged", "staged", "held"] as const;

/** What a scenario can do once it has loaded an environment. */
export const COMMANDS: readonly Command[] = [
  {
    usage: "set <key> <json…>",
    does: "changes the config, e.g. `set fleet.nodes 5`; what the product refuses is refused",
    run: (simulation, { key = "", json = "" }) => simulation.change(key, json),
  },
  {
    usage: "unset <key>",
    does: "takes a key out of the environment's own file",
    run: (simulation, { key = "" }) => simulation.change(key, undefined),
  },
  {
    usage: "ami <id>",
    does: "a newer AMI comes out, which `latest` stands for from now on",
    run: ({ account }, { id = "" }) => {
      if (!/^ami-[0-9a-f]{8,17}$/.test(id)) {
        throw invalid(`an AMI id must be ami- and 8 to 17 hexadecimal digits, got "${id}"`);
      }
      account.fleet.amiId = id;
    },
  },
  {
    usage: "bad image <image>",
    does: "tasks of this image never get healthy, and ECS goes back by itself",
    run: ({ account }, { image = "" }) => void account.fleet.badImages.add(image),
  },
  {
    usage: "fault <what> node <slot>",
    does: `something happens to a node: ${[...FATES, "terminated"].join(", ")}`,
    run: (simulation, { what = "", slot = "" }) => {
      const [number = 0] = slotsIn(slot);
      simulation.strike(number, oneOf("a fault", what, [...FATES, "terminated"]));
    },
  },
  {
    usage: "launches <fates…>",
    does: "what becomes of the next instances, one word for each; all others are well",
    run: (simulation, { fates = "" }) =>
      simulation.expectFates(fates.split(/\s+/).map((fate) => oneOf("a fate", fate, FATES))),
  },
  {
    usage: "terraform fails after <steps> steps",
    does: "the next apply breaks off there",
    run: (simulation, { steps = "" }) => {
      if (!/^\d{1,3}$/.test(steps)) throw invalid(`steps must be a whole number, got "${steps}"`);
      simulation.terraformFailsAfter = Number(steps);
    },
  },
  {
    usage: "gate closed <why…>",
    does: "rollouts' gate says no from now on",
    run: (simulation, { why = "" }) => void (simulation.closed = why),
  },
  {
    usage: "gate open",
    does: "rollouts' gate says yes again",
    run: (simulation) => void (simulation.closed = null),
  },
  {
    usage: "pass <duration>",
    does: "time passes, e.g. `pass 12m`",
    run: (simulation, { duration = "" }) => simulation.pass(parseDuration(duration, "pass")),
  },
  { usage: "plan", does: "what `routed plan` shows", run: (simulation) => simulation.plan() },
  {
    usage: "deploy",
    does: "one `cdktf deploy`, which waits for nothing",
    run: (simulation) => simulation.deploy(false),
  },
  {
    usage: "deploy ignoring health",
    does: "the same with `ROUTED_IGNORE_HEALTH=1`",
    run: (simulation) => simulation.deploy(true),
  },
  { usage: "rollout", does: "`routed rollout`", run: (simulation) => simulation.rollout(ALICE) },
  {
    usage: "rollout <options…>",
    does: "the same with `by <operator>`, `to <rollout>`, `max-waves <n>`, `bake <duration>`, `timeout <duration>`, `after <duration>`, `interrupted-after <duration>`, `killed-at-call <n>`, `break-lock <reason>`",
    run: (simulation, { options = "" }) => simulation.rollout(controllerOf(options)),
  },
  {
    usage: "show",
    does: "each node and PoP, as they are in truth",
    run: (simulation) => simulation.show(),
  },
  {
    usage: "assert plan <status>",
    does: `the next deploy would be that: ${STATUSES.join(", ")}`,
    run: ({ account }, { status = "" }) => {
      const { plan } = account.plan({});
      expectSame("the plan", plan.status, oneOf("a status", status, STATUSES));
    },
  },
  {
    usage: "assert rollout <outcome>",
    does: "how the last one ended: its kind, or why it stopped",
    run: ({ lastResult }, { outcome = "" }) => {
      const kind = lastResult?.kind === "stopped" ? lastResult.reason : lastResult?.kind;
      expectSame("the last rollout", kind ?? "killed", outcome);
    },
  },
  {
    usage: "assert serving <slots…>",
    does: "exactly these nodes serve, in truth",
    run: (simulation, { slots = "" }) =>
      expectSame("serving", nodesOf(simulation.servingSlots()), nodesOf(slotsIn(slots))),
  },
  {
    usage: "assert pop <pop> on <slots…>",
    does: "the PoP has a healthy task on exactly these nodes, in truth",
    run: (simulation, { pop = "", slots = "" }) => {
      const on = simulation.servedBy();
      const known = oneOf("a PoP", pop, [...on.keys()]);
      expectSame(pop, nodesOf(on.get(known) ?? []), nodesOf(slotsIn(slots)));
    },
  },
  {
    usage: "assert ami <id> on <slots…>",
    does: "exactly these nodes run with it",
    run: ({ account }, { id = "", slots = "" }) => {
      const nodes = [...account.fleet.nodes.values()].filter(({ spec }) => spec.amiId === id);
      const on = nodes.map(({ slot }) => slot).sort((a, b) => a - b);
      expectSame(id, nodesOf(on), nodesOf(slotsIn(slots)));
    },
  },
];

const ALICE: Controller = { operator: "alice" };

function expectSame(what: string, got: string, wanted: string): void {
  if (got !== wanted) throw invalid(`${what}: expected ${wanted}, got ${got}`);
}

const ROLLOUT_OPTIONS: Readonly<
  Record<string, (controller: Controller, value: string) => Controller>
> = {
  by: (controller, operator) => ({ ...controller, operator }),
  to: (controller, to) => withSettings(controller, { to }),
  "max-waves": (controller, value) => withSettings(controller, { maxWaves: count(value) }),
  bake: (controller, value) => withSettings(controller, { bakeSeconds: seconds(value) }),
  timeout: (controller, value) => withSettings(controller, { timeoutSeconds: seconds(value) }),
  "break-lock": (controller, breakLock) => withSettings(controller, { breakLock }),
  after: (controller, value) => ({ ...controller, startAfter: seconds(value) }),
  "interrupted-after": (controller, value) => ({ ...controller, interruptAfter: seconds(value) }),
  "killed-at-call": (controller, value) => ({
    ...controller,
    killedAt: { call: count(value), after: true },
  }),
};

/** Reads pairs of an option's name and its value. */
function controllerOf(options: string): Controller {
  const words = options.split(/\s+/);
  let controller = ALICE;
  for (let index = 0; index < words.length; index += 2) {
    const name = oneOf("an option", words[index] ?? "", Object.keys(ROLLOUT_OPTIONS));
    const value = words[index + 1];
    if (value === undefined) throw invalid(`the option ${name} needs a value`);
    controller = ROLLOUT_OPTIONS[name]?.(controller, value) ?? controller;
  }
  return controller;
}

function withSettings(controller: Controller, settings: Controller["settings"]): Controller {
  return { ...controller, settings: { ...controller.settings, ...settings } };
}

function count(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw invalid(`a count must be 1 to 9999, got "${value}"`);
  return Number(value);
}

function seconds(value: string): number {
  return parseDuration(value, "a duration");
}
