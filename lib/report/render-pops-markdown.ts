import { renderImages } from "../plan/render/render-images";
import type { ImagePlan } from "../plan/image-plan";
import { renderPopsTouched } from "../plan/render/render-plan";
import type { PopsTouched } from "../plan/upgrade-plan";
import type { Section } from "./fit-sections";
import { code, details, escapeMarkdown } from "./markdown-text";
import type { Report } from "./report-model";
import { countOf } from "../words";

const MOST_GROUPS = 8;

/** What becomes of PoPs: in sentences, with all their names folded below where they fit. */
export function popSections({ popsTouched, pops, images }: Report): Section[] {
  return [
    imagesSection(images),
    touchedSection(popsTouched),
    namesSection("new PoP", pops.added),
    namesSection("removed PoP", pops.removed),
    namesSection(
      "PoP gets new tasks, one at a time",
      pops.redeployed,
      "PoPs get new tasks, one at a time",
    ),
    namesSection("PoP changes", pops.changed, "PoPs change"),
  ];
}

function imagesSection(images: ImagePlan | undefined): Section {
  const [head, ...lines] = renderImages(images).map((line) => escapeMarkdown(line.trim()));
  if (head === undefined) return { weight: Infinity, variants: [""] };
  const list = lines.map((line) => `\n- ${line}`).join("");
  return { weight: 25, variants: [`\n${head}\n${list}\n`, `\n${head}\n`] };
}

function touchedSection(groups: readonly PopsTouched[]): Section {
  if (groups.length === 0) return { weight: Infinity, variants: [""] };
  const sentences = groups.map((group) => `- ${escapeMarkdown(renderPopsTouched(group))}`);
  const names = groups.map((group) => namesOf(group.pops)).join("\n\n");
  const told = (most: number): string => {
    const rest = groups.length - most;
    const more = rest > 0 ? [`- … and ${countOf(rest, "more group")}`] : [];
    return `\n${[...sentences.slice(0, most), ...more].join("\n")}\n`;
  };
  const all = groups.reduce((sum, { pops }) => sum + pops.length, 0);
  // The sentences name three of a group at most.
  const folded = groups.some(({ pops }) => pops.length > 3)
    ? `\n${details(`${countOf(all, "PoP")} touched`, names)}\n`
    : "";
  return {
    weight: 15,
    variants: [
      told(MOST_GROUPS) + folded,
      told(MOST_GROUPS),
      `\n${countOf(all, "PoP")} touched.\n`,
    ],
  };
}

function namesSection(one: string, names: readonly string[], many = `${one}s`): Section {
  if (names.length === 0) return { weight: Infinity, variants: [""] };
  const title = `${names.length} ${names.length === 1 ? one : many}`;
  const variants =
    names.length <= 6
      ? [`\n${title}: ${namesOf(names)}\n`]
      : [`\n${details(title, namesOf(names))}\n`];
  return { weight: 10, variants: [...variants, `\n${title}\n`] };
}

function namesOf(names: readonly string[]): string {
  return names.map(code).join(" ");
}
