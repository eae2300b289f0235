import { readFileSync } from "node:fs";
import { awsProviderVersion } from "../../../sandbox/toolchain";
import { inPlaceDisruption } from "../../../lib/verify/disruption";
import { inPlaceEffect } from "../../../lib/verify/judges/judges";
import { KNOWN_PROVIDERS } from "../../../lib/terraform/known-providers";

function effectOf(type: string, name: string, to: unknown = "x"): string {
  return inPlaceEffect(type, { path: name, name, from: null, to, known: true });
}

/** The provider that the constructs are for: 5 here, 6 where `npm run try:cdktn` runs this. */
const installed = awsProviderVersion();

it("is about the version of the provider that the constructs are for", () => {
  expect(KNOWN_PROVIDERS).toContain(installed);
});

/** `names` of a provider of this major version only. */
function only(major: 5 | 6, ...names: readonly string[]): readonly string[] {
  return installed.startsWith(`${major}.`) ? names : [];
}

/** A new version of the provider that brings an argument fails here: look its effect up first. */
it("has looked every argument of aws_instance up", () => {
  const byEffect: Record<string, string[]> = {};
  for (const name of instanceArguments()) {
    (byEffect[effectOf("aws_instance", name)] ??= []).push(name);
  }
  const sorted = Object.entries(byEffect).map(([effect, names]) => [effect, names.sort()] as const);
  expect(Object.fromEntries(sorted)).toEqual({
    restarts: [
      "capacity_reservation_specification",
      "cpu_options",
      "instance_type",
      "user_data",
      "user_data_base64",
    ],
    readdresses: ["ipv6_address_count", "ipv6_addresses", "secondary_private_ips"],
    harmless: [
      "credit_specification",
      "disable_api_stop",
      "disable_api_termination",
      ...only(6, "force_destroy"),
      "get_password_data",
      "iam_instance_profile",
      "instance_initiated_shutdown_behavior",
      "maintenance_options",
      "metadata_options",
      "monitoring",
      "source_dest_check",
      "tags",
      "tags_all",
      "timeouts",
      "user_data_replace_on_change",
      "volume_tags",
    ],
    "cuts-off": ["vpc_security_group_ids"],
    // They replace the instance, which Terraform's plan says, or nobody can tell what they do.
    unknown: [
      "ami",
      "associate_public_ip_address",
      "availability_zone",
      ...only(5, "cpu_core_count", "cpu_threads_per_core"),
      "ebs_block_device",
      "ebs_optimized",
      "enable_primary_ipv6",
      "enclave_options",
      "ephemeral_block_device",
      "hibernation",
      "host_id",
      "host_resource_group_arn",
      "id",
      "instance_market_options",
      "key_name",
      "launch_template",
      "network_interface",
      "placement_group",
      ...only(6, "placement_group_id"),
      "placement_partition_number",
      ...only(6, "primary_network_interface"),
      "private_dns_name_options",
      "private_ip",
      ...only(6, "region"),
      // Its parts are known.
      "root_block_device",
      ...only(6, "secondary_network_interface"),
      "security_groups",
      "subnet_id",
      "tenancy",
    ],
  });
});

/** From the provider's generated types; CDKTF spells one of them in its own way. */
function instanceArguments(): string[] {
  const file = require.resolve("@cdktf/provider-aws/lib/instance/index.d.ts");
  const types = readFileSync(file, "utf8");
  const config = types.slice(types.indexOf("export interface InstanceConfig"));
  const body = config.slice(0, config.indexOf("\n}"));
  return [...body.matchAll(/^ {4}readonly (\w+)\??:/gm)]
    .map(([, name = ""]) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .map((name) => (name === "fetch_password_data" ? "get_password_data" : name));
}

it("knows parts of an attribute better than the whole", () => {
  expect(effectOf("aws_instance", "root_block_device.volume_size")).toBe("harmless");
  expect(effectOf("aws_instance", "root_block_device.encrypted")).toBe("unknown");
  expect(effectOf("aws_instance", "root_block_device.tags.Name")).toBe("harmless");
  expect(effectOf("aws_instance", "root_block_device")).toBe("unknown");
  expect(effectOf("aws_instance", "metadata_options.http_endpoint", "disabled")).toBe("cuts-off");
  expect(effectOf("aws_instance", "metadata_options.http_endpoint", "enabled")).toBe("harmless");
});

it("knows nothing of what no table names", () => {
  expect(effectOf("aws_lb", "idle_timeout")).toBe("unknown");
  expect(effectOf("aws_dynamodb_table", "anything")).toBe("unknown");
  expect(effectOf("constructor", "name")).toBe("unknown");
});

it("tells the worst of several effects, with all attributes that have one", () => {
  const change = (name: string) => ({ path: name, name, from: null, to: "x", known: true });
  const changes = ["tenancy", "instance_type", "monitoring"].map(change);
  expect(inPlaceDisruption("aws_instance", changes)).toEqual({
    effect: "restarts",
    attributes: [change("tenancy"), change("instance_type")],
  });
  expect(inPlaceDisruption("aws_instance", [change("monitoring")])).toBeNull();
});
