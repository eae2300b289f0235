import type { Deployment, Service } from "@aws-sdk/client-ecs";
import {
  CELL_TAG,
  CORE_SET_TAG,
  NEEDED_FOR_TAG,
  NODE_DAEMON_TAG,
  PLACEMENT_TAG,
  POP_TAG,
} from "../../config/naming";
import { slotsOfExpression } from "../../config/slot-expression";
import { RoutedError } from "../../errors";
import type { AwsSession } from "../../aws/session";
import { describeAll, LIST_PAGE, listedArns } from "../../aws/list-and-describe";
import type { ObservedService, Whole } from "../observation";
import { stagesImages } from "../../config/settings";

const LIST = "listServices";
const DESCRIBE = "describeServices";

/** The most that DescribeServices takes. */
const BATCH_SIZE = 10;

/** The services of the cluster that are ACTIVE. */
export interface ReadServices {
  /** The names of all of them, whoever made them. */
  readonly names: readonly string[];
  /** The PoPs'. */
  readonly pops: readonly ObservedService[];
  /** The names of those of node daemons that nodes need to be available. */
  readonly nodeDaemons: readonly string[];
}

/**
 * The services that are ACTIVE. A PoP's is one with the tag `routed:pop`, or with the name of a PoP
 * of the config, so that losing a tag doesn't take a PoP out of sight. A node daemon's is one with
 * the tag `routed:node-daemon`.
 *
 * @throws RoutedError `unreadable-aws`; `contradiction` where a service's tag names another PoP, or
 *   says that the PoP is a node daemon
 */
export async function readServices(session: AwsSession, cluster: string): Promise<ReadServices> {
  const pages = await session.pages(LIST, { cluster, maxResults: LIST_PAGE });
  const arns = listedArns(
    session,
    LIST,
    pages.map((page) => page.serviceArns),
    "serviceArns",
  );
  const services = await describeAll(session, arns, {
    call: DESCRIBE,
    list: LIST,
    batchSize: BATCH_SIZE,
    arnOf: (item: Service) => item.serviceArn,
    describe: async (names) => {
      const answer = await session.call(DESCRIBE, { cluster, services: names, include: ["TAGS"] });
      return { items: answer.services, failures: answer.failures };
    },
  });
  const active = services
    .map((service) => ({
      service,
      name: session.required(DESCRIBE, service.serviceName, "serviceName", service.serviceArn),
    }))
    .filter(
      ({ service, name }) =>
        session.required(DESCRIBE, service.status, "status", name) === "ACTIVE",
    );
  return {
    names: active.map(({ name }) => name),
    pops: active
      .filter(({ service, name }) => isPop(session, service, name))
      .map(({ service, name }) => observedService(session, service, name)),
    nodeDaemons: active
      .filter(({ service }) => tagOf(service, NODE_DAEMON_TAG) && tagOf(service, NEEDED_FOR_TAG))
      .map(({ name }) => name),
  };
}

function tagOf({ tags }: Service, tag: string): string | undefined {
  return tags?.find(({ key }) => key === tag)?.value;
}

function isPop(session: AwsSession, service: Service, name: string): boolean {
  const pop = tagOf(service, POP_TAG);
  const isOfConfig = session.environment.autopilotSites.some((site) => site.name === name);
  if (tagOf(service, NODE_DAEMON_TAG) !== undefined) {
    if (pop === undefined && !isOfConfig) return false;
    throw new RoutedError(
      "contradiction",
      `${session.environment.name}: service ${name} is a PoP's and must not have the tag ${NODE_DAEMON_TAG}; take the tag off`,
    );
  }
  if (pop === undefined) return isOfConfig;
  if (pop !== name) {
    throw new RoutedError(
      "contradiction",
      `${session.environment.name}: the tag ${POP_TAG} of service ${name} must be ${name}, got ${JSON.stringify(pop)}; correct the tag or take it off`,
    );
  }
  return true;
}

function observedService(
  session: AwsSession,
  service: Service,
  name: string,
): Whole<ObservedService> {
  const required = <T>(value: T | undefined, field: string): T =>
    session.required(DESCRIBE, value, field, name);
  return {
    serviceName: name,
    scheduling: session.oneOf(
      DESCRIBE,
      service.schedulingStrategy,
      ["DAEMON", "REPLICA"] as const,
      "schedulingStrategy",
      name,
    ),
    desiredCount: required(service.desiredCount, "desiredCount"),
    runningCount: required(service.runningCount, "runningCount"),
    deploymentInProgress: inProgress(session, required(service.deployments, "deployments"), name),
    ...placeOf(service),
    taskDefinitionArn: stagesImages(session.environment)
      ? required(service.taskDefinition, "taskDefinition")
      : undefined,
  };
}

/** Where the service's tasks may run, as far as it is this app's own doing. */
function placeOf(
  service: Service,
): Pick<Whole<ObservedService>, "slots" | "everywhere" | "cell" | "coreSet"> {
  const expressions = (service.placementConstraints ?? []).flatMap(({ expression }) => {
    const slots = slotsOfExpression(expression ?? "");
    return slots === null ? [] : [slots];
  });
  const coreSet = tagOf(service, CORE_SET_TAG) ?? "";
  return {
    slots: expressions[0],
    everywhere: tagOf(service, PLACEMENT_TAG) === "daemon" || undefined,
    cell: tagOf(service, CELL_TAG),
    coreSet: /^(0|[1-9]\d{0,3})$/.test(coreSet) ? Number(coreSet) : undefined,
  };
}

/** An ECS service has one deployment, the primary one, and others only while they are replaced. */
function inProgress(
  session: AwsSession,
  deployments: readonly Deployment[],
  name: string,
): boolean {
  const primary = deployments.find(({ status }) => status === "PRIMARY");
  const state = session.required(DESCRIBE, primary?.rolloutState, "primary rolloutState", name);
  return deployments.length > 1 || state !== "COMPLETED";
}
