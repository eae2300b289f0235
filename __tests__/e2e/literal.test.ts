import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProcess } from "../../sandbox/processes";
import { requireToolchain } from "../../sandbox/toolchain";
import { literal } from "../../lib/stack/literal";
import { parseTemplate } from "../support/terraform-template";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "routed-literal-"));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** All runs of up to four signs of either kind, before a brace and before something else. */
const TEXTS = ["", "$", "%"]
  .flatMap((a) => ["", "$", "%"].flatMap((b) => ["", "$", "%"].map((c) => a + b + c)))
  .flatMap((signs) => [`x${signs}\${file("main.tf.json")}`, `${signs}%{ if a }`, `${signs} {a}`]);

it("is for Terraform what it was made of, in templates, in keys and within expressions", async () => {
  const data = { texts: TEXTS, keys: Object.fromEntries(TEXTS.map((text) => [text, 1])) };
  const within = TEXTS.map((text) => JSON.stringify(literal(text))).join(", ");
  const outputs = { ...literal(data), within: `\${[${within}]}` };
  const written = Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, { value }]),
  );
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify({ output: written }));

  const { environment, terraform } = await requireToolchain();
  const run = (...args: string[]) =>
    runProcess(terraform.command, args, { cwd: directory, env: environment, timeoutMs: 60_000 });
  await run("apply", "-auto-approve", "-no-color", "-input=false");
  const { stdout } = await run("output", "-no-color", "-json");
  const read = JSON.parse(stdout) as Record<string, { readonly value: unknown }>;
  expect(read["texts"]?.value).toEqual(TEXTS);
  expect(read["keys"]?.value).toEqual(data.keys);
  expect(read["within"]?.value).toEqual(TEXTS);
  // The judge of the fast tests takes templates as Terraform does.
  for (const text of TEXTS) expect(parseTemplate(literal(text)).parts).toEqual([{ text }]);
});
