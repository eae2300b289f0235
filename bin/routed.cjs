#!/usr/bin/env node
"use strict";
const { runTypeScript } = require("./run.cjs");

try {
  runTypeScript("lib/cli/main.ts");
} catch (error) {
  process.stderr.write(`routed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
