import { popPorts } from "../../config/naming";
import { rulesOfGroup } from "../group-rules";
import { JUDGES } from "../judges/judges";
import { declared } from "../judges/law";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

/**
 * What the config wants is there: of each type as many as it asks for, no two of which are the same one,
 * and a way in for each of its PoPs' peers. What was there and is left out is destroyed, which others
 * judge; what never was there nobody would miss.
 */
export function checkComplete(subject: VerifySubject): Violation[] {
  const { autopilotSites, routed } = subject.environment;
  const open = declared(subject, "aws_security_group").flatMap(({ values }) =>
    rulesOfGroup(values, "ingress").map(({ fromPort, toPort, source }) =>
      fromPort === toPort ? `${fromPort} ${source}` : "",
    ),
  );
  return [
    ...autopilotSites.flatMap(({ id, name, bgpPeers }) => {
      const { bgp } = popPorts(routed.ports, id);
      const shut = bgpPeers.filter((peer) => !open.includes(`${bgp} ${peer}`));
      return shut.map((peer) => violation(`${name}'s BGP peer ${peer} would have no way in`));
    }),
    ...Object.keys(JUDGES).flatMap((type) => checkType(subject, type)),
  ];
}

function checkType(subject: VerifySubject, type: string): Violation[] {
  const judge = JUDGES[type];
  if (judge === undefined) return [];
  const { key, least = judge.most, noun } = judge;
  const all = declared(subject, type);
  const wanted = least(subject);
  const keys = all.map(({ values }) => JSON.stringify(key.map((name) => values[name])));
  const twice = all.filter((_, index) => keys.indexOf(keys[index] ?? "") !== index);
  return [
    ...(all.length >= wanted
      ? []
      : [
          violation(
            `${noun} would be missing (there would be ${all.length} of ${type})`,
            `the config asks for ${wanted}`,
          ),
        ]),
    ...twice.map(({ address }) =>
      violation(`${noun} would be there twice`, `${key.join(", ")} tell one from another`, [
        address,
      ]),
    ),
  ];
}

function violation(
  what: string,
  why = "the config asks for it",
  addresses: readonly string[] = [],
): Violation {
  const remedy = "restore it in the stack, and synthesize and plan again";
  return { rule: "declared", addresses, attributes: [], what, why, remedy };
}
