import {
  planHealthCheck,
  rebuildToleranceSeconds,
} from "../../../../lib/constructs/pop/health-check";

describe("a health check's timing", () => {
  it.each([
    [1, { startPeriod: 75, interval: 30, retries: 3, timeout: 10 }],
    [4, { startPeriod: 300, interval: 30, retries: 3, timeout: 10 }],
    [5, { startPeriod: 300, interval: 30, retries: 3, timeout: 10 }],
    [6, { startPeriod: 300, interval: 30, retries: 5, timeout: 10 }],
    [12, { startPeriod: 300, interval: 60, retries: 10, timeout: 10 }],
    [40, { startPeriod: 300, interval: 270, retries: 10, timeout: 10 }],
    [44, { startPeriod: 300, interval: 300, retries: 10, timeout: 10 }],
  ])("of a rebuild of %d minutes", (minutes, timing) => {
    expect(planHealthCheck(minutes)).toEqual(timing);
  });

  it("tolerates every rebuild that ECS can wait for and a quarter more, within ECS's bounds", () => {
    for (let minutes = 1; minutes <= 44; minutes += 0.5) {
      const timing = planHealthCheck(minutes);
      const givenUpAfter = timing.startPeriod + timing.retries * timing.interval;
      expect(givenUpAfter).toBeGreaterThanOrEqual(minutes * 60 * 1.25);
      expect(timing.startPeriod).toBeLessThanOrEqual(300);
      expect(timing.interval).toBeLessThanOrEqual(300);
      expect(timing.interval).toBeGreaterThan(timing.timeout);
      expect(timing.retries).toBeLessThanOrEqual(10);
    }
  });

  it.each([0, -1, 44.1, 45, Number.NaN])("refuses %d minutes", (minutes) => {
    expect(() => planHealthCheck(minutes)).toThrow(
      `stateRebuildMinutes must be more than 0 and at most 44, got ${minutes}; ` +
        "ECS waits no longer for a task to become healthy",
    );
  });

  it("gives the load balancer the same patience", () => {
    expect(rebuildToleranceSeconds(12)).toBe(900);
  });
});
