import { cidrBlock, parseCidr } from "../../../lib/config/cidr";

describe("cidrBlock", () => {
  it.each([
    ["0.0.0.0/0", "0.0.0.0/0", 0n, 2n ** 32n - 1n],
    ["192.0.2.128/25", "192.0.2.128/25", 0xc0000280n, 0xc00002ffn],
    ["255.255.255.255/32", "255.255.255.255/32", 2n ** 32n - 1n, 2n ** 32n - 1n],
    ["::/0", "::/0", 0n, 2n ** 128n - 1n],
    ["2001:0DB8:0:0::/32", "2001:db8::/32", 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n],
    ["::1/128", "::1/128", 1n, 1n],
    ["1:0:0:2:0:0:0:3/128", "1:0:0:2::3/128", (1n << 112n) + (2n << 64n) + 3n, undefined],
  ])("reads %s", (text, canonical, first, last) => {
    expect(cidrBlock(text)).toMatchObject({ text: canonical, first, last: last ?? first });
  });

  it("throws what to write where the text has not been validated", () => {
    expect(() => cidrBlock("10.0.0.1/8")).toThrow(
      "not a CIDR block: 10.0.0.1/8; it has host bits set: write 10.0.0.0/8, or a longer prefix",
    );
  });
});

describe("parseCidr", () => {
  it("refuses IPv4 within IPv6, and takes what holds it", () => {
    for (const text of ["::ffff:10.0.0.0/104", "::ffff:1.2.3.0/120", "::ffff:0:0/96"]) {
      expect(parseCidr(text)).toEqual({
        ok: false,
        remedy: "it is IPv4 within IPv6, which AWS doesn't take: write it as IPv4",
      });
    }
    for (const text of ["::/0", "::/80", "::fffe:0:0/96"]) {
      expect(parseCidr(text).ok).toBe(true);
    }
  });

  it.each(["10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/8/8", " 10.0.0.0/8", "fe80::%eth0/64", "/8"])(
    "refuses %j",
    (text) => {
      expect(parseCidr(text)).toEqual({
        ok: false,
        remedy: "write an address, a slash and a prefix length",
      });
    },
  );
});
