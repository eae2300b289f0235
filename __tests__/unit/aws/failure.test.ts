import { awsFailure } from "../../../lib/aws/failure";
import { anEnvironment } from "../../support/fake-aws/an-environment";

function told(thrown: unknown): string {
  return awsFailure(anEnvironment(), "ec2:DescribeInstances", thrown).message;
}

function error(message: string, more: object): Error {
  return Object.assign(new Error(message), more);
}

describe("what is told of a failed call", () => {
  it.each([
    [
      error("Request limit exceeded.", { name: "RequestLimitExceeded" }),
      "RequestLimitExceeded (Request limit exceeded); AWS is throttling this account; wait a minute and run again",
    ],
    [
      error("You are not authorized.", { name: "UnauthorizedOperation" }),
      "UnauthorizedOperation (You are not authorized); allow the IAM action ec2:DescribeInstances to these credentials",
    ],
    [
      error("Profile is not found.", { name: "CredentialsProviderError" }),
      "CredentialsProviderError (Profile is not found); log in or set AWS_PROFILE, so that there are credentials of account 123456789012",
    ],
    [
      error("", { name: "AggregateError", code: "ECONNREFUSED" }),
      "ECONNREFUSED; check the way from here to AWS in us-east-2 (network, proxy, AWS_ENDPOINT_URL) and run again",
    ],
    [
      error("UnknownError", { name: "Unknown", $metadata: { httpStatusCode: 503 } }),
      "HTTP status 503; the fault is on AWS's side; run again later",
    ],
    [
      error("Service is unavailable", { name: "ServiceUnavailable", $fault: "server" }),
      "ServiceUnavailable (Service is unavailable); the fault is on AWS's side; run again later",
    ],
    [
      error("@aws-sdk XML parse error: unexpected content.\n  Deserialization error: …", {
        $metadata: { httpStatusCode: 200 },
      }),
      "an unreadable answer (XML parse error: unexpected content); the answer is cut off or not AWS's; check the way to AWS (proxy, AWS_ENDPOINT_URL) and run again",
    ],
    [
      error("The region is not enabled", { name: "OptInRequired", $fault: "client" }),
      "OptInRequired (The region is not enabled); correct what AWS names and run again",
    ],
    [
      error("x".repeat(201), { name: "InvalidParameterValue" }),
      `InvalidParameterValue (${"x".repeat(197)}...); correct what AWS names and run again`,
    ],
    [new Error("odd"), "Error (odd); correct what AWS names and run again"],
    ["odd", "an error (odd); correct what AWS names and run again"],
  ])("%p", (thrown, expected) => {
    expect(told(thrown)).toBe(`test: ec2:DescribeInstances failed with ${expected}`);
  });

  it("keeps what was thrown as its cause, and its stack out of the message", () => {
    const thrown = error("no", { name: "AccessDenied" });
    const failure = awsFailure(anEnvironment(), "ssm:GetParameters", thrown);
    expect(failure.cause).toBe(thrown);
    expect(failure.code).toBe("unreadable-aws");
    expect(failure.message).not.toContain(" at ");
  });
});
