import type { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { TerraformLocal } from "cdktf";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { NodeSpec } from "../../plan/node-spec";
import type { ObservedFleet } from "../../plan/live/observed-fleet";
import type { ZoneSubnet } from "../dual-stack-network";
import { NodeGuard } from "./node-guard";
import { StaticNode } from "./static-node";
import { Violations } from "../violations";

/** A slot, the zone that it was born in, and what its instance is. */
export interface StaticNodeSlot {
  /** 0 or more, unique. A slot keeps its number and its addresses for life. */
  readonly slot: number;
  /** E.g. `us-east-2a`. Changing it replaces the slot's addresses, which protection refuses. */
  readonly availabilityZone: string;
  /**
   * Null for an address that no instance sits on: a spare slot while it is parked. Its ENI, EIP and IPv6
   * are made with it and stay, so that filling and parking it changes nothing that peers know.
   */
  readonly spec: NodeSpec | null;
  /**
   * Whether the slot's instance stays as it is: Terraform then refuses every plan that would replace
   * or destroy it, whatever was edited, and passes over what would stop it and start it again in
   * place. It counts for this synthesis alone.
   * @default false
   */
  readonly kept?: boolean;
  /**
   * Whether the instance shuts down, so that of what it is nothing is compared any more. It counts
   * for this synthesis alone.
   * @default false
   */
  readonly going?: boolean;
  /**
   * The slot's public address. Where its EIP is gone, Terraform asks EC2 for this very address and
   * fails where it can't be had. Changing it changes no EIP that is there.
   * @default - a new slot: EC2 chooses one
   */
  readonly publicIpv4?: string;
}

export interface StaticNodeFleetProps {
  /** Prefix of the `Name` tags, e.g. `routed-prd-na`. Changing it changes tags only. */
  readonly name: string;
  /** Value of the tag `routed:environment`. Changing it changes tags only. */
  readonly environment: string;
  /**
   * The slots; their order has no meaning. One that is left out is destroyed with its addresses.
   * All that are changed at once are replaced at once: who stages upgrades passes the running
   * spec for every node but the next, and says that those are kept.
   */
  readonly nodes: readonly StaticNodeSlot[];
  /** By zone's name; every slot's zone must be there. */
  readonly subnets: ReadonlyMap<string, ZoneSubnet>;
  /** The groups of every node, at most 5 by AWS's default. Changing them restarts nothing. */
  readonly securityGroups: readonly SecurityGroup[];
  /** What the nodes may do. Changing it restarts nothing. */
  readonly instanceProfile: IamInstanceProfile;
  /**
   * Whether Terraform refuses to destroy the ENI or EIP of a slot that stays. Removing a slot
   * from `nodes` removes its addresses all the same.
   * @default true
   */
  readonly protectAddresses?: boolean;
  /**
   * What must be there before a node boots, and stay until it is gone, besides its subnet's way to
   * the internet: its permissions, its cluster. Changing it restarts nothing.
   * @default - nothing
   */
  readonly bootDependencies?: readonly ITerraformDependable[];
  /**
   * The live instances as they were when `nodes` was decided: Terraform then fails at each plan for
   * which they are no longer the same. Changing it restarts nothing.
   * @default - nothing is checked: whatever Terraform finds is made what `nodes` says
   */
  readonly observed?: ObservedFleet;
  /**
   * The provider that launches, reads and terminates the instances; all else is the stack's own
   * provider's. One with few retries (an alias with `maxRetries: 8`) tells within seconds that EC2
   * has no capacity, which the provider otherwise takes for a passing error and repeats for a
   * quarter of an hour. Each provider more costs a plan about half a second. Changing it changes no
   * instance.
   * @default - the stack's own provider
   */
  readonly instanceProvider?: TerraformProvider;
}

/**
 * Nodes with static addresses: per slot an ENI with fixed private IPv4 and IPv6, an EIP, and an
 * immutable instance on them. Not an Auto Scaling group, which could not keep the addresses.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_container_instance.html
 */
export class StaticNodeFleet extends Construct {
  /** By slot's number, ascending. */
  readonly nodes: ReadonlyMap<number, StaticNode>;
  /**
   * All of the instances as one: what depends on it is made and changed after every node that is
   * made, replaced or removed by the same deploy, and goes before them.
   */
  readonly launched: ITerraformDependable;

  constructor(scope: Construct, id: string, props: StaticNodeFleetProps) {
    validate(scope, id, props);
    super(scope, id);
    const guard =
      props.observed === undefined
        ? undefined
        : new NodeGuard(this, "guard", {
            environment: props.environment,
            observed: props.observed,
          });
    const slots = [...props.nodes].sort((a, b) => a.slot - b.slot);
    this.nodes = new Map(
      slots.flatMap(({ slot, availabilityZone, spec, kept, going, publicIpv4 }) => {
        const subnet = props.subnets.get(availabilityZone);
        if (subnet === undefined) return [];
        const node = new StaticNode(this, `node-${slot}`, {
          name: props.name,
          environment: props.environment,
          slot,
          spec,
          kept,
          going,
          subnet,
          securityGroups: props.securityGroups,
          instanceProfile: props.instanceProfile,
          publicIpv4,
          protectAddress: props.protectAddresses ?? true,
          instanceProvider: props.instanceProvider,
          bootDependencies: [...(props.bootDependencies ?? []), ...(guard?.checksOf(slot) ?? [])],
        });
        return [[slot, node] as const];
      }),
    );
    this.launched = this.allInstances();
  }

  /**
   * A local value that refers to each instance. A list of them on every dependent says the same,
   * but with hundreds of nodes and dependents it takes Terraform four times as long.
   */
  private allInstances(): ITerraformDependable {
    const ids = [...this.nodes.values()].flatMap(({ instance }) => instance?.id ?? []);
    const local = new TerraformLocal(this, "launched", ids);
    return { fqn: `local.${local.friendlyUniqueId}` };
  }
}

function validate(scope: Construct, id: string, props: StaticNodeFleetProps): void {
  const violations = new Violations();
  const zones = [...props.subnets.keys()].sort();
  const slots = new Set<number>();
  for (const { slot, availabilityZone } of props.nodes) {
    violations
      .require(
        props.subnets.has(availabilityZone),
        `nodes: availabilityZone of slot ${slot}`,
        `have a subnet (${zones.join(", ")})`,
        availabilityZone,
      )
      .require(!slots.has(slot), "nodes: slot", "be unique", slot);
    slots.add(slot);
  }
  violations.throwIfAny(scope, id);
}
