import { createServer } from "node:net";
import { RoutedError } from "../../lib/errors";
import { localAwsEnvironment, startLocalAws, type LocalAws } from "../local-aws";
import { forgetRunningSandbox, recordRunningSandbox } from "../running-sandbox";
import { requireToolchain, type Toolchain } from "../toolchain";
import { loadSandboxEnvironment, SANDBOX_ENVIRONMENT } from "./sandbox-environment";

/** The port that people know from other local AWSs. */
const DEFAULT_PORT = 4566;

/** Starts a local AWS, says how to use it, and keeps it until Ctrl-C. */
export async function serve(options: {
  readonly port?: number;
  readonly rebuild?: number;
  readonly rates?: boolean;
}): Promise<void> {
  const { region } = loadSandboxEnvironment().aws;
  const toolchain = await requireToolchain();
  const port = await choosePort(options.port);
  const aws = await startLocalAws({ toolchain, region, port });
  await aws.configureAgent({ rebuildSeconds: options.rebuild });
  await aws.configureRates({ enabled: options.rates ?? false });
  recordRunningSandbox(aws);
  console.log(renderUsage(aws, toolchain.environment));
  await untilInterrupted();
  forgetRunningSandbox();
  await aws.stop();
  console.log("\nThe local AWS is gone, and all that it held.");
}

/** What to type in another shell. */
export function renderUsage(
  aws: Pick<LocalAws, "endpoint" | "region" | "logFile">,
  toolchain: Toolchain["environment"],
): string {
  const variables = { ...toolchain, ...localAwsEnvironment(aws.endpoint, aws.region) };
  const set = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [`  export ${name}=${quote(value)}`],
  );
  return [
    `A local AWS is running at ${aws.endpoint}. It starts empty and forgets all when it ends.`,
    "",
    "In another shell, in this folder, lead everything to it:",
    "",
    "  unset AWS_PROFILE AWS_SESSION_TOKEN",
    ...set,
    "",
    "Then:",
    "",
    `  npx routed plan ${SANDBOX_ENVIRONMENT}                  what the next deploy does to each node`,
    `  npx cdktf deploy ${SANDBOX_ENVIRONMENT}                 builds the environment; again: nothing changes`,
    "  npm run sandbox -- release-image         AWS publishes a newer AMI; deploy again: one node is upgraded",
    "  npm run sandbox -- stop-instance 1       the node in slot 1 fails",
    `  ROUTED_DESTROY=${SANDBOX_ENVIRONMENT} npx cdktf destroy ${SANDBOX_ENVIRONMENT}`,
    "",
    `Log: ${aws.logFile}. State of a sandbox that has ended: rm terraform.${SANDBOX_ENVIRONMENT}.tfstate*`,
    "Ctrl-C ends it.",
  ].join("\n");
}

function quote(value: string): string {
  return /^[\w./:=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return (await isFree(DEFAULT_PORT)) ? DEFAULT_PORT : 0;
  if (wanted === 0 || (await isFree(wanted))) return wanted;
  const advice = "give another one, or 0 for any";
  throw new RoutedError("invalid-argument", `--port: ${wanted} is in use; ${advice}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    // A pending promise alone doesn't keep node running.
    const alive = setInterval(() => undefined, 1 << 30);
    const end = (): void => {
      clearInterval(alive);
      resolve();
    };
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
  });
}
