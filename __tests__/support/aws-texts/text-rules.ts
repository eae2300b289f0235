import models from "../../../sandbox/aws/texts/models.json";
import table from "../../../sandbox/aws/texts/rules.json";

interface Constraints {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** What its length leaves out. */
  readonly ignoring?: "whitespace";
}

interface Rule extends Constraints {
  readonly source: string;
}

export const RULES = table.rules as Readonly<Record<string, Rule>>;
export const MEMBERS: Readonly<Record<string, string | null>> = table.members;
export const MODELS: Readonly<Record<string, Constraints>> = models.members;

/** Why AWS refuses a text for a member of its API, each with its source; none where it takes it. */
export function refusals(member: string, text: string): string[] {
  const rule = MEMBERS[member];
  const model = MODELS[member];
  if (rule === undefined || model === undefined) {
    return [`${member} is no member that sandbox/aws/texts/ has a row for`];
  }
  const prose = rule === null ? undefined : RULES[rule];
  if (rule !== null && prose === undefined) return [`${member} has the unknown rule ${rule}`];
  return [
    ...breaches(text, model).map((breach) => `${member} ${breach} (AWS's API model)`),
    ...(prose === undefined
      ? []
      : breaches(text, prose).map((breach) => `${member} ${breach} (${prose.source})`)),
  ];
}

function breaches(text: string, constraints: Constraints) {
  const { min = 0, max = Infinity, pattern = "[^]*", ignoring } = constraints;
  const length = [...(ignoring === undefined ? text : text.replace(/\s/g, ""))].length;
  return [
    ...(length < min ? [`has at least ${min} characters, got ${length}`] : []),
    ...(length > max ? [`has at most ${max} characters, got ${length}`] : []),
    ...(new RegExp(`^(?:${pattern})$`, "u").test(text)
      ? []
      : [`is ${pattern}, got ${JSON.stringify(text.slice(0, 100))}`]),
  ];
}
