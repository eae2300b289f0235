import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { loadEnvironments } from "../../../lib/config/load";
import type { Environment } from "../../../lib/config/environment";
import { canonicalObservation } from "../../../lib/observe/canonical-observation";
import { emptyObservation } from "../../../lib/observe/empty-observation";
import type { Observation, ObservedInstance } from "../../../lib/observe/observation";
import { RecordedObservationReader, renderObservation } from "../../../lib/observe/recorded";
import { scrubObservation } from "../../../lib/observe/scrub-observation";
import { validateObservation } from "../../../lib/observe/validate-observation";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import type { DesiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planWaves } from "../../../lib/plan/plan-upgrade";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import { situation } from "../../support/arbitrary-fleet";
import { ACCOUNT, arbitraryObservation } from "../../support/arbitrary-observation";
import { anEnvironment } from "../../support/fake-aws/an-environment";
import { observationOfFakeAccount } from "../../support/fake-aws/fake-account";
import { runs } from "../../support/random-tests";

/** Of the registry that the config names, and of one that it doesn't. */
const REGISTRY = "210987654321";
const STRANGER = "999988887777";
const ecr = (account: string): string =>
  `${account}.dkr.ecr.us-east-2.amazonaws.com/autopilot-routed:1`;

const environment = anEnvironment();
const ours: Environment = {
  ...environment,
  routed: { ...environment.routed, image: ecr(REGISTRY) },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "routed-scrub-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is planned from: what `routed observe` writes, read again with a config. */
async function readBack(observation: Observation, config: Environment = ours) {
  const text = renderObservation(scrubObservation(observation, config));
  writeFileSync(join(folder, `${config.name}.json`), text);
  return new RecordedObservationReader(folder).read(config);
}

/** Every text of a JSON value, keys too, as it is and decoded, whatever its name. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value, Buffer.from(value, "base64").toString("latin1")];
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsOf(member)]);
}

const holding = (value: unknown, ...numbers: string[]): string[] =>
  textsOf(value).filter((text) => numbers.some((number) => text.includes(number)));

/** Without what nobody plans from: user data of instances that no node is. */
function withoutStrangers(observation: Observation): Observation {
  const instances = observation.instances.map((instance) =>
    instance.slot === null || instance.state === "shutting-down"
      ? { ...instance, userDataBase64: "" }
      : instance,
  );
  return canonicalObservation({ ...observation, instances });
}

describe("an observation of whatever the schema allows", () => {
  /** Few, so that some refer to others. */
  const text = fc
    .record({
      form: fc.constantFrom(
        (id: string) => `arn:aws:ecs:us-east-2:${ACCOUNT}:container-instance/routed-test/${id}`,
        (id: string) => `arn:aws:ecs:us-east-2:${ACCOUNT}:task-definition/routed-test:${id}`,
        (id: string) => `${ecr(ACCOUNT)}-${id}`,
        (id: string) => `${ecr(REGISTRY)}-${id}`,
        (id: string) => `routed-${ACCOUNT}-${id}`,
        (id: string) => `é${ACCOUNT}a${id}`,
      ),
      id: fc.constantFrom("1", "2", "3"),
    })
    .map(({ form, id }) => form(id));
  const named = (observation: Observation): Observation => ({
    ...observation,
    environment: ours.name,
    region: ours.aws.region,
  });

  it("has no account number once it is scrubbed, in any field, and is itself again when it is read", async () => {
    const any = fc.oneof(arbitraryObservation(text), arbitraryObservation(text, true)).map(named);
    await fc.assert(
      fc.asyncProperty(any, async (observation) => {
        const scrubbed = scrubObservation(observation, ours);
        expect(holding(observation, ACCOUNT)).not.toEqual([]);
        expect(holding(scrubbed, ACCOUNT, REGISTRY)).toEqual([]);
        const json: unknown = JSON.parse(renderObservation(scrubbed));
        expect(validateObservation(json)).toMatchObject({ valid: true });
        // AWS's words lose the caller, whom nobody plans from either.
        const { health } = observation;
        if (health.source === "unreadable")
          health.reason = "ecs:ListTasks failed with AccessDenied";
        const back = await readBack(observation);
        expect(back).toEqual(withoutStrangers(observation));
        expect(await readBack(back)).toEqual(back);
      }),
      { numRuns: runs(10) },
    );
  });
});

describe("what is planned from a scrubbed observation", () => {
  /** As ECS writes ARNs, and a router that each node needs, in the default way to route the API. */
  function asLive(observation: Observation, isRouterWell: (index: number) => boolean): Observation {
    const { health } = observation;
    if (health.source === "unreadable") return observation;
    const arn = (kind: string, id: string): string =>
      `arn:aws:ecs:us-east-2:${observation.accountId}:${kind}/routed-x/${id.split("/").slice(-2).join("-")}`;
    const containerInstances = health.containerInstances.map((item) => ({
      ...item,
      containerInstanceArn: arn("container-instance", item.containerInstanceArn),
    }));
    return {
      ...observation,
      health: {
        ...health,
        containerInstances,
        nodeDaemons: [
          {
            serviceName: "node--router",
            healthyOn: containerInstances
              .map((item) => item.containerInstanceArn)
              .filter((_, index) => isRouterWell(index)),
          },
        ],
        tasks: health.tasks.map((task) => ({
          ...task,
          taskArn: arn("task", task.taskArn),
          containerInstanceArn:
            task.containerInstanceArn && arn("container-instance", task.containerInstanceArn),
        })),
      },
    };
  }

  const stray = (instance: ObservedInstance): ObservedInstance => ({
    ...instance,
    instanceId: "i-0f0f0f0f0f0f0f0f0",
    slot: null,
    networkInterfaceIds: ["eni-0f0f0f0f0f0f0f0f0"],
    userDataBase64: Buffer.from("password=hunter2").toString("base64"),
  });

  /** The plans, or why there are none. */
  function plansOf(...input: Parameters<typeof planWaves>): readonly UpgradePlan[] | string {
    try {
      return planWaves(...input);
    } catch (error) {
      return String(error);
    }
  }

  /** Plans the same, byte for byte, as of what is recorded. @returns what is planned next */
  async function expectSamePlans(
    desired: DesiredFleet,
    live: Observation,
    config: Environment,
  ): Promise<string | undefined> {
    const plans = plansOf(desired, live);
    const fromRecord = plansOf(desired, await readBack(live, config));
    expect(fromRecord).toEqual(plans);
    expect(JSON.stringify(fromRecord) === JSON.stringify(plans)).toBe(true);
    return typeof plans === "string" ? undefined : plans[0]?.status;
  }

  it("is the same for every fleet, byte for byte, and staged where a live look stages", async () => {
    const sick = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
    const statuses = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        situation,
        sick,
        fc.boolean(),
        async ({ desired, observation }, some, isWell) => {
          const routers = asLive(observation, (index) => isWell || some[index] === true);
          const live = {
            ...routers,
            instances: [...routers.instances, ...routers.instances.slice(0, 1).map(stray)],
          };
          statuses.add((await expectSamePlans(desired, live, ours)) ?? "none");
        },
      ),
      { numRuns: runs(10) },
    );
    expect([...statuses]).toEqual(expect.arrayContaining(["converged", "held", "staged"]));
  });

  const environments = loadEnvironments({ directory: "config" });
  it.each(environments.map((of) => [of.name, of] as const))(
    "is the same for %s as it is recorded for tests and pull requests",
    async (_, of) => {
      const recorded = await new RecordedObservationReader("__tests__/fixtures/observations").read(
        of,
      );
      await expectSamePlans(
        desiredFleet(of),
        asLive(recorded, () => true),
        of,
      );
    },
  );

  it("keeps the user data of nodes, and of nobody else", async () => {
    const [first, second, third] = observationOfFakeAccount().instances;
    if (!first || !second || !third) throw new Error("it has three nodes");
    const shutting = { ...second, state: "shutting-down" as const };
    const seen = { ...observationOfFakeAccount(), instances: [first, shutting, stray(third)] };
    const { instances } = await readBack(seen);
    expect(instances.map((i) => [i.instanceId, i.userDataBase64])).toEqual([
      ["i-0", first.userDataBase64],
      ["i-0f0f0f0f0f0f0f0f0", ""],
      ["i-1", ""],
    ]);
  });
});

