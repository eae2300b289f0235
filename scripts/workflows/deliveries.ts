import {
  deployRoleName,
  isDelivered,
  observeRoleName,
  STAGES,
  stageOf,
} from "../../lib/config/delivery";
import type { Stage } from "../../lib/config/delivery";
import type { Environment } from "../../lib/config/environment";

/** What a job needs to know of an environment. */
export interface Delivery {
  readonly environment: string;
  readonly region: string;
  readonly observeRole: string;
  readonly deployRole: string;
}

/** The environments that workflows deliver, all and by stage, each in the order of their names. */
export type Deliveries = Readonly<Record<Stage | "all", readonly Delivery[]>>;

export function deliveries(environments: readonly Environment[]): Deliveries {
  const delivered = environments.filter(isDelivered);
  const byStage = STAGES.map((stage) => [
    stage,
    delivered.filter(({ name }) => stageOf(name) === stage).map(delivery),
  ]);
  return {
    all: delivered.map(delivery),
    ...(Object.fromEntries(byStage) as Record<Stage, Delivery[]>),
  };
}

function delivery({ name, aws }: Environment): Delivery {
  const role = `arn:aws:iam::${aws.accountId}:role/`;
  return {
    environment: name,
    region: aws.region,
    observeRole: role + observeRoleName(name),
    deployRole: role + deployRoleName(name),
  };
}
