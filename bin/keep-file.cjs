"use strict";
const fs = require("node:fs");
const path = require("node:path");

/** Keeps a file for later runs: whole, or not at all where it can't be written. */
function keepFile(file, content) {
  const unfinished = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(unfinished, content);
    fs.renameSync(unfinished, file);
  } catch {
    // A read-only checkout makes it anew each time.
  }
}

module.exports = { keepFile };
