import { lackOfCapacity } from "../../../lib/rollout/no-capacity";
import { blocksOf } from "../../../lib/verify/written/block-names";
import { aPlan } from "../../fixtures/a-routed-environment";

const plan = aPlan();
const [node, other] = plan.decisions;

/** As Terraform 1.11 and the provider 5.100 write it, without colours. */
function refused(slot: number, code: string): string {
  const { instance } = blocksOf(slot);
  return [
    `Error: creating EC2 Instance: operation error EC2: RunInstances, exceeded`,
    `maximum number of attempts, 8, https response error StatusCode: 500,`,
    `RequestID: nrEG9, api error ${code}: We`,
    "currently do not have sufficient t3.xlarge capacity",
    `  with ${instance},`,
    `  on cdk.tf.json line 710, in resource.${instance}:`,
    " 710:       },",
  ].join("\n");
}

it("tells type, zone and node of each launch that EC2 has no capacity for", () => {
  const [one, two] = [node?.slot ?? 0, other?.slot ?? 1];
  const words = [refused(one, CODE), refused(two, CODE)].join("\n");
  const where = (zone = "") => `r6i.large in ${zone} now, for node`;
  expect(lackOfCapacity(words, plan)).toEqual({
    slots: [one, two],
    message:
      `EC2 has no ${where(node?.availabilityZone)} ${one} and ` +
      `${where(other?.availabilityZone)} ${two} (${CODE})`,
  });
});

it("is silent about every other failure, and about other nodes' failures beside one", () => {
  const [one, two] = [node?.slot ?? 0, other?.slot ?? 1];
  expect(lackOfCapacity(refused(one, "InternalError"), plan)).toBeNull();
  expect(lackOfCapacity("Error: InsufficientInstanceCapacity", plan)).toBeNull();
  const words = [refused(one, "InternalError"), refused(two, CODE)].join("\n");
  expect(lackOfCapacity(words, plan)?.slots).toEqual([two]);
});

const CODE = "InsufficientInstanceCapacity";
