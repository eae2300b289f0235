import { imageParameter, IMAGES } from "../../config/naming";
import type { AwsSession } from "../../aws/session";

/**
 * The newest AMI's id by its public SSM parameter's name, for every image that a node can run and
 * that the region has. Whether a needed one is absent is the planner's to say.
 *
 * @throws RoutedError `unreadable-aws`, also where SSM passes over a name
 */
export async function readImages(session: AwsSession): Promise<Record<string, string>> {
  const call = "getParameters";
  const names = IMAGES.map(({ os, architecture }) => imageParameter(os, architecture));
  const answer = await session.call(call, { Names: names });
  const images: Record<string, string> = {};
  for (const name of names) {
    if (answer.InvalidParameters?.includes(name)) continue;
    const parameter = answer.Parameters?.find(({ Name }) => Name === name);
    const amiId = session.required(call, parameter?.Value, "Value", name);
    if (!amiId.startsWith("ami-")) {
      throw session.refusal(
        call,
        `gave ${JSON.stringify(amiId)} for ${name}`,
        "it must be an AMI's id",
      );
    }
    images[name] = amiId;
  }
  return images;
}
