/** What the workflows' steps run: `node bin/run.cjs scripts/workflows/main.ts <command> …`. */
import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { readConfigFolder } from "../../lib/config/file/config-folder";
import { loadEnvironments } from "../../lib/config/load";
import { messageOf } from "../../lib/errors";
import { changedEnvironments, reusedSiteIds } from "./changed-environments";
import { deliveries } from "./deliveries";
import { GitHub } from "./github";
import { putComment, putIssue } from "./messages";
import { waitUntilAvailable } from "./wait-until-available";

const DIRECTORY = "config";

async function run(command: string, args: readonly string[]): Promise<number> {
  const [first = "", second = ""] = args;
  switch (command) {
    // environments: what is delivered, by stage
    case "environments": {
      const { all, ...stages } = deliveries(loadEnvironments({ directory: DIRECTORY }));
      output({ all, ...stages });
      return 0;
    }
    // changed <base commit> <folder with the base's config>: what a pull request changes
    case "changed": {
      const files = git("diff", "--name-only", `${first}...HEAD`).split("\n").filter(Boolean);
      const { files: configs } = readConfigFolder(DIRECTORY);
      const reused = reusedSiteIds(second, configs);
      for (const message of reused) process.stderr.write(`${message}\n`);
      const changed = changedEnvironments(files, configs);
      const { all } = deliveries(loadEnvironments({ directory: DIRECTORY }));
      output({ changed: all.filter(({ environment }) => changed.includes(environment)) });
      return reused.length === 0 ? 0 : 1;
    }
    // comment <environment> <file>: the pull request's one comment about the environment
    case "comment":
      await putComment(GitHub.of(process.env), first, readFileSync(second, "utf8"));
      return 0;
    // issue <title> <file>: the one open issue of that title
    case "issue":
      await putIssue(GitHub.of(process.env), first, readFileSync(second, "utf8"));
      return 0;
    // wait-until-available <environment>: after a deploy
    case "wait-until-available":
      return waitUntilAvailable(first);
    default:
      throw new Error(`no such command: "${command}"`);
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8" });
}

/** Sets the step's outputs, as JSON. */
function output(values: Readonly<Record<string, unknown>>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  process.stdout.write(lines.join(""));
  const file = process.env["GITHUB_OUTPUT"];
  if (file) appendFileSync(file, lines.join(""));
}

const [command = "", ...args] = process.argv.slice(2);
run(command, args).then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  },
);
