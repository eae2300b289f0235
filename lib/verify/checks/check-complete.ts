import { nodeDaemonService, popPorts } from "../../config/naming";
import { daemonsThatRunOn } from "../../config/node-daemons";
import { rulesOfGroup } from "../group-rules";
import { JUDGES } from "../judges/judges";
import { declared } from "../judges/law";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

/**
 * What the config wants is there: a service for each PoP and daemon, a way in for each of the PoPs' peers,
 * and in a new environment as many of each type as it asks for, no two of which are the same one. What was
 * there and is left out is destroyed, which others judge; what never was there nobody would miss.
 */
export function checkComplete(subject: VerifySubject): Violation[] {
  const { autopilotSites, routed } = subject.environment;
  const services = declared(subject, "aws_ecs_service").map(({ values }) => values["name"]);
  const daemons = daemonsThatRunOn("node", routed.daemons);
  const wanted = [...autopilotSites.map(({ name }) => name), ...daemons.map(serviceOf)];
  const open = declared(subject, "aws_security_group").flatMap(({ values }) =>
    rulesOfGroup(values, "ingress").map(({ fromPort, toPort, source }) =>
      fromPort === toPort ? `${fromPort} ${source}` : "",
    ),
  );
  return [
    ...wanted
      .filter((name) => !services.includes(name))
      .map((name) => violation(`${name} would have no service`)),
    ...autopilotSites.flatMap(({ id, name, bgpPeers }) => {
      const { bgp } = popPorts(routed.ports, id);
      const shut = bgpPeers.filter((peer) => !open.includes(`${bgp} ${peer}`));
      return shut.map((peer) => violation(`${name}'s BGP peer ${peer} would have no way in`));
    }),
    ...Object.keys(JUDGES).flatMap((type) => checkType(subject, type)),
  ];
}

function serviceOf({ name }: { readonly name: string }): string {
  return nodeDaemonService(name);
}

function checkType(subject: VerifySubject, type: string): Violation[] {
  const judge = JUDGES[type];
  if (judge === undefined) return [];
  const { key, most, noun } = judge;
  const all = declared(subject, type);
  const count = isNew(subject) ? most(subject) : 0;
  const keys = all.map(({ values }) => JSON.stringify(key.map((name) => values[name])));
  const twice = all.filter((_, index) => keys.indexOf(keys[index] ?? "") !== index);
  const what = `${noun} would be missing (there would be ${all.length} of ${type})`;
  return [
    ...(all.length >= count ? [] : [violation(what, `a new environment has ${count}`)]),
    ...twice.map(({ address }) =>
      violation(`${noun} would be there twice`, `its ${key.join(", ")} tell it from others`, [
        address,
      ]),
    ),
  ];
}

function isNew({ terraformPlan }: VerifySubject): boolean {
  return terraformPlan.changes.some(
    ({ type, effect }) => type === "aws_vpc" && effect === "create",
  );
}

function violation(
  what: string,
  why = "the config asks for it",
  addresses: readonly string[] = [],
): Violation {
  const remedy = "restore it in the stack, and synthesize and plan again";
  return { rule: "declared", addresses, attributes: [], what, why, remedy };
}
