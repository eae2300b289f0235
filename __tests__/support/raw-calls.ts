/** A value that a request carries: as JSON has it. */
export type Member = string | number | boolean | null | readonly Member[] | Members;
export interface Members {
  readonly [name: string]: Member;
}

export interface RawCall {
  readonly service: string;
  readonly action: string;
  readonly input: Members;
}

export interface RawAnswer {
  readonly status: number;
  /** AWS's code of the error; empty where the call went well. */
  readonly code: string;
  readonly body: string;
}

/** How each service's requests are written, and how each names its API. */
const APIS: Readonly<Record<string, { readonly version?: string; readonly target?: string }>> = {
  ec2: { version: "2016-11-15" },
  ecs: { target: "AmazonEC2ContainerServiceV20141113" },
  elasticloadbalancing: { version: "2015-12-01" },
  iam: { version: "2010-05-08" },
  kms: { target: "TrentService" },
  logs: { target: "Logs_20140328" },
  monitoring: { target: "GraniteServiceVersion20100801" },
  servicequotas: { target: "ServiceQuotasV20190624" },
  sns: { version: "2010-03-31" },
  ssm: { target: "AmazonSSM" },
};

/**
 * Sends a request as it is, with no SDK between that would complete, check or leave out anything.
 * JSON to the services that speak it, a form to the others, whose lists are written as the service has them.
 */
export function sendRaw(endpoint: string, { service, action, input }: RawCall): Promise<RawAnswer> {
  const { version, target } = APIS[service] ?? {};
  if (target !== undefined) {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `${target}.${action}`,
    };
    return send(endpoint, service, { method: "POST", headers, body: JSON.stringify(input) });
  }
  const form = new URLSearchParams({ Action: action, Version: version ?? "" });
  for (const [name, value] of Object.entries(formOf(input))) form.set(name, value);
  return send(endpoint, service, { method: "POST", body: form });
}

/** `method` and `path` as S3 has them: `PUT /bucket?policy`. */
export function sendS3(
  endpoint: string,
  method: string,
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  return send(endpoint + path, "s3", { method, headers, ...(body === undefined ? {} : { body }) });
}

async function send(url: string, service: string, init: RequestInit): Promise<RawAnswer> {
  const credential = `123456789012/20260101/us-east-1/${service}/aws4_request`;
  const response = await fetch(url, {
    ...init,
    headers: {
      ...(init.headers as Readonly<Record<string, string>> | undefined),
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none`,
    },
  });
  const body = await response.text();
  const code = /<Code>(.*?)<\/Code>/.exec(body)?.[1] ?? /"__type": "(.*?)"/.exec(body)?.[1] ?? "";
  return { status: response.status, code: response.ok ? "" : code, body };
}

/** `{ a: [{ b: 1 }] }` as `a.1.b=1`. */
function formOf(value: Member, prefix = ""): Record<string, string> {
  if (typeof value !== "object" || value === null) return { [prefix]: String(value) };
  const members = Array.isArray(value)
    ? value.map((item: Member, index): [string, Member] => [String(index + 1), item])
    : Object.entries(value as Members);
  return Object.assign(
    {},
    ...members.map(([name, member]) => formOf(member, prefix === "" ? name : `${prefix}.${name}`)),
  ) as Record<string, string>;
}
