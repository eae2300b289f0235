"use strict";
/**
 * What cdktf-cli takes of its converter from HCL. The real one loads TypeScript, prettier and
 * jsii-rosetta at the start of every cdktf command (docs/decisions/0023-no-converter.md).
 */
const { version } = require("./package.json");

function notHere() {
  throw new Error(
    `cdktf's converter from HCL is left out of this project, so that every other command starts sooner; ` +
      `outside of it, run: npx cdktf-cli@${version} convert`,
  );
}

module.exports = {
  convert: notHere,
  convertProject: notHere,
  getTerraformConfigFromDir: notHere,
  parseProviderRequirements: notHere,
};
