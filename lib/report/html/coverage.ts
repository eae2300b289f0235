import { renderImages } from "../../plan/render/render-images";
import { renderPopsTouched } from "../../plan/render/render-plan";
import type { Coverage, PopCoverage, TaskState } from "../pop-coverage";
import type { Report } from "../report-model";
import { html, NOTHING } from "./escape";
import type { Html } from "./escape";
import { countOf } from "../../words";

type Known = Extract<Coverage, { known: true }>;

/** A table's rows: several tables stand beside each other where the screen is wide. */
const ROWS = 12;
/** Of more PoPs, those that are well are folded. */
const MOST_POPS = 150;
const MOST_SENTENCES = 8;

const STATES: Readonly<Record<TaskState, { symbol: string; style: string; text: string }>> = {
  healthy: { symbol: "●", style: "h", text: "healthy" },
  "not-healthy": { symbol: "◐", style: "u", text: "not healthy" },
  missing: { symbol: "✗", style: "m", text: "missing" },
  none: { symbol: "·", style: "o", text: "none" },
};

/** Which node runs a task of which PoP, and how many each PoP keeps during the next deploy. */
export function coverageSection(report: Report): Html {
  const { coverage, popsTouched } = report;
  const touched = popsTouched
    .slice(0, MOST_SENTENCES)
    .map((group) => html`<li>${renderPopsTouched(group)}</li>`);
  return html`<section aria-labelledby="coverage">
    <h2 id="coverage">PoPs on nodes</h2>
    ${imagesOf(report)} ${changesOf(report)}
    ${
      touched.length === 0
        ? NOTHING
        : html`<ul class="notes">
            ${touched}
          </ul>`
    }
    ${
      coverage.known
        ? matrices(coverage)
        : html`<p class="alert">✗ ECS could not be read: ${coverage.reason}</p>`
    }
  </section>`;
}

function imagesOf({ images }: Report): Html {
  const [head, ...lines] = renderImages(images);
  if (head === undefined) return NOTHING;
  return html`<p>${head}</p>
    <ul class="notes">
      ${lines.map((line) => html`<li>${line.trim()}</li>`)}
    </ul>`;
}

function changesOf({ pops }: Report): Html {
  const told = [
    ["new", pops.added],
    ["removed", pops.removed],
    ["new tasks, one at a time", pops.redeployed],
    ["changed", pops.changed],
  ] as const;
  const lines = told.filter(([, names]) => names.length > 0);
  return html`${lines.map(([what, names]) =>
    names.length <= 12
      ? html`<p>${what}: ${names.join(", ")}</p>`
      : html`<details>
          <summary>${what}: ${countOf(names.length, "PoP")}</summary>
          <p>${names.join(", ")}</p>
        </details>`,
  )}`;
}

function matrices(coverage: Known): Html {
  const { pops } = coverage;
  if (pops.length === 0) return html`<p class="soft">No PoP runs yet.</p>`;
  const key = Object.values(STATES).map(({ symbol, text }) => html`<li>${symbol} ${text}</li>`);
  const many = pops.length > MOST_POPS;
  const troubled = many ? pops.filter(isTroubled) : pops;
  const well = many ? pops.filter((pop) => !isTroubled(pop)) : [];
  return html`<ul class="key">
      ${key}
      <li>↻ hatched: goes in the next deploy</li>
      <li>left: healthy tasks during it</li>
    </ul>
    ${troubled.length === 0 ? html`<p>✓ no PoP lacks a task</p>` : tables(troubled, coverage)}
    ${
      well.length === 0
        ? NOTHING
        : html`<details>
            <summary>${countOf(well.length, "PoP")} with all tasks healthy</summary>
            ${tables(well, coverage)}
          </details>`
    }`;
}

function isTroubled({ tasks, healthyDuring }: PopCoverage): boolean {
  return healthyDuring === 0 || tasks.some((task) => task === "missing" || task === "not-healthy");
}

function tables(pops: readonly PopCoverage[], coverage: Known): Html {
  const chunks = Array.from({ length: Math.ceil(pops.length / ROWS) }, (_, index) =>
    pops.slice(index * ROWS, (index + 1) * ROWS),
  );
  return html`<div class="matrices">${chunks.map((chunk) => matrix(chunk, coverage))}</div>`;
}

function matrix(pops: readonly PopCoverage[], { slots, changing }: Known): Html {
  const goes = slots.map((slot) => changing.includes(slot));
  const name = `${pops[0]?.pop} to ${pops.at(-1)?.pop}`;
  const heads = slots.map(
    (slot, index) =>
      html`<th scope="col" ${goes[index] === true ? html` class="c"` : NOTHING}>
        ${slot}${goes[index] === true ? html`<br />↻` : NOTHING}
      </th>`,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="PoPs ${name} on nodes">
    <table class="matrix">
      <caption>
        ${name}
      </caption>
      <thead>
        <tr>
          <th scope="col">PoP</th>
          ${heads}
          <th scope="col" class="left">left</th>
        </tr>
      </thead>
      <tbody>
        ${pops.map((pop) => matrixRow(pop, goes))}
      </tbody>
    </table>
  </div>`;
}

/** Without spaces: there can be thousands of cells. */
function matrixRow({ pop, tasks, healthyDuring }: PopCoverage, goes: readonly boolean[]): Html {
  const cells = tasks.map((task, index) => {
    const { symbol, style, text } = STATES[task];
    return html`<td class="${goes[index] === true ? `${style} c` : style}">
      <span aria-hidden="true">${symbol}</span><span class="hidden">${text}</span>
    </td>`;
  });
  const left = healthyDuring === 0 ? "left bare" : "left";
  return html`<tr>
    <th scope="row">${pop}</th>
    ${cells}
    <td class="${left}">${healthyDuring}${healthyDuring === 0 ? " ✗" : ""}</td>
  </tr> `;
}
