import { cidrBlock } from "../cidr";
import type { AutopilotSite } from "../environment";
import { MAX_RULES_PER_SECURITY_GROUP, MAX_TASKS_PER_ROUTER, shardOf } from "../limits";
import { reportOverlaps } from "./rule";
import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const SITES: FieldPath = ["autopilotSites"];

export const siteRules: readonly Rule[] = [
  {
    reads: [
      ["fleet", "nodes"],
      ["fleet", "spareNodes"],
      ["fleet", "cells"],
    ],
    check: sitesFitRouters,
  },
  { reads: [], check: (subject) => valuesAreUnique(subject, "id") },
  { reads: [], check: (subject) => valuesAreUnique(subject, "name") },
  { reads: [], check: idsAreNotRetired },
  { reads: [], check: peersAreDistinctBlocks },
  { reads: [SITES, ["network", "bgpSecurityGroups"]], check: peersFitSecurityGroups },
];

function sitesFitRouters({ environment, soundItems, report }: Subject): void {
  const { cells, nodes, spareNodes } = environment.fleet;
  const count = soundItems<AutopilotSite>(SITES).length;
  const largest =
    cells === undefined ? nodes + spareNodes : Math.max(...cells.map((cell) => cell.nodes.length));
  const most = Math.floor(MAX_TASKS_PER_ROUTER / (largest + 1));
  if (count <= most) return;
  const where =
    cells === undefined
      ? `fleet.nodes is ${nodes}${spareNodes === 0 ? "" : ` and fleet.spareNodes ${spareNodes}`}`
      : `the largest of fleet.cells has ${largest} nodes`;
  const allowed = `must have at most ${most} PoPs when ${where}, since a router takes ${MAX_TASKS_PER_ROUTER} tasks`;
  const fix = cells === undefined ? "set fleet.cells or serve" : "serve";
  report(SITES, `${allowed}, got ${count}; ${fix} some from another environment`);
}

function valuesAreUnique({ environment, soundItems, report }: Subject, key: "id" | "name"): void {
  const { autopilotSites } = environment;
  const firstIndex = new Map<string | number, number>();
  for (const { index, value: site } of soundItems<AutopilotSite>(SITES)) {
    const first = firstIndex.get(site[key]);
    if (first === undefined) {
      firstIndex.set(site[key], index);
      continue;
    }
    const other = autopilotSites[first];
    const owner = key === "id" ? `"${other?.name}"` : `id ${other?.id}`;
    const fix =
      key === "id" ? "give it a number that no PoP ever had" : "rename or remove one of them";
    report(
      [...SITES, index, key],
      `must be unique in its environment, got ${JSON.stringify(site[key])}, which is ${owner} too; ${fix}`,
    );
  }
}

function idsAreNotRetired({ soundItems, report }: Subject): void {
  const retired = soundItems<number>(["retiredSiteIds"]).map(({ value }) => value);
  for (const { index, value: site } of soundItems<AutopilotSite>(SITES)) {
    if (!retired.includes(site.id)) continue;
    const allowed = "must be an id that no PoP ever had";
    const fix = "take another (routed config add-pop finds one)";
    report(
      [...SITES, index, "id"],
      `${allowed}, got ${site.id}, which is in retiredSiteIds; ${fix}`,
    );
  }
}

function peersAreDistinctBlocks(subject: Subject): void {
  const sites = subject.environment.autopilotSites as unknown;
  if (!Array.isArray(sites)) return;
  sites.forEach((_, site) => {
    const path = [...SITES, site, "bgpPeers"];
    for (const { index, value } of subject.soundItems<string>(path)) {
      if (cidrBlock(value).prefixLength > 0) continue;
      const allowed = "must be a block of BGP peers, not the whole internet";
      subject.report([...path, index], `${allowed}, got "${value}"; name the peers`);
    }
    reportOverlaps(subject, path);
  });
}

/** Each peer's block is a rule; a security group counts IPv4 and IPv6 rules apart. */
function peersFitSecurityGroups({ environment, report }: Subject): void {
  const { bgpSecurityGroups } = environment.network;
  for (let group = 0; group < bgpSecurityGroups; group += 1) {
    const sites = environment.autopilotSites.filter(
      ({ id }) => shardOf(id, bgpSecurityGroups) === group,
    );
    const families = sites.flatMap(({ bgpPeers }) =>
      bgpPeers.map((peer) => cidrBlock(peer).family),
    );
    for (const family of [4, 6]) {
      const count = families.filter((member) => member === family).length;
      if (count <= MAX_RULES_PER_SECURITY_GROUP) continue;
      const whose = `the PoPs with id % ${bgpSecurityGroups} = ${group}`;
      const allowed = `must have at most ${MAX_RULES_PER_SECURITY_GROUP} IPv${family} bgpPeers in ${whose}, which share a security group`;
      const fix =
        "join blocks, raise network.bgpSecurityGroups or serve some from another environment";
      report(SITES, `${allowed}, got ${count}; ${fix}`);
    }
  }
}
