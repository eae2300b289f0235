import { renderSummary } from "../../../lib/plan/render/render-summary";
import type { QuotaCheck } from "../../../lib/preflight/check-quota";
import { preflight, requirePassed } from "../../../lib/preflight/preflight";
import type { PreflightSubject } from "../../../lib/preflight/preflight";
import type { QuotaId } from "../../../lib/preflight/quota";
import { aSite } from "../../fixtures/a-routed-environment";
import { withInstance, withoutInstance } from "../../support/fleet";
import { aFakeAccount, anEnvironmentOf, aSubject, deployed } from "./a-subject";
import type { FakeAccount } from "./a-subject";
import type { PreflightReport } from "../../../lib/preflight/report";

/** Quotas of an account with room for everything. */
const ROOMY = {
  "L-0263D0A3": 100,
  "L-F678F1CE": 100,
  "L-A4707A72": 100,
  "L-DF5E4CA3": 5000,
  "L-1216C47A": 1000,
};

function check(subject: PreflightSubject, account: FakeAccount = {}): Promise<PreflightReport> {
  const { connect } = aFakeAccount({ quotas: ROOMY, ...account });
  return preflight(subject, { connect });
}

function of(report: PreflightReport, id: QuotaId): QuotaCheck | undefined {
  return report.checks.find((one) => one.id === id);
}

/** What is refused, a line each, without the first. */
async function refusals(subject: PreflightSubject, account: FakeAccount): Promise<string[]> {
  const report = await check(subject, account);
  try {
    requirePassed(report);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

describe("EIPs", () => {
  const quotas = { ...ROOMY, "L-0263D0A3": 5 };

  it("fit with others' below and at the quota, and don't above it", async () => {
    expect(await refusals(aSubject(), { quotas, addresses: 1 })).toEqual([]);
    expect(await refusals(aSubject(), { quotas, addresses: 2 })).toEqual([]);
    expect(await refusals(aSubject(), { quotas, addresses: 3 })).toEqual([
      "  EC2-VPC Elastic IPs (ec2 L-0263D0A3): 5 allowed (the account's quota), 3 in use, 3 more needed (3 more for slots that have none); raise it to at least 6 (aws service-quotas request-service-quota-increase --region us-east-2 --service-code ec2 --quota-code L-0263D0A3 --desired-value 6; or in the console, Service Quotas > AWS services > Amazon Elastic Compute Cloud (Amazon EC2) > EC2-VPC Elastic IPs), or release addresses that nothing uses, or lower fleet.nodes",
    ]);
  });

  it("are needed for new slots only", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const report = await check(aSubject(anEnvironmentOf(5), observation), { quotas, addresses: 3 });
    expect(of(report, "elasticIps")).toMatchObject({ needed: 2, inUse: 3, verdict: "fits" });
  });

  it("are needed for a slot whose EIP was released and may be another, too", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const elasticIps = observation.elasticIps.filter(({ slot }) => slot !== 1);
    const released = { ...observation, elasticIps };
    const subject = aSubject(anEnvironmentOf(3), released, { acceptNewAddress: [1] });
    const report = await check(subject);
    expect(of(report, "elasticIps")?.needed).toBe(1);
  });
});

