import { renderViolation } from "../../../lib/verify/verdict";
import { blocksOf } from "../../../lib/verify/written/block-names";
import { EditedPlan } from "../../fixtures/plans/edited-plan";
import { LOSSES } from "../../fixtures/plans/good-changes";
import { recordedPlan } from "../../fixtures/plans/verify-recorded";

/** What the record says of a slot, loose, so that a test can break it. */
type Entry = Record<string, unknown>;
interface RecordJson extends Record<string, unknown> {
  remembered: Entry[];
}

/** The real plan of a live fleet, in which the record would be written anew, edited so. */
function written(edit: (record: RecordJson) => void, name = "nothing to do"): string[] {
  const plan = new EditedPlan(recordedPlan(name));
  const object = plan.at("aws_s3_object");
  const { content } = plan.declared(object);
  const record = JSON.parse(String(content)) as RecordJson;
  edit(record);
  const text = `${JSON.stringify(record, null, 2)}\n`;
  plan.update(object, { content: text });
  return plan
    .verdict()
    .violations.filter(({ addresses }) => addresses.includes(object.address))
    .map(renderViolation);
}

const LAW = "it must hold every slot's address as it was observed";

it("may be written anew as it should be", () => {
  expect(written((record) => (record.remembered = [...record.remembered].reverse()))).toEqual([]);
});

it.each<[string, (record: RecordJson) => void]>([
  ["forgets a slot", (record) => record.remembered.pop()],
  ["forgets all", (record) => (record.remembered = [])],
  ["has a slot twice", (record) => record.remembered.push(record.remembered[0]!)],
  ["has a slot that isn't there", (record) => (record.remembered[2]!["slot"] = 7)],
  ["is another environment's", (record) => (record["environment"] = "other")],
  ["is of another format", (record) => (record["formatVersion"] = 2)],
  ["says more", (record) => (record["more"] = 1)],
  ["says more of a slot", (record) => (record.remembered[0]!["more"] = 1)],
  ...["availabilityZone", "networkInterfaceId", "privateIpv4", "ipv6", "allocationId"].flatMap(
    (name): [string, (record: RecordJson) => void][] => [
      [`has another ${name}`, (record) => (record.remembered[1]![name] = "another")],
      [`has no ${name}`, (record) => delete record.remembered[1]![name]],
    ],
  ),
  ["has another publicIpv4", (record) => (record.remembered[1]!["publicIpv4"] = "192.0.2.77")],
  [
    "exchanges two slots' addresses",
    ({ remembered: [a, b] }) =>
      ([a!["publicIpv4"], b!["publicIpv4"]] = [b!["publicIpv4"], a!["publicIpv4"]]),
  ],
])("may not be written anew so that it %s", (_, edit) => {
  expect(written(edit)).toEqual([expect.stringContaining(LAW)]);
});

it("never takes an address that is known from Terraform, which may give it up", () => {
  const own = `\${${blocksOf(1).elasticIp}.public_ip}`;
  expect(written(({ remembered }) => (remembered[1]!["publicIpv4"] = own))).not.toEqual([]);
});

it("keeps what isn't whole while it is mended", () => {
  const forgets = ({ remembered }: RecordJson): unknown => delete remembered[2]!["privateIpv4"];
  expect(written(() => undefined, LOSSES.networkInterface)).toEqual([]);
  expect(written(forgets, LOSSES.networkInterface)).toEqual([expect.stringContaining(LAW)]);
});

it("is neither removed nor moved", () => {
  const plan = new EditedPlan(recordedPlan("nothing to do"));
  const object = plan.at("aws_s3_object");
  expect(plan.replace(object, "key", { key: "other.json" }).verdict().proved).toBe(false);
  const without = new EditedPlan(recordedPlan("nothing to do"));
  expect(without.remove(without.at("aws_s3_object")).verdict().proved).toBe(false);
});
