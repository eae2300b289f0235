import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSettings } from "../../../lib/config/settings";
import { readPlanOptions } from "../../../lib/synthesis/read-plan-options";
import { inTemporaryFolder } from "../../support/temporary-folder";

const spec = { amiId: "ami-1", instanceType: "t3.large", userDataBase64: "", rootVolumeGiB: 30 };

const directory = inTemporaryFolder();

function targets(content: unknown): string {
  const file = join(directory(), "targets.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

const read = (variables: NodeJS.ProcessEnv, environments = 1) =>
  readPlanOptions(readSettings(variables), environments);

it("is empty where nothing is set", async () => {
  expect(await read({}, 5)).toEqual({
    ignoreHealth: false,
    onlyNodes: undefined,
    targets: undefined,
    acceptNewAddress: undefined,
    noCapacity: undefined,
  });
});

it("reads slots, and specs", async () => {
  const ROUTED_TARGETS = targets({ "0": spec, "12": spec });
  const variables = { ROUTED_TARGETS, ROUTED_ONLY_NODES: "0, 12,0", ROUTED_IGNORE_HEALTH: "1" };
  expect(await read(variables)).toEqual({
    ignoreHealth: true,
    onlyNodes: [0, 12],
    targets: { 0: spec, 12: spec },
  });
});

it("reads the slots that may get another address", async () => {
  const { acceptNewAddress } = await read({ ROUTED_ACCEPT_NEW_ADDRESS: "1,0" });
  expect(acceptNewAddress).toEqual([1, 0]);
  expect(() => readSettings({ ROUTED_ACCEPT_NEW_ADDRESS: "all" })).toThrow(
    'ROUTED_ACCEPT_NEW_ADDRESS must be slots, separated by commas, got "all"; unset it to allow none',
  );
});

it("reads the spares that EC2 has no capacity for", async () => {
  expect((await read({ ROUTED_NO_CAPACITY: "200" })).noCapacity).toEqual([200]);
});

it.each([
  { ROUTED_ONLY_NODES: "0" },
  { ROUTED_TARGETS: "file" },
  { ROUTED_ACCEPT_NEW_ADDRESS: "0" },
  { ROUTED_NO_CAPACITY: "200" },
  { ROUTED_AMI_ID: "ami-00000000000000002" },
])("refuses %j for more than one environment", async (variables) => {
  await expect(read(variables, 2)).rejects.toThrow(
    "ROUTED_ONLY_NODES, ROUTED_TARGETS, ROUTED_AMI_ID, ROUTED_ACCEPT_NEW_ADDRESS and ROUTED_NO_CAPACITY are for one environment, got 2; name it in ROUTED_ENVIRONMENTS, or unset them",
  );
});

it("reads the AMI that a rollout holds, and refuses what is none", async () => {
  const ROUTED_AMI_ID = "ami-00000000000000002";
  expect(await read({ ROUTED_AMI_ID })).toMatchObject({ amiId: ROUTED_AMI_ID });
  expect(() => readSettings({ ROUTED_AMI_ID: "latest" })).toThrow(
    'ROUTED_AMI_ID must be an AMI\'s id, got "latest"; unset it to follow the config',
  );
});

it.each(["a", "-1", "0,,1", "1.5"])("refuses %j as slots", (value) => {
  expect(() => readSettings({ ROUTED_ONLY_NODES: value })).toThrow(
    `ROUTED_ONLY_NODES must be slots, separated by commas, got "${value}"; unset it to allow all`,
  );
});

it.each([
  ["{", "a file with an object of slot → node spec, got "],
  [[spec], "a file with an object of slot → node spec, got "],
  [{ one: spec }, 'a file with slots\' numbers as keys, got "one"'],
  [{ "01": spec }, "a file with slots' numbers as keys"],
  [{ "1": null }, "[1] must be an object, got null"],
  [{ "1": { ...spec, more: 1 } }, "[1].more is not a field of it"],
  [{ "1": { ...spec, rootVolumeGiB: "30" } }, "[1].rootVolumeGiB must be a whole number"],
  [{ "1": { ...spec, dataVolumeGiB: "30" } }, "[1].dataVolumeGiB must be a whole number"],
])("refuses a file with %j", async (content, message) => {
  const reading = read({ ROUTED_TARGETS: targets(content) });
  await expect(reading).rejects.toThrow("ROUTED_TARGETS must name a file with ");
  await expect(reading).rejects.toThrow(message);
});

it("refuses a file that is missing", async () => {
  const ROUTED_TARGETS = join(directory(), "missing.json");
  await expect(read({ ROUTED_TARGETS })).rejects.toThrow(
    /must name a file with an object of slot → node spec, got .*missing/,
  );
});
