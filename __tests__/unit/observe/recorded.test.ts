import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Observation } from "../../../lib/observe/observation";
import {
  RecordedObservationReader,
  recordObservation,
  renderObservation,
} from "../../../lib/observe/recorded";
import { anEnvironment } from "../../support/fake-aws/an-environment";
import { observationOfFakeAccount } from "../../support/fake-aws/fake-account";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "routed-recorded-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function write(text: string): string {
  const file = join(directory, "test.json");
  writeFileSync(file, text);
  return file;
}

/** Writes three healthy nodes after `change`. */
function writeChanged(change: (observation: Observation) => void): string {
  const observation = observationOfFakeAccount();
  change(observation);
  return write(JSON.stringify(observation));
}

async function refusal(from = directory): Promise<{ code: string; message: string }> {
  const error: unknown = await new RecordedObservationReader(from).read(anEnvironment()).then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  return { code: (error as { code: string }).code, message: (error as Error).message };
}

describe("a recorded observation", () => {
  it("is read as it was recorded", async () => {
    const file = await recordObservation(directory, observationOfFakeAccount());
    expect(file).toBe(join(directory, "test.json"));
    expect(await new RecordedObservationReader(directory).read(anEnvironment())).toEqual(
      observationOfFakeAccount(),
    );
  });

  it("is the rendered text, in a directory that is made, and leaves nothing beside it", async () => {
    const nested = join(directory, "cdktf.out", "observations");
    await recordObservation(nested, observationOfFakeAccount());
    expect(readdirSync(nested)).toEqual(["test.json"]);
    expect(readFileSync(join(nested, "test.json"), "utf8")).toBe(
      renderObservation(observationOfFakeAccount()),
    );
  });

  it("replaces an earlier one", async () => {
    write("an earlier one");
    await recordObservation(directory, observationOfFakeAccount(0));
    expect(readFileSync(join(directory, "test.json"), "utf8")).toBe(
      renderObservation(observationOfFakeAccount(0)),
    );
  });

  it("that can't be written says so and leaves nothing", async () => {
    const file = join(directory, "in-the-way");
    writeFileSync(file, "");
    await expect(recordObservation(file, observationOfFakeAccount())).rejects.toMatchObject({
      code: "invalid-observation",
      message: `${file}/test.json: the observation can't be recorded (EEXIST); make its directory writable`,
    });
    expect(readdirSync(directory)).toEqual(["in-the-way"]);
  });

  it("is read in its canonical order, however it was written", async () => {
    writeChanged((observation) => {
      observation.instances.reverse();
      observation.elasticIps.reverse();
      observation.networkInterfaces.reverse();
    });
    expect(await new RecordedObservationReader(directory).read(anEnvironment())).toEqual(
      observationOfFakeAccount(),
    );
  });
});

describe("a recorded observation is refused", () => {
  it("when there is none", async () => {
    expect(await refusal()).toEqual({
      code: "invalid-observation",
      message: `${directory}/test.json: no recorded observation of test; record one or leave test out`,
    });
  });

  it("when it can't be read", async () => {
    const file = join(directory, "file");
    writeFileSync(file, "");
    expect(await refusal(file)).toEqual({
      code: "invalid-observation",
      message: `${file}/test.json: the recorded observation can't be read (ENOTDIR); check the file and its permissions`,
    });
  });

  it("when it is cut off", async () => {
    const text = renderObservation(observationOfFakeAccount());
    const file = write(text.slice(0, 20));
    expect(await refusal()).toEqual({
      code: "invalid-observation",
      message: `${file}: a recorded observation must be JSON: Unexpected end of JSON input; record it again`,
    });
  });

  it.each([
    ["null", "the observation must be object, got null"],
    ["[]", "the observation must be object, got []"],
  ])("when it is %s", async (text, violation) => {
    const file = write(text);
    expect(await refusal()).toEqual({
      code: "invalid-observation",
      message: `${file}: ${violation}`,
    });
  });

  it("with all its violations at once", async () => {
    const file = writeChanged((observation) => {
      const [first, second, third] = observation.instances;
      Object.assign(observation, { formatVersion: 2, accountId: "12", extra: true });
      Object.assign(first!, { slot: -1, state: "terminated" });
      Object.assign(second!, { slot: "1", rootVolumeGiB: 0, userDataBase64: "not base64!" });
      Object.assign(third!, { launchTime: "yesterday" });
      delete (third as Partial<typeof third>)!.amiId;
      observation.cluster!.registeredContainerInstances = -1;
      observation.images["a"] = "latest";
      observation.networkInterfaces[0]!.ipv6 = [null as unknown as string];
    });
    const { code, message } = await refusal();
    expect(code).toBe("invalid-observation");
    expect(message.split("\n")).toEqual(
      [
        "extra is not a field of an observation",
        "formatVersion must be 1, got 2",
        'accountId must match ^([0-9]{12}|\\{account:[0-9a-f]{5}\\})$, got "12"',
        'images.a must match ^ami-, got "latest"',
        "cluster.registeredContainerInstances must be at least 0, got -1",
        "instances[0].slot must be at least 0, got -1",
        'instances[0].state must be one of pending, running, stopping, stopped, shutting-down, got "terminated"',
        'instances[1].slot must be integer or null, got "1"',
        'instances[1].userDataBase64 must match ^[A-Za-z0-9+/]*={0,2}$, got "not base64!"',
        "instances[1].rootVolumeGiB must be at least 1, got 0",
        "instances[2].amiId is missing",
        'instances[2].launchTime must match ^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$, got "yesterday"',
        "networkInterfaces[0].ipv6[0] must be string, got null",
      ].map((violation) => `${file}: ${violation}`),
    );
  });

  it("when a cluster is neither one nor null", async () => {
    const file = writeChanged((observation) =>
      Object.assign(observation, { cluster: "routed-test" }),
    );
    expect(await refusal()).toEqual({
      code: "invalid-observation",
      message: `${file}: cluster must be null or object, got "routed-test"`,
    });
  });

  it("when it lists an id twice", async () => {
    const file = writeChanged(({ instances, elasticIps }) => {
      instances[2] = instances[0]!;
      elasticIps[2] = elasticIps[0]!;
    });
    expect(await refusal()).toEqual({
      code: "invalid-observation",
      message: `${file}: instances must list i-0 once, got it more than once\n${file}: elasticIps must list eipalloc-0 once, got it more than once`,
    });
  });

  it("when it is another environment's", async () => {
    const file = writeChanged((observation) => (observation.environment = "prd-na"));
    expect(await refusal()).toEqual({
      code: "invalid-observation",
      message: `${file}: environment must be test, got prd-na; the file's name must be its environment's`,
    });
  });

  it("when it is of another account and region", async () => {
    const file = writeChanged((observation) =>
      Object.assign(observation, { accountId: "999999999999", region: "eu-west-1" }),
    );
    expect(await refusal()).toEqual({
      code: "wrong-account",
      message: [
        `${file}: accountId must be 123456789012, the aws.accountId of config/test.json, got 999999999999; record test again or correct its config`,
        `${file}: region must be us-east-2, the aws.region of config/test.json, got eu-west-1; record test again or correct its config`,
      ].join("\n"),
    });
  });
});
