#!/usr/bin/env node
"use strict";
/**
 * What `cdktf deploy` and `cdktf synth` run. The cdktf command never deletes an earlier synthesis
 * and deploys whatever manifest it finds, so this does what main.ts can't do for itself, since main.ts
 * may not even compile: it discards the earlier synthesis before anything else, has what was written
 * checked, discards that too where the check or anything else fails, and turns a run that ends well
 * without having written anything into a failure.
 */
const fs = require("node:fs");
const path = require("node:path");

const outputDirectory = process.env.CDKTF_OUTDIR || "cdktf.out";
const manifest = path.join(outputDirectory, "manifest.json");

/** Keeps what Terraform itself put there (its lock file, its provider links). */
function discardSynthesis() {
  fs.rmSync(manifest, { force: true });
  fs.rmSync(path.join(outputDirectory, "plans"), { recursive: true, force: true });
  const stacks = path.join(outputDirectory, "stacks");
  if (!fs.existsSync(stacks)) return;
  for (const stack of fs.readdirSync(stacks)) {
    fs.rmSync(path.join(stacks, stack, "cdk.tf.json"), { force: true });
    fs.rmSync(path.join(stacks, stack, "plan"), { force: true });
  }
}

function fail(error) {
  const debug = process.env.ROUTED_DEBUG === "1";
  const text = error instanceof Error ? (debug ? error.stack : error.message) : String(error);
  process.stderr.write(`${text}\n`);
  // As lib/errors says it; main.ts may not even compile.
  if (error?.name === "RoutedError") {
    process.stderr.write(`see docs/runbooks/error-${error.code}.md\n`);
  }
  process.exitCode = 1;
}

process.on("exit", (status) => {
  if (status === 0 && !fs.existsSync(manifest)) {
    process.stderr.write("nothing was synthesized, so nothing may be deployed\n");
    process.exitCode = 1;
  }
});
process.on("uncaughtException", (error) => {
  fail(error);
  process.exit(1);
});

discardSynthesis();
const { runTypeScript } = require("./run.cjs");
const { main, check } = runTypeScript("main.ts");
main()
  .then(check)
  .catch((error) => {
    discardSynthesis();
    fail(error);
  });
