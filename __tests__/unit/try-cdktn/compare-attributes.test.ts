import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addedIn6 } from "../../../lib/terraform/known-providers";
import { compareAttributes } from "../../../scripts/try-cdktn/compare-attributes";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "routed-attributes-"));
  write("cdktf.out/stacks/dev/cdk.tf.json", JSON.stringify({ resource: { aws_instance: {} } }));
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(file: string, content: string): void {
  mkdirSync(join(directory, file, ".."), { recursive: true });
  writeFileSync(join(directory, file), content);
}

/** A project's folder with constructs whose instance has these properties. */
function aProject(name: string, properties: readonly string[]): string {
  const getters = properties.map((property) => `get ${property}() {}`).join("\n");
  write(
    `${name}/node_modules/@cdktf/provider-aws/lib/instance/index.js`,
    `class Other { static tfResourceType = "aws_other"; }
     class InstanceA { static tfResourceType = "aws_instance"; method() {} ${getters} }
     module.exports = { Other, InstanceA };`,
  );
  return join(directory, name);
}

function compare(six: readonly string[]): string[] {
  const output = join(directory, "cdktf.out");
  return compareAttributes(aProject("five", ["ami", "tagsAll"]), aProject("six", six), output);
}

/** As the constructs spell what is known to be added to an instance. */
function known(): string[] {
  return addedIn6("aws_instance")
    .filter((name) => !name.includes("."))
    .map((name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
}

it("takes what is known to be added, and what is gone", () => {
  expect(compare([...known(), "ami"])).toEqual([]);
});

it("tells what is added and not known, and what is known and not added", () => {
  const [first = "", ...others] = known().filter((name) => name !== "region");
  expect(first).toBe("forceDestroy");
  expect(compare([...others, "ami", "ipv7Address", "ipv7AddressInput"])).toEqual([
    "aws_instance.ipv7_address is not known",
    "aws_instance.force_destroy is not added",
  ]);
});
