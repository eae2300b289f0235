import type { Rule, Subject } from "./rule";

export const backendRules: readonly Rule[] = [{ reads: [["backend"]], check: workspaceIsKnown }];

/** Terraform Cloud finds a workspace by its name or by its tags. */
function workspaceIsKnown({ environment, report }: Subject): void {
  const { backend } = environment;
  if (backend.type !== "cloud") return;
  const { workspace, tags } = backend;
  if ((workspace === undefined) !== (tags === undefined)) return;
  const got = workspace === undefined ? "neither; add workspace" : "both; remove one of them";
  report(["backend"], `must have either workspace or tags, got ${got}`);
}
