import { imagePlatformsReader } from "../../../lib/preflight/image-platforms";
import { parseImageReference } from "../../../lib/preflight/image-reference";
import { startRegistry } from "./a-registry";
import type { LocalRegistry } from "./a-registry";

const INDEX = {
  manifests: [
    { platform: { os: "linux", architecture: "arm64" } },
    { platform: { os: "linux", architecture: "amd64" } },
    { platform: { os: "unknown", architecture: "unknown" } },
  ],
};

describe("an image's name", () => {
  it.each([
    ["bird:2", "https://registry-1.docker.io", "library/bird", "2"],
    ["example/routed:2", "https://registry-1.docker.io", "example/routed", "2"],
    ["registry.example/a/b:1.0", "https://registry.example", "a/b", "1.0"],
    ["registry.example:5000/a:1", "https://registry.example:5000", "a", "1"],
    ["localhost:5000/a:1", "http://localhost:5000", "a", "1"],
    [
      `r.example/a:1@sha256:${"0".repeat(64)}`,
      "https://r.example",
      "a",
      `sha256:${"0".repeat(64)}`,
    ],
  ])("%s is read as Docker reads it", (image, registry, repository, reference) => {
    expect(parseImageReference(image)).toEqual({ registry, repository, reference });
  });

  it.each(["routed", "registry.example:5000/routed"])("%s without a tag is none", (image) => {
    expect(parseImageReference(image)).toBeNull();
  });
});

describe("the platforms of an image", () => {
  let registry: LocalRegistry | undefined;
  afterEach(async () => {
    await registry?.close();
    registry = undefined;
  });

  async function serve(answer: Parameters<typeof startRegistry>[0]) {
    registry = await startRegistry(answer);
    return { image: `${registry.host}/a/routed:1`, read: imagePlatformsReader(), registry };
  }

  it("are those of its index, attestations aside", async () => {
    const { image, read, registry: asked } = await serve(() => ({ body: INDEX }));
    expect(await read(image)).toEqual({ architectures: ["amd64", "arm64"] });
    expect(asked.requests).toEqual(["GET /v2/a/routed/manifests/1"]);
  });

  it("are read once, however often they are asked for", async () => {
    const { image, read, registry: asked } = await serve(() => ({ body: INDEX }));
    await Promise.all([read(image), read(image)]);
    expect(asked.requests).toHaveLength(1);
  });

  it("are its config's where it has one platform only", async () => {
    const { image, read } = await serve((path) =>
      path.endsWith("/manifests/1")
        ? { body: { config: { digest: "sha256:abc" } } }
        : { body: { os: "linux", architecture: "amd64" } },
    );
    expect(await read(image)).toEqual({ architectures: ["amd64"] });
  });

  it("are read with the token that everybody gets", async () => {
    const {
      image,
      read,
      registry: asked,
    } = await serve((path, authorization, host) => {
      if (path.startsWith("/token")) return { body: { token: "anonymous" } };
      if (authorization === "Bearer anonymous") return { body: INDEX };
      const scope = 'service="registry",scope="repository:a/routed:pull"';
      const challenge = `Bearer realm="http://${host}/token",${scope}`;
      return { status: 401, headers: { "www-authenticate": challenge }, body: "" };
    });
    expect(await read(image)).toEqual({ architectures: ["amd64", "arm64"] });
    expect(asked.requests).toEqual([
      "GET /v2/a/routed/manifests/1",
      "GET /token?service=registry&scope=repository%3Aa%2Frouted%3Apull",
      "GET /v2/a/routed/manifests/1 Bearer anonymous",
    ]);
  });

  const basic = { "www-authenticate": 'Basic realm="https://registry.example/"' };
  it.each([
    [
      "wants credentials",
      { status: 401, headers: basic, body: "" },
      "the registry wants credentials",
    ],
    ["doesn't know the image", { status: 404, body: "" }, "the registry answered 404"],
    ["fails", { status: 500, body: "" }, "the registry answered 500"],
    ["gives no JSON", { body: "<html>" }, "the registry's answer is not JSON"],
    ["gives no manifest", { body: {} }, "its manifest has neither platforms nor a config"],
    ["names no platform", { body: { manifests: [{}] } }, "its manifest names no platform"],
    ["never answers", undefined, "the registry didn't answer within 3 s"],
  ] as const)("are unknown where the registry %s", async (_, answer, unread) => {
    const { image, read } = await serve(() => answer);
    expect(await read(image)).toEqual({ unread });
  });

  it("are unknown where there is no registry", async () => {
    const { image, read, registry: gone } = await serve(() => undefined);
    await gone.close();
    registry = undefined;
    expect(await read(image)).toEqual({
      unread: expect.stringMatching(/^fetch failed: .*ECONNREFUSED/) as string,
    });
  });
});
