import { complaintsAbout } from "../../../fixtures/config/config-folder";

describe("export.prometheus.addresses", () => {
  const about = (addresses: string, prometheusCidrs: string[]): string[] =>
    complaintsAbout({
      "export.prometheus.addresses": addresses,
      "network.prometheusCidrs": prometheusCidrs,
    });

  it("are of a family that the nodes let Prometheus in from", () => {
    expect(about("ipv6", ["10.1.0.0/16", "2001:db8:1::/48"])).toEqual([]);
    expect(about("ipv6", ["10.1.0.0/16"])).toEqual([
      'export.prometheus.addresses must be of a family that network.prometheusCidrs lets in, got "ipv6" and no IPv6 block; add an IPv6 block there, or scrape another address',
    ]);
    for (const addresses of ["private-ipv4", "public-ipv4"]) {
      expect(about(addresses, ["10.1.0.0/16"])).toEqual([]);
      expect(about(addresses, ["2001:db8:1::/48"])).toEqual([
        `export.prometheus.addresses must be of a family that network.prometheusCidrs lets in, got "${addresses}" and no IPv4 block; add an IPv4 block there, or scrape another address`,
      ]);
    }
  });

  it("follow the family by themselves where they aren't given", () => {
    expect(complaintsAbout({ "network.prometheusCidrs": ["2001:db8:1::/48"] })).toEqual([]);
  });
});

describe("export.alerts", () => {
  it("may wait for a day, and not longer", () => {
    expect(complaintsAbout({ "export.alerts": { popDownSeconds: 86400 } })).toEqual([]);
    expect(complaintsAbout({ "export.alerts": { popDownSeconds: 0 } })).toEqual([]);
    expect(complaintsAbout({ "export.alerts": { popDownSeconds: 86401 } })).toEqual([
      "export.alerts.popDownSeconds must be an integer between 0 and 86400, got 86401; lower it",
    ]);
  });

  it("link to an address without a slash at its end", () => {
    const about = (runbookUrl: string) => complaintsAbout({ "export.alerts": { runbookUrl } });
    expect(about("https://wiki.example/routed")).toEqual([]);
    expect(about("https://wiki.example/routed/")).toHaveLength(1);
  });
});
