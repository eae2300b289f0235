import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { loadEnvironments } from "../../../lib/config/load";
import type { Environment } from "../../../lib/config/environment";
import { renderHelmRelease, HELM_API_VERSIONS } from "../../../lib/export/helm-release";
import { anExportConfig, aRoutedEnvironment, aSite } from "../../fixtures/a-routed-environment";
import { someNodes } from "./some-nodes";

const ajv = new Ajv({ allErrors: true });
addFormats(ajv);
const isHelmRelease = ajv.compile(
  JSON.parse(readFileSync("__tests__/unit/export/helm-release.schema.json", "utf8")) as object,
);

function withHelmRelease(
  change: Partial<Environment["export"]["helmRelease"]>,
  overrides: Partial<Environment> = {},
): Environment {
  const defaults = anExportConfig();
  const helmRelease = { ...defaults.helmRelease, ...change };
  return aRoutedEnvironment({ export: { ...defaults, helmRelease }, ...overrides });
}

interface Values {
  readonly autopilotSites: readonly { readonly name: unknown }[];
  readonly image: { readonly version: unknown };
  readonly routedIPs: readonly unknown[];
}

function valuesOf(environment: Environment, version: "1.1" | "1.2" = "1.2"): Values {
  const text = renderHelmRelease(environment, someNodes(3));
  return (parse(text, { version }) as { spec: { values: Values } }).spec.values;
}

it("is the talk's HelmRelease, filled from the config and the slots' addresses", () => {
  expect(renderHelmRelease(aRoutedEnvironment({ name: "stg" }), someNodes(3))).toBe(
    `# Made by routed export: what is changed here is lost.
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: autopilot-routed-prom-stg-awsuse2
  namespace: autopilot
spec:
  releaseName: autopilot-routed-prom
  interval: 5m0s
  chart:
    spec:
      chart: autopilot-routed-prom
      sourceRef:
        kind: HelmRepository
        name: charts
        namespace: platform-flux
      version: 0.0.4
  values:
    autopilotSites:
      - name: pop1
        metricsPort: 22001
      - name: pop2
        metricsPort: 22002
    image:
      version: "1"
    promRetention: 1d
    resources:
      limits:
        cpu: "4"
        memory: 4Gi
      requests:
        cpu: "1"
        memory: 1Gi
    routedIPs:
      - 198.51.100.10
      - 2001:db8:64::a
      - 198.51.100.11
      - 2001:db8:64::b
      - 198.51.100.12
      - 2001:db8:64::c
`,
  );
});

it("takes chart, version, source, namespace and resources from the config", () => {
  const environment = withHelmRelease({
    namespace: "monitoring",
    chart: "charts/prom",
    chartVersion: "1.x",
    sourceKind: "GitRepository",
    sourceName: "platform",
    sourceNamespace: "flux-system",
    limits: { cpu: "8", memory: "16Gi" },
    imageVersion: "v3.1.0",
    retention: "12h",
  });
  expect(parse(renderHelmRelease(environment, someNodes(2)))).toMatchObject({
    metadata: { namespace: "monitoring" },
    spec: {
      chart: {
        spec: {
          chart: "charts/prom",
          version: "1.x",
          sourceRef: { kind: "GitRepository", name: "platform", namespace: "flux-system" },
        },
      },
      values: {
        image: { version: "v3.1.0" },
        promRetention: "12h",
        resources: { limits: { cpu: "8", memory: "16Gi" } },
      },
    },
  });
});

it("holds the private addresses where Prometheus is in a peered network", () => {
  expect(valuesOf(withHelmRelease({ ipv4: "private" })).routedIPs.slice(0, 3)).toEqual([
    "10.64.0.10",
    "2001:db8:64::a",
    "10.64.0.11",
  ]);
});

it.each([
  ["registry.example:5000/routed:67a7485bd192-3177", "67a7485bd192-3177"],
  [`registry.example/routed:1@sha256:${"a".repeat(64)}`, "1"],
  [`registry.example:5000/routed@sha256:${"a".repeat(64)}`, `sha256:${"a".repeat(64)}`],
])("has the version of %s", (image, version) => {
  const environment = aRoutedEnvironment();
  const { routed } = environment;
  expect(valuesOf({ ...environment, routed: { ...routed, image } }).image).toEqual({ version });
});

it.each(["1.1", "1.2"] as const)("keeps strings strings for readers of YAML %s", (version) => {
  const names = ["no", "on", "y", "pop1"];
  const environment = withHelmRelease(
    { imageVersion: "12e3" },
    { autopilotSites: names.map((name, index) => aSite(index + 1, { name })) },
  );
  const values = valuesOf(environment, version);
  expect(values.autopilotSites.map(({ name }) => name)).toEqual(names);
  expect(values.image.version).toBe("12e3");
});

describe("the schema of Flux' HelmRelease", () => {
  it.each(HELM_API_VERSIONS)("accepts what is exported for all shipped environments, %s", (api) => {
    for (const environment of loadEnvironments({ directory: "config" })) {
      const release: unknown = parse(renderHelmRelease(environment, someNodes(3), api));
      expect({ valid: isHelmRelease(release), errors: isHelmRelease.errors }).toEqual({
        valid: true,
        errors: null,
      });
    }
  });

  it("refuses a release without a source, and one with a field that Flux doesn't know", () => {
    const release = parse(renderHelmRelease(aRoutedEnvironment(), someNodes(3))) as {
      spec: { chart: { spec: Record<string, unknown> } };
    };
    const { sourceRef, ...rest } = release.spec.chart.spec;
    release.spec.chart.spec = rest;
    expect(isHelmRelease(release)).toBe(false);
    release.spec.chart.spec = { ...rest, sourceRef, channel: "stable" };
    expect(isHelmRelease(release)).toBe(false);
  });
});
