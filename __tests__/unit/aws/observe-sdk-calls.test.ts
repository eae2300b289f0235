import { OBSERVE_ACTIONS, OBSERVE_CALLS } from "../../../lib/aws/calls";
import { AwsObservationReader } from "../../../lib/observe/readers/aws-reader";
import { awsSdkCalls } from "../../../lib/aws/observe-sdk-calls";
import { canonicalObservation } from "../../../lib/observe/canonical-observation";
import type { Observation } from "../../../lib/observe/observation";
import { aStagingEnvironment } from "../../support/fake-aws/an-environment";
import {
  aFakeAccount,
  anEmptyAccount,
  stagedObservationOfFakeAccount,
} from "../../support/fake-aws/fake-account";
import { LoopbackAws } from "../../support/fake-aws/loopback-aws";
import type { Fault } from "../../support/fake-aws/loopback-aws";
import { noSleep } from "../../support/fake-aws/observing";
import { partlyOnWire, PATIENT_LIMITS } from "../../support/fake-aws/partly-on-wire";
import { prepareSdk } from "../../support/fake-aws/prepare-sdk";
import {
  badGateway,
  refusing,
  sending,
  silence,
  stalling,
  timingOut,
} from "../../support/fake-aws/wire-faults";

/** For a call that is never answered: what is waited for doesn't come later on a busy machine. */
const IMPATIENT = { ...PATIENT_LIMITS, answerMilliseconds: 50 };

/** One call of each of AWS's protocols: EC2's, the query protocol and JSON. */
const ONE_OF_EACH_PROTOCOL = [
  "ec2:DescribeInstances",
  "sts:GetCallerIdentity",
  "ecs:DescribeClusters",
];

const CALLS = Object.values(OBSERVE_CALLS).sort();

let aws: LoopbackAws;
let forgetAws: () => void;
/** The call that goes wrong, and alone goes over the wire; undefined where all do. */
let faulty: string | undefined;

function fail(call: string, fault: Fault, times?: number): void {
  aws.failNext(call, fault, times);
  faulty = call;
}

async function serve(account = aFakeAccount(), pageSize?: number): Promise<void> {
  aws = await LoopbackAws.start(account, pageSize);
  process.env["AWS_ENDPOINT_URL"] = aws.endpoint;
}

beforeEach(async () => {
  forgetAws = prepareSdk();
  faulty = undefined;
  await serve();
});

afterEach(async () => {
  await aws.stop();
  forgetAws();
});

function observe(limits = PATIENT_LIMITS): Promise<Observation> {
  const reader = new AwsObservationReader((region) => {
    const wire = awsSdkCalls(region, limits);
    return Promise.resolve(
      faulty === undefined ? wire : partlyOnWire(wire, faulty, aFakeAccount()),
    );
  }, noSleep);
  return reader.read(aStagingEnvironment());
}

/** What is told of a call that failed for good: the refusal, or why health is unreadable. */
async function told(limits = PATIENT_LIMITS): Promise<string> {
  return observe(limits).then(
    ({ health }) =>
      health.source === "unreadable" ? `test: ${health.reason}` : "nothing was noticed",
    (error: Error) => error.message,
  );
}

describe("over the wire", () => {
  it("a healthy fleet is observed as a whole", async () => {
    expect(await observe()).toEqual(stagedObservationOfFakeAccount());
  });

  it("so is one over three pages, each of which is asked for with the same filters", async () => {
    await aws.stop();
    await serve(aFakeAccount(12), 5);
    expect(await observe()).toEqual(canonicalObservation(stagedObservationOfFakeAccount(12)));
    // Once by the tag, and once by the VPC.
    const all = aws.requests.filter(({ call }) => call === "ec2:DescribeInstances");
    const asked = all.filter(
      ({ parameters }) => parameters["Filter.1.Name"] === "tag:routed:environment",
    );
    expect(all).toHaveLength(2 * asked.length);
    expect(asked.map(({ parameters }) => parameters["NextToken"])).toEqual([undefined, "5", "10"]);
    for (const { parameters } of asked) {
      expect(parameters).toMatchObject({
        "Filter.1.Name": "tag:routed:environment",
        "Filter.1.Value.1": "test",
        "Filter.2.Name": "instance-state-name",
        MaxResults: "1000",
      });
    }
  });

  it("so is an account with nothing of the environment", async () => {
    await aws.stop();
    await serve(anEmptyAccount());
    const { instances, networkInterfaces, elasticIps, cluster } = await observe();
    expect({ instances, networkInterfaces, elasticIps, cluster }).toEqual({
      instances: [],
      networkInterfaces: [],
      elasticIps: [],
      cluster: null,
    });
  });

  it("user data comes byte for byte, also where it looks like a number or is absent", async () => {
    await aws.stop();
    const account = aFakeAccount();
    account.userData.set("i-0", "00001234");
    account.userData.set("i-1", "a+/b");
    account.userData.delete("i-2");
    account.instances[2]!.Tags = [{ Key: "routed:environment", Value: "test" }];
    await serve(account);
    const { instances } = await observe();
    expect(instances.map(({ userDataBase64 }) => userDataBase64)).toEqual(["00001234", "a+/b", ""]);
  });

  it("no call is made without its IAM action, and no action is listed without its call", async () => {
    await observe();
    const called = [...new Set(aws.requests.map(({ call }) => call))].sort();
    expect(called).toEqual(CALLS);
    // Without it S3 answers "access denied" for an object that isn't there.
    expect(OBSERVE_ACTIONS).toEqual([...CALLS, "s3:ListBucket"].sort());
  });
});