describe("vCPUs", () => {
  it("of a new fleet count in full, next to others' running on-demand instances", async () => {
    const instances = [
      { type: "r6i.large" },
      { type: "m5.large" },
      { type: "x2idn.16xlarge" },
      { type: "r6i.large", lifecycle: "spot" as const },
      { type: "r6i.large", tenancy: "host" as const },
    ];
    const account = { instances, vcpus: { "r6i.large": 2, "m5.large": 2 } };
    const at = { ...account, quotas: { ...ROOMY, "L-1216C47A": 10 } };
    expect(await refusals(aSubject(), at)).toEqual([]);
    const below = { ...account, quotas: { ...ROOMY, "L-1216C47A": 9 } };
    expect(await refusals(aSubject(), below)).toEqual([
      "  Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances (ec2 L-1216C47A): 9 allowed (the account's quota), 4 in use, 6 more needed (vCPUs of what is launched: 3 × r6i.large with 2 each); raise it to at least 10 (aws service-quotas request-service-quota-increase --region us-east-2 --service-code ec2 --quota-code L-1216C47A --desired-value 10; or in the console, Service Quotas > AWS services > Amazon Elastic Compute Cloud (Amazon EC2) > Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances), or lower fleet.nodes, or choose a smaller fleet.instanceType",
    ]);
  });

  it("of a larger type count by the difference, since a node goes before its successor comes", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const vcpus = { "r6i.large": 2, "r6i.xlarge": 4 };
    const subject = aSubject(anEnvironmentOf(3, "r6i.xlarge"), observation);
    expect(subject.waves[0]?.decisions.filter(({ action }) => action === "upgrade")).toHaveLength(
      1,
    );
    const report = await check(subject, { vcpus });
    // All three waves, not the next deploy's one node alone.
    expect(of(report, "standardVcpus")?.needed).toBe(6);
  });

  it("of a smaller type are not needed on top", async () => {
    const observation = deployed(anEnvironmentOf(3, "r6i.xlarge"));
    const vcpus = { "r6i.large": 2, "r6i.xlarge": 4 };
    const report = await check(aSubject(anEnvironmentOf(3), observation), { vcpus });
    expect(of(report, "standardVcpus")).toBeUndefined();
  });

  it("of a stopped node are not in use, so its successor needs all of its own", async () => {
    const before = withInstance(deployed(anEnvironmentOf(3, "r6i.xlarge")), 0, {
      state: "stopped",
      statusChecks: "not-applicable",
    });
    const vcpus = { "r6i.large": 2, "r6i.xlarge": 4 };
    const report = await check(aSubject(anEnvironmentOf(3), before), { vcpus });
    // Node 0 comes first, and takes 2 vCPUs before the other nodes' upgrades give up 2 each.
    expect(of(report, "standardVcpus")?.needed).toBe(2);
  });

  it("of another family count against that family's quota", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const subject = aSubject(anEnvironmentOf(3, "x2idn.16xlarge"), observation);
    const vcpus = { "r6i.large": 2, "x2idn.16xlarge": 64 };
    const quotas = { ...ROOMY, "L-7295265B": 192 };
    expect(of(await check(subject, { vcpus, quotas }), "xVcpus")).toMatchObject({
      needed: 192,
      limit: 192,
      verdict: "fits",
    });
  });

  it("are told from the type's size where EC2 can't be asked, and a note says so", async () => {
    const report = await check(aSubject(), { denied: ["describeInstanceTypes"] });
    expect(of(report, "standardVcpus")?.needed).toBe(6);
    expect(report.notes).toEqual([
      "ec2:DescribeInstanceTypes failed with AccessDenied (not authorized), so AWS's documented default, or what is known without it, stands for vCPUs of r6i.large",
    ]);
  });

  it("that nobody can tell are no refusal", async () => {
    const report = await check(aSubject(anEnvironmentOf(3, "r5.metal")));
    expect(report.passed).toBe(true);
    expect(of(report, "standardVcpus")).toMatchObject({ needed: null, verdict: "unknown" });
  });
});

describe("a new environment's network", () => {
  const quotas = { ...ROOMY, "L-F678F1CE": 5, "L-A4707A72": 5 };
  const others = (count: number) => Array.from({ length: count }, () => ({ Name: "other" }));

  it("needs a VPC and an internet gateway next to others'", async () => {
    expect(await refusals(aSubject(), { quotas, networks: others(4) })).toEqual([]);
    const lines = await refusals(aSubject(), { quotas, networks: others(5) });
    expect(lines.map((line) => line.split(";")[0])).toEqual([
      "  VPCs per Region (vpc L-F678F1CE): 5 allowed (the account's quota), 5 in use, 1 more needed (one for the new environment)",
      "  Internet gateways per Region (vpc L-A4707A72): 5 allowed (the account's quota), 5 in use, 1 more needed (one for the new environment)",
    ]);
  });

  it("counts once where an earlier first deploy ended after it was made", async () => {
    const networks = [...others(4), { "routed:environment": "test" }];
    expect(await refusals(aSubject(), { quotas, networks })).toEqual([]);
  });

  it("is not needed by an environment that exists", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const report = await check(aSubject(anEnvironmentOf(4), observation), { networks: others(5) });
    expect(of(report, "vpcs")).toBeUndefined();
  });

  it("has an interface for each slot and one for the load balancer in each zone", async () => {
    const report = await check(aSubject(), { networkInterfaces: 7 });
    expect(of(report, "networkInterfaces")).toMatchObject({ needed: 6, inUse: 7 });
  });
});

describe("a load balancer's targets", () => {
  it("are the routers alone, whatever the number of PoPs", async () => {
    const environment = anEnvironmentOf(11);
    const autopilotSites = Array.from({ length: 100 }, (_, index) => aSite(index + 1));
    const report = await check(aSubject({ ...environment, autopilotSites }));
    expect(of(report, "targetsPerLoadBalancer")).toMatchObject({ needed: 11, verdict: "fits" });
    expect(of(report, "targetGroupsPerLoadBalancer")).toMatchObject({ needed: 1 });
    expect(of(report, "servicesPerCluster")).toMatchObject({
      needed: 101,
      why: "one for each PoP and each node daemon",
    });
  });
});

