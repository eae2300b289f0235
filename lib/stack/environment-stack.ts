import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { AutopilotSite, Environment } from "../config/environment";
import { MAX_SITE_ID } from "../config/limits";
import type { Daemon } from "../config/environment-file.generated";
import { clusterName, permissionsBoundaryArn, popPorts } from "../config/naming";
import { daemonsThatRunOn, keptCpuUnits } from "../config/node-daemons";
import { AddressRecord } from "../constructs/address-record";
import { NodeDaemon } from "../constructs/node/node-daemon";
import { FleetAlarms } from "../constructs/fleet-alarms";
import { NodeRecovery } from "../constructs/node/node-recovery";
import { NodeRouter } from "../constructs/node/node-router";
import { PopTask } from "../constructs/pop/pop-task";
import type { PopTaskProps } from "../constructs/pop/pop-task";
import type { RoutedTaskProps } from "../constructs/pop/routed-task-definition";
import { RoutedCluster } from "../constructs/routed-cluster";
import { SharedTaskDefinition } from "../constructs/pop/shared-task-definition";
import { StaticNodeFleet } from "../constructs/node/static-node-fleet";
import { desiredImages } from "../plan/desired/desired-images";
import type { DesiredImages, TaskSettings } from "../plan/desired/desired-images";
import type { PopPlacement } from "../plan/placement-plan";
import { emptySlots, plannedNodes } from "../plan/upgrade-plan";
import type { PlannedNode, UpgradePlan } from "../plan/upgrade-plan";
import { addBackend } from "./backend";
import { addressImports } from "./address-imports";
import { addProviders } from "./providers";
import { literal } from "./literal";
import { imageProps, placeProps } from "./planned-pop";
import type { PlannedPop } from "./planned-pop";
import { upgradeOutput } from "./upgrade-output";
import { stagesImages } from "../config/settings";
import { containerOf } from "./daemon-container";

/** A slot in the stack's output `nodes`. */
export interface NodeOutput {
  /** Public: the EIP. */
  readonly ipv4: string;
  readonly ipv6: string;
  readonly private_ipv4: string;
  readonly availability_zone: string;
}

/** What the tasks of PoPs that share a definition are made from. */
type PopDefinition = RoutedTaskProps & Pick<PopTaskProps, "taskDefinition">;

/** The same for all PoPs where canaries have no image of their own. */
interface PopDefinitions {
  readonly canaries: PopDefinition;
  readonly others: PopDefinition;
}

export interface EnvironmentStackOptions {
  /**
   * Whether it is synthesized to be destroyed: Terraform then keeps nothing, and nothing but a destroy
   * may be done with it.
   * @default false
   */
  readonly destroying?: boolean;
}

/** What the image has for it, once the config says so. */
const API_HEALTH_CHECK = ["CMD", "api-healthcheck"];

/** Where a task's API tells that it can be used. */
const API_HEALTH_PATH = "/healthz";

/** All images that the environment's tasks are started from. */
function imagesOf({ network, routed }: Environment): string[] {
  return [
    routed.image,
    ...(routed.canaryImage === undefined ? [] : [routed.canaryImage]),
    routed.initImage,
    network.routerImage,
    ...routed.daemons.map(({ image }) => image),
  ];
}

/**
 * One environment as a Terraform stack of the environment's name: what the config says, with the
 * nodes that the upgrade plan decided on. It maps and decides nothing.
 */
export class EnvironmentStack extends TerraformStack {
  readonly cluster: RoutedCluster;
  readonly fleet: StaticNodeFleet;
  /** Literal, as all that this stack passes on. */
  private readonly environment: Environment;
  private readonly definitions: PopDefinitions;
  /** Whether Terraform refuses to destroy what outlives every deploy. */
  private readonly pinned: boolean;

  constructor(
    scope: Construct,
    config: Environment,
    decided: UpgradePlan,
    { destroying = false }: EnvironmentStackOptions = {},
  ) {
    super(scope, config.name);
    this.pinned = !destroying;
    addBackend(this, config);
    const environment = literal(config);
    const plan = literal(decided);
    this.environment = environment;
    const instanceProvider = addProviders(this, environment);
    const nodes = plannedNodes(plan);
    this.cluster = this.addCluster([...nodes, ...emptySlots(plan)]);
    this.fleet = this.addFleet(nodes, plan, instanceProvider);
    new AddressRecord(this, "address-record", {
      bucket: this.cluster.snapshotBucket,
      environment: environment.name,
      nodes: this.fleet.nodes,
      known: plan.addresses ?? [],
      protect: environment.fleet.protectAddresses,
    });
    const places = new Map(plan.placement?.pops.map((place) => [place.pop, place]));
    this.addRouter(places);
    for (const daemon of daemonsThatRunOn("node", environment.routed.daemons)) {
      this.addDaemon(daemon);
    }
    // Their digests are of the config as it is, which the planner compares them with.
    this.definitions = this.addPopDefinitions(literal(desiredImages(config)));
    const images = new Map(plan.images?.pops.map((image) => [image.pop, image]));
    for (const site of environment.autopilotSites) {
      this.addPop(site, {
        ...placeProps(environment, places.get(site.name)),
        keepsPlacement: plan.placement?.known === false,
        ...imageProps(images.get(site.name)),
        keepsTaskDefinition: plan.images?.known === false,
      });
    }
    if (environment.fleet.autoRecovery) this.addRecovery(nodes);
    if (environment.alarms.enabled) this.addAlarms();
    this.addOutputs(plan);
    if (destroying) this.allowNothingButDestroy();
    else this.addImports(plan);
  }

