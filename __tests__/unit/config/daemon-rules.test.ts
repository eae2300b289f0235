import { complaintsAbout, environmentWith, loadFiles } from "../../fixtures/config/config-folder";

/** A valid daemon with some keys set; `undefined` removes one. */
function daemon(keys: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const all: Record<string, unknown> = {
    name: "node-exporter",
    image: "registry.example/node-exporter:1.9.1",
    cpuUnits: 128,
    memoryMiB: 64,
    ...keys,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function about(...daemons: readonly Record<string, unknown>[]): string[] {
  return complaintsAbout({ "routed.daemons": daemons });
}

describe("routed.daemons", () => {
  it("need a name, an image and limits; the rest has defaults", () => {
    const environment = environmentWith({ "routed.daemons": [daemon()] });
    expect(loadFiles({ "stg.json": environment })[0]?.routed.daemons).toEqual([
      {
        ...daemon(),
        environment: {},
        ports: [],
        needed: false,
        stopTimeoutSeconds: 30,
        hostPaths: [],
      },
    ]);
    for (const key of ["name", "image", "cpuUnits", "memoryMiB"]) {
      expect(about(daemon({ [key]: undefined }))).toHaveLength(1);
    }
  });

  it("have names that are unique and not the stack's own", () => {
    expect(about(daemon(), daemon({ name: "shipper" }))).toEqual([]);
    expect(about(daemon(), daemon())).toEqual([
      'routed.daemons[1].name must be unique in its environment, got "node-exporter", which is item [0]\'s too; rename it',
    ]);
    expect(about(daemon({ name: "router" }))).toEqual([
      'routed.daemons[0].name must be none of api, bird, canaries, init, pops, router, which the stack uses itself, got "router"; rename it',
    ]);
  });

  it("have pinned images", () => {
    expect(about(daemon({ image: "registry.example/tool:latest" }))).toEqual([
      'routed.daemons[0].image must not have the tag latest, which changes under running nodes, got "registry.example/tool:latest"; name the release to run',
    ]);
  });

  it("have health checks that ECS runs, if nodes need them", () => {
    const healthCheck = (...command: string[]) => daemon({ healthCheck: { command } });
    expect(about(healthCheck("CMD", "true"))).toEqual([]);
    expect(about(healthCheck("CMD-SHELL", "exit 0"))).toEqual([]);
    expect(about(healthCheck("true", "now"))).toEqual([
      'routed.daemons[0].healthCheck.command must begin with CMD or CMD-SHELL, got "true"; put one of them in front',
    ]);
    expect(about(daemon({ needed: true }))).toEqual([
      "routed.daemons[0].needed must be false without a healthCheck, got true; add one, or set it to false",
    ]);
    const checked = { healthCheck: { command: ["CMD", "true"] } };
    expect(about(daemon({ needed: true, ...checked }))).toEqual([]);
  });

  it.each([
    [1024, "an integer between 1025 and 32767"],
    [1025, null],
    [2375, "none that ECS reserves (2375, 2376)"],
    [20000, null],
    [20001, "outside the PoPs' ports 20001-20999 (routed.ports.bgpBase)"],
    [20999, "outside the PoPs' ports 20001-20999 (routed.ports.bgpBase)"],
    [21500, "outside the PoPs' ports 21001-21999 (routed.ports.apiBase)"],
    [22001, "outside the PoPs' ports 22001-22999 (routed.ports.metricsBase)"],
    [32767, null],
    [32768, "an integer between 1025 and 32767"],
  ])("listen on port %i or must choose %p", (port, allowed) => {
    const complaints = about(daemon({ ports: [port] }));
    expect(complaints).toHaveLength(allowed === null ? 0 : 1);
    if (allowed !== null) {
      expect(complaints[0]).toContain(
        `routed.daemons[0].ports[0] must be ${allowed}, got ${port};`,
      );
    }
  });

  it("share no port, and serve metrics on one of their own", () => {
    const [a, b] = [daemon({ ports: [9100] }), daemon({ name: "shipper", ports: [9101, 9100] })];
    expect(about(a, b)).toEqual([
      "routed.daemons[1].ports[1] must be one daemon's only, got 9100, which is node-exporter's too; move it",
    ]);
    expect(about(daemon({ ports: [9100], metricsPort: 9100 }))).toEqual([]);
    expect(about(daemon({ ports: [9101], metricsPort: 9100 }))).toEqual([
      "routed.daemons[0].metricsPort must be one of the daemon's ports (9101), got 9100; add it to ports",
    ]);
  });

  it("leave the nodes' security group its 60 rules", () => {
    const blocks = (count: number) =>
      Array.from({ length: count }, (_, index) => `10.1.${index}.0/24`);
    const with2Ports = (count: number) =>
      complaintsAbout({
        "network.prometheusCidrs": blocks(count),
        "routed.daemons": [1, 2].map((each) =>
          daemon({ name: `d${each}`, ports: [9100 + each], metricsPort: 9100 + each }),
        ),
      });
    expect(with2Ports(19)).toEqual([]);
    expect(with2Ports(20)).toEqual([
      "routed.daemons must need at most 60 rules in the nodes' security group, got 63: 20 blocks of network.prometheusCidrs for the PoPs and 2 metricsPorts each; join blocks, or serve metrics from fewer daemons",
    ]);
  });

  it("read absolute paths of the node only", () => {
    expect(about(daemon({ hostPaths: ["/", "/proc", "/var/log/journal"] }))).toEqual([]);
    for (const path of ["proc", "/proc/", "/a/../b b", "/${x}"]) {
      expect(about(daemon({ hostPaths: [path] }))).toHaveLength(1);
    }
  });
});
