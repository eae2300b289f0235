import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { stateResources, synthesize, terraformPlanJson } from "../../sandbox/deploy";
import { runProcess } from "../../sandbox/processes";
import type { ProcessResult } from "../../sandbox/processes";
import { findProjectRoot } from "../../sandbox/project-root";
import { stackDirectory } from "../../sandbox/workspace";
import { EndToEnd, smallConfig } from "../support/end-to-end";
import type { SmallConfig, SmallEnvironment } from "../support/end-to-end";

const ENVIRONMENT = "proof";
const SITES = [
  { id: 1, name: "pop1", bgpPeers: ["2001:db8:1::/48"] },
  { id: 2, name: "pop2", bgpPeers: ["2001:db8:2::/48"] },
];
const KEEPS = "but the upgrade plan keeps it as it is";
const TAKE_OUT =
  "take the change out of the stack, or make it in the config and let waves carry it out";

/** A synthesized resource, to be edited. */
type Resource = Record<string, unknown> & { "//": { metadata: { path: string } } };

/** cdk.tf.json, to be edited. */
interface Stack {
  readonly resource: Record<string, Record<string, Resource>>;
  readonly output: Record<string, { value: unknown }>;
  readonly locals: Record<string, readonly string[]>;
  readonly import: { readonly to: string }[];
}

interface VerdictJson {
  readonly proved: boolean;
  readonly violations: readonly {
    readonly rule: string;
    readonly addresses: readonly string[];
    readonly attributes: readonly string[];
    readonly message: string;
  }[];
}

type Values = Record<string, unknown> | null;

/** Terraform's JSON of a plan, to be edited. */
interface PlanJson {
  readonly resource_changes: readonly ResourceChangeJson[];
  readonly resource_drift?: readonly ResourceChangeJson[];
  readonly configuration: {
    readonly provider_config: { readonly aws: { version_constraint: string } };
  };
}

interface ResourceChangeJson {
  readonly type: string;
  readonly mode: string;
  readonly change: { readonly actions: string[]; readonly before: Values; readonly after: Values };
}

/**
 * A plan that version 5 of the provider made, as 6 would have made it: it refreshes what 5 wrote down,
 * sees attributes that 5 hasn't, and no longer those that only 5 had.
 */
function asByVersion6(plan: PlanJson): PlanJson {
  const { aws } = plan.configuration.provider_config;
  const by6 = (type: string, values: Values): Values => {
    if (values === null) return null;
    const kept = { ...values };
    delete kept["cpu_core_count"];
    delete kept["cpu_threads_per_core"];
    const primary = { delete_on_termination: false, network_interface_id: "eni-1" };
    const added = { placement_group_id: "", primary_network_interface: [primary] };
    return { ...kept, region: "us-east-1", ...(type === "aws_instance" ? added : {}) };
  };
  const managed = plan.resource_changes.filter(({ mode }) => mode === "managed");
  return {
    ...plan,
    configuration: { provider_config: { aws: { ...aws, version_constraint: "6.66.0" } } },
    resource_changes: managed.map(({ change, ...resource }) => {
      const [before, after] = [change.before, change.after].map((v) => by6(resource.type, v));
      return { ...resource, change: { ...change, before: before ?? null, after: after ?? null } };
    }),
    resource_drift: managed.map(({ change: { before }, ...resource }) => ({
      ...resource,
      change: { actions: ["update"], before, after: by6(resource.type, before), after_unknown: {} },
    })),
  };
}

/**
 * Real plans of one deployed environment: good ones, made by changing its config, and bad ones, made
 * by editing what was synthesized, as an edited construct, an override or another default would.
 * Edits that don't touch each other share a plan; each of them has its own lines in the verdict.
 */
