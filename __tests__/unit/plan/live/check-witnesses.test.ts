import { RoutedError } from "../../../../lib/errors";
import type { Observation, ObservedUntagged } from "../../../../lib/observe/observation";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import {
  aFleet,
  instanceOf,
  observationOf,
  withEcs,
  withEcsChange,
  withNewAmi,
} from "../../../support/fleet";
import { renderSummary } from "../../../../lib/plan/render/render-summary";

const desired = aFleet();
const fleet = withNewAmi(withEcs(observationOf(desired), [{ pop: "pop1" }]));
const node1 = instanceOf(fleet, 1).instanceId;
const eni1 = fleet.networkInterfaces.find(({ slot }) => slot === 1)!;
const eip1 = fleet.elasticIps.find(({ slot }) => slot === 1)!;
const id = { instance: node1, eni: eni1.networkInterfaceId, eip: eip1.allocationId };
const registration = `ci/1`;

const CREATE_TAGS = "aws ec2 create-tags --region us-east-2 --resources";
const TAGS_OF_1 = "--tags Key=routed:environment,Value=test Key=routed:node,Value=1";

type Found = Pick<ObservedUntagged, "foundBy">;
const instance: Found = {
  foundBy: [
    { kind: "registration", id: registration, slot: 1 },
    { kind: "vpc", id: "vpc-1", slot: null },
  ],
};

/** The observation after things have lost their tags, as readers give it. */
function untagged(observation: Observation, items: readonly ObservedUntagged[]): Observation {
  const gone = new Set(items.map((item) => item.id));
  return {
    ...observation,
    instances: observation.instances.filter(({ instanceId }) => !gone.has(instanceId)),
    networkInterfaces: observation.networkInterfaces.filter(
      ({ networkInterfaceId }) => !gone.has(networkInterfaceId),
    ),
    elasticIps: observation.elasticIps.filter(({ allocationId }) => !gone.has(allocationId)),
    untagged: [...items],
  };
}

const none = { environment: null, slot: null };
const lostInstance: ObservedUntagged = {
  ...none,
  ...instance,
  id: id.instance,
  kind: "instance",
  state: "running",
};
const lostEni: ObservedUntagged = {
  ...none,
  id: id.eni,
  kind: "network-interface",
  foundBy: [{ kind: "description", id: "Address of node 1", slot: 1 }],
};
const lostEip: ObservedUntagged = {
  ...none,
  id: id.eip,
  kind: "elastic-ip",
  publicIpv4: eip1.publicIpv4,
  foundBy: [{ kind: "network-interface", id: id.eni, slot: 1 }],
};

