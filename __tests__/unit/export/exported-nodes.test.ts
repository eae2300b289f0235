import { exportedNodes } from "../../../lib/export/exported-nodes";
import type { Observation } from "../../../lib/observe/observation";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";
import { aFleet, emptyObservation, observationOf, withoutInstance } from "../../support/fleet";

const environment = aRoutedEnvironment();
const observation = observationOf(aFleet());

const without = (
  list: "networkInterfaces" | "elasticIps",
  slot: number,
  from: Observation = observation,
): Observation => ({
  ...from,
  [list]: from[list].filter((each: { slot: number | null }) => each.slot !== slot),
});

it("are the slots in order, with the addresses that AWS holds, whatever order it tells them in", () => {
  const { nodes, notes } = exportedNodes(environment, observation);
  expect(notes).toEqual([]);
  expect(nodes.map(({ slot }) => slot)).toEqual([0, 1, 2]);
  for (const { slot, privateIpv4, publicIpv4, ipv6, availabilityZone } of nodes) {
    const eni = observation.networkInterfaces.find((each) => each.slot === slot);
    const eip = observation.elasticIps.find((each) => each.slot === slot);
    expect([privateIpv4, publicIpv4, [ipv6], availabilityZone]).toEqual([
      eni?.privateIpv4,
      eip?.publicIpv4,
      eni?.ipv6,
      eni?.availabilityZone,
    ]);
  }
  const reversed = {
    ...observation,
    networkInterfaces: [...observation.networkInterfaces].reverse(),
    elasticIps: [...observation.elasticIps].reverse(),
  };
  expect(exportedNodes(environment, reversed)).toEqual({ nodes, notes });
});

it("don't need instances", () => {
  const broken = [0, 1, 2].reduce(withoutInstance, observation);
  expect(exportedNodes(environment, broken)).toEqual(exportedNodes(environment, observation));
});

it("leave out slots whose addresses are not complete yet, and say so", () => {
  const noted = (seen: Observation) => exportedNodes(environment, seen).notes;
  const tail = "yet and is left out; export again once it has";
  expect(noted(without("elasticIps", 1))).toEqual([`slot 1 has no Elastic IP ${tail}`]);
  const without2 = without("networkInterfaces", 2, without("elasticIps", 2));
  expect(noted(without2)).toEqual([`slot 2 has no address ${tail}`]);
  expect(exportedNodes(environment, without2).nodes.map(({ slot }) => slot)).toEqual([0, 1]);
  const [first, ...others] = observation.networkInterfaces;
  if (!first) throw new Error("no ENI");
  expect(noted({ ...observation, networkInterfaces: [{ ...first, ipv6: [] }, ...others] })).toEqual(
    [`slot ${first.slot} has no IPv6 address ${tail}`],
  );
});

it("keep a slot that is to be removed as long as its address exists", () => {
  const smaller = { ...environment, fleet: { ...environment.fleet, nodes: 2 } };
  expect(exportedNodes(smaller, observation).nodes.map(({ slot }) => slot)).toEqual([0, 1, 2]);
});

it("are an error where nothing is deployed", () => {
  expect(() => exportedNodes(environment, emptyObservation())).toThrow(
    "test: no node has its addresses yet, so there is nothing to export; deploy test first",
  );
});

it("are an error where two ENIs claim a slot", () => {
  const [first] = observation.networkInterfaces;
  if (!first) throw new Error("no ENI");
  const twin = { ...first, networkInterfaceId: "eni-twin" };
  expect(() =>
    exportedNodes(environment, {
      ...observation,
      networkInterfaces: [...observation.networkInterfaces, twin],
    }),
  ).toThrow(`ENIs ${first.networkInterfaceId} and eni-twin both claim slot ${first.slot}`);
});
