import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProviderMirror } from "../../../sandbox/provider-mirror";
import {
  awsProviderVersion,
  isTerraformSupported,
  parseTerraformVersion,
  renderCliConfig,
} from "../../../sandbox/toolchain";

describe("Terraform's version", () => {
  it("is read from its first line, whatever it says of updates", () => {
    const output =
      "Terraform v1.11.4\non linux_amd64\n\nYour version of Terraform is out of date!\n";
    expect(parseTerraformVersion(output)).toBe("1.11.4");
    expect(parseTerraformVersion("Terraform v1.12.0-beta1\n")).toBe("1.12.0-beta1");
    expect(parseTerraformVersion("command not found")).toBeUndefined();
  });

  it.each([
    ["0.15.5", false],
    ["1.4.9", false],
    ["1.5.0", true],
    ["1.11.4", true],
    ["2.0.0", true],
  ])("%s is supported: %s", (version, supported) => {
    expect(isTerraformSupported(version)).toBe(supported);
  });
});

describe("awsProviderVersion", () => {
  it("is that of the provider's bindings", () => {
    expect(awsProviderVersion()).toBe("5.100.0");
  });
});

describe("findProviderMirror", () => {
  const source = "registry.terraform.io/hashicorp/aws";
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "routed-mirror-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const put = (mirror: string, version: string, platform: string) => {
    const folder = join(root, mirror, source, version, platform);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `terraform-provider-aws_v${version}_x5`), "");
  };
  const find = () =>
    findProviderMirror({ version: "5.100.0", platform: "linux_amd64", roots: [root] });

  it("finds the mirror's root from the provider in it", () => {
    put("plugins", "5.100.0", "linux_amd64");

    expect(find()).toEqual({ directory: join(root, "plugins"), source });
  });

  it("passes by other versions, other platforms and empty folders", () => {
    put("a", "5.99.0", "linux_amd64");
    put("b", "5.100.0", "darwin_arm64");
    mkdirSync(join(root, "c", source, "5.100.0/linux_amd64"), { recursive: true });
    expect(find()).toBeUndefined();

    put("d", "5.100.0", "linux_amd64");
    expect(find()?.directory).toBe(join(root, "d"));
  });

  it("doesn't look deeper than a mirror may lie", () => {
    put("1/2/3", "5.100.0", "linux_amd64");

    expect(find()).toBeUndefined();
  });

  it("takes a folder that isn't there for empty", () => {
    expect(findProviderMirror({ version: "5.100.0", roots: [join(root, "none")] })).toBeUndefined();
  });
});

describe("renderCliConfig", () => {
  it("takes the provider from the mirror and all others from their registry", () => {
    const config = renderCliConfig({ directory: "/a b", source: "r.example/hashicorp/aws" });

    expect(config).toBe(`provider_installation {
  filesystem_mirror {
    path    = "/a b"
    include = ["r.example/hashicorp/aws"]
  }
  direct {
    exclude = ["r.example/hashicorp/aws"]
  }
}
`);
  });
});
