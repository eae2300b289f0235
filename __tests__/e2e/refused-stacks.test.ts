import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Arguments, SynthesizedStack } from "../fixtures/synthesize";
import { synthesize } from "../../sandbox/deploy";
import { EndToEnd } from "../support/end-to-end";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** What AWS refuses of a stack that Terraform and its provider take. */
describe("a stack with single things changed", () => {
  let world: EndToEnd;
  let file: string;

  beforeAll(async () => {
    world = await EndToEnd.built();
    expect((await synthesize(world.run())).status).toBe(0);
    file = join(world.workspace.directory, "cdktf.out/stacks/small/cdk.tf.json");
  });
  afterAll(() => world?.stop("wanted"));

  it("is refused by the local AWS with AWS's errors, through Terraform, all of them at once", async () => {
    const stack = JSON.parse(readFileSync(file, "utf8")) as SynthesizedStack & {
      readonly resource: Resources;
    };
    const first = (type: string): Record<string, unknown> => {
      const [found] = Object.values(stack.resource[type] ?? {});
      if (found === undefined) throw new Error(`the stack has no ${type}`);
      return found;
    };
    const another = (type: string, changes: Arguments) => {
      (stack.resource[type] ??= {})["another"] = {
        ...first(type),
        ...changes,
        lifecycle: undefined,
      };
    };
    const container = { name: "a", image: "a", memory: 128 };
    const definition = (family: string, changes: object) => ({
      family,
      network_mode: "host",
      container_definitions: JSON.stringify([{ ...container, ...changes }]),
    });
    another("aws_eip", {
      network_interface: undefined,
      depends_on: [],
      tags: { Name: "it's ours" },
    });
    another("aws_network_interface", { private_ips: ["10.99.0.3"], ipv6_addresses: [] });
    another("aws_ecs_cluster", { name: "another" });
    Object.assign((stack.resource["aws_ecs_task_definition"] ??= {}), {
      check: definition("check", { healthCheck: { command: ["CMD", "true"], interval: 4 } }),
      port: definition("port", { portMappings: [{ containerPort: 8080, hostPort: 8081 }] }),
      member: definition("member", { logConfiguration: { logDriver: "carrier-pigeon" } }),
    });
    writeFileSync(file, JSON.stringify(stack));
    await world.aws.clearCalls();

    const { status, output } = await world.tryDeploy({ args: ["--skip-synth"] });

    expect(status).not.toBe(0);
    const flat = output.replaceAll(/[\s│]+/g, " ");
    for (const refusal of [
      /AllocateAddress, .*?InvalidParameterValue: Value \(it's ours\)/,
      /CreateNetworkInterface, .*?InvalidParameterValue: Address 10\.99\.0\.3 is in subnet's reserved/,
      /RegisterTaskDefinition, .*?ClientException: .*?interval/,
      /RegisterTaskDefinition, .*?ClientException: .*?hostPort/,
      /RegisterTaskDefinition, .*?InvalidParameterException: .*?logDriver/,
    ]) {
      expect(flat).toMatch(refusal);
    }
    // What nothing is wrong with is made all the same, and no node was touched.
    const { counts } = await world.aws.calls();
    expect(counts).toMatchObject({ ecs: { CreateCluster: 1 } });
    expect(counts).not.toHaveProperty("ec2.TerminateInstances");
  });
});
