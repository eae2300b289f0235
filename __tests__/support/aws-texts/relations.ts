import table from "../../../sandbox/aws/texts/rules.json";

type Value = string | number | boolean;

/** A row of rules.json's `relations`; its `about` says what each key means. */
export interface Relation {
  readonly actions: readonly string[];
  readonly members: readonly string[];
  readonly where?: Conditions;
  readonly unless?: Conditions;
  readonly each?: string;
  readonly whereEach?: Conditions;
  readonly absent?: boolean;
  readonly oneOf?: readonly Value[];
  readonly multipleOf?: number;
  readonly exceptFor?: readonly Value[];
  readonly min?: number;
  readonly max?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly distinct?: boolean;
  readonly sameAs?: string;
  readonly lessThan?: string;
  readonly noMoreThan?: string;
  readonly says: string;
  readonly source: string;
}

type Conditions = Readonly<Record<string, readonly Value[] | null>>;

/** A call that Terraform makes of a resource: the members that rows are of. */
export interface Request {
  /** As `ecs:CreateService`. */
  readonly action: string;
  readonly input: object;
}

export const RELATIONS = table.relations as unknown as readonly Relation[];

/** Why AWS refuses a call, each with its source; none where it takes it. */
export function relationRefusals({ action, input }: Request): string[] {
  const [service] = action.split(":");
  return RELATIONS.filter(
    ({ actions }) => actions.includes(action) || actions.includes(`${service}:*`),
  ).flatMap((row) => {
    if (!meets(input, row.where)) return [];
    const exceptions = Object.entries(row.unless ?? {});
    if (exceptions.some(([member, allowed]) => meets(input, { [member]: allowed }))) return [];
    const targets = row.each === undefined ? [input] : select(input, row.each);
    return targets
      .filter((target) => meets(target, row.whereEach))
      .flatMap((target) => row.members.filter((member) => breaks(row, target, member)))
      .map((member) => `${action} ${row.each ?? ""} ${member}: ${row.says} (${row.source})`);
  });
}

function breaks(row: Relation, target: unknown, member: string): boolean {
  const found = select(target, member);
  const other = (path: string | undefined): unknown =>
    path === undefined ? undefined : select(target, path)[0];
  const [same, above, most] = [row.sameAs, row.lessThan, row.noMoreThan].map(other);
  const { minItems = 0, maxItems = Infinity, min = -Infinity, max = Infinity } = row;
  return (
    found.length < minItems ||
    found.length > maxItems ||
    (row.distinct === true && new Set(found).size < found.length) ||
    found.some(
      (value) =>
        row.absent === true ||
        (row.oneOf !== undefined && !row.oneOf.includes(value as Value)) ||
        (row.multipleOf !== undefined &&
          Number(value) % row.multipleOf !== 0 &&
          row.exceptFor?.includes(value as Value) !== true) ||
        Number(value) < min ||
        Number(value) > max ||
        (same !== undefined && value !== same) ||
        (above !== undefined && Number(value) >= Number(above)) ||
        (most !== undefined && Number(value) > Number(most)),
    )
  );
}

function meets(target: unknown, conditions: Conditions = {}): boolean {
  return Object.entries(conditions).every(([member, allowed]) =>
    select(target, member).some((value) => allowed?.includes(value as Value) ?? true),
  );
}

/** What lies at a path such as `a[].b`; nothing where a member isn't there. */
function select(value: unknown, path: string): unknown[] {
  const [head = "", ...rest] = path.split(".");
  const list = head.endsWith("[]");
  const found = (value as Readonly<Record<string, unknown>> | null)?.[head.replace("[]", "")];
  if (found === undefined || found === null) return [];
  const items = !list ? [found] : Array.isArray(found) ? (found as unknown[]) : [];
  return rest.length === 0 ? items : items.flatMap((item) => select(item, rest.join(".")));
}
