"use strict";
const fs = require("node:fs");
const path = require("node:path");

/** Keeps what `make` returns for later runs: whole, or not at all where it can't be made or written. */
function keepFile(file, make) {
  const unfinished = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.accessSync(path.dirname(file), fs.constants.W_OK); // before it is made for nothing
    fs.writeFileSync(unfinished, make());
    fs.renameSync(unfinished, file);
  } catch {
    // A read-only checkout, or one without package-lock.json, makes it anew each time.
  }
}

module.exports = { keepFile };
