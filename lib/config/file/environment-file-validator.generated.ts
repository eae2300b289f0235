// Generated from config/environment.schema.json by `npm run generate`. Do not edit.
// @ts-nocheck
/* eslint-disable */
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "environment.schema.json", "title": "EnvironmentFile", "description": "One environment: one Terraform stack of the file's name, in one AWS account and region.", "type": "object", "additionalProperties": false, "required": ["aws", "backend", "network", "fleet", "routed", "autopilotSites"], "properties": { "$schema": { "type": "string", "description": "For editors; ignored: `./environment.schema.json`, or `./shared.schema.json`, which requires nothing, where the file extends another one." }, "extends": { "type": "string", "pattern": "^shared/[A-Za-z0-9_-]+\\.json$", "description": "A file of values that environments share, in the folder `shared` beside them: of all keys but autopilotSites and retiredSiteIds, and it may extend another one. The environment's own values come first: objects are merged key by key, anything else (lists too) is replaced.", "examples": ["shared/defaults.json"] }, "aws": { "description": "Where the environment lives.", "type": "object", "additionalProperties": false, "required": ["accountId", "region", "availabilityZones"], "properties": { "accountId": { "type": "string", "pattern": "^[0-9]{12}$", "description": "The AWS account's id, 12 digits. Credentials of another account are refused.", "examples": ["123456789012"] }, "region": { "type": "string", "pattern": "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$", "maxLength": 30, "description": "The AWS region, e.g. us-east-2.", "examples": ["us-east-2"] }, "availabilityZones": { "type": "array", "minItems": 2, "maxItems": 6, "uniqueItems": true, "items": { "type": "string", "pattern": "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9][a-z]$", "maxLength": 31, "examples": ["us-east-2a"] }, "description": "The zones that new nodes are spread over, at least two, since a load balancer needs two; their order has no meaning. A node's slot keeps the zone it was born in, also when that zone is taken off this list." }, "permissionsBoundary": { "type": "boolean", "default": false, "description": "Whether the roles of nodes and tasks are bounded by the managed policy routed-<name>-boundary, which must be there: `npx cdktf deploy` of the bootstrap makes it, or `aws iam create-policy` of iam/boundary.json (docs/iam.md). The deploying policies make no role without it, and no deploy takes it off. Changing it restarts nothing." } } }, "backend": { "description": "Where Terraform keeps the environment's state.", "type": "object", "discriminator": { "propertyName": "type" }, "oneOf": [{ "title": "CloudBackend", "type": "object", "additionalProperties": false, "required": ["type", "organization"], "properties": { "type": { "const": "cloud", "type": "string" }, "organization": { "type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 90, "description": "The Terraform Cloud organization.", "examples": ["example"] }, "workspace": { "type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 90, "description": "The Terraform Cloud workspace's name. Either this or tags must be given.", "examples": ["routed-prd-na"] }, "tags": { "type": "array", "minItems": 1, "maxItems": 10, "uniqueItems": true, "items": { "type": "string", "pattern": "^[a-z0-9]([a-z0-9_:-]*[a-z0-9])?$", "maxLength": 255, "examples": ["routed"] }, "description": "Instead of its name, the tags that the workspace carries, all of them and of no other environment; TF_WORKSPACE selects it." }, "project": { "type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9 _-]+[A-Za-z0-9_-]$", "maxLength": 40, "description": "The Terraform Cloud project that the workspace is in. Default: the organization's default project.", "examples": ["routed"] }, "hostname": { "type": "string", "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", "maxLength": 200, "default": "app.terraform.io", "description": "The Terraform Cloud or Enterprise host.", "examples": ["app.terraform.io"] } } }, { "title": "S3Backend", "type": "object", "additionalProperties": false, "required": ["type", "bucket"], "properties": { "type": { "const": "s3", "type": "string" }, "bucket": { "type": "string", "description": "The bucket that holds the state; it must exist.", "pattern": "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "examples": ["example-terraform-state"] }, "key": { "type": "string", "pattern": "^[A-Za-z0-9!_.*'()-][A-Za-z0-9!_.*'()/-]*$", "maxLength": 1e3, "description": "The state's key. Default: routed/<environment>.tfstate.", "examples": ["routed/stg.tfstate"] }, "region": { "type": "string", "pattern": "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$", "description": "The bucket's region. Default: aws.region.", "examples": ["us-east-2"] } } }, { "title": "LocalBackend", "type": "object", "additionalProperties": false, "required": ["type"], "properties": { "type": { "const": "local", "type": "string" } } }] }, "network": { "description": "Addresses of the environment and who may reach it.", "type": "object", "additionalProperties": false, "required": ["vpcCidr", "apiClientCidrs", "prometheusCidrs"], "properties": { "vpcCidr": { "type": "string", "format": "cidrv4", "description": "The VPC's IPv4 block: private, /16 to /20, apart from the blocks of all other environments; each zone's subnet is a sixteenth of it. Fixed for the environment's life.", "examples": ["10.64.0.0/16"] }, "apiClientCidrs": { "type": "array", "minItems": 1, "maxItems": 30, "uniqueItems": true, "items": { "type": "string", "format": "cidr", "examples": ["10.0.0.0/8", "2001:db8::/32"] }, "description": "IPv4 and IPv6 blocks whose clients may call the routed API through the load balancer." }, "prometheusCidrs": { "type": "array", "minItems": 1, "maxItems": 30, "uniqueItems": true, "items": { "type": "string", "format": "cidr", "examples": ["10.1.0.0/16", "2001:db8:1::/48"] }, "description": "IPv4 and IPv6 blocks that Prometheus scrapes the tasks from." }, "bgpSecurityGroups": { "type": "integer", "minimum": 1, "maximum": 15, "default": 4, "description": "Over how many security groups the PoPs' BGP rules are spread, by site id modulo this. Each takes the rules of 60 IPv4 and 60 IPv6 bgpPeers. With the nodes' own there is one more on each ENI: AWS allows 5 unless the account's quota is raised, and at most 16. Choose it for the environment's life: a change moves PoPs' rules to other groups, and shuts their peers out for a moment." }, "routerImage": { "type": "string", "maxLength": 255, "pattern": "^[^\\s]+$", "default": "public.ecr.aws/docker/library/haproxy:3.0.10-alpine", "description": "The router's image, with its tag or digest: HAProxy 2.6 or later with a POSIX shell, awk and wget. It runs on each node behind the load balancer, and sends `<pop>.\u2026` to the PoP's healthy task on its own node, else to another node's (docs/api-routing.md).", "examples": ["public.ecr.aws/docker/library/haproxy:3.0.10-alpine"] }, "apiCertificateArn": { "type": "string", "pattern": "^arn:aws(-cn|-us-gov)?:acm:[a-z0-9-]{1,30}:[0-9]{12}:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "description": "ACM certificate of the API's load balancer, in the environment's account and region. With it the API is HTTPS on port 443, without it HTTP on port 80.", "examples": ["arn:aws:acm:us-east-2:123456789012:certificate/00000000-0000-0000-0000-000000000000"] } } }, "fleet": { "description": "The nodes.", "type": "object", "additionalProperties": false, "required": ["nodes", "instanceType"], "properties": { "nodes": { "type": "integer", "minimum": 2, "maximum": 200, "description": "How many nodes there are: slots 0 to nodes-1. At least tasksPerPop, and at least two: a single node could never be upgraded without taking all PoPs down." }, "instanceType": { "type": "string", "pattern": "^[a-z0-9-]+\\.[a-z0-9-]+$", "description": "The EC2 instance type. A change replaces the nodes, one wave at a time.", "examples": ["r6i.32xlarge"] }, "image": { "description": "The AMI. A change replaces the nodes, one wave at a time.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "os": { "enum": ["al2023", "bottlerocket"], "default": "al2023", "description": "The operating system." }, "architecture": { "enum": ["x86_64", "arm64"], "default": "x86_64", "description": "The processor architecture; the instance type must be of the same." }, "amiId": { "type": "string", "pattern": "^(latest|ami-[0-9a-f]{8,17})$", "default": "latest", "description": "`latest` (the OS's public SSM parameter, resolved before synthesis) or an AMI id.", "examples": ["latest", "ami-0123456789abcdef0"] } } }, "rootVolumeGiB": { "type": "integer", "minimum": 30, "maximum": 16384, "default": 100, "description": "Size in GiB of the volume that a node's containers, images and logs live on: the root volume of al2023, the data volume of Bottlerocket (whose own volume is small and fixed). A change replaces the nodes, one wave at a time." }, "ecsAgentSettings": { "type": "object", "default": {}, "propertyNames": { "pattern": "^ECS_[A-Z0-9_]+$" }, "additionalProperties": { "type": "string", "pattern": "^[^\\r\\n]*$" }, "maxProperties": 50, "description": "Further settings of the ECS agent, as environment variables of it; on Bottlerocket only those that it has a setting for. ECS_CLUSTER and ECS_INSTANCE_ATTRIBUTES are the fleet's own; of the 100 ports that a node has to reserve, ECS_RESERVED_PORTS and ECS_RESERVED_PORTS_UDP leave the router its one. A change replaces the nodes, one wave at a time." }, "maxUnavailableNodes": { "type": "integer", "minimum": 1, "maximum": 199, "default": 1, "description": "How many nodes may be unavailable at once because of a deploy; at most nodes - 1." }, "spareNodes": { "type": "integer", "minimum": 0, "maximum": 8, "default": 0, "description": "How many spares there are: slots from 200 on, each with its addresses for ever and an instance only while it is needed. An upgrade fills one first, with the new spec; no PoP then has fewer tasks than there are nodes, and a spec that doesn't work costs no node. As many nodes go at once as spares are filled, at most maxUnavailableNodes. Not with cells, nor with the placement spread." }, "frozenNodes": { "type": "array", "uniqueItems": true, "default": [], "items": { "type": "integer", "minimum": 0, "maximum": 207 }, "description": "Slots that are left alone: not created, not upgraded, not removed; each below nodes, or a spare's. A node's without an instance uses the budget for node changes; a spare's is neither filled nor parked, and nodes don't wait for it." }, "cells": { "type": "array", "minItems": 1, "maxItems": 100, "items": { "title": "Cell", "type": "object", "additionalProperties": false, "required": ["name", "nodes"], "properties": { "name": { "type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 24, "description": "The cell's name, unique in its environment. PoPs are assigned by it: another name is another cell.", "examples": ["a"] }, "nodes": { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "type": "integer", "minimum": 0, "maximum": 199 }, "description": "The cell's slots, at least tasksPerPop, which must lie in that many zones. Each slot of the fleet is in one cell.", "examples": [[0, 1, 2]] } } }, "description": "Cells, each of which serves its own PoPs: one task of the PoP on every node of its cell. Only with placement `daemon`. Without it the whole fleet is one cell. To add a cell, raise nodes and give the new cell the new slots; no node is replaced, and PoPs move to it one step at a time. See docs/cells.md." }, "reservedCpuUnits": { "type": "integer", "minimum": 0, "maximum": 196608, "default": 256, "description": "CPU units (1024 = one vCPU) of each node that tasks of PoPs may not count on: the system and the ECS agent. What the router and routed.daemons take comes on top. It only bounds what is planned; it limits nothing on the node." }, "reservedMemoryMiB": { "type": "integer", "minimum": 0, "maximum": 1048576, "default": 512, "description": "The same for memory, in MiB, on top of what the kernel keeps (400 MiB and 1.5% of all)." }, "autoRecovery": { "type": "boolean", "default": true, "description": "Whether each node has a CloudWatch alarm that lets EC2 move it to other hardware when its own fails, with all its addresses (docs/recovery.md). Types that EC2 can't recover have none. A change restarts nothing." }, "protectAddresses": { "type": "boolean", "default": true, "description": "Whether S3 refuses to delete the environment's buckets while something is in them, and AWS its load balancer. An environment is destroyed only after a deploy with false, by ROUTED_DESTROY; its addresses are kept by Terraform either way. False only where environments come and go." } } }, "routed": { "description": "The routed tasks, alike for all PoPs.", "type": "object", "additionalProperties": false, "required": ["image"], "properties": { "image": { "type": "string", "maxLength": 255, "description": "The container image, with its tag or digest; not `latest`, which would change under running nodes.", "pattern": "^[^\\s]+$", "examples": ["registry.example/autopilot-routed:67a7485bd192-3177"] }, "cpuUnits": { "type": "integer", "minimum": 128, "maximum": 196608, "default": 4096, "description": "Hard CPU limit of a task, in CPU units (1024 = one vCPU)." }, "memoryMiB": { "type": "integer", "minimum": 128, "maximum": 1048576, "default": 20480, "description": "Hard memory limit of a task, in MiB." }, "cpuIsolation": { "enum": ["quota", "cpuset"], "default": "quota", "description": "How tasks on a node are kept from each other's CPU. `quota`: each may use so much CPU time, on any core. `cpuset`: besides, each PoP's tasks run on cores of their own, chosen on the node, NUMA-wise, of those that fleet.reservedCpuUnits doesn't keep; only with whole vCPUs. Changing it starts new tasks, half of a PoP's at a time; docs/cpu-isolation.md says when to choose which." }, "stateRebuildMinutes": { "type": "integer", "minimum": 1, "maximum": 40, "default": 12, "description": "How long a task may take to rebuild its state after a start, in minutes, before it counts as unhealthy. ECS health checks tolerate at most 55 minutes; 40 leaves a margin." }, "apiHealthCheck": { "type": "boolean", "default": false, "description": "Whether ECS checks the health of the container `api`, too, by the command `api-healthcheck` of the image, which must have it (docs/task-definitions.md). Roll such an image first. Changing it starts new tasks, PoP by PoP as a new image does (docs/images.md)." }, "logRetentionDays": { "enum": [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], "default": 30, "description": "How many days CloudWatch keeps the tasks' logs. Fewer than before removes the older ones. Changing it restarts nothing." }, "tasksPerPop": { "type": "integer", "minimum": 1, "maximum": 10, "default": 2, "description": "Tasks of each PoP. With placement `daemon` the least that must stay possible; with `spread` at least 2, since one task can't be replaced without an outage." }, "placement": { "enum": ["daemon", "spread"], "default": "daemon", "description": "`daemon`: one task of each PoP on every node. `spread`: tasksPerPop tasks on distinct nodes, spread over zones." }, "initImage": { "type": "string", "maxLength": 255, "pattern": "^[^\\s]+$", "default": "public.ecr.aws/docker/library/busybox:1.37.0", "description": "The image of the init container by which each task learns its PoP, with its tag or digest: a POSIX shell with BusyBox's tools.", "examples": ["public.ecr.aws/docker/library/busybox:1.37.0"] }, "canaries": { "type": "array", "uniqueItems": true, "items": { "type": "string", "minLength": 1 }, "description": "PoPs whose tasks are replaced first when an image or a limit changes: no other PoP's are until each canary is healthy with it (docs/images.md). Left out, all PoPs change at once, or in batches of popsPerWave.", "examples": [["pop1"]] }, "canaryImage": { "type": "string", "maxLength": 255, "pattern": "^[^\\s]+$", "description": "The canaries' container image, while the other PoPs stay with image. Left out, canaries run image as well, and get it first.", "examples": ["registry.example/autopilot-routed:67a7485bd192-3178"] }, "popsPerWave": { "type": "integer", "minimum": 1, "maximum": 999, "description": "The most PoPs whose tasks one wave replaces when an image or a limit changes. Left out, all canaries make one wave, and all others the next; without canaries all change at once." }, "ports": { "description": "A PoP's ports are these bases plus its site's id. The three ranges (base+1 to base+999) may not overlap each other, the ports that ECS and Docker reserve, the ports below 1024, or Linux's ephemeral ports (32768 and up).", "type": "object", "additionalProperties": false, "default": {}, "properties": { "bgpBase": { "type": "integer", "minimum": 1024, "maximum": 31768, "default": 2e4, "description": "Base of the BGP ports." }, "apiBase": { "type": "integer", "minimum": 1024, "maximum": 31768, "default": 21e3, "description": "Base of the API ports." }, "metricsBase": { "type": "integer", "minimum": 1024, "maximum": 31768, "default": 22e3, "description": "Base of the metrics ports." } } }, "daemons": { "type": "array", "maxItems": 20, "default": [], "description": "Helpers beside the PoPs' tasks (node exporter, log shipper, \u2026): on each node, or in each task. See docs/node-daemons.md.", "items": { "title": "Daemon", "type": "object", "additionalProperties": false, "required": ["name", "image", "cpuUnits", "memoryMiB"], "properties": { "name": { "type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 24, "description": "The daemon's name, unique in its environment. Another name is another daemon.", "examples": ["node-exporter"] }, "runs": { "enum": ["node", "task"], "default": "node", "description": "`node`: an ECS service with one task on each node. `task`: an essential container of each PoP's task; a change starts new tasks of all PoPs." }, "image": { "type": "string", "maxLength": 255, "pattern": "^[^\\s]+$", "description": "The container image, with its tag or digest.", "examples": ["quay.io/prometheus/node-exporter:v1.9.1"] }, "entryPoint": { "type": "array", "minItems": 1, "maxItems": 50, "items": { "type": "string", "maxLength": 4096 }, "description": "Replaces the image's entry point." }, "command": { "type": "array", "minItems": 1, "maxItems": 50, "items": { "type": "string", "maxLength": 4096 }, "description": "Replaces what the image runs." }, "environment": { "type": "object", "default": {}, "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" }, "additionalProperties": { "type": "string", "maxLength": 4096 }, "maxProperties": 50, "description": "Environment variables. Anybody who may read the task definition may read them: no secrets." }, "cpuUnits": { "type": "integer", "minimum": 128, "maximum": 196608, "description": "CPU units (1024 = one vCPU). With runs node a hard limit, which is not there for PoPs' tasks; with runs task its part of routed.cpuUnits where the containers compete." }, "memoryMiB": { "type": "integer", "minimum": 32, "maximum": 1048576, "description": "Hard memory limit in MiB. With runs node it is not there for PoPs' tasks; with runs task it is a part of routed.memoryMiB." }, "ports": { "type": "array", "uniqueItems": true, "maxItems": 20, "default": [], "items": { "type": "integer", "minimum": 1025, "maximum": 32767 }, "description": "With runs node: TCP ports of the node that it listens on, in host networking: outside the PoPs' ranges, and no other daemon's.", "examples": [[9100]] }, "metricsPort": { "type": "integer", "minimum": 1025, "maximum": 32767, "description": "With runs node: the one of its ports that network.prometheusCidrs may reach. Nobody outside the fleet reaches the others.", "examples": [9100] }, "healthCheck": { "title": "DaemonHealthCheck", "type": "object", "additionalProperties": false, "required": ["command"], "description": "What ECS runs in the container to see whether it is well. Without it the daemon counts as well while it runs. With runs task, the PoP's task is only as healthy as its daemons.", "properties": { "command": { "type": "array", "minItems": 2, "maxItems": 50, "items": { "type": "string", "maxLength": 4096 }, "description": "`CMD` and the command's parts, or `CMD-SHELL` and a line for the image's shell.", "examples": [["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9100/"]] }, "interval": { "type": "integer", "minimum": 5, "maximum": 300, "default": 30, "description": "Seconds from one check to the next." }, "timeout": { "type": "integer", "minimum": 2, "maximum": 60, "default": 5, "description": "Seconds until a check has failed." }, "retries": { "type": "integer", "minimum": 1, "maximum": 10, "default": 3, "description": "Failures in a row that make it unhealthy." }, "startPeriod": { "type": "integer", "minimum": 0, "maximum": 300, "default": 0, "description": "Seconds after the start in which failures don't count." } } }, "needed": { "type": "boolean", "default": false, "description": "With runs node: whether a node counts as available only while the daemon is healthy on it; it then needs a healthCheck. No further node is changed meanwhile." }, "dependsOn": { "type": "array", "maxItems": 9, "default": [], "description": "With runs task: containers of the task (`bird`, `api`, other daemons of the task) that it starts after; it stops before them.", "items": { "title": "DaemonDependency", "type": "object", "additionalProperties": false, "required": ["container", "condition"], "properties": { "container": { "type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 24, "description": "The container's name.", "examples": ["bird"] }, "condition": { "enum": ["START", "HEALTHY"], "description": "`START`: once it has started. `HEALTHY`: once its health check passes, which of `bird` takes the whole rebuild." } } } }, "startsBefore": { "type": "array", "uniqueItems": true, "maxItems": 2, "default": [], "items": { "enum": ["bird", "api"], "examples": ["bird"] }, "description": "With runs task: which of the routed containers wait until it is healthy, or has started where it has no healthCheck; they stop before it." }, "stopTimeoutSeconds": { "type": "integer", "minimum": 2, "maximum": 120, "default": 30, "description": "Seconds between SIGTERM and SIGKILL." }, "hostPaths": { "type": "array", "uniqueItems": true, "maxItems": 10, "default": [], "items": { "type": "string", "pattern": "^/([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?$", "maxLength": 255 }, "description": "With runs node: paths of the node that it may read, mounted read-only below /host.", "examples": [["/proc", "/sys"]] } } } } } }, "export": { "description": "What `routed export` writes for Prometheus, Flux, Grafana and cloudwatch_exporter. It changes nothing in AWS.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "helmRelease": { "description": "The Flux HelmRelease of the environment's Prometheus.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "namespace": { "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": 63, "default": "autopilot", "description": "The Kubernetes namespace that it is in.", "examples": ["autopilot"] }, "chart": { "type": "string", "minLength": 1, "maxLength": 2048, "default": "autopilot-routed-prom", "description": "The chart's name in its source.", "examples": ["autopilot-routed-prom"] }, "chartVersion": { "type": "string", "minLength": 1, "maxLength": 100, "default": "0.0.4", "description": "The chart's version, or a range of them.", "examples": ["0.0.4", "0.1.x"] }, "releaseName": { "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": 53, "default": "autopilot-routed-prom", "description": "The name of Helm's release.", "examples": ["autopilot-routed-prom"] }, "interval": { "type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$", "default": "5m0s", "description": "How often Flux reconciles it.", "examples": ["5m0s", "1h"] }, "sourceKind": { "enum": ["HelmRepository", "GitRepository", "Bucket"], "default": "HelmRepository", "description": "What kind of Flux source holds the chart." }, "sourceName": { "type": "string", "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", "maxLength": 253, "default": "charts", "description": "The source's name.", "examples": ["charts"] }, "sourceNamespace": { "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": 63, "default": "platform-flux", "description": "The source's namespace.", "examples": ["platform-flux"] }, "imageVersion": { "type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.:-]*$", "maxLength": 128, "description": "The version in the chart's value image.version. Default: the tag (or digest) of routed.image.", "examples": ["67a7485bd192-3177"] }, "retention": { "type": "string", "pattern": "^([0-9]+(ms|s|m|h|d|w|y))+$", "default": "1d", "description": "How long Prometheus keeps samples.", "examples": ["1d", "12h"] }, "ipv4": { "enum": ["public", "private"], "default": "public", "description": "Which IPv4 address of each slot the value routedIPs holds, beside its IPv6 one: the Elastic IP, or the private one for a Prometheus in a peered network." }, "limits": { "type": "object", "additionalProperties": false, "default": {}, "description": "What Prometheus may use at most.", "properties": { "cpu": { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?m?$", "default": "4", "description": "CPUs, as Kubernetes writes them.", "examples": ["4", "500m"] }, "memory": { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$", "default": "4Gi", "description": "Memory, as Kubernetes writes it.", "examples": ["4Gi"] } } }, "requests": { "type": "object", "additionalProperties": false, "default": {}, "description": "What Prometheus is guaranteed.", "properties": { "cpu": { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?m?$", "default": "1", "description": "CPUs, as Kubernetes writes them.", "examples": ["4", "500m"] }, "memory": { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$", "default": "1Gi", "description": "Memory, as Kubernetes writes it.", "examples": ["4Gi"] } } } } }, "prometheus": { "description": "How Prometheus scrapes the tasks.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "addresses": { "enum": ["private-ipv4", "public-ipv4", "ipv6"], "description": "Which address of each node is scraped. network.prometheusCidrs must have a block of the same family, as the scraper's address is seen there. Default: private-ipv4 where network.prometheusCidrs has an IPv4 block, else ipv6." }, "scrapeIntervalSeconds": { "type": "integer", "minimum": 1, "maximum": 300, "default": 15, "description": "Seconds from one scrape of a task to the next." }, "evaluationIntervalSeconds": { "type": "integer", "minimum": 1, "maximum": 300, "default": 30, "description": "Seconds from one evaluation of the rules to the next." } } }, "alerts": { "description": "When the exported rules alert.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "popDownSeconds": { "type": "integer", "minimum": 0, "maximum": 86400, "default": 60, "description": "For how long no task of a PoP serves." }, "popDegradedSeconds": { "type": "integer", "minimum": 0, "maximum": 86400, "description": "For how long a PoP has fewer tasks that serve than it should have. Default: routed.stateRebuildMinutes and 15 minutes more, so that an upgrade that goes well alerts nobody." }, "nodeNotAvailableSeconds": { "type": "integer", "minimum": 0, "maximum": 86400, "default": 600, "description": "For how long no task on a node answers. Replacing one takes some minutes." }, "rebuildSeconds": { "type": "integer", "minimum": 0, "maximum": 86400, "description": "How long a task may rebuild its state. Default: routed.stateRebuildMinutes." }, "bgpSessionsDownSeconds": { "type": "integer", "minimum": 0, "maximum": 86400, "default": 300, "description": "For how long BGP sessions of a task that has rebuilt its state are down." }, "rolloutHeldSeconds": { "type": "integer", "minimum": 0, "maximum": 86400, "default": 1800, "description": "For how long nodes that aren't available hold a rollout." }, "targetsMissingSeconds": { "type": "integer", "minimum": 0, "maximum": 86400, "default": 600, "description": "For how long Prometheus knows no task of the environment at all." }, "runbookUrl": { "type": "string", "pattern": "^https?://[^\\s]+[^/\\s]$", "maxLength": 500, "description": "Where docs/runbooks is published, without a slash at the end; each alert links to its page there. Default: the path of the page in this repository.", "examples": ["https://git.example/routed/docs/runbooks"] } } } } }, "alarms": { "description": "CloudWatch alarms for what must page without Prometheus: a node's status checks, the API's 5xx answers and unhealthy hosts, a PoP without tasks.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "enabled": { "type": "boolean", "default": false, "description": "Whether there are any. An environment in which nobody subscribes to its topic pages nobody." }, "topicArn": { "type": "string", "pattern": "^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]{1,30}:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", "description": "ARN of an SNS topic in aws.region that is told; one of another account must let CloudWatch publish. Default: a topic of the environment's own, the stack's output alarm_topic.", "examples": ["arn:aws:sns:us-east-2:123456789012:on-call"] }, "api5xxPercent": { "type": "integer", "minimum": 1, "maximum": 100, "default": 5, "description": "From how many of 100 API requests on that are answered 5xx (in 3 of 5 minutes, of at least 20 requests a minute each) there is an alarm." } } }, "autopilotSites": { "description": "The PoPs that this environment serves; their order has no meaning.", "type": "array", "minItems": 1, "items": { "title": "AutopilotSite", "type": "object", "additionalProperties": false, "required": ["id", "name", "bgpPeers"], "properties": { "id": { "type": "integer", "minimum": 1, "maximum": 999, "description": "The site's number: unique in its environment and never given to another PoP, since its ports derive from it." }, "name": { "type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 24, "description": "The PoP's name, lower case: unique in its environment, and over all production environments (`prd`, `prd-\u2026`).", "examples": ["ord"] }, "bgpPeers": { "type": "array", "minItems": 1, "maxItems": 20, "uniqueItems": true, "items": { "type": "string", "format": "cidr", "examples": ["2001:db8:1::/48", "192.0.2.0/28"] }, "description": "IPv4 and IPv6 blocks of the BGP peers that may reach the PoP's BGP port." }, "cell": { "type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 24, "description": "The cell of fleet.cells that serves the PoP. Without it the PoP stays where it is, and a new one goes where there is room (docs/cells.md). Changing it moves the PoP: it starts in the new cell before it stops in the old one.", "examples": ["a"] } } } }, "retiredSiteIds": { "description": "Ids of PoPs that were removed. They are never given to another PoP: `routed config remove-pop` adds to them, `routed config add-pop` steers clear of them.", "type": "array", "uniqueItems": true, "items": { "type": "integer", "minimum": 1, "maximum": 999, "examples": [7] } } } };
const func2 = Object.prototype.hasOwnProperty;
const func3 = require("ajv/dist/runtime/ucs2length").default;
const func0 = require("ajv/dist/runtime/equal").default;
const pattern0 = new RegExp("^shared/[A-Za-z0-9_-]+\\.json$", "u");
const pattern1 = new RegExp("^[0-9]{12}$", "u");
const pattern2 = new RegExp("^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$", "u");
const pattern3 = new RegExp("^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9][a-z]$", "u");
const pattern4 = new RegExp("^[A-Za-z0-9_-]+$", "u");
const pattern6 = new RegExp("^[a-z0-9]([a-z0-9_:-]*[a-z0-9])?$", "u");
const pattern7 = new RegExp("^[A-Za-z0-9_-][A-Za-z0-9 _-]+[A-Za-z0-9_-]$", "u");
const pattern8 = new RegExp("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", "u");
const pattern9 = new RegExp("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "u");
const pattern10 = new RegExp("^[A-Za-z0-9!_.*'()-][A-Za-z0-9!_.*'()/-]*$", "u");
const pattern12 = new RegExp("^[^\\s]+$", "u");
const pattern13 = new RegExp("^arn:aws(-cn|-us-gov)?:acm:[a-z0-9-]{1,30}:[0-9]{12}:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "u");
const pattern14 = new RegExp("^[a-z0-9-]+\\.[a-z0-9-]+$", "u");
const pattern15 = new RegExp("^(latest|ami-[0-9a-f]{8,17})$", "u");
const pattern16 = new RegExp("^ECS_[A-Z0-9_]+$", "u");
const pattern17 = new RegExp("^[^\\r\\n]*$", "u");
const pattern18 = new RegExp("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "u");
const pattern24 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
const pattern26 = new RegExp("^/([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?$", "u");
const pattern27 = new RegExp("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "u");
const pattern29 = new RegExp("^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$", "u");
const pattern32 = new RegExp("^[A-Za-z0-9_][A-Za-z0-9_.:-]*$", "u");
const pattern33 = new RegExp("^([0-9]+(ms|s|m|h|d|w|y))+$", "u");
const pattern34 = new RegExp("^[0-9]+(\\.[0-9]+)?m?$", "u");
const pattern35 = new RegExp("^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$", "u");
const pattern38 = new RegExp("^https?://[^\\s]+[^/\\s]$", "u");
const pattern39 = new RegExp("^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]{1,30}:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", "u");
const formats0 = require("../cidr").formats.cidrv4;
const formats2 = require("../cidr").formats.cidr;
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.export === void 0) {
      data.export = {};
    }
    if (data.alarms === void 0) {
      data.alarms = {};
    }
    if (data.aws === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "aws" }, message: "must have required property 'aws'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.backend === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "backend" }, message: "must have required property 'backend'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.network === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "network" }, message: "must have required property 'network'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.fleet === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "fleet" }, message: "must have required property 'fleet'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.routed === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "routed" }, message: "must have required property 'routed'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.autopilotSites === void 0) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "autopilotSites" }, message: "must have required property 'autopilotSites'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema11.properties, key0)) {
        const err6 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11, data };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.$schema !== void 0) {
      let data0 = data.$schema;
      if (typeof data0 !== "string") {
        const err7 = { instancePath: instancePath + "/$schema", schemaPath: "#/properties/%24schema/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.$schema.type, parentSchema: schema11.properties.$schema, data: data0 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.extends !== void 0) {
      let data1 = data.extends;
      if (typeof data1 === "string") {
        if (!pattern0.test(data1)) {
          const err8 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/pattern", keyword: "pattern", params: { pattern: "^shared/[A-Za-z0-9_-]+\\.json$" }, message: 'must match pattern "^shared/[A-Za-z0-9_-]+\\.json$"', schema: "^shared/[A-Za-z0-9_-]+\\.json$", parentSchema: schema11.properties.extends, data: data1 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.extends.type, parentSchema: schema11.properties.extends, data: data1 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.aws !== void 0) {
      let data2 = data.aws;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.permissionsBoundary === void 0) {
          data2.permissionsBoundary = false;
        }
        if (data2.accountId === void 0) {
          const err10 = { instancePath: instancePath + "/aws", schemaPath: "#/properties/aws/required", keyword: "required", params: { missingProperty: "accountId" }, message: "must have required property 'accountId'", schema: schema11.properties.aws.required, parentSchema: schema11.properties.aws, data: data2 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        if (data2.region === void 0) {
          const err11 = { instancePath: instancePath + "/aws", schemaPath: "#/properties/aws/required", keyword: "required", params: { missingProperty: "region" }, message: "must have required property 'region'", schema: schema11.properties.aws.required, parentSchema: schema11.properties.aws, data: data2 };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
        if (data2.availabilityZones === void 0) {
          const err12 = { instancePath: instancePath + "/aws", schemaPath: "#/properties/aws/required", keyword: "required", params: { missingProperty: "availabilityZones" }, message: "must have required property 'availabilityZones'", schema: schema11.properties.aws.required, parentSchema: schema11.properties.aws, data: data2 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        for (const key1 in data2) {
          if (!(key1 === "accountId" || key1 === "region" || key1 === "availabilityZones" || key1 === "permissionsBoundary")) {
            const err13 = { instancePath: instancePath + "/aws", schemaPath: "#/properties/aws/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.aws, data: data2 };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data2.accountId !== void 0) {
          let data3 = data2.accountId;
          if (typeof data3 === "string") {
            if (!pattern1.test(data3)) {
              const err14 = { instancePath: instancePath + "/aws/accountId", schemaPath: "#/properties/aws/properties/accountId/pattern", keyword: "pattern", params: { pattern: "^[0-9]{12}$" }, message: 'must match pattern "^[0-9]{12}$"', schema: "^[0-9]{12}$", parentSchema: schema11.properties.aws.properties.accountId, data: data3 };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          } else {
            const err15 = { instancePath: instancePath + "/aws/accountId", schemaPath: "#/properties/aws/properties/accountId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.aws.properties.accountId.type, parentSchema: schema11.properties.aws.properties.accountId, data: data3 };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
        if (data2.region !== void 0) {
          let data4 = data2.region;
          if (typeof data4 === "string") {
            if (func3(data4) > 30) {
              const err16 = { instancePath: instancePath + "/aws/region", schemaPath: "#/properties/aws/properties/region/maxLength", keyword: "maxLength", params: { limit: 30 }, message: "must NOT have more than 30 characters", schema: 30, parentSchema: schema11.properties.aws.properties.region, data: data4 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
            if (!pattern2.test(data4)) {
              const err17 = { instancePath: instancePath + "/aws/region", schemaPath: "#/properties/aws/properties/region/pattern", keyword: "pattern", params: { pattern: "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$" }, message: 'must match pattern "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$"', schema: "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$", parentSchema: schema11.properties.aws.properties.region, data: data4 };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          } else {
            const err18 = { instancePath: instancePath + "/aws/region", schemaPath: "#/properties/aws/properties/region/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.aws.properties.region.type, parentSchema: schema11.properties.aws.properties.region, data: data4 };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
        if (data2.availabilityZones !== void 0) {
          let data5 = data2.availabilityZones;
          if (Array.isArray(data5)) {
            if (data5.length > 6) {
              const err19 = { instancePath: instancePath + "/aws/availabilityZones", schemaPath: "#/properties/aws/properties/availabilityZones/maxItems", keyword: "maxItems", params: { limit: 6 }, message: "must NOT have more than 6 items", schema: 6, parentSchema: schema11.properties.aws.properties.availabilityZones, data: data5 };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
            if (data5.length < 2) {
              const err20 = { instancePath: instancePath + "/aws/availabilityZones", schemaPath: "#/properties/aws/properties/availabilityZones/minItems", keyword: "minItems", params: { limit: 2 }, message: "must NOT have fewer than 2 items", schema: 2, parentSchema: schema11.properties.aws.properties.availabilityZones, data: data5 };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
            const len0 = data5.length;
            for (let i0 = 0; i0 < len0; i0++) {
              let data6 = data5[i0];
              if (typeof data6 === "string") {
                if (func3(data6) > 31) {
                  const err21 = { instancePath: instancePath + "/aws/availabilityZones/" + i0, schemaPath: "#/properties/aws/properties/availabilityZones/items/maxLength", keyword: "maxLength", params: { limit: 31 }, message: "must NOT have more than 31 characters", schema: 31, parentSchema: schema11.properties.aws.properties.availabilityZones.items, data: data6 };
                  if (vErrors === null) {
                    vErrors = [err21];
                  } else {
                    vErrors.push(err21);
                  }
                  errors++;
                }
                if (!pattern3.test(data6)) {
                  const err22 = { instancePath: instancePath + "/aws/availabilityZones/" + i0, schemaPath: "#/properties/aws/properties/availabilityZones/items/pattern", keyword: "pattern", params: { pattern: "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9][a-z]$" }, message: 'must match pattern "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9][a-z]$"', schema: "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9][a-z]$", parentSchema: schema11.properties.aws.properties.availabilityZones.items, data: data6 };
                  if (vErrors === null) {
                    vErrors = [err22];
                  } else {
                    vErrors.push(err22);
                  }
                  errors++;
                }
              } else {
                const err23 = { instancePath: instancePath + "/aws/availabilityZones/" + i0, schemaPath: "#/properties/aws/properties/availabilityZones/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.aws.properties.availabilityZones.items.type, parentSchema: schema11.properties.aws.properties.availabilityZones.items, data: data6 };
                if (vErrors === null) {
                  vErrors = [err23];
                } else {
                  vErrors.push(err23);
                }
                errors++;
              }
            }
            let i1 = data5.length;
            let j0;
            if (i1 > 1) {
              const indices0 = {};
              for (; i1--; ) {
                let item0 = data5[i1];
                if (typeof item0 !== "string") {
                  continue;
                }
                if (typeof indices0[item0] == "number") {
                  j0 = indices0[item0];
                  const err24 = { instancePath: instancePath + "/aws/availabilityZones", schemaPath: "#/properties/aws/properties/availabilityZones/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)", schema: true, parentSchema: schema11.properties.aws.properties.availabilityZones, data: data5 };
                  if (vErrors === null) {
                    vErrors = [err24];
                  } else {
                    vErrors.push(err24);
                  }
                  errors++;
                  break;
                }
                indices0[item0] = i1;
              }
            }
          } else {
            const err25 = { instancePath: instancePath + "/aws/availabilityZones", schemaPath: "#/properties/aws/properties/availabilityZones/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.aws.properties.availabilityZones.type, parentSchema: schema11.properties.aws.properties.availabilityZones, data: data5 };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
        let data7 = data2.permissionsBoundary;
        if (typeof data7 !== "boolean") {
          const err26 = { instancePath: instancePath + "/aws/permissionsBoundary", schemaPath: "#/properties/aws/properties/permissionsBoundary/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.aws.properties.permissionsBoundary.type, parentSchema: schema11.properties.aws.properties.permissionsBoundary, data: data7 };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      } else {
        const err27 = { instancePath: instancePath + "/aws", schemaPath: "#/properties/aws/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.aws.type, parentSchema: schema11.properties.aws, data: data2 };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.backend !== void 0) {
      let data8 = data.backend;
      if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
        const tag0 = data8.type;
        if (typeof tag0 == "string") {
          if (tag0 === "cloud") {
            if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
              if (data8.hostname === void 0) {
                data8.hostname = "app.terraform.io";
              }
              if (data8.type === void 0) {
                const err28 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/0/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'", schema: schema11.properties.backend.oneOf[0].required, parentSchema: schema11.properties.backend.oneOf[0], data: data8 };
                if (vErrors === null) {
                  vErrors = [err28];
                } else {
                  vErrors.push(err28);
                }
                errors++;
              }
              if (data8.organization === void 0) {
                const err29 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/0/required", keyword: "required", params: { missingProperty: "organization" }, message: "must have required property 'organization'", schema: schema11.properties.backend.oneOf[0].required, parentSchema: schema11.properties.backend.oneOf[0], data: data8 };
                if (vErrors === null) {
                  vErrors = [err29];
                } else {
                  vErrors.push(err29);
                }
                errors++;
              }
              for (const key2 in data8) {
                if (!(key2 === "type" || key2 === "organization" || key2 === "workspace" || key2 === "tags" || key2 === "project" || key2 === "hostname")) {
                  const err30 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.backend.oneOf[0], data: data8 };
                  if (vErrors === null) {
                    vErrors = [err30];
                  } else {
                    vErrors.push(err30);
                  }
                  errors++;
                }
              }
              if (data8.type !== void 0) {
                let data9 = data8.type;
                if (typeof data9 !== "string") {
                  const err31 = { instancePath: instancePath + "/backend/type", schemaPath: "#/properties/backend/oneOf/0/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[0].properties.type.type, parentSchema: schema11.properties.backend.oneOf[0].properties.type, data: data9 };
                  if (vErrors === null) {
                    vErrors = [err31];
                  } else {
                    vErrors.push(err31);
                  }
                  errors++;
                }
                if ("cloud" !== data9) {
                  const err32 = { instancePath: instancePath + "/backend/type", schemaPath: "#/properties/backend/oneOf/0/properties/type/const", keyword: "const", params: { allowedValue: "cloud" }, message: "must be equal to constant", schema: "cloud", parentSchema: schema11.properties.backend.oneOf[0].properties.type, data: data9 };
                  if (vErrors === null) {
                    vErrors = [err32];
                  } else {
                    vErrors.push(err32);
                  }
                  errors++;
                }
              }
              if (data8.organization !== void 0) {
                let data10 = data8.organization;
                if (typeof data10 === "string") {
                  if (func3(data10) > 90) {
                    const err33 = { instancePath: instancePath + "/backend/organization", schemaPath: "#/properties/backend/oneOf/0/properties/organization/maxLength", keyword: "maxLength", params: { limit: 90 }, message: "must NOT have more than 90 characters", schema: 90, parentSchema: schema11.properties.backend.oneOf[0].properties.organization, data: data10 };
                    if (vErrors === null) {
                      vErrors = [err33];
                    } else {
                      vErrors.push(err33);
                    }
                    errors++;
                  }
                  if (!pattern4.test(data10)) {
                    const err34 = { instancePath: instancePath + "/backend/organization", schemaPath: "#/properties/backend/oneOf/0/properties/organization/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]+$" }, message: 'must match pattern "^[A-Za-z0-9_-]+$"', schema: "^[A-Za-z0-9_-]+$", parentSchema: schema11.properties.backend.oneOf[0].properties.organization, data: data10 };
                    if (vErrors === null) {
                      vErrors = [err34];
                    } else {
                      vErrors.push(err34);
                    }
                    errors++;
                  }
                } else {
                  const err35 = { instancePath: instancePath + "/backend/organization", schemaPath: "#/properties/backend/oneOf/0/properties/organization/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[0].properties.organization.type, parentSchema: schema11.properties.backend.oneOf[0].properties.organization, data: data10 };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
              }
              if (data8.workspace !== void 0) {
                let data11 = data8.workspace;
                if (typeof data11 === "string") {
                  if (func3(data11) > 90) {
                    const err36 = { instancePath: instancePath + "/backend/workspace", schemaPath: "#/properties/backend/oneOf/0/properties/workspace/maxLength", keyword: "maxLength", params: { limit: 90 }, message: "must NOT have more than 90 characters", schema: 90, parentSchema: schema11.properties.backend.oneOf[0].properties.workspace, data: data11 };
                    if (vErrors === null) {
                      vErrors = [err36];
                    } else {
                      vErrors.push(err36);
                    }
                    errors++;
                  }
                  if (!pattern4.test(data11)) {
                    const err37 = { instancePath: instancePath + "/backend/workspace", schemaPath: "#/properties/backend/oneOf/0/properties/workspace/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]+$" }, message: 'must match pattern "^[A-Za-z0-9_-]+$"', schema: "^[A-Za-z0-9_-]+$", parentSchema: schema11.properties.backend.oneOf[0].properties.workspace, data: data11 };
                    if (vErrors === null) {
                      vErrors = [err37];
                    } else {
                      vErrors.push(err37);
                    }
                    errors++;
                  }
                } else {
                  const err38 = { instancePath: instancePath + "/backend/workspace", schemaPath: "#/properties/backend/oneOf/0/properties/workspace/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[0].properties.workspace.type, parentSchema: schema11.properties.backend.oneOf[0].properties.workspace, data: data11 };
                  if (vErrors === null) {
                    vErrors = [err38];
                  } else {
                    vErrors.push(err38);
                  }
                  errors++;
                }
              }
              if (data8.tags !== void 0) {
                let data12 = data8.tags;
                if (Array.isArray(data12)) {
                  if (data12.length > 10) {
                    const err39 = { instancePath: instancePath + "/backend/tags", schemaPath: "#/properties/backend/oneOf/0/properties/tags/maxItems", keyword: "maxItems", params: { limit: 10 }, message: "must NOT have more than 10 items", schema: 10, parentSchema: schema11.properties.backend.oneOf[0].properties.tags, data: data12 };
                    if (vErrors === null) {
                      vErrors = [err39];
                    } else {
                      vErrors.push(err39);
                    }
                    errors++;
                  }
                  if (data12.length < 1) {
                    const err40 = { instancePath: instancePath + "/backend/tags", schemaPath: "#/properties/backend/oneOf/0/properties/tags/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.backend.oneOf[0].properties.tags, data: data12 };
                    if (vErrors === null) {
                      vErrors = [err40];
                    } else {
                      vErrors.push(err40);
                    }
                    errors++;
                  }
                  const len1 = data12.length;
                  for (let i2 = 0; i2 < len1; i2++) {
                    let data13 = data12[i2];
                    if (typeof data13 === "string") {
                      if (func3(data13) > 255) {
                        const err41 = { instancePath: instancePath + "/backend/tags/" + i2, schemaPath: "#/properties/backend/oneOf/0/properties/tags/items/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters", schema: 255, parentSchema: schema11.properties.backend.oneOf[0].properties.tags.items, data: data13 };
                        if (vErrors === null) {
                          vErrors = [err41];
                        } else {
                          vErrors.push(err41);
                        }
                        errors++;
                      }
                      if (!pattern6.test(data13)) {
                        const err42 = { instancePath: instancePath + "/backend/tags/" + i2, schemaPath: "#/properties/backend/oneOf/0/properties/tags/items/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([a-z0-9_:-]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([a-z0-9_:-]*[a-z0-9])?$"', schema: "^[a-z0-9]([a-z0-9_:-]*[a-z0-9])?$", parentSchema: schema11.properties.backend.oneOf[0].properties.tags.items, data: data13 };
                        if (vErrors === null) {
                          vErrors = [err42];
                        } else {
                          vErrors.push(err42);
                        }
                        errors++;
                      }
                    } else {
                      const err43 = { instancePath: instancePath + "/backend/tags/" + i2, schemaPath: "#/properties/backend/oneOf/0/properties/tags/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[0].properties.tags.items.type, parentSchema: schema11.properties.backend.oneOf[0].properties.tags.items, data: data13 };
                      if (vErrors === null) {
                        vErrors = [err43];
                      } else {
                        vErrors.push(err43);
                      }
                      errors++;
                    }
                  }
                  let i3 = data12.length;
                  let j1;
                  if (i3 > 1) {
                    const indices1 = {};
                    for (; i3--; ) {
                      let item1 = data12[i3];
                      if (typeof item1 !== "string") {
                        continue;
                      }
                      if (typeof indices1[item1] == "number") {
                        j1 = indices1[item1];
                        const err44 = { instancePath: instancePath + "/backend/tags", schemaPath: "#/properties/backend/oneOf/0/properties/tags/uniqueItems", keyword: "uniqueItems", params: { i: i3, j: j1 }, message: "must NOT have duplicate items (items ## " + j1 + " and " + i3 + " are identical)", schema: true, parentSchema: schema11.properties.backend.oneOf[0].properties.tags, data: data12 };
                        if (vErrors === null) {
                          vErrors = [err44];
                        } else {
                          vErrors.push(err44);
                        }
                        errors++;
                        break;
                      }
                      indices1[item1] = i3;
                    }
                  }
                } else {
                  const err45 = { instancePath: instancePath + "/backend/tags", schemaPath: "#/properties/backend/oneOf/0/properties/tags/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.backend.oneOf[0].properties.tags.type, parentSchema: schema11.properties.backend.oneOf[0].properties.tags, data: data12 };
                  if (vErrors === null) {
                    vErrors = [err45];
                  } else {
                    vErrors.push(err45);
                  }
                  errors++;
                }
              }
              if (data8.project !== void 0) {
                let data14 = data8.project;
                if (typeof data14 === "string") {
                  if (func3(data14) > 40) {
                    const err46 = { instancePath: instancePath + "/backend/project", schemaPath: "#/properties/backend/oneOf/0/properties/project/maxLength", keyword: "maxLength", params: { limit: 40 }, message: "must NOT have more than 40 characters", schema: 40, parentSchema: schema11.properties.backend.oneOf[0].properties.project, data: data14 };
                    if (vErrors === null) {
                      vErrors = [err46];
                    } else {
                      vErrors.push(err46);
                    }
                    errors++;
                  }
                  if (!pattern7.test(data14)) {
                    const err47 = { instancePath: instancePath + "/backend/project", schemaPath: "#/properties/backend/oneOf/0/properties/project/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-][A-Za-z0-9 _-]+[A-Za-z0-9_-]$" }, message: 'must match pattern "^[A-Za-z0-9_-][A-Za-z0-9 _-]+[A-Za-z0-9_-]$"', schema: "^[A-Za-z0-9_-][A-Za-z0-9 _-]+[A-Za-z0-9_-]$", parentSchema: schema11.properties.backend.oneOf[0].properties.project, data: data14 };
                    if (vErrors === null) {
                      vErrors = [err47];
                    } else {
                      vErrors.push(err47);
                    }
                    errors++;
                  }
                } else {
                  const err48 = { instancePath: instancePath + "/backend/project", schemaPath: "#/properties/backend/oneOf/0/properties/project/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[0].properties.project.type, parentSchema: schema11.properties.backend.oneOf[0].properties.project, data: data14 };
                  if (vErrors === null) {
                    vErrors = [err48];
                  } else {
                    vErrors.push(err48);
                  }
                  errors++;
                }
              }
              let data15 = data8.hostname;
              if (typeof data15 === "string") {
                if (func3(data15) > 200) {
                  const err49 = { instancePath: instancePath + "/backend/hostname", schemaPath: "#/properties/backend/oneOf/0/properties/hostname/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema11.properties.backend.oneOf[0].properties.hostname, data: data15 };
                  if (vErrors === null) {
                    vErrors = [err49];
                  } else {
                    vErrors.push(err49);
                  }
                  errors++;
                }
                if (!pattern8.test(data15)) {
                  const err50 = { instancePath: instancePath + "/backend/hostname", schemaPath: "#/properties/backend/oneOf/0/properties/hostname/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"', schema: "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", parentSchema: schema11.properties.backend.oneOf[0].properties.hostname, data: data15 };
                  if (vErrors === null) {
                    vErrors = [err50];
                  } else {
                    vErrors.push(err50);
                  }
                  errors++;
                }
              } else {
                const err51 = { instancePath: instancePath + "/backend/hostname", schemaPath: "#/properties/backend/oneOf/0/properties/hostname/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[0].properties.hostname.type, parentSchema: schema11.properties.backend.oneOf[0].properties.hostname, data: data15 };
                if (vErrors === null) {
                  vErrors = [err51];
                } else {
                  vErrors.push(err51);
                }
                errors++;
              }
            } else {
              const err52 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.backend.oneOf[0].type, parentSchema: schema11.properties.backend.oneOf[0], data: data8 };
              if (vErrors === null) {
                vErrors = [err52];
              } else {
                vErrors.push(err52);
              }
              errors++;
            }
          } else if (tag0 === "s3") {
            if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
              if (data8.type === void 0) {
                const err53 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/1/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'", schema: schema11.properties.backend.oneOf[1].required, parentSchema: schema11.properties.backend.oneOf[1], data: data8 };
                if (vErrors === null) {
                  vErrors = [err53];
                } else {
                  vErrors.push(err53);
                }
                errors++;
              }
              if (data8.bucket === void 0) {
                const err54 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/1/required", keyword: "required", params: { missingProperty: "bucket" }, message: "must have required property 'bucket'", schema: schema11.properties.backend.oneOf[1].required, parentSchema: schema11.properties.backend.oneOf[1], data: data8 };
                if (vErrors === null) {
                  vErrors = [err54];
                } else {
                  vErrors.push(err54);
                }
                errors++;
              }
              for (const key3 in data8) {
                if (!(key3 === "type" || key3 === "bucket" || key3 === "key" || key3 === "region")) {
                  const err55 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.backend.oneOf[1], data: data8 };
                  if (vErrors === null) {
                    vErrors = [err55];
                  } else {
                    vErrors.push(err55);
                  }
                  errors++;
                }
              }
              if (data8.type !== void 0) {
                let data16 = data8.type;
                if (typeof data16 !== "string") {
                  const err56 = { instancePath: instancePath + "/backend/type", schemaPath: "#/properties/backend/oneOf/1/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[1].properties.type.type, parentSchema: schema11.properties.backend.oneOf[1].properties.type, data: data16 };
                  if (vErrors === null) {
                    vErrors = [err56];
                  } else {
                    vErrors.push(err56);
                  }
                  errors++;
                }
                if ("s3" !== data16) {
                  const err57 = { instancePath: instancePath + "/backend/type", schemaPath: "#/properties/backend/oneOf/1/properties/type/const", keyword: "const", params: { allowedValue: "s3" }, message: "must be equal to constant", schema: "s3", parentSchema: schema11.properties.backend.oneOf[1].properties.type, data: data16 };
                  if (vErrors === null) {
                    vErrors = [err57];
                  } else {
                    vErrors.push(err57);
                  }
                  errors++;
                }
              }
              if (data8.bucket !== void 0) {
                let data17 = data8.bucket;
                if (typeof data17 === "string") {
                  if (!pattern9.test(data17)) {
                    const err58 = { instancePath: instancePath + "/backend/bucket", schemaPath: "#/properties/backend/oneOf/1/properties/bucket/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$" }, message: 'must match pattern "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"', schema: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", parentSchema: schema11.properties.backend.oneOf[1].properties.bucket, data: data17 };
                    if (vErrors === null) {
                      vErrors = [err58];
                    } else {
                      vErrors.push(err58);
                    }
                    errors++;
                  }
                } else {
                  const err59 = { instancePath: instancePath + "/backend/bucket", schemaPath: "#/properties/backend/oneOf/1/properties/bucket/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[1].properties.bucket.type, parentSchema: schema11.properties.backend.oneOf[1].properties.bucket, data: data17 };
                  if (vErrors === null) {
                    vErrors = [err59];
                  } else {
                    vErrors.push(err59);
                  }
                  errors++;
                }
              }
              if (data8.key !== void 0) {
                let data18 = data8.key;
                if (typeof data18 === "string") {
                  if (func3(data18) > 1e3) {
                    const err60 = { instancePath: instancePath + "/backend/key", schemaPath: "#/properties/backend/oneOf/1/properties/key/maxLength", keyword: "maxLength", params: { limit: 1e3 }, message: "must NOT have more than 1000 characters", schema: 1e3, parentSchema: schema11.properties.backend.oneOf[1].properties.key, data: data18 };
                    if (vErrors === null) {
                      vErrors = [err60];
                    } else {
                      vErrors.push(err60);
                    }
                    errors++;
                  }
                  if (!pattern10.test(data18)) {
                    const err61 = { instancePath: instancePath + "/backend/key", schemaPath: "#/properties/backend/oneOf/1/properties/key/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9!_.*'()-][A-Za-z0-9!_.*'()/-]*$" }, message: `must match pattern "^[A-Za-z0-9!_.*'()-][A-Za-z0-9!_.*'()/-]*$"`, schema: "^[A-Za-z0-9!_.*'()-][A-Za-z0-9!_.*'()/-]*$", parentSchema: schema11.properties.backend.oneOf[1].properties.key, data: data18 };
                    if (vErrors === null) {
                      vErrors = [err61];
                    } else {
                      vErrors.push(err61);
                    }
                    errors++;
                  }
                } else {
                  const err62 = { instancePath: instancePath + "/backend/key", schemaPath: "#/properties/backend/oneOf/1/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[1].properties.key.type, parentSchema: schema11.properties.backend.oneOf[1].properties.key, data: data18 };
                  if (vErrors === null) {
                    vErrors = [err62];
                  } else {
                    vErrors.push(err62);
                  }
                  errors++;
                }
              }
              if (data8.region !== void 0) {
                let data19 = data8.region;
                if (typeof data19 === "string") {
                  if (!pattern2.test(data19)) {
                    const err63 = { instancePath: instancePath + "/backend/region", schemaPath: "#/properties/backend/oneOf/1/properties/region/pattern", keyword: "pattern", params: { pattern: "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$" }, message: 'must match pattern "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$"', schema: "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$", parentSchema: schema11.properties.backend.oneOf[1].properties.region, data: data19 };
                    if (vErrors === null) {
                      vErrors = [err63];
                    } else {
                      vErrors.push(err63);
                    }
                    errors++;
                  }
                } else {
                  const err64 = { instancePath: instancePath + "/backend/region", schemaPath: "#/properties/backend/oneOf/1/properties/region/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[1].properties.region.type, parentSchema: schema11.properties.backend.oneOf[1].properties.region, data: data19 };
                  if (vErrors === null) {
                    vErrors = [err64];
                  } else {
                    vErrors.push(err64);
                  }
                  errors++;
                }
              }
            } else {
              const err65 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.backend.oneOf[1].type, parentSchema: schema11.properties.backend.oneOf[1], data: data8 };
              if (vErrors === null) {
                vErrors = [err65];
              } else {
                vErrors.push(err65);
              }
              errors++;
            }
          } else if (tag0 === "local") {
            if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
              if (data8.type === void 0) {
                const err66 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/2/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'", schema: schema11.properties.backend.oneOf[2].required, parentSchema: schema11.properties.backend.oneOf[2], data: data8 };
                if (vErrors === null) {
                  vErrors = [err66];
                } else {
                  vErrors.push(err66);
                }
                errors++;
              }
              for (const key4 in data8) {
                if (!(key4 === "type")) {
                  const err67 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.backend.oneOf[2], data: data8 };
                  if (vErrors === null) {
                    vErrors = [err67];
                  } else {
                    vErrors.push(err67);
                  }
                  errors++;
                }
              }
              if (data8.type !== void 0) {
                let data20 = data8.type;
                if (typeof data20 !== "string") {
                  const err68 = { instancePath: instancePath + "/backend/type", schemaPath: "#/properties/backend/oneOf/2/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.backend.oneOf[2].properties.type.type, parentSchema: schema11.properties.backend.oneOf[2].properties.type, data: data20 };
                  if (vErrors === null) {
                    vErrors = [err68];
                  } else {
                    vErrors.push(err68);
                  }
                  errors++;
                }
                if ("local" !== data20) {
                  const err69 = { instancePath: instancePath + "/backend/type", schemaPath: "#/properties/backend/oneOf/2/properties/type/const", keyword: "const", params: { allowedValue: "local" }, message: "must be equal to constant", schema: "local", parentSchema: schema11.properties.backend.oneOf[2].properties.type, data: data20 };
                  if (vErrors === null) {
                    vErrors = [err69];
                  } else {
                    vErrors.push(err69);
                  }
                  errors++;
                }
              }
            } else {
              const err70 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.backend.oneOf[2].type, parentSchema: schema11.properties.backend.oneOf[2], data: data8 };
              if (vErrors === null) {
                vErrors = [err70];
              } else {
                vErrors.push(err70);
              }
              errors++;
            }
          } else {
            const err71 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/discriminator", keyword: "discriminator", params: { error: "mapping", tag: "type", tagValue: tag0 }, message: 'value of tag "type" must be in oneOf', schema: schema11.properties.backend.discriminator, parentSchema: schema11.properties.backend, data: data8 };
            if (vErrors === null) {
              vErrors = [err71];
            } else {
              vErrors.push(err71);
            }
            errors++;
          }
        } else {
          const err72 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/discriminator", keyword: "discriminator", params: { error: "tag", tag: "type", tagValue: tag0 }, message: 'tag "type" must be string', schema: schema11.properties.backend.discriminator, parentSchema: schema11.properties.backend, data: data8 };
          if (vErrors === null) {
            vErrors = [err72];
          } else {
            vErrors.push(err72);
          }
          errors++;
        }
      } else {
        const err73 = { instancePath: instancePath + "/backend", schemaPath: "#/properties/backend/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.backend.type, parentSchema: schema11.properties.backend, data: data8 };
        if (vErrors === null) {
          vErrors = [err73];
        } else {
          vErrors.push(err73);
        }
        errors++;
      }
    }
    if (data.network !== void 0) {
      let data21 = data.network;
      if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
        if (data21.bgpSecurityGroups === void 0) {
          data21.bgpSecurityGroups = 4;
        }
        if (data21.routerImage === void 0) {
          data21.routerImage = "public.ecr.aws/docker/library/haproxy:3.0.10-alpine";
        }
        if (data21.vpcCidr === void 0) {
          const err74 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/required", keyword: "required", params: { missingProperty: "vpcCidr" }, message: "must have required property 'vpcCidr'", schema: schema11.properties.network.required, parentSchema: schema11.properties.network, data: data21 };
          if (vErrors === null) {
            vErrors = [err74];
          } else {
            vErrors.push(err74);
          }
          errors++;
        }
        if (data21.apiClientCidrs === void 0) {
          const err75 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/required", keyword: "required", params: { missingProperty: "apiClientCidrs" }, message: "must have required property 'apiClientCidrs'", schema: schema11.properties.network.required, parentSchema: schema11.properties.network, data: data21 };
          if (vErrors === null) {
            vErrors = [err75];
          } else {
            vErrors.push(err75);
          }
          errors++;
        }
        if (data21.prometheusCidrs === void 0) {
          const err76 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/required", keyword: "required", params: { missingProperty: "prometheusCidrs" }, message: "must have required property 'prometheusCidrs'", schema: schema11.properties.network.required, parentSchema: schema11.properties.network, data: data21 };
          if (vErrors === null) {
            vErrors = [err76];
          } else {
            vErrors.push(err76);
          }
          errors++;
        }
        for (const key5 in data21) {
          if (!(key5 === "vpcCidr" || key5 === "apiClientCidrs" || key5 === "prometheusCidrs" || key5 === "bgpSecurityGroups" || key5 === "routerImage" || key5 === "apiCertificateArn")) {
            const err77 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.network, data: data21 };
            if (vErrors === null) {
              vErrors = [err77];
            } else {
              vErrors.push(err77);
            }
            errors++;
          }
        }
        if (data21.vpcCidr !== void 0) {
          let data22 = data21.vpcCidr;
          if (typeof data22 === "string") {
            if (!formats0(data22)) {
              const err78 = { instancePath: instancePath + "/network/vpcCidr", schemaPath: "#/properties/network/properties/vpcCidr/format", keyword: "format", params: { format: "cidrv4" }, message: 'must match format "cidrv4"', schema: "cidrv4", parentSchema: schema11.properties.network.properties.vpcCidr, data: data22 };
              if (vErrors === null) {
                vErrors = [err78];
              } else {
                vErrors.push(err78);
              }
              errors++;
            }
          } else {
            const err79 = { instancePath: instancePath + "/network/vpcCidr", schemaPath: "#/properties/network/properties/vpcCidr/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.network.properties.vpcCidr.type, parentSchema: schema11.properties.network.properties.vpcCidr, data: data22 };
            if (vErrors === null) {
              vErrors = [err79];
            } else {
              vErrors.push(err79);
            }
            errors++;
          }
        }
        if (data21.apiClientCidrs !== void 0) {
          let data23 = data21.apiClientCidrs;
          if (Array.isArray(data23)) {
            if (data23.length > 30) {
              const err80 = { instancePath: instancePath + "/network/apiClientCidrs", schemaPath: "#/properties/network/properties/apiClientCidrs/maxItems", keyword: "maxItems", params: { limit: 30 }, message: "must NOT have more than 30 items", schema: 30, parentSchema: schema11.properties.network.properties.apiClientCidrs, data: data23 };
              if (vErrors === null) {
                vErrors = [err80];
              } else {
                vErrors.push(err80);
              }
              errors++;
            }
            if (data23.length < 1) {
              const err81 = { instancePath: instancePath + "/network/apiClientCidrs", schemaPath: "#/properties/network/properties/apiClientCidrs/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.network.properties.apiClientCidrs, data: data23 };
              if (vErrors === null) {
                vErrors = [err81];
              } else {
                vErrors.push(err81);
              }
              errors++;
            }
            const len2 = data23.length;
            for (let i4 = 0; i4 < len2; i4++) {
              let data24 = data23[i4];
              if (typeof data24 === "string") {
                if (!formats2(data24)) {
                  const err82 = { instancePath: instancePath + "/network/apiClientCidrs/" + i4, schemaPath: "#/properties/network/properties/apiClientCidrs/items/format", keyword: "format", params: { format: "cidr" }, message: 'must match format "cidr"', schema: "cidr", parentSchema: schema11.properties.network.properties.apiClientCidrs.items, data: data24 };
                  if (vErrors === null) {
                    vErrors = [err82];
                  } else {
                    vErrors.push(err82);
                  }
                  errors++;
                }
              } else {
                const err83 = { instancePath: instancePath + "/network/apiClientCidrs/" + i4, schemaPath: "#/properties/network/properties/apiClientCidrs/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.network.properties.apiClientCidrs.items.type, parentSchema: schema11.properties.network.properties.apiClientCidrs.items, data: data24 };
                if (vErrors === null) {
                  vErrors = [err83];
                } else {
                  vErrors.push(err83);
                }
                errors++;
              }
            }
            let i5 = data23.length;
            let j2;
            if (i5 > 1) {
              const indices2 = {};
              for (; i5--; ) {
                let item2 = data23[i5];
                if (typeof item2 !== "string") {
                  continue;
                }
                if (typeof indices2[item2] == "number") {
                  j2 = indices2[item2];
                  const err84 = { instancePath: instancePath + "/network/apiClientCidrs", schemaPath: "#/properties/network/properties/apiClientCidrs/uniqueItems", keyword: "uniqueItems", params: { i: i5, j: j2 }, message: "must NOT have duplicate items (items ## " + j2 + " and " + i5 + " are identical)", schema: true, parentSchema: schema11.properties.network.properties.apiClientCidrs, data: data23 };
                  if (vErrors === null) {
                    vErrors = [err84];
                  } else {
                    vErrors.push(err84);
                  }
                  errors++;
                  break;
                }
                indices2[item2] = i5;
              }
            }
          } else {
            const err85 = { instancePath: instancePath + "/network/apiClientCidrs", schemaPath: "#/properties/network/properties/apiClientCidrs/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.network.properties.apiClientCidrs.type, parentSchema: schema11.properties.network.properties.apiClientCidrs, data: data23 };
            if (vErrors === null) {
              vErrors = [err85];
            } else {
              vErrors.push(err85);
            }
            errors++;
          }
        }
        if (data21.prometheusCidrs !== void 0) {
          let data25 = data21.prometheusCidrs;
          if (Array.isArray(data25)) {
            if (data25.length > 30) {
              const err86 = { instancePath: instancePath + "/network/prometheusCidrs", schemaPath: "#/properties/network/properties/prometheusCidrs/maxItems", keyword: "maxItems", params: { limit: 30 }, message: "must NOT have more than 30 items", schema: 30, parentSchema: schema11.properties.network.properties.prometheusCidrs, data: data25 };
              if (vErrors === null) {
                vErrors = [err86];
              } else {
                vErrors.push(err86);
              }
              errors++;
            }
            if (data25.length < 1) {
              const err87 = { instancePath: instancePath + "/network/prometheusCidrs", schemaPath: "#/properties/network/properties/prometheusCidrs/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.network.properties.prometheusCidrs, data: data25 };
              if (vErrors === null) {
                vErrors = [err87];
              } else {
                vErrors.push(err87);
              }
              errors++;
            }
            const len3 = data25.length;
            for (let i6 = 0; i6 < len3; i6++) {
              let data26 = data25[i6];
              if (typeof data26 === "string") {
                if (!formats2(data26)) {
                  const err88 = { instancePath: instancePath + "/network/prometheusCidrs/" + i6, schemaPath: "#/properties/network/properties/prometheusCidrs/items/format", keyword: "format", params: { format: "cidr" }, message: 'must match format "cidr"', schema: "cidr", parentSchema: schema11.properties.network.properties.prometheusCidrs.items, data: data26 };
                  if (vErrors === null) {
                    vErrors = [err88];
                  } else {
                    vErrors.push(err88);
                  }
                  errors++;
                }
              } else {
                const err89 = { instancePath: instancePath + "/network/prometheusCidrs/" + i6, schemaPath: "#/properties/network/properties/prometheusCidrs/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.network.properties.prometheusCidrs.items.type, parentSchema: schema11.properties.network.properties.prometheusCidrs.items, data: data26 };
                if (vErrors === null) {
                  vErrors = [err89];
                } else {
                  vErrors.push(err89);
                }
                errors++;
              }
            }
            let i7 = data25.length;
            let j3;
            if (i7 > 1) {
              const indices3 = {};
              for (; i7--; ) {
                let item3 = data25[i7];
                if (typeof item3 !== "string") {
                  continue;
                }
                if (typeof indices3[item3] == "number") {
                  j3 = indices3[item3];
                  const err90 = { instancePath: instancePath + "/network/prometheusCidrs", schemaPath: "#/properties/network/properties/prometheusCidrs/uniqueItems", keyword: "uniqueItems", params: { i: i7, j: j3 }, message: "must NOT have duplicate items (items ## " + j3 + " and " + i7 + " are identical)", schema: true, parentSchema: schema11.properties.network.properties.prometheusCidrs, data: data25 };
                  if (vErrors === null) {
                    vErrors = [err90];
                  } else {
                    vErrors.push(err90);
                  }
                  errors++;
                  break;
                }
                indices3[item3] = i7;
              }
            }
          } else {
            const err91 = { instancePath: instancePath + "/network/prometheusCidrs", schemaPath: "#/properties/network/properties/prometheusCidrs/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.network.properties.prometheusCidrs.type, parentSchema: schema11.properties.network.properties.prometheusCidrs, data: data25 };
            if (vErrors === null) {
              vErrors = [err91];
            } else {
              vErrors.push(err91);
            }
            errors++;
          }
        }
        let data27 = data21.bgpSecurityGroups;
        if (!(typeof data27 == "number" && (!(data27 % 1) && !isNaN(data27)) && isFinite(data27))) {
          const err92 = { instancePath: instancePath + "/network/bgpSecurityGroups", schemaPath: "#/properties/network/properties/bgpSecurityGroups/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.network.properties.bgpSecurityGroups.type, parentSchema: schema11.properties.network.properties.bgpSecurityGroups, data: data27 };
          if (vErrors === null) {
            vErrors = [err92];
          } else {
            vErrors.push(err92);
          }
          errors++;
        }
        if (typeof data27 == "number" && isFinite(data27)) {
          if (data27 > 15 || isNaN(data27)) {
            const err93 = { instancePath: instancePath + "/network/bgpSecurityGroups", schemaPath: "#/properties/network/properties/bgpSecurityGroups/maximum", keyword: "maximum", params: { comparison: "<=", limit: 15 }, message: "must be <= 15", schema: 15, parentSchema: schema11.properties.network.properties.bgpSecurityGroups, data: data27 };
            if (vErrors === null) {
              vErrors = [err93];
            } else {
              vErrors.push(err93);
            }
            errors++;
          }
          if (data27 < 1 || isNaN(data27)) {
            const err94 = { instancePath: instancePath + "/network/bgpSecurityGroups", schemaPath: "#/properties/network/properties/bgpSecurityGroups/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.network.properties.bgpSecurityGroups, data: data27 };
            if (vErrors === null) {
              vErrors = [err94];
            } else {
              vErrors.push(err94);
            }
            errors++;
          }
        }
        let data28 = data21.routerImage;
        if (typeof data28 === "string") {
          if (func3(data28) > 255) {
            const err95 = { instancePath: instancePath + "/network/routerImage", schemaPath: "#/properties/network/properties/routerImage/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters", schema: 255, parentSchema: schema11.properties.network.properties.routerImage, data: data28 };
            if (vErrors === null) {
              vErrors = [err95];
            } else {
              vErrors.push(err95);
            }
            errors++;
          }
          if (!pattern12.test(data28)) {
            const err96 = { instancePath: instancePath + "/network/routerImage", schemaPath: "#/properties/network/properties/routerImage/pattern", keyword: "pattern", params: { pattern: "^[^\\s]+$" }, message: 'must match pattern "^[^\\s]+$"', schema: "^[^\\s]+$", parentSchema: schema11.properties.network.properties.routerImage, data: data28 };
            if (vErrors === null) {
              vErrors = [err96];
            } else {
              vErrors.push(err96);
            }
            errors++;
          }
        } else {
          const err97 = { instancePath: instancePath + "/network/routerImage", schemaPath: "#/properties/network/properties/routerImage/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.network.properties.routerImage.type, parentSchema: schema11.properties.network.properties.routerImage, data: data28 };
          if (vErrors === null) {
            vErrors = [err97];
          } else {
            vErrors.push(err97);
          }
          errors++;
        }
        if (data21.apiCertificateArn !== void 0) {
          let data29 = data21.apiCertificateArn;
          if (typeof data29 === "string") {
            if (!pattern13.test(data29)) {
              const err98 = { instancePath: instancePath + "/network/apiCertificateArn", schemaPath: "#/properties/network/properties/apiCertificateArn/pattern", keyword: "pattern", params: { pattern: "^arn:aws(-cn|-us-gov)?:acm:[a-z0-9-]{1,30}:[0-9]{12}:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" }, message: 'must match pattern "^arn:aws(-cn|-us-gov)?:acm:[a-z0-9-]{1,30}:[0-9]{12}:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"', schema: "^arn:aws(-cn|-us-gov)?:acm:[a-z0-9-]{1,30}:[0-9]{12}:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", parentSchema: schema11.properties.network.properties.apiCertificateArn, data: data29 };
              if (vErrors === null) {
                vErrors = [err98];
              } else {
                vErrors.push(err98);
              }
              errors++;
            }
          } else {
            const err99 = { instancePath: instancePath + "/network/apiCertificateArn", schemaPath: "#/properties/network/properties/apiCertificateArn/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.network.properties.apiCertificateArn.type, parentSchema: schema11.properties.network.properties.apiCertificateArn, data: data29 };
            if (vErrors === null) {
              vErrors = [err99];
            } else {
              vErrors.push(err99);
            }
            errors++;
          }
        }
      } else {
        const err100 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.network.type, parentSchema: schema11.properties.network, data: data21 };
        if (vErrors === null) {
          vErrors = [err100];
        } else {
          vErrors.push(err100);
        }
        errors++;
      }
    }
    if (data.fleet !== void 0) {
      let data30 = data.fleet;
      if (data30 && typeof data30 == "object" && !Array.isArray(data30)) {
        if (data30.image === void 0) {
          data30.image = {};
        }
        if (data30.rootVolumeGiB === void 0) {
          data30.rootVolumeGiB = 100;
        }
        if (data30.ecsAgentSettings === void 0) {
          data30.ecsAgentSettings = {};
        }
        if (data30.maxUnavailableNodes === void 0) {
          data30.maxUnavailableNodes = 1;
        }
        if (data30.spareNodes === void 0) {
          data30.spareNodes = 0;
        }
        if (data30.frozenNodes === void 0) {
          data30.frozenNodes = [];
        }
        if (data30.reservedCpuUnits === void 0) {
          data30.reservedCpuUnits = 256;
        }
        if (data30.reservedMemoryMiB === void 0) {
          data30.reservedMemoryMiB = 512;
        }
        if (data30.autoRecovery === void 0) {
          data30.autoRecovery = true;
        }
        if (data30.protectAddresses === void 0) {
          data30.protectAddresses = true;
        }
        if (data30.nodes === void 0) {
          const err101 = { instancePath: instancePath + "/fleet", schemaPath: "#/properties/fleet/required", keyword: "required", params: { missingProperty: "nodes" }, message: "must have required property 'nodes'", schema: schema11.properties.fleet.required, parentSchema: schema11.properties.fleet, data: data30 };
          if (vErrors === null) {
            vErrors = [err101];
          } else {
            vErrors.push(err101);
          }
          errors++;
        }
        if (data30.instanceType === void 0) {
          const err102 = { instancePath: instancePath + "/fleet", schemaPath: "#/properties/fleet/required", keyword: "required", params: { missingProperty: "instanceType" }, message: "must have required property 'instanceType'", schema: schema11.properties.fleet.required, parentSchema: schema11.properties.fleet, data: data30 };
          if (vErrors === null) {
            vErrors = [err102];
          } else {
            vErrors.push(err102);
          }
          errors++;
        }
        for (const key6 in data30) {
          if (!func2.call(schema11.properties.fleet.properties, key6)) {
            const err103 = { instancePath: instancePath + "/fleet", schemaPath: "#/properties/fleet/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.fleet, data: data30 };
            if (vErrors === null) {
              vErrors = [err103];
            } else {
              vErrors.push(err103);
            }
            errors++;
          }
        }
        if (data30.nodes !== void 0) {
          let data31 = data30.nodes;
          if (!(typeof data31 == "number" && (!(data31 % 1) && !isNaN(data31)) && isFinite(data31))) {
            const err104 = { instancePath: instancePath + "/fleet/nodes", schemaPath: "#/properties/fleet/properties/nodes/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.fleet.properties.nodes.type, parentSchema: schema11.properties.fleet.properties.nodes, data: data31 };
            if (vErrors === null) {
              vErrors = [err104];
            } else {
              vErrors.push(err104);
            }
            errors++;
          }
          if (typeof data31 == "number" && isFinite(data31)) {
            if (data31 > 200 || isNaN(data31)) {
              const err105 = { instancePath: instancePath + "/fleet/nodes", schemaPath: "#/properties/fleet/properties/nodes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 200 }, message: "must be <= 200", schema: 200, parentSchema: schema11.properties.fleet.properties.nodes, data: data31 };
              if (vErrors === null) {
                vErrors = [err105];
              } else {
                vErrors.push(err105);
              }
              errors++;
            }
            if (data31 < 2 || isNaN(data31)) {
              const err106 = { instancePath: instancePath + "/fleet/nodes", schemaPath: "#/properties/fleet/properties/nodes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 2 }, message: "must be >= 2", schema: 2, parentSchema: schema11.properties.fleet.properties.nodes, data: data31 };
              if (vErrors === null) {
                vErrors = [err106];
              } else {
                vErrors.push(err106);
              }
              errors++;
            }
          }
        }
        if (data30.instanceType !== void 0) {
          let data32 = data30.instanceType;
          if (typeof data32 === "string") {
            if (!pattern14.test(data32)) {
              const err107 = { instancePath: instancePath + "/fleet/instanceType", schemaPath: "#/properties/fleet/properties/instanceType/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9-]+\\.[a-z0-9-]+$" }, message: 'must match pattern "^[a-z0-9-]+\\.[a-z0-9-]+$"', schema: "^[a-z0-9-]+\\.[a-z0-9-]+$", parentSchema: schema11.properties.fleet.properties.instanceType, data: data32 };
              if (vErrors === null) {
                vErrors = [err107];
              } else {
                vErrors.push(err107);
              }
              errors++;
            }
          } else {
            const err108 = { instancePath: instancePath + "/fleet/instanceType", schemaPath: "#/properties/fleet/properties/instanceType/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.fleet.properties.instanceType.type, parentSchema: schema11.properties.fleet.properties.instanceType, data: data32 };
            if (vErrors === null) {
              vErrors = [err108];
            } else {
              vErrors.push(err108);
            }
            errors++;
          }
        }
        let data33 = data30.image;
        if (data33 && typeof data33 == "object" && !Array.isArray(data33)) {
          if (data33.os === void 0) {
            data33.os = "al2023";
          }
          if (data33.architecture === void 0) {
            data33.architecture = "x86_64";
          }
          if (data33.amiId === void 0) {
            data33.amiId = "latest";
          }
          for (const key7 in data33) {
            if (!(key7 === "os" || key7 === "architecture" || key7 === "amiId")) {
              const err109 = { instancePath: instancePath + "/fleet/image", schemaPath: "#/properties/fleet/properties/image/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.fleet.properties.image, data: data33 };
              if (vErrors === null) {
                vErrors = [err109];
              } else {
                vErrors.push(err109);
              }
              errors++;
            }
          }
          let data34 = data33.os;
          if (!(data34 === "al2023" || data34 === "bottlerocket")) {
            const err110 = { instancePath: instancePath + "/fleet/image/os", schemaPath: "#/properties/fleet/properties/image/properties/os/enum", keyword: "enum", params: { allowedValues: schema11.properties.fleet.properties.image.properties.os.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.fleet.properties.image.properties.os.enum, parentSchema: schema11.properties.fleet.properties.image.properties.os, data: data34 };
            if (vErrors === null) {
              vErrors = [err110];
            } else {
              vErrors.push(err110);
            }
            errors++;
          }
          let data35 = data33.architecture;
          if (!(data35 === "x86_64" || data35 === "arm64")) {
            const err111 = { instancePath: instancePath + "/fleet/image/architecture", schemaPath: "#/properties/fleet/properties/image/properties/architecture/enum", keyword: "enum", params: { allowedValues: schema11.properties.fleet.properties.image.properties.architecture.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.fleet.properties.image.properties.architecture.enum, parentSchema: schema11.properties.fleet.properties.image.properties.architecture, data: data35 };
            if (vErrors === null) {
              vErrors = [err111];
            } else {
              vErrors.push(err111);
            }
            errors++;
          }
          let data36 = data33.amiId;
          if (typeof data36 === "string") {
            if (!pattern15.test(data36)) {
              const err112 = { instancePath: instancePath + "/fleet/image/amiId", schemaPath: "#/properties/fleet/properties/image/properties/amiId/pattern", keyword: "pattern", params: { pattern: "^(latest|ami-[0-9a-f]{8,17})$" }, message: 'must match pattern "^(latest|ami-[0-9a-f]{8,17})$"', schema: "^(latest|ami-[0-9a-f]{8,17})$", parentSchema: schema11.properties.fleet.properties.image.properties.amiId, data: data36 };
              if (vErrors === null) {
                vErrors = [err112];
              } else {
                vErrors.push(err112);
              }
              errors++;
            }
          } else {
            const err113 = { instancePath: instancePath + "/fleet/image/amiId", schemaPath: "#/properties/fleet/properties/image/properties/amiId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.fleet.properties.image.properties.amiId.type, parentSchema: schema11.properties.fleet.properties.image.properties.amiId, data: data36 };
            if (vErrors === null) {
              vErrors = [err113];
            } else {
              vErrors.push(err113);
            }
            errors++;
          }
        } else {
          const err114 = { instancePath: instancePath + "/fleet/image", schemaPath: "#/properties/fleet/properties/image/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.fleet.properties.image.type, parentSchema: schema11.properties.fleet.properties.image, data: data33 };
          if (vErrors === null) {
            vErrors = [err114];
          } else {
            vErrors.push(err114);
          }
          errors++;
        }
        let data37 = data30.rootVolumeGiB;
        if (!(typeof data37 == "number" && (!(data37 % 1) && !isNaN(data37)) && isFinite(data37))) {
          const err115 = { instancePath: instancePath + "/fleet/rootVolumeGiB", schemaPath: "#/properties/fleet/properties/rootVolumeGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.fleet.properties.rootVolumeGiB.type, parentSchema: schema11.properties.fleet.properties.rootVolumeGiB, data: data37 };
          if (vErrors === null) {
            vErrors = [err115];
          } else {
            vErrors.push(err115);
          }
          errors++;
        }
        if (typeof data37 == "number" && isFinite(data37)) {
          if (data37 > 16384 || isNaN(data37)) {
            const err116 = { instancePath: instancePath + "/fleet/rootVolumeGiB", schemaPath: "#/properties/fleet/properties/rootVolumeGiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 16384 }, message: "must be <= 16384", schema: 16384, parentSchema: schema11.properties.fleet.properties.rootVolumeGiB, data: data37 };
            if (vErrors === null) {
              vErrors = [err116];
            } else {
              vErrors.push(err116);
            }
            errors++;
          }
          if (data37 < 30 || isNaN(data37)) {
            const err117 = { instancePath: instancePath + "/fleet/rootVolumeGiB", schemaPath: "#/properties/fleet/properties/rootVolumeGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 30 }, message: "must be >= 30", schema: 30, parentSchema: schema11.properties.fleet.properties.rootVolumeGiB, data: data37 };
            if (vErrors === null) {
              vErrors = [err117];
            } else {
              vErrors.push(err117);
            }
            errors++;
          }
        }
        let data38 = data30.ecsAgentSettings;
        if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
          if (Object.keys(data38).length > 50) {
            const err118 = { instancePath: instancePath + "/fleet/ecsAgentSettings", schemaPath: "#/properties/fleet/properties/ecsAgentSettings/maxProperties", keyword: "maxProperties", params: { limit: 50 }, message: "must NOT have more than 50 properties", schema: 50, parentSchema: schema11.properties.fleet.properties.ecsAgentSettings, data: data38 };
            if (vErrors === null) {
              vErrors = [err118];
            } else {
              vErrors.push(err118);
            }
            errors++;
          }
          for (const key8 in data38) {
            const _errs92 = errors;
            if (typeof key8 === "string") {
              if (!pattern16.test(key8)) {
                const err119 = { instancePath: instancePath + "/fleet/ecsAgentSettings", schemaPath: "#/properties/fleet/properties/ecsAgentSettings/propertyNames/pattern", keyword: "pattern", params: { pattern: "^ECS_[A-Z0-9_]+$" }, message: 'must match pattern "^ECS_[A-Z0-9_]+$"', schema: "^ECS_[A-Z0-9_]+$", parentSchema: schema11.properties.fleet.properties.ecsAgentSettings.propertyNames, data: key8, propertyName: key8 };
                if (vErrors === null) {
                  vErrors = [err119];
                } else {
                  vErrors.push(err119);
                }
                errors++;
              }
            }
            var valid24 = _errs92 === errors;
            if (!valid24) {
              const err120 = { instancePath: instancePath + "/fleet/ecsAgentSettings", schemaPath: "#/properties/fleet/properties/ecsAgentSettings/propertyNames", keyword: "propertyNames", params: { propertyName: key8 }, message: "property name must be valid", schema: schema11.properties.fleet.properties.ecsAgentSettings.propertyNames, parentSchema: schema11.properties.fleet.properties.ecsAgentSettings, data: data38 };
              if (vErrors === null) {
                vErrors = [err120];
              } else {
                vErrors.push(err120);
              }
              errors++;
            }
          }
          for (const key9 in data38) {
            let data39 = data38[key9];
            if (typeof data39 === "string") {
              if (!pattern17.test(data39)) {
                const err121 = { instancePath: instancePath + "/fleet/ecsAgentSettings/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/fleet/properties/ecsAgentSettings/additionalProperties/pattern", keyword: "pattern", params: { pattern: "^[^\\r\\n]*$" }, message: 'must match pattern "^[^\\r\\n]*$"', schema: "^[^\\r\\n]*$", parentSchema: schema11.properties.fleet.properties.ecsAgentSettings.additionalProperties, data: data39 };
                if (vErrors === null) {
                  vErrors = [err121];
                } else {
                  vErrors.push(err121);
                }
                errors++;
              }
            } else {
              const err122 = { instancePath: instancePath + "/fleet/ecsAgentSettings/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/fleet/properties/ecsAgentSettings/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.fleet.properties.ecsAgentSettings.additionalProperties.type, parentSchema: schema11.properties.fleet.properties.ecsAgentSettings.additionalProperties, data: data39 };
              if (vErrors === null) {
                vErrors = [err122];
              } else {
                vErrors.push(err122);
              }
              errors++;
            }
          }
        } else {
          const err123 = { instancePath: instancePath + "/fleet/ecsAgentSettings", schemaPath: "#/properties/fleet/properties/ecsAgentSettings/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.fleet.properties.ecsAgentSettings.type, parentSchema: schema11.properties.fleet.properties.ecsAgentSettings, data: data38 };
          if (vErrors === null) {
            vErrors = [err123];
          } else {
            vErrors.push(err123);
          }
          errors++;
        }
        let data40 = data30.maxUnavailableNodes;
        if (!(typeof data40 == "number" && (!(data40 % 1) && !isNaN(data40)) && isFinite(data40))) {
          const err124 = { instancePath: instancePath + "/fleet/maxUnavailableNodes", schemaPath: "#/properties/fleet/properties/maxUnavailableNodes/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.fleet.properties.maxUnavailableNodes.type, parentSchema: schema11.properties.fleet.properties.maxUnavailableNodes, data: data40 };
          if (vErrors === null) {
            vErrors = [err124];
          } else {
            vErrors.push(err124);
          }
          errors++;
        }
        if (typeof data40 == "number" && isFinite(data40)) {
          if (data40 > 199 || isNaN(data40)) {
            const err125 = { instancePath: instancePath + "/fleet/maxUnavailableNodes", schemaPath: "#/properties/fleet/properties/maxUnavailableNodes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 199 }, message: "must be <= 199", schema: 199, parentSchema: schema11.properties.fleet.properties.maxUnavailableNodes, data: data40 };
            if (vErrors === null) {
              vErrors = [err125];
            } else {
              vErrors.push(err125);
            }
            errors++;
          }
          if (data40 < 1 || isNaN(data40)) {
            const err126 = { instancePath: instancePath + "/fleet/maxUnavailableNodes", schemaPath: "#/properties/fleet/properties/maxUnavailableNodes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.fleet.properties.maxUnavailableNodes, data: data40 };
            if (vErrors === null) {
              vErrors = [err126];
            } else {
              vErrors.push(err126);
            }
            errors++;
          }
        }
        let data41 = data30.spareNodes;
        if (!(typeof data41 == "number" && (!(data41 % 1) && !isNaN(data41)) && isFinite(data41))) {
          const err127 = { instancePath: instancePath + "/fleet/spareNodes", schemaPath: "#/properties/fleet/properties/spareNodes/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.fleet.properties.spareNodes.type, parentSchema: schema11.properties.fleet.properties.spareNodes, data: data41 };
          if (vErrors === null) {
            vErrors = [err127];
          } else {
            vErrors.push(err127);
          }
          errors++;
        }
        if (typeof data41 == "number" && isFinite(data41)) {
          if (data41 > 8 || isNaN(data41)) {
            const err128 = { instancePath: instancePath + "/fleet/spareNodes", schemaPath: "#/properties/fleet/properties/spareNodes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 8 }, message: "must be <= 8", schema: 8, parentSchema: schema11.properties.fleet.properties.spareNodes, data: data41 };
            if (vErrors === null) {
              vErrors = [err128];
            } else {
              vErrors.push(err128);
            }
            errors++;
          }
          if (data41 < 0 || isNaN(data41)) {
            const err129 = { instancePath: instancePath + "/fleet/spareNodes", schemaPath: "#/properties/fleet/properties/spareNodes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.fleet.properties.spareNodes, data: data41 };
            if (vErrors === null) {
              vErrors = [err129];
            } else {
              vErrors.push(err129);
            }
            errors++;
          }
        }
        let data42 = data30.frozenNodes;
        if (Array.isArray(data42)) {
          const len4 = data42.length;
          for (let i8 = 0; i8 < len4; i8++) {
            let data43 = data42[i8];
            if (!(typeof data43 == "number" && (!(data43 % 1) && !isNaN(data43)) && isFinite(data43))) {
              const err130 = { instancePath: instancePath + "/fleet/frozenNodes/" + i8, schemaPath: "#/properties/fleet/properties/frozenNodes/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.fleet.properties.frozenNodes.items.type, parentSchema: schema11.properties.fleet.properties.frozenNodes.items, data: data43 };
              if (vErrors === null) {
                vErrors = [err130];
              } else {
                vErrors.push(err130);
              }
              errors++;
            }
            if (typeof data43 == "number" && isFinite(data43)) {
              if (data43 > 207 || isNaN(data43)) {
                const err131 = { instancePath: instancePath + "/fleet/frozenNodes/" + i8, schemaPath: "#/properties/fleet/properties/frozenNodes/items/maximum", keyword: "maximum", params: { comparison: "<=", limit: 207 }, message: "must be <= 207", schema: 207, parentSchema: schema11.properties.fleet.properties.frozenNodes.items, data: data43 };
                if (vErrors === null) {
                  vErrors = [err131];
                } else {
                  vErrors.push(err131);
                }
                errors++;
              }
              if (data43 < 0 || isNaN(data43)) {
                const err132 = { instancePath: instancePath + "/fleet/frozenNodes/" + i8, schemaPath: "#/properties/fleet/properties/frozenNodes/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.fleet.properties.frozenNodes.items, data: data43 };
                if (vErrors === null) {
                  vErrors = [err132];
                } else {
                  vErrors.push(err132);
                }
                errors++;
              }
            }
          }
          let i9 = data42.length;
          let j4;
          if (i9 > 1) {
            const indices4 = {};
            for (; i9--; ) {
              let item4 = data42[i9];
              if (!(typeof item4 == "number" && (!(item4 % 1) && !isNaN(item4)) && isFinite(item4))) {
                continue;
              }
              if (typeof indices4[item4] == "number") {
                j4 = indices4[item4];
                const err133 = { instancePath: instancePath + "/fleet/frozenNodes", schemaPath: "#/properties/fleet/properties/frozenNodes/uniqueItems", keyword: "uniqueItems", params: { i: i9, j: j4 }, message: "must NOT have duplicate items (items ## " + j4 + " and " + i9 + " are identical)", schema: true, parentSchema: schema11.properties.fleet.properties.frozenNodes, data: data42 };
                if (vErrors === null) {
                  vErrors = [err133];
                } else {
                  vErrors.push(err133);
                }
                errors++;
                break;
              }
              indices4[item4] = i9;
            }
          }
        } else {
          const err134 = { instancePath: instancePath + "/fleet/frozenNodes", schemaPath: "#/properties/fleet/properties/frozenNodes/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.fleet.properties.frozenNodes.type, parentSchema: schema11.properties.fleet.properties.frozenNodes, data: data42 };
          if (vErrors === null) {
            vErrors = [err134];
          } else {
            vErrors.push(err134);
          }
          errors++;
        }
        if (data30.cells !== void 0) {
          let data44 = data30.cells;
          if (Array.isArray(data44)) {
            if (data44.length > 100) {
              const err135 = { instancePath: instancePath + "/fleet/cells", schemaPath: "#/properties/fleet/properties/cells/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema11.properties.fleet.properties.cells, data: data44 };
              if (vErrors === null) {
                vErrors = [err135];
              } else {
                vErrors.push(err135);
              }
              errors++;
            }
            if (data44.length < 1) {
              const err136 = { instancePath: instancePath + "/fleet/cells", schemaPath: "#/properties/fleet/properties/cells/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.fleet.properties.cells, data: data44 };
              if (vErrors === null) {
                vErrors = [err136];
              } else {
                vErrors.push(err136);
              }
              errors++;
            }
            const len5 = data44.length;
            for (let i10 = 0; i10 < len5; i10++) {
              let data45 = data44[i10];
              if (data45 && typeof data45 == "object" && !Array.isArray(data45)) {
                if (data45.name === void 0) {
                  const err137 = { instancePath: instancePath + "/fleet/cells/" + i10, schemaPath: "#/properties/fleet/properties/cells/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema11.properties.fleet.properties.cells.items.required, parentSchema: schema11.properties.fleet.properties.cells.items, data: data45 };
                  if (vErrors === null) {
                    vErrors = [err137];
                  } else {
                    vErrors.push(err137);
                  }
                  errors++;
                }
                if (data45.nodes === void 0) {
                  const err138 = { instancePath: instancePath + "/fleet/cells/" + i10, schemaPath: "#/properties/fleet/properties/cells/items/required", keyword: "required", params: { missingProperty: "nodes" }, message: "must have required property 'nodes'", schema: schema11.properties.fleet.properties.cells.items.required, parentSchema: schema11.properties.fleet.properties.cells.items, data: data45 };
                  if (vErrors === null) {
                    vErrors = [err138];
                  } else {
                    vErrors.push(err138);
                  }
                  errors++;
                }
                for (const key10 in data45) {
                  if (!(key10 === "name" || key10 === "nodes")) {
                    const err139 = { instancePath: instancePath + "/fleet/cells/" + i10, schemaPath: "#/properties/fleet/properties/cells/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.fleet.properties.cells.items, data: data45 };
                    if (vErrors === null) {
                      vErrors = [err139];
                    } else {
                      vErrors.push(err139);
                    }
                    errors++;
                  }
                }
                if (data45.name !== void 0) {
                  let data46 = data45.name;
                  if (typeof data46 === "string") {
                    if (func3(data46) > 24) {
                      const err140 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/name", schemaPath: "#/properties/fleet/properties/cells/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 24 }, message: "must NOT have more than 24 characters", schema: 24, parentSchema: schema11.properties.fleet.properties.cells.items.properties.name, data: data46 };
                      if (vErrors === null) {
                        vErrors = [err140];
                      } else {
                        vErrors.push(err140);
                      }
                      errors++;
                    }
                    if (!pattern18.test(data46)) {
                      const err141 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/name", schemaPath: "#/properties/fleet/properties/cells/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" }, message: 'must match pattern "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"', schema: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", parentSchema: schema11.properties.fleet.properties.cells.items.properties.name, data: data46 };
                      if (vErrors === null) {
                        vErrors = [err141];
                      } else {
                        vErrors.push(err141);
                      }
                      errors++;
                    }
                  } else {
                    const err142 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/name", schemaPath: "#/properties/fleet/properties/cells/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.fleet.properties.cells.items.properties.name.type, parentSchema: schema11.properties.fleet.properties.cells.items.properties.name, data: data46 };
                    if (vErrors === null) {
                      vErrors = [err142];
                    } else {
                      vErrors.push(err142);
                    }
                    errors++;
                  }
                }
                if (data45.nodes !== void 0) {
                  let data47 = data45.nodes;
                  if (Array.isArray(data47)) {
                    if (data47.length < 1) {
                      const err143 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/nodes", schemaPath: "#/properties/fleet/properties/cells/items/properties/nodes/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.fleet.properties.cells.items.properties.nodes, data: data47 };
                      if (vErrors === null) {
                        vErrors = [err143];
                      } else {
                        vErrors.push(err143);
                      }
                      errors++;
                    }
                    const len6 = data47.length;
                    for (let i11 = 0; i11 < len6; i11++) {
                      let data48 = data47[i11];
                      if (!(typeof data48 == "number" && (!(data48 % 1) && !isNaN(data48)) && isFinite(data48))) {
                        const err144 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/nodes/" + i11, schemaPath: "#/properties/fleet/properties/cells/items/properties/nodes/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.fleet.properties.cells.items.properties.nodes.items.type, parentSchema: schema11.properties.fleet.properties.cells.items.properties.nodes.items, data: data48 };
                        if (vErrors === null) {
                          vErrors = [err144];
                        } else {
                          vErrors.push(err144);
                        }
                        errors++;
                      }
                      if (typeof data48 == "number" && isFinite(data48)) {
                        if (data48 > 199 || isNaN(data48)) {
                          const err145 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/nodes/" + i11, schemaPath: "#/properties/fleet/properties/cells/items/properties/nodes/items/maximum", keyword: "maximum", params: { comparison: "<=", limit: 199 }, message: "must be <= 199", schema: 199, parentSchema: schema11.properties.fleet.properties.cells.items.properties.nodes.items, data: data48 };
                          if (vErrors === null) {
                            vErrors = [err145];
                          } else {
                            vErrors.push(err145);
                          }
                          errors++;
                        }
                        if (data48 < 0 || isNaN(data48)) {
                          const err146 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/nodes/" + i11, schemaPath: "#/properties/fleet/properties/cells/items/properties/nodes/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.fleet.properties.cells.items.properties.nodes.items, data: data48 };
                          if (vErrors === null) {
                            vErrors = [err146];
                          } else {
                            vErrors.push(err146);
                          }
                          errors++;
                        }
                      }
                    }
                    let i12 = data47.length;
                    let j5;
                    if (i12 > 1) {
                      const indices5 = {};
                      for (; i12--; ) {
                        let item5 = data47[i12];
                        if (!(typeof item5 == "number" && (!(item5 % 1) && !isNaN(item5)) && isFinite(item5))) {
                          continue;
                        }
                        if (typeof indices5[item5] == "number") {
                          j5 = indices5[item5];
                          const err147 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/nodes", schemaPath: "#/properties/fleet/properties/cells/items/properties/nodes/uniqueItems", keyword: "uniqueItems", params: { i: i12, j: j5 }, message: "must NOT have duplicate items (items ## " + j5 + " and " + i12 + " are identical)", schema: true, parentSchema: schema11.properties.fleet.properties.cells.items.properties.nodes, data: data47 };
                          if (vErrors === null) {
                            vErrors = [err147];
                          } else {
                            vErrors.push(err147);
                          }
                          errors++;
                          break;
                        }
                        indices5[item5] = i12;
                      }
                    }
                  } else {
                    const err148 = { instancePath: instancePath + "/fleet/cells/" + i10 + "/nodes", schemaPath: "#/properties/fleet/properties/cells/items/properties/nodes/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.fleet.properties.cells.items.properties.nodes.type, parentSchema: schema11.properties.fleet.properties.cells.items.properties.nodes, data: data47 };
                    if (vErrors === null) {
                      vErrors = [err148];
                    } else {
                      vErrors.push(err148);
                    }
                    errors++;
                  }
                }
              } else {
                const err149 = { instancePath: instancePath + "/fleet/cells/" + i10, schemaPath: "#/properties/fleet/properties/cells/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.fleet.properties.cells.items.type, parentSchema: schema11.properties.fleet.properties.cells.items, data: data45 };
                if (vErrors === null) {
                  vErrors = [err149];
                } else {
                  vErrors.push(err149);
                }
                errors++;
              }
            }
          } else {
            const err150 = { instancePath: instancePath + "/fleet/cells", schemaPath: "#/properties/fleet/properties/cells/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.fleet.properties.cells.type, parentSchema: schema11.properties.fleet.properties.cells, data: data44 };
            if (vErrors === null) {
              vErrors = [err150];
            } else {
              vErrors.push(err150);
            }
            errors++;
          }
        }
        let data49 = data30.reservedCpuUnits;
        if (!(typeof data49 == "number" && (!(data49 % 1) && !isNaN(data49)) && isFinite(data49))) {
          const err151 = { instancePath: instancePath + "/fleet/reservedCpuUnits", schemaPath: "#/properties/fleet/properties/reservedCpuUnits/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.fleet.properties.reservedCpuUnits.type, parentSchema: schema11.properties.fleet.properties.reservedCpuUnits, data: data49 };
          if (vErrors === null) {
            vErrors = [err151];
          } else {
            vErrors.push(err151);
          }
          errors++;
        }
        if (typeof data49 == "number" && isFinite(data49)) {
          if (data49 > 196608 || isNaN(data49)) {
            const err152 = { instancePath: instancePath + "/fleet/reservedCpuUnits", schemaPath: "#/properties/fleet/properties/reservedCpuUnits/maximum", keyword: "maximum", params: { comparison: "<=", limit: 196608 }, message: "must be <= 196608", schema: 196608, parentSchema: schema11.properties.fleet.properties.reservedCpuUnits, data: data49 };
            if (vErrors === null) {
              vErrors = [err152];
            } else {
              vErrors.push(err152);
            }
            errors++;
          }
          if (data49 < 0 || isNaN(data49)) {
            const err153 = { instancePath: instancePath + "/fleet/reservedCpuUnits", schemaPath: "#/properties/fleet/properties/reservedCpuUnits/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.fleet.properties.reservedCpuUnits, data: data49 };
            if (vErrors === null) {
              vErrors = [err153];
            } else {
              vErrors.push(err153);
            }
            errors++;
          }
        }
        let data50 = data30.reservedMemoryMiB;
        if (!(typeof data50 == "number" && (!(data50 % 1) && !isNaN(data50)) && isFinite(data50))) {
          const err154 = { instancePath: instancePath + "/fleet/reservedMemoryMiB", schemaPath: "#/properties/fleet/properties/reservedMemoryMiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.fleet.properties.reservedMemoryMiB.type, parentSchema: schema11.properties.fleet.properties.reservedMemoryMiB, data: data50 };
          if (vErrors === null) {
            vErrors = [err154];
          } else {
            vErrors.push(err154);
          }
          errors++;
        }
        if (typeof data50 == "number" && isFinite(data50)) {
          if (data50 > 1048576 || isNaN(data50)) {
            const err155 = { instancePath: instancePath + "/fleet/reservedMemoryMiB", schemaPath: "#/properties/fleet/properties/reservedMemoryMiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1048576 }, message: "must be <= 1048576", schema: 1048576, parentSchema: schema11.properties.fleet.properties.reservedMemoryMiB, data: data50 };
            if (vErrors === null) {
              vErrors = [err155];
            } else {
              vErrors.push(err155);
            }
            errors++;
          }
          if (data50 < 0 || isNaN(data50)) {
            const err156 = { instancePath: instancePath + "/fleet/reservedMemoryMiB", schemaPath: "#/properties/fleet/properties/reservedMemoryMiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.fleet.properties.reservedMemoryMiB, data: data50 };
            if (vErrors === null) {
              vErrors = [err156];
            } else {
              vErrors.push(err156);
            }
            errors++;
          }
        }
        let data51 = data30.autoRecovery;
        if (typeof data51 !== "boolean") {
          const err157 = { instancePath: instancePath + "/fleet/autoRecovery", schemaPath: "#/properties/fleet/properties/autoRecovery/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.fleet.properties.autoRecovery.type, parentSchema: schema11.properties.fleet.properties.autoRecovery, data: data51 };
          if (vErrors === null) {
            vErrors = [err157];
          } else {
            vErrors.push(err157);
          }
          errors++;
        }
        let data52 = data30.protectAddresses;
        if (typeof data52 !== "boolean") {
          const err158 = { instancePath: instancePath + "/fleet/protectAddresses", schemaPath: "#/properties/fleet/properties/protectAddresses/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.fleet.properties.protectAddresses.type, parentSchema: schema11.properties.fleet.properties.protectAddresses, data: data52 };
          if (vErrors === null) {
            vErrors = [err158];
          } else {
            vErrors.push(err158);
          }
          errors++;
        }
      } else {
        const err159 = { instancePath: instancePath + "/fleet", schemaPath: "#/properties/fleet/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.fleet.type, parentSchema: schema11.properties.fleet, data: data30 };
        if (vErrors === null) {
          vErrors = [err159];
        } else {
          vErrors.push(err159);
        }
        errors++;
      }
    }
    if (data.routed !== void 0) {
      let data53 = data.routed;
      if (data53 && typeof data53 == "object" && !Array.isArray(data53)) {
        if (data53.cpuUnits === void 0) {
          data53.cpuUnits = 4096;
        }
        if (data53.memoryMiB === void 0) {
          data53.memoryMiB = 20480;
        }
        if (data53.cpuIsolation === void 0) {
          data53.cpuIsolation = "quota";
        }
        if (data53.stateRebuildMinutes === void 0) {
          data53.stateRebuildMinutes = 12;
        }
        if (data53.apiHealthCheck === void 0) {
          data53.apiHealthCheck = false;
        }
        if (data53.logRetentionDays === void 0) {
          data53.logRetentionDays = 30;
        }
        if (data53.tasksPerPop === void 0) {
          data53.tasksPerPop = 2;
        }
        if (data53.placement === void 0) {
          data53.placement = "daemon";
        }
        if (data53.initImage === void 0) {
          data53.initImage = "public.ecr.aws/docker/library/busybox:1.37.0";
        }
        if (data53.ports === void 0) {
          data53.ports = {};
        }
        if (data53.daemons === void 0) {
          data53.daemons = [];
        }
        if (data53.image === void 0) {
          const err160 = { instancePath: instancePath + "/routed", schemaPath: "#/properties/routed/required", keyword: "required", params: { missingProperty: "image" }, message: "must have required property 'image'", schema: schema11.properties.routed.required, parentSchema: schema11.properties.routed, data: data53 };
          if (vErrors === null) {
            vErrors = [err160];
          } else {
            vErrors.push(err160);
          }
          errors++;
        }
        for (const key11 in data53) {
          if (!func2.call(schema11.properties.routed.properties, key11)) {
            const err161 = { instancePath: instancePath + "/routed", schemaPath: "#/properties/routed/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.routed, data: data53 };
            if (vErrors === null) {
              vErrors = [err161];
            } else {
              vErrors.push(err161);
            }
            errors++;
          }
        }
        if (data53.image !== void 0) {
          let data54 = data53.image;
          if (typeof data54 === "string") {
            if (func3(data54) > 255) {
              const err162 = { instancePath: instancePath + "/routed/image", schemaPath: "#/properties/routed/properties/image/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters", schema: 255, parentSchema: schema11.properties.routed.properties.image, data: data54 };
              if (vErrors === null) {
                vErrors = [err162];
              } else {
                vErrors.push(err162);
              }
              errors++;
            }
            if (!pattern12.test(data54)) {
              const err163 = { instancePath: instancePath + "/routed/image", schemaPath: "#/properties/routed/properties/image/pattern", keyword: "pattern", params: { pattern: "^[^\\s]+$" }, message: 'must match pattern "^[^\\s]+$"', schema: "^[^\\s]+$", parentSchema: schema11.properties.routed.properties.image, data: data54 };
              if (vErrors === null) {
                vErrors = [err163];
              } else {
                vErrors.push(err163);
              }
              errors++;
            }
          } else {
            const err164 = { instancePath: instancePath + "/routed/image", schemaPath: "#/properties/routed/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.image.type, parentSchema: schema11.properties.routed.properties.image, data: data54 };
            if (vErrors === null) {
              vErrors = [err164];
            } else {
              vErrors.push(err164);
            }
            errors++;
          }
        }
        let data55 = data53.cpuUnits;
        if (!(typeof data55 == "number" && (!(data55 % 1) && !isNaN(data55)) && isFinite(data55))) {
          const err165 = { instancePath: instancePath + "/routed/cpuUnits", schemaPath: "#/properties/routed/properties/cpuUnits/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.cpuUnits.type, parentSchema: schema11.properties.routed.properties.cpuUnits, data: data55 };
          if (vErrors === null) {
            vErrors = [err165];
          } else {
            vErrors.push(err165);
          }
          errors++;
        }
        if (typeof data55 == "number" && isFinite(data55)) {
          if (data55 > 196608 || isNaN(data55)) {
            const err166 = { instancePath: instancePath + "/routed/cpuUnits", schemaPath: "#/properties/routed/properties/cpuUnits/maximum", keyword: "maximum", params: { comparison: "<=", limit: 196608 }, message: "must be <= 196608", schema: 196608, parentSchema: schema11.properties.routed.properties.cpuUnits, data: data55 };
            if (vErrors === null) {
              vErrors = [err166];
            } else {
              vErrors.push(err166);
            }
            errors++;
          }
          if (data55 < 128 || isNaN(data55)) {
            const err167 = { instancePath: instancePath + "/routed/cpuUnits", schemaPath: "#/properties/routed/properties/cpuUnits/minimum", keyword: "minimum", params: { comparison: ">=", limit: 128 }, message: "must be >= 128", schema: 128, parentSchema: schema11.properties.routed.properties.cpuUnits, data: data55 };
            if (vErrors === null) {
              vErrors = [err167];
            } else {
              vErrors.push(err167);
            }
            errors++;
          }
        }
        let data56 = data53.memoryMiB;
        if (!(typeof data56 == "number" && (!(data56 % 1) && !isNaN(data56)) && isFinite(data56))) {
          const err168 = { instancePath: instancePath + "/routed/memoryMiB", schemaPath: "#/properties/routed/properties/memoryMiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.memoryMiB.type, parentSchema: schema11.properties.routed.properties.memoryMiB, data: data56 };
          if (vErrors === null) {
            vErrors = [err168];
          } else {
            vErrors.push(err168);
          }
          errors++;
        }
        if (typeof data56 == "number" && isFinite(data56)) {
          if (data56 > 1048576 || isNaN(data56)) {
            const err169 = { instancePath: instancePath + "/routed/memoryMiB", schemaPath: "#/properties/routed/properties/memoryMiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1048576 }, message: "must be <= 1048576", schema: 1048576, parentSchema: schema11.properties.routed.properties.memoryMiB, data: data56 };
            if (vErrors === null) {
              vErrors = [err169];
            } else {
              vErrors.push(err169);
            }
            errors++;
          }
          if (data56 < 128 || isNaN(data56)) {
            const err170 = { instancePath: instancePath + "/routed/memoryMiB", schemaPath: "#/properties/routed/properties/memoryMiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 128 }, message: "must be >= 128", schema: 128, parentSchema: schema11.properties.routed.properties.memoryMiB, data: data56 };
            if (vErrors === null) {
              vErrors = [err170];
            } else {
              vErrors.push(err170);
            }
            errors++;
          }
        }
        let data57 = data53.cpuIsolation;
        if (!(data57 === "quota" || data57 === "cpuset")) {
          const err171 = { instancePath: instancePath + "/routed/cpuIsolation", schemaPath: "#/properties/routed/properties/cpuIsolation/enum", keyword: "enum", params: { allowedValues: schema11.properties.routed.properties.cpuIsolation.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.routed.properties.cpuIsolation.enum, parentSchema: schema11.properties.routed.properties.cpuIsolation, data: data57 };
          if (vErrors === null) {
            vErrors = [err171];
          } else {
            vErrors.push(err171);
          }
          errors++;
        }
        let data58 = data53.stateRebuildMinutes;
        if (!(typeof data58 == "number" && (!(data58 % 1) && !isNaN(data58)) && isFinite(data58))) {
          const err172 = { instancePath: instancePath + "/routed/stateRebuildMinutes", schemaPath: "#/properties/routed/properties/stateRebuildMinutes/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.stateRebuildMinutes.type, parentSchema: schema11.properties.routed.properties.stateRebuildMinutes, data: data58 };
          if (vErrors === null) {
            vErrors = [err172];
          } else {
            vErrors.push(err172);
          }
          errors++;
        }
        if (typeof data58 == "number" && isFinite(data58)) {
          if (data58 > 40 || isNaN(data58)) {
            const err173 = { instancePath: instancePath + "/routed/stateRebuildMinutes", schemaPath: "#/properties/routed/properties/stateRebuildMinutes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 40 }, message: "must be <= 40", schema: 40, parentSchema: schema11.properties.routed.properties.stateRebuildMinutes, data: data58 };
            if (vErrors === null) {
              vErrors = [err173];
            } else {
              vErrors.push(err173);
            }
            errors++;
          }
          if (data58 < 1 || isNaN(data58)) {
            const err174 = { instancePath: instancePath + "/routed/stateRebuildMinutes", schemaPath: "#/properties/routed/properties/stateRebuildMinutes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.routed.properties.stateRebuildMinutes, data: data58 };
            if (vErrors === null) {
              vErrors = [err174];
            } else {
              vErrors.push(err174);
            }
            errors++;
          }
        }
        let data59 = data53.apiHealthCheck;
        if (typeof data59 !== "boolean") {
          const err175 = { instancePath: instancePath + "/routed/apiHealthCheck", schemaPath: "#/properties/routed/properties/apiHealthCheck/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.routed.properties.apiHealthCheck.type, parentSchema: schema11.properties.routed.properties.apiHealthCheck, data: data59 };
          if (vErrors === null) {
            vErrors = [err175];
          } else {
            vErrors.push(err175);
          }
          errors++;
        }
        let data60 = data53.logRetentionDays;
        if (!(data60 === 30 || data60 === 60 || data60 === 90 || data60 === 120 || data60 === 150 || data60 === 180 || data60 === 365 || data60 === 400 || data60 === 545 || data60 === 731 || data60 === 1096 || data60 === 1827 || data60 === 2192 || data60 === 2557 || data60 === 2922 || data60 === 3288 || data60 === 3653)) {
          const err176 = { instancePath: instancePath + "/routed/logRetentionDays", schemaPath: "#/properties/routed/properties/logRetentionDays/enum", keyword: "enum", params: { allowedValues: schema11.properties.routed.properties.logRetentionDays.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.routed.properties.logRetentionDays.enum, parentSchema: schema11.properties.routed.properties.logRetentionDays, data: data60 };
          if (vErrors === null) {
            vErrors = [err176];
          } else {
            vErrors.push(err176);
          }
          errors++;
        }
        let data61 = data53.tasksPerPop;
        if (!(typeof data61 == "number" && (!(data61 % 1) && !isNaN(data61)) && isFinite(data61))) {
          const err177 = { instancePath: instancePath + "/routed/tasksPerPop", schemaPath: "#/properties/routed/properties/tasksPerPop/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.tasksPerPop.type, parentSchema: schema11.properties.routed.properties.tasksPerPop, data: data61 };
          if (vErrors === null) {
            vErrors = [err177];
          } else {
            vErrors.push(err177);
          }
          errors++;
        }
        if (typeof data61 == "number" && isFinite(data61)) {
          if (data61 > 10 || isNaN(data61)) {
            const err178 = { instancePath: instancePath + "/routed/tasksPerPop", schemaPath: "#/properties/routed/properties/tasksPerPop/maximum", keyword: "maximum", params: { comparison: "<=", limit: 10 }, message: "must be <= 10", schema: 10, parentSchema: schema11.properties.routed.properties.tasksPerPop, data: data61 };
            if (vErrors === null) {
              vErrors = [err178];
            } else {
              vErrors.push(err178);
            }
            errors++;
          }
          if (data61 < 1 || isNaN(data61)) {
            const err179 = { instancePath: instancePath + "/routed/tasksPerPop", schemaPath: "#/properties/routed/properties/tasksPerPop/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.routed.properties.tasksPerPop, data: data61 };
            if (vErrors === null) {
              vErrors = [err179];
            } else {
              vErrors.push(err179);
            }
            errors++;
          }
        }
        let data62 = data53.placement;
        if (!(data62 === "daemon" || data62 === "spread")) {
          const err180 = { instancePath: instancePath + "/routed/placement", schemaPath: "#/properties/routed/properties/placement/enum", keyword: "enum", params: { allowedValues: schema11.properties.routed.properties.placement.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.routed.properties.placement.enum, parentSchema: schema11.properties.routed.properties.placement, data: data62 };
          if (vErrors === null) {
            vErrors = [err180];
          } else {
            vErrors.push(err180);
          }
          errors++;
        }
        let data63 = data53.initImage;
        if (typeof data63 === "string") {
          if (func3(data63) > 255) {
            const err181 = { instancePath: instancePath + "/routed/initImage", schemaPath: "#/properties/routed/properties/initImage/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters", schema: 255, parentSchema: schema11.properties.routed.properties.initImage, data: data63 };
            if (vErrors === null) {
              vErrors = [err181];
            } else {
              vErrors.push(err181);
            }
            errors++;
          }
          if (!pattern12.test(data63)) {
            const err182 = { instancePath: instancePath + "/routed/initImage", schemaPath: "#/properties/routed/properties/initImage/pattern", keyword: "pattern", params: { pattern: "^[^\\s]+$" }, message: 'must match pattern "^[^\\s]+$"', schema: "^[^\\s]+$", parentSchema: schema11.properties.routed.properties.initImage, data: data63 };
            if (vErrors === null) {
              vErrors = [err182];
            } else {
              vErrors.push(err182);
            }
            errors++;
          }
        } else {
          const err183 = { instancePath: instancePath + "/routed/initImage", schemaPath: "#/properties/routed/properties/initImage/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.initImage.type, parentSchema: schema11.properties.routed.properties.initImage, data: data63 };
          if (vErrors === null) {
            vErrors = [err183];
          } else {
            vErrors.push(err183);
          }
          errors++;
        }
        if (data53.canaries !== void 0) {
          let data64 = data53.canaries;
          if (Array.isArray(data64)) {
            const len7 = data64.length;
            for (let i13 = 0; i13 < len7; i13++) {
              let data65 = data64[i13];
              if (typeof data65 === "string") {
                if (func3(data65) < 1) {
                  const err184 = { instancePath: instancePath + "/routed/canaries/" + i13, schemaPath: "#/properties/routed/properties/canaries/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.routed.properties.canaries.items, data: data65 };
                  if (vErrors === null) {
                    vErrors = [err184];
                  } else {
                    vErrors.push(err184);
                  }
                  errors++;
                }
              } else {
                const err185 = { instancePath: instancePath + "/routed/canaries/" + i13, schemaPath: "#/properties/routed/properties/canaries/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.canaries.items.type, parentSchema: schema11.properties.routed.properties.canaries.items, data: data65 };
                if (vErrors === null) {
                  vErrors = [err185];
                } else {
                  vErrors.push(err185);
                }
                errors++;
              }
            }
            let i14 = data64.length;
            let j6;
            if (i14 > 1) {
              const indices6 = {};
              for (; i14--; ) {
                let item6 = data64[i14];
                if (typeof item6 !== "string") {
                  continue;
                }
                if (typeof indices6[item6] == "number") {
                  j6 = indices6[item6];
                  const err186 = { instancePath: instancePath + "/routed/canaries", schemaPath: "#/properties/routed/properties/canaries/uniqueItems", keyword: "uniqueItems", params: { i: i14, j: j6 }, message: "must NOT have duplicate items (items ## " + j6 + " and " + i14 + " are identical)", schema: true, parentSchema: schema11.properties.routed.properties.canaries, data: data64 };
                  if (vErrors === null) {
                    vErrors = [err186];
                  } else {
                    vErrors.push(err186);
                  }
                  errors++;
                  break;
                }
                indices6[item6] = i14;
              }
            }
          } else {
            const err187 = { instancePath: instancePath + "/routed/canaries", schemaPath: "#/properties/routed/properties/canaries/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.canaries.type, parentSchema: schema11.properties.routed.properties.canaries, data: data64 };
            if (vErrors === null) {
              vErrors = [err187];
            } else {
              vErrors.push(err187);
            }
            errors++;
          }
        }
        if (data53.canaryImage !== void 0) {
          let data66 = data53.canaryImage;
          if (typeof data66 === "string") {
            if (func3(data66) > 255) {
              const err188 = { instancePath: instancePath + "/routed/canaryImage", schemaPath: "#/properties/routed/properties/canaryImage/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters", schema: 255, parentSchema: schema11.properties.routed.properties.canaryImage, data: data66 };
              if (vErrors === null) {
                vErrors = [err188];
              } else {
                vErrors.push(err188);
              }
              errors++;
            }
            if (!pattern12.test(data66)) {
              const err189 = { instancePath: instancePath + "/routed/canaryImage", schemaPath: "#/properties/routed/properties/canaryImage/pattern", keyword: "pattern", params: { pattern: "^[^\\s]+$" }, message: 'must match pattern "^[^\\s]+$"', schema: "^[^\\s]+$", parentSchema: schema11.properties.routed.properties.canaryImage, data: data66 };
              if (vErrors === null) {
                vErrors = [err189];
              } else {
                vErrors.push(err189);
              }
              errors++;
            }
          } else {
            const err190 = { instancePath: instancePath + "/routed/canaryImage", schemaPath: "#/properties/routed/properties/canaryImage/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.canaryImage.type, parentSchema: schema11.properties.routed.properties.canaryImage, data: data66 };
            if (vErrors === null) {
              vErrors = [err190];
            } else {
              vErrors.push(err190);
            }
            errors++;
          }
        }
        if (data53.popsPerWave !== void 0) {
          let data67 = data53.popsPerWave;
          if (!(typeof data67 == "number" && (!(data67 % 1) && !isNaN(data67)) && isFinite(data67))) {
            const err191 = { instancePath: instancePath + "/routed/popsPerWave", schemaPath: "#/properties/routed/properties/popsPerWave/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.popsPerWave.type, parentSchema: schema11.properties.routed.properties.popsPerWave, data: data67 };
            if (vErrors === null) {
              vErrors = [err191];
            } else {
              vErrors.push(err191);
            }
            errors++;
          }
          if (typeof data67 == "number" && isFinite(data67)) {
            if (data67 > 999 || isNaN(data67)) {
              const err192 = { instancePath: instancePath + "/routed/popsPerWave", schemaPath: "#/properties/routed/properties/popsPerWave/maximum", keyword: "maximum", params: { comparison: "<=", limit: 999 }, message: "must be <= 999", schema: 999, parentSchema: schema11.properties.routed.properties.popsPerWave, data: data67 };
              if (vErrors === null) {
                vErrors = [err192];
              } else {
                vErrors.push(err192);
              }
              errors++;
            }
            if (data67 < 1 || isNaN(data67)) {
              const err193 = { instancePath: instancePath + "/routed/popsPerWave", schemaPath: "#/properties/routed/properties/popsPerWave/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.routed.properties.popsPerWave, data: data67 };
              if (vErrors === null) {
                vErrors = [err193];
              } else {
                vErrors.push(err193);
              }
              errors++;
            }
          }
        }
        let data68 = data53.ports;
        if (data68 && typeof data68 == "object" && !Array.isArray(data68)) {
          if (data68.bgpBase === void 0) {
            data68.bgpBase = 2e4;
          }
          if (data68.apiBase === void 0) {
            data68.apiBase = 21e3;
          }
          if (data68.metricsBase === void 0) {
            data68.metricsBase = 22e3;
          }
          for (const key12 in data68) {
            if (!(key12 === "bgpBase" || key12 === "apiBase" || key12 === "metricsBase")) {
              const err194 = { instancePath: instancePath + "/routed/ports", schemaPath: "#/properties/routed/properties/ports/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.routed.properties.ports, data: data68 };
              if (vErrors === null) {
                vErrors = [err194];
              } else {
                vErrors.push(err194);
              }
              errors++;
            }
          }
          let data69 = data68.bgpBase;
          if (!(typeof data69 == "number" && (!(data69 % 1) && !isNaN(data69)) && isFinite(data69))) {
            const err195 = { instancePath: instancePath + "/routed/ports/bgpBase", schemaPath: "#/properties/routed/properties/ports/properties/bgpBase/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.ports.properties.bgpBase.type, parentSchema: schema11.properties.routed.properties.ports.properties.bgpBase, data: data69 };
            if (vErrors === null) {
              vErrors = [err195];
            } else {
              vErrors.push(err195);
            }
            errors++;
          }
          if (typeof data69 == "number" && isFinite(data69)) {
            if (data69 > 31768 || isNaN(data69)) {
              const err196 = { instancePath: instancePath + "/routed/ports/bgpBase", schemaPath: "#/properties/routed/properties/ports/properties/bgpBase/maximum", keyword: "maximum", params: { comparison: "<=", limit: 31768 }, message: "must be <= 31768", schema: 31768, parentSchema: schema11.properties.routed.properties.ports.properties.bgpBase, data: data69 };
              if (vErrors === null) {
                vErrors = [err196];
              } else {
                vErrors.push(err196);
              }
              errors++;
            }
            if (data69 < 1024 || isNaN(data69)) {
              const err197 = { instancePath: instancePath + "/routed/ports/bgpBase", schemaPath: "#/properties/routed/properties/ports/properties/bgpBase/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1024 }, message: "must be >= 1024", schema: 1024, parentSchema: schema11.properties.routed.properties.ports.properties.bgpBase, data: data69 };
              if (vErrors === null) {
                vErrors = [err197];
              } else {
                vErrors.push(err197);
              }
              errors++;
            }
          }
          let data70 = data68.apiBase;
          if (!(typeof data70 == "number" && (!(data70 % 1) && !isNaN(data70)) && isFinite(data70))) {
            const err198 = { instancePath: instancePath + "/routed/ports/apiBase", schemaPath: "#/properties/routed/properties/ports/properties/apiBase/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.ports.properties.apiBase.type, parentSchema: schema11.properties.routed.properties.ports.properties.apiBase, data: data70 };
            if (vErrors === null) {
              vErrors = [err198];
            } else {
              vErrors.push(err198);
            }
            errors++;
          }
          if (typeof data70 == "number" && isFinite(data70)) {
            if (data70 > 31768 || isNaN(data70)) {
              const err199 = { instancePath: instancePath + "/routed/ports/apiBase", schemaPath: "#/properties/routed/properties/ports/properties/apiBase/maximum", keyword: "maximum", params: { comparison: "<=", limit: 31768 }, message: "must be <= 31768", schema: 31768, parentSchema: schema11.properties.routed.properties.ports.properties.apiBase, data: data70 };
              if (vErrors === null) {
                vErrors = [err199];
              } else {
                vErrors.push(err199);
              }
              errors++;
            }
            if (data70 < 1024 || isNaN(data70)) {
              const err200 = { instancePath: instancePath + "/routed/ports/apiBase", schemaPath: "#/properties/routed/properties/ports/properties/apiBase/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1024 }, message: "must be >= 1024", schema: 1024, parentSchema: schema11.properties.routed.properties.ports.properties.apiBase, data: data70 };
              if (vErrors === null) {
                vErrors = [err200];
              } else {
                vErrors.push(err200);
              }
              errors++;
            }
          }
          let data71 = data68.metricsBase;
          if (!(typeof data71 == "number" && (!(data71 % 1) && !isNaN(data71)) && isFinite(data71))) {
            const err201 = { instancePath: instancePath + "/routed/ports/metricsBase", schemaPath: "#/properties/routed/properties/ports/properties/metricsBase/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.ports.properties.metricsBase.type, parentSchema: schema11.properties.routed.properties.ports.properties.metricsBase, data: data71 };
            if (vErrors === null) {
              vErrors = [err201];
            } else {
              vErrors.push(err201);
            }
            errors++;
          }
          if (typeof data71 == "number" && isFinite(data71)) {
            if (data71 > 31768 || isNaN(data71)) {
              const err202 = { instancePath: instancePath + "/routed/ports/metricsBase", schemaPath: "#/properties/routed/properties/ports/properties/metricsBase/maximum", keyword: "maximum", params: { comparison: "<=", limit: 31768 }, message: "must be <= 31768", schema: 31768, parentSchema: schema11.properties.routed.properties.ports.properties.metricsBase, data: data71 };
              if (vErrors === null) {
                vErrors = [err202];
              } else {
                vErrors.push(err202);
              }
              errors++;
            }
            if (data71 < 1024 || isNaN(data71)) {
              const err203 = { instancePath: instancePath + "/routed/ports/metricsBase", schemaPath: "#/properties/routed/properties/ports/properties/metricsBase/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1024 }, message: "must be >= 1024", schema: 1024, parentSchema: schema11.properties.routed.properties.ports.properties.metricsBase, data: data71 };
              if (vErrors === null) {
                vErrors = [err203];
              } else {
                vErrors.push(err203);
              }
              errors++;
            }
          }
        } else {
          const err204 = { instancePath: instancePath + "/routed/ports", schemaPath: "#/properties/routed/properties/ports/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.routed.properties.ports.type, parentSchema: schema11.properties.routed.properties.ports, data: data68 };
          if (vErrors === null) {
            vErrors = [err204];
          } else {
            vErrors.push(err204);
          }
          errors++;
        }
        let data72 = data53.daemons;
        if (Array.isArray(data72)) {
          if (data72.length > 20) {
            const err205 = { instancePath: instancePath + "/routed/daemons", schemaPath: "#/properties/routed/properties/daemons/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema11.properties.routed.properties.daemons, data: data72 };
            if (vErrors === null) {
              vErrors = [err205];
            } else {
              vErrors.push(err205);
            }
            errors++;
          }
          const len8 = data72.length;
          for (let i15 = 0; i15 < len8; i15++) {
            let data73 = data72[i15];
            if (data73 && typeof data73 == "object" && !Array.isArray(data73)) {
              if (data73.runs === void 0) {
                data73.runs = "node";
              }
              if (data73.environment === void 0) {
                data73.environment = {};
              }
              if (data73.ports === void 0) {
                data73.ports = [];
              }
              if (data73.needed === void 0) {
                data73.needed = false;
              }
              if (data73.dependsOn === void 0) {
                data73.dependsOn = [];
              }
              if (data73.startsBefore === void 0) {
                data73.startsBefore = [];
              }
              if (data73.stopTimeoutSeconds === void 0) {
                data73.stopTimeoutSeconds = 30;
              }
              if (data73.hostPaths === void 0) {
                data73.hostPaths = [];
              }
              if (data73.name === void 0) {
                const err206 = { instancePath: instancePath + "/routed/daemons/" + i15, schemaPath: "#/properties/routed/properties/daemons/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema11.properties.routed.properties.daemons.items.required, parentSchema: schema11.properties.routed.properties.daemons.items, data: data73 };
                if (vErrors === null) {
                  vErrors = [err206];
                } else {
                  vErrors.push(err206);
                }
                errors++;
              }
              if (data73.image === void 0) {
                const err207 = { instancePath: instancePath + "/routed/daemons/" + i15, schemaPath: "#/properties/routed/properties/daemons/items/required", keyword: "required", params: { missingProperty: "image" }, message: "must have required property 'image'", schema: schema11.properties.routed.properties.daemons.items.required, parentSchema: schema11.properties.routed.properties.daemons.items, data: data73 };
                if (vErrors === null) {
                  vErrors = [err207];
                } else {
                  vErrors.push(err207);
                }
                errors++;
              }
              if (data73.cpuUnits === void 0) {
                const err208 = { instancePath: instancePath + "/routed/daemons/" + i15, schemaPath: "#/properties/routed/properties/daemons/items/required", keyword: "required", params: { missingProperty: "cpuUnits" }, message: "must have required property 'cpuUnits'", schema: schema11.properties.routed.properties.daemons.items.required, parentSchema: schema11.properties.routed.properties.daemons.items, data: data73 };
                if (vErrors === null) {
                  vErrors = [err208];
                } else {
                  vErrors.push(err208);
                }
                errors++;
              }
              if (data73.memoryMiB === void 0) {
                const err209 = { instancePath: instancePath + "/routed/daemons/" + i15, schemaPath: "#/properties/routed/properties/daemons/items/required", keyword: "required", params: { missingProperty: "memoryMiB" }, message: "must have required property 'memoryMiB'", schema: schema11.properties.routed.properties.daemons.items.required, parentSchema: schema11.properties.routed.properties.daemons.items, data: data73 };
                if (vErrors === null) {
                  vErrors = [err209];
                } else {
                  vErrors.push(err209);
                }
                errors++;
              }
              for (const key13 in data73) {
                if (!func2.call(schema11.properties.routed.properties.daemons.items.properties, key13)) {
                  const err210 = { instancePath: instancePath + "/routed/daemons/" + i15, schemaPath: "#/properties/routed/properties/daemons/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.routed.properties.daemons.items, data: data73 };
                  if (vErrors === null) {
                    vErrors = [err210];
                  } else {
                    vErrors.push(err210);
                  }
                  errors++;
                }
              }
              if (data73.name !== void 0) {
                let data74 = data73.name;
                if (typeof data74 === "string") {
                  if (func3(data74) > 24) {
                    const err211 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/name", schemaPath: "#/properties/routed/properties/daemons/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 24 }, message: "must NOT have more than 24 characters", schema: 24, parentSchema: schema11.properties.routed.properties.daemons.items.properties.name, data: data74 };
                    if (vErrors === null) {
                      vErrors = [err211];
                    } else {
                      vErrors.push(err211);
                    }
                    errors++;
                  }
                  if (!pattern18.test(data74)) {
                    const err212 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/name", schemaPath: "#/properties/routed/properties/daemons/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" }, message: 'must match pattern "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"', schema: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", parentSchema: schema11.properties.routed.properties.daemons.items.properties.name, data: data74 };
                    if (vErrors === null) {
                      vErrors = [err212];
                    } else {
                      vErrors.push(err212);
                    }
                    errors++;
                  }
                } else {
                  const err213 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/name", schemaPath: "#/properties/routed/properties/daemons/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.daemons.items.properties.name.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.name, data: data74 };
                  if (vErrors === null) {
                    vErrors = [err213];
                  } else {
                    vErrors.push(err213);
                  }
                  errors++;
                }
              }
              let data75 = data73.runs;
              if (!(data75 === "node" || data75 === "task")) {
                const err214 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/runs", schemaPath: "#/properties/routed/properties/daemons/items/properties/runs/enum", keyword: "enum", params: { allowedValues: schema11.properties.routed.properties.daemons.items.properties.runs.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.routed.properties.daemons.items.properties.runs.enum, parentSchema: schema11.properties.routed.properties.daemons.items.properties.runs, data: data75 };
                if (vErrors === null) {
                  vErrors = [err214];
                } else {
                  vErrors.push(err214);
                }
                errors++;
              }
              if (data73.image !== void 0) {
                let data76 = data73.image;
                if (typeof data76 === "string") {
                  if (func3(data76) > 255) {
                    const err215 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/image", schemaPath: "#/properties/routed/properties/daemons/items/properties/image/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters", schema: 255, parentSchema: schema11.properties.routed.properties.daemons.items.properties.image, data: data76 };
                    if (vErrors === null) {
                      vErrors = [err215];
                    } else {
                      vErrors.push(err215);
                    }
                    errors++;
                  }
                  if (!pattern12.test(data76)) {
                    const err216 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/image", schemaPath: "#/properties/routed/properties/daemons/items/properties/image/pattern", keyword: "pattern", params: { pattern: "^[^\\s]+$" }, message: 'must match pattern "^[^\\s]+$"', schema: "^[^\\s]+$", parentSchema: schema11.properties.routed.properties.daemons.items.properties.image, data: data76 };
                    if (vErrors === null) {
                      vErrors = [err216];
                    } else {
                      vErrors.push(err216);
                    }
                    errors++;
                  }
                } else {
                  const err217 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/image", schemaPath: "#/properties/routed/properties/daemons/items/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.daemons.items.properties.image.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.image, data: data76 };
                  if (vErrors === null) {
                    vErrors = [err217];
                  } else {
                    vErrors.push(err217);
                  }
                  errors++;
                }
              }
              if (data73.entryPoint !== void 0) {
                let data77 = data73.entryPoint;
                if (Array.isArray(data77)) {
                  if (data77.length > 50) {
                    const err218 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/entryPoint", schemaPath: "#/properties/routed/properties/daemons/items/properties/entryPoint/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema11.properties.routed.properties.daemons.items.properties.entryPoint, data: data77 };
                    if (vErrors === null) {
                      vErrors = [err218];
                    } else {
                      vErrors.push(err218);
                    }
                    errors++;
                  }
                  if (data77.length < 1) {
                    const err219 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/entryPoint", schemaPath: "#/properties/routed/properties/daemons/items/properties/entryPoint/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.routed.properties.daemons.items.properties.entryPoint, data: data77 };
                    if (vErrors === null) {
                      vErrors = [err219];
                    } else {
                      vErrors.push(err219);
                    }
                    errors++;
                  }
                  const len9 = data77.length;
                  for (let i16 = 0; i16 < len9; i16++) {
                    let data78 = data77[i16];
                    if (typeof data78 === "string") {
                      if (func3(data78) > 4096) {
                        const err220 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/entryPoint/" + i16, schemaPath: "#/properties/routed/properties/daemons/items/properties/entryPoint/items/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema11.properties.routed.properties.daemons.items.properties.entryPoint.items, data: data78 };
                        if (vErrors === null) {
                          vErrors = [err220];
                        } else {
                          vErrors.push(err220);
                        }
                        errors++;
                      }
                    } else {
                      const err221 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/entryPoint/" + i16, schemaPath: "#/properties/routed/properties/daemons/items/properties/entryPoint/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.daemons.items.properties.entryPoint.items.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.entryPoint.items, data: data78 };
                      if (vErrors === null) {
                        vErrors = [err221];
                      } else {
                        vErrors.push(err221);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err222 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/entryPoint", schemaPath: "#/properties/routed/properties/daemons/items/properties/entryPoint/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.daemons.items.properties.entryPoint.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.entryPoint, data: data77 };
                  if (vErrors === null) {
                    vErrors = [err222];
                  } else {
                    vErrors.push(err222);
                  }
                  errors++;
                }
              }
              if (data73.command !== void 0) {
                let data79 = data73.command;
                if (Array.isArray(data79)) {
                  if (data79.length > 50) {
                    const err223 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/command", schemaPath: "#/properties/routed/properties/daemons/items/properties/command/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema11.properties.routed.properties.daemons.items.properties.command, data: data79 };
                    if (vErrors === null) {
                      vErrors = [err223];
                    } else {
                      vErrors.push(err223);
                    }
                    errors++;
                  }
                  if (data79.length < 1) {
                    const err224 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/command", schemaPath: "#/properties/routed/properties/daemons/items/properties/command/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.routed.properties.daemons.items.properties.command, data: data79 };
                    if (vErrors === null) {
                      vErrors = [err224];
                    } else {
                      vErrors.push(err224);
                    }
                    errors++;
                  }
                  const len10 = data79.length;
                  for (let i17 = 0; i17 < len10; i17++) {
                    let data80 = data79[i17];
                    if (typeof data80 === "string") {
                      if (func3(data80) > 4096) {
                        const err225 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/command/" + i17, schemaPath: "#/properties/routed/properties/daemons/items/properties/command/items/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema11.properties.routed.properties.daemons.items.properties.command.items, data: data80 };
                        if (vErrors === null) {
                          vErrors = [err225];
                        } else {
                          vErrors.push(err225);
                        }
                        errors++;
                      }
                    } else {
                      const err226 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/command/" + i17, schemaPath: "#/properties/routed/properties/daemons/items/properties/command/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.daemons.items.properties.command.items.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.command.items, data: data80 };
                      if (vErrors === null) {
                        vErrors = [err226];
                      } else {
                        vErrors.push(err226);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err227 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/command", schemaPath: "#/properties/routed/properties/daemons/items/properties/command/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.daemons.items.properties.command.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.command, data: data79 };
                  if (vErrors === null) {
                    vErrors = [err227];
                  } else {
                    vErrors.push(err227);
                  }
                  errors++;
                }
              }
              let data81 = data73.environment;
              if (data81 && typeof data81 == "object" && !Array.isArray(data81)) {
                if (Object.keys(data81).length > 50) {
                  const err228 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/environment", schemaPath: "#/properties/routed/properties/daemons/items/properties/environment/maxProperties", keyword: "maxProperties", params: { limit: 50 }, message: "must NOT have more than 50 properties", schema: 50, parentSchema: schema11.properties.routed.properties.daemons.items.properties.environment, data: data81 };
                  if (vErrors === null) {
                    vErrors = [err228];
                  } else {
                    vErrors.push(err228);
                  }
                  errors++;
                }
                for (const key14 in data81) {
                  const _errs180 = errors;
                  if (typeof key14 === "string") {
                    if (!pattern24.test(key14)) {
                      const err229 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/environment", schemaPath: "#/properties/routed/properties/daemons/items/properties/environment/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"', schema: "^[A-Za-z_][A-Za-z0-9_]*$", parentSchema: schema11.properties.routed.properties.daemons.items.properties.environment.propertyNames, data: key14, propertyName: key14 };
                      if (vErrors === null) {
                        vErrors = [err229];
                      } else {
                        vErrors.push(err229);
                      }
                      errors++;
                    }
                  }
                  var valid47 = _errs180 === errors;
                  if (!valid47) {
                    const err230 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/environment", schemaPath: "#/properties/routed/properties/daemons/items/properties/environment/propertyNames", keyword: "propertyNames", params: { propertyName: key14 }, message: "property name must be valid", schema: schema11.properties.routed.properties.daemons.items.properties.environment.propertyNames, parentSchema: schema11.properties.routed.properties.daemons.items.properties.environment, data: data81 };
                    if (vErrors === null) {
                      vErrors = [err230];
                    } else {
                      vErrors.push(err230);
                    }
                    errors++;
                  }
                }
                for (const key15 in data81) {
                  let data82 = data81[key15];
                  if (typeof data82 === "string") {
                    if (func3(data82) > 4096) {
                      const err231 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/environment/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/routed/properties/daemons/items/properties/environment/additionalProperties/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema11.properties.routed.properties.daemons.items.properties.environment.additionalProperties, data: data82 };
                      if (vErrors === null) {
                        vErrors = [err231];
                      } else {
                        vErrors.push(err231);
                      }
                      errors++;
                    }
                  } else {
                    const err232 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/environment/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/routed/properties/daemons/items/properties/environment/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.daemons.items.properties.environment.additionalProperties.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.environment.additionalProperties, data: data82 };
                    if (vErrors === null) {
                      vErrors = [err232];
                    } else {
                      vErrors.push(err232);
                    }
                    errors++;
                  }
                }
              } else {
                const err233 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/environment", schemaPath: "#/properties/routed/properties/daemons/items/properties/environment/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.routed.properties.daemons.items.properties.environment.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.environment, data: data81 };
                if (vErrors === null) {
                  vErrors = [err233];
                } else {
                  vErrors.push(err233);
                }
                errors++;
              }
              if (data73.cpuUnits !== void 0) {
                let data83 = data73.cpuUnits;
                if (!(typeof data83 == "number" && (!(data83 % 1) && !isNaN(data83)) && isFinite(data83))) {
                  const err234 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/cpuUnits", schemaPath: "#/properties/routed/properties/daemons/items/properties/cpuUnits/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.cpuUnits.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.cpuUnits, data: data83 };
                  if (vErrors === null) {
                    vErrors = [err234];
                  } else {
                    vErrors.push(err234);
                  }
                  errors++;
                }
                if (typeof data83 == "number" && isFinite(data83)) {
                  if (data83 > 196608 || isNaN(data83)) {
                    const err235 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/cpuUnits", schemaPath: "#/properties/routed/properties/daemons/items/properties/cpuUnits/maximum", keyword: "maximum", params: { comparison: "<=", limit: 196608 }, message: "must be <= 196608", schema: 196608, parentSchema: schema11.properties.routed.properties.daemons.items.properties.cpuUnits, data: data83 };
                    if (vErrors === null) {
                      vErrors = [err235];
                    } else {
                      vErrors.push(err235);
                    }
                    errors++;
                  }
                  if (data83 < 128 || isNaN(data83)) {
                    const err236 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/cpuUnits", schemaPath: "#/properties/routed/properties/daemons/items/properties/cpuUnits/minimum", keyword: "minimum", params: { comparison: ">=", limit: 128 }, message: "must be >= 128", schema: 128, parentSchema: schema11.properties.routed.properties.daemons.items.properties.cpuUnits, data: data83 };
                    if (vErrors === null) {
                      vErrors = [err236];
                    } else {
                      vErrors.push(err236);
                    }
                    errors++;
                  }
                }
              }
              if (data73.memoryMiB !== void 0) {
                let data84 = data73.memoryMiB;
                if (!(typeof data84 == "number" && (!(data84 % 1) && !isNaN(data84)) && isFinite(data84))) {
                  const err237 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/memoryMiB", schemaPath: "#/properties/routed/properties/daemons/items/properties/memoryMiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.memoryMiB.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.memoryMiB, data: data84 };
                  if (vErrors === null) {
                    vErrors = [err237];
                  } else {
                    vErrors.push(err237);
                  }
                  errors++;
                }
                if (typeof data84 == "number" && isFinite(data84)) {
                  if (data84 > 1048576 || isNaN(data84)) {
                    const err238 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/memoryMiB", schemaPath: "#/properties/routed/properties/daemons/items/properties/memoryMiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1048576 }, message: "must be <= 1048576", schema: 1048576, parentSchema: schema11.properties.routed.properties.daemons.items.properties.memoryMiB, data: data84 };
                    if (vErrors === null) {
                      vErrors = [err238];
                    } else {
                      vErrors.push(err238);
                    }
                    errors++;
                  }
                  if (data84 < 32 || isNaN(data84)) {
                    const err239 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/memoryMiB", schemaPath: "#/properties/routed/properties/daemons/items/properties/memoryMiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 32 }, message: "must be >= 32", schema: 32, parentSchema: schema11.properties.routed.properties.daemons.items.properties.memoryMiB, data: data84 };
                    if (vErrors === null) {
                      vErrors = [err239];
                    } else {
                      vErrors.push(err239);
                    }
                    errors++;
                  }
                }
              }
              let data85 = data73.ports;
              if (Array.isArray(data85)) {
                if (data85.length > 20) {
                  const err240 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/ports", schemaPath: "#/properties/routed/properties/daemons/items/properties/ports/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema11.properties.routed.properties.daemons.items.properties.ports, data: data85 };
                  if (vErrors === null) {
                    vErrors = [err240];
                  } else {
                    vErrors.push(err240);
                  }
                  errors++;
                }
                const len11 = data85.length;
                for (let i18 = 0; i18 < len11; i18++) {
                  let data86 = data85[i18];
                  if (!(typeof data86 == "number" && (!(data86 % 1) && !isNaN(data86)) && isFinite(data86))) {
                    const err241 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/ports/" + i18, schemaPath: "#/properties/routed/properties/daemons/items/properties/ports/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.ports.items.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.ports.items, data: data86 };
                    if (vErrors === null) {
                      vErrors = [err241];
                    } else {
                      vErrors.push(err241);
                    }
                    errors++;
                  }
                  if (typeof data86 == "number" && isFinite(data86)) {
                    if (data86 > 32767 || isNaN(data86)) {
                      const err242 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/ports/" + i18, schemaPath: "#/properties/routed/properties/daemons/items/properties/ports/items/maximum", keyword: "maximum", params: { comparison: "<=", limit: 32767 }, message: "must be <= 32767", schema: 32767, parentSchema: schema11.properties.routed.properties.daemons.items.properties.ports.items, data: data86 };
                      if (vErrors === null) {
                        vErrors = [err242];
                      } else {
                        vErrors.push(err242);
                      }
                      errors++;
                    }
                    if (data86 < 1025 || isNaN(data86)) {
                      const err243 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/ports/" + i18, schemaPath: "#/properties/routed/properties/daemons/items/properties/ports/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1025 }, message: "must be >= 1025", schema: 1025, parentSchema: schema11.properties.routed.properties.daemons.items.properties.ports.items, data: data86 };
                      if (vErrors === null) {
                        vErrors = [err243];
                      } else {
                        vErrors.push(err243);
                      }
                      errors++;
                    }
                  }
                }
                let i19 = data85.length;
                let j7;
                if (i19 > 1) {
                  const indices7 = {};
                  for (; i19--; ) {
                    let item7 = data85[i19];
                    if (!(typeof item7 == "number" && (!(item7 % 1) && !isNaN(item7)) && isFinite(item7))) {
                      continue;
                    }
                    if (typeof indices7[item7] == "number") {
                      j7 = indices7[item7];
                      const err244 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/ports", schemaPath: "#/properties/routed/properties/daemons/items/properties/ports/uniqueItems", keyword: "uniqueItems", params: { i: i19, j: j7 }, message: "must NOT have duplicate items (items ## " + j7 + " and " + i19 + " are identical)", schema: true, parentSchema: schema11.properties.routed.properties.daemons.items.properties.ports, data: data85 };
                      if (vErrors === null) {
                        vErrors = [err244];
                      } else {
                        vErrors.push(err244);
                      }
                      errors++;
                      break;
                    }
                    indices7[item7] = i19;
                  }
                }
              } else {
                const err245 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/ports", schemaPath: "#/properties/routed/properties/daemons/items/properties/ports/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.daemons.items.properties.ports.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.ports, data: data85 };
                if (vErrors === null) {
                  vErrors = [err245];
                } else {
                  vErrors.push(err245);
                }
                errors++;
              }
              if (data73.metricsPort !== void 0) {
                let data87 = data73.metricsPort;
                if (!(typeof data87 == "number" && (!(data87 % 1) && !isNaN(data87)) && isFinite(data87))) {
                  const err246 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/metricsPort", schemaPath: "#/properties/routed/properties/daemons/items/properties/metricsPort/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.metricsPort.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.metricsPort, data: data87 };
                  if (vErrors === null) {
                    vErrors = [err246];
                  } else {
                    vErrors.push(err246);
                  }
                  errors++;
                }
                if (typeof data87 == "number" && isFinite(data87)) {
                  if (data87 > 32767 || isNaN(data87)) {
                    const err247 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/metricsPort", schemaPath: "#/properties/routed/properties/daemons/items/properties/metricsPort/maximum", keyword: "maximum", params: { comparison: "<=", limit: 32767 }, message: "must be <= 32767", schema: 32767, parentSchema: schema11.properties.routed.properties.daemons.items.properties.metricsPort, data: data87 };
                    if (vErrors === null) {
                      vErrors = [err247];
                    } else {
                      vErrors.push(err247);
                    }
                    errors++;
                  }
                  if (data87 < 1025 || isNaN(data87)) {
                    const err248 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/metricsPort", schemaPath: "#/properties/routed/properties/daemons/items/properties/metricsPort/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1025 }, message: "must be >= 1025", schema: 1025, parentSchema: schema11.properties.routed.properties.daemons.items.properties.metricsPort, data: data87 };
                    if (vErrors === null) {
                      vErrors = [err248];
                    } else {
                      vErrors.push(err248);
                    }
                    errors++;
                  }
                }
              }
              if (data73.healthCheck !== void 0) {
                let data88 = data73.healthCheck;
                if (data88 && typeof data88 == "object" && !Array.isArray(data88)) {
                  if (data88.interval === void 0) {
                    data88.interval = 30;
                  }
                  if (data88.timeout === void 0) {
                    data88.timeout = 5;
                  }
                  if (data88.retries === void 0) {
                    data88.retries = 3;
                  }
                  if (data88.startPeriod === void 0) {
                    data88.startPeriod = 0;
                  }
                  if (data88.command === void 0) {
                    const err249 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/required", keyword: "required", params: { missingProperty: "command" }, message: "must have required property 'command'", schema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.required, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck, data: data88 };
                    if (vErrors === null) {
                      vErrors = [err249];
                    } else {
                      vErrors.push(err249);
                    }
                    errors++;
                  }
                  for (const key16 in data88) {
                    if (!(key16 === "command" || key16 === "interval" || key16 === "timeout" || key16 === "retries" || key16 === "startPeriod")) {
                      const err250 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key16 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck, data: data88 };
                      if (vErrors === null) {
                        vErrors = [err250];
                      } else {
                        vErrors.push(err250);
                      }
                      errors++;
                    }
                  }
                  if (data88.command !== void 0) {
                    let data89 = data88.command;
                    if (Array.isArray(data89)) {
                      if (data89.length > 50) {
                        const err251 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/command", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/command/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.command, data: data89 };
                        if (vErrors === null) {
                          vErrors = [err251];
                        } else {
                          vErrors.push(err251);
                        }
                        errors++;
                      }
                      if (data89.length < 2) {
                        const err252 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/command", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/command/minItems", keyword: "minItems", params: { limit: 2 }, message: "must NOT have fewer than 2 items", schema: 2, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.command, data: data89 };
                        if (vErrors === null) {
                          vErrors = [err252];
                        } else {
                          vErrors.push(err252);
                        }
                        errors++;
                      }
                      const len12 = data89.length;
                      for (let i20 = 0; i20 < len12; i20++) {
                        let data90 = data89[i20];
                        if (typeof data90 === "string") {
                          if (func3(data90) > 4096) {
                            const err253 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/command/" + i20, schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/command/items/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.command.items, data: data90 };
                            if (vErrors === null) {
                              vErrors = [err253];
                            } else {
                              vErrors.push(err253);
                            }
                            errors++;
                          }
                        } else {
                          const err254 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/command/" + i20, schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/command/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.command.items.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.command.items, data: data90 };
                          if (vErrors === null) {
                            vErrors = [err254];
                          } else {
                            vErrors.push(err254);
                          }
                          errors++;
                        }
                      }
                    } else {
                      const err255 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/command", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/command/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.command.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.command, data: data89 };
                      if (vErrors === null) {
                        vErrors = [err255];
                      } else {
                        vErrors.push(err255);
                      }
                      errors++;
                    }
                  }
                  let data91 = data88.interval;
                  if (!(typeof data91 == "number" && (!(data91 % 1) && !isNaN(data91)) && isFinite(data91))) {
                    const err256 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/interval", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/interval/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.interval.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.interval, data: data91 };
                    if (vErrors === null) {
                      vErrors = [err256];
                    } else {
                      vErrors.push(err256);
                    }
                    errors++;
                  }
                  if (typeof data91 == "number" && isFinite(data91)) {
                    if (data91 > 300 || isNaN(data91)) {
                      const err257 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/interval", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/interval/maximum", keyword: "maximum", params: { comparison: "<=", limit: 300 }, message: "must be <= 300", schema: 300, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.interval, data: data91 };
                      if (vErrors === null) {
                        vErrors = [err257];
                      } else {
                        vErrors.push(err257);
                      }
                      errors++;
                    }
                    if (data91 < 5 || isNaN(data91)) {
                      const err258 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/interval", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/interval/minimum", keyword: "minimum", params: { comparison: ">=", limit: 5 }, message: "must be >= 5", schema: 5, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.interval, data: data91 };
                      if (vErrors === null) {
                        vErrors = [err258];
                      } else {
                        vErrors.push(err258);
                      }
                      errors++;
                    }
                  }
                  let data92 = data88.timeout;
                  if (!(typeof data92 == "number" && (!(data92 % 1) && !isNaN(data92)) && isFinite(data92))) {
                    const err259 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/timeout", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/timeout/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.timeout.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.timeout, data: data92 };
                    if (vErrors === null) {
                      vErrors = [err259];
                    } else {
                      vErrors.push(err259);
                    }
                    errors++;
                  }
                  if (typeof data92 == "number" && isFinite(data92)) {
                    if (data92 > 60 || isNaN(data92)) {
                      const err260 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/timeout", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/timeout/maximum", keyword: "maximum", params: { comparison: "<=", limit: 60 }, message: "must be <= 60", schema: 60, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.timeout, data: data92 };
                      if (vErrors === null) {
                        vErrors = [err260];
                      } else {
                        vErrors.push(err260);
                      }
                      errors++;
                    }
                    if (data92 < 2 || isNaN(data92)) {
                      const err261 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/timeout", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/timeout/minimum", keyword: "minimum", params: { comparison: ">=", limit: 2 }, message: "must be >= 2", schema: 2, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.timeout, data: data92 };
                      if (vErrors === null) {
                        vErrors = [err261];
                      } else {
                        vErrors.push(err261);
                      }
                      errors++;
                    }
                  }
                  let data93 = data88.retries;
                  if (!(typeof data93 == "number" && (!(data93 % 1) && !isNaN(data93)) && isFinite(data93))) {
                    const err262 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/retries", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/retries/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.retries.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.retries, data: data93 };
                    if (vErrors === null) {
                      vErrors = [err262];
                    } else {
                      vErrors.push(err262);
                    }
                    errors++;
                  }
                  if (typeof data93 == "number" && isFinite(data93)) {
                    if (data93 > 10 || isNaN(data93)) {
                      const err263 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/retries", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/retries/maximum", keyword: "maximum", params: { comparison: "<=", limit: 10 }, message: "must be <= 10", schema: 10, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.retries, data: data93 };
                      if (vErrors === null) {
                        vErrors = [err263];
                      } else {
                        vErrors.push(err263);
                      }
                      errors++;
                    }
                    if (data93 < 1 || isNaN(data93)) {
                      const err264 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/retries", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/retries/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.retries, data: data93 };
                      if (vErrors === null) {
                        vErrors = [err264];
                      } else {
                        vErrors.push(err264);
                      }
                      errors++;
                    }
                  }
                  let data94 = data88.startPeriod;
                  if (!(typeof data94 == "number" && (!(data94 % 1) && !isNaN(data94)) && isFinite(data94))) {
                    const err265 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/startPeriod", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/startPeriod/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.startPeriod.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.startPeriod, data: data94 };
                    if (vErrors === null) {
                      vErrors = [err265];
                    } else {
                      vErrors.push(err265);
                    }
                    errors++;
                  }
                  if (typeof data94 == "number" && isFinite(data94)) {
                    if (data94 > 300 || isNaN(data94)) {
                      const err266 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/startPeriod", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/startPeriod/maximum", keyword: "maximum", params: { comparison: "<=", limit: 300 }, message: "must be <= 300", schema: 300, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.startPeriod, data: data94 };
                      if (vErrors === null) {
                        vErrors = [err266];
                      } else {
                        vErrors.push(err266);
                      }
                      errors++;
                    }
                    if (data94 < 0 || isNaN(data94)) {
                      const err267 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck/startPeriod", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/properties/startPeriod/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.properties.startPeriod, data: data94 };
                      if (vErrors === null) {
                        vErrors = [err267];
                      } else {
                        vErrors.push(err267);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err268 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/healthCheck", schemaPath: "#/properties/routed/properties/daemons/items/properties/healthCheck/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.routed.properties.daemons.items.properties.healthCheck.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.healthCheck, data: data88 };
                  if (vErrors === null) {
                    vErrors = [err268];
                  } else {
                    vErrors.push(err268);
                  }
                  errors++;
                }
              }
              let data95 = data73.needed;
              if (typeof data95 !== "boolean") {
                const err269 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/needed", schemaPath: "#/properties/routed/properties/daemons/items/properties/needed/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.routed.properties.daemons.items.properties.needed.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.needed, data: data95 };
                if (vErrors === null) {
                  vErrors = [err269];
                } else {
                  vErrors.push(err269);
                }
                errors++;
              }
              let data96 = data73.dependsOn;
              if (Array.isArray(data96)) {
                if (data96.length > 9) {
                  const err270 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn", schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/maxItems", keyword: "maxItems", params: { limit: 9 }, message: "must NOT have more than 9 items", schema: 9, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn, data: data96 };
                  if (vErrors === null) {
                    vErrors = [err270];
                  } else {
                    vErrors.push(err270);
                  }
                  errors++;
                }
                const len13 = data96.length;
                for (let i21 = 0; i21 < len13; i21++) {
                  let data97 = data96[i21];
                  if (data97 && typeof data97 == "object" && !Array.isArray(data97)) {
                    if (data97.container === void 0) {
                      const err271 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn/" + i21, schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/items/required", keyword: "required", params: { missingProperty: "container" }, message: "must have required property 'container'", schema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.required, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items, data: data97 };
                      if (vErrors === null) {
                        vErrors = [err271];
                      } else {
                        vErrors.push(err271);
                      }
                      errors++;
                    }
                    if (data97.condition === void 0) {
                      const err272 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn/" + i21, schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/items/required", keyword: "required", params: { missingProperty: "condition" }, message: "must have required property 'condition'", schema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.required, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items, data: data97 };
                      if (vErrors === null) {
                        vErrors = [err272];
                      } else {
                        vErrors.push(err272);
                      }
                      errors++;
                    }
                    for (const key17 in data97) {
                      if (!(key17 === "container" || key17 === "condition")) {
                        const err273 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn/" + i21, schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key17 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items, data: data97 };
                        if (vErrors === null) {
                          vErrors = [err273];
                        } else {
                          vErrors.push(err273);
                        }
                        errors++;
                      }
                    }
                    if (data97.container !== void 0) {
                      let data98 = data97.container;
                      if (typeof data98 === "string") {
                        if (func3(data98) > 24) {
                          const err274 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn/" + i21 + "/container", schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/items/properties/container/maxLength", keyword: "maxLength", params: { limit: 24 }, message: "must NOT have more than 24 characters", schema: 24, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.properties.container, data: data98 };
                          if (vErrors === null) {
                            vErrors = [err274];
                          } else {
                            vErrors.push(err274);
                          }
                          errors++;
                        }
                        if (!pattern18.test(data98)) {
                          const err275 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn/" + i21 + "/container", schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/items/properties/container/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" }, message: 'must match pattern "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"', schema: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.properties.container, data: data98 };
                          if (vErrors === null) {
                            vErrors = [err275];
                          } else {
                            vErrors.push(err275);
                          }
                          errors++;
                        }
                      } else {
                        const err276 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn/" + i21 + "/container", schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/items/properties/container/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.properties.container.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.properties.container, data: data98 };
                        if (vErrors === null) {
                          vErrors = [err276];
                        } else {
                          vErrors.push(err276);
                        }
                        errors++;
                      }
                    }
                    if (data97.condition !== void 0) {
                      let data99 = data97.condition;
                      if (!(data99 === "START" || data99 === "HEALTHY")) {
                        const err277 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn/" + i21 + "/condition", schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/items/properties/condition/enum", keyword: "enum", params: { allowedValues: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.properties.condition.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.properties.condition.enum, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.properties.condition, data: data99 };
                        if (vErrors === null) {
                          vErrors = [err277];
                        } else {
                          vErrors.push(err277);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err278 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn/" + i21, schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.items, data: data97 };
                    if (vErrors === null) {
                      vErrors = [err278];
                    } else {
                      vErrors.push(err278);
                    }
                    errors++;
                  }
                }
              } else {
                const err279 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/dependsOn", schemaPath: "#/properties/routed/properties/daemons/items/properties/dependsOn/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.daemons.items.properties.dependsOn.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.dependsOn, data: data96 };
                if (vErrors === null) {
                  vErrors = [err279];
                } else {
                  vErrors.push(err279);
                }
                errors++;
              }
              let data100 = data73.startsBefore;
              if (Array.isArray(data100)) {
                if (data100.length > 2) {
                  const err280 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/startsBefore", schemaPath: "#/properties/routed/properties/daemons/items/properties/startsBefore/maxItems", keyword: "maxItems", params: { limit: 2 }, message: "must NOT have more than 2 items", schema: 2, parentSchema: schema11.properties.routed.properties.daemons.items.properties.startsBefore, data: data100 };
                  if (vErrors === null) {
                    vErrors = [err280];
                  } else {
                    vErrors.push(err280);
                  }
                  errors++;
                }
                const len14 = data100.length;
                for (let i22 = 0; i22 < len14; i22++) {
                  let data101 = data100[i22];
                  if (!(data101 === "bird" || data101 === "api")) {
                    const err281 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/startsBefore/" + i22, schemaPath: "#/properties/routed/properties/daemons/items/properties/startsBefore/items/enum", keyword: "enum", params: { allowedValues: schema11.properties.routed.properties.daemons.items.properties.startsBefore.items.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.routed.properties.daemons.items.properties.startsBefore.items.enum, parentSchema: schema11.properties.routed.properties.daemons.items.properties.startsBefore.items, data: data101 };
                    if (vErrors === null) {
                      vErrors = [err281];
                    } else {
                      vErrors.push(err281);
                    }
                    errors++;
                  }
                }
                let i23 = data100.length;
                let j8;
                if (i23 > 1) {
                  outer0: for (; i23--; ) {
                    for (j8 = i23; j8--; ) {
                      if (func0(data100[i23], data100[j8])) {
                        const err282 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/startsBefore", schemaPath: "#/properties/routed/properties/daemons/items/properties/startsBefore/uniqueItems", keyword: "uniqueItems", params: { i: i23, j: j8 }, message: "must NOT have duplicate items (items ## " + j8 + " and " + i23 + " are identical)", schema: true, parentSchema: schema11.properties.routed.properties.daemons.items.properties.startsBefore, data: data100 };
                        if (vErrors === null) {
                          vErrors = [err282];
                        } else {
                          vErrors.push(err282);
                        }
                        errors++;
                        break outer0;
                      }
                    }
                  }
                }
              } else {
                const err283 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/startsBefore", schemaPath: "#/properties/routed/properties/daemons/items/properties/startsBefore/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.daemons.items.properties.startsBefore.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.startsBefore, data: data100 };
                if (vErrors === null) {
                  vErrors = [err283];
                } else {
                  vErrors.push(err283);
                }
                errors++;
              }
              let data102 = data73.stopTimeoutSeconds;
              if (!(typeof data102 == "number" && (!(data102 % 1) && !isNaN(data102)) && isFinite(data102))) {
                const err284 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/stopTimeoutSeconds", schemaPath: "#/properties/routed/properties/daemons/items/properties/stopTimeoutSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.routed.properties.daemons.items.properties.stopTimeoutSeconds.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.stopTimeoutSeconds, data: data102 };
                if (vErrors === null) {
                  vErrors = [err284];
                } else {
                  vErrors.push(err284);
                }
                errors++;
              }
              if (typeof data102 == "number" && isFinite(data102)) {
                if (data102 > 120 || isNaN(data102)) {
                  const err285 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/stopTimeoutSeconds", schemaPath: "#/properties/routed/properties/daemons/items/properties/stopTimeoutSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 120 }, message: "must be <= 120", schema: 120, parentSchema: schema11.properties.routed.properties.daemons.items.properties.stopTimeoutSeconds, data: data102 };
                  if (vErrors === null) {
                    vErrors = [err285];
                  } else {
                    vErrors.push(err285);
                  }
                  errors++;
                }
                if (data102 < 2 || isNaN(data102)) {
                  const err286 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/stopTimeoutSeconds", schemaPath: "#/properties/routed/properties/daemons/items/properties/stopTimeoutSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 2 }, message: "must be >= 2", schema: 2, parentSchema: schema11.properties.routed.properties.daemons.items.properties.stopTimeoutSeconds, data: data102 };
                  if (vErrors === null) {
                    vErrors = [err286];
                  } else {
                    vErrors.push(err286);
                  }
                  errors++;
                }
              }
              let data103 = data73.hostPaths;
              if (Array.isArray(data103)) {
                if (data103.length > 10) {
                  const err287 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/hostPaths", schemaPath: "#/properties/routed/properties/daemons/items/properties/hostPaths/maxItems", keyword: "maxItems", params: { limit: 10 }, message: "must NOT have more than 10 items", schema: 10, parentSchema: schema11.properties.routed.properties.daemons.items.properties.hostPaths, data: data103 };
                  if (vErrors === null) {
                    vErrors = [err287];
                  } else {
                    vErrors.push(err287);
                  }
                  errors++;
                }
                const len15 = data103.length;
                for (let i24 = 0; i24 < len15; i24++) {
                  let data104 = data103[i24];
                  if (typeof data104 === "string") {
                    if (func3(data104) > 255) {
                      const err288 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/hostPaths/" + i24, schemaPath: "#/properties/routed/properties/daemons/items/properties/hostPaths/items/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters", schema: 255, parentSchema: schema11.properties.routed.properties.daemons.items.properties.hostPaths.items, data: data104 };
                      if (vErrors === null) {
                        vErrors = [err288];
                      } else {
                        vErrors.push(err288);
                      }
                      errors++;
                    }
                    if (!pattern26.test(data104)) {
                      const err289 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/hostPaths/" + i24, schemaPath: "#/properties/routed/properties/daemons/items/properties/hostPaths/items/pattern", keyword: "pattern", params: { pattern: "^/([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?$" }, message: 'must match pattern "^/([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?$"', schema: "^/([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?$", parentSchema: schema11.properties.routed.properties.daemons.items.properties.hostPaths.items, data: data104 };
                      if (vErrors === null) {
                        vErrors = [err289];
                      } else {
                        vErrors.push(err289);
                      }
                      errors++;
                    }
                  } else {
                    const err290 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/hostPaths/" + i24, schemaPath: "#/properties/routed/properties/daemons/items/properties/hostPaths/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.routed.properties.daemons.items.properties.hostPaths.items.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.hostPaths.items, data: data104 };
                    if (vErrors === null) {
                      vErrors = [err290];
                    } else {
                      vErrors.push(err290);
                    }
                    errors++;
                  }
                }
                let i25 = data103.length;
                let j9;
                if (i25 > 1) {
                  const indices8 = {};
                  for (; i25--; ) {
                    let item8 = data103[i25];
                    if (typeof item8 !== "string") {
                      continue;
                    }
                    if (typeof indices8[item8] == "number") {
                      j9 = indices8[item8];
                      const err291 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/hostPaths", schemaPath: "#/properties/routed/properties/daemons/items/properties/hostPaths/uniqueItems", keyword: "uniqueItems", params: { i: i25, j: j9 }, message: "must NOT have duplicate items (items ## " + j9 + " and " + i25 + " are identical)", schema: true, parentSchema: schema11.properties.routed.properties.daemons.items.properties.hostPaths, data: data103 };
                      if (vErrors === null) {
                        vErrors = [err291];
                      } else {
                        vErrors.push(err291);
                      }
                      errors++;
                      break;
                    }
                    indices8[item8] = i25;
                  }
                }
              } else {
                const err292 = { instancePath: instancePath + "/routed/daemons/" + i15 + "/hostPaths", schemaPath: "#/properties/routed/properties/daemons/items/properties/hostPaths/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.daemons.items.properties.hostPaths.type, parentSchema: schema11.properties.routed.properties.daemons.items.properties.hostPaths, data: data103 };
                if (vErrors === null) {
                  vErrors = [err292];
                } else {
                  vErrors.push(err292);
                }
                errors++;
              }
            } else {
              const err293 = { instancePath: instancePath + "/routed/daemons/" + i15, schemaPath: "#/properties/routed/properties/daemons/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.routed.properties.daemons.items.type, parentSchema: schema11.properties.routed.properties.daemons.items, data: data73 };
              if (vErrors === null) {
                vErrors = [err293];
              } else {
                vErrors.push(err293);
              }
              errors++;
            }
          }
        } else {
          const err294 = { instancePath: instancePath + "/routed/daemons", schemaPath: "#/properties/routed/properties/daemons/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.routed.properties.daemons.type, parentSchema: schema11.properties.routed.properties.daemons, data: data72 };
          if (vErrors === null) {
            vErrors = [err294];
          } else {
            vErrors.push(err294);
          }
          errors++;
        }
      } else {
        const err295 = { instancePath: instancePath + "/routed", schemaPath: "#/properties/routed/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.routed.type, parentSchema: schema11.properties.routed, data: data53 };
        if (vErrors === null) {
          vErrors = [err295];
        } else {
          vErrors.push(err295);
        }
        errors++;
      }
    }
    let data105 = data.export;
    if (data105 && typeof data105 == "object" && !Array.isArray(data105)) {
      if (data105.helmRelease === void 0) {
        data105.helmRelease = {};
      }
      if (data105.prometheus === void 0) {
        data105.prometheus = {};
      }
      if (data105.alerts === void 0) {
        data105.alerts = {};
      }
      for (const key18 in data105) {
        if (!(key18 === "helmRelease" || key18 === "prometheus" || key18 === "alerts")) {
          const err296 = { instancePath: instancePath + "/export", schemaPath: "#/properties/export/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key18 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.export, data: data105 };
          if (vErrors === null) {
            vErrors = [err296];
          } else {
            vErrors.push(err296);
          }
          errors++;
        }
      }
      let data106 = data105.helmRelease;
      if (data106 && typeof data106 == "object" && !Array.isArray(data106)) {
        if (data106.namespace === void 0) {
          data106.namespace = "autopilot";
        }
        if (data106.chart === void 0) {
          data106.chart = "autopilot-routed-prom";
        }
        if (data106.chartVersion === void 0) {
          data106.chartVersion = "0.0.4";
        }
        if (data106.releaseName === void 0) {
          data106.releaseName = "autopilot-routed-prom";
        }
        if (data106.interval === void 0) {
          data106.interval = "5m0s";
        }
        if (data106.sourceKind === void 0) {
          data106.sourceKind = "HelmRepository";
        }
        if (data106.sourceName === void 0) {
          data106.sourceName = "charts";
        }
        if (data106.sourceNamespace === void 0) {
          data106.sourceNamespace = "platform-flux";
        }
        if (data106.retention === void 0) {
          data106.retention = "1d";
        }
        if (data106.ipv4 === void 0) {
          data106.ipv4 = "public";
        }
        if (data106.limits === void 0) {
          data106.limits = {};
        }
        if (data106.requests === void 0) {
          data106.requests = {};
        }
        for (const key19 in data106) {
          if (!func2.call(schema11.properties.export.properties.helmRelease.properties, key19)) {
            const err297 = { instancePath: instancePath + "/export/helmRelease", schemaPath: "#/properties/export/properties/helmRelease/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key19 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.export.properties.helmRelease, data: data106 };
            if (vErrors === null) {
              vErrors = [err297];
            } else {
              vErrors.push(err297);
            }
            errors++;
          }
        }
        let data107 = data106.namespace;
        if (typeof data107 === "string") {
          if (func3(data107) > 63) {
            const err298 = { instancePath: instancePath + "/export/helmRelease/namespace", schemaPath: "#/properties/export/properties/helmRelease/properties/namespace/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters", schema: 63, parentSchema: schema11.properties.export.properties.helmRelease.properties.namespace, data: data107 };
            if (vErrors === null) {
              vErrors = [err298];
            } else {
              vErrors.push(err298);
            }
            errors++;
          }
          if (!pattern27.test(data107)) {
            const err299 = { instancePath: instancePath + "/export/helmRelease/namespace", schemaPath: "#/properties/export/properties/helmRelease/properties/namespace/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"', schema: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", parentSchema: schema11.properties.export.properties.helmRelease.properties.namespace, data: data107 };
            if (vErrors === null) {
              vErrors = [err299];
            } else {
              vErrors.push(err299);
            }
            errors++;
          }
        } else {
          const err300 = { instancePath: instancePath + "/export/helmRelease/namespace", schemaPath: "#/properties/export/properties/helmRelease/properties/namespace/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.namespace.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.namespace, data: data107 };
          if (vErrors === null) {
            vErrors = [err300];
          } else {
            vErrors.push(err300);
          }
          errors++;
        }
        let data108 = data106.chart;
        if (typeof data108 === "string") {
          if (func3(data108) > 2048) {
            const err301 = { instancePath: instancePath + "/export/helmRelease/chart", schemaPath: "#/properties/export/properties/helmRelease/properties/chart/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters", schema: 2048, parentSchema: schema11.properties.export.properties.helmRelease.properties.chart, data: data108 };
            if (vErrors === null) {
              vErrors = [err301];
            } else {
              vErrors.push(err301);
            }
            errors++;
          }
          if (func3(data108) < 1) {
            const err302 = { instancePath: instancePath + "/export/helmRelease/chart", schemaPath: "#/properties/export/properties/helmRelease/properties/chart/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.export.properties.helmRelease.properties.chart, data: data108 };
            if (vErrors === null) {
              vErrors = [err302];
            } else {
              vErrors.push(err302);
            }
            errors++;
          }
        } else {
          const err303 = { instancePath: instancePath + "/export/helmRelease/chart", schemaPath: "#/properties/export/properties/helmRelease/properties/chart/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.chart.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.chart, data: data108 };
          if (vErrors === null) {
            vErrors = [err303];
          } else {
            vErrors.push(err303);
          }
          errors++;
        }
        let data109 = data106.chartVersion;
        if (typeof data109 === "string") {
          if (func3(data109) > 100) {
            const err304 = { instancePath: instancePath + "/export/helmRelease/chartVersion", schemaPath: "#/properties/export/properties/helmRelease/properties/chartVersion/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters", schema: 100, parentSchema: schema11.properties.export.properties.helmRelease.properties.chartVersion, data: data109 };
            if (vErrors === null) {
              vErrors = [err304];
            } else {
              vErrors.push(err304);
            }
            errors++;
          }
          if (func3(data109) < 1) {
            const err305 = { instancePath: instancePath + "/export/helmRelease/chartVersion", schemaPath: "#/properties/export/properties/helmRelease/properties/chartVersion/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.export.properties.helmRelease.properties.chartVersion, data: data109 };
            if (vErrors === null) {
              vErrors = [err305];
            } else {
              vErrors.push(err305);
            }
            errors++;
          }
        } else {
          const err306 = { instancePath: instancePath + "/export/helmRelease/chartVersion", schemaPath: "#/properties/export/properties/helmRelease/properties/chartVersion/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.chartVersion.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.chartVersion, data: data109 };
          if (vErrors === null) {
            vErrors = [err306];
          } else {
            vErrors.push(err306);
          }
          errors++;
        }
        let data110 = data106.releaseName;
        if (typeof data110 === "string") {
          if (func3(data110) > 53) {
            const err307 = { instancePath: instancePath + "/export/helmRelease/releaseName", schemaPath: "#/properties/export/properties/helmRelease/properties/releaseName/maxLength", keyword: "maxLength", params: { limit: 53 }, message: "must NOT have more than 53 characters", schema: 53, parentSchema: schema11.properties.export.properties.helmRelease.properties.releaseName, data: data110 };
            if (vErrors === null) {
              vErrors = [err307];
            } else {
              vErrors.push(err307);
            }
            errors++;
          }
          if (!pattern27.test(data110)) {
            const err308 = { instancePath: instancePath + "/export/helmRelease/releaseName", schemaPath: "#/properties/export/properties/helmRelease/properties/releaseName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"', schema: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", parentSchema: schema11.properties.export.properties.helmRelease.properties.releaseName, data: data110 };
            if (vErrors === null) {
              vErrors = [err308];
            } else {
              vErrors.push(err308);
            }
            errors++;
          }
        } else {
          const err309 = { instancePath: instancePath + "/export/helmRelease/releaseName", schemaPath: "#/properties/export/properties/helmRelease/properties/releaseName/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.releaseName.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.releaseName, data: data110 };
          if (vErrors === null) {
            vErrors = [err309];
          } else {
            vErrors.push(err309);
          }
          errors++;
        }
        let data111 = data106.interval;
        if (typeof data111 === "string") {
          if (!pattern29.test(data111)) {
            const err310 = { instancePath: instancePath + "/export/helmRelease/interval", schemaPath: "#/properties/export/properties/helmRelease/properties/interval/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$"', schema: "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$", parentSchema: schema11.properties.export.properties.helmRelease.properties.interval, data: data111 };
            if (vErrors === null) {
              vErrors = [err310];
            } else {
              vErrors.push(err310);
            }
            errors++;
          }
        } else {
          const err311 = { instancePath: instancePath + "/export/helmRelease/interval", schemaPath: "#/properties/export/properties/helmRelease/properties/interval/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.interval.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.interval, data: data111 };
          if (vErrors === null) {
            vErrors = [err311];
          } else {
            vErrors.push(err311);
          }
          errors++;
        }
        let data112 = data106.sourceKind;
        if (!(data112 === "HelmRepository" || data112 === "GitRepository" || data112 === "Bucket")) {
          const err312 = { instancePath: instancePath + "/export/helmRelease/sourceKind", schemaPath: "#/properties/export/properties/helmRelease/properties/sourceKind/enum", keyword: "enum", params: { allowedValues: schema11.properties.export.properties.helmRelease.properties.sourceKind.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.export.properties.helmRelease.properties.sourceKind.enum, parentSchema: schema11.properties.export.properties.helmRelease.properties.sourceKind, data: data112 };
          if (vErrors === null) {
            vErrors = [err312];
          } else {
            vErrors.push(err312);
          }
          errors++;
        }
        let data113 = data106.sourceName;
        if (typeof data113 === "string") {
          if (func3(data113) > 253) {
            const err313 = { instancePath: instancePath + "/export/helmRelease/sourceName", schemaPath: "#/properties/export/properties/helmRelease/properties/sourceName/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters", schema: 253, parentSchema: schema11.properties.export.properties.helmRelease.properties.sourceName, data: data113 };
            if (vErrors === null) {
              vErrors = [err313];
            } else {
              vErrors.push(err313);
            }
            errors++;
          }
          if (!pattern8.test(data113)) {
            const err314 = { instancePath: instancePath + "/export/helmRelease/sourceName", schemaPath: "#/properties/export/properties/helmRelease/properties/sourceName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"', schema: "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", parentSchema: schema11.properties.export.properties.helmRelease.properties.sourceName, data: data113 };
            if (vErrors === null) {
              vErrors = [err314];
            } else {
              vErrors.push(err314);
            }
            errors++;
          }
        } else {
          const err315 = { instancePath: instancePath + "/export/helmRelease/sourceName", schemaPath: "#/properties/export/properties/helmRelease/properties/sourceName/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.sourceName.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.sourceName, data: data113 };
          if (vErrors === null) {
            vErrors = [err315];
          } else {
            vErrors.push(err315);
          }
          errors++;
        }
        let data114 = data106.sourceNamespace;
        if (typeof data114 === "string") {
          if (func3(data114) > 63) {
            const err316 = { instancePath: instancePath + "/export/helmRelease/sourceNamespace", schemaPath: "#/properties/export/properties/helmRelease/properties/sourceNamespace/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters", schema: 63, parentSchema: schema11.properties.export.properties.helmRelease.properties.sourceNamespace, data: data114 };
            if (vErrors === null) {
              vErrors = [err316];
            } else {
              vErrors.push(err316);
            }
            errors++;
          }
          if (!pattern27.test(data114)) {
            const err317 = { instancePath: instancePath + "/export/helmRelease/sourceNamespace", schemaPath: "#/properties/export/properties/helmRelease/properties/sourceNamespace/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"', schema: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", parentSchema: schema11.properties.export.properties.helmRelease.properties.sourceNamespace, data: data114 };
            if (vErrors === null) {
              vErrors = [err317];
            } else {
              vErrors.push(err317);
            }
            errors++;
          }
        } else {
          const err318 = { instancePath: instancePath + "/export/helmRelease/sourceNamespace", schemaPath: "#/properties/export/properties/helmRelease/properties/sourceNamespace/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.sourceNamespace.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.sourceNamespace, data: data114 };
          if (vErrors === null) {
            vErrors = [err318];
          } else {
            vErrors.push(err318);
          }
          errors++;
        }
        if (data106.imageVersion !== void 0) {
          let data115 = data106.imageVersion;
          if (typeof data115 === "string") {
            if (func3(data115) > 128) {
              const err319 = { instancePath: instancePath + "/export/helmRelease/imageVersion", schemaPath: "#/properties/export/properties/helmRelease/properties/imageVersion/maxLength", keyword: "maxLength", params: { limit: 128 }, message: "must NOT have more than 128 characters", schema: 128, parentSchema: schema11.properties.export.properties.helmRelease.properties.imageVersion, data: data115 };
              if (vErrors === null) {
                vErrors = [err319];
              } else {
                vErrors.push(err319);
              }
              errors++;
            }
            if (!pattern32.test(data115)) {
              const err320 = { instancePath: instancePath + "/export/helmRelease/imageVersion", schemaPath: "#/properties/export/properties/helmRelease/properties/imageVersion/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_][A-Za-z0-9_.:-]*$" }, message: 'must match pattern "^[A-Za-z0-9_][A-Za-z0-9_.:-]*$"', schema: "^[A-Za-z0-9_][A-Za-z0-9_.:-]*$", parentSchema: schema11.properties.export.properties.helmRelease.properties.imageVersion, data: data115 };
              if (vErrors === null) {
                vErrors = [err320];
              } else {
                vErrors.push(err320);
              }
              errors++;
            }
          } else {
            const err321 = { instancePath: instancePath + "/export/helmRelease/imageVersion", schemaPath: "#/properties/export/properties/helmRelease/properties/imageVersion/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.imageVersion.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.imageVersion, data: data115 };
            if (vErrors === null) {
              vErrors = [err321];
            } else {
              vErrors.push(err321);
            }
            errors++;
          }
        }
        let data116 = data106.retention;
        if (typeof data116 === "string") {
          if (!pattern33.test(data116)) {
            const err322 = { instancePath: instancePath + "/export/helmRelease/retention", schemaPath: "#/properties/export/properties/helmRelease/properties/retention/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(ms|s|m|h|d|w|y))+$" }, message: 'must match pattern "^([0-9]+(ms|s|m|h|d|w|y))+$"', schema: "^([0-9]+(ms|s|m|h|d|w|y))+$", parentSchema: schema11.properties.export.properties.helmRelease.properties.retention, data: data116 };
            if (vErrors === null) {
              vErrors = [err322];
            } else {
              vErrors.push(err322);
            }
            errors++;
          }
        } else {
          const err323 = { instancePath: instancePath + "/export/helmRelease/retention", schemaPath: "#/properties/export/properties/helmRelease/properties/retention/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.retention.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.retention, data: data116 };
          if (vErrors === null) {
            vErrors = [err323];
          } else {
            vErrors.push(err323);
          }
          errors++;
        }
        let data117 = data106.ipv4;
        if (!(data117 === "public" || data117 === "private")) {
          const err324 = { instancePath: instancePath + "/export/helmRelease/ipv4", schemaPath: "#/properties/export/properties/helmRelease/properties/ipv4/enum", keyword: "enum", params: { allowedValues: schema11.properties.export.properties.helmRelease.properties.ipv4.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.export.properties.helmRelease.properties.ipv4.enum, parentSchema: schema11.properties.export.properties.helmRelease.properties.ipv4, data: data117 };
          if (vErrors === null) {
            vErrors = [err324];
          } else {
            vErrors.push(err324);
          }
          errors++;
        }
        let data118 = data106.limits;
        if (data118 && typeof data118 == "object" && !Array.isArray(data118)) {
          if (data118.cpu === void 0) {
            data118.cpu = "4";
          }
          if (data118.memory === void 0) {
            data118.memory = "4Gi";
          }
          for (const key20 in data118) {
            if (!(key20 === "cpu" || key20 === "memory")) {
              const err325 = { instancePath: instancePath + "/export/helmRelease/limits", schemaPath: "#/properties/export/properties/helmRelease/properties/limits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key20 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.export.properties.helmRelease.properties.limits, data: data118 };
              if (vErrors === null) {
                vErrors = [err325];
              } else {
                vErrors.push(err325);
              }
              errors++;
            }
          }
          let data119 = data118.cpu;
          if (typeof data119 === "string") {
            if (!pattern34.test(data119)) {
              const err326 = { instancePath: instancePath + "/export/helmRelease/limits/cpu", schemaPath: "#/properties/export/properties/helmRelease/properties/limits/properties/cpu/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(\\.[0-9]+)?m?$" }, message: 'must match pattern "^[0-9]+(\\.[0-9]+)?m?$"', schema: "^[0-9]+(\\.[0-9]+)?m?$", parentSchema: schema11.properties.export.properties.helmRelease.properties.limits.properties.cpu, data: data119 };
              if (vErrors === null) {
                vErrors = [err326];
              } else {
                vErrors.push(err326);
              }
              errors++;
            }
          } else {
            const err327 = { instancePath: instancePath + "/export/helmRelease/limits/cpu", schemaPath: "#/properties/export/properties/helmRelease/properties/limits/properties/cpu/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.limits.properties.cpu.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.limits.properties.cpu, data: data119 };
            if (vErrors === null) {
              vErrors = [err327];
            } else {
              vErrors.push(err327);
            }
            errors++;
          }
          let data120 = data118.memory;
          if (typeof data120 === "string") {
            if (!pattern35.test(data120)) {
              const err328 = { instancePath: instancePath + "/export/helmRelease/limits/memory", schemaPath: "#/properties/export/properties/helmRelease/properties/limits/properties/memory/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$" }, message: 'must match pattern "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$"', schema: "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$", parentSchema: schema11.properties.export.properties.helmRelease.properties.limits.properties.memory, data: data120 };
              if (vErrors === null) {
                vErrors = [err328];
              } else {
                vErrors.push(err328);
              }
              errors++;
            }
          } else {
            const err329 = { instancePath: instancePath + "/export/helmRelease/limits/memory", schemaPath: "#/properties/export/properties/helmRelease/properties/limits/properties/memory/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.limits.properties.memory.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.limits.properties.memory, data: data120 };
            if (vErrors === null) {
              vErrors = [err329];
            } else {
              vErrors.push(err329);
            }
            errors++;
          }
        } else {
          const err330 = { instancePath: instancePath + "/export/helmRelease/limits", schemaPath: "#/properties/export/properties/helmRelease/properties/limits/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.export.properties.helmRelease.properties.limits.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.limits, data: data118 };
          if (vErrors === null) {
            vErrors = [err330];
          } else {
            vErrors.push(err330);
          }
          errors++;
        }
        let data121 = data106.requests;
        if (data121 && typeof data121 == "object" && !Array.isArray(data121)) {
          if (data121.cpu === void 0) {
            data121.cpu = "1";
          }
          if (data121.memory === void 0) {
            data121.memory = "1Gi";
          }
          for (const key21 in data121) {
            if (!(key21 === "cpu" || key21 === "memory")) {
              const err331 = { instancePath: instancePath + "/export/helmRelease/requests", schemaPath: "#/properties/export/properties/helmRelease/properties/requests/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key21 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.export.properties.helmRelease.properties.requests, data: data121 };
              if (vErrors === null) {
                vErrors = [err331];
              } else {
                vErrors.push(err331);
              }
              errors++;
            }
          }
          let data122 = data121.cpu;
          if (typeof data122 === "string") {
            if (!pattern34.test(data122)) {
              const err332 = { instancePath: instancePath + "/export/helmRelease/requests/cpu", schemaPath: "#/properties/export/properties/helmRelease/properties/requests/properties/cpu/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(\\.[0-9]+)?m?$" }, message: 'must match pattern "^[0-9]+(\\.[0-9]+)?m?$"', schema: "^[0-9]+(\\.[0-9]+)?m?$", parentSchema: schema11.properties.export.properties.helmRelease.properties.requests.properties.cpu, data: data122 };
              if (vErrors === null) {
                vErrors = [err332];
              } else {
                vErrors.push(err332);
              }
              errors++;
            }
          } else {
            const err333 = { instancePath: instancePath + "/export/helmRelease/requests/cpu", schemaPath: "#/properties/export/properties/helmRelease/properties/requests/properties/cpu/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.requests.properties.cpu.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.requests.properties.cpu, data: data122 };
            if (vErrors === null) {
              vErrors = [err333];
            } else {
              vErrors.push(err333);
            }
            errors++;
          }
          let data123 = data121.memory;
          if (typeof data123 === "string") {
            if (!pattern35.test(data123)) {
              const err334 = { instancePath: instancePath + "/export/helmRelease/requests/memory", schemaPath: "#/properties/export/properties/helmRelease/properties/requests/properties/memory/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$" }, message: 'must match pattern "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$"', schema: "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$", parentSchema: schema11.properties.export.properties.helmRelease.properties.requests.properties.memory, data: data123 };
              if (vErrors === null) {
                vErrors = [err334];
              } else {
                vErrors.push(err334);
              }
              errors++;
            }
          } else {
            const err335 = { instancePath: instancePath + "/export/helmRelease/requests/memory", schemaPath: "#/properties/export/properties/helmRelease/properties/requests/properties/memory/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.helmRelease.properties.requests.properties.memory.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.requests.properties.memory, data: data123 };
            if (vErrors === null) {
              vErrors = [err335];
            } else {
              vErrors.push(err335);
            }
            errors++;
          }
        } else {
          const err336 = { instancePath: instancePath + "/export/helmRelease/requests", schemaPath: "#/properties/export/properties/helmRelease/properties/requests/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.export.properties.helmRelease.properties.requests.type, parentSchema: schema11.properties.export.properties.helmRelease.properties.requests, data: data121 };
          if (vErrors === null) {
            vErrors = [err336];
          } else {
            vErrors.push(err336);
          }
          errors++;
        }
      } else {
        const err337 = { instancePath: instancePath + "/export/helmRelease", schemaPath: "#/properties/export/properties/helmRelease/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.export.properties.helmRelease.type, parentSchema: schema11.properties.export.properties.helmRelease, data: data106 };
        if (vErrors === null) {
          vErrors = [err337];
        } else {
          vErrors.push(err337);
        }
        errors++;
      }
      let data124 = data105.prometheus;
      if (data124 && typeof data124 == "object" && !Array.isArray(data124)) {
        if (data124.scrapeIntervalSeconds === void 0) {
          data124.scrapeIntervalSeconds = 15;
        }
        if (data124.evaluationIntervalSeconds === void 0) {
          data124.evaluationIntervalSeconds = 30;
        }
        for (const key22 in data124) {
          if (!(key22 === "addresses" || key22 === "scrapeIntervalSeconds" || key22 === "evaluationIntervalSeconds")) {
            const err338 = { instancePath: instancePath + "/export/prometheus", schemaPath: "#/properties/export/properties/prometheus/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key22 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.export.properties.prometheus, data: data124 };
            if (vErrors === null) {
              vErrors = [err338];
            } else {
              vErrors.push(err338);
            }
            errors++;
          }
        }
        if (data124.addresses !== void 0) {
          let data125 = data124.addresses;
          if (!(data125 === "private-ipv4" || data125 === "public-ipv4" || data125 === "ipv6")) {
            const err339 = { instancePath: instancePath + "/export/prometheus/addresses", schemaPath: "#/properties/export/properties/prometheus/properties/addresses/enum", keyword: "enum", params: { allowedValues: schema11.properties.export.properties.prometheus.properties.addresses.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.export.properties.prometheus.properties.addresses.enum, parentSchema: schema11.properties.export.properties.prometheus.properties.addresses, data: data125 };
            if (vErrors === null) {
              vErrors = [err339];
            } else {
              vErrors.push(err339);
            }
            errors++;
          }
        }
        let data126 = data124.scrapeIntervalSeconds;
        if (!(typeof data126 == "number" && (!(data126 % 1) && !isNaN(data126)) && isFinite(data126))) {
          const err340 = { instancePath: instancePath + "/export/prometheus/scrapeIntervalSeconds", schemaPath: "#/properties/export/properties/prometheus/properties/scrapeIntervalSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.prometheus.properties.scrapeIntervalSeconds.type, parentSchema: schema11.properties.export.properties.prometheus.properties.scrapeIntervalSeconds, data: data126 };
          if (vErrors === null) {
            vErrors = [err340];
          } else {
            vErrors.push(err340);
          }
          errors++;
        }
        if (typeof data126 == "number" && isFinite(data126)) {
          if (data126 > 300 || isNaN(data126)) {
            const err341 = { instancePath: instancePath + "/export/prometheus/scrapeIntervalSeconds", schemaPath: "#/properties/export/properties/prometheus/properties/scrapeIntervalSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 300 }, message: "must be <= 300", schema: 300, parentSchema: schema11.properties.export.properties.prometheus.properties.scrapeIntervalSeconds, data: data126 };
            if (vErrors === null) {
              vErrors = [err341];
            } else {
              vErrors.push(err341);
            }
            errors++;
          }
          if (data126 < 1 || isNaN(data126)) {
            const err342 = { instancePath: instancePath + "/export/prometheus/scrapeIntervalSeconds", schemaPath: "#/properties/export/properties/prometheus/properties/scrapeIntervalSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.export.properties.prometheus.properties.scrapeIntervalSeconds, data: data126 };
            if (vErrors === null) {
              vErrors = [err342];
            } else {
              vErrors.push(err342);
            }
            errors++;
          }
        }
        let data127 = data124.evaluationIntervalSeconds;
        if (!(typeof data127 == "number" && (!(data127 % 1) && !isNaN(data127)) && isFinite(data127))) {
          const err343 = { instancePath: instancePath + "/export/prometheus/evaluationIntervalSeconds", schemaPath: "#/properties/export/properties/prometheus/properties/evaluationIntervalSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.prometheus.properties.evaluationIntervalSeconds.type, parentSchema: schema11.properties.export.properties.prometheus.properties.evaluationIntervalSeconds, data: data127 };
          if (vErrors === null) {
            vErrors = [err343];
          } else {
            vErrors.push(err343);
          }
          errors++;
        }
        if (typeof data127 == "number" && isFinite(data127)) {
          if (data127 > 300 || isNaN(data127)) {
            const err344 = { instancePath: instancePath + "/export/prometheus/evaluationIntervalSeconds", schemaPath: "#/properties/export/properties/prometheus/properties/evaluationIntervalSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 300 }, message: "must be <= 300", schema: 300, parentSchema: schema11.properties.export.properties.prometheus.properties.evaluationIntervalSeconds, data: data127 };
            if (vErrors === null) {
              vErrors = [err344];
            } else {
              vErrors.push(err344);
            }
            errors++;
          }
          if (data127 < 1 || isNaN(data127)) {
            const err345 = { instancePath: instancePath + "/export/prometheus/evaluationIntervalSeconds", schemaPath: "#/properties/export/properties/prometheus/properties/evaluationIntervalSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.export.properties.prometheus.properties.evaluationIntervalSeconds, data: data127 };
            if (vErrors === null) {
              vErrors = [err345];
            } else {
              vErrors.push(err345);
            }
            errors++;
          }
        }
      } else {
        const err346 = { instancePath: instancePath + "/export/prometheus", schemaPath: "#/properties/export/properties/prometheus/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.export.properties.prometheus.type, parentSchema: schema11.properties.export.properties.prometheus, data: data124 };
        if (vErrors === null) {
          vErrors = [err346];
        } else {
          vErrors.push(err346);
        }
        errors++;
      }
      let data128 = data105.alerts;
      if (data128 && typeof data128 == "object" && !Array.isArray(data128)) {
        if (data128.popDownSeconds === void 0) {
          data128.popDownSeconds = 60;
        }
        if (data128.nodeNotAvailableSeconds === void 0) {
          data128.nodeNotAvailableSeconds = 600;
        }
        if (data128.bgpSessionsDownSeconds === void 0) {
          data128.bgpSessionsDownSeconds = 300;
        }
        if (data128.rolloutHeldSeconds === void 0) {
          data128.rolloutHeldSeconds = 1800;
        }
        if (data128.targetsMissingSeconds === void 0) {
          data128.targetsMissingSeconds = 600;
        }
        for (const key23 in data128) {
          if (!(key23 === "popDownSeconds" || key23 === "popDegradedSeconds" || key23 === "nodeNotAvailableSeconds" || key23 === "rebuildSeconds" || key23 === "bgpSessionsDownSeconds" || key23 === "rolloutHeldSeconds" || key23 === "targetsMissingSeconds" || key23 === "runbookUrl")) {
            const err347 = { instancePath: instancePath + "/export/alerts", schemaPath: "#/properties/export/properties/alerts/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key23 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.export.properties.alerts, data: data128 };
            if (vErrors === null) {
              vErrors = [err347];
            } else {
              vErrors.push(err347);
            }
            errors++;
          }
        }
        let data129 = data128.popDownSeconds;
        if (!(typeof data129 == "number" && (!(data129 % 1) && !isNaN(data129)) && isFinite(data129))) {
          const err348 = { instancePath: instancePath + "/export/alerts/popDownSeconds", schemaPath: "#/properties/export/properties/alerts/properties/popDownSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.alerts.properties.popDownSeconds.type, parentSchema: schema11.properties.export.properties.alerts.properties.popDownSeconds, data: data129 };
          if (vErrors === null) {
            vErrors = [err348];
          } else {
            vErrors.push(err348);
          }
          errors++;
        }
        if (typeof data129 == "number" && isFinite(data129)) {
          if (data129 > 86400 || isNaN(data129)) {
            const err349 = { instancePath: instancePath + "/export/alerts/popDownSeconds", schemaPath: "#/properties/export/properties/alerts/properties/popDownSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400", schema: 86400, parentSchema: schema11.properties.export.properties.alerts.properties.popDownSeconds, data: data129 };
            if (vErrors === null) {
              vErrors = [err349];
            } else {
              vErrors.push(err349);
            }
            errors++;
          }
          if (data129 < 0 || isNaN(data129)) {
            const err350 = { instancePath: instancePath + "/export/alerts/popDownSeconds", schemaPath: "#/properties/export/properties/alerts/properties/popDownSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.export.properties.alerts.properties.popDownSeconds, data: data129 };
            if (vErrors === null) {
              vErrors = [err350];
            } else {
              vErrors.push(err350);
            }
            errors++;
          }
        }
        if (data128.popDegradedSeconds !== void 0) {
          let data130 = data128.popDegradedSeconds;
          if (!(typeof data130 == "number" && (!(data130 % 1) && !isNaN(data130)) && isFinite(data130))) {
            const err351 = { instancePath: instancePath + "/export/alerts/popDegradedSeconds", schemaPath: "#/properties/export/properties/alerts/properties/popDegradedSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.alerts.properties.popDegradedSeconds.type, parentSchema: schema11.properties.export.properties.alerts.properties.popDegradedSeconds, data: data130 };
            if (vErrors === null) {
              vErrors = [err351];
            } else {
              vErrors.push(err351);
            }
            errors++;
          }
          if (typeof data130 == "number" && isFinite(data130)) {
            if (data130 > 86400 || isNaN(data130)) {
              const err352 = { instancePath: instancePath + "/export/alerts/popDegradedSeconds", schemaPath: "#/properties/export/properties/alerts/properties/popDegradedSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400", schema: 86400, parentSchema: schema11.properties.export.properties.alerts.properties.popDegradedSeconds, data: data130 };
              if (vErrors === null) {
                vErrors = [err352];
              } else {
                vErrors.push(err352);
              }
              errors++;
            }
            if (data130 < 0 || isNaN(data130)) {
              const err353 = { instancePath: instancePath + "/export/alerts/popDegradedSeconds", schemaPath: "#/properties/export/properties/alerts/properties/popDegradedSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.export.properties.alerts.properties.popDegradedSeconds, data: data130 };
              if (vErrors === null) {
                vErrors = [err353];
              } else {
                vErrors.push(err353);
              }
              errors++;
            }
          }
        }
        let data131 = data128.nodeNotAvailableSeconds;
        if (!(typeof data131 == "number" && (!(data131 % 1) && !isNaN(data131)) && isFinite(data131))) {
          const err354 = { instancePath: instancePath + "/export/alerts/nodeNotAvailableSeconds", schemaPath: "#/properties/export/properties/alerts/properties/nodeNotAvailableSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.alerts.properties.nodeNotAvailableSeconds.type, parentSchema: schema11.properties.export.properties.alerts.properties.nodeNotAvailableSeconds, data: data131 };
          if (vErrors === null) {
            vErrors = [err354];
          } else {
            vErrors.push(err354);
          }
          errors++;
        }
        if (typeof data131 == "number" && isFinite(data131)) {
          if (data131 > 86400 || isNaN(data131)) {
            const err355 = { instancePath: instancePath + "/export/alerts/nodeNotAvailableSeconds", schemaPath: "#/properties/export/properties/alerts/properties/nodeNotAvailableSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400", schema: 86400, parentSchema: schema11.properties.export.properties.alerts.properties.nodeNotAvailableSeconds, data: data131 };
            if (vErrors === null) {
              vErrors = [err355];
            } else {
              vErrors.push(err355);
            }
            errors++;
          }
          if (data131 < 0 || isNaN(data131)) {
            const err356 = { instancePath: instancePath + "/export/alerts/nodeNotAvailableSeconds", schemaPath: "#/properties/export/properties/alerts/properties/nodeNotAvailableSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.export.properties.alerts.properties.nodeNotAvailableSeconds, data: data131 };
            if (vErrors === null) {
              vErrors = [err356];
            } else {
              vErrors.push(err356);
            }
            errors++;
          }
        }
        if (data128.rebuildSeconds !== void 0) {
          let data132 = data128.rebuildSeconds;
          if (!(typeof data132 == "number" && (!(data132 % 1) && !isNaN(data132)) && isFinite(data132))) {
            const err357 = { instancePath: instancePath + "/export/alerts/rebuildSeconds", schemaPath: "#/properties/export/properties/alerts/properties/rebuildSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.alerts.properties.rebuildSeconds.type, parentSchema: schema11.properties.export.properties.alerts.properties.rebuildSeconds, data: data132 };
            if (vErrors === null) {
              vErrors = [err357];
            } else {
              vErrors.push(err357);
            }
            errors++;
          }
          if (typeof data132 == "number" && isFinite(data132)) {
            if (data132 > 86400 || isNaN(data132)) {
              const err358 = { instancePath: instancePath + "/export/alerts/rebuildSeconds", schemaPath: "#/properties/export/properties/alerts/properties/rebuildSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400", schema: 86400, parentSchema: schema11.properties.export.properties.alerts.properties.rebuildSeconds, data: data132 };
              if (vErrors === null) {
                vErrors = [err358];
              } else {
                vErrors.push(err358);
              }
              errors++;
            }
            if (data132 < 0 || isNaN(data132)) {
              const err359 = { instancePath: instancePath + "/export/alerts/rebuildSeconds", schemaPath: "#/properties/export/properties/alerts/properties/rebuildSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.export.properties.alerts.properties.rebuildSeconds, data: data132 };
              if (vErrors === null) {
                vErrors = [err359];
              } else {
                vErrors.push(err359);
              }
              errors++;
            }
          }
        }
        let data133 = data128.bgpSessionsDownSeconds;
        if (!(typeof data133 == "number" && (!(data133 % 1) && !isNaN(data133)) && isFinite(data133))) {
          const err360 = { instancePath: instancePath + "/export/alerts/bgpSessionsDownSeconds", schemaPath: "#/properties/export/properties/alerts/properties/bgpSessionsDownSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.alerts.properties.bgpSessionsDownSeconds.type, parentSchema: schema11.properties.export.properties.alerts.properties.bgpSessionsDownSeconds, data: data133 };
          if (vErrors === null) {
            vErrors = [err360];
          } else {
            vErrors.push(err360);
          }
          errors++;
        }
        if (typeof data133 == "number" && isFinite(data133)) {
          if (data133 > 86400 || isNaN(data133)) {
            const err361 = { instancePath: instancePath + "/export/alerts/bgpSessionsDownSeconds", schemaPath: "#/properties/export/properties/alerts/properties/bgpSessionsDownSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400", schema: 86400, parentSchema: schema11.properties.export.properties.alerts.properties.bgpSessionsDownSeconds, data: data133 };
            if (vErrors === null) {
              vErrors = [err361];
            } else {
              vErrors.push(err361);
            }
            errors++;
          }
          if (data133 < 0 || isNaN(data133)) {
            const err362 = { instancePath: instancePath + "/export/alerts/bgpSessionsDownSeconds", schemaPath: "#/properties/export/properties/alerts/properties/bgpSessionsDownSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.export.properties.alerts.properties.bgpSessionsDownSeconds, data: data133 };
            if (vErrors === null) {
              vErrors = [err362];
            } else {
              vErrors.push(err362);
            }
            errors++;
          }
        }
        let data134 = data128.rolloutHeldSeconds;
        if (!(typeof data134 == "number" && (!(data134 % 1) && !isNaN(data134)) && isFinite(data134))) {
          const err363 = { instancePath: instancePath + "/export/alerts/rolloutHeldSeconds", schemaPath: "#/properties/export/properties/alerts/properties/rolloutHeldSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.alerts.properties.rolloutHeldSeconds.type, parentSchema: schema11.properties.export.properties.alerts.properties.rolloutHeldSeconds, data: data134 };
          if (vErrors === null) {
            vErrors = [err363];
          } else {
            vErrors.push(err363);
          }
          errors++;
        }
        if (typeof data134 == "number" && isFinite(data134)) {
          if (data134 > 86400 || isNaN(data134)) {
            const err364 = { instancePath: instancePath + "/export/alerts/rolloutHeldSeconds", schemaPath: "#/properties/export/properties/alerts/properties/rolloutHeldSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400", schema: 86400, parentSchema: schema11.properties.export.properties.alerts.properties.rolloutHeldSeconds, data: data134 };
            if (vErrors === null) {
              vErrors = [err364];
            } else {
              vErrors.push(err364);
            }
            errors++;
          }
          if (data134 < 0 || isNaN(data134)) {
            const err365 = { instancePath: instancePath + "/export/alerts/rolloutHeldSeconds", schemaPath: "#/properties/export/properties/alerts/properties/rolloutHeldSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.export.properties.alerts.properties.rolloutHeldSeconds, data: data134 };
            if (vErrors === null) {
              vErrors = [err365];
            } else {
              vErrors.push(err365);
            }
            errors++;
          }
        }
        let data135 = data128.targetsMissingSeconds;
        if (!(typeof data135 == "number" && (!(data135 % 1) && !isNaN(data135)) && isFinite(data135))) {
          const err366 = { instancePath: instancePath + "/export/alerts/targetsMissingSeconds", schemaPath: "#/properties/export/properties/alerts/properties/targetsMissingSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.export.properties.alerts.properties.targetsMissingSeconds.type, parentSchema: schema11.properties.export.properties.alerts.properties.targetsMissingSeconds, data: data135 };
          if (vErrors === null) {
            vErrors = [err366];
          } else {
            vErrors.push(err366);
          }
          errors++;
        }
        if (typeof data135 == "number" && isFinite(data135)) {
          if (data135 > 86400 || isNaN(data135)) {
            const err367 = { instancePath: instancePath + "/export/alerts/targetsMissingSeconds", schemaPath: "#/properties/export/properties/alerts/properties/targetsMissingSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400", schema: 86400, parentSchema: schema11.properties.export.properties.alerts.properties.targetsMissingSeconds, data: data135 };
            if (vErrors === null) {
              vErrors = [err367];
            } else {
              vErrors.push(err367);
            }
            errors++;
          }
          if (data135 < 0 || isNaN(data135)) {
            const err368 = { instancePath: instancePath + "/export/alerts/targetsMissingSeconds", schemaPath: "#/properties/export/properties/alerts/properties/targetsMissingSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.export.properties.alerts.properties.targetsMissingSeconds, data: data135 };
            if (vErrors === null) {
              vErrors = [err368];
            } else {
              vErrors.push(err368);
            }
            errors++;
          }
        }
        if (data128.runbookUrl !== void 0) {
          let data136 = data128.runbookUrl;
          if (typeof data136 === "string") {
            if (func3(data136) > 500) {
              const err369 = { instancePath: instancePath + "/export/alerts/runbookUrl", schemaPath: "#/properties/export/properties/alerts/properties/runbookUrl/maxLength", keyword: "maxLength", params: { limit: 500 }, message: "must NOT have more than 500 characters", schema: 500, parentSchema: schema11.properties.export.properties.alerts.properties.runbookUrl, data: data136 };
              if (vErrors === null) {
                vErrors = [err369];
              } else {
                vErrors.push(err369);
              }
              errors++;
            }
            if (!pattern38.test(data136)) {
              const err370 = { instancePath: instancePath + "/export/alerts/runbookUrl", schemaPath: "#/properties/export/properties/alerts/properties/runbookUrl/pattern", keyword: "pattern", params: { pattern: "^https?://[^\\s]+[^/\\s]$" }, message: 'must match pattern "^https?://[^\\s]+[^/\\s]$"', schema: "^https?://[^\\s]+[^/\\s]$", parentSchema: schema11.properties.export.properties.alerts.properties.runbookUrl, data: data136 };
              if (vErrors === null) {
                vErrors = [err370];
              } else {
                vErrors.push(err370);
              }
              errors++;
            }
          } else {
            const err371 = { instancePath: instancePath + "/export/alerts/runbookUrl", schemaPath: "#/properties/export/properties/alerts/properties/runbookUrl/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.export.properties.alerts.properties.runbookUrl.type, parentSchema: schema11.properties.export.properties.alerts.properties.runbookUrl, data: data136 };
            if (vErrors === null) {
              vErrors = [err371];
            } else {
              vErrors.push(err371);
            }
            errors++;
          }
        }
      } else {
        const err372 = { instancePath: instancePath + "/export/alerts", schemaPath: "#/properties/export/properties/alerts/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.export.properties.alerts.type, parentSchema: schema11.properties.export.properties.alerts, data: data128 };
        if (vErrors === null) {
          vErrors = [err372];
        } else {
          vErrors.push(err372);
        }
        errors++;
      }
    } else {
      const err373 = { instancePath: instancePath + "/export", schemaPath: "#/properties/export/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.export.type, parentSchema: schema11.properties.export, data: data105 };
      if (vErrors === null) {
        vErrors = [err373];
      } else {
        vErrors.push(err373);
      }
      errors++;
    }
    let data137 = data.alarms;
    if (data137 && typeof data137 == "object" && !Array.isArray(data137)) {
      if (data137.enabled === void 0) {
        data137.enabled = false;
      }
      if (data137.api5xxPercent === void 0) {
        data137.api5xxPercent = 5;
      }
      for (const key24 in data137) {
        if (!(key24 === "enabled" || key24 === "topicArn" || key24 === "api5xxPercent")) {
          const err374 = { instancePath: instancePath + "/alarms", schemaPath: "#/properties/alarms/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key24 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.alarms, data: data137 };
          if (vErrors === null) {
            vErrors = [err374];
          } else {
            vErrors.push(err374);
          }
          errors++;
        }
      }
      let data138 = data137.enabled;
      if (typeof data138 !== "boolean") {
        const err375 = { instancePath: instancePath + "/alarms/enabled", schemaPath: "#/properties/alarms/properties/enabled/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.alarms.properties.enabled.type, parentSchema: schema11.properties.alarms.properties.enabled, data: data138 };
        if (vErrors === null) {
          vErrors = [err375];
        } else {
          vErrors.push(err375);
        }
        errors++;
      }
      if (data137.topicArn !== void 0) {
        let data139 = data137.topicArn;
        if (typeof data139 === "string") {
          if (!pattern39.test(data139)) {
            const err376 = { instancePath: instancePath + "/alarms/topicArn", schemaPath: "#/properties/alarms/properties/topicArn/pattern", keyword: "pattern", params: { pattern: "^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]{1,30}:[0-9]{12}:[A-Za-z0-9_-]{1,256}$" }, message: 'must match pattern "^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]{1,30}:[0-9]{12}:[A-Za-z0-9_-]{1,256}$"', schema: "^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]{1,30}:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", parentSchema: schema11.properties.alarms.properties.topicArn, data: data139 };
            if (vErrors === null) {
              vErrors = [err376];
            } else {
              vErrors.push(err376);
            }
            errors++;
          }
        } else {
          const err377 = { instancePath: instancePath + "/alarms/topicArn", schemaPath: "#/properties/alarms/properties/topicArn/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.alarms.properties.topicArn.type, parentSchema: schema11.properties.alarms.properties.topicArn, data: data139 };
          if (vErrors === null) {
            vErrors = [err377];
          } else {
            vErrors.push(err377);
          }
          errors++;
        }
      }
      let data140 = data137.api5xxPercent;
      if (!(typeof data140 == "number" && (!(data140 % 1) && !isNaN(data140)) && isFinite(data140))) {
        const err378 = { instancePath: instancePath + "/alarms/api5xxPercent", schemaPath: "#/properties/alarms/properties/api5xxPercent/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.alarms.properties.api5xxPercent.type, parentSchema: schema11.properties.alarms.properties.api5xxPercent, data: data140 };
        if (vErrors === null) {
          vErrors = [err378];
        } else {
          vErrors.push(err378);
        }
        errors++;
      }
      if (typeof data140 == "number" && isFinite(data140)) {
        if (data140 > 100 || isNaN(data140)) {
          const err379 = { instancePath: instancePath + "/alarms/api5xxPercent", schemaPath: "#/properties/alarms/properties/api5xxPercent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, message: "must be <= 100", schema: 100, parentSchema: schema11.properties.alarms.properties.api5xxPercent, data: data140 };
          if (vErrors === null) {
            vErrors = [err379];
          } else {
            vErrors.push(err379);
          }
          errors++;
        }
        if (data140 < 1 || isNaN(data140)) {
          const err380 = { instancePath: instancePath + "/alarms/api5xxPercent", schemaPath: "#/properties/alarms/properties/api5xxPercent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.alarms.properties.api5xxPercent, data: data140 };
          if (vErrors === null) {
            vErrors = [err380];
          } else {
            vErrors.push(err380);
          }
          errors++;
        }
      }
    } else {
      const err381 = { instancePath: instancePath + "/alarms", schemaPath: "#/properties/alarms/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.alarms.type, parentSchema: schema11.properties.alarms, data: data137 };
      if (vErrors === null) {
        vErrors = [err381];
      } else {
        vErrors.push(err381);
      }
      errors++;
    }
    if (data.autopilotSites !== void 0) {
      let data141 = data.autopilotSites;
      if (Array.isArray(data141)) {
        if (data141.length < 1) {
          const err382 = { instancePath: instancePath + "/autopilotSites", schemaPath: "#/properties/autopilotSites/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.autopilotSites, data: data141 };
          if (vErrors === null) {
            vErrors = [err382];
          } else {
            vErrors.push(err382);
          }
          errors++;
        }
        const len16 = data141.length;
        for (let i26 = 0; i26 < len16; i26++) {
          let data142 = data141[i26];
          if (data142 && typeof data142 == "object" && !Array.isArray(data142)) {
            if (data142.id === void 0) {
              const err383 = { instancePath: instancePath + "/autopilotSites/" + i26, schemaPath: "#/properties/autopilotSites/items/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema11.properties.autopilotSites.items.required, parentSchema: schema11.properties.autopilotSites.items, data: data142 };
              if (vErrors === null) {
                vErrors = [err383];
              } else {
                vErrors.push(err383);
              }
              errors++;
            }
            if (data142.name === void 0) {
              const err384 = { instancePath: instancePath + "/autopilotSites/" + i26, schemaPath: "#/properties/autopilotSites/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema11.properties.autopilotSites.items.required, parentSchema: schema11.properties.autopilotSites.items, data: data142 };
              if (vErrors === null) {
                vErrors = [err384];
              } else {
                vErrors.push(err384);
              }
              errors++;
            }
            if (data142.bgpPeers === void 0) {
              const err385 = { instancePath: instancePath + "/autopilotSites/" + i26, schemaPath: "#/properties/autopilotSites/items/required", keyword: "required", params: { missingProperty: "bgpPeers" }, message: "must have required property 'bgpPeers'", schema: schema11.properties.autopilotSites.items.required, parentSchema: schema11.properties.autopilotSites.items, data: data142 };
              if (vErrors === null) {
                vErrors = [err385];
              } else {
                vErrors.push(err385);
              }
              errors++;
            }
            for (const key25 in data142) {
              if (!(key25 === "id" || key25 === "name" || key25 === "bgpPeers" || key25 === "cell")) {
                const err386 = { instancePath: instancePath + "/autopilotSites/" + i26, schemaPath: "#/properties/autopilotSites/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key25 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.autopilotSites.items, data: data142 };
                if (vErrors === null) {
                  vErrors = [err386];
                } else {
                  vErrors.push(err386);
                }
                errors++;
              }
            }
            if (data142.id !== void 0) {
              let data143 = data142.id;
              if (!(typeof data143 == "number" && (!(data143 % 1) && !isNaN(data143)) && isFinite(data143))) {
                const err387 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/id", schemaPath: "#/properties/autopilotSites/items/properties/id/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.autopilotSites.items.properties.id.type, parentSchema: schema11.properties.autopilotSites.items.properties.id, data: data143 };
                if (vErrors === null) {
                  vErrors = [err387];
                } else {
                  vErrors.push(err387);
                }
                errors++;
              }
              if (typeof data143 == "number" && isFinite(data143)) {
                if (data143 > 999 || isNaN(data143)) {
                  const err388 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/id", schemaPath: "#/properties/autopilotSites/items/properties/id/maximum", keyword: "maximum", params: { comparison: "<=", limit: 999 }, message: "must be <= 999", schema: 999, parentSchema: schema11.properties.autopilotSites.items.properties.id, data: data143 };
                  if (vErrors === null) {
                    vErrors = [err388];
                  } else {
                    vErrors.push(err388);
                  }
                  errors++;
                }
                if (data143 < 1 || isNaN(data143)) {
                  const err389 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/id", schemaPath: "#/properties/autopilotSites/items/properties/id/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.autopilotSites.items.properties.id, data: data143 };
                  if (vErrors === null) {
                    vErrors = [err389];
                  } else {
                    vErrors.push(err389);
                  }
                  errors++;
                }
              }
            }
            if (data142.name !== void 0) {
              let data144 = data142.name;
              if (typeof data144 === "string") {
                if (func3(data144) > 24) {
                  const err390 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/name", schemaPath: "#/properties/autopilotSites/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 24 }, message: "must NOT have more than 24 characters", schema: 24, parentSchema: schema11.properties.autopilotSites.items.properties.name, data: data144 };
                  if (vErrors === null) {
                    vErrors = [err390];
                  } else {
                    vErrors.push(err390);
                  }
                  errors++;
                }
                if (!pattern18.test(data144)) {
                  const err391 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/name", schemaPath: "#/properties/autopilotSites/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" }, message: 'must match pattern "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"', schema: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", parentSchema: schema11.properties.autopilotSites.items.properties.name, data: data144 };
                  if (vErrors === null) {
                    vErrors = [err391];
                  } else {
                    vErrors.push(err391);
                  }
                  errors++;
                }
              } else {
                const err392 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/name", schemaPath: "#/properties/autopilotSites/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.autopilotSites.items.properties.name.type, parentSchema: schema11.properties.autopilotSites.items.properties.name, data: data144 };
                if (vErrors === null) {
                  vErrors = [err392];
                } else {
                  vErrors.push(err392);
                }
                errors++;
              }
            }
            if (data142.bgpPeers !== void 0) {
              let data145 = data142.bgpPeers;
              if (Array.isArray(data145)) {
                if (data145.length > 20) {
                  const err393 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/bgpPeers", schemaPath: "#/properties/autopilotSites/items/properties/bgpPeers/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema11.properties.autopilotSites.items.properties.bgpPeers, data: data145 };
                  if (vErrors === null) {
                    vErrors = [err393];
                  } else {
                    vErrors.push(err393);
                  }
                  errors++;
                }
                if (data145.length < 1) {
                  const err394 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/bgpPeers", schemaPath: "#/properties/autopilotSites/items/properties/bgpPeers/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema11.properties.autopilotSites.items.properties.bgpPeers, data: data145 };
                  if (vErrors === null) {
                    vErrors = [err394];
                  } else {
                    vErrors.push(err394);
                  }
                  errors++;
                }
                const len17 = data145.length;
                for (let i27 = 0; i27 < len17; i27++) {
                  let data146 = data145[i27];
                  if (typeof data146 === "string") {
                    if (!formats2(data146)) {
                      const err395 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/bgpPeers/" + i27, schemaPath: "#/properties/autopilotSites/items/properties/bgpPeers/items/format", keyword: "format", params: { format: "cidr" }, message: 'must match format "cidr"', schema: "cidr", parentSchema: schema11.properties.autopilotSites.items.properties.bgpPeers.items, data: data146 };
                      if (vErrors === null) {
                        vErrors = [err395];
                      } else {
                        vErrors.push(err395);
                      }
                      errors++;
                    }
                  } else {
                    const err396 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/bgpPeers/" + i27, schemaPath: "#/properties/autopilotSites/items/properties/bgpPeers/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.autopilotSites.items.properties.bgpPeers.items.type, parentSchema: schema11.properties.autopilotSites.items.properties.bgpPeers.items, data: data146 };
                    if (vErrors === null) {
                      vErrors = [err396];
                    } else {
                      vErrors.push(err396);
                    }
                    errors++;
                  }
                }
                let i28 = data145.length;
                let j10;
                if (i28 > 1) {
                  const indices9 = {};
                  for (; i28--; ) {
                    let item9 = data145[i28];
                    if (typeof item9 !== "string") {
                      continue;
                    }
                    if (typeof indices9[item9] == "number") {
                      j10 = indices9[item9];
                      const err397 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/bgpPeers", schemaPath: "#/properties/autopilotSites/items/properties/bgpPeers/uniqueItems", keyword: "uniqueItems", params: { i: i28, j: j10 }, message: "must NOT have duplicate items (items ## " + j10 + " and " + i28 + " are identical)", schema: true, parentSchema: schema11.properties.autopilotSites.items.properties.bgpPeers, data: data145 };
                      if (vErrors === null) {
                        vErrors = [err397];
                      } else {
                        vErrors.push(err397);
                      }
                      errors++;
                      break;
                    }
                    indices9[item9] = i28;
                  }
                }
              } else {
                const err398 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/bgpPeers", schemaPath: "#/properties/autopilotSites/items/properties/bgpPeers/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.autopilotSites.items.properties.bgpPeers.type, parentSchema: schema11.properties.autopilotSites.items.properties.bgpPeers, data: data145 };
                if (vErrors === null) {
                  vErrors = [err398];
                } else {
                  vErrors.push(err398);
                }
                errors++;
              }
            }
            if (data142.cell !== void 0) {
              let data147 = data142.cell;
              if (typeof data147 === "string") {
                if (func3(data147) > 24) {
                  const err399 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/cell", schemaPath: "#/properties/autopilotSites/items/properties/cell/maxLength", keyword: "maxLength", params: { limit: 24 }, message: "must NOT have more than 24 characters", schema: 24, parentSchema: schema11.properties.autopilotSites.items.properties.cell, data: data147 };
                  if (vErrors === null) {
                    vErrors = [err399];
                  } else {
                    vErrors.push(err399);
                  }
                  errors++;
                }
                if (!pattern18.test(data147)) {
                  const err400 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/cell", schemaPath: "#/properties/autopilotSites/items/properties/cell/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" }, message: 'must match pattern "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"', schema: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", parentSchema: schema11.properties.autopilotSites.items.properties.cell, data: data147 };
                  if (vErrors === null) {
                    vErrors = [err400];
                  } else {
                    vErrors.push(err400);
                  }
                  errors++;
                }
              } else {
                const err401 = { instancePath: instancePath + "/autopilotSites/" + i26 + "/cell", schemaPath: "#/properties/autopilotSites/items/properties/cell/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.autopilotSites.items.properties.cell.type, parentSchema: schema11.properties.autopilotSites.items.properties.cell, data: data147 };
                if (vErrors === null) {
                  vErrors = [err401];
                } else {
                  vErrors.push(err401);
                }
                errors++;
              }
            }
          } else {
            const err402 = { instancePath: instancePath + "/autopilotSites/" + i26, schemaPath: "#/properties/autopilotSites/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.autopilotSites.items.type, parentSchema: schema11.properties.autopilotSites.items, data: data142 };
            if (vErrors === null) {
              vErrors = [err402];
            } else {
              vErrors.push(err402);
            }
            errors++;
          }
        }
      } else {
        const err403 = { instancePath: instancePath + "/autopilotSites", schemaPath: "#/properties/autopilotSites/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.autopilotSites.type, parentSchema: schema11.properties.autopilotSites, data: data141 };
        if (vErrors === null) {
          vErrors = [err403];
        } else {
          vErrors.push(err403);
        }
        errors++;
      }
    }
    if (data.retiredSiteIds !== void 0) {
      let data148 = data.retiredSiteIds;
      if (Array.isArray(data148)) {
        const len18 = data148.length;
        for (let i29 = 0; i29 < len18; i29++) {
          let data149 = data148[i29];
          if (!(typeof data149 == "number" && (!(data149 % 1) && !isNaN(data149)) && isFinite(data149))) {
            const err404 = { instancePath: instancePath + "/retiredSiteIds/" + i29, schemaPath: "#/properties/retiredSiteIds/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.retiredSiteIds.items.type, parentSchema: schema11.properties.retiredSiteIds.items, data: data149 };
            if (vErrors === null) {
              vErrors = [err404];
            } else {
              vErrors.push(err404);
            }
            errors++;
          }
          if (typeof data149 == "number" && isFinite(data149)) {
            if (data149 > 999 || isNaN(data149)) {
              const err405 = { instancePath: instancePath + "/retiredSiteIds/" + i29, schemaPath: "#/properties/retiredSiteIds/items/maximum", keyword: "maximum", params: { comparison: "<=", limit: 999 }, message: "must be <= 999", schema: 999, parentSchema: schema11.properties.retiredSiteIds.items, data: data149 };
              if (vErrors === null) {
                vErrors = [err405];
              } else {
                vErrors.push(err405);
              }
              errors++;
            }
            if (data149 < 1 || isNaN(data149)) {
              const err406 = { instancePath: instancePath + "/retiredSiteIds/" + i29, schemaPath: "#/properties/retiredSiteIds/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.retiredSiteIds.items, data: data149 };
              if (vErrors === null) {
                vErrors = [err406];
              } else {
                vErrors.push(err406);
              }
              errors++;
            }
          }
        }
        let i30 = data148.length;
        let j11;
        if (i30 > 1) {
          const indices10 = {};
          for (; i30--; ) {
            let item10 = data148[i30];
            if (!(typeof item10 == "number" && (!(item10 % 1) && !isNaN(item10)) && isFinite(item10))) {
              continue;
            }
            if (typeof indices10[item10] == "number") {
              j11 = indices10[item10];
              const err407 = { instancePath: instancePath + "/retiredSiteIds", schemaPath: "#/properties/retiredSiteIds/uniqueItems", keyword: "uniqueItems", params: { i: i30, j: j11 }, message: "must NOT have duplicate items (items ## " + j11 + " and " + i30 + " are identical)", schema: true, parentSchema: schema11.properties.retiredSiteIds, data: data148 };
              if (vErrors === null) {
                vErrors = [err407];
              } else {
                vErrors.push(err407);
              }
              errors++;
              break;
            }
            indices10[item10] = i30;
          }
        }
      } else {
        const err408 = { instancePath: instancePath + "/retiredSiteIds", schemaPath: "#/properties/retiredSiteIds/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.retiredSiteIds.type, parentSchema: schema11.properties.retiredSiteIds, data: data148 };
        if (vErrors === null) {
          vErrors = [err408];
        } else {
          vErrors.push(err408);
        }
        errors++;
      }
    }
  } else {
    const err409 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.type, parentSchema: schema11, data };
    if (vErrors === null) {
      vErrors = [err409];
    } else {
      vErrors.push(err409);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