  /**
   * CDKTF resolves a whole stack once before it synthesizes it, only to find references to other
   * stacks. Environments are independent, so that would double the work for nothing.
   */
  override prepareStack(): void {
    this.ensureBackendExists();
  }

  /** In a destroy, Terraform makes a warning of it. */
  private allowNothingButDestroy(): void {
    this.cluster.cluster.addOverride("lifecycle.precondition", [
      {
        // Never so, and it must refer to something.
        condition: '${terraform.workspace == ""}',
        error_message:
          "This was synthesized to be destroyed (ROUTED_DESTROY), so it can't be deployed. " +
          "Unset ROUTED_DESTROY and synthesize again.",
      },
    ]);
  }

  /**
   * Not by the constructs' own `importFrom`, which asks the terraform binary for its version whenever
   * it is synthesized.
   */
  private addImports({ addresses = [] }: UpgradePlan): void {
    const imports = addressImports(this.fleet.nodes, addresses);
    if (imports.length > 0) this.addOverride("import", imports);
  }

  private addCluster(nodes: readonly Pick<PlannedNode, "availabilityZone">[]): RoutedCluster {
    const { aws, fleet, name, network, routed } = this.environment;
    // A node stays in the zone it was born in, also when the config drops that zone.
    const zones = [...aws.availabilityZones, ...nodes.map((node) => node.availabilityZone)];
    const portRange = (base: number) => ({ from: base + 1, to: base + MAX_SITE_ID });
    return new RoutedCluster(this, "cluster", {
      name: clusterName(name),
      accountId: aws.accountId,
      region: aws.region,
      vpcCidr: network.vpcCidr,
      availabilityZones: [...new Set(zones)],
      apiClientCidrs: network.apiClientCidrs,
      apiPorts: portRange(routed.ports.apiBase),
      prometheusCidrs: network.prometheusCidrs,
      metricsPorts: portRange(routed.ports.metricsBase),
      bgpSecurityGroups: network.bgpSecurityGroups,
      apiCertificateArn: network.apiCertificateArn,
      images: imagesOf(this.environment),
      permissionsBoundaryArn: permissionsBoundaryArn(this.environment),
      logRetentionDays: routed.logRetentionDays,
      protect: fleet.protectAddresses,
      pinned: this.pinned,
    });
  }

  private addFleet(
    nodes: readonly PlannedNode[],
    plan: UpgradePlan,
    instanceProvider: AwsProvider,
  ): StaticNodeFleet {
    return new StaticNodeFleet(this, "fleet", {
      name: clusterName(this.environment.name),
      environment: this.environment.name,
      nodes: [...nodes, ...emptySlots(plan)].map((node) => ({
        ...node,
        ...(this.pinned ? {} : { kept: false, going: false }),
        publicIpv4: publicIpv4Of(plan, node.slot),
      })),
      subnets: this.cluster.subnets,
      securityGroups: this.cluster.nodeSecurityGroups,
      instanceProfile: this.cluster.nodeInstanceProfile,
      protectAddresses: this.pinned,
      bootDependencies: this.cluster.bootDependencies,
      observed: plan.observed,
      instanceProvider,
    });
  }

  private addRouter(places: ReadonlyMap<string, PopPlacement>): void {
    const { aws, autopilotSites, name, network, routed } = this.environment;
    new NodeRouter(this, "router", {
      name: clusterName(name),
      region: aws.region,
      cluster: this.cluster.cluster,
      logGroup: this.cluster.logGroup,
      executionRole: this.cluster.executionRole,
      targetGroup: this.cluster.routerTargetGroup,
      listener: this.cluster.apiListener,
      image: network.routerImage,
      pops: autopilotSites.map((site) => ({
        name: site.name,
        apiPort: popPorts(routed.ports, site.id).api,
        slots: places.get(site.name)?.slots ?? undefined,
      })),
      nodes: [...this.fleet.nodes].map(([slot, { address }]) => ({
        slot,
        privateIpv4: address.privateIpv4,
      })),
      healthPath: API_HEALTH_PATH,
      changedAfter: [this.fleet.launched],
    });
  }

  private addDaemon(daemon: Daemon): void {
    const { aws, name, network } = this.environment;
    const { metricsPort } = daemon;
    new NodeDaemon(this, `daemon-${daemon.name}`, {
      name: clusterName(name),
      daemon: daemon.name,
      ...containerOf(daemon),
      region: aws.region,
      cluster: this.cluster.cluster,
      logGroup: this.cluster.logGroup,
      executionRole: this.cluster.executionRole,
      ports: daemon.ports,
      ...(metricsPort === undefined
        ? {}
        : {
            metrics: {
              port: metricsPort,
              cidrs: network.prometheusCidrs,
              securityGroup: this.cluster.nodeSecurityGroup,
            },
          }),
      hostPaths: daemon.hostPaths,
      needed: daemon.needed,
      changedAfter: [this.fleet.launched],
    });
  }