// What the other faults lead to at each call: faults.test.ts.
describe.each([
  ["a bad gateway", badGateway, CALLS],
  ["an answer that stalls", stalling, ONE_OF_EACH_PROTOCOL],
  ["silence", timingOut, ONE_OF_EACH_PROTOCOL],
])("%s", (_, fault, calls) => {
  it.each(calls)("once at %s changes nothing", async (call) => {
    fail(call, fault, 1);
    expect(await observe()).toEqual(stagedObservationOfFakeAccount());
  });
});

const route =
  "check the way from here to AWS in us-east-2 (network, proxy, AWS_ENDPOINT_URL) and run again";
const unreadable =
  "the answer is cut off or not AWS's; check the way to AWS (proxy, AWS_ENDPOINT_URL) and run again";
const faultOfAws = "the fault is on AWS's side; run again later";

describe("expired credentials", () => {
  it.each(CALLS)("at %s are told", async (call) => {
    const said = "The security token is expired";
    fail(call, refusing(400, "ExpiredTokenException", said));
    expect(await told()).toBe(
      `test: ${call} failed with ExpiredTokenException (${said}); renew the credentials of account 123456789012 and check this machine's clock`,
    );
  });
});

describe.each([
  [
    "an answer that stalls",
    stalling,
    PATIENT_LIMITS,
    "TimeoutError (the request socket timed out after 600000 ms of inactivity (configured by client requestHandler))",
  ],
  [
    "silence",
    silence,
    IMPATIENT,
    "ETIMEDOUT (a request has exceeded the configured 50 ms requestTimeout)",
  ],
])("%s for good", (_, fault, limits, expected) => {
  it.each(ONE_OF_EACH_PROTOCOL)("at %s is told", async (call) => {
    fail(call, fault);
    expect(await told(limits)).toBe(`test: ${call} failed with ${expected}; ${route}`);
  });
});

describe("a bad gateway for good", () => {
  it.each(CALLS)("at %s is told", async (call) => {
    fail(call, badGateway);
    const message = await told();
    expect(message.startsWith(`test: ${call} failed with `)).toBe(true);
    expect(message.endsWith(`; ${faultOfAws}`)).toBe(true);
  });
});

describe("an answer of status 200 that isn't whole is told", () => {
  it.each(CALLS)("where it ends early, at %s", async (call) => {
    for (const part of [0.8, 0.99]) {
      fail(
        call,
        sending((body) => body.slice(0, body.length * part)),
      );
      const message = await told();
      expect(message.startsWith(`test: ${call} failed with an unreadable answer (`)).toBe(true);
      expect(message.endsWith(`; ${unreadable}`)).toBe(true);
    }
  });

  it.each([
    ["a proxy's page", "<html><body>Please log in</body></html>"],
    ["an empty object", "{}"],
  ])("where it is %s", async (_, text) => {
    for (const call of CALLS) {
      fail(
        call,
        sending(() => text),
      );
      const message = await told();
      expect(message).toMatch(
        /^test: [\w:]+ (gave (no|nothing) .*; (an incomplete answer is not used, run again|restore an earlier version .*)|failed with an unreadable answer .*)$/,
      );
      expect(message).toContain(call);
      fail(call, silence, 0);
    }
  });
});

describe("the way to AWS", () => {
  it("without credentials is told before anything is asked", async () => {
    delete process.env["AWS_ACCESS_KEY_ID"];
    expect(await told()).toBe(
      "test: sts:GetCallerIdentity failed with CredentialsProviderError (Could not load credentials from any providers); log in or set AWS_PROFILE, so that there are credentials of account 123456789012",
    );
    expect(aws.requests).toEqual([]);
  });

  it("takes no longer than a call may take, whatever is left of its attempts", async () => {
    fail("ec2:DescribeAddresses", silence);
    const begin = performance.now();
    const message = await told({
      ...PATIENT_LIMITS,
      attempts: 1_000,
      answerMilliseconds: 60_000,
      callMilliseconds: 300,
    });
    expect(message).toBe(
      `test: ec2:DescribeAddresses failed with TimeoutError (no answer within 0.3 s); ${route}`,
    );
    expect(performance.now() - begin).toBeLessThan(30_000);
  });
});
