import {
  complaintsAbout,
  environmentWith,
  loadFiles,
} from "../../../fixtures/config/config-folder";

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
        runs: "node",
        environment: {},
        ports: [],
        needed: false,
        dependsOn: [],
        startsBefore: [],
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
    [2375, "none that ECS reserves (22, 2375, 2376, 51678, 51679, 51680)"],
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
    const withPorts = (count: number, ports: readonly number[]) =>
      complaintsAbout({
        "network.prometheusCidrs": blocks(count),
        "routed.daemons": ports.map((port) =>
          daemon({ name: `d${port}`, ports: [port], metricsPort: port }),
        ),
      });
    // 2 for the routers, and for each block one for the PoPs and one for each port.
    expect(withPorts(29, [9100])).toEqual([]);
    expect(withPorts(19, [9100, 9101])).toEqual([]);
    expect(withPorts(20, [9100, 9101])).toEqual([
      "routed.daemons must need at most 60 rules in the nodes' security group, got 62: 20 blocks of network.prometheusCidrs for the PoPs and 2 metricsPorts each; join blocks, or serve metrics from fewer daemons",
    ]);
  });

  it("read absolute paths of the node only", () => {
    expect(about(daemon({ hostPaths: ["/", "/proc", "/var/log/journal"] }))).toEqual([]);
    for (const path of ["proc", "/proc/", "/a/../b b", "/${x}"]) {
      expect(about(daemon({ hostPaths: [path] }))).toHaveLength(1);
    }
  });
});

describe("routed.daemons of each kind", () => {
  const HEALTH = { healthCheck: { command: ["CMD", "true"] } };

  it.each([
    ["ports", [9100], "one runs beside each PoP, and all on a node share its ports"],
    ["needed", true, "the task is only as healthy as its daemons anyway"],
    ["hostPaths", ["/proc"], "PoPs' tasks see nothing of the node"],
  ])("have %s on the node only", (key, value, why) => {
    expect(about(daemon({ ...HEALTH, runs: "node", [key]: value }))).toEqual([]);
    expect(about(daemon({ ...HEALTH, runs: "task", [key]: value }))).toEqual([
      `routed.daemons[0].${key} must not be given when runs is task: ${why}; remove it, or set runs to node`,
    ]);
  });

  it.each([
    ["dependsOn", [{ container: "bird", condition: "START" }]],
    ["startsBefore", ["bird"]],
  ])("have %s in the task only", (key, value) => {
    expect(about(daemon({ runs: "task", [key]: value }))).toEqual([]);
    expect(about(daemon({ runs: "node", [key]: value }))).toEqual([
      `routed.daemons[0].${key} must not be given when runs is node: ECS starts tasks of different services in no order; remove it, or set runs to task`,
    ]);
  });
});

describe("routed.daemons that run in the task", () => {
  const inTask = (name: string, keys: Readonly<Record<string, unknown>> = {}) =>
    daemon({ name, runs: "task", ...keys });
  const after = (container: string, condition = "START") => ({
    dependsOn: [{ container, condition }],
  });
  const HEALTH = { healthCheck: { command: ["CMD", "true"] } };

  it("wait for containers of the same task", () => {
    expect(about(inTask("a", after("b")), inTask("b", after("api")))).toEqual([]);
    expect(about(inTask("a", after("a")))).toEqual([
      'routed.daemons[0].dependsOn[0].container must be another container of the task (bird, api), got "a"; correct it',
    ]);
    expect(about(inTask("a", after("b")), daemon({ name: "b" }))).toEqual([
      'routed.daemons[0].dependsOn[0].container must be another container of the task (bird, api), got "b"; correct it',
    ]);
  });

  it("wait for the health of what ECS checks only", () => {
    expect(about(inTask("a", after("bird", "HEALTHY")))).toEqual([]);
    expect(about(inTask("a", after("b", "HEALTHY")), inTask("b", HEALTH))).toEqual([]);
    for (const container of ["api", "b"]) {
      expect(about(inTask("a", after(container, "HEALTHY")), inTask("b"))).toEqual([
        `routed.daemons[0].dependsOn[0].condition must be START, since ${container} has no health check, got "HEALTHY"; change it`,
      ]);
    }
  });

  it("wait for the API's health where ECS checks it", () => {
    const changes = {
      "routed.daemons": [inTask("a", after("api", "HEALTHY"))],
      "routed.apiHealthCheck": true,
    };
    expect(complaintsAbout(changes)).toEqual([]);
  });

  it("wait for nothing that waits for them", () => {
    expect(about(inTask("a", { ...after("bird"), startsBefore: ["api"] }))).toEqual([]);
    expect(about(inTask("a", { ...after("api"), startsBefore: ["bird"] }))).toEqual([
      "routed.daemons[0] must not wait for itself, got a → api → bird → a; take one off dependsOn or startsBefore",
    ]);
    const chain = [inTask("c", after("d")), inTask("a", after("b")), inTask("b", after("a"))];
    expect(about(...chain, inTask("d"))).toEqual([
      "routed.daemons[1] must not wait for itself, got a → b → a; take one off dependsOn or startsBefore",
    ]);
  });

  it("fit into a task up to 7", () => {
    const complaints = (count: number) =>
      complaintsAbout({
        "routed.daemons": [
          daemon(),
          ...Array.from({ length: count }, (_, index) => inTask(`d${index}`)),
        ],
      });
    expect(complaints(7)).toEqual([]);
    expect(complaints(8)).toEqual([
      "routed.daemons must have at most 7 that run in the task, got 8: a task has at most 10 containers, 3 of them its own; let some run on the node",
    ]);
  });

  it("leave the routed containers a part of the task's limits", () => {
    const complaints = (cpuUnits: number, memoryMiB: number) =>
      complaintsAbout({
        "routed.cpuUnits": 1024,
        "routed.memoryMiB": 1024,
        "routed.daemons": [inTask("a", { cpuUnits, memoryMiB }), daemon({ cpuUnits: 9999 })],
      });
    expect(complaints(896, 896)).toEqual([]);
    expect(complaints(897, 897)).toEqual([
      "routed.daemons must leave the routed containers 128 of routed.cpuUnits, 1024, got 897 for those that run in the task; raise routed.cpuUnits",
      "routed.daemons must leave the routed containers 128 of routed.memoryMiB, 1024, got 897 for those that run in the task; raise routed.memoryMiB",
    ]);
  });
});
