import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { plainText } from "../../sandbox/deploy";
import { SANDBOX_ACCOUNT_ID, startLocalAws } from "../../sandbox/local-aws";
import type { LocalAws } from "../../sandbox/local-aws";
import { runProcess } from "../../sandbox/processes";
import { requireToolchain } from "../../sandbox/toolchain";
import type { Toolchain } from "../../sandbox/toolchain";
import { smallConfig } from "../support/end-to-end";
import { GitHubStandIn } from "../support/github-stand-in";
import { PlayedRepository, REPOSITORY } from "../support/played-repository";
import type { Action, PlayedJob, Runner } from "../support/workflow";

const ENVIRONMENT = "stg";
const CONFIG = `config/${ENVIRONMENT}.json`;
const STATES = "routed-states";
const OBSERVATION = `__tests__/fixtures/observations/${ENVIRONMENT}.json`;
const SITES = [1, 2].map((id) => ({ id, name: `pop${id}`, bgpPeers: [`2001:db8:${id}::/48`] }));

type Played = Readonly<Record<string, PlayedJob>>;

/**
 * The workflows, step by step from their files, on one environment of three nodes: real cdktf,
 * Terraform and provider. Its state is in S3, which stands in for Terraform Cloud; actions are stood
 * in for by what they do. The environment is built once, by `deploy`; what changes it has a fork.
 */
