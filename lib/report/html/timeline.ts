import type { Report } from "../report-model";
import type { ReportWave } from "../report-waves";
import { estimateSource, roughly } from "../words";
import { html, NOTHING } from "./escape";
import type { Html } from "./escape";
import { countOf } from "../../words";

/** More are folded. */
const MOST_WAVES = 24;

/** The waves to come, one below the other along the time that they take. */
export function timelineSection({ waves }: Report): Html {
  const { list, held, converges, seconds: total } = waves;
  if (list.length === 0) return NOTHING;
  const rest = list.slice(MOST_WAVES);
  return html`<section aria-labelledby="waves">
    <h2 id="waves">Waves to come</h2>
    <p class="soft">
      ${held ? "Once the plan is no longer held: " : ""}${timesOf(waves)}, ${estimateSource(waves)}.
      ${converges ? "" : "They don't end with the fleet as the config wants it."}
    </p>
    ${waveTable(list.slice(0, MOST_WAVES), total)}
    ${
      rest.length === 0
        ? NOTHING
        : html`<details>
            <summary>${countOf(rest.length, "more wave")}</summary>
            ${waveTable(rest, total)}
          </details>`
    }
  </section>`;
}

/** "1 wave, about 20m", "3 waves, about 20m each and 1h in all". */
function timesOf({ list, seconds, secondsPerWave }: Report["waves"]): string {
  const waves = countOf(list.length, "wave");
  if (list.length === 1) return `${waves}, about ${roughly(seconds)}`;
  return `${waves}, about ${roughly(secondsPerWave)} each and ${roughly(seconds)} in all`;
}

function waveTable(list: readonly ReportWave[], total: number): Html {
  return html`<table class="waves">
    <thead>
      <tr>
        <th scope="col">wave</th>
        <th scope="col">what</th>
        <th scope="col">starts after</th>
        <th scope="col" class="bar">0 to ${roughly(total)}</th>
      </tr>
    </thead>
    <tbody>
      ${list.map((wave) => waveRow(wave, total))}
    </tbody>
  </table>`;
}

function waveRow({ number, summary, startSeconds, seconds }: ReportWave, total: number): Html {
  const percent = (part: number): string => `${Math.round((part / total) * 10_000) / 100}%`;
  return html`<tr>
    <th scope="row">${number}</th>
    <td class="what">${summary}</td>
    <td>${startSeconds === 0 ? "now" : roughly(startSeconds)}</td>
    <td class="bar">
      <svg aria-hidden="true">
        <rect class="track" x="0" y="6" width="100%" height="4" rx="2" />
        <rect
          class="run"
          x="${percent(startSeconds)}"
          y="2"
          width="${percent(seconds)}"
          height="12"
          rx="3"
        />
      </svg>
    </td>
  </tr>`;
}
