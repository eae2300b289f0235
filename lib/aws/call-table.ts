/** What one of AWS's calls takes and gives, by the SDK's command. Every member may be missing. */
export type CallOf<Command> = Command extends {
  readonly input: infer Input;
  resolveMiddleware(...args: never[]): (args: never) => Promise<{ output: infer Output }>;
}
  ? { readonly input: Input; readonly output: Omit<Output, "$metadata"> }
  : never;

/** A table of calls, by name. */
export type CallTable<Table> = Readonly<Record<keyof Table, { input: object; output: object }>>;

/** The port to AWS: one request each, no pagination, no checks; rejects with what AWS or the way to it said. */
export type CallsOf<Table extends CallTable<Table>> = {
  readonly [Name in keyof Table]: (input: Table[Name]["input"]) => Promise<Table[Name]["output"]>;
};

/** Makes the calls to one region, with the credentials of the standard chain. */
export type Connect<Table extends CallTable<Table>> = (region: string) => Promise<CallsOf<Table>>;

/** What AWS's services call the next page's token: where they ask for it, and where they give it. */
const TOKENS = [
  { asked: "NextToken", given: "NextToken" },
  { asked: "nextToken", given: "nextToken" },
  { asked: "ContinuationToken", given: "NextContinuationToken" },
] as const;

/**
 * All pages of one call, in AWS's order.
 *
 * @param endless what is wrong where a token comes twice, by its field
 */
export async function allPages<Input extends object, Page extends object>(
  send: (input: Input) => Promise<Page>,
  input: Input,
  endless: (field: string) => Error,
): Promise<Page[]> {
  const pages: Page[] = [];
  const seen = new Set<string>();
  for (let next = input; ;) {
    const page = await send(next);
    pages.push(page);
    const fields = page as Readonly<Record<string, unknown>>;
    const field = TOKENS.find(({ given }) => fields[given]);
    if (field === undefined) return pages;
    const token = String(fields[field.given]);
    if (seen.has(token)) throw endless(field.given);
    seen.add(token);
    next = { ...input, [field.asked]: token };
  }
}
