import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import deploy from "../../iam/deploy.json";
import observe from "../../iam/observe.json";
import preflight from "../../iam/preflight.json";
import rollout from "../../iam/rollout.json";
import { deployRoleName, observeRoleName, runRoleName } from "../config/delivery";
import type { Environment } from "../config/environment";
import { policyDocument } from "../constructs/policy-document";
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
 * environment a role that reads and one that deploys; for environments in Terraform Cloud also trust
 * in its tokens, and a role for plans and one for applies. There are no long-lived keys.
 *
 * Its state is a local file: it is applied by a person, seldom, and makes nothing that can't be made
 * again.
 *
 * @see https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
 */
export class BootstrapStack extends TerraformStack {
  private readonly reading: IamPolicy;
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
    this.reading = this.addPolicy("read", [
      observe,
      preflight,
      readingOf(deploy),
      readingOf(rollout),
    ]);
    const rolling = this.addPolicy("rollout", [rollout]);
    const jobs = (...of: string[]): string[] =>
      of.map((subject) => `repo:${repository}:${subject}`);
    for (const { name, backend } of environments) {
      this.addReader(observeRoleName(name), github, jobs("pull_request", "ref:refs/heads/main"));
      // Only a job of the GitHub environment, whose reviewers have let it pass, can deploy.
      const deployer = this.addDeployer(deployRoleName(name), github, jobs(`environment:${name}`));
      this.attach(`${deployRoleName(name)}-rollout`, deployer, rolling);
      if (backend.type === "cloud") this.addRunRoles(name, backend);
    }
  }

  /** With tags alone, the workspace isn't known, and a role for any of them would be too wide. */
  private addRunRoles(environment: string, { hostname, organization, workspace }: Cloud): void {
    if (workspace === undefined) return;
    const issuer =
      this.terraformClouds.get(hostname) ??
      this.addIssuer(`terraform-cloud-${hostname}`, hostname, "aws.workload.identity");
    this.terraformClouds.set(hostname, issuer);
    // A workspace's name is unique in its organization, whatever its project.
    const runs = `organization:${organization}:project:*:workspace:${workspace}:run_phase`;
    this.addReader(runRoleName("plan", environment), issuer, [`${runs}:plan`]);
    this.addDeployer(runRoleName("apply", environment), issuer, [`${runs}:apply`]);
  }

  private addIssuer(id: string, host: string, audience: string): Issuer {
    const provider = new IamOpenidConnectProvider(this, id, {
      url: `https://${host}`,
      clientIdList: [audience],
    });
    return { provider, host, audience };
  }

  private addReader(name: string, issuer: Issuer, subjects: readonly string[]): IamRole {
    const role = this.addRole(name, issuer, subjects);
    this.attach(name, role, this.reading);
    return role;
  }

  private addDeployer(name: string, issuer: Issuer, subjects: readonly string[]): IamRole {
    const role = this.addReader(name, issuer, subjects);
    new IamRolePolicy(this, `${name}-policy`, {
      name: "deploy",
      role: role.name,
      policy: JSON.stringify(deploy),
    });
    return role;
  }

  private addRole(
    name: string,
    { provider, host, audience }: Issuer,
    subjects: readonly string[],
  ): IamRole {
    const isPattern = subjects.some((subject) => subject.includes("*"));
    return new IamRole(this, name, {
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
  }

  private addPolicy(id: string, documents: readonly Policy[]): IamPolicy {
    const Statement = documents.flatMap((document) => document.Statement);
    return new IamPolicy(this, id, {
      name: `delivery-routed-${id}`,
      policy: JSON.stringify({ Version: "2012-10-17", Statement }),
    });
  }

  private attach(id: string, role: IamRole, policy: IamPolicy): void {
    new IamRolePolicyAttachment(this, `${id}-attachment`, {
      role: role.name,
      policyArn: policy.arn,
    });
  }
}

type Cloud = Extract<Environment["backend"], { readonly type: "cloud" }>;

interface Policy {
  readonly Statement: readonly { readonly Sid?: string; readonly Action: readonly string[] }[];
}

/** What only a deploy holds: a plan that only reads does so without the state's lock. */
const STATE_LOCK = "StateLock";

/** What a plan reads of what a deploy may change: to refresh, Terraform reads every resource. */
function readingOf({ Statement }: Policy): Policy {
  const isReading = (action: string): boolean => /:(Describe|Get|List)/.test(action);
  return {
    Statement: Statement.filter(({ Sid }) => Sid !== STATE_LOCK)
      .map(({ Sid, ...statement }) => ({
        ...statement,
        ...(Sid === undefined ? {} : { Sid: `Plan${Sid}` }),
        Action: statement.Action.filter(isReading),
      }))
      .filter(({ Action }) => Action.length > 0),
  };
}
