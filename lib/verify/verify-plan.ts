import { nodeDaemonService } from "../config/naming";
import { checkAddresses } from "./checks/check-addresses";
import { checkAgreement } from "./checks/check-agreement";
import { checkBudget, disruptedNodes } from "./checks/check-budget";
import { checkComplete } from "./checks/check-complete";
import { checkConfigured } from "./checks/check-configured";
import { checkDeclared } from "./checks/check-declared";
import { checkDrift, describeDrift } from "./checks/check-drift";
import { checkFoundation } from "./checks/check-foundation";
import { checkGuard } from "./checks/check-guard";
import { checkLaws } from "./checks/check-laws";
import { checkLost } from "./checks/check-lost";
import { checkImages } from "./checks/check-task-definitions";
import { checkNodeDaemons } from "./checks/check-node-daemons";
import { checkMeta } from "./checks/check-meta";
import { checkPlan } from "./checks/check-plan";
import { checkPops, startsDeployment } from "./checks/check-pops";
import { checkRepairs } from "./checks/check-repairs";
import { checkSpares } from "./checks/check-spares";
import { checkSecurityGroupRules } from "./checks/check-security-group-rules";
import { nodeDaemonOf, popOf, slotOf } from "./identity";
import { toldOf } from "./told";
import type { VerifySubject } from "./subject";
import type { ChangeEffect, ResourceChange } from "../terraform/plan";
import type { NodeFact, Verdict, VerdictFacts, Violation } from "./verdict";

/**
 * Proves, from Terraform's own plan, that applying it does to nodes, addresses and PoPs what the
 * upgrade plan decided, and nothing worse. It trusts none of this program's other steps: neither
 * the constructs, nor the synthesis, nor the provider's defaults. From the config, the upgrade plan, the
 * observation and the synthesized stack it works out what the plan may hold, resource by resource and
 * attribute by attribute (lib/verify/judges, docs/verify.md), and refuses the rest.
 *
 * Pure: equal input gives an equal verdict.
 */
export function verifyPlan(subject: VerifySubject): Verdict {
  const found = withoutEchoes([
    ...checkPlan(subject),
    ...checkGuard(subject),
    ...checkAgreement(subject),
    ...checkBudget(subject),
    ...checkSpares(subject),
    ...checkAddresses(subject),
    ...checkPops(subject),
    ...checkImages(subject),
    ...checkNodeDaemons(subject),
    ...checkSecurityGroupRules(subject),
    ...checkFoundation(subject),
    ...checkDeclared(subject),
    ...checkConfigured(subject),
    ...checkMeta(subject),
    ...checkLaws(subject),
    ...checkLost(subject),
    ...checkRepairs(subject),
    ...checkDrift(subject),
  ]);
  // What goes is told by whoever judges it; what never was there, by nobody else.
  const violations = found.length > 0 ? found : checkComplete(subject);
  return {
    environment: subject.environment.name,
    proved: violations.length === 0,
    violations,
    facts: factsOf(subject),
  };
}

/**
 * A resource that is refused by those who know what it does is told by them alone: what else its
 * declaration says comes up once that is mended.
 */
function withoutEchoes(violations: readonly Violation[]): Violation[] {
  const others = violations.filter(({ rule }) => rule !== "declared" && rule !== "budget");
  const told = new Set(others.flatMap(({ addresses }) => addresses));
  const attributes = new Set<string>();
  return violations.filter((violation) => {
    const [address = ""] = violation.addresses;
    if (violation.rule !== "declared" || address === "") return true;
    const key = `${address} ${violation.attributes.map((path) => path.split(/[.[]/)[0]).join()}`;
    if (violation.addresses.every((each) => told.has(each)) || attributes.has(key)) return false;
    if (violation.attributes.length > 0) attributes.add(key);
    return true;
  });
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
    told: toldOf(subject),
    drift: describeDrift(subject),
  };
}

function daemonService(change: ResourceChange): string | undefined {
  const daemon = nodeDaemonOf(change);
  return daemon === null ? undefined : nodeDaemonService(daemon);
}

function nodeFacts(subject: VerifySubject): NodeFact[] {
  const disrupted = new Set(disruptedNodes(subject).map(({ slot }) => slot));
  const instances = subject.terraformPlan.changes.filter(
    ({ type, deposed }) => type === "aws_instance" && deposed === null,
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
