import { clusterName } from "../../config/naming";
import type { AwsSession } from "../../aws/session";
import type { ObservedCluster } from "../observation";

/** The cluster, and what it says of itself that only serves to notice partial answers. */
export interface ReadCluster {
  readonly observed: ObservedCluster;
  /** Services that are ACTIVE, whoever made them. */
  readonly activeServices: number;
}

/**
 * The environment's ECS cluster, also one that was deleted lately (INACTIVE); null where ECS says
 * that there is none.
 *
 * @throws RoutedError `unreadable-aws`
 */
export async function readCluster(session: AwsSession): Promise<ReadCluster | null> {
  const call = "describeClusters";
  const name = clusterName(session.environment.name);
  const { clusters, failures } = await session.call(call, { clusters: [name] });
  const cluster = clusters?.find((item) => item.clusterName === name);
  if (cluster === undefined) {
    const reason = failures?.find(({ arn }) => isClusterArn(arn, name))?.reason;
    session.oneOf(call, reason, ["MISSING"], "clusters, or failures[].reason,", name);
    return null;
  }
  return {
    observed: {
      clusterArn: session.required(call, cluster.clusterArn, "clusterArn", name),
      status: session.required(call, cluster.status, "status", name),
      registeredContainerInstances: session.required(
        call,
        cluster.registeredContainerInstancesCount,
        "registeredContainerInstancesCount",
        name,
      ),
    },
    activeServices: session.required(
      call,
      cluster.activeServicesCount,
      "activeServicesCount",
      name,
    ),
  };
}

function isClusterArn(arn: string | undefined, name: string): boolean {
  return arn === name || arn?.endsWith(`:cluster/${name}`) === true;
}
