#!/usr/bin/env node
"use strict";
/**
 * What `cdktf deploy` runs where not the product is measured: the product's synthesis, of which
 * BENCH_STACK says what is left.
 *
 * - `plain`: the AWS provider and the task definitions as they come, without what the product sets
 *   against rate limits
 * - `start`: the provider and one read, for what a deploy of nothing costs
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const LEFT = {
  plain(stack) {
    for (const provider of stack.provider.aws) delete provider.retry_mode;
    const definitions = stack.resource.aws_ecs_task_definition ?? {};
    for (const definition of Object.values(definitions)) delete definition.skip_destroy;
    return stack;
  },
  start({ "//": about, terraform, provider }) {
    return { "//": about, terraform, provider, data: { aws_caller_identity: { who: {} } } };
  },
};

const { status } = spawnSync(process.execPath, [path.join(__dirname, "../../bin/app.cjs")], {
  stdio: "inherit",
});
if (status === 0) {
  const stacks = path.join(process.env.CDKTF_OUTDIR || "cdktf.out", "stacks");
  for (const stack of fs.readdirSync(stacks)) {
    const file = path.join(stacks, stack, "cdk.tf.json");
    const left = LEFT[process.env.BENCH_STACK](JSON.parse(fs.readFileSync(file, "utf8")));
    fs.writeFileSync(file, JSON.stringify(left, undefined, 2));
  }
}
process.exitCode = status ?? 1;
