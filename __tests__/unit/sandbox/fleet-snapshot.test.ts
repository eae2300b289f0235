import type { SandboxInstance } from "../../../sandbox/control";
import { compareFleets, snapshotFleet } from "../../../sandbox/fleet-snapshot";
import { renderWave } from "../../../sandbox/render-wave";

const instance = (slot: number, overrides: Partial<SandboxInstance> = {}): SandboxInstance => ({
  instanceId: `i-${slot}`,
  state: "running",
  impaired: false,
  imageId: "ami-old",
  instanceType: "r6i.large",
  availabilityZone: "us-east-1a",
  networkInterfaceId: `eni-${slot}`,
  privateIp: `10.0.0.${slot}`,
  publicIp: `198.18.0.${slot}`,
  ipv6Addresses: [`2001:db8::${slot}`],
  accountId: "123456789012",
  region: "us-east-1",
  tags: { "routed:environment": "dev", "routed:node": String(slot) },
  ...overrides,
});
const fleet = (...instances: SandboxInstance[]) => snapshotFleet(instances, "dev");

describe("snapshotFleet", () => {
  it("holds the environment's live nodes by slot, and nothing else", () => {
    const nodes = fleet(
      instance(10),
      instance(2, { state: "stopped" }),
      instance(1, { state: "terminated" }),
      instance(3, { tags: { "routed:environment": "stg", "routed:node": "3" } }),
      instance(4, { tags: { "routed:environment": "dev" } }),
    );

    expect(nodes.map(({ slot, state }) => [slot, state])).toEqual([
      [2, "stopped"],
      [10, "running"],
    ]);
  });
});

describe("compareFleets", () => {
  it("tells for each slot what happened to it", () => {
    const changes = compareFleets(
      fleet(instance(0), instance(1), instance(2)),
      fleet(instance(0), instance(1, { instanceId: "i-new" }), instance(3)),
    );

    expect(changes.map(({ slot, kind }) => [slot, kind])).toEqual([
      [0, "kept"],
      [1, "replaced"],
      [2, "removed"],
      [3, "created"],
    ]);
    expect(changes.flatMap(({ changedAddresses }) => changedAddresses)).toEqual([]);
  });

  it("names every address that changed", () => {
    const [change] = compareFleets(
      fleet(instance(0)),
      fleet(instance(0, { publicIp: null, ipv6Addresses: ["2001:db8::9"] })),
    );

    expect(change?.changedAddresses).toEqual([
      "EIP 198.18.0.0 → none",
      "IPv6 2001:db8::0 → 2001:db8::9",
    ]);
  });
});

describe("renderWave", () => {
  it("shows what became of each slot", () => {
    const table = renderWave(
      compareFleets(
        fleet(instance(0), instance(1)),
        fleet(instance(0, { instanceId: "i-new", imageId: "ami-new" }), instance(1)),
      ),
    );

    expect(table).toBe(
      [
        "┌──────┬────────────┬───────────┬──────────┬────────────┬─────────────┬────────────────┐",
        "│ slot │ zone       │ AMI       │ instance │ EIP        │ IPv6        │ deploy         │",
        "├──────┼────────────┼───────────┼──────────┼────────────┼─────────────┼────────────────┤",
        "│ 0    │ us-east-1a │ ami-old   │ i-0      │ 198.18.0.0 │ 2001:db8::0 │ replaced,      │",
        "│      │            │ → ami-new │ → i-new  │            │             │ same addresses │",
        "├──────┼────────────┼───────────┼──────────┼────────────┼─────────────┼────────────────┤",
        "│ 1    │ us-east-1a │ ami-old   │ i-1      │ 198.18.0.1 │ 2001:db8::1 │ kept           │",
        "└──────┴────────────┴───────────┴──────────┴────────────┴─────────────┴────────────────┘",
      ].join("\n"),
    );
  });

  it("shows each slot's tasks if the fleet's health is given", () => {
    const node = { slot: 0, instanceId: "i-0", agentConnected: true, tasks: 3, healthyTasks: 2 };
    const health = { healthy: false, waitingFor: ["service pop1"], nodes: [node] };

    const lines = renderWave(compareFleets([], fleet(instance(0), instance(1))), health).split(
      "\n",
    );

    expect(lines.filter((line) => line.startsWith("│")).map((line) => line.split("│")[8])).toEqual([
      " tasks          ",
      " 2 of 3 healthy ",
      " none           ",
    ]);
  });
});
