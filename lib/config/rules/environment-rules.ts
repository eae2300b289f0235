import { cidrBlock } from "../cidr";
import type { CidrBlock } from "../cidr";
import type { ConfigFile } from "../file/config-file";
import type { AutopilotSite } from "../environment";
import { subjectOf } from "./rule";
import type { Subject } from "./rule";
import { stateLocation } from "../state-location";

/** A sound part of one environment, and where to report what is wrong with it. */
interface Member {
  readonly file: ConfigFile;
  readonly subject: Subject;
}

/** The rules between environments. Violations are reported in the later one, by name. */
export function checkBetweenEnvironments(files: readonly ConfigFile[]): void {
  const members = files
    .filter((file) => file.isWellShaped([]))
    .map((file) => ({ file, subject: subjectOf(file) }));
  vpcsAreApart(members);
  statesAreApart(members);
  tagsAreApart(members);
  productionPopsAreServedOnce(members);
}

/** Environments may be peered with each other and with what is around them. */
function vpcsAreApart(members: readonly Member[]): void {
  const path = ["network", "vpcCidr"];
  const vpcs = members
    .filter(({ file }) => file.isSound(path))
    .map((member) => ({ ...member, block: cidrBlock(member.subject.environment.network.vpcCidr) }))
    .sort((a, b) => byStart(a.block, b.block));
  let widest: (typeof vpcs)[number] | undefined;
  for (const vpc of vpcs) {
    if (widest && vpc.block.first <= widest.block.last) {
      const [earlier, later] = widest.file.name < vpc.file.name ? [widest, vpc] : [vpc, widest];
      const got = `got "${later.block.text}", which overlaps ${earlier.block.text} of ${earlier.file.path}`;
      later.subject.report(
        path,
        `must not overlap other environments, ${got}; choose a free block`,
      );
    }
    if (!widest || vpc.block.last > widest.block.last) widest = vpc;
  }
}

/** Two environments with one state would destroy each other. */
function statesAreApart(members: readonly Member[]): void {
  const owners = new Map<string, Member>();
  for (const member of members.filter(({ file }) => file.isSound(["backend"]))) {
    const location = stateLocation(member.subject.environment);
    const owner = owners.get(location);
    if (owner) {
      const message = `must be a state of its own, got ${location}, which is the state of ${owner.file.path}; choose another`;
      member.subject.report(["backend"], message);
    } else {
      owners.set(location, member);
    }
  }
}

/** An environment whose tags another one has too could be given the other's workspace. */
function tagsAreApart(members: readonly Member[]): void {
  const tagged = members.flatMap(({ file, subject }) => {
    const { backend } = subject.environment;
    if (!file.isSound(["backend"]) || backend.type !== "cloud" || !backend.tags) return [];
    const { hostname, organization, tags } = backend;
    return [{ file, subject, organization: `${hostname}/${organization}`, tags }];
  });
  for (const one of tagged) {
    const other = tagged.find(
      ({ file, organization, tags }) =>
        file !== one.file &&
        organization === one.organization &&
        tags.length > one.tags.length &&
        one.tags.every((tag) => tags.includes(tag)),
    );
    if (!other) continue;
    const got = `got ${one.tags.join(", ")}, all of which ${other.file.path} has too`;
    one.subject.report(
      ["backend", "tags"],
      `must tell its workspace from other environments', ${got}; add a tag`,
    );
  }
}

/** A PoP announces its routes from one production environment. */
function productionPopsAreServedOnce(members: readonly Member[]): void {
  const owners = new Map<string, Member>();
  for (const member of members.filter(({ file }) => isProduction(file.name))) {
    for (const { index, value: site } of member.subject.soundItems<AutopilotSite>([
      "autopilotSites",
    ])) {
      const owner = owners.get(site.name) ?? member;
      owners.set(site.name, owner);
      if (owner === member) continue;
      const got = `got "${site.name}", which ${owner.file.path} serves`;
      const message = `must be unique over all production environments, ${got}; remove it from one of them`;
      member.subject.report(["autopilotSites", index, "name"], message);
    }
  }
}

function isProduction(environment: string): boolean {
  return environment === "prd" || environment.startsWith("prd-");
}

function byStart(a: CidrBlock, b: CidrBlock): number {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefixLength - b.prefixLength;
}
