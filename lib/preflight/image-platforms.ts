import { messageOf } from "../errors";
import { parseImageReference } from "./image-reference";
import type { ImageReference } from "./image-reference";

/** What is known of the platforms that a container image was built for. */
export type ImagePlatforms =
  /** Of Linux, as registries call them: `amd64`, `arm64`. */
  | { readonly architectures: readonly string[] }
  /** Why they can't be told; that alone is no problem. */
  | { readonly unread: string };

/** The port to registries. */
export type ReadImagePlatforms = (image: string) => Promise<ImagePlatforms>;

/** All that is read of a registry, its tokens included, takes no longer. */
const TIME_LIMIT_MS = 3000;
const LARGEST_ANSWER = 4 * 1024 * 1024;

const INDEX_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const MANIFEST_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

interface Manifest {
  readonly manifests?: readonly { readonly platform?: Platform }[];
  readonly config?: { readonly digest?: string };
}

interface Platform {
  readonly os?: string;
  readonly architecture?: string;
}

/** Reads each image's manifest from its registry once, without credentials. */
export function imagePlatformsReader(): ReadImagePlatforms {
  const known = new Map<string, Promise<ImagePlatforms>>();
  return (image) => {
    const asked = known.get(image) ?? readImagePlatforms(image);
    known.set(image, asked);
    return asked;
  };
}

/**
 * The platforms of an image, by its manifest. Never rejects.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
async function readImagePlatforms(image: string): Promise<ImagePlatforms> {
  const reference = parseImageReference(image);
  if (reference === null) return { unread: "its name is not understood" };
  const session = new RegistrySession(reference, AbortSignal.timeout(TIME_LIMIT_MS));
  try {
    const platforms = await platformsOf(session, reference);
    const linux = platforms.flatMap(({ os, architecture }) =>
      os === "linux" && architecture !== undefined ? [architecture] : [],
    );
    if (linux.length === 0) return { unread: "its manifest names no platform" };
    return { architectures: [...new Set(linux)].sort() };
  } catch (error) {
    return { unread: describeFailure(error) };
  }
}

async function platformsOf(
  session: RegistrySession,
  { reference }: ImageReference,
): Promise<Platform[]> {
  const types = [...INDEX_TYPES, ...MANIFEST_TYPES];
  const manifest = (await session.json(`manifests/${reference}`, types)) as Manifest;
  if (manifest.manifests) return manifest.manifests.map(({ platform }) => platform ?? {});
  const digest = manifest.config?.digest;
  if (digest === undefined) throw new Error("its manifest has neither platforms nor a config");
  return [(await session.json(`blobs/${digest}`, ["*/*"])) as Platform];
}

/** Requests to one repository, with the token that everybody gets who asks for one. */
class RegistrySession {
  private token: string | undefined;

  constructor(
    private readonly image: ImageReference,
    private readonly signal: AbortSignal,
  ) {}

  async json(path: string, accept: readonly string[]): Promise<unknown> {
    const url = `${this.image.registry}/v2/${this.image.repository}/${path}`;
    const first = await this.get(url, accept);
    if (first.status !== 401 || this.token !== undefined) return jsonOf(first);
    await first.body?.cancel();
    this.token = await this.anonymousToken(first.headers.get("www-authenticate") ?? "");
    return jsonOf(await this.get(url, accept));
  }

  private get(url: string, accept: readonly string[]): Promise<Response> {
    const headers: Record<string, string> = { accept: accept.join(", ") };
    if (this.token !== undefined) headers["authorization"] = `Bearer ${this.token}`;
    return fetch(url, { headers, signal: this.signal });
  }

  /** @see https://distribution.github.io/distribution/spec/auth/token/ */
  private async anonymousToken(challenge: string): Promise<string> {
    const parameters = new Map(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
    );
    const realm = parameters.get("realm");
    if (!/^bearer\b/i.test(challenge) || realm === undefined) {
      throw new Error("the registry wants credentials");
    }
    const url = new URL(realm);
    for (const name of ["service", "scope"]) {
      const value = parameters.get(name);
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const answer = (await jsonOf(await fetch(url, { signal: this.signal }))) as {
      readonly token?: string;
      readonly access_token?: string;
    };
    const token = answer.token ?? answer.access_token;
    if (token === undefined) throw new Error("the registry gives no token without credentials");
    return token;
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the registry answered ${response.status}`);
  }
  const text = await response.text();
  if (text.length > LARGEST_ANSWER) throw new Error("the registry's answer is too large");
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) throw new Error("its manifest is no object");
  return value;
}

function describeFailure(error: unknown): string {
  const { name, cause } = error as { readonly name?: string; readonly cause?: unknown };
  if (name === "TimeoutError") {
    return `the registry didn't answer within ${TIME_LIMIT_MS / 1000} s`;
  }
  if (name === "SyntaxError") return "the registry's answer is not JSON";
  return cause === undefined ? messageOf(error) : `${messageOf(error)}: ${messageOf(cause)}`;
}
