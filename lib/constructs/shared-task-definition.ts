import type { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";
import type { TaskPorts } from "./container-definitions";
import { requireRoutedTask, routedTaskDefinition } from "./routed-task-definition";
import type { RoutedTaskProps } from "./routed-task-definition";
import { TASK_ENVIRONMENT_FILE } from "./task-init-script";
import { SNAPSHOT_PREFIX } from "./task-roles";
import { Violations } from "./violations";

export interface SharedTaskDefinitionProps extends RoutedTaskProps {
  /**
   * The end of the family's name, `<name>--<label>`: lower-case letters, digits and single hyphens.
   * Another definition beside it, e.g. of canaries, has another one.
   * @default "pops"
   */
  readonly label?: string;
  /** A PoP's ports are these plus its site's id. Changing them starts new tasks. */
  readonly portBases: TaskPorts;
  /**
   * The init container's image: a POSIX shell with BusyBox's tools. Changing it starts new tasks.
   */
  readonly initImage: string;
}

/**
 * One task definition for the tasks of many PoPs: a new image is one registration. Each task learns
 * its PoP at its start, from the tags of its service, by an init container; the routed image needs
 * a shell and knows nothing of AWS.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
 */
export class SharedTaskDefinition extends Construct {
  readonly taskDefinition: EcsTaskDefinition;

  constructor(scope: Construct, id: string, props: SharedTaskDefinitionProps) {
    validate(scope, id, props);
    super(scope, id);
    this.taskDefinition = routedTaskDefinition(this, "Resource", props, {
      // Two hyphens: the family of a PoP, `<name>-<pop>`, can't be called so in any environment.
      family: `${props.name}--${props.label ?? "pops"}`,
      ports: {
        initImage: props.initImage,
        bases: props.portBases,
        snapshotRoot: SNAPSHOT_PREFIX,
      },
      variables: { ROUTED_ENVIRONMENT_FILE: TASK_ENVIRONMENT_FILE },
      logStreamPrefix: "routed",
      tags: {},
    });
  }
}

function validate(scope: Construct, id: string, props: SharedTaskDefinitionProps): void {
  const { portBases: bases, label = "pops" } = props;
  const violations = requireRoutedTask(new Violations(), props).require(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(label),
    "label",
    "be lower-case letters, digits and single hyphens",
    label,
  );
  for (const name of ["bgp", "api", "metrics"] as const) {
    violations.requireInteger(`portBases.${name}`, bases[name], 1024, 65534);
  }
  violations.throwIfAny(scope, id);
}
