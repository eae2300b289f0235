import { ecrPullStatements, ecrRepositoryArn } from "../../../../lib/constructs/pop/ecr-image";

describe("permission to pull images", () => {
  it.each([
    [
      "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/routed:1",
      "arn:aws:ecr:us-east-2:123456789012:repository/team/routed",
    ],
    [
      "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/routed@sha256:abc",
      "arn:aws-cn:ecr:cn-north-1:123456789012:repository/routed",
    ],
  ])("is for the repository of %s only", (image, arn) => {
    expect(ecrRepositoryArn(image)).toBe(arn);
  });

  it("is not given where no image is in ECR", () => {
    expect(ecrPullStatements(["registry.example/routed:1", "public.ecr.aws/x/y:1"])).toEqual([]);
  });

  it("names each repository once, sorted", () => {
    const registry = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
    const [, pull] = ecrPullStatements([`${registry}/b:1`, `${registry}/a:1`, `${registry}/b:2`]);
    expect(pull?.resources).toEqual([
      "arn:aws:ecr:us-east-2:123456789012:repository/a",
      "arn:aws:ecr:us-east-2:123456789012:repository/b",
    ]);
  });
});
