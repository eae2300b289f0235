import { shardOf } from "../../../../lib/config/limits";
import { complaintsAbout, sites } from "../../../fixtures/config/config-folder";

const about = (autopilotSites: unknown): string[] => complaintsAbout({ autopilotSites });
const peersOf = (bgpPeers: readonly string[]): string[] =>
  about([{ id: 1, name: "ord", bgpPeers }]);

describe("autopilotSites", () => {
  it("are at least 1", () => {
    expect(about(sites(1))).toEqual([]);
    expect(about(sites(0))).toEqual([
      "autopilotSites must be a list of at least 1, got a list of 0; add what is missing",
    ]);
  });

  it("are as many as a router takes tasks of: one on its own node, and one on each", () => {
    const on = (nodes: number, count: number) =>
      complaintsAbout({
        "fleet.nodes": nodes,
        autopilotSites: sites(count),
      }).filter((complaint) => complaint.includes("router"));
    expect(on(19, 999)).toEqual([]);
    expect(on(99, 200)).toEqual([]);
    expect(on(99, 201)).toEqual([
      "autopilotSites must have at most 200 PoPs when fleet.nodes is 99, since a router takes 20000 tasks, got 201; set fleet.cells or serve some from another environment",
    ]);
    const inCells = (size: number) => {
      const slots = (from: number) => Array.from({ length: size }, (_, index) => from + index);
      const cells = [
        { name: "a", nodes: slots(0) },
        { name: "b", nodes: slots(size) },
      ];
      const fleet = { "fleet.nodes": 2 * size, "fleet.cells": cells };
      return complaintsAbout({ ...fleet, autopilotSites: sites(999) }).filter((complaint) =>
        complaint.includes("router"),
      );
    };
    expect(inCells(19)).toEqual([]);
    expect(inCells(20)).toEqual([
      "autopilotSites must have at most 952 PoPs when the largest of fleet.cells has 20 nodes, since a router takes 20000 tasks, got 999; serve some from another environment",
    ]);
  });

  it("have ids from 1 to 999", () => {
    const allowed = "autopilotSites[0].id must be an integer between 1 and 999";
    const withId = (id: number): unknown => [{ id, name: "ord", bgpPeers: ["2001:db8::/48"] }];
    expect(about(withId(1))).toEqual([]);
    expect(about(withId(999))).toEqual([]);
    expect(about(withId(0))).toEqual([`${allowed}, got 0; raise it`]);
    expect(about(withId(1000))).toEqual([`${allowed}, got 1000; lower it`]);
  });

  it("have ids and names of their own", () => {
    const bgpPeers = ["2001:db8::/48"];
    const pops = [
      { id: 1, name: "ord", bgpPeers },
      { id: 2, name: "ord", bgpPeers },
      { id: 1, name: "dfw", bgpPeers },
    ];
    expect(about(pops)).toEqual([
      'autopilotSites[1].name must be unique in its environment, got "ord", which is id 1 too; rename or remove one of them',
      'autopilotSites[2].id must be unique in its environment, got 1, which is "ord" too; give it a number that no PoP ever had',
    ]);
  });

  it.each(["Ord", "1a", "a--b", "a-", "a_b", ""])("may not be named %j", (name) => {
    expect(about([{ id: 1, name, bgpPeers: ["2001:db8::/48"] }])).toEqual([
      `autopilotSites[0].name must be a string of at most 24 characters that matches ^[a-z][a-z0-9]*(-[a-z0-9]+)*$, got "${name}"; write e.g. "ord"`,
    ]);
  });
});

describe("bgpPeers", () => {
  it("are blocks that don't overlap", () => {
    expect(peersOf(["2001:db8::/48", "2001:db8:1::/48", "192.0.2.0/25", "192.0.2.128/25"])).toEqual(
      [],
    );
    expect(peersOf(["192.0.2.0/24", "192.0.2.1/32"])).toEqual([
      'autopilotSites[0].bgpPeers[1] must not overlap the rest of its list, got "192.0.2.1/32", which lies within item [0], "192.0.2.0/24"; remove it',
    ]);
  });

  it.each(["0.0.0.0/0", "::/0"])("are not %s, which is everybody", (block) => {
    expect(peersOf([block])).toEqual([
      `autopilotSites[0].bgpPeers[0] must be a block of BGP peers, not the whole internet, got "${block}"; name the peers`,
    ]);
  });

  it("fit the security groups, IPv4 and IPv6 counted apart", () => {
    const pop = (id: number, count: number): unknown => ({
      id,
      name: `pop${id}`,
      bgpPeers: [
        ...Array.from({ length: count }, (_, peer) => `198.51.${id}.${peer}/32`),
        ...Array.from({ length: count }, (_, peer) => `2001:db8:${id}:${peer}::/64`),
      ],
    });
    const others = [pop(2, 10), pop(3, 10)];
    const full = [pop(1, 10), pop(5, 10), pop(9, 10), pop(13, 10), pop(17, 10)];
    expect(about([...full, pop(21, 10), ...others])).toEqual([]);
    expect(about([...full, pop(21, 10), pop(25, 1), ...others])).toEqual(
      ["IPv4", "IPv6"].map(
        (family) =>
          `autopilotSites must have at most 60 ${family} bgpPeers in the PoPs with id % 4 = 1, which share a security group, got 61; join blocks, raise network.bgpSecurityGroups or serve some from another environment`,
      ),
    );
  });
});

describe("bgpPeers over another number of security groups", () => {
  const peers = (id: number, count: number): unknown => ({
    id,
    name: `pop${id}`,
    bgpPeers: Array.from({ length: count }, (_, peer) => `198.51.${id}.${peer}/32`),
  });
  const of = (bgpSecurityGroups: number, autopilotSites: unknown) =>
    complaintsAbout({ "network.bgpSecurityGroups": bgpSecurityGroups, autopilotSites });

  it("fit 60 to a group", () => {
    const full = [1, 2, 3, 4].map((id) => peers(id, 15));
    expect(of(1, full)).toEqual([]);
    expect(of(1, [...full, peers(5, 1)])).toEqual([
      "autopilotSites must have at most 60 IPv4 bgpPeers in the PoPs with id % 1 = 0, which share a security group, got 61; join blocks, raise network.bgpSecurityGroups or serve some from another environment",
    ]);
    expect(of(2, [...full, peers(5, 1)])).toEqual([]);
  });

  it("may be spread over 1 to 15", () => {
    const allowed = "network.bgpSecurityGroups must be an integer between 1 and 15";
    expect(of(15, [peers(1, 1)])).toEqual([]);
    expect(of(0, [peers(1, 1)])).toEqual([`${allowed}, got 0; raise it`]);
    expect(of(16, [peers(1, 1)])).toEqual([`${allowed}, got 16; lower it`]);
  });
});

describe("shardOf", () => {
  it("depends on the site's id alone and uses every shard", () => {
    expect([1, 2, 3, 4, 5, 999].map((id) => shardOf(id, 4))).toEqual([1, 2, 3, 0, 1, 3]);
    expect([1, 2, 999].map((id) => shardOf(id, 1))).toEqual([0, 0, 0]);
  });
});
