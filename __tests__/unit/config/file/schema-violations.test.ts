import { complaintsAbout } from "../../../fixtures/config/config-folder";

describe("a number", () => {
  it.each([
    ["fleet.nodes", 2, 200],
    ["fleet.rootVolumeGiB", 30, 16384],
    ["routed.cpuUnits", 128, 196608],
    ["routed.memoryMiB", 128, 1048576],
    ["routed.stateRebuildMinutes", 1, 40],
  ])("%s is valid at %d and at %d, and not beyond", (path, minimum, maximum) => {
    const allowed = `${path} must be an integer between ${minimum} and ${maximum}`;
    expect(complaintsAbout({ [path]: minimum })).toEqual([]);
    expect(complaintsAbout({ [path]: maximum })).toEqual([]);
    expect(complaintsAbout({ [path]: minimum - 1 })).toEqual([
      `${allowed}, got ${minimum - 1}; raise it`,
    ]);
    expect(complaintsAbout({ [path]: maximum + 1 })).toEqual([
      `${allowed}, got ${maximum + 1}; lower it`,
    ]);
  });

  it("is refused where it is a text, a fraction or nothing", () => {
    const allowed = "fleet.nodes must be an integer between 2 and 200";
    expect(complaintsAbout({ "fleet.nodes": "3" })).toEqual([
      `${allowed}, got "3"; write it without quotes`,
    ]);
    expect(complaintsAbout({ "fleet.nodes": 2.5 })).toEqual([`${allowed}, got 2.5; correct it`]);
    expect(complaintsAbout({ "fleet.nodes": null })).toEqual([`${allowed}, got null; correct it`]);
    expect(complaintsAbout({ "fleet.nodes": undefined })).toEqual([
      "fleet.nodes is missing; add it: an integer between 2 and 200",
    ]);
  });
});

describe("a text", () => {
  it("is shown the pattern that it should match, and an example", () => {
    expect(complaintsAbout({ "aws.accountId": "12345678901" })).toEqual([
      'aws.accountId must be a string that matches ^[0-9]{12}$, got "12345678901"; write e.g. "123456789012"',
    ]);
    expect(complaintsAbout({ "aws.accountId": 123456789012 })).toEqual([
      "aws.accountId must be a string that matches ^[0-9]{12}$, got 123456789012; write it in quotes",
    ]);
    expect(complaintsAbout({ "fleet.image.amiId": "ami-1" })).toEqual([
      'fleet.image.amiId must be a string that matches ^(latest|ami-[0-9a-f]{8,17})$, got "ami-1"; write e.g. "latest"',
    ]);
  });

  it("may be as long as the schema says, and no longer", () => {
    const name = (length: number): unknown => [
      { id: 1, name: "p".repeat(length), bgpPeers: ["2001:db8:1::/48"] },
    ];
    expect(complaintsAbout({ autopilotSites: name(24) })).toEqual([]);
    expect(complaintsAbout({ autopilotSites: name(25) })).toEqual([
      'autopilotSites[0].name must be a string of at most 24 characters that matches ^[a-z][a-z0-9]*(-[a-z0-9]+)*$, got "ppppppppppppppppppppppppp"; shorten it',
    ]);
  });

  it("of a few is shown all of them", () => {
    expect(complaintsAbout({ "fleet.image.os": "al2024" })).toEqual([
      'fleet.image.os must be one of al2023, bottlerocket, got "al2024"; did you mean al2023?',
    ]);
    expect(complaintsAbout({ "routed.placement": "random" })).toEqual([
      'routed.placement must be one of daemon, spread, got "random"; choose one',
    ]);
  });

  it("is cut short in the message where it is very long", () => {
    const [complaint] = complaintsAbout({ "fleet.instanceType": "x".repeat(1000) });
    expect(complaint).toBe(
      `fleet.instanceType must be a string that matches ^[a-z0-9-]+\\.[a-z0-9-]+$, got "${"x".repeat(98)}…; write e.g. "r6i.32xlarge"`,
    );
  });
});

describe("a list", () => {
  const zones = (letters: string): string[] => [...letters].map((letter) => `us-east-2${letter}`);

  it("may have as many items as the schema says, and no more or less", () => {
    const allowed = "aws.availabilityZones must be a list of 2 to 6";
    expect(complaintsAbout({ "aws.availabilityZones": zones("ab") })).toEqual([]);
    expect(complaintsAbout({ "aws.availabilityZones": zones("abcdef") })).toEqual([]);
    expect(complaintsAbout({ "aws.availabilityZones": zones("a") })).toEqual([
      `${allowed}, got a list of 1; add what is missing`,
    ]);
    expect(complaintsAbout({ "aws.availabilityZones": zones("abcdefg") })).toEqual([
      `${allowed}, got a list of 7; remove some`,
    ]);
  });

  it("may not repeat an item", () => {
    expect(complaintsAbout({ "aws.availabilityZones": zones("aba") })).toEqual([
      'aws.availabilityZones[2] must be unique in its list, got "us-east-2a", which is item [0] too; remove one of them',
    ]);
  });

  it("may not be a text", () => {
    expect(complaintsAbout({ "network.prometheusCidrs": "10.1.0.0/16" })).toEqual([
      'network.prometheusCidrs must be a list of 1 to 30, got "10.1.0.0/16"; write it in brackets',
    ]);
  });
});

