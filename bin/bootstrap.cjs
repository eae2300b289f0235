#!/usr/bin/env node
"use strict";
/** The app of the bootstrap stacks: `cdktf deploy --app "node bin/bootstrap.cjs" bootstrap-<account>`. */
const fs = require("node:fs");
const path = require("node:path");

// As in app.cjs: cdktf would deploy an earlier synthesis where this one fails.
fs.rmSync(path.join(process.env.CDKTF_OUTDIR || "cdktf.out", "manifest.json"), { force: true });
const { runTypeScript } = require("./run.cjs");
try {
  runTypeScript("bootstrap.ts").main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // As in app.cjs.
  if (error?.name === "RoutedError") {
    process.stderr.write(`see docs/runbooks/error-${error.code}.md\n`);
  }
  process.exitCode = 1;
}
