import { runCli } from "./run-cli";

void runCli(process.argv.slice(2), {
  variables: process.env,
  width: process.stdout.columns,
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
}).then((status) => {
  process.exitCode = status;
});
