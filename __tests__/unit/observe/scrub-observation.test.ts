import { loadEnvironments } from "../../../lib/config/load";
import { emptyObservation } from "../../../lib/observe/empty-observation";
import type { Observation } from "../../../lib/observe/observation";
import { RecordedObservationReader, renderObservation } from "../../../lib/observe/recorded";
import { scrubObservation } from "../../../lib/observe/scrub-observation";
import { validateObservation } from "../../../lib/observe/validate-observation";
import { desiredFleet } from "../../../lib/plan/desired-fleet";
import { planWaves } from "../../../lib/plan/plan-upgrade";

const environments = loadEnvironments({ directory: "config" });
const recorded = new RecordedObservationReader("__tests__/fixtures/observations");
const ACCOUNT = "123456789012";

/** With ARNs as ECS writes them, whatever the recorded ones are. */
function withArns(observation: Observation): Observation {
  const { health } = observation;
  if (health.source === "unreadable") return observation;
  const arn = (kind: string, id: string): string =>
    `arn:aws:ecs:us-east-2:${ACCOUNT}:${kind}/routed-x/${id.split("/").at(-1)}`;
  return {
    ...observation,
    health: {
      ...health,
      containerInstances: health.containerInstances.map((item) => ({
        ...item,
        containerInstanceArn: arn("container-instance", item.containerInstanceArn),
      })),
      tasks: health.tasks.map((task, index) => ({
        ...task,
        taskArn: arn("task", `${task.serviceName}-${index}`),
        containerInstanceArn:
          task.containerInstanceArn && arn("container-instance", task.containerInstanceArn),
      })),
    },
  };
}

const stray = (instance: Observation["instances"][number]): Observation["instances"][number] => ({
  ...instance,
  instanceId: "i-0f0f0f0f0f0f0f0f0",
  slot: null,
  networkInterfaceIds: ["eni-0f0f0f0f0f0f0f0f0"],
  userDataBase64: Buffer.from("password=hunter2").toString("base64"),
});

it.each(environments.map((environment) => [environment.name, environment] as const))(
  "plans %s as the whole observation does, byte for byte",
  async (_, environment) => {
    const seen = withArns(await recorded.read(environment));
    const observation = {
      ...seen,
      instances: [...seen.instances, ...seen.instances.slice(0, 1).map(stray)],
    };
    const scrubbed = scrubObservation(observation);
    expect(validateObservation(JSON.parse(renderObservation(scrubbed)))).toMatchObject({
      valid: true,
    });
    const plansOf = (of: Observation): string =>
      JSON.stringify(planWaves(desiredFleet(environment), of));
    expect(plansOf(scrubbed)).toBe(plansOf(observation));
    expect(JSON.stringify(scrubbed.health)).not.toContain(ACCOUNT);
    expect(JSON.stringify(scrubbed.cluster)).not.toMatch(/\d{12}/);
    expect(scrubObservation(scrubbed)).toEqual(scrubbed);
  },
);

const [environment] = environments;
if (!environment) throw new Error("there are environments");

it("keeps the user data of nodes, and of nobody else", async () => {
  const [prd] = environments.filter(({ name }) => name === "prd-na");
  if (!prd) throw new Error("config/prd-na.json is missing");
  const seen = await recorded.read(prd);
  const [first, second, third] = seen.instances;
  if (!first || !second || !third) throw new Error("it has three nodes");
  const shutting = { ...second, state: "shutting-down" as const };
  const scrubbed = scrubObservation({ ...seen, instances: [first, shutting, stray(third)] });
  const dataOf = (id: string) =>
    scrubbed.instances.find((i) => i.instanceId === id)?.userDataBase64;
  expect(dataOf(first.instanceId)).toBe(first.userDataBase64);
  expect(dataOf(second.instanceId)).toBe("");
  expect(dataOf("i-0f0f0f0f0f0f0f0f0")).toBe("");
});

it("takes the caller out of AWS's words", () => {
  const reason =
    `ecs:ListTasks failed with AccessDenied: User: arn:aws:sts::${ACCOUNT}:assumed-role/ops/ada is ` +
    `not authorized in account ${ACCOUNT}`;
  const observation: Observation = {
    ...emptyObservation(environment, {}),
    health: { source: "unreadable", reason },
  };
  expect(scrubObservation(observation).health).toEqual({
    source: "unreadable",
    reason: "ecs:ListTasks failed with AccessDenied: User: arn:… is not authorized in account …",
  });
});

it.each([
  ["export AWS_ACCESS_KEY_ID=AKIAABCDEFGHIJKLMNOP", "an AWS access key"],
  ["-----BEGIN RSA PRIVATE KEY-----", "a private key"],
  ['ECS_ENGINE_AUTH_DATA={"a":1}', "a registry's credentials"],
  ["DB_PASSWORD: hunter2", "a password or token"],
])("refuses user data like %j", async (text, name) => {
  const [prd] = environments.filter((candidate) => candidate.name === "prd-na");
  if (!prd) throw new Error("config/prd-na.json is missing");
  const seen = await recorded.read(prd);
  const userDataBase64 = Buffer.from(text).toString("base64");
  const instances = seen.instances.map((i) => (i.slot === 1 ? { ...i, userDataBase64 } : i));
  const id = instances.find((i) => i.slot === 1)?.instanceId;
  expect(() => scrubObservation({ ...seen, instances })).toThrow(
    `the user data of node 1 (${id}) seems to hold ${name}, and must be recorded byte for byte; ` +
      `keep secrets out of user data (let the node fetch them by its role), or record it whole ` +
      `with --raw where nobody else reads it`,
  );
});

it.each([
  "TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token)",
  'curl -H "X-aws-ec2-metadata-token: $TOKEN" -H "X-aws-ec2-metadata-token-ttl-seconds: 60"',
])("has nothing against %j in user data", (text) => {
  const [prd] = environments.filter((candidate) => candidate.name === "prd-na");
  if (!prd) throw new Error("config/prd-na.json is missing");
  return recorded.read(prd).then((seen) => {
    const userDataBase64 = Buffer.from(text).toString("base64");
    const instances = seen.instances.map((i) => (i.slot === 1 ? { ...i, userDataBase64 } : i));
    expect(scrubObservation({ ...seen, instances }).instances).toEqual(instances);
  });
});
