import { reportMarker } from "../../lib/report/render-markdown";
import type { GitHub } from "./github";

type Api = Pick<GitHub, "call" | "list" | "pullRequest">;

/** Writes the pull request's one comment about an environment, in place of an earlier one. */
export async function putComment(github: Api, environment: string, body: string): Promise<void> {
  if (github.pullRequest === undefined) throw new Error("there is no pull request to comment on");
  const marker = reportMarker(environment);
  if (!body.startsWith(marker))
    throw new Error(`a comment on ${environment} begins with ${marker}`);
  const comments = await github.list<{ id: number; body: string; user: { type: string } }>(
    `/issues/${github.pullRequest}/comments`,
  );
  // Only a workflow's own: anybody may write a marker into theirs.
  const earlier = comments.find(
    ({ body: text, user }) => user.type === "Bot" && text.startsWith(marker),
  );
  if (earlier) await github.call("PATCH", `/issues/comments/${earlier.id}`, { body });
  else await github.call("POST", `/issues/${github.pullRequest}/comments`, { body });
}

interface OpenIssue {
  readonly number: number;
  readonly title: string;
  readonly user: { readonly type: string };
  readonly pull_request?: object;
}

/** Opens an issue, or writes the open one of that title anew. */
export async function putIssue(github: Api, title: string, body: string): Promise<void> {
  const issues = await github.list<OpenIssue>("/issues?state=open");
  // Pull requests are listed too.
  const earlier = issues.find(
    (one) => one.title === title && one.user.type === "Bot" && one.pull_request === undefined,
  );
  if (earlier) await github.call("PATCH", `/issues/${earlier.number}`, { body });
  else await github.call("POST", "/issues", { title, body });
}
