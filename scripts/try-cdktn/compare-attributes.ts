import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { RoutedError } from "../../lib/errors";
import { addedIn6 } from "../../lib/terraform/known-providers";
import { STACK_FILE, synthesisFolder } from "../../lib/synthesis/synthesis-folder";

/**
 * Compares what version 6 of the provider adds to the resources of the stacks, by the constructs that
 * are generated from both versions' schemas, with what known-providers.ts says of it.
 *
 * @param five a project's folder with the constructs for version 5
 * @param six one with those for version 6
 * @param outputDirectory a synthesis of all environments
 * @returns an attribute a line that is added and not known, or known and not added
 */
export function compareAttributes(five: string, six: string, outputDirectory: string): string[] {
  return resourceTypes(outputDirectory).flatMap((type) => {
    const [before, after] = [five, six].map((project) => attributesOf(project, type));
    const added = (after ?? []).filter((name) => !before?.includes(name));
    // Of parts of blocks the constructs' classes say nothing.
    const known = addedIn6(type).filter((name) => !name.includes("."));
    return [
      ...added
        .filter((name) => !known.includes(name))
        .map((name) => `${type}.${name} is not known`),
      // Some services have no region.
      ...known
        .filter((name) => !added.includes(name) && name !== "region")
        .map((name) => `${type}.${name} is not added`),
    ];
  });
}

function resourceTypes(outputDirectory: string): string[] {
  const stacks = synthesisFolder(outputDirectory).stacks;
  const types = readdirSync(stacks).flatMap((stack) => {
    const text = readFileSync(join(stacks, stack, STACK_FILE), "utf8");
    return Object.keys((JSON.parse(text) as { readonly resource: object }).resource);
  });
  return [...new Set(types)].sort();
}

/** The attributes of a type: a property of its class each, besides those that every resource has. */
function attributesOf(project: string, type: string): string[] {
  const load = createRequire(join(project, "package.json"));
  const path = type.split("_").slice(1).join("-");
  const exported = load(`@cdktf/provider-aws/lib/${path}`) as Readonly<Record<string, Exported>>;
  const { prototype } = Object.values(exported).find((one) => one.tfResourceType === type) ?? {};
  if (prototype === undefined) {
    throw new RoutedError("sandbox-failed", `@cdktf/provider-aws has no class for ${type}`);
  }
  return Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([property, descriptor]) => descriptor.get !== undefined && !property.endsWith("Input"))
    .map(([property]) => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

/** What a module of the constructs exports; a resource's class tells its type. */
interface Exported {
  readonly tfResourceType?: string;
  readonly prototype?: object;
}
