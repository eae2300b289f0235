import { defaultStateKey } from "../../config/state-location";
import { desiredFleet } from "../../plan/desired/desired-fleet";
import { checkInvariants } from "../../plan/invariants/check-invariants";
import { rolledPops } from "../../plan/image-plan";
import { renderSummary } from "../../plan/render/render-summary";
import { renderWhy } from "../../plan/render/render-why";
import type { UpgradePlan } from "../../plan/upgrade-plan";
import type { VerifySubject } from "../subject";
import { NODE_TAG } from "../../config/naming";
import { isObject, isSameJson } from "../../terraform/values";
import type { Violation } from "../verdict";
import { AGAIN, checkProviders, show, violation } from "./check-providers";

/** Whether Terraform's plan can be relied on, and is that of this environment and upgrade plan. */
export function checkPlan(subject: VerifySubject): Violation[] {
  return [
    ...checkWhole(subject),
    ...checkOddities(subject),
    ...checkImports(subject),
    ...checkProviders(subject),
    ...checkSameSynthesis(subject),
    ...checkDecided(subject),
  ];
}

/** What was decided is what may be of what was observed: an upgrade plan, too, may be an edited one. */
function checkDecided({ environment, observation, upgradePlan }: VerifySubject): Violation[] {
  const remedy = AGAIN;
  if (observation === null) {
    const what = "it isn't known what the upgrade plan was made from";
    return [violation(what, "what AWS holds decides what may be changed", remedy)];
  }
  if (upgradePlan.environment !== environment.name) return [];
  const broken = checkInvariants(desiredFleet(environment), observation, upgradePlan);
  const frozen = upgradePlan.decisions.filter(
    ({ action, slot }) =>
      environment.fleet.frozenNodes.includes(slot) && action !== "keep" && action !== "leave",
  );
  return [
    ...broken.map((rule) =>
      violation(`the upgrade plan breaks a rule (${rule})`, "no deploy may", remedy),
    ),
    ...frozen.map(({ action, slot }) =>
      violation(`the upgrade plan has node ${slot} to ${action}`, "it is frozen", remedy),
    ),
  ];
}

function checkWhole({ environment, upgradePlan, terraformPlan }: VerifySubject): Violation[] {
  const found: Violation[] = [];
  if (terraformPlan.errored) {
    const what = "Terraform's plan ended in an error";
    found.push(violation(what, "it may lack changes", "correct the error and plan again"));
  }
  if (!terraformPlan.complete) {
    const what = "Terraform's plan is not complete";
    found.push(violation(what, "what it leaves out can't be judged", "plan without -target"));
  }
  if (upgradePlan.environment !== environment.name) {
    const what = `the upgrade plan is one of ${upgradePlan.environment}`;
    found.push(violation(what, `${environment.name} is to be verified`, AGAIN));
  }
  return found;
}

/** What no plan of this product's stacks holds, and no block of such a stack. */
function checkOddities({ environment, stack, terraformPlan }: VerifySubject): Violation[] {
  const why = "no plan of this product's stacks does that";
  const remedy = "take it out of the stack, or do it by hand once you know what it does";
  return [
    ...terraformPlan.oddities.map(({ addresses, what }): Violation => ({
      rule: "plan",
      addresses,
      attributes: [],
      what,
      why,
      remedy,
    })),
    ...Object.keys(stack.blocks)
      .filter((name) => !STACK_BLOCKS.includes(name))
      .map((name) => violation(`the synthesized stack has ${name}`, why, remedy)),
    ...oddSettings(environment, stack.blocks["terraform"]).map((name) =>
      violation(`the synthesized stack's terraform block has another ${name}`, why, remedy),
    ),
  ];
}

/** Where the state lies, and whose provider is taken: what is planned from another state is another plan. */
function oddSettings(environment: VerifySubject["environment"], settings: unknown): string[] {
  if (!isObject(settings)) return ["backend"];
  const { backend, cloud, required_providers: providers, ...others } = settings;
  const { kind, own } = backendOf(environment);
  const got = kind === "cloud" ? { cloud } : { backend };
  const isOwn =
    (kind === "cloud" ? backend : cloud) === undefined &&
    own.some((one) => isSameJson(got, kind === "cloud" ? { cloud: one } : { backend: one }));
  const isLocal = kind === "local" && cloud === undefined && isLocalState(environment, backend);
  const isAws =
    isObject(providers) &&
    Object.keys(providers).join() === "aws" &&
    isObject(providers["aws"]) &&
    providers["aws"]["source"] === "aws";
  return [
    ...Object.keys(others),
    ...(isOwn || isLocal ? [] : ["backend"]),
    ...(isAws ? [] : ["required_providers"]),
  ];
}

