import {
  ipv4Host,
  ipv4Size,
  ipv4Subnet,
  parseIpv4Cidr,
  zoneIndex,
  cidrId,
  cidrOf,
} from "../../../lib/constructs/ipv4-cidr";

describe("IPv4 blocks", () => {
  it.each([
    ["10.64.0.0/16", 0, "10.64.0.0/20"],
    ["10.64.0.0/16", 1, "10.64.16.0/20"],
    ["10.64.0.0/16", 15, "10.64.240.0/20"],
    ["10.240.32.0/20", 2, "10.240.34.0/24"],
    ["255.255.0.0/16", 15, "255.255.240.0/20"],
  ])("%s has the sixteenth %d: %s", (text, index, subnet) => {
    const cidr = parseIpv4Cidr(text);
    expect(cidr && ipv4Subnet(cidr, 4, index)).toBe(subnet);
  });

  it("number their hosts from the block's own address on", () => {
    const cidr = parseIpv4Cidr("10.64.16.0/20");
    expect(cidr && ipv4Host(cidr, 16)).toBe("10.64.16.16");
    expect(cidr && ipv4Host(cidr, 300)).toBe("10.64.17.44");
    expect(cidr && ipv4Size(cidr)).toBe(4096);
  });

  it.each(["10.64.0.1/16", "10.64.0.0", "10.64.0.0/33", "10.256.0.0/16", "2001:db8::/32", ""])(
    "does not take %j for one",
    (text) => {
      expect(parseIpv4Cidr(text)).toBeUndefined();
    },
  );
});

describe("a zone's number", () => {
  it("follows from its letter alone", () => {
    expect(zoneIndex("us-east-2a")).toBe(0);
    expect(zoneIndex("ap-northeast-1d")).toBe(3);
    expect(zoneIndex("us-east-1p")).toBe(15);
  });

  it.each(["us-east-1q", "us-east-1", "use1-az1", "us-east-1-bos-1a-x"])(
    "is undefined for %s",
    (name) => {
      expect(zoneIndex(name)).toBeUndefined();
    },
  );
});

describe("a rule's block", () => {
  it("is an argument by its family", () => {
    expect(cidrOf("10.0.0.0/8")).toEqual({ cidrIpv4: "10.0.0.0/8" });
    expect(cidrOf("2001:db8::/32")).toEqual({ cidrIpv6: "2001:db8::/32" });
  });

  it("makes an id that no other block makes", () => {
    const blocks = ["10.0.0.0/8", "10.0.0.0/80", "2001:db8::/32", "2001:db8:0:1::/64", "::/0"];
    expect(new Set(blocks.map(cidrId)).size).toBe(blocks.length);
    expect(cidrId("2001:db8::/32")).toBe("2001-db8---32");
  });
});
