/** A permission, or a refusal, of a policy; actions and resources are rendered sorted. */
export interface PolicyStatement {
  readonly sid: string;
  readonly effect?: "Allow" | "Deny";
  /** Only in resource policies and trust policies. */
  readonly principal?: Readonly<Record<string, string>> | "*";
  readonly actions: readonly string[];
  /** Left out in trust policies. */
  readonly resources?: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

/** A policy document as JSON, in one order of keys, so that equal policies are equal bytes. */
export function policyDocument(...statements: readonly PolicyStatement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Sid: statement.sid,
      Effect: statement.effect ?? "Allow",
      Principal: statement.principal,
      Action: [...statement.actions].sort(),
      Resource: statement.resources,
      Condition: statement.condition,
    })),
  });
}

/** Lets an AWS service take a role. */
export function trustPolicy(service: string, condition?: PolicyStatement["condition"]): string {
  return policyDocument({
    sid: "Trust",
    principal: { Service: service },
    actions: ["sts:AssumeRole"],
    condition,
  });
}