/** What the stack says of where its state lies, word by word; any of these. */
function backendOf({ aws, backend, name }: VerifySubject["environment"]) {
  switch (backend.type) {
    case "cloud": {
      const { hostname, organization, project, tags = [], workspace } = backend;
      const which = workspace === undefined ? { tags: [...tags].sort() } : { name: workspace };
      return {
        kind: "cloud",
        own: [{ hostname, organization, workspaces: { ...which, project } }],
      };
    }
    case "s3": {
      const { bucket, key = defaultStateKey(name), region = aws.region } = backend;
      const s3 = { bucket, key, region, encrypt: true, use_lockfile: true };
      // Where AWS_ENDPOINT_URL says that AWS is elsewhere.
      return { kind: "s3", own: [{ s3 }, { s3: { ...s3, use_path_style: true } }] };
    }
    case "local":
      return { kind: "local", own: [] };
  }
}

/** In the project's folder, wherever that is. */
function isLocalState({ name }: VerifySubject["environment"], backend: unknown): boolean {
  const local = isObject(backend) && Object.keys(backend).join() === "local" && backend["local"];
  return (
    isObject(local) &&
    Object.keys(local).join() === "path" &&
    String(local["path"]).split(/[\\/]/).at(-1) === `terraform.${name}.tfstate`
  );
}

const STACK_BLOCKS = [
  "//",
  "data",
  "import",
  "locals",
  "output",
  "provider",
  "resource",
  "terraform",
];

/** An address that the state has lost may be taken back as it was observed, and nothing else. */
function checkImports({ observation, stack, terraformPlan }: VerifySubject): Violation[] {
  const observed = new Map<string, string>([
    ...(observation?.networkInterfaces ?? []).map(
      ({ networkInterfaceId, slot }) =>
        [`aws_network_interface ${networkInterfaceId}`, String(slot)] as const,
    ),
    ...(observation?.elasticIps ?? []).map(
      ({ allocationId, slot }) => [`aws_eip ${allocationId}`, String(slot)] as const,
    ),
  ]);
  return [...terraformPlan.imports].flatMap(([address, id]) => {
    const declared = stack.imports.some((each) => each.to === address && each.id === id);
    const declaration = stack.resources.get(address);
    const tags = declaration?.values["tags"];
    const slot = observed.get(`${declaration?.type ?? ""} ${id}`);
    if (declared && slot !== undefined && isObject(tags) && tags[NODE_TAG] === slot) return [];
    return [
      {
        rule: "plan",
        addresses: [address],
        attributes: [],
        what: `${id} would be imported`,
        why: declared
          ? "it isn't an address that was observed of this slot"
          : "the synthesized stack doesn't ask for it",
        remedy: AGAIN,
      },
    ];
  });
}

/** The stack's output `upgrade` tells which upgrade plan the stack was synthesized with. */
function checkSameSynthesis({ upgradePlan, terraformPlan }: VerifySubject): Violation[] {
  const output = terraformPlan.outputs.get("upgrade");
  if (!isObject(output)) {
    const what = "Terraform's plan has no output upgrade";
    return [violation(what, "it can't be told which upgrade plan it carries out", AGAIN)];
  }
  const differences = outputDifferences(upgradePlan, output);
  if (differences.length === 0) return [];
  return [
    violation(
      `Terraform's plan carries out another upgrade plan (${differences.join("; ")})`,
      `the recorded one is "${renderSummary(upgradePlan)}"`,
      AGAIN,
    ),
  ];
}

function outputDifferences(plan: UpgradePlan, output: Readonly<Record<string, unknown>>): string[] {
  const differences: string[] = [];
  if (output["status"] !== plan.status) differences.push(`status ${show(output["status"])}`);
  if (output["summary"] !== renderSummary(plan))
    differences.push(`summary "${show(output["summary"])}"`);
  if (output["waves_remaining"] !== plan.wavesRemaining) {
    differences.push(`${show(output["waves_remaining"])} waves remaining`);
  }
  if (output["health_ignored"] !== plan.healthIgnored) {
    differences.push(`health_ignored ${show(output["health_ignored"])}`);
  }
  const rolled = plan.images && rolledPops(plan.images).map(({ pop }) => pop);
  if (JSON.stringify(output["rolled_pops"]) !== JSON.stringify(rolled)) {
    differences.push(`rolled_pops ${show(output["rolled_pops"])}`);
  }
  const nodes = isObject(output["nodes"]) ? output["nodes"] : {};
  const slots = new Set([...Object.keys(nodes), ...plan.decisions.map(({ slot }) => String(slot))]);
  for (const slot of slots) {
    const decision = plan.decisions.find((d) => String(d.slot) === slot);
    const node = nodes[slot];
    const got = isObject(node) ? node : {};
    if (decision && got["action"] === decision.action && got["reason"] === renderWhy(decision))
      continue;
    differences.push(`node ${slot}: ${show(got["action"])}, ${show(got["reason"])}`);
  }
  return differences;
}
