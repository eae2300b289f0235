import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Filter, Instance, NetworkInterface, Tag } from "@aws-sdk/client-ec2";
import { OBSERVE_CALLS } from "../../../lib/aws/calls";
import type { AwsCallName } from "../../../lib/aws/calls";
import { filtered } from "./filtered";
import { fakeAnswers } from "./fake-account";
import type { FakeAccount } from "./fake-account";

/**
 * What goes wrong with an answer. `body` is the whole one, as it would have been; `bodyAfter` is
 * what it would have been after a change of the account, which stays as it is; `client` is the
 * connection's other end, where it is in this process.
 */
export type Fault = (
  response: ServerResponse,
  body: string,
  protocol: Protocol,
  bodyAfter: (change: (account: FakeAccount) => void) => string,
  client: Socket | undefined,
) => void;

export type Protocol = "ec2" | "query" | "json" | "rest";

/** When a call is answered, and whether it is throttled instead. */
export type Gate = (call: string) => { readonly milliseconds: number; readonly admitted: boolean };

/** One request as it came in: the call, e.g. `ec2:DescribeInstances`, and its parameters. */
export interface LoopbackRequest {
  readonly call: string;
  readonly parameters: Record<string, string>;
}

/** A fake account behind a real HTTP server on the loopback interface, in AWS's own protocols. */
export class LoopbackAws {
  readonly requests: LoopbackRequest[] = [];
  /** Answers that went wrong. */
  faultsMet = 0;
  private readonly faults = new Map<string, { fault: Fault; times: number; skip: number }>();
  /** What this process has connected with, wherever to. */
  private readonly clients = new Set<Socket>();
  private readonly addClient = (message: unknown): void => {
    this.clients.add((message as { socket: Socket }).socket);
  };

  private constructor(
    private readonly server: Server,
    private readonly account: FakeAccount,
    private readonly pageSize: number,
    private readonly gate: Gate | undefined,
  ) {}

  /** @param gate by default each call is answered, at once */
  static async start(account: FakeAccount, pageSize = 1000, gate?: Gate): Promise<LoopbackAws> {
    const server = createServer();
    const aws = new LoopbackAws(server, account, pageSize, gate);
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => aws.answer(request, text, response));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    subscribe("net.client.socket", aws.addClient);
    return aws;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Makes the next `times` answers to `call` go wrong, after the first `skip` of them. */
  failNext(call: string, fault: Fault, times = Infinity, skip = 0): void {
    this.faults.set(call, { fault, times, skip });
  }

  async stop(): Promise<void> {
    unsubscribe("net.client.socket", this.addClient);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, text: string, response: ServerResponse): void {
    const target = request.headers["x-amz-target"];
    const { call, parameters, protocol } =
      request.method === "GET"
        ? { call: "s3:GetObject", parameters: {}, protocol: "rest" as const }
        : typeof target === "string"
          ? jsonRequest(target, text)
          : queryRequest(text);
    this.requests.push({ call, parameters });
    const gated = this.gate?.(call);
    if (gated !== undefined) {
      const answer = gated.admitted
        ? { status: 200, body: this.bodyOf(this.account, call, parameters, protocol) }
        : throttled(protocol);
      setTimeout(() => {
        response.writeHead(answer.status, { "content-type": contentType(protocol) });
        response.end(answer.body);
      }, gated.milliseconds);
      return;
    }
    const body = this.bodyOf(this.account, call, parameters, protocol);
    const failing = this.faults.get(call);
    if (failing && failing.skip > 0) failing.skip--;
    else if (failing && failing.times > 0) {
      failing.times--;
      this.faultsMet++;
      const bodyAfter = (change: (account: FakeAccount) => void): string => {
        const changed = structuredClone(this.account);
        change(changed);
        return this.bodyOf(changed, call, parameters, protocol);
      };
      const client = [...this.clients].find((end) => end.localPort === request.socket.remotePort);
      failing.fault(response, body, protocol, bodyAfter, client);
      return;
    }
    const isMissing = protocol === "rest" && this.account.record === null;
    response.writeHead(isMissing ? 404 : 200, { "content-type": contentType(protocol) });
    response.end(body);
  }

