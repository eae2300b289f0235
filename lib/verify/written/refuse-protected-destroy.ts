import { RoutedError } from "../../errors";
import { pullStateOf } from "../../terraform/pull-state";
import { isObject } from "../../terraform/values";
import type { TerraformRunner } from "../../terraform/runner";
import type { StateObject, TerraformState } from "../../terraform/state";

/**
 * What of a state would stop a destroy half-way, nodes and addresses already gone: whether a bucket is
 * deleted with what is in it, and whether a load balancer may be deleted, counts as it was deployed
 * last, not as it is configured.
 */
export function protectedBy(state: TerraformState | null): string[] {
  return (state?.objects() ?? []).filter(isProtected).map(({ type, attributes, address }) => {
    const kind = type === "aws_s3_bucket" ? "bucket" : "load balancer";
    const name = attributes[type === "aws_s3_bucket" ? "bucket" : "name"];
    return `${kind} ${typeof name === "string" ? name : address}`;
  });
}

function isProtected({ type, attributes }: StateObject): boolean {
  if (type === "aws_s3_bucket") return attributes["force_destroy"] !== true;
  return type === "aws_lb" && attributes["enable_deletion_protection"] !== false;
}

/**
 * Reads the state of an environment that is to be destroyed, and refuses where it is protected.
 *
 * @param json the written stack, parsed
 * @throws RoutedError `invalid-argument`, `terraform-failed`, `missing-tool`
 */
export async function refuseProtectedDestroy(
  environment: string,
  json: unknown,
  runTerraform: TerraformRunner,
): Promise<void> {
  const settings = isObject(json) && isObject(json["terraform"]) ? json["terraform"] : {};
  const held = protectedBy(await pullStateOf(settings, runTerraform));
  if (held.length === 0) return;
  throw new RoutedError(
    "invalid-argument",
    `ROUTED_DESTROY: ${environment} is protected by its last deploy (${held.join(", ")}), and destroying ` +
      `it would end half-way; set fleet.protectAddresses to false in its config, deploy that, then destroy`,
  );
}
