import { runCli } from "../../lib/cli/run-cli";
import { withoutRunbook } from "./without-runbook";

export interface Ran {
  readonly status: number;
  readonly out: string;
  /** Without the lines that lead to runbooks. */
  readonly err: string;
}

/** Runs `routed <args>` in this process. */
export async function runRouted(
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const status = await runCli(args, {
    variables,
    width: 120,
    print: (text) => void (out += text),
    printError: (text) => void (err += withoutRunbook(text)),
  });
  return { status, out, err };
}