describe("a node's reserved ports", () => {
  const reserving = (count?: number): PreflightSubject => {
    const environment = anEnvironmentOf(3);
    const ports = JSON.stringify(Array.from({ length: count ?? 0 }, (_, index) => 2000 + index));
    const ecsAgentSettings: Record<string, string> =
      count === undefined ? {} : { ECS_RESERVED_PORTS: ports };
    return aSubject({ ...environment, fleet: { ...environment.fleet, ecsAgentSettings } });
  };

  it.each([
    [undefined, 7, "fits"],
    [98, 99, "fits"],
    [99, 100, "fits"],
    [100, 101, "exceeded"],
  ])(
    "are those of the agent, here %p, and the router's: %i in all",
    async (count, needed, verdict) => {
      const report = await check(reserving(count));
      expect(of(report, "reservedPortsPerContainerInstance")).toMatchObject({
        limit: 100,
        limitSource: "fixed",
        needed,
        verdict,
      });
    },
  );

  it("are refused above 100, which AWS raises for nobody", async () => {
    const [line = "", ...others] = await refusals(reserving(100), { quotas: ROOMY });
    expect(others).toEqual([]);
    expect(line).toContain("100 of the ECS agent and 1 of the router");
    expect(line).toContain("reserve fewer by ECS_RESERVED_PORTS in fleet.ecsAgentSettings");
  });
});

describe("security groups", () => {
  it("of a node above AWS's default of 5 take a raised quota", async () => {
    const environment = anEnvironmentOf(3);
    const of5 = { ...environment, network: { ...environment.network, bgpSecurityGroups: 5 } };
    const lines = await refusals(aSubject(of5), { quotas: { ...ROOMY, "L-2AFB9258": 5 } });
    expect(lines.map((line) => line.split(";")[0])).toEqual([
      "  Security groups per network interface (vpc L-2AFB9258): 5 allowed (the account's quota), 6 needed for each node's network interface (1 of the nodes and 5 of network.bgpSecurityGroups)",
    ]);
    expect(await refusals(aSubject(of5), { quotas: { ...ROOMY, "L-2AFB9258": 6 } })).toEqual([]);
  });

  it("stay within AWS's fixed limit with as many as the config allows", async () => {
    const environment = anEnvironmentOf(3);
    const most = { ...environment, network: { ...environment.network, bgpSecurityGroups: 15 } };
    const report = await check(aSubject(most), { quotas: { ...ROOMY, "L-2AFB9258": 16 } });
    expect(of(report, "rulesPerNetworkInterface")).toMatchObject({
      needed: 960,
      limit: 1000,
      limitSource: "fixed",
      verdict: "fits",
    });
  });

  it("have as many rules as the fullest has of one IP version", async () => {
    const environment = anEnvironmentOf(3);
    const peers = (id: number, ipv4: number, ipv6: number) =>
      aSite(id, {
        bgpPeers: [
          ...Array.from({ length: ipv4 }, (_, peer) => `192.0.${id}.${peer}/32`),
          ...Array.from({ length: ipv6 }, (_, peer) => `2001:db8:${id}:${peer}::/64`),
        ],
      });
    const autopilotSites = [peers(1, 3, 4), peers(5, 3, 4), peers(2, 7, 0)];
    const report = await check(aSubject({ ...environment, autopilotSites }));
    expect(of(report, "rulesPerSecurityGroup")).toMatchObject({
      of: "security group routed-test-bgp-1",
      needed: 8,
    });
  });
});

describe("what can't be read", () => {
  it("is AWS's default for a quota, which decides for addresses", async () => {
    const denied = ["getServiceQuota"] as const;
    expect(await refusals(aSubject(anEnvironmentOf(5)), { denied })).toEqual([]);
    const lines = await refusals(aSubject(anEnvironmentOf(6)), { denied });
    expect(lines.map((line) => line.split(";")[0])).toEqual([
      "  EC2-VPC Elastic IPs (ec2 L-0263D0A3): 5 allowed (AWS's default), 0 in use, 6 more needed (6 more for slots that have none)",
    ]);
  });

  it("is no decision for vCPUs, whose default says only where accounts start", async () => {
    const report = await check(aSubject(), { denied: ["getServiceQuota"] });
    expect(report.passed).toBe(true);
    expect(report.notes).toEqual([
      "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances (ec2 L-1216C47A) may not be enough: 0 in use and 6 needed (vCPUs of what is launched: 3 × r6i.large with 2 each), the account's own quota is not known, and accounts start with 5; check it in Service Quotas",
      "servicequotas:GetServiceQuota failed with AccessDenied (not authorized), so AWS's documented default, or what is known without it, stands for EC2-VPC Elastic IPs (ec2 L-0263D0A3), Internet gateways per Region (vpc L-A4707A72), Network interfaces per Region (vpc L-DF5E4CA3), Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances (ec2 L-1216C47A), VPCs per Region (vpc L-F678F1CE)",
    ]);
  });

  it("is what the environment itself has, for what is in use", async () => {
    const subject = aSubject(anEnvironmentOf(4), deployed(anEnvironmentOf(3)));
    const report = await check(subject, { denied: ["describeAddresses", "describeInstances"] });
    expect(of(report, "elasticIps")).toMatchObject({ inUse: 3, inUseBy: "environment" });
    expect(of(report, "standardVcpus")).toMatchObject({ inUse: 6, inUseBy: "environment" });
  });

  it("fails nothing when it is all of it", async () => {
    const denied = [
      "getServiceQuota",
      "describeAddresses",
      "describeInstances",
      "describeInstanceTypes",
      "describeInternetGateways",
      "describeNetworkInterfaces",
      "describeVpcs",
    ] as const;
    expect(await refusals(aSubject(), { denied })).toEqual([]);
  });
});

