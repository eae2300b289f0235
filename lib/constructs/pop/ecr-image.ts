import { partitionOf } from "../../config/arn";
import type { PolicyStatement } from "../policy-document";

/** The ARN of an image's ECR repository; undefined where the image comes from another registry. */
export function ecrRepositoryArn(image: string): string | undefined {
  const match = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image);
  if (match === null) return undefined;
  const [, accountId = "", region = "", repository = ""] = match;
  return `arn:${partitionOf(region)}:ecr:${region}:${accountId}:repository/${repository}`;
}

/**
 * What pulling the images takes; nothing where none of them is in ECR.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function ecrPullStatements(images: readonly string[]): PolicyStatement[] {
  const repositories = images.flatMap((image) => ecrRepositoryArn(image) ?? []);
  if (repositories.length === 0) return [];
  return [
    // This action knows no resources.
    { sid: "EcrLogin", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "EcrPull",
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
      ],
      resources: [...new Set(repositories)].sort(),
    },
  ];
}
