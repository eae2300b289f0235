"use strict";
/**
 * What cdktf-cli takes of its converter from HCL. The real one loads TypeScript, prettier and
 * jsii-rosetta at the start of every cdktf command (docs/decisions/0023-cdktf-without-its-converter.md).
 */
const { version } = require("./package.json");

/** Ends the process: of an error, the cdktf command would print the stack as well, twice. */
function notHere() {
  process.stderr.write(
    "cdktf's converter from HCL is left out of this project, so that every other command starts sooner; " +
      `outside of it, run: npx cdktf-cli@${version} convert\n`,
  );
  process.exit(1);
}

module.exports = {
  convert: notHere,
  convertProject: notHere,
  getTerraformConfigFromDir: notHere,
  parseProviderRequirements: notHere,
};
