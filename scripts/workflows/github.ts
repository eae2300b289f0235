import { readFileSync } from "node:fs";

/** The part of GitHub's REST API that the workflows use. */
export class GitHub {
  private constructor(
    private readonly api: string,
    private readonly repository: string,
    private readonly token: string,
    /** The number of the pull request that the run is for; undefined where it is for none. */
    readonly pullRequest: number | undefined,
  ) {}

  /** From the variables that GitHub sets, and GITHUB_TOKEN. */
  static of(variables: NodeJS.ProcessEnv): GitHub {
    const required = (name: string): string => {
      const value = variables[name];
      if (!value) throw new Error(`${name} must be set, as GitHub's runners do`);
      return value;
    };
    const event = JSON.parse(readFileSync(required("GITHUB_EVENT_PATH"), "utf8")) as {
      readonly pull_request?: { readonly number: number };
    };
    return new GitHub(
      required("GITHUB_API_URL"),
      required("GITHUB_REPOSITORY"),
      required("GITHUB_TOKEN"),
      event.pull_request?.number,
    );
  }

  /** `path` within the repository, e.g. `/issues/1/comments`. */
  async call<T>(method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.api}/repos/${this.repository}${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${this.token}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    return (await response.json()) as T;
  }

  /** All pages of a list. */
  async list<T>(path: string): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const separator = path.includes("?") ? "&" : "?";
      const items = await this.call<T[]>("GET", `${path}${separator}per_page=100&page=${page}`);
      all.push(...items);
      if (items.length < 100) return all;
    }
  }
}
