import {
  aFakeAccount,
  anEmptyAccount,
  fakeCalls,
  recordOf,
} from "../../support/fake-aws/fake-account";
import { aws, observe, observeChanged, refusal } from "../../support/fake-aws/observing";

const record = JSON.parse(recordOf(aFakeAccount())) as { remembered: object[] };

async function refusalOf(body: string): Promise<string> {
  const { code, message } = await refusal(
    observeChanged((account) => {
      account.record = body;
    }),
  );
  expect(code).toBe("unreadable-aws");
  return message;
}

it("reads what the last deploy has left of every slot's address", async () => {
  const { remembered } = await observeChanged((account) => {
    account.record = recordOf(account);
  });
  expect(remembered).toEqual(record.remembered);
  expect(remembered?.[1]).toEqual({
    slot: 1,
    availabilityZone: "us-east-2b",
    networkInterfaceId: "eni-1",
    privateIpv4: "10.64.1.11",
    ipv6: "2001:db8::1",
    allocationId: "eipalloc-1",
    publicIpv4: "192.0.2.2",
  });
});

it("leaves it out where no deploy has written one", async () => {
  expect(await observeChanged(() => undefined)).not.toHaveProperty("remembered");
});

it.each([
  [{ ...record, environment: "other" }, 'environment must be test, got "other"'],
  [{ ...record, formatVersion: 2 }, "formatVersion must be 1, got 2"],
  [{ ...record, remembered: null }, "remembered must be array, got null"],
  [
    { ...record, remembered: [{ ...record.remembered[0], publicIpv4: "" }] },
    "remembered[0].publicIpv4 must not be empty",
  ],
])("refuses one that isn't the environment's own or no record: %#", async (body, problem) => {
  expect(await refusalOf(JSON.stringify(body))).toBe(
    "test: s3:GetObject gave no record of addresses in " +
      `s3://routed-test-123456789012-snapshots/addresses.json: ${problem}; restore an earlier version of the object`,
  );
});

it("is required of an environment that exists, and not of one that doesn't", async () => {
  const denied = () => Promise.reject(aws("AccessDenied", "Access Denied"));
  const existing = { ...fakeCalls(aFakeAccount()), getObject: denied };
  expect(await refusal(observe(existing))).toEqual({
    code: "unreadable-aws",
    message:
      "test: s3:GetObject failed with AccessDenied (Access Denied); allow the IAM action s3:GetObject to these credentials",
  });
  const { elasticIps } = await observe({ ...fakeCalls(anEmptyAccount()), getObject: denied });
  expect(elasticIps).toEqual([]);
});
