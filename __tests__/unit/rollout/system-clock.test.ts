import { systemClock } from "../../../lib/rollout/system-clock";
import { thisMachine } from "../../../lib/rollout/store/machine";

describe("the machine's clock", () => {
  it("sleeps as long as it is told", async () => {
    const started = systemClock.now();
    await systemClock.sleep(50);
    expect(systemClock.now() - started).toBeGreaterThanOrEqual(45);
  });

  it("wakes without an error where it is interrupted, before or during the sleep", async () => {
    const started = systemClock.now();
    await systemClock.sleep(10_000, AbortSignal.abort());
    await systemClock.sleep(10_000, AbortSignal.timeout(20));
    expect(systemClock.now() - started).toBeLessThan(5_000);
  });
});

describe("the machine", () => {
  it("knows who runs this process, and whether another one is alive", () => {
    const { operator, pid, processSpace, isAlive } = thisMachine(process.env);
    expect(operator).toMatch(/^.+@.+$/);
    expect(pid).toBe(process.pid);
    expect(thisMachine({}).processSpace).toBe(processSpace);
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(1)).toBe(true);
    expect(isAlive(2 ** 22 + 1)).toBe(false);
  });
});
