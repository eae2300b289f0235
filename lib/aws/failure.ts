import type { Environment } from "../config/environment";
import { messageOf, RoutedError } from "../errors";

/** What an SDK error, a network error and anything else thrown on the way to AWS may carry. */
interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly $fault?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const CREDENTIALS_MISSING = ["CredentialsProviderError", "TokenProviderError"];

const CREDENTIALS_REFUSED = [
  "AuthFailure",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "RequestExpired",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];

const DENIED = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];

const THROTTLED = [
  "EC2ThrottledException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "Throttling",
  "ThrottledException",
  "ThrottlingException",
  "TooManyRequestsException",
];

const UNREACHABLE = [
  "AbortError",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "TimeoutError",
];

/**
 * What is told when a call failed for good: the environment, the call, AWS's error code, what AWS
 * said, and what to do. What was thrown is the cause.
 *
 * @param action the call's IAM action, e.g. `s3:PutObject`
 * @returns RoutedError `unreadable-aws`
 */
export function awsFailure(environment: Environment, action: string, error: unknown): RoutedError {
  const code = codeOf(error);
  return new RoutedError(
    "unreadable-aws",
    `${environment.name}: ${action} failed with ${describeAwsError(error)}; ${advice(environment, action, code, error)}`,
    { cause: error },
  );
}

/**
 * AWS's code and what it said.
 *
 * @example
 * describeAwsError(Object.assign(new Error("not authorized"), { name: "AccessDenied" })) // → "AccessDenied (not authorized)"
 */
export function describeAwsError(error: unknown): string {
  const code = codeOf(error);
  const said = firstLine(messageOf(error));
  return said === "" || said === code ? code : `${code} (${said})`;
}

function advice(environment: Environment, action: string, code: string, error: unknown): string {
  const { accountId, region } = environment.aws;
  const status = (error as Thrown).$metadata?.httpStatusCode ?? 0;
  if (CREDENTIALS_MISSING.includes(code)) {
    return `log in or set AWS_PROFILE, so that there are credentials of account ${accountId}`;
  }
  if (CREDENTIALS_REFUSED.includes(code)) {
    return `renew the credentials of account ${accountId} and check this machine's clock`;
  }
  if (DENIED.includes(code)) return `allow the IAM action ${action} to these credentials`;
  if (THROTTLED.includes(code))
    return "AWS is throttling this account; wait a minute and run again";
  if (UNREACHABLE.includes(code)) {
    return `check the way from here to AWS in ${region} (network, proxy, AWS_ENDPOINT_URL) and run again`;
  }
  if (code.endsWith(".NotFound")) {
    return `${environment.name} changed while it was read; run again`;
  }
  if ((error as Thrown).$fault === "server" || status >= 500) {
    return "the fault is on AWS's side; run again later";
  }
  if (code === UNREADABLE_ANSWER) {
    return "the answer is cut off or not AWS's; check the way to AWS (proxy, AWS_ENDPOINT_URL) and run again";
  }
  return "correct what AWS names and run again";
}

/** The code where an answer arrived that could not be read to its end. */
const UNREADABLE_ANSWER = "an unreadable answer";

function codeOf(error: unknown): string {
  const { name, code, $metadata } = (error ?? {}) as Thrown;
  if (code !== undefined && UNREACHABLE.includes(code)) return code;
  const status = $metadata?.httpStatusCode;
  if (name !== undefined && !["Error", "SyntaxError", "TypeError", "Unknown"].includes(name)) {
    return name;
  }
  if (status === undefined) return code ?? name ?? "an error";
  return status < 300 ? UNREADABLE_ANSWER : `HTTP status ${status}`;
}

/** Without the package's name before it, the SDK's hints to its own users below it, and the full stop. */
function firstLine(message: string): string {
  const line = (message.split("\n")[0] ?? "")
    .replace(/^(Error: )?(@\S+ )?(- )?(\[ERROR\] )?/, "")
    .trim()
    .replace(/\.$/, "");
  const said = line === "Unknown" || line === "UnknownError" ? "" : line;
  return said.length > 200 ? `${said.slice(0, 197)}...` : said;
}
