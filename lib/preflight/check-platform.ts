import type { Architecture, Environment } from "../config/environment";
import { RoutedError } from "../errors";
import type { UpgradePlan } from "../plan/upgrade-plan";
import type { ReadImagePlatforms } from "./image-platforms";

const REGISTRY_NAMES: Readonly<Record<Architecture, string>> = { x86_64: "amd64", arm64: "arm64" };

/**
 * Checks that the tasks can run on the nodes that `plan` launches: that their image was built for
 * the nodes' architecture. A node would come up otherwise, and no task on it.
 *
 * @returns notes on what couldn't be checked
 * @throws RoutedError `unusable-image` where a registry says that the image lacks the platform
 */
export async function requirePlatform(
  { name, fleet, routed }: Environment,
  plan: UpgradePlan,
  read: ReadImagePlatforms,
): Promise<string[]> {
  if (!plan.decisions.some(({ action }) => action === "create" || action === "upgrade")) return [];
  const { architecture } = fleet.image;
  const platforms = await read(routed.image);
  if ("unread" in platforms) {
    const what = `whether ${routed.image} runs on ${architecture} was not checked`;
    return [`${what}: ${platforms.unread}`];
  }
  const { architectures } = platforms;
  if (architectures.includes(REGISTRY_NAMES[architecture])) return [];
  throw new RoutedError(
    "unusable-image",
    `${name}: routed.image must be built for linux/${REGISTRY_NAMES[architecture]} when ` +
      `fleet.image.architecture is ${architecture}, got ${routed.image}, which is for ` +
      `${architectures.map((each) => `linux/${each}`).join(" and ")}; build it for both, or change fleet.image`,
  );
}
