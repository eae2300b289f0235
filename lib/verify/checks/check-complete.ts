import { POP_TAG, popPorts } from "../../config/naming";
import { isObject } from "../../terraform/values";
import { rulesOfGroup } from "../group-rules";
import { ONCE } from "../judges/common";
import { JUDGES } from "../judges/judges";
import { declared } from "../judges/law";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

/**
 * What the config wants is there: a service for each PoP, a way in for each of its peers, and in a new
 * environment all that it stands on. What was there and is left out is destroyed, which others judge; what
 * never was there nobody would miss.
 */
export function checkComplete(subject: VerifySubject): Violation[] {
  const { autopilotSites, routed } = subject.environment;
  const services = declared(subject, "aws_ecs_service").map(({ values: { tags } }) =>
    isObject(tags) ? tags[POP_TAG] : undefined,
  );
  const open = declared(subject, "aws_security_group").flatMap(({ values }) =>
    rulesOfGroup(values, "ingress").map(({ fromPort, toPort, source }) =>
      fromPort === toPort ? `${fromPort} ${source}` : "",
    ),
  );
  return [
    ...autopilotSites.flatMap(({ id, name, bgpPeers }) => {
      const { bgp } = popPorts(routed.ports, id);
      const shut = bgpPeers.filter((peer) => !open.includes(`${bgp} ${peer}`));
      return [
        ...(services.includes(name) ? [] : [violation(`${name} would have no service`)]),
        ...shut.map((peer) => violation(`${name}'s BGP peer ${peer} would have no way in`)),
      ];
    }),
    ...checkNew(subject),
  ];
}

/** A new environment has all that there is once; of an old one it is there, or goes. */
function checkNew(subject: VerifySubject): Violation[] {
  const { terraformPlan } = subject;
  const isNew = terraformPlan.changes.some(
    ({ type, effect }) => type === "aws_vpc" && effect === "create",
  );
  if (!isNew) return [];
  return Object.entries(JUDGES)
    .filter(([, { create }]) => create === ONCE)
    .flatMap(([type, { most, noun }]) => {
      const [count, wanted] = [declared(subject, type).length, most(subject)];
      if (count >= wanted) return [];
      const what = `${noun} would be missing (there would be ${count} of ${type})`;
      return [violation(what, `a new environment has ${wanted}`)];
    });
}

function violation(what: string, why = "the config asks for it"): Violation {
  return {
    rule: "declared",
    addresses: [],
    attributes: [],
    what,
    why,
    remedy: "restore it in the stack, and synthesize and plan again",
  };
}