describe("the number of an account", () => {
  const images = { "/x": "ami-1" };

  it("of the config's is known again; another one makes the record another account's", async () => {
    const observation = emptyObservation(ours, images);
    expect(scrubObservation(observation, ours).accountId).toMatch(/^\{account:[0-9a-f]{5}\}$/);
    expect((await readBack(observation)).accountId).toBe(ACCOUNT);
    const moved = { ...ours, aws: { ...ours.aws, accountId: STRANGER } };
    await expect(new RecordedObservationReader(folder).read(moved)).rejects.toMatchObject({
      code: "wrong-account",
      message: expect.stringMatching(
        /accountId must be 999988887777, the aws\.accountId of config\/test\.json, got \{account:[0-9a-f]{5}\};/,
      ) as string,
    });
  });

  it("that the config doesn't name stays away, and another image than the wanted one stays another", async () => {
    const { health, ...seen } = observationOfFakeAccount(1);
    if (health.source !== "ecs") throw new Error("ECS was read");
    const taskDefinitions = [STRANGER, REGISTRY].map((account) => ({
      taskDefinitionArn: `arn:aws:ecs:us-east-2:${ACCOUNT}:task-definition/of-${account}:1`,
      image: ecr(account),
    }));
    const observation = { ...seen, health: { ...health, taskDefinitions } };
    expect(holding(scrubObservation(observation, ours), STRANGER)).toEqual([]);
    const back = (await readBack(observation)).health;
    expect(back).toMatchObject({
      taskDefinitions: [
        {
          taskDefinitionArn: `arn:aws:ecs:us-east-2:${ACCOUNT}:task-definition/of-${REGISTRY}:1`,
          image: ecr(REGISTRY),
        },
        { image: expect.stringMatching(/^\{account:[0-9a-f]{5}\}\.dkr\.ecr\./) as string },
      ],
    });
  });

  it("is told from an image's tag of as many digits", async () => {
    const { health, ...seen } = observationOfFakeAccount(1);
    if (health.source !== "ecs") throw new Error("ECS was read");
    const images = ["registry.example/routed:202603021000", `${ecr(REGISTRY)}99900001111`];
    const taskDefinitions = images.map((image, index) => ({
      taskDefinitionArn: `arn:aws:ecs:us-east-2:${ACCOUNT}:task-definition/of-${index}:1`,
      image,
    }));
    const back = await readBack({ ...seen, health: { ...health, taskDefinitions } });
    expect(back.health).toMatchObject({ taskDefinitions });
  });

  it("is refused where another one has its digest, so that none is read back for the other", () => {
    const [first, second] = accountsWithOneDigest();
    const config = { ...ours, routed: { ...ours.routed, image: ecr(first) } };
    const { health, ...seen } = observationOfFakeAccount(1);
    if (health.source !== "ecs") throw new Error("ECS was read");
    const taskDefinitions = [{ taskDefinitionArn: "arn:x", image: ecr(second) }];
    const observation = { ...seen, health: { ...health, taskDefinitions } };
    expect(() => scrubObservation(observation, config)).toThrow(
      `the accounts ${first} and ${second} have the same digest, by which a record tells accounts ` +
        "apart; record it whole with --raw where nobody else reads it",
    );
  });

  it("is taken out of AWS's words, with the caller and its key", () => {
    const reason =
      `ecs:ListTasks failed with AccessDenied: User: arn:aws:sts::${ACCOUNT}:assumed-role/ops/ada is ` +
      `not authorized in account ${ACCOUNT} with AKIAABCDEFGHIJKLMNOP`;
    const observation: Observation = {
      ...emptyObservation(ours, {}),
      health: { source: "unreadable", reason },
    };
    expect(scrubObservation(observation, ours).health).toEqual({
      source: "unreadable",
      reason: expect.stringMatching(
        /^ecs:ListTasks failed with AccessDenied: User: arn:… is not authorized in account \{account:[0-9a-f]{5}\} with …$/,
      ) as string,
    });
  });
});

