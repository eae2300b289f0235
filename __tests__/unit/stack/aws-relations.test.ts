import type { SynthesizedStack } from "../../fixtures/synthesize";
import { relationRefusals, RELATIONS } from "../../support/aws-texts/relations";
import type { Relation } from "../../support/aws-texts/relations";
import { requestsOf } from "../../support/aws-texts/requests";
import { wholeStackRefusals } from "../../support/aws-texts/whole-stack";
import { afterDeploy, planned } from "../../support/every-stack";
import { loadFullEnvironments } from "../../support/full-environments";

const [environment] = loadFullEnvironments();
if (environment === undefined) throw new Error("there is no full environment");
const full = planned(environment, afterDeploy(environment));

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** An input with a value at each path such as `a[].b`; more of them, one in each item, for a list. */
function inputWith(values: Readonly<Record<string, readonly Json[]>>): object {
  const input = {};
  for (const [path, all] of Object.entries(values)) {
    all.forEach((value, index) => put(input, path.split("."), value, index));
  }
  return input;
}

function put(at: Record<string, unknown>, [head = "", ...rest]: string[], value: Json, n: number) {
  const name = head.replace("[]", "");
  if (rest.length === 0 && !head.endsWith("[]")) {
    at[name] = value;
    return;
  }
  if (!head.endsWith("[]")) {
    put((at[name] ??= {}) as Record<string, unknown>, rest, value, n);
    return;
  }
  const items = (at[name] ??= []) as unknown[];
  // Only the innermost list grows.
  const index = rest.some((step) => step.endsWith("[]")) ? 0 : n;
  if (rest.length === 0) items[index] = value;
  else put((items[index] ??= {}) as Record<string, unknown>, rest, value, n);
}

/** By what a row asks: values of its member that it takes, and that it refuses, next to each other. */
function examplesOf(row: Relation): { takes: Json[][]; refuses: Json[][]; other?: string } {
  const { min = 0, max = 10_000, minItems, maxItems } = row;
  if (row.absent === true) return { takes: [[]], refuses: [[1]] };
  if (row.oneOf !== undefined) {
    return { takes: row.oneOf.map((value) => [value]), refuses: [["other"], [0]] };
  }
  if (row.multipleOf !== undefined) {
    return { takes: [[10], [60], [120]], refuses: [[1], [40], [59], [61]] };
  }
  if (row.distinct === true) return { takes: [["a"], ["a", "b"]], refuses: [["a", "a"]] };
  if (minItems !== undefined || maxItems !== undefined) {
    const many = (count: number) => Array.from({ length: count }, (_, index) => index);
    return {
      takes: [many(minItems ?? 0), ...(maxItems === undefined ? [] : [many(maxItems)])],
      refuses: [
        ...(minItems === undefined ? [] : [many(minItems - 1)]),
        ...(maxItems === undefined ? [] : [many(maxItems + 1)]),
      ],
    };
  }
  const other = row.sameAs ?? row.lessThan ?? row.noMoreThan;
  if (other !== undefined) {
    return {
      other,
      takes: [[row.lessThan === undefined ? 50 : 49], []],
      refuses: [[51], ...(row.lessThan === undefined ? [] : [[50]])],
    };
  }
  return {
    takes: [[min], [max]],
    refuses: [
      ...(row.min === undefined ? [] : [[min - 1]]),
      ...(row.max === undefined ? [] : [[max + 1]]),
    ],
  };
}

describe.each(
  RELATIONS.map((row) => [`${row.actions[0]} ${row.members[0]}: ${row.says}`, row] as const),
)("%s", (_, row) => {
  const within = (path: string) => (row.each === undefined ? path : `${row.each}.${path}`);
  const conditions = [
    ...Object.entries(row.where ?? {}),
    ...Object.entries(row.whereEach ?? {}).map(
      ([member, allowed]) => [within(member), allowed] as const,
    ),
  ].map(([member, allowed]) => [member, [allowed?.[0] ?? "there"]] as const);
  const { takes, refuses, other } = examplesOf(row);
  const refusals = (member: string, values: Json[], but: string[] = []) =>
    relationRefusals({
      action: row.actions[0]?.replace("*", "CreateAny") ?? "",
      input: inputWith({
        ...Object.fromEntries(conditions.filter(([path]) => !but.includes(path))),
        ...(other === undefined ? {} : { [within(other)]: [50] }),
        [within(member)]: values,
      }),
    }).filter((refusal) => refusal.includes(row.says));

  it("takes what it allows, refuses what is next to it, and says by which source", () => {
    for (const member of row.members) {
      for (const values of takes) expect([values, refusals(member, values)]).toEqual([values, []]);
      expect(refuses).not.toEqual([]);
      for (const values of refuses) {
        expect([values, refusals(member, values)]).toEqual([
          values,
          [expect.stringMatching(/\(https:\/\/docs\.aws\.amazon\.com\/.*\)$/)],
        ]);
      }
    }
  });

  it("holds only where its conditions are met", () => {
    const [member = ""] = row.members;
    for (const [path] of conditions.filter(([path]) => path !== within(member))) {
      expect(refusals(member, refuses[0] ?? [], [path])).toEqual([]);
    }
  });
});

