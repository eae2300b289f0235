import { complaintsAbout } from "../../../fixtures/config/config-folder";

const about = (routed: Record<string, unknown>): string[] =>
  complaintsAbout({
    ...Object.fromEntries(Object.entries(routed).map(([key, value]) => [`routed.${key}`, value])),
    autopilotSites: [
      { id: 1, name: "ord", bgpPeers: ["2001:db8:1::/48"] },
      { id: 2, name: "lhr", bgpPeers: ["2001:db8:2::/48"] },
    ],
  });

describe("routed.canaries", () => {
  it("are PoPs of the environment", () => {
    expect(about({ canaries: [] })).toEqual([]);
    expect(about({ canaries: ["lhr", "ord"] })).toEqual([]);
    expect(about({ canaries: ["ord", "lhrr"] })).toEqual([
      'routed.canaries[1] must be the name of a PoP of autopilotSites, got "lhrr"; did you mean "lhr"?',
    ]);
    expect(about({ canaries: ["singapore"] })).toEqual([
      'routed.canaries[0] must be the name of a PoP of autopilotSites, got "singapore"; name a PoP that is there',
    ]);
  });
});

describe("routed.canaryImage", () => {
  const canaryImage = "registry.example/routed:2";

  it("is some canaries'", () => {
    expect(about({ canaries: ["ord"], canaryImage })).toEqual([]);
    const complaint = `routed.canaryImage must not be given without routed.canaries, got "${canaryImage}"; name the PoPs that get it, or remove it`;
    expect(about({ canaryImage })).toEqual([complaint]);
    expect(about({ canaries: [], canaryImage })).toEqual([complaint]);
  });

  it("is pinned", () => {
    expect(about({ canaries: ["ord"], canaryImage: "registry.example/routed" })).toEqual([
      'routed.canaryImage must have a tag or digest, got "registry.example/routed", which has none; name the release to run',
    ]);
  });
});

describe("routed.popsPerWave", () => {
  it("is 1 to 999", () => {
    expect(about({ popsPerWave: 1 })).toEqual([]);
    expect(about({ popsPerWave: 999 })).toEqual([]);
    const allowed = "routed.popsPerWave must be an integer between 1 and 999";
    expect(about({ popsPerWave: 0 })).toEqual([`${allowed}, got 0; raise it`]);
    expect(about({ popsPerWave: 1000 })).toEqual([`${allowed}, got 1000; lower it`]);
  });
});
