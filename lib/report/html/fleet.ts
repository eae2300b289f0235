import { isSpareSlot } from "../../config/slots";
import { renderWhy } from "../../plan/render/render-why";
import { renderDuration } from "../../rollout/duration";
import { renderCondition } from "../../rollout/view/render-fleet";
import { hiddenChanges, openChanges } from "../report-nodes";
import type { ReportNode } from "../report-nodes";
import type { Report } from "../report-model";
import { byPlace } from "../wave-diagram";
import { html, NOTHING } from "./escape";
import type { Html } from "./escape";
import { countOf } from "../../words";

/** The nodes by cell and zone, each with what it runs, how it is, and what becomes of it. */
export function fleetSection({ nodes }: Report): Html {
  const places = new Map<string, ReportNode[]>();
  for (const node of [...nodes].sort(byPlace)) {
    const place = [node.cell, node.availabilityZone].filter((part) => part !== null).join(" · ");
    places.set(place, [...(places.get(place) ?? []), node]);
  }
  const zones = [...places].map(
    ([place, members]) =>
      html`<div class="zone">
        <h3>${place}</h3>
        <ul>
          ${members.map(nodeCard)}
        </ul>
      </div>`,
  );
  const spares = nodes.filter(({ slot }) => isSpareSlot(slot));
  const own = nodes.filter((node) => !spares.includes(node) && node.instanceId !== null);
  const available = own.filter((node) => node.available).length;
  const filled = spares.filter(({ instanceId }) => instanceId !== null).length;
  return html`<section aria-labelledby="fleet">
    <h2 id="fleet">Fleet</h2>
    <p class="soft">
      ${available} of ${own.length} nodes
      available${spares.length === 0 ? "" : `, ${filled} of ${countOf(spares.length, "spare")} filled`}
    </p>
    <div class="zones">${zones}</div>
  </section>`;
}

function nodeCard(node: ReportNode): Html {
  const { slot, action, available, state, instanceId, runs, becomes, ageSeconds, tasks } = node;
  const trouble = instanceId !== null && !available;
  const look = action === "keep" || action === "leave" ? (trouble ? "trouble" : "") : "changes";
  const spec = runs ?? becomes;
  const health =
    instanceId === null
      ? html`<span class="soft">– ${state.kind === "parked" ? "parked" : "no instance yet"}</span>`
      : html`<span class="${available ? "good" : "bad"}"
          >${available ? "✓" : "✗"} ${renderCondition(state)}</span
        >`;
  const row = (name: string, value: string, mono = false): Html =>
    html`<dt>${name}</dt>
      <dd class="${mono ? "mono" : ""}">${value}</dd>`;
  return html`<li class="node ${look}">
    <h4>${isSpareSlot(slot) ? "Spare" : "Node"} ${slot} ${health}</h4>
    <dl>
      ${spec ? [row("AMI", spec.amiId, true), row("type", spec.instanceType)] : NOTHING}
      ${ageSeconds === null ? NOTHING : row("up", renderDuration(ageSeconds))}
      ${tasks === null ? NOTHING : row("tasks", `${tasks.healthy} of ${tasks.expected} healthy`)}
      ${instanceId === null ? NOTHING : row("id", instanceId, true)}
    </dl>
    ${thenLine(node)}
  </li>`;
}

function thenLine(node: ReportNode): Html {
  const { action, pending } = node;
  const reason = renderWhy(node);
  switch (action) {
    case "keep":
      return pending === "nothing"
        ? html`<p class="then stays">stays: ${reason}</p>`
        : html`<p class="then later">later: ${pending}; ${reason}</p>`;
    case "leave":
      return html`<p class="then stays">stays empty: ${reason}</p>`;
    case "allocate":
      return html`<p class="then">+ next deploy makes its address: ${reason}</p>`;
    case "fill":
      return html`<p class="then">+ next deploy fills it: ${reason}</p>`;
    case "park":
      return html`<p class="then">− next deploy parks it: ${reason}</p>`;
    case "create":
      return html`<p class="then">+ next deploy creates it: ${reason}</p>`;
    case "remove":
      return html`<p class="then">× next deploy removes it: ${reason}</p>`;
    case "upgrade": {
      const parts = [
        ...openChanges(node).map(({ to }) => to),
        ...hiddenChanges(node).map((name) => `new ${name}`),
      ];
      return html`<p class="then">
        ↻ next deploy replaces it → <span class="mono">${parts.join(", ")}</span>
      </p>`;
    }
  }
}
