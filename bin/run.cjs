#!/usr/bin/env node
"use strict";
/**
 * Runs a TypeScript entry of this project: `node bin/run.cjs <entry.ts> [arguments…]`.
 *
 * esbuild bundles the project's own sources (packages stay outside) at each start, in a tenth of a
 * second: there is no build step to forget and no stale build to run. Types are checked apart
 * (`npm run typecheck`).
 */
const fs = require("node:fs");
const { enableCompileCache, Module } = require("node:module");
const path = require("node:path");

const projectRoot = path.resolve(__dirname, "..");
const debug = process.env.ROUTED_DEBUG === "1";

// The SDK's reminder that Node 20 ends, and Node's that cdktf's library calls what Node will drop,
// would look like errors of every deploy: cdktf prints what a program writes to standard error as such.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
process.noDeprecation = !debug;
if (debug) process.setSourceMapsEnabled(true);

// From 22.1 on Node keeps compiled code; in its own place, other users of the machine could put some.
enableCompileCache?.(path.join(projectRoot, "node_modules/.cache/node-compile-cache"));

/** Runs `entry` (relative to the project's root) as a CommonJS module in that root and returns its exports. */
function runTypeScript(entry) {
  const source = path.resolve(projectRoot, entry);
  if (entry === "" || !fs.existsSync(source)) {
    throw new Error(
      `no such entry: "${entry}"; give the path of a TypeScript file in this project`,
    );
  }
  const file = path.join(projectRoot, `${path.basename(entry, ".ts")}.bundle.cjs`);
  const loaded = new Module(file);
  loaded.filename = file;
  loaded.paths = Module._nodeModulePaths(projectRoot);
  loaded._compile(bundle(source), file);
  return loaded.exports;
}

function bundle(source) {
  const { outputFiles } = require("esbuild").buildSync({
    entryPoints: [source],
    absWorkingDir: projectRoot,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: debug && "inline",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0].text;
}

module.exports = { runTypeScript };

if (require.main === module) {
  const [entry = "", ...args] = process.argv.slice(2);
  process.argv = [process.argv[0], entry, ...args];
  try {
    runTypeScript(entry);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
