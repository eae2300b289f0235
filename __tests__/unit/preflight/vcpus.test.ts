import { vcpuQuotaOf, vcpusBySize } from "../../../lib/preflight/vcpus";

describe("the quota of an instance type's vCPUs", () => {
  it.each([
    ["r7i.48xlarge", "standardVcpus"],
    ["t3.xlarge", "standardVcpus"],
    ["d3.xlarge", "standardVcpus"],
    ["h1.2xlarge", "standardVcpus"],
    ["i4i.large", "standardVcpus"],
    ["im4gn.large", "standardVcpus"],
    ["z1d.large", "standardVcpus"],
    ["dl1.24xlarge", "dlVcpus"],
    ["dl2q.24xlarge", "dlVcpus"],
    ["f1.2xlarge", "fVcpus"],
    ["g5.xlarge", "gVcpus"],
    ["gr6.4xlarge", "gVcpus"],
    ["vt1.3xlarge", "gVcpus"],
    ["u-6tb1.metal", "highMemoryVcpus"],
    ["u7i-12tb.224xlarge", "highMemoryVcpus"],
    ["u7inh-32tb.480xlarge", "highMemoryVcpus"],
    ["hpc7g.16xlarge", "hpcVcpus"],
    ["inf2.xlarge", "infVcpus"],
    ["p5.48xlarge", "pVcpus"],
    ["p6e-gb200.36xlarge", "pVcpus"],
    ["trn1.2xlarge", "trnVcpus"],
    ["x2idn.16xlarge", "xVcpus"],
  ])("of %s is %s", (type, quota) => {
    expect(vcpuQuotaOf(type)).toBe(quota);
  });
});

describe("vCPUs told from a size", () => {
  it.each([
    ["r6i.large", 2],
    ["r6i.xlarge", 4],
    ["r7i.48xlarge", 192],
    ["r7i.metal-24xl", 96],
    ["r5.metal", null],
    ["t3.medium", null],
    ["t3", null],
  ])("%s has %s", (type, vcpus) => {
    expect(vcpusBySize(type)).toBe(vcpus);
  });
});
