import { createHash } from "node:crypto";
import { DataAwsInstance } from "@cdktf/provider-aws/lib/data-aws-instance";
import { DataAwsInstances } from "@cdktf/provider-aws/lib/data-aws-instances";
import { DataAwsNetworkInterface } from "@cdktf/provider-aws/lib/data-aws-network-interface";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ENVIRONMENT_TAG } from "../../config/naming";
import { DATA_DEVICE } from "../../config/node-volumes";
import type { NodeSpec } from "../../plan/node-spec";
import { STALE_SYNTHESIS } from "../../plan/live/observed-fleet";
import type { ObservedAddress, ObservedFleet, ObservedNode } from "../../plan/live/observed-fleet";
import { Violations } from "../violations";

export interface NodeGuardProps {
  /** Value of the tag `routed:environment` by which instances are found. */
  readonly environment: string;
  /** Changing it changes nothing but what Terraform checks. */
  readonly observed: ObservedFleet;
}

/** An instance that shuts down is gone: its slot is free, or about to be. */
const LIVE_STATES = ["pending", "running", "stopping", "stopped"];

const SYNTHESIZE_AGAIN = `What would be changed was decided before that, so nothing is changed. ${STALE_SYNTHESIS}`;

/**
 * Terraform's own check, at every plan, that the instances are still what they were when it was
 * decided which of them change. A plan from an older synthesis (`--skip-synth`, a queued run, a
 * second operator) fails with the nodes that are different, before it changes anything.
 *
 * It consists of data sources with literal arguments only, which depend on no managed resource:
 * Terraform reads them while it plans, also with `-refresh=false`, and cannot put them off until
 * the apply. A plan saved in a file is not checked again by `terraform apply`: Terraform itself
 * refuses it once the state has moved on.
 *
 * Example: node 1 runs i-1 with AMI A, and the synthesis decided to upgrade it to B. Before Terraform
 * plans, another deploy replaces i-1 by i-2 with AMI B. The check of the fleet finds i-2, which wasn't
 * observed, and misses i-1: the plan fails, and nothing changes. Without the check Terraform would go
 * on from what was decided for i-1, and a rollback by the other deploy would be undone.
 *
 * A slot without a node has its ENI checked instead: it is free, or still held by the instance that
 * was shutting down.
 *
 * Each plan costs one call for the fleet and seven per node (eight for burstable types), one for a
 * slot without a node, all of them reads, of which EC2 takes 100 at once and 20 a second: for 200
 * nodes that is a minute.
 * @see https://developer.hashicorp.com/terraform/language/expressions/custom-conditions
 */
export class NodeGuard extends Construct {
  private readonly fleetCheck: DataAwsInstances;
  private readonly slotChecks: ReadonlyMap<number, ITerraformDependable>;

  constructor(scope: Construct, id: string, props: NodeGuardProps) {
    validate(scope, id, props);
    super(scope, id);
    const nodes = [...props.observed.nodes].sort((a, b) => a.slot - b.slot);
    const strays = [...props.observed.strays].sort();
    this.fleetCheck = new DataAwsInstances(this, "Resource", {
      // Without instances it gives an empty list: a new environment is no error.
      instanceStateNames: LIVE_STATES,
      filter: [{ name: `tag:${ENVIRONMENT_TAG}`, values: [props.environment] }],
      lifecycle: { postcondition: [sameInstances(nodes, strays)] },
    });
    // What is gone is told once, by the fleet's check, and not looked up.
    const dependsOn = [this.fleetCheck];
    const nodeChecks = nodes.map((node) => {
      const check = new DataAwsInstance(this, `node-${node.slot}`, {
        instanceId: node.instanceId,
        fetchUserData: true,
        lifecycle: { postcondition: [sameNode(node)] },
        dependsOn,
      });
      return [node.slot, check] as const;
    });
    const emptyChecks = emptySlots(props.observed).map((address) => {
      const check = new DataAwsNetworkInterface(this, `address-${address.slot}`, {
        id: address.networkInterfaceId,
        lifecycle: { postcondition: [stillEmpty(address)] },
        dependsOn,
      });
      return [address.slot, check] as const;
    });
    this.slotChecks = new Map<number, ITerraformDependable>([...nodeChecks, ...emptyChecks]);
  }

