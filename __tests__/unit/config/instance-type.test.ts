import { isRecoverable } from "../../../lib/config/instance-type";

/** As DescribeInstanceTypes' AutoRecoverySupported says. */
describe("a type that EC2 can recover", () => {
  it.each([
    "t3.xlarge",
    "m5.large",
    "m7i-flex.large",
    "r6i.32xlarge",
    "r7i.48xlarge",
    "c7gn.medium",
  ])("is one without disks of its own: %s", (type) => expect(isRecoverable(type)).toBe(true));
  it.each(["m7i.metal-24xl", "r7i.metal-48xl", "u7i-12tb.224xlarge", "u-6tb1.112xlarge"])(
    "may be metal, or huge: %s",
    (type) => expect(isRecoverable(type)).toBe(true),
  );
  it.each(["x1.32xlarge", "x1e.xlarge", "x2idn.32xlarge", "x2iedn.metal", "r3.large"])(
    "is one of few with disks: %s",
    (type) => expect(isRecoverable(type)).toBe(true),
  );
  it.each([
    "r6id.32xlarge",
    "m6idn.metal",
    "c5ad.large",
    "x2gd.metal",
    "i4i.32xlarge",
    "im4gn.large",
    "is4gen.large",
    "d3en.xlarge",
    "g5.xlarge",
    "p5.48xlarge",
    "z1d.large",
    "m1.small",
    "mac-m4max.metal",
  ])("is not one with others: %s", (type) => expect(isRecoverable(type)).toBe(false));
});
