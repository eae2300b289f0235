import type { Environment } from "../../../lib/config/environment";
import { exportedCells } from "../../../lib/export/exported-cells";
import { scrapeTargets } from "../../../lib/export/scrape-targets";
import { TARGET_LABELS } from "../../../lib/metrics/metric-names";
import { anExportConfig, aRoutedEnvironment, aSite } from "../../fixtures/a-routed-environment";
import { aFleet, observationOf, withEcs, withEcsChange } from "../../support/fleet";
import { someNodes } from "./some-nodes";

type Addresses = Environment["export"]["prometheus"]["addresses"];

function hosts(addresses: Addresses, prometheusCidrs: string[]): string[] {
  const config = anExportConfig();
  const { network } = aRoutedEnvironment();
  const environment = aRoutedEnvironment({
    network: { ...network, prometheusCidrs },
    export: { ...config, prometheus: { ...config.prometheus, addresses } },
  });
  return scrapeTargets(environment, someNodes(2)).map(({ targets: [target] }) => target);
}

it("are each PoP's metrics port on each node, with what tells them apart", () => {
  const targets = scrapeTargets(aRoutedEnvironment(), someNodes(2));
  expect(targets).toEqual([
    {
      targets: ["10.64.0.10:22001"],
      labels: { environment: "test", pop: "pop1", slot: "0", az: "us-east-2a" },
    },
    {
      targets: ["10.64.0.10:22002"],
      labels: { environment: "test", pop: "pop2", slot: "0", az: "us-east-2a" },
    },
    {
      targets: ["10.64.0.11:22001"],
      labels: { environment: "test", pop: "pop1", slot: "1", az: "us-east-2b" },
    },
    {
      targets: ["10.64.0.11:22002"],
      labels: { environment: "test", pop: "pop2", slot: "1", az: "us-east-2b" },
    },
  ]);
  for (const { labels } of targets)
    expect(TARGET_LABELS).toEqual(expect.arrayContaining(Object.keys(labels)));
});

it("are at the address that the config says, and else at one that the scraper may reach", () => {
  const both = ["10.1.0.0/16", "2001:db8:1::/48"];
  expect(hosts("private-ipv4", both)[0]).toBe("10.64.0.10:22001");
  expect(hosts("public-ipv4", both)[0]).toBe("198.51.100.10:22001");
  expect(hosts("ipv6", both)[0]).toBe("[2001:db8:64::a]:22001");
  expect(hosts(undefined, both)[0]).toBe("10.64.0.10:22001");
  expect(hosts(undefined, ["2001:db8:1::/48"])[0]).toBe("[2001:db8:64::a]:22001");
});

describe("with cells", () => {
  const { fleet } = aRoutedEnvironment();
  const cells = [
    { name: "a", nodes: [0, 1] },
    { name: "b", nodes: [2, 3] },
  ];
  const environment = aRoutedEnvironment({
    fleet: { ...fleet, nodes: 4, cells },
    autopilotSites: [aSite(1), aSite(2, { cell: "a" })],
  });
  const service = (serviceName: string, cell: string) => ({
    serviceName,
    cell,
    scheduling: "DAEMON" as const,
    desiredCount: 2,
    runningCount: 2,
    deploymentInProgress: false,
  });
  const observed = (...services: ReturnType<typeof service>[]) =>
    withEcsChange(withEcs(observationOf(aFleet({ nodes: 4 })), []), () => ({ services }));

  it("are on the nodes of the PoP's cell only, and say which", () => {
    const cellOfPop = exportedCells(environment, observed(service("pop1", "b")));
    expect(
      scrapeTargets(environment, someNodes(4), cellOfPop).map(
        ({ labels: { pop, slot, cell } }) => `${pop} ${cell} ${slot}`,
      ),
    ).toEqual(["pop2 a 0", "pop2 a 1", "pop1 b 2", "pop1 b 3"]);
  });

  it("are refused where ECS can't be read, since a PoP stays in the cell that it is in", () => {
    const health = { source: "unreadable" as const, reason: "ecs:ListServices failed" };
    expect(() => exportedCells(environment, { ...observed(), health })).toThrow(
      "test: the PoPs' cells can't be told, since ECS could not be read (ecs:ListServices failed); export again",
    );
    expect(exportedCells(aRoutedEnvironment(), { ...observed(), health })).toEqual(new Map());
  });
});