describe("a key", () => {
  it("that is unknown is refused, with the one that was meant", () => {
    expect(complaintsAbout({ "fleet.maxUnavailable": 1 })).toEqual([
      "fleet.maxUnavailable is not a known key; did you mean maxUnavailableNodes?",
    ]);
    expect(complaintsAbout({ "fleet.maxunavailablenode": 1 })).toEqual([
      "fleet.maxunavailablenode is not a known key; did you mean maxUnavailableNodes?",
    ]);
    expect(complaintsAbout({ "network.dns": 1 })).toEqual([
      "network.dns is not a known key; remove it, or use one of vpcCidr, apiClientCidrs, prometheusCidrs, bgpSecurityGroups, routerImage, apiCertificateArn",
    ]);
    expect(complaintsAbout({ "a b": 1 })).toEqual([
      '"a b" is not a known key; remove it, or use one of $schema, extends, aws, backend, network, fleet, routed, export, alarms, autopilotSites, retiredSiteIds',
    ]);
  });

  it("that is missing is named, with what belongs there", () => {
    expect(complaintsAbout({ network: undefined })).toEqual([
      "network is missing; add it: an object with vpcCidr, apiClientCidrs, prometheusCidrs",
    ]);
    expect(complaintsAbout({ "network.vpcCidr": undefined })).toEqual([
      'network.vpcCidr is missing; add it: an IPv4 CIDR block, e.g. "10.64.0.0/16"',
    ]);
    expect(complaintsAbout({ autopilotSites: undefined })).toEqual([
      "autopilotSites is missing; add it: a list of at least 1",
    ]);
  });
});

describe("backend", () => {
  it.each([
    { type: "local" },
    { type: "s3", bucket: "example-terraform-state" },
    { type: "s3", bucket: "example-terraform-state", key: "a/b", region: "eu-west-1" },
    { type: "cloud", organization: "example", workspace: "routed-stg" },
    { type: "cloud", organization: "example", workspace: "routed-stg", hostname: "tfe.example" },
    { type: "cloud", organization: "example", tags: ["routed", "stg"], project: "cdn" },
  ])("may be %j", (backend) => {
    expect(complaintsAbout({ backend })).toEqual([]);
  });

  it("names a workspace or its tags, and not both", () => {
    const cloud = { type: "cloud", organization: "example" };
    expect(complaintsAbout({ backend: cloud })).toEqual([
      "backend must have either workspace or tags, got neither; add workspace",
    ]);
    expect(complaintsAbout({ backend: { ...cloud, workspace: "w", tags: ["t"] } })).toEqual([
      "backend must have either workspace or tags, got both; remove one of them",
    ]);
  });

  it("is judged by its type, without the noise of the other types", () => {
    expect(complaintsAbout({ backend: { type: "cloud", bucket: "b" } })).toEqual([
      'backend.organization is missing; add it: a string of at most 90 characters that matches ^[A-Za-z0-9_-]+$, e.g. "example"',
      "backend.bucket is not a known key; remove it, or use one of type, organization, workspace, tags, project, hostname",
    ]);
    expect(complaintsAbout({ backend: { type: "S3" } })).toEqual([
      'backend.type must be one of cloud, s3, local, got "S3"; did you mean s3?',
    ]);
    expect(complaintsAbout({ backend: { type: 3 } })).toEqual([
      "backend.type must be one of cloud, s3, local, got 3; choose one",
    ]);
    expect(complaintsAbout({ backend: {} })).toEqual([
      "backend.type is missing; add it: one of cloud, s3, local",
    ]);
    expect(complaintsAbout({ backend: "local" })).toEqual([
      'backend must be an object with type, got "local"; correct it',
    ]);
  });
});

describe("a CIDR block", () => {
  it.each([
    ["10.64.3.1/16", "it has host bits set: write 10.64.0.0/16, or a longer prefix"],
    ["10.64.0.0", "write 10.64.0.0/32 for one address"],
    ["10.64.0.0/33", "an IPv4 prefix length is at most 32"],
    ["10.64.0/16", "write an address, a slash and a prefix length"],
    ["010.64.0.0/16", "write an address, a slash and a prefix length"],
    ["2001:db8::1/64", "it has host bits set: write 2001:db8::/64, or a longer prefix"],
    ["2001:db8::/129", "an IPv6 prefix length is at most 128"],
    ["", "write an address, a slash and a prefix length"],
  ])("may not be %j, and the message says what to write", (block, remedy) => {
    expect(complaintsAbout({ "network.apiClientCidrs": [block] })).toEqual([
      `network.apiClientCidrs[0] must be an IPv4 or IPv6 CIDR block, got "${block}"; ${remedy}`,
    ]);
  });

  it("of a VPC is of IPv4", () => {
    expect(complaintsAbout({ "network.vpcCidr": "2001:db8::/56" })).toEqual([
      'network.vpcCidr must be an IPv4 CIDR block, got "2001:db8::/56"; write e.g. "10.64.0.0/16"',
    ]);
  });
});