  /** What all routed tasks have in common. */
  private taskProps({ image, settings }: TaskSettings): RoutedTaskProps {
    const { aws, name, routed } = this.environment;
    return {
      name: clusterName(name),
      environment: name,
      region: aws.region,
      snapshotBucket: this.cluster.snapshotBucket,
      logGroup: this.cluster.logGroup,
      taskRole: this.cluster.taskRole,
      executionRole: this.cluster.executionRole,
      image,
      ...(stagesImages(this.environment) ? { settings } : {}),
      cpuUnits: routed.cpuUnits,
      memoryMiB: routed.memoryMiB,
      stateRebuildMinutes: routed.stateRebuildMinutes,
      ...(routed.apiHealthCheck ? { apiHealthCheckCommand: API_HEALTH_CHECK } : {}),
      daemons: daemonsThatRunOn("task", routed.daemons).map((daemon) => ({
        name: daemon.name,
        ...containerOf(daemon),
        dependsOn: daemon.dependsOn,
        startsBefore: daemon.startsBefore,
      })),
    };
  }

  private addPopDefinitions(wanted: DesiredImages): PopDefinitions {
    const { environment } = this;
    const { routed } = environment;
    const define = (id: string, settings: TaskSettings, label?: string): PopDefinition => {
      const props = this.taskProps(settings);
      const { taskDefinition } = new SharedTaskDefinition(this, id, {
        ...props,
        ...(label === undefined ? {} : { label }),
        // Site 0 is none.
        portBases: popPorts(routed.ports, 0),
        initImage: routed.initImage,
        cpuIsolation: routed.cpuIsolation,
        reservedCpuUnits: keptCpuUnits(environment),
      });
      return { ...props, taskDefinition };
    };
    const others = define("task-definition", wanted.others);
    const canaries =
      routed.canaryImage === undefined
        ? others
        : define("canary-task-definition", wanted.canary, "canaries");
    return { canaries, others };
  }

  private addPop(site: AutopilotSite, planned: PlannedPop): void {
    const { routed } = this.environment;
    const { canaries, others } = this.definitions;
    new PopTask(this, `pop-${site.name}`, {
      ...(routed.canaries?.includes(site.name) ? canaries : others),
      pop: site.name,
      siteId: site.id,
      ports: popPorts(routed.ports, site.id),
      bgpPeers: site.bgpPeers,
      bgpSecurityGroup: this.cluster.bgpSecurityGroup(site.id),
      cluster: this.cluster.cluster,
      ...planned,
      changedAfter: [this.fleet.launched],
    });
  }

  private addRecovery(nodes: readonly PlannedNode[]): void {
    const { aws, name } = this.environment;
    new NodeRecovery(this, "recovery", {
      name: clusterName(name),
      region: aws.region,
      nodes: nodes.flatMap(({ slot, spec }) => {
        const node = this.fleet.nodes.get(slot);
        if (node?.instance === undefined) return [];
        return [{ slot, instance: node.instance, instanceType: spec.instanceType }];
      }),
    });
  }

  private addAlarms(): void {
    const { alarms, name } = this.environment;
    const { topicArn } = new FleetAlarms(this, "alarms", {
      name: clusterName(name),
      nodes: this.fleet.nodes,
      loadBalancer: this.cluster.apiLoadBalancer,
      targetGroup: this.cluster.routerTargetGroup,
      cluster: this.cluster.cluster,
      api5xxPercent: alarms.api5xxPercent,
      topicArn: alarms.topicArn,
    });
    new TerraformOutput(this, "alarm_topic", {
      description: "ARN of the SNS topic that alarms tell; subscribe to it who is on call.",
      value: topicArn,
    });
  }

  private addOutputs(plan: UpgradePlan): void {
    const nodes: Record<string, NodeOutput> = {};
    for (const [slot, { address, availabilityZone }] of this.fleet.nodes) {
      nodes[String(slot)] = {
        ipv4: address.elasticIp.publicIp,
        ipv6: address.ipv6,
        private_ipv4: address.privateIpv4,
        availability_zone: availabilityZone,
      };
    }
    new TerraformOutput(this, "nodes", {
      description: "By slot: the node's addresses and zone.",
      value: nodes,
    });
    new TerraformOutput(this, "api_load_balancer", {
      description: "DNS name of the API's load balancer.",
      value: this.cluster.apiLoadBalancer.dnsName,
    });
    new TerraformOutput(this, "snapshot_bucket", {
      description: "Where tasks keep snapshots of their routing state.",
      value: this.cluster.snapshotBucket.bucket,
    });
    new TerraformOutput(this, "upgrade", {
      description: "What this deploy changes, and how many waves remain.",
      value: upgradeOutput(plan),
    });
  }
}

function publicIpv4Of({ addresses = [] }: UpgradePlan, slot: number): string | undefined {
  return addresses.find((address) => address.slot === slot)?.publicIpv4;
}
