import { isSpareSlot } from "../config/slots";
import { NODE_SPEC_PARTS, SPEC_COLUMNS } from "../plan/node-spec";
import { renderWhy } from "../plan/render/render-why";
import { renderCondition } from "../rollout/view/render-fleet";
import type { Verdict } from "../verify/verdict";
import { renderViolation } from "../verify/verdict";
import { MARKDOWN_MARK } from "./is-report";
import { fitSections } from "./fit-sections";
import type { Section } from "./fit-sections";
import { code, details, escapeMarkdown, markdownTable } from "./markdown-text";
import { nodeGroups, slotRanges } from "./node-groups";
import type { NodeGroup } from "./node-groups";
import { hiddenChanges, openChanges } from "./report-nodes";
import { popSections } from "./render-pops-markdown";
import type { Report } from "./report-model";
import { changes, sumOfEffects } from "./resource-kinds";
import {
  estimateSource,
  outcomeOf,
  popsInShort,
  resourcesInShort,
  roughly,
  verdictInShort,
} from "./words";
import { waveDiagram } from "./wave-diagram";
import { countOf } from "../words";

/** GitHub refuses longer comments; counted in bytes here, of which a character has one at least. */
export const LONGEST_COMMENT = 65_536;

/**
 * The first line of a report as Markdown, which GitHub doesn't show: whoever updates the comment of
 * an environment finds it by this.
 */
export function reportMarker(environment: string): string {
  return `${MARKDOWN_MARK}${environment} -->`;
}

/** The report for a pull request's comment and a workflow's summary. */
export function renderReportMarkdown(report: Report, limit = LONGEST_COMMENT): string {
  return fitSections(
    [
      only(`${reportMarker(report.environment)}\n${headline(report)}\n\n${overview(report)}\n`),
      warnings(report),
      violations(report.verdict),
      nodeTable(report),
      diagram(report),
      ...popSections(report),
      laterWaves(report),
      resourceTable(report),
      findings(report),
      only(`\n${closing(report)}\n`),
    ],
    limit,
  );
}

function only(text: string): Section {
  return { weight: Infinity, variants: [text] };
}

function headline({ environment, status, summary }: Report): string {
  return `### ${code(environment)} ${outcomeOf(status)}: ${escapeMarkdown(summary)}`;
}

function overview(report: Report): string {
  const { waves } = report;
  const toGo =
    waves.list.length === 0 ? "none" : `${waves.list.length}, about ${roughly(waves.seconds)}`;
  return markdownTable(
    ["waves to go", "PoPs", "resources", "`routed verify`"],
    [
      [
        toGo,
        popsInShort(report),
        resourcesInShort(report),
        verdictInShort(report.verdict, ["✅", "❌"]),
      ],
    ],
  );
}

function warnings({ healthIgnored, coverage }: Report): Section {
  const lines = [
    ...(healthIgnored
      ? [
          "> [!WARNING]",
          "> The health gate is overridden: every node counts as available, and PoPs may lose their last task.",
        ]
      : []),
    ...(coverage.known
      ? []
      : [
          "> [!WARNING]",
          `> ECS could not be read, so no node counts as available: ${escapeMarkdown(coverage.reason)}`,
        ]),
  ];
  const text = lines.length === 0 ? "" : `\n${lines.join("\n")}\n`;
  return { weight: 90, variants: [text] };
}

const MOST_VIOLATIONS = 20;

function violations(verdict: Verdict | null): Section {
  if (verdict === null || verdict.proved) return only("");
  const lines = verdict.violations.map(
    (violation) => `- ${escapeMarkdown(renderViolation(violation))}`,
  );
  const told = (most: number): string => {
    const rest = lines.length - most;
    const more = rest > 0 ? [`- … and ${rest} more: ${code("routed verify")} tells them all`] : [];
    return `\n**Refused: don't apply this plan.**\n\n${[...lines.slice(0, most), ...more].join("\n")}\n`;
  };
  return { weight: 80, variants: [told(lines.length), told(MOST_VIOLATIONS), told(3), told(0)] };
}

const NODE_COLUMNS = [
  ...["node", "zone", "next deploy"],
  ...SPEC_COLUMNS.map(({ head }) => head),
  ...["now", "why"],
];

function nodeTable({ nodes }: Report): Section {
  const table = (groups: readonly NodeGroup[]): string =>
    `\n${markdownTable(NODE_COLUMNS, groups.map(nodeRow))}\n`;
  const grouped = nodeGroups(nodes, 0);
  const changing = grouped.filter(
    ({ first }) => first.action !== "keep" && first.action !== "leave",
  );
  const short =
    `${table(changing)}\n${countOf(nodes.length - membersOf(changing), "other node")} ` +
    `stay as they are.\n`;
  const counts = `\n${countOf(nodes.length, "node")}: ${code("routed plan")} shows them.\n`;
  return { weight: 60, variants: [table(nodeGroups(nodes)), table(grouped), short, counts] };
}

function membersOf(groups: readonly NodeGroup[]): number {
  return groups.reduce((sum, group) => sum + group.nodes.length, 0);
}

