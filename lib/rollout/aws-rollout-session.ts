import type { Environment } from "../config/environment";
import { awsActionFailure } from "../observe/aws-failure";
import { ROLLOUT_CALLS } from "./aws-rollout-calls";
import type {
  ConnectToRollout,
  RolloutCallName,
  RolloutCalls,
  RolloutInput,
  RolloutOutput,
} from "./aws-rollout-calls";

/** Makes a rollout's calls in one environment's region, and says whose they were where they fail. */
export class AwsRolloutSession {
  private calls: Promise<RolloutCalls> | undefined;

  constructor(
    readonly environment: Environment,
    private readonly connect: ConnectToRollout,
  ) {}

  /**
   * One call as it is; what fails is thrown as it came, for those who know more of it.
   */
  async send<Name extends RolloutCallName>(
    name: Name,
    input: RolloutInput<Name>,
  ): Promise<RolloutOutput<Name>> {
    this.calls ??= this.connect(this.environment.aws.region);
    const send: (input: RolloutInput<Name>) => Promise<RolloutOutput<Name>> = (await this.calls)[
      name
    ];
    return send(input);
  }

  /** @throws RoutedError `unreadable-aws` with what AWS said and what to do */
  async call<Name extends RolloutCallName>(
    name: Name,
    input: RolloutInput<Name>,
  ): Promise<RolloutOutput<Name>> {
    try {
      return await this.send(name, input);
    } catch (error) {
      throw awsActionFailure(this.environment, ROLLOUT_CALLS[name], error);
    }
  }

  /** All pages of one of ECS's lists, in AWS's order. @throws RoutedError `unreadable-aws` */
  async ecsPages<Name extends "listContainerInstances" | "listTasks">(
    name: Name,
    input: RolloutInput<Name>,
  ): Promise<RolloutOutput<Name>[]> {
    const pages: RolloutOutput<Name>[] = [];
    const tokens = new Set<string>();
    for (let token: string | undefined; ; tokens.add(token)) {
      const page = await this.call(
        name,
        token === undefined ? input : { ...input, nextToken: token },
      );
      pages.push(page);
      token = page.nextToken;
      if (!token) return pages;
      if (tokens.has(token)) {
        const error = new Error("it gave the same nextToken twice, so its pages have no end");
        throw awsActionFailure(this.environment, ROLLOUT_CALLS[name], error);
      }
    }
  }
}
