// Generated from config/environment.schema.json by `npm run generate`. Do not edit.

/**
 * One environment: one Terraform stack of the file's name, in one AWS account and region.
 */
export interface EnvironmentFile {
  /**
   * For editors; ignored: `./environment.schema.json`, or `./shared.schema.json`, which requires nothing, where the file extends another one.
   */
  $schema?: string;
  /**
   * A file of values that environments share, in the folder `shared` beside them: of all keys but autopilotSites and retiredSiteIds, and it may extend another one. The environment's own values come first: objects are merged key by key, anything else (lists too) is replaced.
   */
  extends?: string;
  /**
   * Where the environment lives.
   */
  aws: {
    /**
     * The AWS account's id, 12 digits. Credentials of another account are refused.
     */
    accountId: string;
    /**
     * The AWS region, e.g. us-east-2.
     */
    region: string;
    /**
     * The zones that new nodes are spread over, at least two, since a load balancer needs two; their order has no meaning. A node's slot keeps the zone it was born in, also when that zone is taken off this list.
     */
    availabilityZones: string[];
    /**
     * Whether the roles of nodes and tasks are bounded by the managed policy routed-<name>-boundary, which must be there: `npx cdktf deploy` of the bootstrap makes it, or `aws iam create-policy` of iam/boundary.json (docs/iam.md). The deploying policies make no role without it, and no deploy takes it off. Changing it restarts nothing.
     */
    permissionsBoundary: boolean;
  };
  /**
   * Where Terraform keeps the environment's state.
   */
  backend: CloudBackend | S3Backend | LocalBackend;
  /**
   * Addresses of the environment and who may reach it.
   */
  network: {
    /**
     * The VPC's IPv4 block: private, /16 to /20, apart from the blocks of all other environments; each zone's subnet is a sixteenth of it. Fixed for the environment's life.
     */
    vpcCidr: string;
    /**
     * IPv4 and IPv6 blocks whose clients may call the routed API through the load balancer.
     */
    apiClientCidrs: string[];
    /**
     * IPv4 and IPv6 blocks that Prometheus scrapes the tasks from.
     */
    prometheusCidrs: string[];
    /**
     * Over how many security groups the PoPs' BGP rules are spread, by site id modulo this. Each takes the rules of 60 IPv4 and 60 IPv6 bgpPeers. With the nodes' own there is one more on each ENI: AWS allows 5 unless the account's quota is raised, and at most 16. Choose it for the environment's life: a change moves PoPs' rules to other groups, and shuts their peers out for a moment.
     */
    bgpSecurityGroups: number;
    /**
     * The router's image, with its tag or digest: HAProxy 2.6 or later with a POSIX shell, awk and wget. It runs on each node behind the load balancer, and sends `<pop>.…` to the PoP's healthy task on its own node, else to another node's (docs/api-routing.md).
     */
    routerImage: string;
    /**
     * ACM certificate of the API's load balancer, in the environment's account and region. With it the API is HTTPS on port 443, without it HTTP on port 80.
     */
    apiCertificateArn?: string;
  };
  /**
   * The nodes.
   */
  fleet: {
    /**
     * How many nodes there are: slots 0 to nodes-1. At least tasksPerPop, and at least two: a single node could never be upgraded without taking all PoPs down.
     */
    nodes: number;
    /**
     * The EC2 instance type. A change replaces the nodes, one wave at a time.
     */
    instanceType: string;
    /**
     * The AMI. A change replaces the nodes, one wave at a time.
     */
    image: {
      /**
       * The operating system.
       */
      os: "al2023" | "bottlerocket";
      /**
       * The processor architecture; the instance type must be of the same.
       */
      architecture: "x86_64" | "arm64";
      /**
       * `latest` (the OS's public SSM parameter, resolved before synthesis) or an AMI id.
       */
      amiId: string;
    };
    /**
     * Size in GiB of the volume that a node's containers, images and logs live on: the root volume of al2023, the data volume of Bottlerocket (whose own volume is small and fixed). A change replaces the nodes, one wave at a time.
     */
    rootVolumeGiB: number;
    /**
     * Further settings of the ECS agent, as environment variables of it; on Bottlerocket only those that it has a setting for. ECS_CLUSTER and ECS_INSTANCE_ATTRIBUTES are the fleet's own; of the 100 ports that a node has to reserve, ECS_RESERVED_PORTS and ECS_RESERVED_PORTS_UDP leave the router its one. A change replaces the nodes, one wave at a time.
     */
    ecsAgentSettings: {
      [k: string]: string;
    };
    /**
     * How many nodes may be unavailable at once because of a deploy; at most nodes - 1.
     */
    maxUnavailableNodes: number;
    /**
     * How many spares there are: slots from 200 on, each with its addresses for ever and an instance only while it is needed. An upgrade fills one first, with the new spec; no PoP then has fewer tasks than there are nodes, and a spec that doesn't work costs no node. As many nodes go at once as spares are filled, at most maxUnavailableNodes. Not with cells, nor with the placement spread.
     */
    spareNodes: number;
    /**
     * Slots that are left alone: not created, not upgraded, not removed; each below nodes, or a spare's. A node's without an instance uses the budget for node changes; a spare's is neither filled nor parked, and nodes don't wait for it.
     */
    frozenNodes: number[];
    /**
     * Cells, each of which serves its own PoPs: one task of the PoP on every node of its cell. Only with placement `daemon`. Without it the whole fleet is one cell. To add a cell, raise nodes and give the new cell the new slots; no node is replaced, and PoPs move to it one step at a time. See docs/cells.md.
     */
    cells?: Cell[];
    /**
     * CPU units (1024 = one vCPU) of each node that tasks of PoPs may not count on: the system and the ECS agent. What the router and routed.daemons take comes on top. It only bounds what is planned; it limits nothing on the node.
     */
    reservedCpuUnits: number;
    /**
     * The same for memory, in MiB, on top of what the kernel keeps (400 MiB and 1.5% of all).
     */
    reservedMemoryMiB: number;
    /**
     * Whether each node has a CloudWatch alarm that lets EC2 move it to other hardware when its own fails, with all its addresses (docs/recovery.md). Types that EC2 can't recover have none. A change restarts nothing.
     */
    autoRecovery: boolean;
    /**
     * Whether S3 refuses to delete the environment's buckets while something is in them, and AWS its load balancer. An environment is destroyed only after a deploy with false, by ROUTED_DESTROY; its addresses are kept by Terraform either way. False only where environments come and go.
     */
    protectAddresses: boolean;
  };
  /**
   * The routed tasks, alike for all PoPs.
   */
  routed: {
    /**
     * The container image, with its tag or digest; not `latest`, which would change under running nodes.
     */
    image: string;
    /**
     * Hard CPU limit of a task, in CPU units (1024 = one vCPU).
     */
    cpuUnits: number;
    /**
     * Hard memory limit of a task, in MiB.
     */
    memoryMiB: number;
    /**
     * How tasks on a node are kept from each other's CPU. `quota`: each may use so much CPU time, on any core. `cpuset`: besides, each PoP's tasks run on cores of their own, chosen on the node, NUMA-wise, of those that fleet.reservedCpuUnits doesn't keep; only with whole vCPUs. Changing it starts new tasks, half of a PoP's at a time; docs/cpu-isolation.md says when to choose which.
     */
    cpuIsolation: "quota" | "cpuset";
    /**
     * How long a task may take to rebuild its state after a start, in minutes, before it counts as unhealthy. ECS health checks tolerate at most 55 minutes; 40 leaves a margin.
     */
    stateRebuildMinutes: number;
    /**
     * Whether ECS checks the health of the container `api`, too, by the command `api-healthcheck` of the image, which must have it (docs/task-definitions.md). Roll such an image first. Changing it starts new tasks, PoP by PoP as a new image does (docs/images.md).
     */
    apiHealthCheck: boolean;
    /**
     * How many days CloudWatch keeps the tasks' logs. Fewer than before removes the older ones. Changing it restarts nothing.
     */
    logRetentionDays:
      | 30
      | 60
      | 90
      | 120
      | 150
      | 180
      | 365
      | 400
      | 545
      | 731
      | 1096
      | 1827
      | 2192
      | 2557
      | 2922
      | 3288
      | 3653;
    /**
     * Tasks of each PoP. With placement `daemon` the least that must stay possible; with `spread` at least 2, since one task can't be replaced without an outage.
     */
    tasksPerPop: number;
    /**
     * `daemon`: one task of each PoP on every node. `spread`: tasksPerPop tasks on distinct nodes, spread over zones.
     */
    placement: "daemon" | "spread";
    /**
     * The image of the init container by which each task learns its PoP, with its tag or digest: a POSIX shell with BusyBox's tools.
     */
    initImage: string;
    /**
     * PoPs whose tasks are replaced first when an image or a limit changes: no other PoP's are until each canary is healthy with it (docs/images.md). Left out, all PoPs change at once, or in batches of popsPerWave.
     */
    canaries?: string[];
    /**
     * The canaries' container image, while the other PoPs stay with image. Left out, canaries run image as well, and get it first.
     */
    canaryImage?: string;
    /**
     * The most PoPs whose tasks one wave replaces when an image or a limit changes. Left out, all canaries make one wave, and all others the next; without canaries all change at once.
     */
    popsPerWave?: number;
    /**
     * A PoP's ports are these bases plus its site's id. The three ranges (base+1 to base+999) may not overlap each other, the ports that ECS and Docker reserve, the ports below 1024, or Linux's ephemeral ports (32768 and up).
     */
    ports: {
      /**
       * Base of the BGP ports.
       */
      bgpBase: number;
      /**
       * Base of the API ports.
       */
      apiBase: number;
      /**
       * Base of the metrics ports.
       */
      metricsBase: number;
    };
    /**
     * Helpers beside the PoPs' tasks (node exporter, log shipper, …): on each node, or in each task. See docs/node-daemons.md.
     */
    daemons: Daemon[];
  };
  /**
   * What `routed export` writes for Prometheus, Flux, Grafana and cloudwatch_exporter. It changes nothing in AWS.
   */
  export: {
    /**
     * The Flux HelmRelease of the environment's Prometheus.
     */
    helmRelease: {
      /**
       * The Kubernetes namespace that it is in.
       */
      namespace: string;
      /**
       * The chart's name in its source.
       */
      chart: string;
      /**
       * The chart's version, or a range of them.
       */
      chartVersion: string;
      /**
       * The name of Helm's release.
       */
      releaseName: string;
      /**
       * How often Flux reconciles it.
       */
      interval: string;
      /**
       * What kind of Flux source holds the chart.
       */
      sourceKind: "HelmRepository" | "GitRepository" | "Bucket";
      /**
       * The source's name.
       */
      sourceName: string;
      /**
       * The source's namespace.
       */
      sourceNamespace: string;
      /**
       * The version in the chart's value image.version. Default: the tag (or digest) of routed.image.
       */
      imageVersion?: string;
      /**
       * How long Prometheus keeps samples.
       */
      retention: string;
      /**
       * Which IPv4 address of each slot the value routedIPs holds, beside its IPv6 one: the Elastic IP, or the private one for a Prometheus in a peered network.
       */
      ipv4: "public" | "private";
      /**
       * What Prometheus may use at most.
       */
      limits: {
        /**
         * CPUs, as Kubernetes writes them.
         */
        cpu: string;
        /**
         * Memory, as Kubernetes writes it.
         */
        memory: string;
      };
      /**
       * What Prometheus is guaranteed.
       */
      requests: {
        /**
         * CPUs, as Kubernetes writes them.
         */
        cpu: string;
        /**
         * Memory, as Kubernetes writes it.
         */
        memory: string;
      };
    };
    /**
     * How Prometheus scrapes the tasks.
     */
    prometheus: {
      /**
       * Which address of each node is scraped. network.prometheusCidrs must have a block of the same family, as the scraper's address is seen there. Default: private-ipv4 where network.prometheusCidrs has an IPv4 block, else ipv6.
       */
      addresses?: "private-ipv4" | "public-ipv4" | "ipv6";
      /**
       * Seconds from one scrape of a task to the next.
       */
      scrapeIntervalSeconds: number;
      /**
       * Seconds from one evaluation of the rules to the next.
       */
      evaluationIntervalSeconds: number;
    };
    /**
     * When the exported rules alert.
     */
    alerts: {
      /**
       * For how long no task of a PoP serves.
       */
      popDownSeconds: number;
      /**
       * For how long a PoP has fewer tasks that serve than it should have. Default: routed.stateRebuildMinutes and 15 minutes more, so that an upgrade that goes well alerts nobody.
       */
      popDegradedSeconds?: number;
      /**
       * For how long no task on a node answers. Replacing one takes some minutes.
       */
      nodeNotAvailableSeconds: number;
      /**
       * How long a task may rebuild its state. Default: routed.stateRebuildMinutes.
       */
      rebuildSeconds?: number;
      /**
       * For how long BGP sessions of a task that has rebuilt its state are down.
       */
      bgpSessionsDownSeconds: number;
      /**
       * For how long nodes that aren't available hold a rollout.
       */
      rolloutHeldSeconds: number;
      /**
       * For how long Prometheus knows no task of the environment at all.
       */
      targetsMissingSeconds: number;
      /**
       * Where docs/runbooks is published, without a slash at the end; each alert links to its page there. Default: the path of the page in this repository.
       */
      runbookUrl?: string;
    };
  };
  /**
   * CloudWatch alarms for what must page without Prometheus: a node's status checks, the API's 5xx answers and unhealthy hosts, a PoP without tasks.
   */
  alarms: {
    /**
     * Whether there are any. An environment in which nobody subscribes to its topic pages nobody.
     */
    enabled: boolean;
    /**
     * ARN of an SNS topic in aws.region that is told; one of another account must let CloudWatch publish. Default: a topic of the environment's own, the stack's output alarm_topic.
     */
    topicArn?: string;
    /**
     * From how many of 100 API requests on that are answered 5xx (in 3 of 5 minutes, of at least 20 requests a minute each) there is an alarm.
     */
    api5xxPercent: number;
  };
  /**
   * The PoPs that this environment serves; their order has no meaning.
   */
  autopilotSites: AutopilotSite[];
  /**
   * Ids of PoPs that were removed. They are never given to another PoP: `routed config remove-pop` adds to them, `routed config add-pop` steers clear of them.
   */
  retiredSiteIds?: number[];
}
export interface CloudBackend {
  type: "cloud";
  /**
   * The Terraform Cloud organization.
   */
  organization: string;
  /**
   * The Terraform Cloud workspace's name. Either this or tags must be given.
   */
  workspace?: string;
  /**
   * Instead of its name, the tags that the workspace carries, all of them and of no other environment; TF_WORKSPACE selects it.
   */
  tags?: string[];
  /**
   * The Terraform Cloud project that the workspace is in. Default: the organization's default project.
   */
  project?: string;
  /**
   * The Terraform Cloud or Enterprise host.
   */
  hostname: string;
}
export interface S3Backend {
  type: "s3";
  /**
   * The bucket that holds the state; it must exist.
   */
  bucket: string;
  /**
   * The state's key. Default: routed/<environment>.tfstate.
   */
  key?: string;
  /**
   * The bucket's region. Default: aws.region.
   */
  region?: string;
}
export interface LocalBackend {
  type: "local";
}
export interface Cell {
  /**
   * The cell's name, unique in its environment. PoPs are assigned by it: another name is another cell.
   */
  name: string;
  /**
   * The cell's slots, at least tasksPerPop, which must lie in that many zones. Each slot of the fleet is in one cell.
   */
  nodes: number[];
}
export interface Daemon {
  /**
   * The daemon's name, unique in its environment. Another name is another daemon.
   */
  name: string;
  /**
   * `node`: an ECS service with one task on each node. `task`: an essential container of each PoP's task; a change starts new tasks of all PoPs.
   */
  runs: "node" | "task";
  /**
   * The container image, with its tag or digest.
   */
  image: string;
  /**
   * Replaces the image's entry point.
   */
  entryPoint?: string[];
  /**
   * Replaces what the image runs.
   */
  command?: string[];
  /**
   * Environment variables. Anybody who may read the task definition may read them: no secrets.
   */
  environment: {
    [k: string]: string;
  };
  /**
   * CPU units (1024 = one vCPU). With runs node a hard limit, which is not there for PoPs' tasks; with runs task its part of routed.cpuUnits where the containers compete.
   */
  cpuUnits: number;
  /**
   * Hard memory limit in MiB. With runs node it is not there for PoPs' tasks; with runs task it is a part of routed.memoryMiB.
   */
  memoryMiB: number;
  /**
   * With runs node: TCP ports of the node that it listens on, in host networking: outside the PoPs' ranges, and no other daemon's.
   */
  ports: number[];
  /**
   * With runs node: the one of its ports that network.prometheusCidrs may reach. Nobody outside the fleet reaches the others.
   */
  metricsPort?: number;
  healthCheck?: DaemonHealthCheck;
  /**
   * With runs node: whether a node counts as available only while the daemon is healthy on it; it then needs a healthCheck. No further node is changed meanwhile.
   */
  needed: boolean;
  /**
   * With runs task: containers of the task (`bird`, `api`, other daemons of the task) that it starts after; it stops before them.
   */
  dependsOn: DaemonDependency[];
  /**
   * With runs task: which of the routed containers wait until it is healthy, or has started where it has no healthCheck; they stop before it.
   */
  startsBefore: ("bird" | "api")[];
  /**
   * Seconds between SIGTERM and SIGKILL.
   */
  stopTimeoutSeconds: number;
  /**
   * With runs node: paths of the node that it may read, mounted read-only below /host.
   */
  hostPaths: string[];
}
/**
 * What ECS runs in the container to see whether it is well. Without it the daemon counts as well while it runs. With runs task, the PoP's task is only as healthy as its daemons.
 */
