import { createHash } from "node:crypto";
import { canonicalObservation } from "../../observe/canonical-observation";
import type {
  Observation,
  ObservedElasticIp,
  ObservedInstance,
  ObservedNetworkInterface,
  Whole,
} from "../../observe/observation";
import type { NodeSpec, NodeSpecPart } from "../node-spec";
import { simulateHealth } from "./simulate-health";
import type { SlotDecision, UpgradePlan } from "../upgrade-plan";

/** A fixed launch time for simulated instances: the planner has no clock. */
const SIMULATED_LAUNCH_TIME = "2000-01-01T00:00:00.000Z";

/**
 * What AWS would hold after a deploy of `plan` went well, every node became available again, and what
 * was shutting down is gone.
 * Ids and addresses of what is new are made up, and the same each time.
 */
export function simulateWave(observation: Observation, plan: UpgradePlan): Observation {
  const { instances: before } = observation;
  const gone = new Set(before.flatMap((i) => (i.state === "shutting-down" ? [i.instanceId] : [])));
  const instances = new Map(
    before.filter((i) => !gone.has(i.instanceId)).map((i) => [i.instanceId, recovered(i)]),
  );
  let networkInterfaces = observation.networkInterfaces.map((eni) =>
    gone.has(eni.instanceId ?? "") ? { ...eni, instanceId: null } : eni,
  );
  let elasticIps = [...observation.elasticIps];

  const addressOf = ({ slot, availabilityZone }: SlotDecision) => {
    let eni = networkInterfaces.find((candidate) => candidate.slot === slot);
    if (!eni) {
      eni = newAddress(observation.environment, slot, availabilityZone);
      networkInterfaces.push(eni);
    }
    if (!elasticIps.some((eip) => eip.slot === slot)) {
      elasticIps.push(newElasticIp(observation.environment, slot, eni.networkInterfaceId));
    }
    return eni;
  };

  const launch = (decision: SlotDecision, spec: NodeSpec, previous: string) => {
    const { slot } = decision;
    const eni = addressOf(decision);
    const instanceId = `i-${hexOf(`${previous}/${slot}/${JSON.stringify(spec)}`)}`;
    instances.set(instanceId, newInstance(instanceId, decision, spec, eni.networkInterfaceId));
    networkInterfaces = networkInterfaces.map((e) => (e.slot === slot ? { ...e, instanceId } : e));
  };

  for (const decision of plan.decisions) {
    if (decision.action === "allocate") addressOf(decision);
    if (decision.action === "create" || decision.action === "fill") {
      launch(decision, decision.spec, observation.environment);
    }
    if (decision.action === "park") {
      const { instanceId } = decision;
      instances.delete(instanceId);
      networkInterfaces = networkInterfaces.map((eni) =>
        eni.instanceId === instanceId ? { ...eni, instanceId: null } : eni,
      );
    }
    if (decision.action === "upgrade") {
      instances.delete(decision.instanceId);
      launch(decision, decision.to, decision.instanceId);
    }
    if (decision.action === "remove") {
      if (decision.instanceId !== null) instances.delete(decision.instanceId);
      networkInterfaces = networkInterfaces.filter((eni) => eni.slot !== decision.slot);
      elasticIps = elasticIps.filter((eip) => eip.slot !== decision.slot);
    }
  }
  for (const { slot } of plan.repairs ?? []) {
    let eni = networkInterfaces.find((candidate) => candidate.slot === slot);
    if (eni === undefined) {
      // Of a slot that is left without an instance the ENI is made anew all the same.
      const zone = plan.decisions.find((d) => d.slot === slot)?.availabilityZone ?? "";
      eni = newAddress(observation.environment, slot, zone);
      networkInterfaces = [...networkInterfaces, eni];
    }
    const id = eni.networkInterfaceId;
    const has = elasticIps.some((eip) => eip.slot === slot);
    if (!has) elasticIps.push(newElasticIp(observation.environment, slot, id));
    elasticIps = elasticIps.map((e) => (e.slot === slot ? { ...e, networkInterfaceId: id } : e));
    const fixed = fixedAddresses(observation, slot);
    networkInterfaces = networkInterfaces.map((e) => (e.slot === slot ? { ...e, ...fixed } : e));
  }
  return canonicalObservation({
    ...observation,
    ...rememberedAfter(observation, plan, elasticIps),
    instances: [...instances.values()],
    networkInterfaces,
    elasticIps,
    health: simulateHealth(observation, [...instances.values()], plan),
  });
}

/** The record as the deploy leaves it: without slots that go, and with what another EIP is. */
function rememberedAfter(
  { remembered }: Observation,
  { decisions }: UpgradePlan,
  elasticIps: readonly ObservedElasticIp[],
): Pick<Observation, "remembered"> {
  if (remembered === undefined) return {};
  const gone = new Set(decisions.flatMap((d) => (d.action === "remove" ? [d.slot] : [])));
  return {
    remembered: remembered
      .filter(({ slot }) => !gone.has(slot))
      .map((record) => {
        const { allocationId, publicIpv4 } =
          elasticIps.find((e) => e.slot === record.slot) ?? record;
        return { ...record, allocationId, publicIpv4 };
      }),
  };
}

/** Those that an ENI had, where anybody knows them. */
function fixedAddresses({ environment, remembered = [] }: Observation, slot: number) {
  const record = remembered.find((each) => each.slot === slot);
  if (record !== undefined) return { privateIpv4: record.privateIpv4, ipv6: [record.ipv6] };
  return { ipv6: newAddress(environment, slot, "").ipv6 };
}

function recovered(instance: ObservedInstance): ObservedInstance {
  return { ...instance, state: "running", statusChecks: "ok" };
}

function newInstance(
  instanceId: string,
  { slot, availabilityZone }: SlotDecision,
  spec: NodeSpec,
  networkInterfaceId: string,
): Whole<Omit<ObservedInstance, NodeSpecPart>> & NodeSpec {
  return {
    instanceId,
    slot,
    state: "running",
    statusChecks: "ok",
    availabilityZone,
    ...spec,
    networkInterfaceIds: [networkInterfaceId],
    launchTime: SIMULATED_LAUNCH_TIME,
  };
}

function newAddress(
  environment: string,
  slot: number,
  availabilityZone: string,
): Whole<ObservedNetworkInterface> {
  return {
    networkInterfaceId: `eni-${hexOf(`${environment}/eni/${slot}`)}`,
    slot,
    availabilityZone,
    subnetId: `subnet-${hexOf(`${environment}/subnet/${availabilityZone}`)}`,
    privateIpv4: `192.0.2.${slot % 256}`,
    ipv6: [`2001:db8::${slot.toString(16)}`],
    instanceId: null,
  };
}

function newElasticIp(
  environment: string,
  slot: number,
  networkInterfaceId: string,
): Whole<ObservedElasticIp> {
  return {
    allocationId: `eipalloc-${hexOf(`${environment}/eip/${slot}`)}`,
    slot,
    publicIpv4: `198.51.100.${slot % 256}`,
    networkInterfaceId,
  };
}

function hexOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 17);
}