/** By what a record shows of them; of a thousand numbers two are likely to have one. */
function accountsWithOneDigest(): [string, string] {
  const owners = new Map<string, string>();
  for (let number = 100_000_000_000; ; number += 1) {
    const own = String(number);
    const digest = createHash("sha256").update(own).digest("hex").slice(0, 5);
    const other = owners.get(digest);
    if (other !== undefined) return [other, own];
    owners.set(digest, own);
  }
}

/** Three nodes, of which node 1 has this user data. */
function withUserData(text: string): Observation {
  const seen = observationOfFakeAccount();
  const userDataBase64 = Buffer.from(text).toString("base64");
  const instances = seen.instances.map((i) => (i.slot === 1 ? { ...i, userDataBase64 } : i));
  return { ...seen, instances };
}

const SECRETS_OUT = "keep secrets out of user data (let the node fetch them by its role)";
it.each([
  ["export AWS_ACCESS_KEY_ID=AKIAABCDEFGHIJKLMNOP", "an AWS access key", SECRETS_OUT],
  ["-----BEGIN RSA PRIVATE KEY-----", "a private key", SECRETS_OUT],
  ['ECS_ENGINE_AUTH_DATA={"a":1}', "a registry's credentials", SECRETS_OUT],
  ["-----BEGIN OPENSSH PRIVATE KEY-----", "a private key", SECRETS_OUT],
  ["-----BEGIN PGP PRIVATE KEY BLOCK-----", "a private key", SECRETS_OUT],
  ["-----BEGIN ENCRYPTED PRIVATE KEY-----", "a private key", SECRETS_OUT],
  ['{"auths":{"x":{"auth":"dXNlcjpwYXNz"}}}', "a registry's credentials", SECRETS_OUT],
  ["aws_session_token = FwoGZXIv", "a password or token", SECRETS_OUT],
  ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "a password or token", SECRETS_OUT],
  ["DB_PASSWORD: hunter2", "a password or token", SECRETS_OUT],
  ["API_KEY='abc'", "a password or token", SECRETS_OUT],
  ['"privateKey": "abc"', "a password or token", SECRETS_OUT],
  ["docker login --username me --password hunter2", "a password or token", SECRETS_OUT],
  ["vault login --token=abc", "a password or token", SECRETS_OUT],
  ["machine git.example login me password hunter2", "a password or token", SECRETS_OUT],
  ['curl -H "Authorization: Bearer abc"', "a login", SECRETS_OUT],
  ["authorization: Basic dXNlcjpwYXNz", "a login", SECRETS_OUT],
  ["curl -u me:hunter2 https://x.example", "a login", SECRETS_OUT],
  ["git clone https://me:hunter2@git.example/x", "a login", SECRETS_OUT],
  ["redis://:hunter2@cache.example:6379", "a login", SECRETS_OUT],
  [`git config x ghp_${"a1".repeat(18)}`, "a service's token", SECRETS_OUT],
  [`x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.${"s".repeat(20)}`, "a service's token", SECRETS_OUT],
  [
    `content: ${Buffer.from("#!/bin/sh\nDB_PASSWORD=hunter2\n").toString("base64")}`,
    "a password or token",
    SECRETS_OUT,
  ],
  ["\u001f\u0000\u0003", "what is no text, and may be anything", SECRETS_OUT],
  [
    `docker pull ${ecr(STRANGER)}`,
    "the number of an account that the config doesn't name",
    "keep it out of user data",
  ],
])("refuses user data like %j", (text, name, remedy) => {
  expect(() => scrubObservation(withUserData(text), ours)).toThrow(
    `the user data of node 1 (i-1) seems to hold ${name}, and must be recorded byte for byte; ` +
      `${remedy}, or record it whole with --raw where nobody else reads it`,
  );
});

it.each([
  "TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token)",
  'curl -H "X-aws-ec2-metadata-token: $TOKEN" -H "X-aws-ec2-metadata-token-ttl-seconds: 60"',
  `docker pull ${ecr(REGISTRY)} ${ecr(ACCOUNT)}`,
  "\u00e9 of 20260302100000",
  "-----BEGIN CERTIFICATE-----",
  "git clone https://git.example:8443/x@y ssh://git@git.example/x",
  'curl -u "me:$PASSWORD" https://$USER:$PASSWORD@x.example --password "$PASSWORD"',
  'secret=$(field SecretAccessKey "$keys") # a password isn\'t kept; no token either',
  "docker pull registry.example/routed:202603021000 registry.example/routed:202603021000-1",
])("has nothing against %j in user data, which is read byte for byte", async (text) => {
  const observation = withUserData(text);
  expect(await readBack(observation)).toEqual(canonicalObservation(observation));
});
