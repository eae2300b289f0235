import { readFileSync } from "node:fs";
import { created } from "../../verify/a-plan";
import { FakeDeploy } from "./fake-deploy";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const folder = inTemporaryFolder();
const { signal } = new AbortController();
const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]';
let fake: FakeDeploy;
let pushed: StateJson | undefined;

interface StateJson {
  readonly version: number;
  readonly serial: number;
  readonly lineage: string;
  readonly resources: readonly ResourceJson[];
}

interface ResourceJson {
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Record<string, unknown> }[];
}

beforeEach(() => {
  fake = new FakeDeploy(folder());
  pushed = undefined;
});

/** The instance that the plan keeps in a slot. */
function keptIn(slot: number): string {
  const decision = fake.draft.upgradePlan.decisions[slot];
  if (decision?.action !== "keep") throw new Error(`slot ${slot} isn't kept`);
  return decision.instanceId;
}

function eniOf(slot: number): string {
  const { networkInterfaces = [] } = fake.draft.observation ?? {};
  return networkInterfaces.find((eni) => eni.slot === slot)?.networkInterfaceId ?? "";
}

function resource(type: string, name: string, id: string): object {
  const instances = [{ schema_version: 1, attributes: { id } }];
  return { mode: "managed", type, name, provider: PROVIDER, instances };
}

/** Terraform would launch an instance for slot 1, until its state is pushed. */
function loseNode1(state: readonly object[]): void {
  const proved = structuredClone(fake.draft.json.resource_changes);
  const changes = fake.draft.json.resource_changes;
  const index = changes.findIndex(({ address }) => address === "aws_instance.node-1");
  const { before } = fake.draft.at("aws_instance.node-1").change;
  changes[index] = created("aws_instance.node-1", before ?? {});
  fake.state = JSON.stringify({ version: 4, serial: 7, lineage: "l", resources: state });
  fake.answers.set("terraform state push", () => {
    const file = fake.requests.at(-1)?.args.at(-1) ?? "";
    pushed = JSON.parse(readFileSync(file, "utf8")) as StateJson;
    fake.draft.json.resource_changes = proved;
    return {};
  });
}

describe("an instance that Terraform launched and lost", () => {
  it("is added to the state, as it was launched, and the plan is made again", async () => {
    loseNode1([
      resource("aws_instance", "node-0", "i-other"),
      resource("aws_instance", "node-1", "i-terminated"),
      resource("aws_network_interface", "eni-1", eniOf(1)),
    ]);
    await fake.deployer().prepare({}, signal);
    expect(pushed).toMatchObject({ version: 4, serial: 8, lineage: "l" });
    expect(pushed?.resources.map(({ type, name }) => `${type}.${name}`)).toEqual([
      "aws_instance.node-0",
      "aws_network_interface.eni-1",
      "aws_instance.node-1",
    ]);
    expect(pushed?.resources.at(-1)).toEqual({
      mode: "managed",
      type: "aws_instance",
      name: "node-1",
      provider: PROVIDER,
      instances: [
        {
          schema_version: 1,
          attributes: {
            id: keptIn(1),
            network_interface: [
              {
                delete_on_termination: false,
                device_index: 0,
                network_card_index: 0,
                network_interface_id: eniOf(1),
              },
            ],
            user_data_base64: "aGk=",
            user_data_replace_on_change: true,
          },
          sensitive_attributes: [],
        },
      ],
    });
    expect(fake.commands.map((command) => command.split(" -")[0]).slice(3)).toEqual([
      "terraform state pull",
      "terraform plan",
      "terraform show",
      "terraform state pull",
      "terraform state push",
      "terraform state pull",
      "terraform plan",
      "terraform show",
    ]);
    expect(fake.notes).toEqual([
      `Terraform's state lacked node 1's ${keptIn(1)}, which a deploy launched before it was killed; it was added to the state`,
    ]);
  });

  it.each([
    [
      "the slot's ENI is not in the state, which is another one then",
      () => [resource("aws_vpc", "vpc", "vpc-1")],
    ],
    [
      "the state holds it already",
      () => [
        resource("aws_instance", "moved", keptIn(1)),
        resource("aws_network_interface", "eni-1", eniOf(1)),
      ],
    ],
  ])("is left alone where %s", async (_, state) => {
    loseNode1(state());
    await expect(fake.deployer().prepare({}, signal)).rejects.toMatchObject({
      code: "not-proved",
      message: expect.stringContaining("another instance would be launched for node 1") as string,
    });
    expect(pushed).toBeUndefined();
  });

  it("is left alone where there is no state at all", async () => {
    loseNode1([]);
    fake.state = "";
    await expect(fake.deployer().prepare({}, signal)).rejects.toMatchObject({ code: "not-proved" });
    expect(pushed).toBeUndefined();
  });

  it.each(["terraform state pull", "terraform state push"])(
    "stops where %s fails",
    async (step) => {
      loseNode1([resource("aws_network_interface", "eni-1", eniOf(1))]);
      fake.answers.set(step, { status: 1, logged: "Error: no" });
      await expect(fake.deployer().prepare({}, signal)).rejects.toMatchObject({
        code: "terraform-failed",
        message: expect.stringMatching(new RegExp(`^${step} failed`)) as string,
      });
    },
  );

  it.each([
    ["no JSON", "no JSON"],
    [JSON.stringify({ version: 5, resources: [] }), "must be of version 4, got 5"],
  ])("stops where the state is not of a known kind: %s", async (text, message) => {
    loseNode1([]);
    fake.state = text;
    await expect(fake.deployer().prepare({}, signal)).rejects.toThrow(message);
    expect(pushed).toBeUndefined();
  });
});
