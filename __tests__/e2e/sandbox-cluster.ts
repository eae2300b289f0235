import {
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import type { CreateServiceCommandInput, DesiredStatus, Service, Task } from "@aws-sdk/client-ecs";
import { renderUserData } from "../../lib/plan/desired/user-data";
import type { OperatingSystem, SandboxContainerInstance, SandboxTask } from "../../sandbox/control";
import type { LocalAws } from "../../sandbox/local-aws";

const REGION = "us-east-1";

/** Fast enough for tests, slow enough to look in between. */
export const FAST = { bootSeconds: 0.2, rebuildSeconds: 0.5, stopSeconds: 0.1 } as const;
/** What a local AWS starts with. */
export const AGENT_DEFAULTS = {
  bootSeconds: 1,
  pullSeconds: 0,
  rebuildSeconds: 2,
  stopSeconds: 0.5,
  deregisterSeconds: 1,
  unhealthySeconds: null,
  ghosts: "never",
  stoppedHosts: "last-heard",
  taskHealth: "documented",
  daemonCircuitBreaker: false,
} as const;

export interface LaunchOptions {
  /** Such as `b`. @default by slot: a, b, c, a, … */
  readonly zone?: string;
  readonly os?: OperatingSystem;
  /** @default t3.xlarge: 4,096 CPU units and 15,739 MiB */
  readonly instanceType?: string;
  /** @default what the product gives a node of this slot */
  readonly userData?: string;
  readonly imageId?: string;
}

export interface DefinitionOptions {
  readonly family?: string;
  readonly healthCheck?: boolean;
  readonly memory?: string;
  readonly port?: number;
}

/** A cluster `c` with nodes and services, in an account of its own, without Terraform. */
export class SandboxCluster {
  readonly ec2: EC2Client;
  readonly ecs: ECSClient;
  private readonly subnets = new Map<string, string>();
  private vpcId = "";

  private constructor(
    readonly aws: LocalAws,
    /** The account's id, and the nodes' environment. */
    readonly name: string,
  ) {
    const config = {
      region: REGION,
      endpoint: aws.endpoint,
      credentials: { accessKeyId: name, secretAccessKey: "local" },
      maxAttempts: 1,
    };
    this.ec2 = new EC2Client(config);
    this.ecs = new ECSClient(config);
  }

  static async create(
    aws: LocalAws,
    { withCluster = true }: { readonly withCluster?: boolean } = {},
  ): Promise<SandboxCluster> {
    accounts += 1;
    const created = new SandboxCluster(aws, String(100_000_000_000 + accounts));
    const vpc = await created.ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    created.vpcId = vpc.Vpc?.VpcId ?? "";
    if (withCluster) await created.createCluster();
    return created;
  }

  async createCluster(): Promise<void> {
    await this.ecs.send(new CreateClusterCommand({ clusterName: "c" }));
  }

  /** Launches a node and returns its instance's id. */
  async launch(slot: number, options: LaunchOptions = {}): Promise<string> {
    const { os = "al2023", instanceType = "t3.xlarge" } = options;
    const zone = options.zone ?? ["a", "b", "c"][slot % 3] ?? "a";
    const images = await this.aws.images();
    const image = images.find((each) => each.os === os && each.architecture === "x86_64");
    const userData =
      options.userData ??
      renderUserData({
        os,
        clusterName: "c",
        slot,
        availabilityZone: REGION + zone,
        instanceType,
        rootVolumeGiB: 30,
        ecsAgentSettings: {},
      });
    const { Instances } = await this.ec2.send(
      new RunInstancesCommand({
        MinCount: 1,
        MaxCount: 1,
        ImageId: options.imageId ?? image?.imageId,
        InstanceType: instanceType as "t3.xlarge",
        SubnetId: await this.subnet(zone),
        UserData: Buffer.from(userData).toString("base64"),
        TagSpecifications: [
          {
            ResourceType: "instance",
            Tags: [
              { Key: "routed:environment", Value: this.name },
              { Key: "routed:node", Value: String(slot) },
            ],
          },
        ],
      }),
    );
    return Instances?.[0]?.InstanceId ?? "";
  }

  /** Launches nodes in slots 0, 1, …; their instances' ids. */
  async launchAll(count: number): Promise<string[]> {
    const launched: string[] = [];
    for (let slot = 0; slot < count; slot += 1) launched.push(await this.launch(slot));
    return launched;
  }

  async terminate(instanceId: string): Promise<void> {
    await this.ec2.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
  }

  /** Registers a revision in the shape of a routed task and returns its ARN. */
  async define(options: DefinitionOptions = {}): Promise<string> {
    const { family = "routed", healthCheck = true, memory = "1024", port = 9000 } = options;
    const mapping = (hostPort: number) => ({ containerPort: hostPort, hostPort });
    const { taskDefinition } = await this.ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        networkMode: "host",
        cpu: "512",
        memory,
        containerDefinitions: [
          {
            name: "bird",
            image: "routed",
            portMappings: [mapping(port)],
            ...(healthCheck ? { healthCheck: { command: ["CMD", "healthcheck"] } } : {}),
          },
          { name: "api", image: "routed", portMappings: [mapping(port + 1)] },
        ],
      }),
    );
    return taskDefinition?.taskDefinitionArn ?? "";
  }

  /** A daemon service like a PoP's, unless told otherwise. */
  async createService(
    input: Partial<CreateServiceCommandInput> & { readonly taskDefinition: string },
  ): Promise<void> {
    const replica = input.desiredCount !== undefined;
    await this.ecs.send(
      new CreateServiceCommand({
        cluster: "c",
        serviceName: "pop1",
        launchType: "EC2",
        schedulingStrategy: replica ? "REPLICA" : "DAEMON",
        availabilityZoneRebalancing: "DISABLED",
        deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 },
        ...(replica ? { placementConstraints: [{ type: "distinctInstance" }] } : {}),
        ...input,
      }),
    );
  }

  async service(name = "pop1"): Promise<Service> {
    const input = { cluster: "c", services: [name] };
    const [service] = (await this.ecs.send(new DescribeServicesCommand(input))).services ?? [];
    if (service === undefined) throw new Error(`no service ${name}`);
    return service;
  }

  async describeTasks(desiredStatus?: DesiredStatus, serviceName = "pop1"): Promise<Task[]> {
    const listed = await this.ecs.send(
      new ListTasksCommand({ cluster: "c", serviceName, desiredStatus }),
    );
    if (listed.taskArns?.length === 0) return [];
    const input = { cluster: "c", tasks: listed.taskArns, include: ["TAGS" as const] };
    return (await this.ecs.send(new DescribeTasksCommand(input))).tasks ?? [];
  }

  /** This account's tasks that aren't stopped, by slot. */
  async tasks(): Promise<SandboxTask[]> {
    return this.bySlot(await this.aws.tasks());
  }

  /** This account's container instances, by slot. */
  async containerInstances(): Promise<SandboxContainerInstance[]> {
    return this.bySlot(await this.aws.containerInstances());
  }

  waitUntilHealthy() {
    return this.aws.waitUntilHealthy(this.name, { timeoutMs: 15_000 });
  }

  /** A target group behind a load balancer's listener. */
  async createTargetGroup(port: number): Promise<string> {
    const arnIn = (answer: string, element: string) =>
      new RegExp(`<${element}>(.*?)</${element}>`).exec(answer)?.[1] ?? "";
    const made = await this.callLoadBalancing("CreateTargetGroup", {
      Name: "pop1",
      Protocol: "HTTP",
      Port: String(port),
      VpcId: this.vpcId,
    });
    const targetGroupArn = arnIn(made, "TargetGroupArn");
    const balancer = await this.callLoadBalancing("CreateLoadBalancer", {
      Name: "api",
      Scheme: "internal",
      "Subnets.member.1": await this.subnet("a"),
      "Subnets.member.2": await this.subnet("b"),
    });
    await this.callLoadBalancing("CreateListener", {
      LoadBalancerArn: arnIn(balancer, "LoadBalancerArn"),
      Protocol: "HTTP",
      Port: "80",
      "DefaultActions.member.1.Type": "forward",
      "DefaultActions.member.1.TargetGroupArn": targetGroupArn,
    });
    return targetGroupArn;
  }

  /** Such as `i-1:9001 healthy`, sorted. */
  async targetHealth(targetGroupArn: string): Promise<string[]> {
    const answer = await this.callLoadBalancing("DescribeTargetHealth", {
      TargetGroupArn: targetGroupArn,
    });
    const value = (text: string, name: string) =>
      new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1] ?? "";
    return [...answer.matchAll(/<member>(.*?)<\/member>/gs)]
      .map(([, text = ""]) => `${value(text, "Id")}:${value(text, "Port")} ${value(text, "State")}`)
      .sort();
  }

  /** The project has no client of this service; its API takes a form. */
  private async callLoadBalancing(action: string, parameters: Record<string, string>) {
    const scope = `${this.name}/20260101/${REGION}/elasticloadbalancing/aws4_request`;
    const response = await fetch(this.aws.endpoint, {
      method: "POST",
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host` },
      body: new URLSearchParams({ Action: action, Version: "2015-12-01", ...parameters }),
    });
    return response.text();
  }

  private bySlot<T extends SandboxTask | SandboxContainerInstance>(all: readonly T[]): T[] {
    const mine = all.filter((each) => each.environment === this.name);
    return mine.sort((a, b) => (a.slot ?? 0) - (b.slot ?? 0));
  }

  private async subnet(zone: string): Promise<string> {
    const known = this.subnets.get(zone);
    if (known !== undefined) return known;
    const { Subnet } = await this.ec2.send(
      new CreateSubnetCommand({
        VpcId: this.vpcId,
        CidrBlock: `10.0.${zone.charCodeAt(0)}.0/24`,
        AvailabilityZone: REGION + zone,
      }),
    );
    const id = Subnet?.SubnetId ?? "";
    this.subnets.set(zone, id);
    return id;
  }
}

let accounts = 0;

/** Looks again until what it finds is as wanted; fails with the last look otherwise. */
export async function eventually<T>(
  look: () => Promise<T>,
  wanted: (found: T) => boolean,
  timeoutMs = 10_000,
): Promise<T> {
  for (const end = Date.now() + timeoutMs; ;) {
    const found = await look();
    if (wanted(found)) return found;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(found, undefined, 2)}`);
    await pause(50);
  }
}

/** Real time has to pass where something must not happen. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The name of the error that a call ends with. */
export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "no error",
    (error: Error) => error.name,
  );
}
