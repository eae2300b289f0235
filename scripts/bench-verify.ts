/**
 * What a proof costs at 100 and 1,000 PoPs: `npm run bench:verify`. Real plans of a small fleet
 * (__tests__/fixtures/plans), with as many PoPs more: a first deploy, and a new image for all of them.
 */
import { recordedPlan, subjectOf } from "../__tests__/fixtures/plans/verify-recorded";
import { RoutedError } from "../lib/errors";
import type { VerifySubject } from "../lib/verify/subject";
import type { Values } from "../lib/terraform/values";
import { isObject } from "../lib/terraform/values";
import { verifyPlan } from "../lib/verify/verify-plan";
import { readOptions } from "./options";

const PLANS = ["the first deploy", "routed.image"];
const SIZES = [100, 1_000];
const RUNS = 5;

/** The plan with the first PoP's service as many times as there are to be PoPs. */
function withPops(name: string, pops: number): VerifySubject {
  const subject = subjectOf(recordedPlan(name));
  const { environment, stack, terraformPlan } = subject;
  const service = terraformPlan.changes.find(({ address }) => address.includes("pop-pop1"));
  const declaration = stack.resources.get(service?.address ?? "");
  if (service === undefined || declaration === undefined) {
    throw new RoutedError("invalid-plan", `${name}: the plan has no PoP's service`);
  }
  const resources = new Map(stack.resources);
  const changes = [...terraformPlan.changes];
  const autopilotSites = [...environment.autopilotSites];
  for (let id = autopilotSites.length + 1; id <= pops; id += 1) {
    const pop = `p${id}`;
    const address = `aws_ecs_service.${pop}`;
    const { before, after } = service;
    changes.push({ ...service, address, before: named(before, pop), after: named(after, pop) });
    const values = named(declaration.values, pop) ?? {};
    resources.set(address, { ...declaration, address, values });
    autopilotSites.push({ id, name: pop, bgpPeers: [`2001:db8:${id.toString(16)}::/48`] });
  }
  return {
    ...subject,
    environment: { ...environment, autopilotSites },
    stack: { ...stack, resources },
    terraformPlan: { ...terraformPlan, configured: null, changes },
  };
}

function named(values: Values | null, pop: string): Values | null {
  if (values === null) return null;
  const tagged = Object.entries(values).map(([name, value]) =>
    name.startsWith("tags") && isObject(value)
      ? [name, { ...value, "routed:pop": pop }]
      : [name, value],
  );
  return { ...(Object.fromEntries(tagged) as Values), name: pop };
}

readOptions(process.argv.slice(2), {});
for (const name of PLANS) {
  for (const pops of SIZES) {
    const subject = withPops(name, pops);
    const times = Array.from({ length: RUNS }, () => {
      const start = performance.now();
      const { violations } = verifyPlan(subject);
      if (violations.length > 0) {
        throw new RoutedError("not-proved", `${name}: ${violations[0]?.what ?? ""}`);
      }
      return performance.now() - start;
    }).sort((a, b) => a - b);
    const median = Math.round(times[Math.floor(RUNS / 2)] ?? 0);
    console.log(`${name}, ${pops} PoPs: ${median} ms (median of ${RUNS})`);
  }
}
