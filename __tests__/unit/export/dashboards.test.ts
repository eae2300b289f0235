import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { alertingRules, POP_SERVING, POP_WANTED } from "../../../lib/export/alerting-rules";
import { renderDashboard } from "../../../lib/export/dashboard";
import { FLEET_DASHBOARD } from "../../../lib/export/fleet-dashboard";
import { ROLLOUT_DASHBOARD } from "../../../lib/export/rollout-dashboard";
import { ALL_METRICS } from "../../../lib/metrics/metric-names";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";

const DASHBOARDS = [
  ["fleet", FLEET_DASHBOARD],
  ["rollout", ROLLOUT_DASHBOARD],
] as const;

const isDashboard = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync("__tests__/unit/export/dashboard.schema.json", "utf8")) as object,
);

const expressions = [
  ...DASHBOARDS.flatMap(([, { panels }]) => panels.flatMap(({ queries }) => queries)),
  ...alertingRules(aRoutedEnvironment()).groups.flatMap(({ rules }) => rules),
].map(({ expr }) => expr);

/** Names of this product's metrics in an expression, recorded ones too. */
const namesIn = (expr: string) => expr.match(/\brouted(_[a-z_]+|:[a-z_:]+)/g) ?? [];

describe.each(DASHBOARDS)("the dashboard of the %s", (name, props) => {
  it("has the structure that Grafana imports", () => {
    const dashboard: unknown = JSON.parse(renderDashboard(props));
    expect({ valid: isDashboard(dashboard), errors: isDashboard.errors }).toEqual({
      valid: true,
      errors: null,
    });
  });

  it("is the one in docs/dashboards", () => {
    expect(readFileSync(`docs/dashboards/${name}.json`, "utf8")).toBe(renderDashboard(props));
  });

  it("places its panels within the width, none over another", () => {
    const { panels } = JSON.parse(renderDashboard(props)) as {
      panels: { gridPos: { x: number; y: number; w: number; h: number } }[];
    };
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });

  it("shows the chosen environment only", () => {
    for (const { expr } of props.panels.flatMap(({ queries }) => queries)) {
      const selectors = expr.match(/\{[^}]*\}/g) ?? [];
      expect(selectors.length).toBeGreaterThan(0);
      for (const selector of selectors) expect(selector).toContain(`environment="$environment"`);
    }
  });
});

describe("rules and dashboards", () => {
  const known = [...ALL_METRICS.map(({ name }) => name), POP_SERVING, POP_WANTED] as string[];

  it("use no metric that nothing exposes or records", () => {
    const names = expressions.flatMap(namesIn).filter((name) => name !== "routed");
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("use every metric that there is", () => {
    const used = new Set(expressions.flatMap(namesIn));
    expect(known.filter((name) => !used.has(name))).toEqual([]);
  });

  it("are named in docs/metrics.md", () => {
    const docs = readFileSync("docs/metrics.md", "utf8");
    for (const { name } of ALL_METRICS) expect(docs).toContain(`\`${name}\``);
  });
});
