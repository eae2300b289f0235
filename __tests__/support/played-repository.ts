import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { GitHubStandIn } from "./github-stand-in";
import { playWorkflow } from "./workflow";
import type { Action, PlayedJob, Runner } from "./workflow";
import type { Value } from "./workflow-expression";

export const REPOSITORY = "example/infra";

/** What workflows run, besides the config. */
const PROGRAMS = [
  ...["bin", "lib", "scripts", "iam"],
  ...["main.ts", "bootstrap.ts", "cdktf.json", "package.json"],
];
/** The packages are there: whoever runs this has installed them. */
const NOT_IN_IT = "node_modules\ncdktf.out\n";

/** A repository with this project's programs, and its origin; workflows are played on its commits. */
export class PlayedRepository {
  private readonly root = mkdtempSync(join(tmpdir(), "routed-repository-"));
  /** Where a developer works. */
  readonly directory = join(this.root, "infra");
  /** A bare repository, as GitHub keeps it. */
  readonly origin = join(this.root, "infra.git");

  /** @param files beside the programs: path → the path of what is copied, or content */
  constructor(files: Readonly<Record<string, { readonly from: string } | string>>) {
    mkdirSync(this.directory);
    for (const name of PROGRAMS) cpSync(name, join(this.directory, name), { recursive: true });
    this.write(".gitignore", NOT_IN_IT);
    for (const [path, file] of Object.entries(files)) {
      if (typeof file === "string") this.write(path, file);
      else cpSync(file.from, join(this.directory, path), { recursive: true });
    }
    linkPackages(this.directory);
    this.git("init", "--quiet", "--bare", "--initial-branch", "main", this.origin);
    this.git("--git-dir", this.origin, "config", "uploadpack.allowAnySHA1InWant", "true");
    this.git("init", "--quiet", "--initial-branch", "main");
    this.git("remote", "add", "origin", `file://${this.origin}`);
    this.commit("main");
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  git(...args: string[]): string {
    return gitIn(this.directory, args);
  }

  /** Commits all and pushes it. @returns the commit */
  commit(branch: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", `work on ${branch}`);
    this.git("push", "--quiet", "--force", "origin", `HEAD:${branch}`);
    return this.head();
  }

  write(path: string, text: string): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  edit(path: string, from: string, to: string): void {
    const text = readFileSync(join(this.directory, path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    this.write(path, text.replace(from, to));
  }

  /** Plays a workflow on what is committed. */
  play(
    file: string,
    runner: Partial<Runner>,
    event: Readonly<Record<string, Value>> = PUSH,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<Readonly<Record<string, PlayedJob>>> {
    return playWorkflow(file, {
      runner: {
        token: (permissions) => GitHubStandIn.token(permissions),
        ...runner,
        actions: { ...this.actions(), ...runner.actions },
        variables: {
          PATH: process.env["PATH"],
          CHECKPOINT_DISABLE: "1",
          CI: "true",
          GITHUB_REPOSITORY: REPOSITORY,
          GITHUB_SERVER_URL: "https://github.com",
          ...runner.variables,
        },
      },
      github: { repository: REPOSITORY, sha: this.head(), event: {}, ...event },
      inputs,
      secrets: { TF_API_TOKEN: "" },
    });
  }

  /**
   * Plays the workflow of a pull request that makes a change, and takes the change back.
   *
   * @param head the repository that the pull request comes from
   */
  async playPullRequest(
    change: () => void,
    runner: Partial<Runner> = {},
    head = REPOSITORY,
  ): Promise<Readonly<Record<string, PlayedJob>>> {
    const base = this.head();
    change();
    const sha = this.commit(`change-${(this.changes += 1)}`);
    this.git("reset", "--quiet", "--hard", base);
    return this.play(
      "pull-request.yml",
      { ...runner, actions: { ...NO_CI, ...runner.actions } },
      {
        event_name: "pull_request",
        ref: "refs/pull/7/merge",
        sha,
        event: {
          pull_request: { number: 7, base: { sha: base }, head: { repo: { full_name: head } } },
        },
      },
    );
  }
  private changes = 0;

  private head(): string {
    return this.git("rev-parse", "HEAD");
  }

  private actions(): Record<string, Action> {
    return {
      "actions/checkout": (inputs, { directory, github, permissions }) => {
        const git = (...args: string[]): string => gitIn(directory, args);
        git("init", "--quiet");
        git("remote", "add", "origin", `file://${this.origin}`);
        const sha = github["sha"] as string;
        if (inputs["fetch-depth"] === "0") {
          git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
        } else git("fetch", "--quiet", "--depth", "1", "origin", sha);
        git("checkout", "--quiet", "--detach", sha);
        const mayPush =
          inputs["persist-credentials"] !== "false" && permissions["contents"] === "write";
        if (!mayPush) git("remote", "set-url", "--push", "origin", "https://refused.invalid");
        return sha;
      },
      "actions/setup-node": () => "",
      install: (_, { directory }) => {
        linkPackages(directory);
        return "";
      },
    };
  }
}

const PUSH = { event_name: "push", ref: "refs/heads/main" };

/** The job `ci` is this project's own CI, which these tests are a part of. */
const NO_CI: Record<string, Action> = {
  "bash .ci/run": () => "",
  "actions/setup-python": () => "",
  "hashicorp/setup-terraform": () => "",
  "pip install -r sandbox/aws/requirements.txt": () => "",
};

function linkPackages(directory: string): void {
  symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
}

function gitIn(cwd: string, args: readonly string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8" }).trim();
}
