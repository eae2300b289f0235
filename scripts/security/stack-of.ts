export type Resource = Readonly<Record<string, unknown>>;

/** A synthesized stack's resources, by type and name. */
export interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
}

export function all(stack: Stack, type: string): [string, Resource][] {
  return Object.entries(stack.resource[type] ?? {}).map(([name, each]) => [
    `${type}.${name}`,
    each,
  ]);
}

/** Addresses of the resources that don't hold. */
export function unless(
  stack: Stack,
  types: readonly string[],
  holds: (resource: Resource, address: string) => boolean,
): string[] {
  return types.flatMap((type) =>
    all(stack, type).flatMap(([address, each]) => (holds(each, address) ? [] : [address])),
  );
}

export interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

/** The statements of what a policy's text holds, `policy` or `assume_role_policy`. */
export function statementsOf(resource: Resource): readonly Statement[] {
  const text = resource["policy"] ?? resource["assume_role_policy"];
  return (JSON.parse(String(text)) as { readonly Statement: readonly Statement[] }).Statement;
}

/** Of a task definition. */
export function containersOf(definition: Resource): readonly Resource[] {
  return JSON.parse(String(definition["container_definitions"])) as Resource[];
}

/** Whether something in the stack refers to a resource. */
export function isReferredTo(stack: Stack, types: readonly string[], address: string): boolean {
  return types.some((type) =>
    all(stack, type).some(([, each]) => JSON.stringify(each).includes(`\${${address}.`)),
  );
}

/** Of a block, which is an object or a list of one. */
export function block(resource: Resource, name: string): Resource {
  const value = [resource[name]].flat()[0];
  return (value ?? {}) as Resource;
}
