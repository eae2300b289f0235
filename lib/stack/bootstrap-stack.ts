import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { deployRoleName, observeRoleName, runRoleName } from "../config/delivery";
import type { Environment } from "../config/environment";
import { permissionsBoundaryName } from "../config/naming";
import { policyDocument } from "../constructs/policy-document";
import { environmentPolicies } from "./environment-policies";
import { literal } from "./literal";

const GITHUB = "token.actions.githubusercontent.com";

/** A rollout's job may take nearly as long. */
const LONGEST_SESSION_SECONDS = 6 * 60 * 60;

export interface BootstrapStackProps {
  /** The environments of one AWS account. */
  readonly environments: readonly Environment[];
  readonly accountId: string;
  /** The GitHub repository whose workflows may take the roles: `<owner>/<name>`. */
  readonly repository: string;
}

/** Who issues tokens, and what for. */
interface Issuer {
  readonly provider: IamOpenidConnectProvider;
  readonly host: string;
  readonly audience: string;
}

/**
 * What an account needs before workflows can deliver to it: trust in GitHub's tokens, and for each
 * environment a role that reads and one that deploys, within the environment, and the boundary of the
 * roles that deploys make; for environments in Terraform Cloud also trust in its tokens, and a role for
 * plans and one for applies. There are no long-lived keys.
 *
 * Its state is a local file: it is applied by a person, seldom, and makes nothing that can't be made
 * again.
 *
 * @see https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
 */
export class BootstrapStack extends TerraformStack {
  private readonly terraformClouds = new Map<string, Issuer>();

  constructor(scope: Construct, props: BootstrapStackProps) {
    const { accountId, environments, repository } = literal(props);
    super(scope, `bootstrap-${accountId}`);
    new LocalBackend(this);
    new AwsProvider(this, "aws", {
      region: environments[0]?.aws.region,
      allowedAccountIds: [accountId],
    });
    const github = this.addIssuer("github", GITHUB, "sts.amazonaws.com");
    const jobs = (...of: string[]): string[] =>
      of.map((subject) => `repo:${repository}:${subject}`);
    for (const environment of environments) {
      const { backend, name } = environment;
      const policies = environmentPolicies(environment);
      const add = (id: string, policy: string): IamPolicy =>
        this.addPolicy(`${id}-${name}`, `delivery-routed-${name}-${id}`, policy);
      this.addPolicy(`boundary-${name}`, permissionsBoundaryName(name), policies.boundary);
      const reading = [add("read", policies.read)];
      const deploying = [
        ...reading,
        ...Object.entries(policies.deploy).map(([id, policy]) => add(id, policy)),
      ];
      const rolling = [...deploying, add("rollout", policies.rollout)];
      this.addRole(
        observeRoleName(name),
        reading,
        github,
        jobs("pull_request", "ref:refs/heads/main"),
      );
      // Only a job of the GitHub environment, whose reviewers have let it pass, can deploy.
      this.addRole(deployRoleName(name), rolling, github, jobs(`environment:${name}`));
      if (backend.type === "cloud") this.addRunRoles(name, backend, reading, deploying);
    }
  }

  /** With tags alone, the workspace isn't known, and a role for any of them would be too wide. */
  private addRunRoles(
    environment: string,
    { hostname, organization, workspace }: Cloud,
    reading: readonly IamPolicy[],
    deploying: readonly IamPolicy[],
  ): void {
    if (workspace === undefined) return;
    const issuer =
      this.terraformClouds.get(hostname) ??
      this.addIssuer(`terraform-cloud-${hostname}`, hostname, "aws.workload.identity");
    this.terraformClouds.set(hostname, issuer);
    // A workspace's name is unique in its organization, whatever its project.
    const runs = `organization:${organization}:project:*:workspace:${workspace}:run_phase`;
    this.addRole(runRoleName("plan", environment), reading, issuer, [`${runs}:plan`]);
    this.addRole(runRoleName("apply", environment), deploying, issuer, [`${runs}:apply`]);
  }

  private addIssuer(id: string, host: string, audience: string): Issuer {
    const provider = new IamOpenidConnectProvider(this, id, {
      url: `https://${host}`,
      clientIdList: [audience],
    });
    return { provider, host, audience };
  }

  private addRole(
    name: string,
    policies: readonly IamPolicy[],
    { provider, host, audience }: Issuer,
    subjects: readonly string[],
  ): void {
    const isPattern = subjects.some((subject) => subject.includes("*"));
    const role = new IamRole(this, name, {
      name,
      maxSessionDuration: LONGEST_SESSION_SECONDS,
      assumeRolePolicy: policyDocument({
        sid: "Trust",
        principal: { Federated: provider.arn },
        actions: ["sts:AssumeRoleWithWebIdentity"],
        condition: isPattern
          ? {
              StringEquals: { [`${host}:aud`]: audience },
              StringLike: { [`${host}:sub`]: [...subjects] },
            }
          : { StringEquals: { [`${host}:aud`]: audience, [`${host}:sub`]: [...subjects] } },
      }),
    });
    for (const policy of policies) {
      new IamRolePolicyAttachment(this, `${name}-${policy.node.id}`, {
        role: role.name,
        policyArn: policy.arn,
      });
    }
  }

  private addPolicy(id: string, name: string, policy: string): IamPolicy {
    return new IamPolicy(this, id, { name, policy });
  }
}

type Cloud = Extract<Environment["backend"], { readonly type: "cloud" }>;
