import { createHash } from "node:crypto";
import { renderViolation } from "../../verify/verdict";
import { HTML_MARK } from "../is-report";
import type { Report } from "../report-model";
import { changes, sumOfEffects } from "../resource-kinds";
import { outcomeOf, popsInShort, resourcesInShort, roughly, verdictInShort } from "../words";
import { coverageSection } from "./coverage";
import { Html, html, NOTHING } from "./escape";
import { fleetSection } from "./fleet";
import { STYLE } from "./style";
import { timelineSection } from "./timeline";
import { countOf } from "../../words";

/** The page runs no script, loads nothing, and has this one style. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const GENERATOR = new Html(HTML_MARK);

/** Where the style is put in once the rest is laid out: its bytes are those that the policy names. */
const STYLE_SLOT = new Html("<!-- style -->");

/** The report as one page that needs nothing beside itself. */
export function renderReportHtml(report: Report): string {
  const { environment, region, status, summary, generatedAt } = report;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        ${GENERATOR}
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${environment} ${outcomeOf(status)}</title>
        ${STYLE_SLOT}
      </head>
      <body>
        <header>
          <h1>
            ${environment}
            <small>${region}, as of ${generatedAt.slice(0, 16).replace("T", " ")} UTC</small>
          </h1>
          <p class="summary">
            <span class="status ${status}">${STATUS_SYMBOLS[status]} ${status}</span> ${summary}
          </p>
        </header>
        <main>
          ${overview(report)} ${alerts(report)} ${fleetSection(report)} ${timelineSection(report)}
          ${coverageSection(report)} ${terraformSection(report)} ${notes(report)}
        </main>
        <footer>Made by routed report. Times are estimates; it changes nothing.</footer>
      </body>
    </html> `;
  return page.text.replace(/^ +/gm, "").replace(STYLE_SLOT.text, () => `<style>${STYLE}</style>`);
}

const STATUS_SYMBOLS = { converged: "✓", staged: "↻", held: "‖" } as const;

function overview(report: Report): Html {
  const { waves, verdict } = report;
  const toGo =
    waves.list.length === 0 ? "none" : `${waves.list.length}, about ${roughly(waves.seconds)}`;
  const facts = [
    ["waves to go", toGo],
    ["PoPs", popsInShort(report)],
    ["resources", resourcesInShort(report)],
    ["routed verify", verdictInShort(verdict, ["✓", "✗"])],
  ] as const;
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function alerts({ healthIgnored, verdict }: Report): Html {
  return html`${
    healthIgnored
      ? html`<p class="alert">
          ! The health gate is overridden: every node counts as available, and PoPs may lose their
          last task.
        </p>`
      : NOTHING
  }${
    verdict === null || verdict.proved
      ? NOTHING
      : html`<div class="alert" role="alert">
          <strong>✗ Refused: don't apply this plan.</strong>
          <ul>
            ${verdict.violations.map((violation) => html`<li>${renderViolation(violation)}</li>`)}
          </ul>
        </div>`
  }`;
}

function terraformSection({ resources }: Report): Html {
  if (resources === null) {
    return html`<section aria-labelledby="terraform">
      <h2 id="terraform">Terraform</h2>
      <p class="soft">Its plan was not given, so resource changes and the verdict are missing.</p>
    </section>`;
  }
  const changing = resources.filter(changes);
  const row = (name: Html, effects: ReturnType<typeof sumOfEffects>): Html =>
    html`<tr>
      <th scope="row">${name}</th>
      ${EFFECTS.map(([effect]) => html`<td class="n">${effects[effect] === 0 ? "" : effects[effect]}</td>`)}
    </tr>`;
  return html`<section aria-labelledby="terraform">
    <h2 id="terraform">Terraform</h2>
    ${
      changing.length === 0
        ? html`<p class="soft">No resource changes.</p>`
        : html`<div class="scroll" role="region" tabindex="0" aria-label="Resource changes by kind">
            <table class="plain">
              <thead>
                <tr>
                  <th scope="col">kind</th>
                  ${EFFECTS.map(([, title]) => html`<th scope="col" class="n">${title}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${changing.map(({ type, effects }) => row(html`<span class="mono">${type}</span>`, effects))}
                ${row(html`<strong>all</strong>`, sumOfEffects(changing))}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

const EFFECTS = [
  ["create", "create"],
  ["update", "in place"],
  ["replace", "replace"],
  ["delete", "destroy"],
  ["forget", "forget"],
] as const;

function notes({ findings, verdict }: Report): Html {
  const all = [...findings, ...(verdict?.facts.drift ?? [])];
  if (all.length === 0) return NOTHING;
  return html`<section aria-labelledby="notes">
    <h2 id="notes">${countOf(all.length, "note")}</h2>
    <ul class="notes">
      ${all.map((note) => html`<li>${note}</li>`)}
    </ul>
  </section>`;
}
