import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalAwsAddress } from "../../sandbox/local-aws";
import type { Workspace } from "../../sandbox/workspace";

/*
 * An environment that is built once for all test files of a run, by jest's own process, when the
 * first of them asks for it.
 */

/** Names the folder by which jest's process and its workers tell each other. */
const FOLDER = "ROUTED_E2E_BUILT_ONCE";
const ANSWER = "answer.json";
const BUILD_TIMEOUT_MS = 8 * 60_000;
const POLL_MS = 250;

export interface Built {
  readonly aws: LocalAwsAddress;
  readonly workspace: Workspace;
}

type Answer = Built | { readonly error: string };

/** In jest's own process: builds once somebody asks. The result ends the offer. */
export function offerBuilt(build: () => Promise<Built>): () => void {
  const folder = mkdtempSync(join(tmpdir(), "routed-built-once-"));
  process.env[FOLDER] = folder;
  const poll = setInterval(() => {
    if (!existsSync(join(folder, "wanted"))) return;
    clearInterval(poll);
    const answer = (content: Answer): void => {
      // The run may have ended meanwhile.
      if (!existsSync(folder)) return;
      const unfinished = join(folder, "unfinished");
      writeFileSync(unfinished, JSON.stringify(content));
      renameSync(unfinished, join(folder, ANSWER));
    };
    build().then(answer, (error: unknown) => answer({ error: String(error) }));
  }, POLL_MS);
  poll.unref();
  return () => {
    clearInterval(poll);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** In a test: asks for it, and waits until it is built. */
export async function waitForBuilt(): Promise<Built> {
  const folder = process.env[FOLDER];
  if (folder === undefined) throw new Error(`${FOLDER} is not set: jest's globalSetup did not run`);
  writeFileSync(join(folder, "wanted"), "");
  for (const end = Date.now() + BUILD_TIMEOUT_MS; Date.now() < end; await sleep(POLL_MS)) {
    if (!existsSync(join(folder, ANSWER))) continue;
    const answer = JSON.parse(readFileSync(join(folder, ANSWER), "utf8")) as Answer;
    if ("error" in answer) throw new Error(`the environment was not built: ${answer.error}`);
    return answer;
  }
  throw new Error("the environment was not built in time");
}
