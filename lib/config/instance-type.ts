import type { Architecture } from "./environment";

/**
 * An instance type's processor architecture, told from its family's name: AWS puts a `g` behind the
 * generation of what runs on Graviton or Grace (r6g, c7gn, im4gn, p6e-gb200); a1 came before that.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  const [family = ""] = instanceType.split(".");
  const [, options = ""] = /^[a-z]+(?:-[a-z]+)*[0-9]+(.*)$/.exec(family) ?? [];
  return family === "a1" || options.includes("g") ? "arm64" : "x86_64";
}
