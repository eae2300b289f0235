/** What is printed beside the line that leads to a runbook, which unit/runbooks tests. */
export function withoutRunbook(text: string): string {
  return text.replace(/^ *see docs\/runbooks\/\S+\n/gm, "");
}