export interface DaemonHealthCheck {
  /**
   * `CMD` and the command's parts, or `CMD-SHELL` and a line for the image's shell.
   */
  command: string[];
  /**
   * Seconds from one check to the next.
   */
  interval: number;
  /**
   * Seconds until a check has failed.
   */
  timeout: number;
  /**
   * Failures in a row that make it unhealthy.
   */
  retries: number;
  /**
   * Seconds after the start in which failures don't count.
   */
  startPeriod: number;
}
export interface DaemonDependency {
  /**
   * The container's name.
   */
  container: string;
  /**
   * `START`: once it has started. `HEALTHY`: once its health check passes, which of `bird` takes the whole rebuild.
   */
  condition: "START" | "HEALTHY";
}
export interface AutopilotSite {
  /**
   * The site's number: unique in its environment and never given to another PoP, since its ports derive from it.
   */
  id: number;
  /**
   * The PoP's name, lower case: unique in its environment, and over all production environments (`prd`, `prd-…`).
   */
  name: string;
  /**
   * IPv4 and IPv6 blocks of the BGP peers that may reach the PoP's BGP port.
   */
  bgpPeers: string[];
  /**
   * The cell of fleet.cells that serves the PoP. Without it the PoP stays where it is, and a new one goes where there is room (docs/cells.md). Changing it moves the PoP: it starts in the new cell before it stops in the old one.
   */
  cell?: string;
}