const ACTIONS = {
  keep: "keep",
  leave: "leave empty",
  create: "**+ create**",
  upgrade: "**↻ upgrade**",
  remove: "**× remove**",
  allocate: "**+ make its address**",
  fill: "**+ fill**",
  park: "**− park**",
} as const;

function nodeRow({ first, nodes }: NodeGroup): string[] {
  const { runs, becomes } = first;
  const cells = [...new Set(nodes.map(({ cell }) => cell).filter((cell) => cell !== null))];
  const zones = [...new Set(nodes.map(({ availabilityZone }) => availabilityZone))].sort();
  const action =
    first.pending === "nothing"
      ? ACTIONS[first.action]
      : `${ACTIONS[first.action]}, later ${first.pending}`;
  const columns = SPEC_COLUMNS.map(({ part }) => arrow(runs?.[part], becomes?.[part]));
  const others = [
    ...openChanges(first)
      .filter(({ part }) => SPEC_COLUMNS.every((column) => column.part !== part))
      .map(({ part, from, to }) => `${NODE_SPEC_PARTS[part].name} ${from} → ${to}`),
    ...hiddenChanges(first).map((name) => `${name} changes`),
  ];
  return [
    `${slotRanges(nodes.map(({ slot }) => slot))}${isSpareSlot(first.slot) ? " (spare)" : ""}`,
    [...zones, ...cells].map(escapeMarkdown).join(", "),
    action,
    ...columns.slice(0, -1),
    [...columns.slice(-1), ...others].join("<br>"),
    stateCell(first),
    escapeMarkdown(renderWhy(first)),
  ];
}

function arrow(from: string | undefined, to: string | undefined): string {
  if (from === undefined || to === undefined || from === to) return code(from ?? to ?? "none");
  return `${code(from)} → ${code(to)}`;
}

function stateCell({ instanceId, available, state, tasks }: NodeGroup["first"]): string {
  if (instanceId === null) return state.kind === "parked" ? "– parked" : "–";
  const counted = tasks === null ? "" : `, ${tasks.healthy}/${tasks.expected} tasks`;
  return `${available ? "✓" : "✗"} ${escapeMarkdown(renderCondition(state))}${available ? counted : ""}`;
}

function diagram(report: Report): Section {
  const text = waveDiagram(report);
  return { weight: 30, variants: [text === "" ? "" : `\n\`\`\`text\n${text}\n\`\`\`\n`, ""] };
}

const MOST_WAVES = 20;

function laterWaves({ waves }: Report): Section {
  if (waves.list.length === 0) return only("");
  const { list, held, converges, secondsPerWave } = waves;
  const lines = list.map(
    ({ number, summary, startSeconds }) =>
      `${number}. ${escapeMarkdown(summary)}${startSeconds === 0 ? "" : `, from about ${roughly(startSeconds)} on`}`,
  );
  const head =
    `${held ? "Once it is no longer held, " : ""}${countOf(list.length, "wave")} to come, ` +
    `about ${roughly(secondsPerWave)} each (${estimateSource(waves)})`;
  const end = converges ? "" : "\n\nThey don't end with the fleet as the config wants it.";
  const told = (most: number): string => {
    const rest = list.length - most;
    const more = rest > 0 ? `\n\n… and ${countOf(rest, "more wave")}.` : "";
    return `\n${details(head, `${lines.slice(0, most).join("\n")}${more}${end}`)}\n`;
  };
  return { weight: 20, variants: [told(list.length), told(MOST_WAVES), `\n${head}.${end}\n`] };
}

function resourceTable({ resources }: Report): Section {
  const changing = resources?.filter(changes) ?? [];
  if (changing.length === 0) return only("");
  const count = (n: number): string => (n === 0 ? "" : String(n));
  const row = (
    name: string,
    { create, update, replace, delete: destroy, forget }: ReturnType<typeof sumOfEffects>,
  ) => [name, ...[create, update, replace, destroy, forget].map(count)];
  const table = markdownTable(
    ["kind", "create", "change in place", "replace", "destroy", "forget"],
    [
      ...changing.map(({ type, effects }) => row(code(type), effects)),
      row("**all**", sumOfEffects(changing)),
    ],
    [1, 2, 3, 4, 5],
  );
  return { weight: 50, variants: [`\n${details("Resource changes by kind", table)}\n`, ""] };
}

const MOST_FINDINGS = 10;

function findings({ findings: found, verdict }: Report): Section {
  const notes = [...found, ...(verdict?.facts.drift ?? [])];
  if (notes.length === 0) return only("");
  const lines = notes.map((note) => `- ${escapeMarkdown(note)}`);
  const told = (most: number): string => {
    const rest = lines.length - most;
    const more = rest > 0 ? [`- … and ${rest} more`] : [];
    return `\n${details(countOf(notes.length, "note"), [...lines.slice(0, most), ...more].join("\n"))}\n`;
  };
  return { weight: 40, variants: [told(lines.length), told(MOST_FINDINGS), ""] };
}

function closing({ resources }: Report): string {
  const without =
    resources === null
      ? "Terraform's plan was not given, so resource changes and the verdict are missing. "
      : "";
  return `<sub>${without}Made by ${code("routed report")}; it changes nothing.</sub>`;
}
