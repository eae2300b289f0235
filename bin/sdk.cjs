"use strict";
/**
 * AWS's SDK as one file that is compiled once, where Node would compile the clients' megabytes anew
 * in every process that looks at AWS.
 *
 * The file is bundled from node_modules at the first need, and kept beside the project's own bundles
 * with V8's code cache of what was run of it. Both belong to one package-lock.json, and V8 checks
 * that the code cache is its own. Where they can't be kept, the packages themselves are loaded.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const { keepFile } = require("./keep-file.cjs");

const projectRoot = path.resolve(__dirname, "..");
const clients = Object.keys(require("../package.json").dependencies).filter((name) =>
  name.startsWith("@aws-sdk/client-"),
);

/** `require` of the project, which takes the SDK's clients from the one file kept in `directory`. */
function withSdk(require, directory) {
  const load = (id) => (clients.includes(id) ? loadClient(id, directory, require) : require(id));
  return Object.assign(load, require);
}

let loaders;
/** The clients that were loaded so far, from wherever. */
const loadedClients = new Set();

function loadClient(id, directory, require) {
  loadedClients.add(id);
  loaders ??= loadBundle(directory, require);
  return loaders[id]?.() ?? require(id);
}

/** By client, what loads it; none where there is no bundle. */
function loadBundle(directory, require) {
  try {
    const lock = fs.readFileSync(path.join(projectRoot, "package-lock.json"));
    const print = createHash("sha256").update(fs.readFileSync(__filename)).update(lock);
    const file = path.join(directory, `sdk-${print.digest("hex").slice(0, 16)}.cjs`);
    if (!fs.existsSync(file)) {
      keepFile(file, bundle);
      discardOthers(file);
    }
    return run(file, require);
  } catch {
    return {}; // A read-only checkout, or a package that is gone: the packages themselves say so.
  }
}

function bundle() {
  const { buildSync } = require("esbuild");
  const lines = clients.map((name) => `  ${JSON.stringify(name)}: () => require("${name}"),`);
  const contents = `module.exports = {\n${lines.join("\n")}\n};\n`;
  const built = buildSync({
    stdin: { contents, resolveDir: projectRoot },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Code from a code cache has no way to import: what is imported is in the file anyway.
    supported: { "dynamic-import": false },
    minifyWhitespace: true,
    write: false,
    logLevel: "silent",
  });
  return built.outputFiles[0].text;
}

function run(file, require) {
  const codeFile = `${file}.${process.version}.code`;
  const cachedData = fs.existsSync(codeFile) ? fs.readFileSync(codeFile) : undefined;
  const source = `(function (module, require) {${fs.readFileSync(file, "utf8")}\n})`;
  const script = new vm.Script(source, { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) {
    // At the end it holds the functions that a run needs, if the run went well.
    process.once("exit", (status) => {
      if (status === 0) keepFile(codeFile, () => script.createCachedData());
    });
  }
  const module = { exports: {} };
  script.runInThisContext()(module, require);
  return module.exports;
}

/** Those of an earlier package-lock.json. */
function discardOthers(file) {
  const directory = path.dirname(file);
  for (const name of fs.readdirSync(directory)) {
    if (name.startsWith("sdk-") && !name.startsWith(path.basename(file))) {
      fs.rmSync(path.join(directory, name), { force: true });
    }
  }
}

module.exports = { withSdk, loadedClients };
