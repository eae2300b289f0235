import { RoutedError } from "../../lib/errors";
import type { Architecture, OperatingSystem } from "../control";
import { findRunningSandbox } from "../running-sandbox";
import { SANDBOX_ENVIRONMENT } from "./sandbox-environment";

/** Lets the running sandbox publish a newer AMI. */
export async function releaseImage(image: {
  readonly os: OperatingSystem;
  readonly arch: Architecture;
}): Promise<void> {
  const control = await findRunningSandbox();
  const imageId = await control.releaseImage({ os: image.os, architecture: image.arch });
  console.log(`released ${imageId} for ${image.os} on ${image.arch}`);
}

/** Does something to the node in a slot of the running sandbox. */
export async function actOnNode(
  action: "stop" | "start" | "terminate" | "impair" | "repair",
  slot: number,
  environment: string = SANDBOX_ENVIRONMENT,
): Promise<void> {
  const control = await findRunningSandbox();
  const node = await control.findNode(environment, slot);
  if (node === undefined) {
    throw new RoutedError("invalid-argument", `${environment} has no node in slot ${slot}`);
  }
  const { state, impaired } = await control[`${action}Instance`](node.instanceId);
  console.log(`slot ${slot}: ${node.instanceId} is ${impaired ? "impaired" : state}`);
}
