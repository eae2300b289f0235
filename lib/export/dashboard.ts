/** One query of a panel, in PromQL. */
export interface Query {
  readonly expr: string;
  /** What a time series is called, e.g. `node {{slot}}`. */
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  readonly type: "stat" | "timeseries" | "bargauge" | "state-timeline";
  /** Of Grafana's 24 columns. */
  readonly width: number;
  readonly unit: "short" | "s" | "percentunit" | "dateTimeFromNow";
  readonly description: string;
  readonly queries: readonly Query[];
}

export interface DashboardProps {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** A query that gives the environments to choose from: `label_values(…, environment)`. */
  readonly environments: string;
  /** In rows, left to right. */
  readonly panels: readonly Panel[];
}

const COLUMNS = 24;
const HEIGHT = { stat: 4, timeseries: 8, bargauge: 8, "state-timeline": 12 } as const;
const DATASOURCE = { type: "prometheus", uid: "${datasource}" };
/** In queries: the environment that the person has chosen. */
export const CHOSEN = `environment="$environment"`;

/**
 * A Grafana dashboard as it is imported or provisioned: equal props give equal bytes.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function renderDashboard(props: DashboardProps): string {
  const dashboard = {
    uid: props.uid,
    title: props.title,
    description: props.description,
    tags: ["autopilot-routed"],
    schemaVersion: 39,
    editable: false,
    refresh: "30s",
    time: { from: "now-6h", to: "now" },
    templating: {
      list: [
        { name: "datasource", label: "Prometheus", type: "datasource", query: "prometheus" },
        {
          name: "environment",
          label: "Environment",
          type: "query",
          datasource: DATASOURCE,
          query: { query: props.environments, refId: "environments" },
          refresh: 2,
          sort: 1,
        },
      ],
    },
    panels: placed(props.panels),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

/** Fills rows from left to right; a panel that doesn't fit begins the next one. */
function placed(panels: readonly Panel[]): object[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return panels.map((panel, index) => {
    const height = HEIGHT[panel.type];
    if (x + panel.width > COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const gridPos = { x, y, w: panel.width, h: height };
    x += panel.width;
    rowHeight = Math.max(rowHeight, height);
    return {
      id: index + 1,
      title: panel.title,
      description: panel.description,
      type: panel.type,
      datasource: DATASOURCE,
      gridPos,
      fieldConfig: { defaults: { unit: panel.unit, min: 0 }, overrides: [] },
      targets: panel.queries.map(({ expr, legend }, query) => ({
        refId: String.fromCharCode("A".charCodeAt(0) + query),
        datasource: DATASOURCE,
        expr,
        legendFormat: legend,
        instant: panel.type === "bargauge",
        range: panel.type !== "bargauge",
      })),
    };
  });
}
