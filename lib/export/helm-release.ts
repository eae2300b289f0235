import type { Environment } from "../config/environment";
import { popPorts } from "../config/naming";
import type { ExportedNode } from "./exported-nodes";
import { renderYaml } from "./render-yaml";
import { shortRegion } from "./short-region";

/**
 * The HelmRelease of the environment's Prometheus in Kubernetes, as YAML. It holds addresses and
 * no instance, so it is the same while nodes are upgraded.
 *
 * @param nodes by slot, ascending
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export function renderHelmRelease(
  environment: Environment,
  nodes: readonly ExportedNode[],
  apiVersion: HelmApiVersion = "v2",
): string {
  return renderYaml(helmRelease(environment, nodes, apiVersion));
}

function helmRelease(
  { name, aws, routed, autopilotSites, export: { helmRelease: config } }: Environment,
  nodes: readonly ExportedNode[],
  apiVersion: HelmApiVersion,
): object {
  return {
    apiVersion: `helm.toolkit.fluxcd.io/${apiVersion}`,
    kind: "HelmRelease",
    metadata: {
      name: `autopilot-routed-prom-${name}-${shortRegion(aws.region)}`,
      namespace: config.namespace,
    },
    spec: {
      releaseName: config.releaseName,
      interval: config.interval,
      chart: {
        spec: {
          chart: config.chart,
          sourceRef: {
            kind: config.sourceKind,
            name: config.sourceName,
            namespace: config.sourceNamespace,
          },
          version: config.chartVersion,
        },
      },
      values: {
        autopilotSites: autopilotSites.map((site) => ({
          name: site.name,
          metricsPort: popPorts(routed.ports, site.id).metrics,
        })),
        image: { version: config.imageVersion ?? versionOf(routed.image) },
        promRetention: config.retention,
        resources: {
          limits: { cpu: config.limits.cpu, memory: config.limits.memory },
          requests: { cpu: config.requests.cpu, memory: config.requests.memory },
        },
        routedIPs: nodes.flatMap((node) => [
          config.ipv4 === "public" ? node.publicIpv4 : node.privateIpv4,
          node.ipv6,
        ]),
      },
    },
  };
}

/** An image's tag, or else its digest; the config's rules make sure that it has one. */
function versionOf(image: string): string {
  const [named = "", digest] = image.split("@");
  const tag = /:([^:/]+)$/.exec(named)?.[1];
  return tag ?? digest ?? image;
}

/** The versions of Flux' API that a HelmRelease can be written for; the fields used are in all. */
export const HELM_API_VERSIONS = ["v2", "v2beta2", "v2beta1"] as const;

export type HelmApiVersion = (typeof HELM_API_VERSIONS)[number];
