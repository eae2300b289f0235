import { ALL_METRICS, ROLLOUT_METRICS, TARGET_LABELS } from "../../../lib/metrics/metric-names";

describe("metric names", () => {
  it("are unique, and names that Prometheus takes", () => {
    const names = ALL_METRICS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^routed_(task|rollout)_[a-z_]+[a-z]$/);
  });

  it("never let a program set a label that its target carries, but a rollout its environment", () => {
    for (const { name, labels } of ALL_METRICS) {
      const clashing = labels.filter((label) =>
        (TARGET_LABELS as readonly string[]).includes(label),
      );
      expect({ name, clashing }).toEqual({
        name,
        clashing: name.startsWith("routed_rollout_") ? ["environment"] : [],
      });
    }
    for (const { labels } of Object.values(ROLLOUT_METRICS)) expect(labels[0]).toBe("environment");
  });

  it("have help that fits a HELP line", () => {
    for (const { help } of ALL_METRICS) expect(help).toMatch(/^[^\n\\]+[^.\n\\]$/);
  });
});
