import { stringify } from "yaml";

/**
 * A value as YAML, keys in their order. Strings are quoted wherever YAML 1.1 or 1.2 would read them
 * as something else: Kubernetes and Prometheus read 1.1, where a PoP called `no` is false.
 */
export function renderYaml(value: object): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" });
}