function refusalOf(observation: Observation): string[] {
  try {
    planUpgrade(desired, observation);
  } catch (error) {
    if (!(error instanceof RoutedError) || error.code !== "contradiction") throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

const DEREGISTER =
  "if it is not the node's: aws ecs deregister-container-instance --cluster routed-test --container-instance ci/1 --force";

it("upgrades node 0 of the fleet before anything is lost", () => {
  expect(renderSummary(planUpgrade(desired, fleet))).toBe("upgrade node 0");
});

describe("a slot whose things have lost their tags is no new slot", () => {
  it("all three: refused, with the one command that mends it", () => {
    expect(refusalOf(untagged(fleet, [lostInstance, lostEni, lostEip]))).toEqual([
      `of slot 1, but without the tag routed:environment=test, are ` +
        `EIP ${eip1.publicIpv4} (${id.eip}) by ENI ${id.eni} (slot 1), ` +
        `ENI ${id.eni} by its description "Address of node 1" ` +
        `and ${id.instance} by its registration 1 (slot 1); ` +
        `put the tags on: ${CREATE_TAGS} ${id.eip} ${id.eni} ${id.instance} ${TAGS_OF_1}; ${DEREGISTER}`,
    ]);
  });

  it.each<[string, ObservedUntagged, string]>([
    ["its instance", lostInstance, id.instance],
    ["its ENI", lostEni, id.eni],
    ["its EIP", lostEip, id.eip],
  ])("%s alone: refused, once, with the command for that", (_, item, own) => {
    expect(refusalOf(untagged(fleet, [item]))).toEqual([
      expect.stringContaining(`; put the tags on: ${CREATE_TAGS} ${own} ${TAGS_OF_1}`),
    ]);
  });
});

it("says of what carries another environment's tag that it does", () => {
  const [problem] = refusalOf(untagged(fleet, [{ ...lostEip, environment: "other" }]));
  expect(problem).toContain(`(${id.eip}, tagged routed:environment=other)`);
});

it("refuses an instance that joined the cluster without being anybody's node", () => {
  const stranger: ObservedUntagged = {
    ...none,
    id: "i-0ddd",
    kind: "instance",
    state: "running",
    foundBy: [{ kind: "registration", id: "arn/ci/9", slot: null }],
  };
  expect(refusalOf({ ...fleet, untagged: [stranger] })).toEqual([
    "i-0ddd carries no tag of the environment, though it is its own by its registration 9; put the tags of its slot on: " +
      `${CREATE_TAGS} i-0ddd --tags Key=routed:environment,Value=test Key=routed:node,Value=<slot>; ` +
      "if it is no node's: aws ecs deregister-container-instance --cluster routed-test --container-instance arn/ci/9 --force",
  ]);
});

it("refuses what is of two slots by two witnesses, and guesses neither", () => {
  const torn: ObservedUntagged = {
    ...lostInstance,
    foundBy: [...lostInstance.foundBy, { kind: "network-interface", id: "eni-2", slot: 2 }],
  };
  expect(refusalOf(untagged(fleet, [torn]))).toEqual([
    expect.stringMatching(
      /is of slots 1 and 2 at once: by ENI eni-2 \(slot 2\) and by its registration 1 \(slot 1\);/,
    ),
  ]);
});

it("refuses a node that is registered for another slot than it is tagged for", () => {
  const swapped = withEcsChange(fleet, ({ containerInstances }) => ({
    containerInstances: containerInstances.map((c) =>
      c.instanceId === node1 ? { ...c, slot: 2 } : c,
    ),
  }));
  expect(refusalOf(swapped)).toEqual([
    `${node1} is tagged for slot 1, but registered in the cluster for slot 2 (container instance ${arnOf(fleet, node1)}); ` +
      `if it is node 2: ${CREATE_TAGS} ${node1} --tags Key=routed:environment,Value=test Key=routed:node,Value=2; ` +
      "if not, replace it: its user data is of slot 2",
  ]);
});

it("refuses an ENI and an EIP that are tagged for another slot than the record has them for", () => {
  const record = {
    slot: 2,
    availabilityZone: eni1.availabilityZone,
    networkInterfaceId: id.eni,
    privateIpv4: eni1.privateIpv4,
    ipv6: "2001:db8::1",
    allocationId: id.eip,
    publicIpv4: fleet.elasticIps.find(({ slot }) => slot === 2)!.publicIpv4,
  };
  expect(refusalOf({ ...fleet, remembered: [record] })).toEqual(
    [id.eni, id.eip].map(
      (own) =>
        `${own} is tagged for slot 1, but the record of addresses has it as slot 2's; ` +
        `correct its tag: ${CREATE_TAGS} ${own} --tags Key=routed:environment,Value=test Key=routed:node,Value=2; ` +
        `or, if the record is wrong, restore an earlier version of it`,
    ),
  );
});

it("only tells of an instance that merely lies in the VPC, and nothing of one that shuts down", () => {
  const bystander: ObservedUntagged = {
    ...lostInstance,
    id: "i-0ddd",
    foundBy: [{ kind: "vpc", id: "vpc-1", slot: null }],
  };
  const going: ObservedUntagged = { ...lostInstance, id: "i-0eee", state: "shutting-down" };
  const plan = planUpgrade(desired, { ...fleet, untagged: [bystander, going] });
  expect(plan.findings).toEqual([
    "i-0ddd is in the environment's VPC vpc-1, and nothing says that it is a node's",
  ]);
  expect(renderSummary(plan)).toBe("upgrade node 0");
});

it("only tells of a second EIP on a slot's ENI", () => {
  const second: ObservedUntagged = { ...lostEip, id: "eipalloc-9", publicIpv4: "192.0.2.99" };
  const { findings } = planUpgrade(desired, { ...fleet, untagged: [second] });
  expect(findings).toEqual([
    "EIP 192.0.2.99 (eipalloc-9) sits on the ENI of slot 1, which has its own EIP",
  ]);
});

function arnOf({ health }: Observation, instanceId: string): string {
  const all = health.source === "ecs" ? health.containerInstances : [];
  return all
    .find((c) => c.instanceId === instanceId)!
    .containerInstanceArn.split("/")
    .at(-1)!;
}

describe("an ENI or EIP that has lost its slot's number alone", () => {
  const without = (part: "networkInterfaces" | "elasticIps"): Observation => ({
    ...fleet,
    networkInterfaces: fleet.networkInterfaces.map((eni) =>
      part === "networkInterfaces" && eni.slot === 1 ? { ...eni, slot: null } : eni,
    ),
    elasticIps: fleet.elasticIps.map((eip) =>
      part === "elasticIps" && eip.slot === 1 ? { ...eip, slot: null } : eip,
    ),
  });

  it("is refused with the command that puts it back, and nothing else is said", () => {
    expect(refusalOf(without("networkInterfaces"))).toEqual([
      `${id.eni} carries no tag routed:node, but is a slot's by ${id.instance} (slot 1) and ${id.eip} (slot 1); ` +
        `put it on: ${CREATE_TAGS} ${id.eni} ${TAGS_OF_1}`,
    ]);
    expect(refusalOf(without("elasticIps"))).toEqual([
      `${id.eip} carries no tag routed:node, but is a slot's by ${id.eni} (slot 1); ` +
        `put it on: ${CREATE_TAGS} ${id.eip} ${TAGS_OF_1}`,
    ]);
  });

  it("is only told where nobody says whose it is", () => {
    const spare = { ...eip1, allocationId: "eipalloc-0fff", slot: null, networkInterfaceId: null };
    const plan = planUpgrade(desired, { ...fleet, elasticIps: [...fleet.elasticIps, spare] });
    expect(plan.findings).toEqual([expect.stringContaining("no slot owns it")]);
  });
});

it("gives the command that puts an EIP back from an ENI that is no node's", () => {
  const stranger: ObservedUntagged = {
    ...none,
    id: "eni-0fff",
    kind: "network-interface",
    foundBy: [{ kind: "elastic-ip", id: id.eip, slot: 1 }],
  };
  const elasticIps = fleet.elasticIps.map((eip) =>
    eip.slot === 1 ? { ...eip, networkInterfaceId: "eni-0fff" } : eip,
  );
  expect(refusalOf({ ...fleet, elasticIps, untagged: [stranger] })).toEqual([
    expect.stringContaining(
      `if it is not the node's: aws ec2 associate-address --region us-east-2 --allocation-id ${id.eip} ` +
        `--network-interface-id ${id.eni} --allow-reassociation`,
    ),
  ]);
});

it("only tells of an ENI that calls itself a slot's which has its own", () => {
  const second: ObservedUntagged = { ...lostEni, id: "eni-0fff" };
  const plan = planUpgrade(desired, { ...fleet, untagged: [second] });
  expect(plan.findings).toEqual(["ENI eni-0fff calls itself slot 1's, which has its own ENI"]);
});
