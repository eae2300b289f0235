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
import { deployRoleName, observeRoleName } from "../config/delivery";
import type { Environment } from "../config/environment";
import { policyDocument } from "../constructs/policy-document";

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

/**
 * What an account needs before workflows can deliver to it: trust in GitHub's tokens, and for each
 * environment a role that reads and one that deploys. There are no long-lived keys.
 *
 * Its state is a local file: it is applied by a person, seldom, and makes nothing that can't be made
 * again.
 *
 * @see https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
 */
export class BootstrapStack extends TerraformStack {
  private readonly provider: IamOpenidConnectProvider;

  constructor(
    scope: Construct,
    private readonly props: BootstrapStackProps,
  ) {
    const { accountId, environments } = props;
    super(scope, `bootstrap-${accountId}`);
    new LocalBackend(this);
    new AwsProvider(this, "aws", {
      region: environments[0]?.aws.region,
      allowedAccountIds: [accountId],
    });
    this.provider = new IamOpenidConnectProvider(this, "github", {
      url: `https://${GITHUB}`,
      clientIdList: ["sts.amazonaws.com"],
    });
    const reading = this.addPolicy("read", [observe, preflight, readingOf(deploy)]);
    const rolling = this.addPolicy("rollout", [rollout]);
    for (const { name } of environments) {
      const observer = this.addRole(observeRoleName(name), ["pull_request", "ref:refs/heads/main"]);
      this.attach(observeRoleName(name), observer, reading);
      // Only a job of the GitHub environment, whose reviewers have let it pass, can deploy.
      const deployer = this.addRole(deployRoleName(name), [`environment:${name}`]);
      new IamRolePolicy(this, `${deployRoleName(name)}-policy`, {
        name: "deploy",
        role: deployer.name,
        policy: JSON.stringify(deploy),
      });
      this.attach(deployRoleName(name), deployer, reading);
      this.attach(`${deployRoleName(name)}-rollout`, deployer, rolling);
    }
  }

  private addRole(name: string, subjects: readonly string[]): IamRole {
    const { repository } = this.props;
    return new IamRole(this, name, {
      name,
      maxSessionDuration: LONGEST_SESSION_SECONDS,
      assumeRolePolicy: policyDocument({
        sid: "GitHub",
        principal: { Federated: this.provider.arn },
        actions: ["sts:AssumeRoleWithWebIdentity"],
        condition: {
          StringEquals: {
            [`${GITHUB}:aud`]: "sts.amazonaws.com",
            [`${GITHUB}:sub`]: subjects.map((subject) => `repo:${repository}:${subject}`),
          },
        },
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

interface Policy {
  readonly Statement: readonly { readonly Sid?: string; readonly Action: readonly string[] }[];
}

/** What a plan reads of what a deploy may change: to refresh, Terraform reads every resource. */
function readingOf({ Statement }: Policy): Policy {
  const isReading = (action: string): boolean => /:(Describe|Get|List)/.test(action);
  return {
    Statement: Statement.map(({ Sid, ...statement }) => ({
      ...statement,
      Sid: `Plan${Sid ?? ""}`,
      Action: statement.Action.filter(isReading),
    })).filter(({ Action }) => Action.length > 0),
  };
}
