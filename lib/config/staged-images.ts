import type { Environment } from "./environment";

/** Whether the config lets new images reach some PoPs before others. */
export function stagesImages({ routed }: Pick<Environment, "routed">): boolean {
  return (routed.canaries ?? []).length > 0 || routed.popsPerWave !== undefined;
}
