import { nodeDaemonService } from "../config/naming";
import { attributeChanges, renderAttributeChange } from "./attribute-changes";
import { checkAddresses, isAddress } from "./checks/check-addresses";
import { checkAgreement, isInstance } from "./checks/check-agreement";
import { checkBudget, disruptedNodes } from "./checks/check-budget";
import { checkFoundation } from "./checks/check-foundation";
import { checkImages } from "./checks/check-task-definitions";
import { checkNodeDaemons, isOfNodeDaemon } from "./checks/check-node-daemons";
import { checkPlan } from "./checks/check-plan";
import { checkPops, isOfPop, startsDeployment } from "./checks/check-pops";
import { checkSecurityGroupRules, isSecurityGroupRule } from "./checks/check-security-group-rules";
import { nodeDaemonOf, popOf, slotOf } from "./identity";
import { nameOfNode } from "./subject";
import type { VerifySubject } from "./subject";
import type { ChangeEffect, ResourceChange } from "../terraform/plan";
import type { NodeFact, Verdict, VerdictFacts, Violation } from "./verdict";

interface Judge {
  readonly check: (subject: VerifySubject) => Violation[];
  /**
   * Whether a resource is its own: nobody else says what may become of it.
   * @default - none is; it judges one concern of many
   */
  readonly owns?: (change: ResourceChange) => boolean;
}

/** In the order in which they are told. What none of them owns is the foundation, where nothing may go. */
const JUDGES: readonly Judge[] = [
  { check: checkPlan },
  { check: checkAgreement, owns: isInstance },
  { check: checkBudget },
  { check: checkAddresses, owns: isAddress },
  { check: checkPops, owns: isOfPop },
  { check: checkImages },
  { check: checkNodeDaemons, owns: isOfNodeDaemon },
  { check: checkSecurityGroupRules, owns: isSecurityGroupRule },
];

/**
 * Proves, from Terraform's own plan, that applying it does to nodes, addresses and PoPs what the
 * upgrade plan decided, and nothing worse. It trusts none of this program's other steps: neither
 * the constructs, nor the synthesis, nor the provider's defaults. What it doesn't know it refuses.
 *
 * Pure: equal input gives an equal verdict.
 */
export function verifyPlan(subject: VerifySubject): Verdict {
  const { changes } = subject.terraformPlan;
  const unowned = changes.filter((change) => !JUDGES.some(({ owns }) => owns?.(change)));
  const violations = [
    ...JUDGES.flatMap(({ check }) => check(subject)),
    ...checkFoundation(subject, unowned),
  ];
  return {
    environment: subject.environment.name,
    proved: violations.length === 0,
    violations,
    facts: factsOf(subject),
  };
}

function factsOf(subject: VerifySubject): VerdictFacts {
  const { environment, terraformPlan } = subject;
  const resources: Record<ChangeEffect, number> = {
    none: 0,
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    forget: 0,
  };
  for (const { effect } of terraformPlan.changes) resources[effect] += 1;
  const deployments = terraformPlan.changes.filter(startsDeployment);
  return {
    terraformVersion: terraformPlan.terraformVersion,
    maxUnavailableNodes: environment.fleet.maxUnavailableNodes,
    healthIgnored: subject.upgradePlan.healthIgnored,
    nodes: nodeFacts(subject),
    resources,
    deployments: deployments
      .map((change) => popOf(change) ?? daemonService(change) ?? change.address)
      .sort(),
    drift: terraformPlan.drift.flatMap(describeDrift),
  };
}

function daemonService(change: ResourceChange): string | undefined {
  const daemon = nodeDaemonOf(change);
  return daemon === null ? undefined : nodeDaemonService(daemon);
}

function nodeFacts(subject: VerifySubject): NodeFact[] {
  const disrupted = new Set(disruptedNodes(subject).map(({ slot }) => slot));
  const instances = subject.terraformPlan.changes.filter(
    (change) => isInstance(change) && change.deposed === null,
  );
  return subject.upgradePlan.decisions.map(({ slot, action }) => {
    const change = instances.find((instance) => slotOf(instance).slot === slot);
    return {
      slot,
      decision: action,
      effect: change?.effect ?? null,
      address: change?.address ?? null,
      disrupted: disrupted.has(slot),
    };
  });
}

/** What EC2 tells of an instance as it goes along; nobody changed it by hand. */
const PASSING = ["instance_state", "public_dns", "public_ip", "private_dns", "ipv6_addresses"];

/** Somebody changed a node, or destroyed one, without Terraform. */
function describeDrift(drift: ResourceChange): string[] {
  if (drift.type !== "aws_instance") return [];
  const node = `${drift.address}: ${nameOfNode(drift)}`;
  if (drift.effect === "delete") return [`${node} was terminated outside of Terraform`];
  const changes = attributeChanges(drift).filter(
    ({ name, from }) => !PASSING.includes(name) && from !== null,
  );
  if (changes.length === 0) return [];
  return [
    `${node} was changed outside of Terraform: ${changes.map(renderAttributeChange).join(", ")}`,
  ];
}
