import { RoutedError } from "../../lib/errors";
import { localStateResources } from "../../sandbox/deploy";
import type { Workspace } from "../../sandbox/workspace";

/** The address of the instance in a slot. */
export function nodeAddress(workspace: Workspace, environment: string, slot: number): string {
  const found = localStateResources({ workspace, environment }).find(
    ({ type, values }) =>
      type === "aws_instance" &&
      (values["tags"] as Record<string, string>)["routed:node"] === String(slot),
  );
  if (found === undefined) {
    throw new RoutedError("sandbox-failed", `the state has no instance in slot ${slot}`);
  }
  return found.address;
}
