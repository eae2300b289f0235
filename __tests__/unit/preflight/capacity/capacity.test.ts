import type { Environment } from "../../../../lib/config/environment";
import { desiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import { readCapacity, requireCapacity } from "../../../../lib/preflight/capacity/capacity";
import {
  spreadRoom,
  tasksBySlot,
  useOf,
} from "../../../../lib/preflight/capacity/instance-capacity";
import type { PreflightCalls } from "../../../../lib/aws/preflight-calls";
import {
  renderCapacity,
  renderCapacityJson,
  strandedOf,
} from "../../../../lib/preflight/capacity/render-capacity";
import { emptyObservation, withInstance } from "../../../support/fleet";
import { aDaemon } from "../../../fixtures/a-routed-environment";
import { anEnvironmentOf, deployed } from "../a-subject";

/** vCPUs and GiB, as EC2 has them. */
const TYPES: Readonly<Record<string, readonly [number, number, string?]>> = {
  "c7i.large": [2, 4],
  "c7i.8xlarge": [32, 64],
  "m7i.4xlarge": [16, 64],
  "m7i.metal-24xl": [96, 384],
  "r7i.2xlarge": [8, 64],
  "r7i.4xlarge": [16, 128],
  "r7g.4xlarge": [16, 128, "arm64"],
  "r7i.8xlarge": [32, 256],
};

type Input = Parameters<PreflightCalls["describeInstanceTypes"]>[0];

/** EC2 with the types above, `pageSize` on a page; every call's input is kept. */
function ec2(pageSize = 100): { calls: PreflightCalls; inputs: Input[] } {
  const inputs: Input[] = [];
  const describeInstanceTypes = (input: Input) => {
    inputs.push(input);
    const patterns = input.Filters?.[0]?.Values ?? [];
    const asked = Object.entries(TYPES).filter(([name]) => {
      const family = `${name.split(".")[0]}.*`;
      return input.InstanceTypes?.includes(name as never) ?? patterns.includes(family);
    });
    const start = Number(input.NextToken ?? 0);
    const page = asked.slice(start, start + pageSize);
    const more = start + pageSize < asked.length;
    return Promise.resolve({
      ...(more ? { NextToken: String(start + pageSize) } : {}),
      InstanceTypes: page.map(([name, [vcpus, gib, architecture = "x86_64"]]) => ({
        InstanceType: name as "m7i.4xlarge",
        VCpuInfo: { DefaultVCpus: vcpus, DefaultThreadsPerCore: architecture === "arm64" ? 1 : 2 },
        MemoryInfo: { SizeInMiB: gib * 1024 },
        NetworkInfo: { MaximumNetworkInterfaces: 8 },
        ProcessorInfo: { SupportedArchitectures: [architecture as "x86_64"] },
      })),
    });
  };
  return { calls: { describeInstanceTypes } as unknown as PreflightCalls, inputs };
}

/** `pops` PoPs of 2 vCPUs and 14 GiB on three nodes. */
function environmentOf(
  pops: number,
  instanceType: string,
  {
    fleet = {},
    routed = {},
  }: { fleet?: Partial<Environment["fleet"]>; routed?: Partial<Environment["routed"]> } = {},
): Environment {
  const base = anEnvironmentOf(3, instanceType);
  return {
    ...base,
    fleet: { ...base.fleet, ...fleet },
    routed: { ...base.routed, cpuUnits: 2048, memoryMiB: 14336, ...routed },
    autopilotSites: Array.from({ length: pops }, (_, index) => ({
      id: index + 1,
      name: `pop${index + 1}`,
      bgpPeers: [],
    })),
  };
}

function report(environment: Environment, observation = emptyObservation(), calls = ec2().calls) {
  const plan = planUpgrade(desiredFleet(environment), observation);
  return readCapacity({ environment, plan }, calls);
}

/** The core sets of a node of the config's type. */
function useOfType(environment: Environment) {
  const name = environment.fleet.instanceType;
  const [vcpus, gib, architecture = "x86_64"] = TYPES[name]!;
  const type = {
    name,
    vcpus,
    threadsPerCore: architecture === "arm64" ? 1 : 2,
    memoryMiB: gib * 1024,
    networkInterfaces: 8,
    architectures: [architecture],
  };
  return useOf(type, environment.autopilotSites.length, environment).coreSets;
}

async function refusal(environment: Environment): Promise<string> {
  const read = await report(environment);
  try {
    requireCapacity(environment, read);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a fleet whose tasks have cores of their own", () => {
  const pinned = (pops: number, instanceType: string, fleet: Partial<Environment["fleet"]> = {}) =>
    environmentOf(pops, instanceType, { fleet, routed: { cpuIsolation: "cpuset" } });

  it("fits while each PoP's core set is one of those that the node's cores make", async () => {
    // 8 cores of 2 vCPUs, of which one is kept: 7 sets of a core each.
    expect(await refusal(pinned(7, "r7i.4xlarge"))).toBe("");
    expect(await refusal(pinned(8, "m7i.4xlarge"))).toContain(
      "which is short of CPU (16384 of 15616 units), core sets (8 of 7) and memory",
    );
    // The router takes 512 units of what is kept.
    expect(await refusal(pinned(7, "r7i.4xlarge", { reservedCpuUnits: 1536 }))).toBe("");
    expect(await refusal(pinned(7, "r7i.4xlarge", { reservedCpuUnits: 1537 }))).toContain(
      "core sets (7 of 6)",
    );
  });

  it("gives a task whole cores, also where it needs but one of their vCPUs", async () => {
    const one = { cpuIsolation: "cpuset" as const, cpuUnits: 1024, memoryMiB: 1024 };
    const said = await refusal(environmentOf(8, "r7i.4xlarge", { routed: one }));
    expect(said).toBe(
      "test: fleet.instanceType must hold 8 tasks of 1024 CPU units and 1024 MiB each on a node, got r7i.4xlarge, " +
        "which is short of core sets (8 of 7); types that fit, the least waste first: " +
        "c7i.8xlarge (81% idle) and r7i.8xlarge (86% idle)",
    );
    const arm = { image: { os: "al2023", architecture: "arm64", amiId: "latest" } } as const;
    const graviton = environmentOf(8, "r7g.4xlarge", { routed: one, fleet: arm });
    expect(useOfType(graviton)).toEqual({ needed: 8, usable: 15 });
  });

  it("needs as many as its highest number, which PoPs keep when others go", async () => {
    const before = pinned(8, "r7i.8xlarge");
    const observed = deployed(before);
    const services = before.autopilotSites.map(({ name }, coreSet) => ({
      serviceName: name,
      scheduling: "DAEMON" as const,
      desiredCount: 3,
      runningCount: 3,
      deploymentInProgress: false,
      coreSet,
    }));
    const withServices = {
      ...observed,
      health: { source: "ecs" as const, containerInstances: [], services, tasks: [] },
    };
    const fewer = pinned(8, "r7i.4xlarge");
    const last = { ...fewer, autopilotSites: fewer.autopilotSites.slice(5) };
    const read = await report(last, withServices);
    expect(() => requireCapacity(last, read)).toThrow(
      "must hold 3 tasks of 2048 CPU units and 14336 MiB each on a node, got r7i.4xlarge, which is short of core sets (8 of 7); " +
        "types that fit, the least waste first: ",
    );
    expect(renderCapacity(read)).toContain("core sets");
    expect(renderCapacity(read)).toContain("8 of 7");
    const json = JSON.parse(renderCapacityJson(read)) as { nodes: unknown[] };
    expect(json.nodes[0]).toMatchObject({ use: { coreSets: { needed: 8, usable: 7 } } });
  });

  it("says nothing of core sets where there are quotas", async () => {
    const read = await report(environmentOf(3, "r7i.4xlarge"));
    expect(read.use).not.toHaveProperty("coreSets");
    expect(renderCapacity(read)).not.toContain("core sets");
  });
});

describe("a fleet of daemons", () => {
  it("fits while each node holds every PoP beside what is reserved", async () => {
    // 7 tasks: 14 of 16 vCPUs, 98 GiB; 1.5 may be kept, since the router has 0.5.
    const keeping = (reservedCpuUnits: number) =>
      refusal(environmentOf(7, "r7i.4xlarge", { fleet: { reservedCpuUnits } }));
    expect(await keeping(1536)).toBe("");
    expect(await keeping(1537)).toContain("which is short of CPU (14336 of 14335 units)");
    expect(await refusal(environmentOf(8, "r7i.4xlarge"))).toBe(
      "test: fleet.instanceType must hold 8 tasks of 2048 CPU units and 14336 MiB each on a node, got r7i.4xlarge, " +
        "which is short of CPU (16384 of 15616 units); types that fit, the least waste first: r7i.8xlarge (52% idle)",
    );
  });

  it("names every dimension that is short", async () => {
    expect(await refusal(environmentOf(3, "c7i.large"))).toBe(
      "test: fleet.instanceType must hold 3 tasks of 2048 CPU units and 14336 MiB each on a node, got c7i.large, " +
        "which is short of CPU (6144 of 1280 units) and memory (43008 of 2610 MiB); " +
        "types that fit, the least waste first: r7i.2xlarge (25% idle), m7i.4xlarge (46% idle) and c7i.8xlarge (56% idle)",
    );
  });

  it("says of which families no type is large enough", async () => {
    expect(await refusal(environmentOf(30, "c7i.large"))).toContain(
      "; no type of c6i, c7i, c7a, m6i, m7i, m7a, r6i, r7i, r7a, x2idn, x2iedn fits; divide the fleet into more cells",
    );
  });

  it("has less room by what runs on every node beside its tasks", async () => {
    const withDaemon = (cpuUnits: number, memoryMiB: number) =>
      environmentOf(7, "r7i.4xlarge", { routed: { daemons: [aDaemon({ cpuUnits, memoryMiB })] } });
    // 16384 - 256 - 512 (router) - 7 * 2048 = 1280; 131072 - 2367 - 512 - 512 - 7 * 14336 = 27329.
    expect(await refusal(withDaemon(1280, 27329))).toBe("");
    expect(await refusal(withDaemon(1281, 27330))).toContain(
      "short of CPU (14336 of 14335 units) and memory (100352 of 100351 MiB)",
    );
    const { daemons } = await report(withDaemon(1280, 64));
    expect(daemons).toEqual([
      { name: "router", cpuUnits: 512, memoryMiB: 512 },
      { name: "helper", cpuUnits: 1280, memoryMiB: 64 },
    ]);
  });

  it("asks for one type while it fits, and for all pages of types once it doesn't", async () => {
    const fits = ec2();
    await report(environmentOf(3, "r7i.4xlarge"), emptyObservation(), fits.calls);
    expect(fits.inputs).toEqual([{ InstanceTypes: ["r7i.4xlarge"] }]);
    const small = ec2(2);
    const read = await report(environmentOf(3, "c7i.large"), emptyObservation(), small.calls);
    expect(read.fitting.map(({ type }) => type.name)).toEqual([
      "r7i.2xlarge",
      "m7i.4xlarge",
      "c7i.8xlarge",
      "r7i.4xlarge",
      "r7i.8xlarge",
    ]);
    expect(small.inputs).toHaveLength(5);
  });

  it("may go from a type that is too small to one that isn't", async () => {
    const small = environmentOf(3, "r7i.4xlarge");
    const observed = withInstance(deployed(small), 1, { instanceType: "c7i.large" });
    const read = await report(small, observed);
    requireCapacity(small, read);
    expect(read.nodes.map(({ use }) => use?.short)).toEqual([[], [], []]);
    const held = withInstance(observed, 0, { statusChecks: "impaired" });
    expect((await report(small, held)).notes).toEqual([
      "node 1 can't hold all tasks until it has the type r7i.4xlarge",
    ]);
  });

  it("is let pass with a note where EC2 can't be read, or doesn't know the type", async () => {
    const environment = environmentOf(3, "c7i.large");
    const denied = {
      describeInstanceTypes: () =>
        Promise.reject(Object.assign(new Error("not authorized"), { name: "AccessDenied" })),
    } as unknown as PreflightCalls;
    const read = await report(environment, emptyObservation(), denied);
    expect(() => requireCapacity(environment, read)).not.toThrow();
    expect(read.notes).toEqual([
      "ec2:DescribeInstanceTypes failed with AccessDenied (not authorized), so whether nodes hold their tasks was not checked",
    ]);
    expect(await refusal(environmentOf(3, "x9i.large"))).toBe("");
  });

  it("doesn't take a part of the types for all of them, where pages have no end", async () => {
    const { calls } = ec2(1);
    const endless = {
      describeInstanceTypes: async (input: Input) => ({
        ...(await calls.describeInstanceTypes(input)),
        ...(input.Filters ? { NextToken: "1" } : {}),
      }),
    } as unknown as PreflightCalls;
    const { fitting, notes } = await report(environmentOf(3, "c7i.large"), undefined, endless);
    expect(fitting).toEqual([]);
    expect(notes).toContain(
      "ec2:DescribeInstanceTypes failed with Error (the same NextToken came twice), so fitting types are not known",
    );
  });

  it("holds in each cell the PoPs of that cell", () => {
    const cells = [
      { name: "a", nodes: [0, 1, 2] },
      { name: "b", nodes: [3, 4, 5] },
    ];
    const environment = environmentOf(7, "r7i.4xlarge", { fleet: { nodes: 6, cells } });
    const plan = planUpgrade(desiredFleet(environment), emptyObservation());
    expect([...tasksBySlot(environment, plan).values()].sort()).toEqual([3, 3, 3, 4, 4, 4]);
  });
});

describe("a fleet that is spread", () => {
  it("has room for the loss of a node", async () => {
    const routed = { placement: "spread" as const };
    const six = (pops: number) =>
      environmentOf(pops, "r7i.4xlarge", { fleet: { nodes: 6 }, routed });
    const plan = planUpgrade(desiredFleet(six(14)), emptyObservation());
    expect(new Set(tasksBySlot(six(14), plan).values())).toEqual(new Set([7]));
    expect(await refusal(six(14))).toBe("");
    expect(await refusal(six(15))).toContain("must hold 8 tasks");
  });

  it("can always place the next task, whatever the order, and could not with one task less room", () => {
    for (let nodes = 3; nodes <= 8; nodes += 1) {
      for (let pops = 2; pops <= 12; pops += 1) {
        const room = spreadRoom(pops, 2, nodes);
        expect(canBeStuck(pops, 2, nodes - 1, room)).toBe(false);
        if (room > 1) expect(canBeStuck(pops, 2, nodes - 1, room - 1)).toBe(true);
      }
    }
    expect(spreadRoom(0, 2, 3)).toBe(0);
    expect(spreadRoom(5, 2, 2)).toBe(5);
  });

  /** Whether the other PoPs' tasks can fill every node that doesn't run the last PoP's others. */
  function canBeStuck(pops: number, tasks: number, nodes: number, room: number): boolean {
    const left = nodes - (tasks - 1);
    return room < pops && left * room <= (pops - 1) * tasks;
  }
});

describe("routed capacity", () => {
  it("shows use per node, what is stranded, and the types that fit", async () => {
    const environment = environmentOf(3, "r7i.4xlarge");
    const plan = planUpgrade(desiredFleet(environment), emptyObservation());
    const text = renderCapacity(await readCapacity({ environment, plan }, ec2().calls, true));
    expect(text).toMatchInlineSnapshot(`
     "test: a node of r7i.4xlarge must hold 3 tasks: it fits
     ┌──────┬──────┬─────────────┬───────┬────────────────────────┬─────────────────────────┬──────────┐
     │ node │ cell │ type        │ tasks │ CPU                    │ memory                  │ stranded │
     ├──────┼──────┼─────────────┼───────┼────────────────────────┼─────────────────────────┼──────────┤
     │ 0    │      │ r7i.4xlarge │ 3     │ 6.0 of 15.3 vCPU (39%) │ 42.0 of 124.7 GiB (34%) │ 26.7 GiB │
     ├──────┼──────┼─────────────┼───────┼────────────────────────┼─────────────────────────┼──────────┤
     │ 1    │      │ r7i.4xlarge │ 3     │ 6.0 of 15.3 vCPU (39%) │ 42.0 of 124.7 GiB (34%) │ 26.7 GiB │
     ├──────┼──────┼─────────────┼───────┼────────────────────────┼─────────────────────────┼──────────┤
     │ 2    │      │ r7i.4xlarge │ 3     │ 6.0 of 15.3 vCPU (39%) │ 42.0 of 124.7 GiB (34%) │ 26.7 GiB │
     └──────┴──────┴─────────────┴───────┴────────────────────────┴─────────────────────────┴──────────┘
     beside them on every node: router (0.5 vCPU, 0.5 GiB)
     ┌──────────────┬───────┬─────┬──────────┬─────────────┐
     │ fitting type │ vCPUs │ GiB │ CPU idle │ memory idle │
     ├──────────────┼───────┼─────┼──────────┼─────────────┤
     │ r7i.2xlarge  │ 8     │ 64  │ 17%      │ 32%         │
     ├──────────────┼───────┼─────┼──────────┼─────────────┤
     │ m7i.4xlarge  │ 16    │ 64  │ 61%      │ 32%         │
     ├──────────────┼───────┼─────┼──────────┼─────────────┤
     │ c7i.8xlarge  │ 32    │ 64  │ 81%      │ 32%         │
     ├──────────────┼───────┼─────┼──────────┼─────────────┤
     │ r7i.4xlarge  │ 16    │ 128 │ 61%      │ 66%         │
     ├──────────────┼───────┼─────┼──────────┼─────────────┤
     │ r7i.8xlarge  │ 32    │ 256 │ 81%      │ 83%         │
     └──────────────┴───────┴─────┴──────────┴─────────────┘"
    `);
  });

  it("gives the same as data", async () => {
    const data = JSON.parse(renderCapacityJson(await report(environmentOf(3, "r7i.4xlarge")))) as {
      nodes: { slot: number; use: { tasks: number }; stranded: object }[];
    };
    expect(data.nodes[0]).toMatchObject({
      slot: 0,
      use: { tasks: 3, needed: { cpuUnits: 6144, memoryMiB: 43008 } },
      stranded: { cpuUnits: 0, memoryMiB: 27329 },
    });
  });

  it("strands nothing where both dimensions end together", () => {
    const use = (tasks: number, cpuUnits: number, memoryMiB: number) => ({
      tasks,
      needed: { cpuUnits: tasks * 1000, memoryMiB: tasks * 4000 },
      usable: { cpuUnits, memoryMiB },
      short: [],
    });
    expect(strandedOf(use(2, 4000, 16000))).toEqual({ cpuUnits: 0, memoryMiB: 0 });
    expect(strandedOf(use(2, 4999, 19999))).toEqual({ cpuUnits: 0, memoryMiB: 0 });
    expect(strandedOf(use(2, 8000, 16000))).toEqual({ cpuUnits: 4000, memoryMiB: 0 });
    expect(strandedOf(use(0, 8000, 16000))).toEqual({ cpuUnits: 0, memoryMiB: 0 });
  });
});
