import { Testing } from "cdktf";
import { deployRoleName, observeRoleName } from "../../../lib/config/delivery";
import type { Environment } from "../../../lib/config/environment";
import { permissionsBoundaryName } from "../../../lib/config/naming";
import { BootstrapStack } from "../../../lib/stack/bootstrap-stack";
import type { Principal } from "./simulator";

type Resource = Readonly<Record<string, string>>;
type Resources = Readonly<Record<string, Readonly<Record<string, Resource>>>>;

/** The roles of one account, as the synthesized bootstrap makes them. */
export class Bootstrapped {
  readonly resources: Resources;
  private readonly accountId: string;

  constructor(environments: readonly Environment[]) {
    this.accountId = environments[0]?.aws.accountId ?? "";
    const stack = new BootstrapStack(Testing.app(), {
      environments,
      accountId: this.accountId,
      repository: "example/infra",
    });
    this.resources = (JSON.parse(Testing.synth(stack)) as { resource: Resources }).resource;
  }

  all(type: string): Resource[] {
    return Object.values(this.resources[type] ?? {});
  }

  deployer(environment: string): Principal {
    return this.principal(deployRoleName(environment));
  }

  observer(environment: string): Principal {
    return this.principal(observeRoleName(environment));
  }

  /** A role with all policies that are attached to it; it has none of its own. */
  principal(role: string): Principal {
    const [id] =
      Object.entries(this.resources["aws_iam_role"] ?? {}).find(
        ([, one]) => one["name"] === role,
      ) ?? [];
    const policies = this.all("aws_iam_role_policy_attachment")
      .filter((one) => one["role"] === `\${aws_iam_role.${id}.name}`)
      .map((one) => /aws_iam_policy\.(.+)\.arn/.exec(one["policy_arn"] ?? "")?.[1] ?? "")
      .map((policy) => this.resources["aws_iam_policy"]?.[policy]?.["policy"] ?? "");
    if (policies.length === 0) throw new Error(`the bootstrap makes no role ${role} with policies`);
    return { role, accountId: this.accountId, policies };
  }

  /** The document of an environment's permissions boundary. */
  boundary(environment: string): string {
    const name = permissionsBoundaryName(environment);
    const found = this.all("aws_iam_policy").find((one) => one["name"] === name);
    if (found?.["policy"] === undefined) throw new Error(`the bootstrap makes no policy ${name}`);
    return found["policy"];
  }
}
