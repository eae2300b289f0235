import { complaintsAbout } from "../../../fixtures/config/config-folder";

describe("aws.availabilityZones", () => {
  it("are zones of the region", () => {
    const zones = ["us-east-2a", "us-east-1b", "us-east-2c"];
    expect(complaintsAbout({ "aws.availabilityZones": zones })).toEqual([
      'aws.availabilityZones[1] must be a zone of aws.region, us-east-2 (e.g. "us-east-2a"), got "us-east-1b"; correct the zone or the region',
    ]);
  });
});

describe("network.vpcCidr", () => {
  const about = (vpcCidr: string): string[] => complaintsAbout({ "network.vpcCidr": vpcCidr });

  it("has a prefix length from 16 to 20", () => {
    const allowed = "network.vpcCidr must have a prefix length between 16 and 20";
    expect(about("10.64.0.0/16")).toEqual([]);
    expect(about("10.64.0.0/20")).toEqual([]);
    expect(about("10.64.0.0/15")).toEqual([`${allowed}, got "10.64.0.0/15"; take a part of it`]);
    expect(about("10.64.0.0/21")).toEqual([`${allowed}, got "10.64.0.0/21"; take a larger block`]);
  });

  it.each(["10.0.0.0/16", "10.255.0.0/16", "172.31.0.0/16", "192.168.0.0/16", "100.127.240.0/20"])(
    "may be %s, which is private",
    (block) => {
      expect(about(block)).toEqual([]);
    },
  );

  it.each(["9.255.0.0/16", "11.0.0.0/16", "172.32.0.0/16", "192.169.0.0/16", "100.128.0.0/16"])(
    "may not be %s, which is not private",
    (block) => {
      expect(about(block)).toEqual([
        `network.vpcCidr must lie within one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, got "${block}"; choose a private block`,
      ]);
    },
  );

  it("may not be Docker's, not even a part of it", () => {
    expect(about("172.17.16.0/20")).toEqual([
      'network.vpcCidr must not overlap 172.17.0.0/16, which Docker uses on every node, got "172.17.16.0/20"; choose another block',
    ]);
  });
});

describe("a list of blocks", () => {
  it("may overlap the VPC's block and the other lists", () => {
    const fields = {
      "network.apiClientCidrs": ["10.0.0.0/8"],
      "network.prometheusCidrs": ["10.64.0.0/16"],
    };
    expect(complaintsAbout(fields)).toEqual([]);
  });

  it("may hold neighbours", () => {
    const blocks = ["10.0.0.0/9", "10.128.0.0/9", "2001:db8::/33", "2001:db8:8000::/33"];
    expect(complaintsAbout({ "network.apiClientCidrs": blocks })).toEqual([]);
  });

  it("may not hold a block within another, in whichever order", () => {
    expect(complaintsAbout({ "network.prometheusCidrs": ["10.1.2.0/24", "10.1.0.0/16"] })).toEqual([
      'network.prometheusCidrs[0] must not overlap the rest of its list, got "10.1.2.0/24", which lies within item [1], "10.1.0.0/16"; remove it',
    ]);
    const twice = ["2001:db8::/32", "2001:DB8:0::/32"];
    expect(complaintsAbout({ "network.apiClientCidrs": twice })).toEqual([
      'network.apiClientCidrs[1] must not overlap the rest of its list, got "2001:DB8:0::/32", which lies within item [0], "2001:db8::/32"; remove it',
    ]);
  });
});

describe("network.apiCertificateArn", () => {
  const certificate = (region: string, account: string): string =>
    `arn:aws:acm:${region}:${account}:certificate/00000000-0000-0000-0000-000000000000`;

  it("is of the environment's account and region", () => {
    const about = (arn: string): string[] => complaintsAbout({ "network.apiCertificateArn": arn });
    const elsewhere = [
      certificate("us-east-1", "123456789012"),
      certificate("us-east-2", "111111111111"),
    ];
    expect(about(certificate("us-east-2", "123456789012"))).toEqual([]);
    for (const arn of elsewhere) {
      expect(about(arn)).toEqual([
        `network.apiCertificateArn must be of aws.accountId 123456789012 and aws.region us-east-2, got "${arn}"; issue one there`,
      ]);
    }
    const ours = certificate("us-east-2", "123456789012");
    const elsewhereAll = ours.replace("arn:aws:", "arn:aws-us-gov:");
    expect(about(elsewhereAll)).toEqual([
      `network.apiCertificateArn must begin with arn:aws:, the partition of aws.region us-east-2, got "${elsewhereAll}"; correct it`,
    ]);
    expect(about(`${ours}0`)).toHaveLength(1);
    expect(about(ours.replace("certificate/0", "certificate/g"))).toHaveLength(1);
  });
});
