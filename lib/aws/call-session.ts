import type { Environment } from "../config/environment";
import { awsFailure } from "./failure";
import { allPages } from "./call-table";
import type { CallsOf, CallTable, Connect } from "./call-table";

/** Makes the calls of a table in one environment's region, and says whose they were where they fail. */
export class CallSession<Table extends CallTable<Table>> {
  private calls: Promise<CallsOf<Table>> | undefined;

  /** @param actions the IAM action of each call, e.g. `ec2:DescribeInstances` */
  constructor(
    readonly environment: Environment,
    protected readonly actions: Readonly<Record<keyof Table, string>>,
    private readonly connect: Connect<Table>,
  ) {}

  /** One call as it is; what fails is thrown as it came, for those who know more of it. */
  async send<Name extends keyof Table>(
    name: Name,
    input: Table[Name]["input"],
  ): Promise<Table[Name]["output"]> {
    this.calls ??= this.connect(this.environment.aws.region);
    return (await this.calls)[name](input);
  }

  /** @throws RoutedError `unreadable-aws` with what AWS said and what to do */
  async call<Name extends keyof Table>(
    name: Name,
    input: Table[Name]["input"],
  ): Promise<Table[Name]["output"]> {
    try {
      return await this.send(name, input);
    } catch (error) {
      throw awsFailure(this.environment, this.actions[name], error);
    }
  }

  /** All pages of one call, in AWS's order. @throws RoutedError `unreadable-aws` */
  pages<Name extends keyof Table>(
    name: Name,
    input: Table[Name]["input"],
  ): Promise<Table[Name]["output"][]> {
    return allPages(
      (page) => this.call(name, page),
      input,
      (field) => this.endless(name, field),
    );
  }

  protected endless(name: keyof Table, field: string): Error {
    const error = new Error(`it gave the same ${field} twice, so its pages have no end`);
    return awsFailure(this.environment, this.actions[name], error);
  }
}
