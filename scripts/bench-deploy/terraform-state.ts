import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RoutedError } from "../../lib/errors";
import type { Workspace } from "../../sandbox/workspace";

interface ManagedResource {
  readonly address: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Of the state that lies in the workspace: asking Terraform would start it once more. */
export function managedResources(workspace: Workspace, environment: string): ManagedResource[] {
  const file = join(workspace.directory, `terraform.${environment}.tfstate`);
  const { resources } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly resources: readonly {
      readonly mode: string;
      readonly type: string;
      readonly name: string;
      readonly instances: readonly {
        readonly attributes: { readonly tags?: Record<string, string> | null };
      }[];
    }[];
  };
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ attributes }) => ({
        address: `${type}.${name}`,
        tags: attributes.tags ?? {},
      })),
    );
}

/** The address of the instance in a slot. */
export function nodeAddress(workspace: Workspace, environment: string, slot: number): string {
  const found = managedResources(workspace, environment).find(
    ({ address, tags }) =>
      address.startsWith("aws_instance.") && tags["routed:node"] === String(slot),
  );
  if (found === undefined) {
    throw new RoutedError("sandbox-failed", `the state has no instance in slot ${slot}`);
  }
  return found.address;
}