describe("routed verify on real plans", () => {
  let world: EndToEnd;

  beforeAll(async () => {
    world = await EndToEnd.start(ENVIRONMENT, aConfig());
    await world.deploy();
    await world.aws.waitUntilHealthy(ENVIRONMENT);
    await resynthesize();
  });
  afterAll(() => world.stop());

  function aConfig(overrides: SmallConfig = {}, image = "1"): SmallEnvironment {
    const config = smallConfig({ sites: SITES, ...overrides });
    const routed = { ...config["routed"], image: `registry.example/autopilot-routed:${image}` };
    return { ...config, routed };
  }

  async function resynthesize(config: SmallEnvironment = aConfig()): Promise<void> {
    world.configure(config);
    const { status, output } = await synthesize(world.run());
    if (status !== 0) throw new Error(output);
  }

  function inWorkspace(
    command: string,
    args: string[],
    extraEnv: Readonly<Record<string, string>> = {},
    cwd = world.workspace.directory,
  ): Promise<ProcessResult> {
    const { aws, toolchain } = world.run();
    const own = { NODE_NO_WARNINGS: "1", ROUTED_ENVIRONMENTS: undefined, CDKTF_OUTDIR: undefined };
    const env = { ...toolchain.environment, ...aws.environment, ...own, ...extraEnv };
    return runProcess(command, args, { cwd, env, timeoutMs: 120_000 });
  }

  function routedVerify(options: string[], env = {}): Promise<ProcessResult> {
    const program = join(findProjectRoot(), "bin/routed.cjs");
    return inWorkspace(process.execPath, [program, "verify", ENVIRONMENT, ...options], env);
  }

  async function verdict(env = {}): Promise<VerdictJson & { readonly status: number | null }> {
    const { status, stdout, output } = await routedVerify(["--json"], env);
    if (!stdout.startsWith("{")) throw new Error(output);
    return { ...(JSON.parse(stdout) as VerdictJson), status };
  }

  function stackFile(): string {
    return join(stackDirectory(world.workspace, ENVIRONMENT), "cdk.tf.json");
  }

  function readStack(): Stack {
    return JSON.parse(readFileSync(stackFile(), "utf8")) as Stack;
  }

  /**
   * The verdict on an edited synthesis, its pins taken away too, so that Terraform refuses nothing of it;
   * by "rule: message" with constructs' paths for addresses.
   */
  async function refusalsOf(edit: (editor: StackEditor) => void): Promise<string[]> {
    const original = readFileSync(stackFile(), "utf8");
    const paths = pathsByAddress(readStack());
    const stack = readStack();
    const editor = new StackEditor(stack);
    editor.unpin();
    edit(editor);
    writeFileSync(stackFile(), JSON.stringify(stack));
    try {
      // Nothing has changed but the stack, so AWS needn't be read once more.
      const { status, proved, violations } = await verdict({ TF_CLI_ARGS_plan: "-refresh=false" });
      expect({ status, proved }).toEqual({ status: 1, proved: false });
      return violations.map(({ rule, message }) => `${rule}: ${withPaths(message, paths)}`).sort();
    } finally {
      writeFileSync(stackFile(), original);
    }
  }

  describe("good plans", () => {
    async function expectProved(facts: object): Promise<void> {
      const { status, violations, ...rest } = await verdict();
      expect(violations).toEqual([]);
      expect(status).toBe(0);
      expect(rest).toMatchObject({ proved: true, facts });
    }

    it("nothing to do", async () => {
      await expectProved({ resources: { create: 0, update: 0, replace: 0, delete: 0 } });
    });

    it("nothing to do, by version 6 of the provider, and none by a version that isn't known", async () => {
      const plan = (await terraformPlanJson(world.run())) as PlanJson;
      const file = join(world.workspace.directory, "plan.json");
      const routed = (command: string): Promise<ProcessResult> => {
        const program = join(findProjectRoot(), "bin/routed.cjs");
        return inWorkspace(process.execPath, [program, command, ENVIRONMENT, "--plan", file]);
      };
      writeFileSync(file, JSON.stringify(asByVersion6(plan)));
      const proved = await routed("verify");
      expect(proved.stdout).toContain("proof: proved: 0 of at most 1 nodes disrupted");
      const drift = await routed("drift");
      expect(drift.stdout).toContain("proof: no drift: AWS holds what the last deploy left\n");

      plan.configuration.provider_config.aws.version_constraint = "7.0.0";
      writeFileSync(file, JSON.stringify(plan));
      for (const command of ["verify", "drift"]) {
        const { status, output } = await routed(command);
        expect({ status, lines: output.trim().split("\n") }).toEqual({
          status: 1,
          lines: [
            `${file}: the AWS provider's version is 7.0.0, but what attributes do is known of 5.100.0 and 6.66.0 only; go back to one of them, or look up what the other's attributes do (lib/terraform/known-providers.ts)`,
            "see docs/runbooks/error-invalid-plan.md",
          ],
        });
      }
    });

    it("one node's upgrade", async () => {
      await resynthesize(aConfig({ fleet: { instanceType: "t3.2xlarge" } }));
      await expectProved({
        nodes: [
          { slot: 0, decision: "upgrade", effect: "replace", disrupted: true },
          { slot: 1, decision: "keep", effect: "none", disrupted: false },
          { slot: 2, decision: "keep", effect: "none", disrupted: false },
        ],
      });
    });

    it("scaling out", async () => {
      await resynthesize(aConfig({ fleet: { nodes: 5 } }));
      await expectProved({
        deployments: ["node--router"],
        resources: { create: 8, replace: 1, delete: 0 },
      });
    });

    it("scaling in", async () => {
      await resynthesize(aConfig({ fleet: { nodes: 2 } }));
      await expectProved({ resources: { create: 0, replace: 1, delete: 4 } });
    });

    it("a new PoP", async () => {
      const site = { id: 3, name: "pop3", bgpPeers: ["2001:db8:3::/48"] };
      await resynthesize(aConfig({ sites: [...SITES, site] }));
      await expectProved({ resources: { create: 1, replace: 1, delete: 0 } });
    });

    it("a PoP removed", async () => {
      await resynthesize(aConfig({ sites: SITES.slice(0, 1) }));
      await expectProved({ resources: { create: 0, replace: 1, delete: 1 } });
    });

    it("a new image", async () => {
      await resynthesize(aConfig({}, "2"));
      await expectProved({ resources: { update: 2, replace: 1 }, deployments: ["pop1", "pop2"] });
    });
  });

  describe("harmful changes", () => {
    beforeAll(() => resynthesize());

    it("nodes that are stopped and started, or lose their credentials, in place", async () => {
      const refusals = await refusalsOf((stack) => {
        stack.at("aws_instance", "fleet/node-0/")["instance_type"] = "t3.2xlarge";
        const node1 = stack.at("aws_instance", "fleet/node-1/");
        node1["user_data_replace_on_change"] = false;
        node1["user_data_base64"] = "IyEvYmluL2Jhc2gK";
        stack.at("aws_instance", "fleet/node-2/")["metadata_options"] = {
          http_endpoint: "disabled",
        };
      });
      expect(refusals).toEqual([
        `agreement: <fleet/node-0>: node 0 would be stopped and started again (instance_type t3.xlarge → t3.2xlarge), ${KEEPS}; ${TAKE_OUT}`,
        expect.stringMatching(
          /^agreement: <fleet\/node-1>: node 1 would be stopped and started again \(user_data_base64 .*… → IyEvYmluL2Jhc2gK\), but the upgrade plan keeps it as it is; /,
        ),
        expect.stringContaining(
          "agreement: <fleet/node-2>: node 2 would be cut off from what it needs (metadata_options[0].http_endpoint enabled → disabled",
        ),
        "budget: <fleet/node-0>, <fleet/node-1>, <fleet/node-2>: 3 nodes (0, 1, 2) would be disrupted by one deploy, but fleet.maxUnavailableNodes is 1; change one wave's nodes at a time",
        "redundancy: <fleet/node-0>, <fleet/node-1>, <fleet/node-2>: the last healthy task of pop1, pop2 would stop, but each PoP keeps one while nodes change; wait until the PoP has a healthy task on another node, then synthesize again",
      ]);
    });

    it("nodes that are replaced, destroyed or launched beside the plan", async () => {
      const refusals = await refusalsOf((stack) => {
        stack.at("aws_instance", "fleet/node-0/")["ami"] = "ami-0123456789abcdef0";
        stack.at("aws_instance", "fleet/node-1/")["ebs_optimized"] = true;
        stack.remove("aws_instance", "fleet/node-2/");
        stack.remove("aws_cloudwatch_metric_alarm", "recovery/node-2");
        const subnet = stack.referenceTo("aws_subnet", "subnet-us-east-1a", "id");
        stack.add("aws_instance", "stray", {
          ami: "ami-0123456789abcdef0",
          instance_type: "t3.micro",
          subnet_id: subnet,
        });
      });
      expect(refusals).toEqual([
        expect.stringMatching(
          /^agreement: <fleet\/node-0>: node 0 would be replaced \(ami ami-\w+ → ami-0123456789abcdef0\), but the upgrade plan keeps it as it is; /,
        ),
        `agreement: <fleet/node-1>: node 1 would be replaced (ebs_optimized false → true), ${KEEPS}; ${TAKE_OUT}`,
        `agreement: <fleet/node-2>: node 2 would be destroyed (it is not in the synthesized stack), ${KEEPS}; ${TAKE_OUT}`,
        "agreement: aws_instance.stray: an instance without a node's tag would be created, but the upgrade plan has no such node; take it out of the stack, or synthesize and plan again",
        expect.stringContaining("budget: <fleet/node-0>, <fleet/node-1>, <fleet/node-2>: 3 nodes"),
        ...["<pop-pop1>", "<pop-pop2>", "<router/daemon>"].map(
          (service) =>
            expect.stringContaining(
              `declared: ${service}: it would not wait for all nodes`,
            ) as string,
        ),
        "foundation: <recovery/node-2>: an alarm would be destroyed (it is not in the synthesized stack), but nodes or PoPs depend on it; restore it in the stack",
        expect.stringMatching(
          /^plan: aws_instance\.stray: it would be handled by the provider aws, but no plan of this product's stacks does that; /,
        ),
        expect.stringContaining("the last healthy task of pop1, pop2 would stop"),
      ]);
    });

    it("addresses that move, and a node that becomes another's", async () => {
      const refusals = await refusalsOf((stack) => {
        stack.at("aws_instance", "fleet/node-0/")["tags"] = { "routed:node": "1" };
        const eni = stack.at("aws_network_interface", "fleet/node-1/");
        eni["security_groups"] = (eni["security_groups"] as string[]).slice(0, 1);
        stack.remove("aws_eip", "fleet/node-1/");
        stack.at("aws_network_interface", "fleet/node-2/")["private_ips"] = ["10.99.2.99"];
      });
      expect(refusals.map((refusal) => refusal.replace(/, but .*/, ""))).toEqual([
        "addresses: <fleet/node-1/address/elastic-ip>: node 1's EIP would be destroyed (it is not in the synthesized stack)",
        expect.stringMatching(
          /^addresses: <fleet\/node-1\/address>: node 1's ENI would leave the security groups sg-/,
        ),
        expect.stringMatching(
          /^addresses: <fleet\/node-2\/address\/elastic-ip>: node 2's EIP would be given other addresses or another place \(network_interface eni-\w+ → known after apply\)/,
        ),
        "addresses: <fleet/node-2/address>: node 2's ENI would be replaced (private_ips[0] 10.99.2.18 → 10.99.2.99)",
        "agreement: <fleet/node-0>: node 0's instance would no longer be tagged as node 0's",
        expect.stringContaining("agreement: <fleet/node-2>: node 2 would be replaced"),
        expect.stringContaining("budget: "),
      ]);
    });

    it("a VPC that gives its IPv6 block up", async () => {
      const refusals = await refusalsOf((stack) => {
        stack.at("aws_vpc", "cluster/network/")["assign_generated_ipv6_cidr_block"] = false;
      });
      const rules = refusals.map((refusal) => refusal.replace(/>.*/, ">"));
      for (const resource of [
        "addresses: <fleet/node-0/address>",
        "addresses: <fleet/node-1/address>",
        "addresses: <fleet/node-2/address>",
        "foundation: <cluster/network/subnet-us-east-1a>",
        "foundation: <cluster/network>",
      ]) {
        expect(rules).toContain(resource);
      }
    });

    it("PoPs that lose their service, their tasks' floor or their peers", async () => {
      const refusals = await refusalsOf((stack) => {
        stack.remove("aws_ecs_service", "pop-pop1/");
        stack.at("aws_security_group", "cluster/security-groups/bgp-1")["ingress"] = [];
        stack.at("aws_ecs_service", "pop-pop2/")["deployment_minimum_healthy_percent"] = 0;
        stack.remove("aws_vpc_security_group_egress_rule", "nodes-to-all-ipv6");
      });
      const gone = "would be destroyed (it is not in the synthesized stack)";
      const open =
        "but the config still wants it open; restore the rule in the stack, or take the block out of the config";
      expect(refusals).toEqual([
        `foundation: <cluster/security-groups/bgp-1>: pop1's way in for its BGP peer 2001:db8:1::/48 to port 20001 would be closed, ${open}`,
        `foundation: <cluster/security-groups/nodes-to-all-ipv6>: the way out to ::/0 ${gone}, ${open}`,
        `redundancy: <pop-pop1>: pop1's service ${gone}, but a PoP that is in the config keeps its tasks; restore it in the stack`,
        "redundancy: <pop-pop2>: pop2's service could stop all of its tasks at once (deployment_minimum_healthy_percent 0), but a rolling deployment must keep a task; restore it in the stack",
      ]);
    });

    it("services that are replaced with their cluster", async () => {
      const refusals = await refusalsOf((stack) => {
        stack.at("aws_ecs_cluster", "cluster/Resource")["name"] = "another";
      });
      expect(refusals.map((refusal) => refusal.replace(/ \(.*/, ""))).toEqual([
        "foundation: <cluster>: the ECS cluster would be replaced",
        "redundancy: <pop-pop1>: pop1's service would be replaced",
        "redundancy: <pop-pop2>: pop2's service would be replaced",
        "redundancy: <router/daemon>: node daemon router would be replaced",
      ]);
    });

    it("a bucket, a route, a role and the load balancer", async () => {
      const refusals = await refusalsOf((stack) => {
        stack.at("aws_s3_bucket", "buckets/snapshots/Resource")["bucket"] = "routed-another";
        stack.remove("aws_route", "ipv6-route");
        stack.at("aws_iam_role", "node-role/Resource")["name"] = "another";
        stack.at("aws_lb", "cluster/api")["internal"] = false;
      });
      const replaced = refusals.map((refusal) => refusal.replace(/ \(.*/, ""));
      for (const refusal of [
        "foundation: <cluster/buckets/snapshots>: a bucket would be replaced",
        "foundation: <cluster/network/ipv6-route>: a route would be destroyed",
        "foundation: <cluster/node-role>: an IAM role would be replaced",
        expect.stringMatching(
          /^foundation: <cluster\/api.*>: the load balancer would be replaced$/,
        ),
        expect.stringMatching(/^foundation: .*: the load balancer's listener would be replaced$/),
      ]) {
        expect(replaced).toContainEqual(refusal);
      }
    });

    it("the synthesis of another upgrade plan", async () => {
      const refusals = await refusalsOf(({ stack }) => {
        const upgrade = stack.output["upgrade"];
        if (upgrade) upgrade.value = { ...(upgrade.value as object), summary: "upgrade node 2" };
      });
      expect(refusals).toEqual([
        'plan: Terraform\'s plan carries out another upgrade plan (summary "upgrade node 2"), but the recorded one is "every node is as the config wants it"; synthesize and plan again',
      ]);
    });
  });

  it("keeps the plan that it proved, which can be applied once and is refused after", async () => {
    const amiId = await world.aws.releaseImage();
    await resynthesize();
    const plan = join(world.workspace.directory, "proved.tfplan");
    const proved = await routedVerify(["--out", plan]);
    expect(proved.stdout).toContain("proof: proved: 1 of at most 1 nodes disrupted");

    const stack = stackDirectory(world.workspace, ENVIRONMENT);
    const applied = await inWorkspace("terraform", ["apply", "-input=false", plan], {}, stack);
    expect(applied.status).toBe(0);
    const amis = (await world.slots()).map((slot) => slot.amiId === amiId);
    expect(amis).toEqual([true, false, false]);

    // The same synthesis once more: its upgrade is done, and nothing says that the node is well.
    const again = await routedVerify([]);
    expect(again.status).toBe(1);
    expect(again.output.replace(/[│\s]+/g, " ")).toMatch(
      /The environment's instances changed: node 0 is no longer i-\w+; i-\w+ is new\./,
    );
  });

  describe("routed drift", () => {
    beforeAll(async () => {
      await world.aws.releaseImage();
      await resynthesize();
    });

    function routedDrift(...options: string[]): Promise<ProcessResult> {
      const program = join(findProjectRoot(), "bin/routed.cjs");
      return inWorkspace(process.execPath, [program, "drift", ENVIRONMENT, ...options]);
    }

    /** Whichever runs longest. */
    const PENDING = expect.stringMatching(
      /^pending, and no drift: staged: upgrade node [012]; 3 waves to go$/,
    ) as string;

    it("sees none in a released AMI and nodes that are pinned to the old one", async () => {
      const { status, stdout, output } = await routedDrift();
      expect(stdout.split("\n")).toEqual([
        "proof: no drift: AWS holds what the last deploy left",
        PENDING,
        "",
      ]);
      expect({ status, output }).toMatchObject({ status: 0 });
    });

    it("sees a rule that was opened, one that was deleted, and a tag that was changed by hand", async () => {
      const resources = await stateResources(world.run());
      const group = resources.find(
        ({ type, values }) =>
          type === "aws_security_group" && String(values["name"]).endsWith("-bgp-1"),
      )?.values["id"] as string;
      const eni = resources.find(
        ({ type, values }) =>
          type === "aws_network_interface" &&
          (values["tags"] as Record<string, string>)["routed:node"] === "2",
      );
      await byHand(async (ec2) => {
        const opened = { IpProtocol: "tcp", FromPort: 22, ToPort: 22 };
        await ec2.send(
          new AuthorizeSecurityGroupIngressCommand({
            GroupId: group,
            IpPermissions: [{ ...opened, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
          }),
        );
        await ec2.send(
          new RevokeSecurityGroupIngressCommand({
            GroupId: group,
            IpPermissions: [
              {
                IpProtocol: "tcp",
                FromPort: 20001,
                ToPort: 20001,
                Ipv6Ranges: [{ CidrIpv6: "2001:db8:1::/48" }],
              },
            ],
          }),
        );
        await ec2.send(
          new CreateTagsCommand({
            Resources: [eni?.values["id"] as string],
            Tags: [{ Key: "Name", Value: "mine" }],
          }),
        );
      });

      const { status, stdout } = await routedDrift();
      const text = withPaths(stdout, pathsByAddress(readStack()));
      expect(text.split("\n")).toEqual([
        "proof: drift: 2 resources were changed outside of Terraform",
        "<fleet/node-2/address> (node 2):",
        "  tags.Name: routed-proof-node-2 → mine; the next deploy puts it back",
        "<cluster/security-groups/bgp-1>:",
        '  ingress: none → {"from_port":22,"to_port":22,"protocol":"tcp","cidr_blocks":["0.0.0.0/0"]}; the next deploy puts it back',
        '  ingress: {"from_port":20001,"to_port":20001,"protocol":"tcp","ipv6_cidr_blocks":["2001:db8:1::/48"],"description":"BGP of pop1"} → none; the next deploy puts it back',
        PENDING,
        "",
      ]);
      expect(status).toBe(2);
    });

    async function byHand(change: (ec2: EC2Client) => Promise<void>): Promise<void> {
      const variables = world.aws.environment;
      const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = variables;
      const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } =
        variables;
      const credentials = { accessKeyId, secretAccessKey };
      const ec2 = new EC2Client({ endpoint, region, credentials });
      try {
        await change(ec2);
      } finally {
        ec2.destroy();
      }
    }
  });
});

/** Edits a synthesized stack by constructs' paths, never by Terraform's hashed names. */
class StackEditor {
  constructor(readonly stack: Stack) {}

  /** Takes away what Terraform itself keeps (pins.test.ts); what an EIP was asked to be means nothing once it is there. */
  unpin(): void {
    for (const [type, named] of Object.entries(this.stack.resource)) {
      for (const { lifecycle } of Object.values(named) as {
        lifecycle?: Record<string, unknown>;
      }[]) {
        delete lifecycle?.["prevent_destroy"];
        if (type === "aws_instance") delete lifecycle?.["ignore_changes"];
      }
    }
  }

  at(type: string, path: string): Resource {
    return this.find(type, path).resource;
  }

  /** Takes a resource out, and what depends on it by `depends_on`, a local value or an output. */
  remove(type: string, path: string): void {
    const { name } = this.find(type, path);
    const resources = this.stack.resource[type] ?? {};
    delete resources[name];
    const address = `${type}.${name}`;
    const imports = this.stack.import;
    imports.splice(0, Infinity, ...imports.filter(({ to }) => to !== address));
    for (const resource of Object.values(this.stack.resource).flatMap(Object.values)) {
      const dependsOn = (resource as Resource)["depends_on"] as string[] | undefined;
      if (!dependsOn) continue;
      (resource as Resource)["depends_on"] = dependsOn.filter((other) => other !== address);
    }
    for (const [local, values] of Object.entries(this.stack.locals)) {
      this.stack.locals[local] = values.filter((value) => value !== `\${${address}.id}`);
    }
    const nodes = this.stack.output["nodes"];
    if (nodes) nodes.value = {};
  }

  add(type: string, name: string, resource: Record<string, unknown>): void {
    const resources = this.stack.resource[type] ?? {};
    resources[name] = { ...resource, "//": { metadata: { path: name } } };
  }

  referenceTo(type: string, path: string, attribute: string): string {
    return `\${${type}.${this.find(type, path).name}.${attribute}}`;
  }

  private find(type: string, path: string): { readonly name: string; readonly resource: Resource } {
    for (const [name, resource] of Object.entries(this.stack.resource[type] ?? {})) {
      if (resource["//"].metadata.path.includes(path)) return { name, resource };
    }
    throw new Error(`the stack has no ${type} at ${path}`);
  }
}

/** Terraform's address → the construct's path in the stack, without the primary resource's id. */
function pathsByAddress(stack: Stack): Map<string, string> {
  return new Map(
    Object.entries(stack.resource).flatMap(([type, resources]) =>
      Object.entries(resources).map(([name, resource]) => [
        `${type}.${name}`,
        resource["//"].metadata.path.replace(`${ENVIRONMENT}/`, "").replace(/\/Resource$/, ""),
      ]),
    ),
  );
}

function withPaths(message: string, paths: ReadonlyMap<string, string>): string {
  return message.replace(/\baws_\w+\.[\w-]+/g, (address) => {
    const path = paths.get(address);
    return path === undefined ? address : `<${path}>`;
  });
}