  private bodyOf(
    account: FakeAccount,
    call: string,
    parameters: Record<string, string>,
    protocol: Protocol,
  ): string {
    switch (protocol) {
      case "json":
        return this.jsonBody(account, call, parameters);
      case "rest":
        return (
          account.record ?? errorBody("rest", "NoSuchKey", "The specified key does not exist.")
        );
      case "ec2":
      case "query":
        return this.xmlBody(account, call, parameters);
    }
  }

  private xmlBody(account: FakeAccount, call: string, parameters: Record<string, string>): string {
    switch (call) {
      case "sts:GetCallerIdentity":
        return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${tag(
          "GetCallerIdentityResult",
          tag("Arn", `arn:aws:iam::${account.account}:user/someone`) +
            tag("UserId", "AIDA") +
            tag("Account", account.account),
        )}${tag("ResponseMetadata", tag("RequestId", "r"))}</GetCallerIdentityResponse>`;
      case "ec2:DescribeInstances":
        return this.page(call, parameters, account.instances, (instances: Instance[]) =>
          list("reservationSet", [list("instancesSet", instances.map(instanceXml))]),
        );
      case "ec2:DescribeInstanceAttribute": {
        const id = parameters["InstanceId"] ?? "";
        const userData = account.userData.get(id);
        return ec2(
          call,
          tag("instanceId", id) + tag("userData", userData ? tag("value", userData) : ""),
        );
      }
      case "ec2:DescribeInstanceStatus":
        return ec2(
          call,
          list(
            "instanceStatusSet",
            account.statuses.map(
              (status) =>
                tag("instanceId", status.InstanceId) +
                tag("systemStatus", tag("status", status.SystemStatus?.Status)) +
                tag("instanceStatus", tag("status", status.InstanceStatus?.Status)) +
                tag("attachedEbsStatus", tag("status", status.AttachedEbsStatus?.Status)),
            ),
          ),
        );
      case "ec2:DescribeVolumes":
        return ec2(
          call,
          list(
            "volumeSet",
            account.volumes.map((item) => tag("volumeId", item.VolumeId) + tag("size", item.Size)),
          ),
        );
      case "ec2:DescribeNetworkInterfaces":
        return this.page(
          call,
          parameters,
          account.networkInterfaces,
          (interfaces: NetworkInterface[]) =>
            list("networkInterfaceSet", interfaces.map(networkInterfaceXml)),
        );
      case "ec2:DescribeAddresses":
        return ec2(
          call,
          list(
            "addressesSet",
            account.addresses.map(
              (item) =>
                tag("allocationId", item.AllocationId) +
                tag("publicIp", item.PublicIp) +
                tag("networkInterfaceId", item.NetworkInterfaceId) +
                tagSet(item.Tags),
            ),
          ),
        );
      default:
        throw new Error(`the loopback AWS doesn't know ${call}`);
    }
  }

  private jsonBody(account: FakeAccount, call: string, parameters: Record<string, string>): string {
    const name = Object.entries(OBSERVE_CALLS).find(([, action]) => action === call)?.[0];
    if (name === undefined) throw new Error(`the loopback AWS doesn't know ${call}`);
    const answer = fakeAnswers(account, this.pageSize)[name as AwsCallName];
    return JSON.stringify(answer(parameters as never));
  }

  private page<T extends Instance | NetworkInterface>(
    call: string,
    parameters: Record<string, string>,
    all: readonly T[],
    render: (items: T[]) => string,
  ): string {
    const items = filtered(all, filtersOf(parameters));
    const start = Number(parameters["NextToken"] ?? "0");
    const end = start + this.pageSize;
    const next = end < items.length ? tag("nextToken", end) : "";
    return ec2(call, render(items.slice(start, end)) + next);
  }
}

/** `Filter.1.Name`, `Filter.1.Value.1` and so on. */
function filtersOf(parameters: Record<string, string>): Filter[] {
  return Object.entries(parameters).flatMap(([key, Name]) => {
    const prefix = /^(Filter\.\d+\.)Name$/.exec(key)?.[1];
    if (prefix === undefined) return [];
    const values = Object.entries(parameters).filter(([k]) => k.startsWith(`${prefix}Value.`));
    return [{ Name, Values: values.map(([, value]) => value) }];
  });
}

