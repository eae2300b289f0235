import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Environment } from "../../../../lib/config/environment";
import { recordObservation } from "../../../../lib/observe/recorded";
import { recordPlan } from "../../../../lib/synthesis/recorded-plan";
import { DeployTools } from "../../../../lib/terraform/deploy-tools";
import type {
  RunSubprocess,
  SubprocessRequest,
  SubprocessResult,
} from "../../../../lib/terraform/subprocess";
import { TerraformDeployer } from "../../../../lib/rollout/deploy/terraform-deployer";
import { withNewAmi } from "../../../support/fleet";
import { aPoppedEnvironment, deployed, Draft } from "../../verify/a-plan";

type Answer = Partial<SubprocessResult> | (() => Partial<SubprocessResult>);

/** cdktf and Terraform as far as a deploy needs them, in a folder; no process is started. */
export class FakeDeploy {
  readonly environment: Environment;
  readonly draft: Draft;
  readonly requests: SubprocessRequest[] = [];
  readonly notes: string[] = [];
  /** By what is run, e.g. "terraform plan": what becomes of it instead. */
  readonly answers = new Map<string, Answer>();
  /** What `terraform state pull` gives. */
  state = "";

  constructor(
    readonly folder: string,
    overrides: Partial<Environment> = {},
  ) {
    this.environment = aPoppedEnvironment(overrides);
    this.draft = Draft.of(this.environment, withNewAmi(deployed(this.environment)));
  }

  deployer(variables: NodeJS.ProcessEnv = {}): TerraformDeployer {
    return new TerraformDeployer({
      environment: this.environment,
      tools: new DeployTools({ variables, run: this.run, logFile: join(this.folder, "log") }),
      projectDirectory: this.folder,
      outputDirectory: "cdktf.out",
      connectToQuotas: () => Promise.reject(new Error("nobody asks for quotas")),
      note: (message) => this.notes.push(message),
    });
  }

  get stackDirectory(): string {
    return join(this.folder, "cdktf.out/stacks", this.environment.name);
  }

  get planFile(): string {
    return join(this.stackDirectory, "plan");
  }

  /** What was run, in order, without the folder: "cdktf synth --output cdktf.out". */
  get commands(): string[] {
    return this.requests.map((request) =>
      commandOf(request)
        .replaceAll(`${this.folder}/`, "")
        .replace(/routed-state-\w+/, "<temporary>"),
    );
  }

  private readonly run: RunSubprocess = async (request) => {
    this.requests.push(request);
    const command = commandOf(request);
    const answer = [...this.answers].find(([name]) => command.startsWith(name))?.[1];
    const ended = { status: 0, stdout: "", logged: "", ended: "by itself" } as const;
    if (request.signal?.aborted === true) return { ...ended, status: 1, ended: "interrupted" };
    const given = typeof answer === "function" ? answer() : answer;
    if (given === undefined || (given.status ?? 0) === 0)
      return { ...ended, ...(await this.do(request, command)), ...given };
    return { ...ended, ...given };
  };

  private async do(
    request: SubprocessRequest,
    command: string,
  ): Promise<Partial<SubprocessResult>> {
    if (command.startsWith("terraform version"))
      return { stdout: '{"terraform_version":"1.11.4"}' };
    if (command.startsWith("cdktf synth")) await this.synthesize();
    if (command.startsWith("terraform init")) mkdirSync(join(request.cwd, ".terraform"));
    if (command.startsWith("terraform plan")) {
      const file = request.args.find((arg) => arg.startsWith("-out="))?.slice("-out=".length) ?? "";
      writeFileSync(file, `PK ${this.requests.length}`);
    }
    if (command.startsWith("terraform show")) return { stdout: JSON.stringify(this.draft.json) };
    if (command.startsWith("terraform state pull")) return { stdout: this.state };
    return {};
  }

  private async synthesize(): Promise<void> {
    const output = dirname(dirname(this.stackDirectory));
    mkdirSync(this.stackDirectory, { recursive: true });
    const stack = this.draft.stackJson();
    const kept = this.draft.upgradePlan.decisions.filter(({ action }) => action === "keep");
    for (const { slot } of kept) {
      // Terraform plans nothing for it, whatever is declared.
      Object.assign(stack.resource["aws_instance"]?.[`node-${slot}`] ?? {}, {
        user_data_base64: "aGk=",
        user_data_replace_on_change: true,
      });
    }
    writeFileSync(join(this.stackDirectory, "cdk.tf.json"), JSON.stringify(stack));
    await recordPlan(join(output, "plans"), this.draft.upgradePlan);
    const { observation } = this.draft;
    if (observation) await recordObservation(join(output, "observations"), observation);
  }
}

function commandOf({ command, args }: SubprocessRequest): string {
  if (command !== process.execPath) return [command, ...args].join(" ");
  const [script = "", ...rest] = args;
  return [basename(script), ...rest].join(" ");
}
