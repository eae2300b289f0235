import { readFileSync } from "node:fs";
import { awsProviderVersion } from "../../../sandbox/toolchain";
import {
  inPlaceDisruption,
  inPlaceEffect,
  KNOWN_PROVIDER_VERSION,
} from "../../../lib/verify/disruption";

function effectOf(type: string, name: string, to: unknown = "x"): string {
  return inPlaceEffect(type, { path: name, name, from: null, to, known: true });
}

it("is about the version of the provider that the constructs are for", () => {
  expect(awsProviderVersion()).toBe(KNOWN_PROVIDER_VERSION);
});

/** A new version of the provider that brings an argument fails here: look its effect up first. */
it("has looked every argument of aws_instance up", () => {
  const byEffect: Record<string, string[]> = {};
  for (const name of instanceArguments()) {
    (byEffect[effectOf("aws_instance", name)] ??= []).push(name);
  }
  expect(byEffect).toEqual({
    restarts: [
      "instance_type",
      "user_data",
      "user_data_base64",
      "capacity_reservation_specification",
    ],
    readdresses: ["ipv6_address_count", "secondary_private_ips"],
    harmless: [
      "disable_api_stop",
      "disable_api_termination",
      "get_password_data",
      "iam_instance_profile",
      "instance_initiated_shutdown_behavior",
      "monitoring",
      "source_dest_check",
      "tags",
      "tags_all",
      "user_data_replace_on_change",
      "volume_tags",
      "vpc_security_group_ids",
      "credit_specification",
      "maintenance_options",
      "metadata_options",
      "timeouts",
    ],
    // They replace the instance, which Terraform's plan says, or nobody can tell what they do.
    unknown: [
      "ami",
      "associate_public_ip_address",
      "availability_zone",
      "cpu_core_count",
      "cpu_threads_per_core",
      "ebs_optimized",
      "enable_primary_ipv6",
      "hibernation",
      "host_id",
      "host_resource_group_arn",
      "id",
      "ipv6_addresses",
      "key_name",
      "placement_group",
      "placement_partition_number",
      "private_ip",
      "security_groups",
      "subnet_id",
      "tenancy",
      "cpu_options",
      "ebs_block_device",
      "enclave_options",
      "ephemeral_block_device",
      "instance_market_options",
      "launch_template",
      "network_interface",
      "private_dns_name_options",
      // Its parts are known.
      "root_block_device",
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

it("takes types whose changes in place never disrupt as they are", () => {
  expect(effectOf("aws_lb", "idle_timeout")).toBe("harmless");
  expect(effectOf("aws_dynamodb_table", "anything")).toBe("harmless");
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
