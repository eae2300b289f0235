/** Where a container image's manifest is. */
export interface ImageReference {
  /** `https://<host>`; plain HTTP where Docker uses it too, on this machine. */
  readonly registry: string;
  readonly repository: string;
  /** The digest, or else the tag. */
  readonly reference: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/**
 * An image's name as Docker reads it: without a host it is Docker Hub's.
 *
 * @returns null for what isn't one
 * @see https://github.com/distribution/reference
 */
export function parseImageReference(image: string): ImageReference | null {
  const [, name, tag, digest] =
    /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@(\w+:[0-9a-f]{32,}))?$/.exec(image) ?? [];
  const reference = digest ?? tag;
  if (name === undefined || reference === undefined) return null;
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  if (!/[.:]/.test(first) && first !== "localhost") {
    const repository = slash < 0 ? `library/${name}` : name;
    return { registry: "https://registry-1.docker.io", repository, reference };
  }
  const scheme = LOOPBACK.test(first) ? "http" : "https";
  return { registry: `${scheme}://${first}`, repository: name.slice(slash + 1), reference };
}