describe("delivery by the workflows", () => {
  const started: { stop(): Promise<void> }[] = [];
  let repository: PlayedRepository | undefined;
  const building = build();

  interface Built {
    readonly aws: LocalAws;
    readonly toolchain: Toolchain;
    readonly repository: PlayedRepository;
    readonly deployed: Played;
  }

  async function build(): Promise<Built> {
    const toolchain = await requireToolchain();
    const aws = await startLocalAws({ toolchain });
    started.push(aws);
    await new S3Client(client(aws)).send(new CreateBucketCommand({ Bucket: STATES }));
    const config = { ...smallConfig({ sites: SITES }), backend: { type: "s3", bucket: STATES } };
    repository = new PlayedRepository({ [CONFIG]: JSON.stringify(config, undefined, 2) });
    await observe(repository, aws);
    const runner = await machines(aws, toolchain);
    return { aws, toolchain, repository, deployed: await repository.play("deploy.yml", runner) };
  }

  afterAll(async () => {
    await building.catch(() => undefined);
    for (const each of started.reverse()) await each.stop();
    repository?.remove();
  });

  function client({ endpoint, region }: LocalAws) {
    const credentials = { accessKeyId: SANDBOX_ACCOUNT_ID, secretAccessKey: "local" };
    return { endpoint, region, credentials, forcePathStyle: true };
  }

  /** The command in the repository's folder. @returns what it printed */
  async function routed(
    repository: PlayedRepository,
    args: readonly string[],
    env: Readonly<Record<string, string | undefined>>,
    expected = 0,
  ): Promise<string> {
    const { status, stdout, output } = await runProcess(
      process.execPath,
      ["bin/routed.cjs", ...args],
      { cwd: repository.directory, env, timeoutMs: 60_000 },
    );
    if (status !== expected) throw new Error(output);
    return stdout;
  }

  /** What pull requests plan from where nothing is recorded on the branch yet. */
  async function observe(repository: PlayedRepository, aws: LocalAws): Promise<void> {
    const out = join("..", "observation.json");
    await routed(repository, ["observe", ENVIRONMENT, "--out", out], aws.environment);
    const file = join(repository.directory, "..", "observation.json");
    repository.write(OBSERVATION, readFileSync(file, "utf8"));
    repository.commit("main");
  }

  interface Machines extends Partial<Runner> {
    readonly github: GitHubStandIn;
    /** The roles that jobs took. */
    readonly roles: string[];
  }

  /** Machines whose credentials lead to this AWS, and a GitHub of their own. */
  async function machines(world: LocalAws, toolchain: Toolchain): Promise<Machines> {
    const github = new GitHubStandIn(REPOSITORY);
    const api = await github.start();
    started.push(github);
    const roles: string[] = [];
    const actions: Record<string, Action> = {
      "hashicorp/setup-terraform": (inputs, { variables }) => {
        variables["SET_UP_TERRAFORM"] = inputs["terraform_version"];
        return "";
      },
      "aws-actions/configure-aws-credentials": (inputs, { permissions, variables }) => {
        if (permissions["id-token"] !== "write") throw new Error("no token to identify with");
        roles.push(inputs["role-to-assume"] ?? "");
        Object.assign(variables, world.environment, { AWS_REGION: inputs["aws-region"] });
        return "";
      },
      "hashicorp/terraform-cdk-action": planWithCdktf,
    };
    const noAws = { AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/dev/null" };
    const variables = { ...toolchain.environment, ...noAws, GITHUB_API_URL: api };
    return { actions, variables, github, roles };
  }

  /** What Terraform writes beside a state in S3 for as long as it holds the lock. */
  const LOCK = { Bucket: STATES, Key: `routed/${ENVIRONMENT}.tfstate.tflock` };
  const SOMEBODY = JSON.stringify({
    ID: "0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f",
    Operation: "OperationTypeApply",
    Who: "somebody@else",
    Version: "1.11.4",
    Created: "2026-03-02T10:00:00Z",
    Path: `${STATES}/routed/${ENVIRONMENT}.tfstate`,
  });

  /** From now on somebody else's deploy has the state's lock. */
  async function lockState(world: LocalAws): Promise<void> {
    await new S3Client(client(world)).send(new PutObjectCommand({ ...LOCK, Body: SOMEBODY }));
    await world.clearCalls();
  }

  /** What a plan says that does take the lock. */
  async function planWithLock(world: LocalAws, toolchain: Toolchain): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), "routed-locked-"));
    const { bucket, key } = { bucket: LOCK.Bucket, key: LOCK.Key.replace(/\.tflock$/, "") };
    const s3 = { bucket, key, region: world.region, use_lockfile: true, use_path_style: true };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { backend: { s3 } } }));
    const env = { ...toolchain.environment, ...world.environment };
    const run = (...args: string[]) =>
      runProcess("terraform", [...args, "-no-color"], { cwd: folder, env, timeoutMs: 60_000 });
    try {
      const { status, output } = await run("init", "-input=false");
      if (status !== 0) throw new Error(output);
      return (await run("plan", "-input=false")).output;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Nothing at all was changed since then, by any call to AWS; the lock is as it was. */
  async function expectOnlyReads(world: LocalAws): Promise<void> {
    const { calls } = await world.calls();
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter(({ mutating }) => mutating).map(({ action }) => action)).toEqual([]);
    const { Body } = await new S3Client(client(world)).send(new GetObjectCommand(LOCK));
    expect(await Body?.transformToString()).toBe(SOMEBODY);
  }

  interface Scenario extends Built {
    readonly world: LocalAws;
    readonly runner: Machines;
  }

  /** The environment as it was built, on an AWS of its own. */
  async function scenario(): Promise<Scenario> {
    const built = await building;
    const world = await built.aws.fork();
    started.push(world);
    return { ...built, world, runner: await machines(world, built.toolchain) };
  }

  it("deploys one wave in the environment's stage, and waits until its nodes are available", async () => {
    const { deployed } = await building;
    expect(results(deployed)).toEqual({
      environments: "success",
      development: "skipped",
      staging: "success",
      production: "skipped",
    });
    const { log } = deployed["staging"] ?? {};
    expect(plainText(log ?? "")).toContain("stg: staged: create nodes 0, 1 and 2; 1 wave to go");
    expect(log).toContain("=== wait until every node is available");
  });

  describe("a pull request", () => {
    let here: Scenario;
    beforeAll(async () => void (here = await scenario()));

    /** Plays it on another change, as another push to the same pull request. */
    async function push(change: (repository: PlayedRepository) => void) {
      const { repository: own, runner } = here;
      const played = await own.playPullRequest(() => change(own), runner);
      const { comments } = runner.github;
      // One comment, which is updated in place.
      expect(comments).toHaveLength(1);
      const body = comments[0]?.body ?? "";
      expect(body).toMatch(/^<!-- routed-report: stg -->\n/);
      expect(played["plan"]?.summary).toBe(body);
      return { played, body };
    }

    it("that adds a PoP is told of it, and passes, also while somebody deploys", async () => {
      await lockState(here.world);
      const pop3 = { id: 3, name: "pop3", bgpPeers: ["2001:db8:3::/48"] };
      const { played, body } = await push((own) =>
        own.edit(CONFIG, '"autopilotSites": [', `"autopilotSites": [${JSON.stringify(pop3)},`),
      );
      expect(failures(played)).toEqual({});
      expect(results(played)).toEqual({ ci: "success", synthesize: "success", plan: "success" });
      expect(here.runner.roles).toEqual([role("observe")]);
      expect(body).toContain("1 new PoP: `pop3`");
      expect(body).toContain("✅ proved");
      await expectOnlyReads(here.world);
    });

    it("whose code would replace two nodes at once is refused, and told why", async () => {
      const line = "      userDataReplaceOnChange: true,";
      // Terraform itself refuses to plan the whole, so that there is no plan to report on.
      const { repository: own, runner } = here;
      const played = await own.playPullRequest(() => {
        const edited = `${line}\n      ebsOptimized: slot > 0,`;
        own.edit("lib/constructs/node/static-node.ts", line, edited);
      }, runner);
      expect(failures(played)).toEqual({ plan: "hashicorp/terraform-cdk-action" });
      expect(played["plan"]?.log).toContain("Instance cannot be destroyed");
    });

    it("that changes the AMI is told of one node now and two later", async () => {
      const amiId = await here.world.releaseImage();
      const { played, body } = await push((own) =>
        own.edit(CONFIG, '"nodes": 3', `"nodes": 3, "image": { "amiId": "${amiId}" }`),
      );
      expect(failures(played)).toEqual({});
      expect(body).toContain("### `stg` has a wave staged: upgrade node 0");
      expect(body).toContain("✅ proved");
      expect(body.match(/keep, later upgrade/g)).toHaveLength(2);
    });
  });

  it.concurrent(
    "has the roles that its jobs take, by a bootstrap whose second plan is empty",
    async () => {
      const { world, toolchain, repository: own } = await scenario();
      const bootstrap = `bootstrap-${SANDBOX_ACCOUNT_ID}`;
      const stack = `cdktf.out/stacks/${bootstrap}`;
      const run = async (args: readonly string[], folder = "."): Promise<string> => {
        const [command = "", ...rest] = args;
        const { status, output } = await runProcess(command, rest, {
          cwd: join(own.directory, folder),
          env: { ...toolchain.environment, ...world.environment, GITHUB_REPOSITORY: REPOSITORY },
          timeoutMs: 180_000,
        });
        if (status !== 0) throw new Error(output);
        return output;
      };
      own.edit(CONFIG, '"aws": {', '"aws": { "permissionsBoundary": true,');
      const app = ["--app", "node bin/bootstrap.cjs"];
      await run(["npx", "cdktf", "deploy", ...app, bootstrap, "--auto-approve"]);
      await run(["terraform", "plan", "-input=false", "-no-color", "-detailed-exitcode"], stack);
      const state = await run(["terraform", "show", "-json"], stack);
      for (const arn of [role("observe"), role("deploy")]) expect(state).toContain(`"${arn}"`);
    },
  );

  it.concurrent(
    "records observations on their branch, which pull requests then plan from",
    async () => {
      const { repository: own, runner, world } = await scenario();
      await world.releaseImage();
      expect(failures(await own.play("observations.yml", runner))).toEqual({});
      const inOrigin = (...args: string[]): string => own.git("--git-dir", own.origin, ...args);
      const recorded = inOrigin("show", "observations:stg.json");
      expect(JSON.parse(recorded)).toMatchObject({ environment: ENVIRONMENT });
      expect(recorded).toContain('"instanceId"');
      expect(recorded).not.toContain(SANDBOX_ACCOUNT_ID);
      expect(recorded).toContain('"node--router"');
      // A wave is staged, and what is planned from the record is what a look at AWS plans.
      own.write("../recorded/stg.json", recorded);
      const plan = (env: Readonly<Record<string, string | undefined>>) =>
        routed(own, ["plan", ENVIRONMENT, "--json"], env, 2);
      const live = await plan(world.environment);
      expect(await plan({ ROUTED_OBSERVATIONS: "../recorded" })).toBe(live);
      // Once more: the branch is there, and goes on.
      expect(failures(await own.play("observations.yml", runner))).toEqual({});
      expect(inOrigin("ls-tree", "observations").split("\n")).toHaveLength(1);
    },
  );

  it.concurrent(
    "finds no drift, and then what was changed by hand, which it opens an issue about",
    async () => {
      const { repository: own, toolchain, world, runner } = await scenario();
      const { github, roles } = runner;
      await lockState(world);
      expect(failures(await own.play("drift.yml", runner))).toEqual({});
      expect(roles).toEqual([role("observe")]);
      expect(github.issues).toEqual([]);
      await expectOnlyReads(world);
      const refused = await planWithLock(world, toolchain);
      expect(refused).toContain("Error acquiring the state lock");
      expect(refused).toContain("somebody@else");
      const node = await world.findNode(ENVIRONMENT, 2);
      await new EC2Client(client(world)).send(
        new CreateTagsCommand({
          Resources: [node?.networkInterfaceId ?? ""],
          Tags: [{ Key: "Name", Value: "mine" }],
        }),
      );
      expect(failures(await own.play("drift.yml", runner))).toEqual({ drift: "look for drift" });
      expect(github.issues).toMatchObject([
        {
          title: "drift in stg",
          body: expect.stringContaining("tags.Name: routed-stg-node-2 → mine") as string,
        },
      ]);
    },
  );

  it.concurrent("rolls on wave by wave, and has one issue on why it can't", async () => {
    const { repository: own, world, runner } = await scenario();
    const { github, roles } = runner;
    const dispatched = { event_name: "workflow_dispatch", ref: "refs/heads/main" };
    const play = async (window: string, options = ""): Promise<PlayedJob | undefined> => {
      const inputs = {
        window,
        options: `--bake 1s --poll 1s --only-node 1 --only-node 2 ${options}`,
      };
      return (await own.play("rollout.yml", runner, dispatched, inputs))["rollout"];
    };
    const expectIssue = (played: PlayedJob | undefined, words: string): void => {
      expect(played?.failed).toBe("roll on until it has converged");
      expect(github.issues).toMatchObject([
        { title: "rollout of stg stopped", body: expect.stringContaining(words) as string },
      ]);
    };
    const amiId = await world.releaseImage();
    const inTwoDays = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000).getUTCDay();
    const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][inTwoDays] ?? "";
    const never = await play(`${day} 00:00-24:00 UTC`);
    expectIssue(never, "stopped after 0 waves (outside-window)");

    const ALWAYS = "daily 00:00-24:00 UTC";
    const broken = (await world.findNode(ENVIRONMENT, 0))?.instanceId ?? "";
    await world.impairInstance(broken, "attachedEbs");
    expectIssue(await play(ALWAYS, "--timeout 2s"), "stopped after 0 waves (held)");

    await world.repairInstance(broken);
    await world.waitUntilHealthy(ENVIRONMENT);
    const played = await play(ALWAYS);
    expect(played?.failed).toBeUndefined();
    expect(played?.log).toContain("converged after 2 waves");
    const nodes = await Promise.all([0, 1, 2].map((slot) => world.findNode(ENVIRONMENT, slot)));
    expect(nodes.map((node) => node?.imageId === amiId)).toEqual([false, true, true]);
    expect(new Set(roles)).toEqual(new Set([role("deploy")]));
  });
});

