import { renderSummary } from "../../plan/render/render-summary";
import Table from "cli-table3";
import { renderDuration } from "../duration";
import type { WaveRecord } from "../ports";

/** The recorded waves as a table, oldest first. */
export function renderHistory(records: readonly WaveRecord[]): string {
  if (records.length === 0) return "no rollout is recorded";
  const table = new Table({
    head: ["rollout", "wave", "started (UTC)", "took", "by", "result", "what"],
    style: { head: [], border: [] },
  });
  for (const record of records) table.push(rowOf(record));
  return table.toString();
}

function rowOf(record: WaveRecord): string[] {
  const { rolloutId, wave, startedAt, endedAt, operator, result, to, plan, message } = record;
  const took =
    endedAt === null ? "" : renderDuration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
  const back = to === null ? "" : `\nback to before ${to}`;
  const why = message === "" ? "" : `\n${wrap(message).join("\n")}`;
  return [
    rolloutId,
    String(wave),
    startedAt.slice(0, 19).replace("T", " "),
    took,
    operator,
    result,
    `${wrap(renderSummary(plan)).join("\n")}${back}${why}`,
  ];
}

const WIDTH = 60;

/** Lines of about 60 columns, broken at spaces. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
