import type { ScannerRule } from "./rule";
import { block, containersOf, unless } from "./stack-of";
import type { Resource, Stack } from "./stack-of";

const DEFINITIONS = ["aws_ecs_task_definition"];
const SECRET = /password|passwd|secret|token|private_?key|access_?key/i;

function everyContainer(holds: (container: Resource) => boolean): (stack: Stack) => string[] {
  return (stack) => unless(stack, DEFINITIONS, (each) => containersOf(each).every(holds));
}

function volumesOf(instance: Resource): Resource[] {
  return [
    instance["root_block_device"] ?? [],
    instance["ebs_block_device"] ?? [],
  ].flat() as Resource[];
}

/** Nodes and tasks. */
export const COMPUTE_RULES: readonly ScannerRule[] = [
  {
    ids: ["CKV_AWS_8", "AWS-0131"],
    asks: "nodes' volumes are encrypted",
    breaks: (stack) =>
      unless(stack, ["aws_instance"], (each) =>
        volumesOf(each).every((volume) => volume["encrypted"] === true),
      ),
  },
  {
    ids: ["CKV_AWS_79", "AWS-0028"],
    asks: "nodes answer for their metadata by IMDSv2 only",
    breaks: (stack) =>
      unless(
        stack,
        ["aws_instance"],
        (each) => block(each, "metadata_options")["http_tokens"] === "required",
      ),
  },
  {
    ids: ["CKV_AWS_46", "AWS-0029"],
    asks: "user data holds no keys",
    breaks: (stack) =>
      unless(stack, ["aws_instance"], (each) => {
        const { user_data_base64: data = "" } = each as { readonly user_data_base64?: string };
        const text = Buffer.from(data, "base64").toString("latin1");
        return !/AKIA[0-9A-Z]{16}|BEGIN [A-Z ]*PRIVATE KEY/.test(text);
      }),
  },
  {
    ids: ["CKV_AWS_88"],
    asks: "nodes get no public address by themselves",
    breaks: (stack) =>
      unless(stack, ["aws_instance"], (each) => each["associate_public_ip_address"] !== true),
  },
  {
    ids: ["CKV2_AWS_41"],
    asks: "nodes have a role",
    breaks: (stack) =>
      unless(stack, ["aws_instance"], (each) => Boolean(each["iam_instance_profile"])),
  },
  {
    ids: ["CKV_AWS_126"],
    asks: "nodes are monitored minute by minute",
    breaks: (stack) => unless(stack, ["aws_instance"], (each) => each["monitoring"] === true),
    because:
      "Prometheus scrapes them every 15 seconds, and CloudWatch has status checks each minute without it.",
  },
  {
    ids: ["CKV_AWS_135"],
    asks: "nodes are EBS-optimized",
    breaks: (stack) => unless(stack, ["aws_instance"], (each) => each["ebs_optimized"] === true),
    because:
      "All types that a fleet can have are, without being asked to; asking would replace nodes.",
  },
  {
    ids: ["CKV_AWS_65", "AWS-0034"],
    asks: "the cluster has Container Insights",
    breaks: (stack) =>
      unless(stack, ["aws_ecs_cluster"], (each) =>
        ([each["setting"] ?? []].flat() as Resource[]).some(
          ({ name, value }) => name === "containerInsights" && value === "enabled",
        ),
      ),
  },
  {
    ids: ["CKV_AWS_223", "CKV_AWS_224"],
    asks: "commands by ECS Exec are logged, and encrypted with a key of one's own",
    breaks: (stack) =>
      unless(stack, ["aws_ecs_cluster"], (each) => each["configuration"] !== undefined),
    because: "No service allows ECS Exec: there are no commands to log.",
  },
  {
    ids: ["CKV_AWS_332"],
    asks: "Fargate's services run on its latest version",
    breaks: (stack) => unless(stack, ["aws_ecs_service"], (each) => each["launch_type"] === "EC2"),
  },
  {
    ids: ["CKV_AWS_333"],
    asks: "services assign no public addresses",
    breaks: (stack) =>
      unless(stack, ["aws_ecs_service"], (each) => each["network_configuration"] === undefined),
  },
  {
    ids: ["CKV_AWS_334"],
    asks: "no container is privileged",
    breaks: everyContainer(({ privileged }) => privileged !== true),
  },
  {
    ids: ["CKV_AWS_335"],
    asks: "no task has the host's processes",
    breaks: (stack) => unless(stack, DEFINITIONS, ({ pid_mode: mode }) => mode !== "host"),
  },
  {
    ids: ["CKV_AWS_336"],
    asks: "containers can't write to their own file system",
    breaks: everyContainer((each) => each["readonlyRootFilesystem"] === true),
  },
  {
    ids: ["CKV_AWS_97", "AWS-0035"],
    asks: "EFS volumes of tasks are encrypted in transit",
    breaks: (stack) =>
      unless(
        stack,
        DEFINITIONS,
        (each) => !JSON.stringify(each).includes("efs_volume_configuration"),
      ),
  },
  {
    ids: ["CKV_AWS_249"],
    asks: "a task doesn't run as the role that starts it",
    breaks: (stack) =>
      unless(
        stack,
        DEFINITIONS,
        (each) =>
          each["task_role_arn"] === undefined ||
          each["task_role_arn"] !== each["execution_role_arn"],
      ),
  },
  {
    ids: ["AWS-0036"],
    asks: "no task definition holds a secret in its environment",
    breaks: everyContainer(({ environment = [] }) =>
      (environment as readonly { readonly name: string }[]).every(({ name }) => !SECRET.test(name)),
    ),
  },
];