function role(does: "observe" | "deploy"): string {
  return `arn:aws:iam::${SANDBOX_ACCOUNT_ID}:role/${does}-routed-${ENVIRONMENT}`;
}

function results(played: Played): Record<string, string> {
  return Object.fromEntries(Object.entries(played).map(([job, { result }]) => [job, result]));
}

/** By job, the step that failed; with what it wrote where that is not expected. */
function failures(played: Played): Record<string, string> {
  const failed = Object.entries(played).filter(([, { result }]) => result === "failure");
  return Object.fromEntries(failed.map(([job, { failed: step = "" }]) => [job, step]));
}

/**
 * What hashicorp/terraform-cdk-action does in the mode `plan-only`.
 *
 * @see https://github.com/hashicorp/terraform-cdk-action/blob/ec317e0c5cebab5b15bd676bbcc8e0afdbc96142/src/action.ts
 */
async function planWithCdktf(
  ...[inputs, { directory, variables }, env]: Parameters<Action>
): Promise<string> {
  const file = require.resolve("cdktf-cli/package.json");
  const { version, bin } = JSON.parse(readFileSync(file, "utf8")) as {
    version: string;
    bin: { cdktf: string };
  };
  if (inputs["mode"] !== "plan-only" || !inputs["stackName"]) throw new Error("no stack to plan");
  if (inputs["cdktfVersion"] !== version) throw new Error(`npx would get another cdktf-cli`);
  if (inputs["terraformVersion"] !== variables["SET_UP_TERRAFORM"]) {
    throw new Error("Terraform not installed");
  }
  const args = [join(dirname(file), bin.cdktf), "plan", inputs["stackName"]];
  const nothing = Object.keys(process.env).map((name) => [name, undefined]);
  const { status, output } = await runProcess(process.execPath, args, {
    cwd: directory,
    env: {
      ...(Object.fromEntries(nothing) as Record<string, undefined>),
      ...variables,
      ...env,
      FORCE_COLOR: "0",
      TF_CLI_ARGS: "-no-color",
      TF_TOKEN_app_terraform_io: inputs["terraformCloudToken"],
    },
    timeoutMs: 180_000,
  });
  if (status !== 0) throw new Error(output);
  return output;
}
