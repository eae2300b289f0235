import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
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
  let toolchain: Toolchain;
  let aws: LocalAws;
  let repository: PlayedRepository;
  let built: Played;
  const started: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    toolchain = await requireToolchain();
    aws = await startLocalAws({ toolchain });
    started.push(aws);
    await new S3Client(client(aws)).send(new CreateBucketCommand({ Bucket: STATES }));
    const config = smallConfig({ sites: SITES });
    repository = new PlayedRepository({
      [`config/${ENVIRONMENT}.json`]: JSON.stringify(
        { ...config, backend: { type: "s3", bucket: STATES } },
        undefined,
        2,
      ),
    });
    await observe();
    built = await repository.play("deploy.yml", await machines(aws));
  });
  afterAll(async () => {
    for (const each of started.reverse()) await each.stop();
    repository.remove();
  });

  function client({ endpoint, region }: LocalAws) {
    const credentials = { accessKeyId: SANDBOX_ACCOUNT_ID, secretAccessKey: "local" };
    return { endpoint, region, credentials, forcePathStyle: true };
  }

  /** What pull requests plan from where nothing is recorded on the branch yet. */
  async function observe(): Promise<void> {
    const { status, output } = await runProcess(
      process.execPath,
      ["bin/routed.cjs", "observe", ENVIRONMENT, "--out", join("..", "observation.json")],
      { cwd: repository.directory, env: aws.environment, timeoutMs: 60_000 },
    );
    if (status !== 0) throw new Error(output);
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
  async function machines(world: LocalAws): Promise<Machines> {
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

  async function fork(): Promise<{ world: LocalAws; runner: Machines }> {
    const world = await aws.fork();
    started.push(world);
    return { world, runner: await machines(world) };
  }

  it("deploys one wave in the environment's stage, and waits until its nodes are available", () => {
    expect(results(built)).toEqual({
      environments: "success",
      development: "skipped",
      staging: "success",
      production: "skipped",
    });
    const { log } = built["staging"] ?? {};
    expect(plainText(log ?? "")).toContain("stg: staged: create nodes 0, 1 and 2; 1 wave to go");
    expect(log).toContain("=== wait until every node is available");
  });

  describe("a pull request", () => {
    it("that adds a PoP gets one comment, which is updated in place, and passes", async () => {
      const runner = await machines(aws);
      const { github, roles } = runner;
      const addPop = (): void => {
        const pop2 = JSON.stringify(SITES[1]);
        const config = JSON.parse(
          readFileSync(join(repository.directory, "config/stg.json"), "utf8"),
        ) as { autopilotSites: object[] };
        const pop3 = JSON.parse(pop2.replaceAll("2", "3").replace("3001", "2001")) as object;
        config.autopilotSites.push(pop3);
        repository.write("config/stg.json", JSON.stringify(config, undefined, 2));
      };
      const played = await repository.playPullRequest(addPop, runner);
      expect(failures(played)).toEqual({});
      expect(results(played)).toEqual({ ci: "success", synthesize: "success", plan: "success" });
      expect(roles).toEqual([role("observe")]);
      expect(github.comments.map(({ body }) => body.split("\n")[0])).toEqual([
        "<!-- routed-report: stg -->",
      ]);
      expect(github.comments[0]?.body).toContain("1 new PoP: `pop3`");
      expect(github.comments[0]?.body).toContain("✅ proved");
      expect(played["plan"]?.summary).toBe(github.comments[0]?.body);

      const before = github.comments[0]?.body;
      await repository.playPullRequest(() => {
        addPop();
        repository.edit("config/stg.json", '"pop3"', '"pop4"');
      }, runner);
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body).toBe(before?.replaceAll("pop3", "pop4"));
    });

    it("that changes the AMI is told of one node now and two later", async () => {
      const { world, runner } = await fork();
      const amiId = await world.releaseImage();
      const pin = JSON.stringify({ image: { amiId } }).slice(1, -1);
      const played = await repository.playPullRequest(
        () => repository.edit("config/stg.json", '"nodes": 3', `"nodes": 3, ${pin}`),
        runner,
      );
      expect(failures(played)).toEqual({});
      const { body } = runner.github.comments[0] ?? {};
      expect(body).toContain("### `stg` has a wave staged: upgrade node 0");
      expect(body).toContain("✅ proved");
      expect(body?.match(/keep, later upgrade/g)).toHaveLength(2);
    });

    it("whose code would replace two nodes at once is refused, and told why", async () => {
      const runner = await machines(aws);
      const played = await repository.playPullRequest(
        () =>
          repository.edit(
            "lib/constructs/static-node.ts",
            "      userDataReplaceOnChange: true,",
            "      userDataReplaceOnChange: true,\n      ebsOptimized: slot > 0,",
          ),
        runner,
      );
      expect(failures(played)).toEqual({ plan: "verify" });
      const { body } = runner.github.comments[0] ?? {};
      expect(body).toContain("❌ refused");
      expect(body).toContain("2 nodes (1, 2) would be disrupted by one deploy");
      expect(played["plan"]?.log).toContain(
        "2 nodes (1, 2) would be disrupted by one deploy, but fleet.maxUnavailableNodes is 1",
      );
    });
  });

  it("records observations on their branch, which pull requests then plan from", async () => {
    const runner = await machines(aws);
    expect(failures(await repository.play("observations.yml", runner))).toEqual({});
    const recorded = repository.git(
      "--git-dir",
      repository.origin,
      "show",
      "observations:stg.json",
    );
    expect(JSON.parse(recorded)).toMatchObject({ environment: ENVIRONMENT });
    expect(recorded).toContain('"instanceId"');
    // Once more: the branch is there, and goes on.
    expect(failures(await repository.play("observations.yml", runner))).toEqual({});
    const files = repository.git("--git-dir", repository.origin, "ls-tree", "observations");
    expect(files.split("\n")).toHaveLength(1);
  });

  it("finds no drift, and then what was changed by hand, in one issue", async () => {
    const { world, runner } = await fork();
    const { github } = runner;
    expect(failures(await repository.play("drift.yml", runner))).toEqual({});
    expect(runner.roles).toEqual([role("observe")]);
    expect(github.issues).toEqual([]);
    const node = await world.findNode(ENVIRONMENT, 2);
    await new EC2Client(client(world)).send(
      new CreateTagsCommand({
        Resources: [node?.networkInterfaceId ?? ""],
        Tags: [{ Key: "Name", Value: "mine" }],
      }),
    );
    const step = { drift: "look for drift" };
    expect(failures(await repository.play("drift.yml", runner))).toEqual(step);
    expect(failures(await repository.play("drift.yml", runner))).toEqual(step);
    expect(github.issues).toEqual([
      {
        number: 1,
        title: "drift in stg",
        user: { type: "Bot" },
        body: expect.stringContaining("tags.Name: routed-stg-node-2 → mine") as string,
      },
    ]);
  });

  describe("a rollout", () => {
    const ALWAYS = { window: "daily 00:00-24:00 UTC" };
    const QUICK = "--bake 1s --poll 1s";
    const dispatched = { event_name: "workflow_dispatch", ref: "refs/heads/main" };

    it("goes on until the fleet has converged", async () => {
      const { world, runner } = await fork();
      const amiId = await world.releaseImage();
      const inputs = { ...ALWAYS, options: QUICK };
      const played = await repository.play("rollout.yml", runner, dispatched, inputs);
      expect(failures(played)).toEqual({});
      expect(played["rollout"]?.log).toContain("converged after 3 waves");
      const nodes = await Promise.all([0, 1, 2].map((slot) => world.findNode(ENVIRONMENT, slot)));
      expect(nodes.map((node) => node?.imageId)).toEqual([amiId, amiId, amiId]);
      expect(runner.github.issues).toEqual([]);
      expect(runner.roles).toEqual([role("deploy")]);
    });

    it("fails with an issue outside of the window, where a node stays away, and where it is held", async () => {
      const { world, runner } = await fork();
      const { github } = runner;
      await world.releaseImage();
      await world.configureAgent({ rebuildSeconds: 600 });
      const step = { rollout: "roll on until it has converged" };
      const play = async (inputs: { window: string; options: string }): Promise<string> => {
        const played = await repository.play("rollout.yml", runner, dispatched, inputs);
        expect(failures(played)).toEqual(step);
        expect(github.issues.map(({ title }) => title)).toEqual(["rollout of stg stopped"]);
        return github.issues[0]?.body ?? "";
      };
      const inTwoDays = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000).getUTCDay();
      const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][inTwoDays] ?? "";
      const window = `${day} 00:00-24:00 UTC`;
      expect(await play({ window, options: QUICK })).toContain(
        "stopped after 0 waves (outside-window)",
      );
      const impatient = { ...ALWAYS, options: `${QUICK} --timeout 3s` };
      expect(await play(impatient)).toContain("stopped after 0 waves (not-available)");
      expect(await play(impatient)).toContain("stopped after 0 waves (held)");
    });
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
