import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { PlayedRepository } from "../support/played-repository";
import type { Action, PlayedJob } from "../support/workflow";

let repository: PlayedRepository;

beforeAll(() => {
  const observations = "__tests__/fixtures/observations";
  repository = new PlayedRepository({
    config: { from: "config" },
    [observations]: { from: observations },
  });
});
afterAll(() => repository.remove());

function routed(...args: string[]): void {
  execFileSync(process.execPath, ["bin/routed.cjs", ...args], { cwd: repository.directory });
}

const DEFAULTS = "config/shared/defaults.json";

type Played = Readonly<Record<string, PlayedJob>>;

/** What `cdktf synth` runs, without the seconds that cdktf itself takes; e2e/delivery.test.ts has cdktf. */
const synthesize: Action = (_, { directory, variables }) => {
  const observations = join(variables["RUNNER_TEMP"] ?? "", "observations");
  return execFileSync(process.execPath, ["bin/app.cjs"], {
    cwd: directory,
    env: { PATH: process.env["PATH"], ROUTED_OBSERVATIONS: observations },
    encoding: "utf8",
  });
};
const WITHOUT_CDKTF = { "synthesize all environments": synthesize };

/**
 * Of a fork, so that only the job without credentials is played.
 */
const playFork = (change: () => void): Promise<Played> =>
  repository.playPullRequest(change, { actions: WITHOUT_CDKTF }, "somebody/infra");

const changed = ({ synthesize }: Played): unknown =>
  (JSON.parse(synthesize?.outputs["changed"] ?? "") as { environment: string }[]).map(
    ({ environment }) => environment,
  );

describe("a pull request's synthesis", () => {
  it("finds the environment that gets a PoP, and plans nothing for a fork", async () => {
    const played = await playFork(() =>
      routed("config", "add-pop", "stg", "--name", "stg-gru", "--peers", "2001:db8:4006::/48"),
    );
    expect(played).toMatchObject({
      synthesize: { result: "success" },
      plan: { result: "skipped" },
    });
    expect(changed(played)).toEqual(["stg"]);
  });

  it("refuses a config by which two nodes of three could be down, before anything is planned", async () => {
    const played = await playFork(() =>
      repository.edit(DEFAULTS, '"maxUnavailableNodes": 1', '"maxUnavailableNodes": 3'),
    );
    expect(played).toMatchObject({
      synthesize: {
        failed: "synthesize all environments",
        log: expect.stringContaining("fleet.maxUnavailableNodes must be between 1 and 2") as string,
        outputs: { changed: "" },
      },
      plan: { result: "skipped" },
    });
  });

  it("refuses to take a PoP away without retiring its id", async () => {
    const line = '{ "id": 2, "name": "stg-lhr", "bgpPeers": ["2001:db8:4002::/48"] },';
    const { synthesize } = await playFork(() => repository.edit("config/stg.json", line, ""));
    expect(synthesize?.failed).toBe("find the changed environments");
    expect(synthesize?.log).toContain(
      "config/stg.json: retiredSiteIds must have 2, the id of stg-lhr, which is removed; remove it with: routed config remove-pop stg --name stg-lhr",
    );
  });
});

describe("a delivery", () => {
  /** The environments whose waves were deployed, in order; `broken` doesn't become well after it. */
  async function deliver(broken?: string) {
    const deployed: string[] = [];
    const nothing = (): string => "";
    const played = await repository.play("deploy.yml", {
      actions: {
        "hashicorp/setup-terraform": nothing,
        "aws-actions/configure-aws-credentials": nothing,
        "deploy one wave": (_inputs, _machine, { ROUTED_ENVIRONMENTS: environment = "" }) => {
          deployed.push(environment);
          return "";
        },
        "wait until every node is available": (_inputs, _machine, env) => {
          if (env["ROUTED_ENVIRONMENTS"] === broken) throw new Error("not available");
          return "";
        },
      },
    });
    const results = Object.values(played).map(({ result }) => result);
    return { deployed, results };
  }

  it("goes from stage to stage, and through production one environment after the other", async () => {
    expect(await deliver()).toEqual({
      deployed: ["dev", "stg", "prd-ap", "prd-eu", "prd-na"],
      results: ["success", "success", "success", "success"],
    });
  });

  it.each([
    ["dev", ["dev"], ["success", "failure", "skipped", "skipped"]],
    ["prd-ap", ["dev", "stg", "prd-ap"], ["success", "success", "success", "failure"]],
  ])("ends with %s where that doesn't become available", async (broken, deployed, results) => {
    expect(await deliver(broken)).toEqual({ deployed, results });
  });
});