  /** What must hold before the slot's instance is touched, also where only that is targeted. */
  checksOf(slot: number): readonly ITerraformDependable[] {
    const slotCheck = this.slotChecks.get(slot);
    return slotCheck === undefined ? [this.fleetCheck] : [this.fleetCheck, slotCheck];
  }
}

interface Check {
  readonly condition: string;
  readonly errorMessage: string;
}

/** The live instances are exactly those that were observed. */
function sameInstances(nodes: readonly ObservedNode[], strays: readonly string[]): Check {
  const ids = [...nodes.map(({ instanceId }) => instanceId), ...strays].sort();
  const gone = [
    ...nodes.map(({ slot, instanceId }) => goneUnless(instanceId, `node ${slot} is no longer`)),
    ...strays.map((instanceId) => goneUnless(instanceId, "there is no longer an instance")),
  ];
  const fresh = `[for id in self.ids : "\${id} is new" if !contains(${literal(ids)}, id)]`;
  const changes = `join("; ", concat(compact([${gone.join(", ")}]), ${fresh}))`;
  return {
    // As text, since an empty list and an empty set of another type are not equal.
    condition: `\${join(" ", sort(self.ids)) == ${literal(ids.join(" "))}}`,
    errorMessage: `The environment's instances changed: \${${changes}}. ${SYNTHESIZE_AGAIN}`,
  };
}

function goneUnless(instanceId: string, words: string): string {
  return `contains(self.ids, ${literal(instanceId)}) ? "" : ${literal(`${words} ${instanceId}`)}`;
}

/** The addresses of slots that no instance sits in, by slot. */
function emptySlots({ addresses, nodes }: ObservedFleet): ObservedAddress[] {
  const taken = new Set(nodes.map(({ slot }) => slot));
  return (addresses ?? []).filter(({ slot }) => !taken.has(slot)).sort((a, b) => a.slot - b.slot);
}

/** Nothing holds the slot's ENI; or the instance that was seen going, which the plan leaves alone, still does. */
function stillEmpty({ slot, networkInterfaceId, heldBy }: ObservedAddress): Check {
  // A set that is empty has no first; `one` of it is null.
  const holder = `try(one(self.attachment).instance_id, "")`;
  const now = `\${${holder} == "" ? "nothing" : ${holder}}`;
  return {
    condition: `\${${holder} == ${literal(heldBy ?? "")}}`,
    errorMessage:
      `Slot ${slot} had no node and its interface ${networkInterfaceId} was held by ` +
      `${heldBy ?? "nothing"}; it is held by ${now} now. ${SYNTHESIZE_AGAIN}`,
  };
}

/** The instance is the same inside, and still at work if it was. */
function sameNode({ slot, instanceId, state, launchTime, spec }: ObservedNode): Check {
  const up = state === "running" ? ["running"] : ["pending", "running"];
  const states = state === "running" || state === "pending" ? up : ["stopping", "stopped"];
  // As the provider gives it: without fractions of a second.
  const launched = launchTime.replace(/\.\d+Z$/, "Z");
  // Hashed, because Terraform prints the condition where it fails.
  const userData = `sha256(self.user_data_base64 == null ? "" : self.user_data_base64)`;
  const volume = `join(" ", [for device in self.root_block_device : tostring(device.volume_size)])`;
  const parts: readonly { readonly holds: string; readonly change: string }[] = [
    part("self.ami", spec.amiId, "its AMI is"),
    part("self.instance_type", spec.instanceType, "its instance type is"),
    {
      holds: `${userData} == ${literal(sha256(spec.userDataBase64))}`,
      change: literal("its user data is another"),
    },
    part(volume, String(spec.rootVolumeGiB), "the GiB of its root volume are"),
    ...dataVolumePart(spec),
    part("self.launch_time", launched, "it was last started at"),
    {
      holds: `contains(${literal(states)}, self.instance_state)`,
      change: `"it is \${self.instance_state}, not ${state}"`,
    },
  ];
  const changes = parts.map(({ holds, change }) => `${holds} ? "" : ${change}`).join(", ");
  return {
    condition: `\${${parts.map(({ holds }) => holds).join(" && ")}}`,
    errorMessage:
      `Node ${slot} (${instanceId}) changed: ` +
      `\${join("; ", compact([${changes}]))}. ${SYNTHESIZE_AGAIN}`,
  };
}