describe("the calls", () => {
  it("are none where nothing new is needed", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const account = aFakeAccount();
    const subjects = [
      aSubject(anEnvironmentOf(3), observation),
      aSubject(anEnvironmentOf(2), observation),
    ];
    for (const subject of subjects) {
      expect((await preflight(subject, account)).passed).toBe(true);
    }
    expect(account.made).toEqual([]);
  });

  it("are none for an upgrade that keeps the type", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const environment = anEnvironmentOf(3);
    const fleet = { ...environment.fleet, rootVolumeGiB: 200 };
    const account = aFakeAccount();
    const subject = aSubject({ ...environment, fleet }, observation);
    expect(subject.waves[0]?.status).toBe("staged");
    await preflight(subject, account);
    expect(account.made).toEqual([]);
  });

  it("are about instances alone where a node is missing from its address", async () => {
    const observation = withoutInstance(deployed(anEnvironmentOf(3)), 1);
    const account = aFakeAccount({ quotas: ROOMY });
    await preflight(aSubject(anEnvironmentOf(3), observation), account);
    expect(account.made.sort()).toEqual([
      "describeInstanceTypes r6i.large",
      "describeInstances",
      "getServiceQuota L-1216C47A",
    ]);
  });

  it("follow pages to their end", async () => {
    const account = aFakeAccount({
      quotas: ROOMY,
      instances: [{ type: "r6i.large" }, { type: "r6i.large" }, { type: "r6i.large" }],
    });
    const report = await preflight(aSubject(), account);
    expect(of(report, "standardVcpus")?.inUse).toBe(6);
    expect(account.made.filter((call) => call.startsWith("describeInstances"))).toHaveLength(3);
  });

  it("read every quota on demand", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const account = aFakeAccount();
    const subject = aSubject(anEnvironmentOf(3), observation);
    const report = await preflight(subject, { ...account, readAll: true });
    expect(account.made).toContain("getServiceQuota L-0EA8095F");
    expect(of(report, "elasticIps")).toMatchObject({ needed: 0, verdict: "fits" });
  });
});

describe("recorded observations", () => {
  it("leave what needs reading unchecked, and check what AWS raises for nobody", async () => {
    const report = await preflight(aSubject(anEnvironmentOf(50)), { connect: null });
    expect(report).toMatchObject({ asked: false, passed: true, notes: [] });
    expect(of(report, "elasticIps")).toBeUndefined();
    expect(of(report, "targetGroupsPerLoadBalancer")?.limitSource).toBe("fixed");
  });

  it("don't refuse what a raised quota may allow, and say so", async () => {
    const environment = anEnvironmentOf(3);
    const of5 = { ...environment, network: { ...environment.network, bgpSecurityGroups: 5 } };
    const report = await preflight(aSubject(of5), { connect: null });
    expect(report.passed).toBe(true);
    expect(report.notes).toEqual([
      "Security groups per network interface (vpc L-2AFB9258) may not be enough: 0 in use and 6 needed (1 of the nodes and 5 of network.bgpSecurityGroups), the account's own quota is not known, and accounts start with 5; check it in Service Quotas",
    ]);
  });
});

describe("the waves to come", () => {
  it("count what a wave gives up for the waves after it", async () => {
    const observation = deployed(anEnvironmentOf(3));
    const subject = aSubject(anEnvironmentOf(2, "r6i.xlarge"), observation);
    expect(subject.waves.map(renderSummary)).toEqual([
      "remove node 2",
      "upgrade node 0",
      "upgrade node 1",
      "every node is as the config wants it",
    ]);
    const report = await check(subject, { vcpus: { "r6i.large": 2, "r6i.xlarge": 4 } });
    // -2, then +2 twice.
    expect(of(report, "standardVcpus")?.needed).toBe(2);
  });
});
