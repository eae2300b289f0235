import { minimumHealthy, tasksLeft } from "../../../lib/verify/tasks-left";
import { withEcs, withTask } from "../../support/fleet";
import { aPoppedEnvironment, deployed, Draft } from "./a-plan";

const environment = aPoppedEnvironment();
const spread = aPoppedEnvironment({ routed: { ...environment.routed, placement: "spread" } });
const quiet = { pop: "pop1", disruptedSlots: [], rollingAbovePercent: null };

describe("where nothing was observed of the tasks", () => {
  const known = { ...Draft.of(environment, deployed(environment)), observation: null };
  const knownSpread = { ...Draft.of(spread, deployed(spread)), observation: null };

  it("takes a daemon to run on every node, and each disrupted node for a lost task", () => {
    expect(tasksLeft(known, { ...quiet, disruptedSlots: [0] })).toEqual({
      running: 3,
      lostWithNodes: 1,
      stoppedByDeployment: 0,
      left: 2,
    });
  });

  it("takes spread tasks to be on the disrupted nodes", () => {
    expect(tasksLeft(knownSpread, { ...quiet, disruptedSlots: [0, 1] }).left).toBe(0);
  });

  it("counts what a rolling deployment may stop at the same time", () => {
    const both = { pop: "pop1", disruptedSlots: [0], rollingAbovePercent: 50 };
    expect(tasksLeft(known, both)).toMatchObject({ stoppedByDeployment: 1, left: 1 });
    expect(tasksLeft(knownSpread, both)).toMatchObject({ stoppedByDeployment: 1, left: 0 });
  });

  it("counts no node that has no instance yet", () => {
    const wider = aPoppedEnvironment({ fleet: { ...environment.fleet, nodes: 5 } });
    const growing = { ...Draft.of(wider, deployed(environment)), observation: null };
    expect(tasksLeft(growing, quiet).running).toBe(3);
  });
});

describe("where ECS told of the tasks", () => {
  const observed = withEcs(deployed(spread), [{ pop: "pop1", slots: [1, 2] }]);
  const known = { ...Draft.of(spread, observed), observation: observed };

  it("counts the healthy ones on the disrupted nodes", () => {
    expect(tasksLeft(known, { ...quiet, disruptedSlots: [0] }).left).toBe(2);
    expect(tasksLeft(known, { ...quiet, disruptedSlots: [1] }).left).toBe(1);
    expect(tasksLeft(known, { ...quiet, disruptedSlots: [1, 2] }).left).toBe(0);
  });

  it("doesn't count a task that isn't healthy", () => {
    const sick = withTask(observed, "pop1", 2, { healthStatus: "UNKNOWN" });
    const half = { ...known, observation: sick };
    expect(tasksLeft(half, { ...quiet, disruptedSlots: [1] }).left).toBe(0);
  });

  it("lets a deployment stop a task though another is on a disrupted node", () => {
    const both = { pop: "pop1", disruptedSlots: [1], rollingAbovePercent: 50 };
    expect(tasksLeft(known, both)).toMatchObject({ running: 2, left: 0 });
  });

  it("takes the worst of a PoP that ECS didn't tell of", () => {
    expect(tasksLeft(known, { ...quiet, pop: "pop2", disruptedSlots: [0, 1] }).left).toBe(0);
  });
});

it("rounds the least number of healthy tasks up, as ECS does", () => {
  expect([1, 2, 3, 4].map((tasks) => minimumHealthy(tasks, 50))).toEqual([1, 1, 2, 2]);
  expect([0, 66, 100, 200].map((percent) => minimumHealthy(2, percent))).toEqual([0, 2, 2, 2]);
});
