/**
 * What `cdktf deploy` runs where not the product is measured: what main.ts does for one environment,
 * with another stack at the end, which BENCH_STACK names.
 *
 * - `plain`: the plain one of make-plain.ts
 * - `start`: the provider and one read, for what a deploy of nothing costs
 */
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { loadEnvironments } from "../../lib/config/load";
import { readSettings } from "../../lib/config/settings";
import { messageOf, RoutedError } from "../../lib/errors";
import { observeAndPlan } from "../../lib/synthesis/observe-and-plan";
import { createObservationReader } from "../../lib/observe/create-observation-reader";
import { EnvironmentStack } from "../../lib/stack/environment-stack";
import { disableStackTraces } from "../../lib/stack/stack-traces";
import { makePlain } from "../benchmarks/make-plain";

async function main(): Promise<void> {
  const { configDirectory, destroy, outputDirectory } = readSettings(process.env);
  const { planned, refused } = await observeAndPlan(
    loadEnvironments({ directory: configDirectory }),
    createObservationReader({}),
  );
  const [only] = planned;
  if (only === undefined) throw refused[0]?.error ?? new RoutedError("invalid-config", "no config");
  const { environment, plan } = only;
  disableStackTraces();
  const app = new App({ outdir: outputDirectory, stackTraces: false });
  if (process.env["BENCH_STACK"] === "plain") {
    const destroying = destroy === environment.name;
    makePlain(new EnvironmentStack(app, environment, plan, { destroying }), environment);
  } else {
    const stack = new TerraformStack(app, environment.name);
    new AwsProvider(stack, "aws", { region: environment.aws.region });
    new DataAwsCallerIdentity(stack, "who", {});
  }
  app.synth();
}

main().catch((error: unknown) => {
  console.error(`bench-deploy: ${messageOf(error)}`);
  process.exitCode = 1;
});
