#!/usr/bin/env node
"use strict";
/**
 * Runs a TypeScript entry of this project: `node bin/run.cjs <entry.ts> [arguments…]`.
 *
 * esbuild transpiles and bundles the project's own sources (packages stay outside) in some tens of
 * milliseconds, so that there is no build step to forget and no stale build to run. Types are
 * checked apart (`npm run typecheck`).
 */
const path = require("node:path");
const fs = require("node:fs");

const projectRoot = path.resolve(__dirname, "..");

/** Bundles `entry` (relative to the project's root) in memory and runs it as a CommonJS module. */
function runTypeScript(entry) {
  const { buildSync } = require("esbuild");
  const { Module } = require("node:module");
  const source = path.resolve(projectRoot, entry);
  if (!fs.existsSync(source)) {
    throw new Error(`no such entry: ${entry}; give the path of a TypeScript file in this project`);
  }
  const built = buildSync({
    entryPoints: [source],
    absWorkingDir: projectRoot,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: "inline",
    sourcesContent: false,
    write: false,
    logLevel: "silent",
  });
  const file = path.join(projectRoot, `${path.basename(entry, ".ts")}.bundle.cjs`);
  const loaded = new Module(file);
  loaded.filename = file;
  loaded.paths = Module._nodeModulePaths(projectRoot);
  loaded._compile(built.outputFiles[0].text, file);
  return loaded.exports;
}

module.exports = { projectRoot, runTypeScript };

if (require.main === module) {
  const [entry, ...args] = process.argv.slice(2);
  process.argv = [process.argv[0], entry ?? "", ...args];
  try {
    runTypeScript(entry ?? "");
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
