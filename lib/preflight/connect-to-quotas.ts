import { imagePlatformsReader } from "./image-platforms";
import type { ReadImagePlatforms } from "./image-platforms";
import type { ConnectToQuotas, PreflightCalls } from "../aws/preflight-calls";

/**
 * How the check reads AWS; null where recorded observations stand in for AWS, which is then not
 * called at all.
 */
export function quotaConnection(observationsDirectory: string | undefined): ConnectToQuotas | null {
  return observationsDirectory ? null : connectToQuotas;
}

/** How the check reads registries; null where recorded observations stand in for what there is. */
export function registryConnection(
  observationsDirectory: string | undefined,
): ReadImagePlatforms | null {
  return observationsDirectory ? null : imagePlatformsReader();
}

/** Loads the SDK only when AWS is really read. */
async function connectToQuotas(region: string): Promise<PreflightCalls> {
  const { preflightSdkCalls } = await import("../aws/preflight-sdk-calls");
  return preflightSdkCalls(region);
}
