import type { ContainerDefinition, Tag } from "@aws-sdk/client-ecs";
import { BGP_CONTAINER, TASK_SETTINGS_TAG } from "../../config/naming";
import type { AwsSession } from "../../aws/session";
import { mapConcurrently } from "../../aws/concurrency";
import type { ObservedService, ObservedTaskDefinition, Whole } from "../observation";

const CALL = "describeTaskDefinition";

/** ECS gives 20 a second after a burst of 50: at some 50 ms a call these stay below it. */
const AT_ONCE = 3;

/**
 * The task definitions that services name, each read once: one where PoPs share it. Services name
 * none where the config doesn't stage images, and then nothing is read.
 *
 * @throws RoutedError `unreadable-aws`
 */
export async function readTaskDefinitions(
  session: AwsSession,
  services: readonly ObservedService[],
): Promise<ObservedTaskDefinition[]> {
  const arns = [...new Set(services.flatMap(({ taskDefinitionArn }) => taskDefinitionArn ?? []))];
  return mapConcurrently(arns.sort(), AT_ONCE, (arn) => readOne(session, arn));
}

async function readOne(session: AwsSession, arn: string): Promise<Whole<ObservedTaskDefinition>> {
  const { containers, tags } = await describeDefinition(session, arn);
  const container = containers.find(({ name }) => name === BGP_CONTAINER);
  return {
    taskDefinitionArn: arn,
    image: session.required(CALL, container?.image, `image of container ${BGP_CONTAINER}`, arn),
    settings: tags.find(({ key }) => key === TASK_SETTINGS_TAG)?.value,
  };
}

/**
 * A task definition, as ECS tells it.
 *
 * @throws RoutedError `unreadable-aws`, also where ECS tells of another one
 */
export async function describeDefinition(
  session: AwsSession,
  arn: string,
): Promise<{ readonly containers: readonly ContainerDefinition[]; readonly tags: readonly Tag[] }> {
  const { taskDefinition, tags = [] } = await session.call(CALL, {
    taskDefinition: arn,
    include: ["TAGS"],
  });
  const given = session.required(CALL, taskDefinition?.taskDefinitionArn, "taskDefinitionArn", arn);
  if (given !== arn) {
    throw session.refusal(CALL, `gave ${given} for ${arn}`, "its answer is not used");
  }
  const containers = session.required(
    CALL,
    taskDefinition?.containerDefinitions,
    "containerDefinitions",
    arn,
  );
  return { containers, tags };
}
