import { stringify } from "yaml";

/** Begins each exported YAML file, and tells ours from others. */
const MARK = "# Made by routed export: what is changed here is lost.";

/**
 * A value as YAML, keys in their order. Strings are quoted wherever YAML 1.1 or 1.2 would read them
 * as something else: Kubernetes and Prometheus read 1.1, where a PoP called `no` is false.
 *
 * @param comments lines above it
 */
export function renderYaml(value: object, comments: readonly string[] = []): string {
  const lines = [MARK, ...comments.map((comment) => `# ${comment}`)].map((line) => `${line}\n`);
  const options = { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" } as const;
  return `${lines.join("")}${stringify(value, options)}`;
}

export function isExportedYaml(content: Buffer): boolean {
  return content.toString("utf8").startsWith(`${MARK}\n`);
}