function queryRequest(text: string) {
  const parameters = Object.fromEntries(new URLSearchParams(text));
  const action = parameters["Action"] ?? "";
  return action === "GetCallerIdentity"
    ? { call: `sts:${action}`, parameters, protocol: "query" as const }
    : { call: `ec2:${action}`, parameters, protocol: "ec2" as const };
}

function jsonRequest(target: string, text: string) {
  const [service = "", operation = ""] = target.split(".");
  const prefix = service.startsWith("AmazonSSM") ? "ssm" : "ecs";
  const parameters = JSON.parse(text) as Record<string, string>;
  return { call: `${prefix}:${operation}`, parameters, protocol: "json" as const };
}

export function contentType(protocol: Protocol): string {
  if (protocol === "rest") return "application/json";
  return protocol === "json" ? "application/x-amz-json-1.1" : "text/xml;charset=UTF-8";
}

/** AWS's answer to a call that it refuses. */
export function errorBody(protocol: Protocol, code: string, message: string): string {
  const error = tag("Code", code) + tag("Message", message);
  switch (protocol) {
    case "json":
      return JSON.stringify({ __type: code, message });
    case "query":
      return tag("ErrorResponse", tag("Error", tag("Type", "Sender") + error));
    case "ec2":
      return tag("Response", tag("Errors", tag("Error", error)) + tag("RequestID", "r"));
    case "rest":
      return tag("Error", error);
  }
}

function throttled(protocol: Protocol): { readonly status: number; readonly body: string } {
  return protocol === "ec2"
    ? { status: 503, body: errorBody(protocol, "RequestLimitExceeded", "Request limit exceeded.") }
    : { status: 400, body: errorBody(protocol, "ThrottlingException", "Rate exceeded") };
}

function ec2(call: string, content: string): string {
  const name = `${call.replace("ec2:", "")}Response`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">\n<requestId>r</requestId>${content}</${name}>`;
}

function tag(name: string, content: string | number | undefined): string {
  return content === undefined ? "" : `<${name}>${content}</${name}>`;
}

function list(name: string, items: readonly string[]): string {
  return tag(name, items.map((item) => tag("item", item)).join(""));
}

function tagSet(tags: readonly Tag[] | undefined): string {
  return list(
    "tagSet",
    (tags ?? []).map(({ Key, Value }) => tag("key", Key) + tag("value", Value)),
  );
}

function instanceXml(instance: FakeAccount["instances"][number]): string {
  return [
    tag("instanceId", instance.InstanceId),
    tag("imageId", instance.ImageId),
    tag("instanceState", tag("code", 16) + tag("name", instance.State?.Name)),
    tag("instanceType", instance.InstanceType),
    tag("vpcId", instance.VpcId),
    tag("launchTime", instance.LaunchTime?.toISOString()),
    tag("placement", tag("availabilityZone", instance.Placement?.AvailabilityZone)),
    tag("rootDeviceName", instance.RootDeviceName),
    list(
      "blockDeviceMapping",
      (instance.BlockDeviceMappings ?? []).map(
        ({ DeviceName, Ebs }) =>
          tag("deviceName", DeviceName) + tag("ebs", tag("volumeId", Ebs?.VolumeId)),
      ),
    ),
    list(
      "networkInterfaceSet",
      (instance.NetworkInterfaces ?? []).map(
        ({ NetworkInterfaceId, Attachment }) =>
          tag("networkInterfaceId", NetworkInterfaceId) +
          tag("attachment", tag("deviceIndex", Attachment?.DeviceIndex)),
      ),
    ),
    tagSet(instance.Tags),
  ].join("");
}

function networkInterfaceXml(item: FakeAccount["networkInterfaces"][number]): string {
  return [
    tag("networkInterfaceId", item.NetworkInterfaceId),
    tag("availabilityZone", item.AvailabilityZone),
    tag("vpcId", item.VpcId),
    tag("description", item.Description),
    tag("subnetId", item.SubnetId),
    tag("privateIpAddress", item.PrivateIpAddress),
    list(
      "ipv6AddressesSet",
      (item.Ipv6Addresses ?? []).map(({ Ipv6Address }) => tag("ipv6Address", Ipv6Address)),
    ),
    tag(
      "attachment",
      tag("instanceId", item.Attachment?.InstanceId) + tag("status", item.Attachment?.Status),
    ),
    tagSet(item.TagSet),
  ].join("");
}
