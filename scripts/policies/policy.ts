export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** An IAM policy document. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export function policyOf(statements: readonly Statement[]): Policy {
  return { Version: "2012-10-17", Statement: statements };
}

/** What actions of a kind are limited to. The first scope that an action fits is its own. */
export interface Scope extends Omit<Statement, "Effect" | "Action"> {
  readonly fits: RegExp;
}

/**
 * The statements that allow actions within their scopes.
 * @throws Error where an action has no scope, or a scope no action
 */
export function statementsOf(scopes: readonly Scope[], actions: readonly string[]): Statement[] {
  const scoped = new Map<Scope, string[]>();
  for (const action of actions) {
    const scope = scopes.find(({ fits }) => fits.test(action));
    if (scope === undefined) throw new Error(`no scope for ${action}; add one`);
    scoped.set(scope, [...(scoped.get(scope) ?? []), action]);
  }
  return scopes.map(({ fits: _, ...scope }): Statement => {
    const actionsOfScope = [...scoped].find(([{ Sid }]) => Sid === scope.Sid)?.[1];
    if (actionsOfScope === undefined)
      throw new Error(`no action is in scope ${scope.Sid}; remove it`);
    const { Sid, Resource, Condition } = scope;
    return {
      Sid,
      Effect: "Allow",
      Action: actionsOfScope,
      Resource,
      ...(Condition && { Condition }),
    };
  });
}
