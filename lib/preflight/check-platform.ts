import type { Architecture, Environment } from "../config/environment";
import { RoutedError } from "../errors";
import { launchedNodes } from "../plan/upgrade-plan";
import type { UpgradePlan } from "../plan/upgrade-plan";
import type { ReadImagePlatforms } from "./image-platforms";

const REGISTRY_NAMES: Readonly<Record<Architecture, string>> = { x86_64: "amd64", arm64: "arm64" };

/**
 * Checks that the tasks can run on the nodes that `plan` launches: that the images of PoPs and
 * daemons were built for the nodes' architecture. A node would come up otherwise, and no task on it.
 *
 * @returns notes on what couldn't be checked
 * @throws RoutedError `unusable-image` where a registry says that the image lacks the platform
 */
export async function requirePlatform(
  environment: Environment,
  plan: UpgradePlan,
  read: ReadImagePlatforms,
): Promise<string[]> {
  if (launchedNodes(plan).length === 0) return [];
  const notes = await Promise.all(
    imagesOf(environment).map(([field, image]) => requireBuiltFor(environment, field, image, read)),
  );
  return notes.flat();
}

/** The images that users name, with the fields that do. */
function imagesOf({ routed }: Environment): (readonly [string, string])[] {
  const daemons = routed.daemons.map(
    ({ image }, index) => [`routed.daemons[${index}].image`, image] as const,
  );
  const { canaryImage, image } = routed;
  const canaries = canaryImage === undefined ? [] : [["routed.canaryImage", canaryImage] as const];
  return [["routed.image", image], ...canaries, ...daemons];
}

async function requireBuiltFor(
  { name, fleet }: Environment,
  field: string,
  image: string,
  read: ReadImagePlatforms,
): Promise<string[]> {
  const { architecture } = fleet.image;
  const platforms = await read(image);
  if ("unread" in platforms) {
    const what = `whether ${image} runs on ${architecture} was not checked`;
    return [`${what}: ${platforms.unread}`];
  }
  const { architectures } = platforms;
  if (architectures.includes(REGISTRY_NAMES[architecture])) return [];
  throw new RoutedError(
    "unusable-image",
    `${name}: ${field} must be built for linux/${REGISTRY_NAMES[architecture]} when ` +
      `fleet.image.architecture is ${architecture}, got ${image}, which is for ` +
      `${architectures.map((each) => `linux/${each}`).join(" and ")}; build it for both, or change fleet.image`,
  );
}
