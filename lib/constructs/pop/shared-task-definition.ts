import type { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";
import { CPU_UNITS_PER_VCPU } from "../../config/limits";
import type { CoreSets, TaskPorts } from "./container-definitions";
import { requireRoutedTask, routedTaskDefinition } from "./routed-task-definition";
import type { RoutedTaskProps } from "./routed-task-definition";
import { TASK_ENVIRONMENT_FILE } from "./task-init-script";
import { SNAPSHOT_PREFIX } from "./task-roles";
import { Violations } from "../violations";

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
  /**
   * `cpuset`: each task runs on cores of its own, by the number in its service's tag
   * `routed:core-set` (`PopTaskProps.coreSet`); `cpuUnits` is then a multiple of 1024. `quota`: on any
   * core. `cpuUnits` is a hard limit in both. Changing it starts new tasks.
   * @default "quota"
   */
  readonly cpuIsolation?: "quota" | "cpuset";
  /**
   * CPU units (1024 are one vCPU) of each node, rounded up to whole cores, that no task's own cores
   * are taken from, 0 or more; 0 keeps none. Used with `cpuset` only. A change starts new tasks where
   * it takes another number of vCPUs.
   * @default 0
   */
  readonly reservedCpuUnits?: number;
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
      init: {
        initImage: props.initImage,
        bases: props.portBases,
        snapshotRoot: SNAPSHOT_PREFIX,
        ...(props.cpuIsolation === "cpuset" ? { coreSets: coreSetsOf(props) } : {}),
      },
      variables: { ROUTED_ENVIRONMENT_FILE: TASK_ENVIRONMENT_FILE },
      logStreamPrefix: "routed",
      tags: {},
    });
  }
}

function coreSetsOf({ cpuUnits, reservedCpuUnits = 0 }: SharedTaskDefinitionProps): CoreSets {
  return {
    vcpus: cpuUnits / CPU_UNITS_PER_VCPU,
    reservedVcpus: Math.ceil(reservedCpuUnits / CPU_UNITS_PER_VCPU),
  };
}

function validate(scope: Construct, id: string, props: SharedTaskDefinitionProps): void {
  const { portBases: bases, label = "pops" } = props;
  const violations = requireRoutedTask(new Violations(), props).require(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(label),
    "label",
    "be lower-case letters, digits and single hyphens",
    label,
  );
  violations
    .require(
      props.cpuIsolation !== "cpuset" || props.cpuUnits % CPU_UNITS_PER_VCPU === 0,
      "cpuUnits",
      `be a multiple of ${CPU_UNITS_PER_VCPU} where cpuIsolation is cpuset`,
      props.cpuUnits,
    )
    .requireInteger("reservedCpuUnits", props.reservedCpuUnits ?? 0, 0, 196608);
  for (const name of ["bgp", "api", "metrics"] as const) {
    violations.requireInteger(`portBases.${name}`, bases[name], 1024, 65534);
  }
  violations.throwIfAny(scope, id);
}
