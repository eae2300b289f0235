import { partitionOf, placeOfArn } from "../arn";
import { cidrBlock, contains, overlaps } from "../cidr";
import { reportOverlaps } from "./rule";
import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const VPC_CIDR: FieldPath = ["network", "vpcCidr"];
/** What a VPC may use without taking addresses from the internet: RFC 1918 and RFC 6598. */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];
/** Docker's bridge on every node: a VPC in it would be unreachable from there. */
const DOCKER_BLOCK = "172.17.0.0/16";

export const networkRules: readonly Rule[] = [
  { reads: [["aws", "region"]], check: zonesAreOfRegion },
  { reads: [VPC_CIDR], check: vpcCidrIsUsable },
  { reads: [], check: (subject) => reportOverlaps(subject, ["network", "apiClientCidrs"]) },
  { reads: [], check: (subject) => reportOverlaps(subject, ["network", "prometheusCidrs"]) },
  {
    reads: [
      ["aws", "region"],
      ["aws", "accountId"],
      ["network", "apiCertificateArn"],
    ],
    check: certificateIsLocal,
  },
];

function zonesAreOfRegion({ environment, soundItems, report }: Subject): void {
  const { region } = environment.aws;
  const path: FieldPath = ["aws", "availabilityZones"];
  for (const { index, value: zone } of soundItems<string>(path)) {
    if (zone.slice(0, -1) === region) continue;
    const allowed = `must be a zone of aws.region, ${region} (e.g. "${region}a")`;
    report([...path, index], `${allowed}, got "${zone}"; correct the zone or the region`);
  }
}

function vpcCidrIsUsable({ environment, report }: Subject): void {
  const { vpcCidr } = environment.network;
  const vpc = cidrBlock(vpcCidr);
  if (vpc.prefixLength < 16 || vpc.prefixLength > 20) {
    const fix = vpc.prefixLength < 16 ? "take a part of it" : "take a larger block";
    report(VPC_CIDR, `must have a prefix length between 16 and 20, got "${vpcCidr}"; ${fix}`);
  } else if (!PRIVATE_BLOCKS.some((block) => contains(cidrBlock(block), vpc))) {
    const allowed = `must lie within one of ${PRIVATE_BLOCKS.join(", ")}`;
    report(VPC_CIDR, `${allowed}, got "${vpcCidr}"; choose a private block`);
  } else if (overlaps(cidrBlock(DOCKER_BLOCK), vpc)) {
    const allowed = `must not overlap ${DOCKER_BLOCK}, which Docker uses on every node`;
    report(VPC_CIDR, `${allowed}, got "${vpcCidr}"; choose another block`);
  }
}

/** A load balancer takes certificates of its own account and region only. */
function certificateIsLocal({ environment, report }: Subject): void {
  const arn = environment.network.apiCertificateArn;
  if (arn === undefined) return;
  const { region, accountId } = environment.aws;
  const path: FieldPath = ["network", "apiCertificateArn"];
  const place = placeOfArn(arn);
  const partition = partitionOf(region);
  if (place.region !== region || place.account !== accountId) {
    const allowed = `must be of aws.accountId ${accountId} and aws.region ${region}`;
    report(path, `${allowed}, got "${arn}"; issue one there`);
  } else if (place.partition !== partition) {
    const allowed = `must begin with arn:${partition}:, the partition of aws.region ${region}`;
    report(path, `${allowed}, got "${arn}"; correct it`);
  }
}
