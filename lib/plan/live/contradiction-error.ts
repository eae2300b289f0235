import { RoutedError } from "../../errors";
import type { Contradiction } from "../contradiction";
import { renderContradiction } from "../render/render-contradiction";

/** What AWS holds contradicts itself, so nothing can be planned. */
export class ContradictionError extends RoutedError {
  constructor(
    environment: string,
    readonly contradictions: readonly Contradiction[],
  ) {
    const lines = contradictions.map((each) => `  - ${renderContradiction(each)}`).join("\n");
    super(
      "contradiction",
      `${environment}: what AWS holds contradicts itself, so nothing is planned:\n${lines}`,
    );
  }
}
