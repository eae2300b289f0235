import { App } from "cdktf";
import { isDelivered } from "./lib/config/delivery";
import { loadEnvironments } from "./lib/config/load";
import { readSettings } from "./lib/config/settings";
import { RoutedError } from "./lib/errors";
import { BootstrapStack } from "./lib/stack/bootstrap-stack";

/** Synthesizes `bootstrap-<account>` for each AWS account that workflows deliver to. */
export function main(): void {
  const { configDirectory, outputDirectory } = readSettings(process.env);
  const repository = process.env["GITHUB_REPOSITORY"] ?? "";
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new RoutedError(
      "invalid-argument",
      `GITHUB_REPOSITORY must be the repository whose workflows deliver, like owner/name, got "${repository}"`,
    );
  }
  const environments = loadEnvironments({ directory: configDirectory }).filter(isDelivered);
  const unbounded = environments.find(({ aws }) => !aws.permissionsBoundary);
  if (unbounded !== undefined) {
    throw new RoutedError(
      "invalid-config",
      `config/${unbounded.name}.json: aws.permissionsBoundary must be true where workflows deliver, got false; ` +
        "set it: the deploying role makes no roles without their boundary, which this makes",
    );
  }
  const app = new App({ outdir: outputDirectory, stackTraces: false });
  for (const accountId of new Set(environments.map(({ aws }) => aws.accountId))) {
    const own = environments.filter(({ aws }) => aws.accountId === accountId);
    new BootstrapStack(app, { environments: own, accountId, repository });
  }
  app.synth();
}