function dataVolumePart({ dataVolumeGiB }: NodeSpec) {
  if (dataVolumeGiB === undefined) return [];
  const is = `device.device_name == ${literal(DATA_DEVICE)}`;
  const sizes = `join(" ", [for device in self.ebs_block_device : tostring(device.volume_size) if ${is}])`;
  return [part(sizes, String(dataVolumeGiB), "the GiB of its data volume are")];
}

function part(actual: string, expected: string, words: string) {
  return {
    holds: `${actual} == ${literal(expected)}`,
    change: `"${words} \${${actual}}, not ${expected}"`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A Terraform literal. Validation leaves no text in it that Terraform would take for more. */
function literal(value: string | readonly string[]): string {
  return JSON.stringify(value);
}

function validate(scope: Construct, id: string, { observed }: NodeGuardProps): void {
  const violations = new Violations();
  const ids = [...observed.nodes.map(({ instanceId }) => instanceId), ...observed.strays];
  for (const instanceId of ids) {
    const valid = /^i-[0-9a-f]+$/.test(instanceId);
    violations.require(valid, "observed: instanceId", "be an instance's id", instanceId);
  }
  violations
    .require(new Set(ids).size === ids.length, "observed: instanceId", "be unique", ids)
    .require(
      new Set(observed.nodes.map(({ slot }) => slot)).size === observed.nodes.length,
      "observed.nodes: slot",
      "be unique",
      observed.nodes.map(({ slot }) => slot),
    );
  const addresses = observed.addresses ?? [];
  violations.require(
    new Set(addresses.map(({ slot }) => slot)).size === addresses.length,
    "observed.addresses: slot",
    "be unique",
    addresses.map(({ slot }) => slot),
  );
  for (const { slot, networkInterfaceId, allocationId, heldBy } of addresses) {
    violations
      .requireInteger("observed.addresses: slot", slot, 0, 65535)
      .require(
        /^eni-[0-9a-f]+$/.test(networkInterfaceId),
        `observed.addresses: networkInterfaceId of slot ${slot}`,
        "be an ENI's id",
        networkInterfaceId,
      )
      .require(
        allocationId === null || /^eipalloc-[0-9a-f]+$/.test(allocationId),
        `observed.addresses: allocationId of slot ${slot}`,
        "be an EIP's allocation id",
        allocationId,
      )
      .require(
        heldBy === null || /^i-[0-9a-f]+$/.test(heldBy),
        `observed.addresses: heldBy of slot ${slot}`,
        "be an instance's id",
        heldBy,
      );
  }
  for (const { slot, launchTime, spec } of observed.nodes) {
    violations
      .requireInteger("observed.nodes: slot", slot, 0, 65535)
      .require(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(launchTime),
        `observed.nodes: launchTime of slot ${slot}`,
        "be ISO 8601 in UTC",
        launchTime,
      )
      .require(
        /^[a-z0-9.-]+$/.test(spec.amiId) && /^[a-z0-9.-]+$/.test(spec.instanceType),
        `observed.nodes: spec of slot ${slot}`,
        "have an AMI and an instance type",
        `${spec.amiId} ${spec.instanceType}`,
      );
  }
  violations.throwIfAny(scope, id);
}