describe("the judge of stacks", () => {
  const refusalsOf = (stack: SynthesizedStack) => [
    ...requestsOf(stack).flatMap(relationRefusals),
    ...wholeStackRefusals(stack),
  ];
  /** The same stack with a text in its JSON replaced, wherever it comes. */
  const withText = (text: string, other: string) => {
    const json = JSON.stringify(full);
    expect(json.includes(text)).toBe(true);
    return JSON.parse(json.replaceAll(text, other)) as SynthesizedStack;
  };
  /** The same stack with some resource of a type changed. */
  const withChange = (type: string, changes: object, at = 0) => {
    const [name = "", resource] = Object.entries(full.resource[type] ?? {})[at] ?? [];
    expect(resource).toBeDefined();
    const resources = { ...full.resource[type], [name]: { ...resource, ...changes } };
    return { ...full, resource: { ...full.resource, [type]: resources } } as SynthesizedStack;
  };
  const mappings = (ports: number[]) =>
    JSON.stringify([
      { name: "a", image: "a", portMappings: ports.map((port) => ({ containerPort: port })) },
    ]);
  const reserving = (count: number) =>
    wholeStackRefusals({
      ...full,
      resource: {
        aws_ecs_task_definition: {
          a: {
            container_definitions: mappings(
              Array.from({ length: count }, (_, index) => 1000 + index),
            ),
          },
        },
      },
    });

  it("takes the full stack", () => {
    expect(requestsOf(full).length).toBeGreaterThan(50);
    expect(refusalsOf(full)).toEqual([]);
  });

  it.each([
    ["a DAEMON's percent", '"deployment_maximum_percent":100', '"deployment_maximum_percent":101'],
    ["a check's interval", '\\"interval\\":', '\\"interval\\":1000,\\"old\\":'],
    ["a retention", '"retention_in_days":365', '"retention_in_days":42'],
    ["a volume", '"volume_type":"gp3"', '"volume_type":"gp3","throughput":100'],
    ["a period", '"period":60', '"period":45'],
    ["a port", '"to_port":443', '"to_port":442'],
  ])("refuses %s", (_, text, other) => {
    expect(refusalsOf(withText(text, other))).not.toEqual([]);
  });

  it.each([
    ["an instance with groups of its own", "aws_instance", { vpc_security_group_ids: ["sg-1"] }],
    ["a load balancer in one zone", "aws_lb", { subnets: ["subnet-1"] }],
    [
      "a listener without certificate",
      "aws_lb_listener",
      { protocol: "HTTPS", certificate_arn: undefined },
    ],
    [
      "an alarm of a metric and of metrics",
      "aws_cloudwatch_metric_alarm",
      { metric_name: "a", metric_query: [{}] },
    ],
    [
      "a DAEMON with a count",
      "aws_ecs_service",
      { scheduling_strategy: "DAEMON", desired_count: 1 },
    ],
    [
      "an address twice on an interface",
      "aws_network_interface",
      { private_ips: ["10.0.0.20", "10.0.0.20"] },
    ],
    ["an address that the subnet keeps", "aws_network_interface", { private_ips: ["10.64.0.3"] }],
  ])("refuses %s", (_, type, changes) => {
    expect(refusalsOf(withChange(type, changes))).not.toEqual([]);
  });

  it("refuses an address that another interface has", () => {
    const [, second] = Object.values(full.resource["aws_network_interface"] ?? {});
    expect(
      refusalsOf(withChange("aws_network_interface", { private_ips: second?.["private_ips"] })),
    ).not.toEqual([]);
  });

  it("counts the reserved ports of a node with the agent's own", () => {
    expect(reserving(94)).toEqual([]);
    expect(reserving(95)).toEqual(["a node has at most 100 reserved ports, got 101"]);
  });

  it("refuses a port that is reserved twice, and one of the agent's", () => {
    const twice = {
      aws_ecs_task_definition: { a: { container_definitions: mappings([22, 9, 9]) } },
    };
    expect(wholeStackRefusals({ ...full, resource: twice })).toEqual([
      "port 22 is reserved twice on a node",
      "port 9 is reserved twice on a node",
    ]);
  });
});
