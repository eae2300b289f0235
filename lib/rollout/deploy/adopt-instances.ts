import { nodesOf } from "../../config/slots";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NODE_TAG } from "../../config/naming";
import type { Observation } from "../../observe/observation";
import type { UpgradePlan } from "../../plan/upgrade-plan";
import { slotOf } from "../../verify/identity";
import type { TerraformPlan } from "../../terraform/plan";
import type { DeployTools } from "../../terraform/deploy-tools";
import { parseState, withInstance } from "../../terraform/state";
import type { SynthesizedInstance } from "../../terraform/state";
import { STACK_FILE } from "../../synthesis/synthesis-folder";

const STATE_TIMEOUT_MS = 2 * 60_000;

export interface AdoptionRequest {
  readonly lost: readonly LostInstance[];
  /** What the synthesis observed. */
  readonly observation: Observation;
  readonly stackDirectory: string;
  readonly tools: Pick<DeployTools, "runTerraform">;
  readonly signal: AbortSignal;
}

/** An instance that is a slot's node, and that Terraform doesn't know. */
export interface LostInstance {
  readonly slot: number;
  readonly instanceId: string;
}

/** The nodes beside which Terraform would launch another instance. */
export function lostInstances(plan: UpgradePlan, terraformPlan: TerraformPlan): LostInstance[] {
  const launched = terraformPlan.changes
    .filter(({ type, effect }) => type === "aws_instance" && effect === "create")
    .map((change) => slotOf(change).slot);
  return plan.decisions.flatMap((decision) => {
    const instanceId = "instanceId" in decision ? decision.instanceId : null;
    const { slot } = decision;
    return instanceId !== null && launched.includes(slot) ? [{ slot, instanceId }] : [];
  });
}

/**
 * Gives Terraform the instances that it launched and lost: one that is killed while it waits for a
 * new instance has not noted it in its state yet. The instance sits on its slot's address and is
 * the slot's node for everybody but Terraform, which would launch another one beside it.
 *
 * Only an instance whose ENI is the slot's in the state is adopted: then the state is the right
 * one, and the slot is Terraform's. All else that is wrong with a state is left to people.
 *
 * Not by `terraform import`, which knows neither that the instance was launched on an ENI nor that
 * its user data were base64, and would have it replaced for that.
 *
 * @returns what was adopted, e.g. "node 1's i-0123456789abcdef0"
 * @throws RoutedError `terraform-failed`
 */
export async function adoptInstances(request: AdoptionRequest): Promise<readonly string[]> {
  const { lost, observation, stackDirectory, tools, signal } = request;
  if (lost.length === 0) return [];
  const limits = { timeoutMs: STATE_TIMEOUT_MS, signal };
  const text = await tools.runTerraform(["state", "pull"], stackDirectory, {
    ...limits,
    capture: true,
  });
  const pulled = parseState(text);
  if (pulled === null) return [];
  const synthesized = await readInstances(stackDirectory);
  let state = pulled;
  const adopted: string[] = [];
  for (const { slot, instanceId } of lost) {
    const eni = observation.networkInterfaces.find((one) => one.instanceId === instanceId);
    const resource = synthesized.get(slot);
    if (eni === undefined || eni.slot !== slot || resource === undefined) continue;
    if (state.holds("aws_instance", instanceId)) continue;
    if (!state.holds("aws_network_interface", eni.networkInterfaceId)) continue;
    state = withInstance(state, resource, {
      instanceId,
      networkInterfaceId: eni.networkInterfaceId,
    });
    adopted.push(`${nodesOf([slot])}'s ${instanceId}`);
  }
  if (adopted.length === 0) return [];
  // A state holds whatever the configuration holds, so nobody else may read it.
  const folder = await mkdtemp(join(tmpdir(), "routed-state-"));
  try {
    const file = join(folder, "state.json");
    await writeFile(file, state.render());
    await tools.runTerraform(
      ["state", "push", "-lock=true", "-lock-timeout=60s", file],
      stackDirectory,
      limits,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return adopted;
}

/** By slot, the instances of the synthesized stack. */
async function readInstances(
  stackDirectory: string,
): Promise<ReadonlyMap<number, SynthesizedInstance>> {
  const text = await readFile(join(stackDirectory, STACK_FILE), "utf8");
  const { resource } = JSON.parse(text) as {
    readonly resource?: {
      readonly aws_instance?: Readonly<Record<string, { readonly tags?: Record<string, string> }>>;
    };
  };
  return new Map(
    Object.entries(resource?.aws_instance ?? {}).flatMap(([name, config]) => {
      const slot = config.tags?.[NODE_TAG];
      return slot === undefined ? [] : [[Number(slot), { name, config }] as const];
    }),
  );
}
