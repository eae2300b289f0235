/**
 * What a proof costs at 100 and 1,000 PoPs: `npm run bench:verify`. Real plans of a small fleet
 * (__tests__/fixtures/plans), with as many PoPs more: a first deploy, and a new image for all of
 * them. `--write` puts it into docs/benchmarks.md.
 */
import { recordedPlan, subjectOf } from "../__tests__/fixtures/plans/verify-recorded";
import { bgpRuleDescription, POP_TAG, popPorts, SITE_ID_TAG } from "../lib/config/naming";
import { RoutedError } from "../lib/errors";
import type { ResourceChange } from "../lib/terraform/plan";
import type { Declaration } from "../lib/terraform/stack";
import type { VerifySubject } from "../lib/verify/subject";
import type { Values } from "../lib/terraform/values";
import { isObject, listOf } from "../lib/terraform/values";
import { verifyPlan } from "../lib/verify/verify-plan";
import type { VerifyResult } from "./benchmarks/merge-results";
import { machine, recordBenchmark } from "./benchmarks/record";
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
  const rules = new Map<number, Values[]>();
  for (let id = autopilotSites.length + 1; id <= pops; id += 1) {
    const pop = `p${id}`;
    const address = `aws_ecs_service.${pop}`;
    const { before, after } = service;
    changes.push({
      ...service,
      address,
      before: named(before, pop, id),
      after: named(after, pop, id),
    });
    const values = named(declaration.values, pop, id) ?? {};
    resources.set(address, { ...declaration, address, values });
    const peer = `2001:db8:${id.toString(16)}::/48`;
    autopilotSites.push({ id, name: pop, bgpPeers: [peer] });
    const group = id % environment.network.bgpSecurityGroups;
    const { bgp } = popPorts(environment.routed.ports, id);
    rules.set(group, [...(rules.get(group) ?? []), wayIn(pop, bgp, peer)]);
  }
  for (const [group, more] of rules) admit(`-bgp-${group}`, more, changes, resources);
  return {
    ...subject,
    environment: { ...environment, autopilotSites },
    stack: { ...stack, resources },
    terraformPlan: { ...terraformPlan, configured: null, changes },
  };
}

/** Lets the peers in, in the group that has this at the end of its name. */
function admit(
  end: string,
  rules: readonly Values[],
  changes: ResourceChange[],
  resources: Map<string, Declaration>,
): void {
  const index = changes.findIndex(({ after }) => String(after?.["name"]).endsWith(end));
  const change = changes[index];
  const declaration = resources.get(change?.address ?? "");
  if (change === undefined || declaration === undefined) return;
  const opened = (values: Values | null): Values | null =>
    values && { ...values, ingress: [...listOf(values["ingress"]), ...rules] };
  changes[index] = { ...change, before: opened(change.before), after: opened(change.after) };
  resources.set(declaration.address, { ...declaration, values: opened(declaration.values) ?? {} });
}

function wayIn(pop: string, port: number, peer: string): Values {
  return {
    cidr_blocks: [],
    description: bgpRuleDescription(pop),
    from_port: port,
    ipv6_cidr_blocks: [peer],
    prefix_list_ids: [],
    protocol: "tcp",
    security_groups: [],
    self: false,
    to_port: port,
  };
}

function named(values: Values | null, pop: string, id: number): Values | null {
  if (values === null) return null;
  const own = { [POP_TAG]: pop, [SITE_ID_TAG]: String(id) };
  const tagged = Object.entries(values).map(([name, value]) =>
    name.startsWith("tags") && isObject(value) ? [name, { ...value, ...own }] : [name, value],
  );
  return { ...(Object.fromEntries(tagged) as Values), name: pop };
}

const { write } = readOptions(process.argv.slice(2), { flags: ["write"] });
const results: VerifyResult[] = [];
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
    results.push({ plan: name, pops, milliseconds: median });
    console.log(`${name}, ${pops} PoPs: ${median} ms (median of ${RUNS})`);
  }
}
if (write) recordBenchmark("verify", { machine: machine(), results });
