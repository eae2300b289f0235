#!/usr/bin/env node
"use strict";
/**
 * Runs a TypeScript entry of this project: `node bin/run.cjs <entry.ts> [arguments…]`.
 *
 * esbuild transpiles and bundles the project's own sources (packages stay outside, AWS's SDK in a
 * bundle of its own: sdk.cjs) in a tenth of a second. The bundle is kept in node_modules/.cache and
 * used again only while every source that went into it has the same content, so that there is no
 * build step to forget and no stale build to run. Types are checked apart (`npm run typecheck`).
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { enableCompileCache, Module } = require("node:module");
const path = require("node:path");
const { keepFile } = require("./keep-file.cjs");

const projectRoot = path.resolve(__dirname, "..");
const cacheDirectory = path.join(projectRoot, "node_modules/.cache/routed");

/** On the bundle's first line, so that its lines keep their numbers. */
const PRELUDE = `"use strict";require=require(${JSON.stringify(path.join(__dirname, "sdk.cjs"))}).withSdk(require,${JSON.stringify(cacheDirectory)});`;

// The SDK's reminder that Node 20 ends, and Node 22's that cdktf's library calls what Node will drop,
// would look like errors of every deploy: cdktf prints what a program writes to standard error as such.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
process.noDeprecation = process.env.ROUTED_DEBUG !== "1";

// Node 22 keeps the packages' compiled code, too, for this process and those that it starts, of which
// the cdktf command is the one to gain. NODE_DISABLE_COMPILE_CACHE=1 is Node's own way to forbid it.
process.env.NODE_COMPILE_CACHE ||= path.join(cacheDirectory, "compiled");
enableCompileCache?.(process.env.NODE_COMPILE_CACHE);

/** Runs `entry` (relative to the project's root) as a CommonJS module and returns its exports. */
function runTypeScript(entry) {
  const source = path.resolve(projectRoot, entry);
  if (entry === "" || !fs.existsSync(source)) {
    throw new Error(
      `no such entry: "${entry}"; give the path of a TypeScript file in this project`,
    );
  }
  const text = cachedBundle(source) ?? bundle(source);
  const file = path.join(projectRoot, `${path.basename(entry, ".ts")}.bundle.cjs`);
  const loaded = new Module(file);
  loaded.filename = file;
  loaded.paths = Module._nodeModulePaths(projectRoot);
  loaded._compile(`${PRELUDE}${text}`, file);
  return loaded.exports;
}

function bundle(source) {
  const { buildSync } = require("esbuild");
  const started = Date.now();
  const built = buildSync({
    entryPoints: [source],
    absWorkingDir: projectRoot,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: process.env.ROUTED_DEBUG === "1" ? "inline" : false,
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const text = built.outputFiles[0].text;
  const inputs = Object.keys(built.metafile.inputs);
  // A source that somebody saved meanwhile may not be the one that went into it.
  if (inputs.every((input) => fs.statSync(path.join(projectRoot, input)).mtimeMs < started)) {
    keepFile(cacheFile(source), () => JSON.stringify({ inputs, print: fingerprint(inputs), text }));
  }
  return text;
}

/** What a bundle depends on: its sources' content, and what made it. */
function fingerprint(inputs) {
  const hash = createHash("sha256");
  hash.update(fs.readFileSync(__filename)).update(process.env.ROUTED_DEBUG ?? "");
  hash.update(fs.readFileSync(path.join(projectRoot, "package-lock.json")));
  for (const input of inputs) {
    hash
      .update(input)
      .update("\0")
      .update(fs.readFileSync(path.join(projectRoot, input)));
  }
  return hash.digest("hex");
}

function cacheFile(source) {
  return path.join(
    cacheDirectory,
    `${path.relative(projectRoot, source).replace(/\W/g, "-")}.json`,
  );
}

function cachedBundle(source) {
  try {
    const { inputs, print, text } = JSON.parse(fs.readFileSync(cacheFile(source), "utf8"));
    return fingerprint(inputs) === print ? text : undefined;
  } catch {
    return undefined; // None yet, or a source of it is gone.
  }
}

module.exports = { projectRoot, runTypeScript };

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
