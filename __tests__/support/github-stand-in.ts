import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}

interface Issue {
  readonly number: number;
  readonly title: string;
  body: string;
  readonly user: { readonly type: string };
}

type Permissions = Readonly<Record<string, string>>;

const BOT = { type: "Bot" };

/**
 * GitHub's REST API on this machine, as far as workflows use it: the comments of pull requests and
 * the issues of one repository. A token may do what its job's permissions say.
 */
export class GitHubStandIn {
  readonly comments: Comment[] = [];
  readonly issues: Issue[] = [];
  private server: Server | undefined;

  constructor(private readonly repository: string) {}

  /** @returns what GITHUB_API_URL must be */
  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const [status, answer] = this.answer(request, body);
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** The token of a job with these permissions. */
  static token(permissions: Permissions): string {
    return Buffer.from(JSON.stringify(permissions)).toString("base64url");
  }

  private answer(request: IncomingMessage, body: string): [status: number, answer: unknown] {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://github");
    const path = pathname.replace(`/repos/${this.repository}`, "");
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const granted = JSON.parse(Buffer.from(token, "base64url").toString() || "{}") as Permissions;
    const isPullRequest = path.includes("/comments");
    if (!granted[isPullRequest ? "pull-requests" : "issues"]) return [403, {}];
    const given = JSON.parse(body || "{}") as { title?: string; body?: string };
    const text = given.body ?? "";
    const page = <T>(items: readonly T[]): readonly T[] => {
      const size = Number(searchParams.get("per_page"));
      return items.slice((Number(searchParams.get("page")) - 1) * size).slice(0, size);
    };
    switch (`${request.method ?? ""} ${path.replace(/\d+/, "N")}`) {
      case "GET /issues/N/comments":
        return [200, page(this.comments)];
      case "POST /issues/N/comments":
        this.comments.push({ id: this.comments.length + 1, body: text, user: BOT });
        return [201, {}];
      case "PATCH /issues/comments/N":
        return patch(this.comments[numberIn(path) - 1], text);
      case "GET /issues":
        return [200, page(this.issues)];
      case "POST /issues":
        this.issues.push({
          number: this.issues.length + 1,
          title: given.title ?? "",
          body: text,
          user: BOT,
        });
        return [201, {}];
      case "PATCH /issues/N":
        return patch(this.issues[numberIn(path) - 1], text);
      default:
        return [404, {}];
    }
  }
}

function patch(item: Comment | Issue | undefined, body: string): [number, unknown] {
  if (!item) return [404, {}];
  item.body = body;
  return [200, {}];
}

function numberIn(path: string): number {
  return Number(/\d+/.exec(path)?.[0]);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}
