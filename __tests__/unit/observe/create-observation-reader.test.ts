import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AwsObservationReader } from "../../../lib/observe/readers/aws-reader";
import { createObservationReader } from "../../../lib/observe/create-observation-reader";
import { RecordedObservationReader, recordObservation } from "../../../lib/observe/recorded";
import { RecordingObservationReader } from "../../../lib/observe/recording-reader";
import { aFakeAccount, observationOfFakeAccount } from "../../support/fake-aws/fake-account";
import { LoopbackAws } from "../../support/fake-aws/loopback-aws";
import type { Fault } from "../../support/fake-aws/loopback-aws";

const PROJECT = join(__dirname, "../../..");

interface Outcome {
  readonly observation?: unknown;
  readonly refusal?: string;
  readonly clientsLoaded: number;
}

/** Observes in a process of its own, bundled as the app is: only there do network errors meet the SDK unchanged. */
async function observeOnce(endpoint: string, ...args: string[]): Promise<Outcome> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["bin/run.cjs", "__tests__/support/fake-aws/observe-once.ts", ...args],
    {
      cwd: PROJECT,
      env: {
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
        PATH: process.env["PATH"],
      },
    },
  );
  return JSON.parse(stdout) as Outcome;
}

const nowhere = "http://127.0.0.1:1";
const route =
  "check the way from here to AWS in us-east-2 (network, proxy, AWS_ENDPOINT_URL) and run again";

describe("what is read", () => {
  it.each([
    ["AWS by default", {}, AwsObservationReader],
    ["AWS for an empty directory name", { observationsDirectory: "" }, AwsObservationReader],
    ["AWS, recorded, on request", { recordDirectory: "out" }, RecordingObservationReader],
    [
      "files where a directory is given",
      { observationsDirectory: "in" },
      RecordedObservationReader,
    ],
    [
      "files, which are not recorded again",
      { observationsDirectory: "in", recordDirectory: "out" },
      RecordedObservationReader,
    ],
  ])("is %s", (_, source, reader) => {
    expect(createObservationReader(source)).toBeInstanceOf(reader);
  });
});

describe("as a process", () => {
  let aws: LoopbackAws;

  beforeEach(async () => {
    aws = await LoopbackAws.start(aFakeAccount());
  });

  afterEach(() => aws.stop());

  it("observes AWS through AWS_ENDPOINT_URL", async () => {
    expect(await observeOnce(aws.endpoint)).toEqual({
      observation: observationOfFakeAccount(),
      clientsLoaded: 5,
    });
  });

  it("reads recorded files without loading the SDK", async () => {
    const directory = mkdtempSync(join(tmpdir(), "routed-recorded-"));
    try {
      await recordObservation(directory, observationOfFakeAccount());
      expect(await observeOnce(nowhere, directory)).toEqual({
        observation: observationOfFakeAccount(),
        clientsLoaded: 0,
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("says where the way to AWS ends", async () => {
    const { refusal } = await observeOnce(nowhere);
    expect(refusal).toBe(
      `test: sts:GetCallerIdentity failed with ECONNREFUSED (connect ECONNREFUSED 127.0.0.1:1); ${route}`,
    );
  });

  it("refuses what a connection cuts off at each attempt", async () => {
    const cuttingOff: Fault = (response, body) => {
      response.writeHead(200, { "content-length": body.length });
      response.write(body.slice(0, body.length / 2), () => response.destroy());
    };
    aws.failNext("ec2:DescribeInstances", cuttingOff);
    const { refusal } = await observeOnce(aws.endpoint);
    expect(refusal).toBe(`test: ec2:DescribeInstances failed with ECONNRESET (aborted); ${route}`);
    const attempts = aws.requests.filter(({ call }) => call === "ec2:DescribeInstances");
    expect(attempts).toHaveLength(5);
  });
});
