import { RoutedError } from "../../../lib/errors";
import type {
  Observation,
  ObservedUntagged,
  RememberedAddress,
} from "../../../lib/observe/observation";
import { validateObservation } from "../../../lib/observe/validate-observation";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { desiredImages } from "../../../lib/plan/desired/desired-images";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { literal } from "../../../lib/stack/literal";
import { synthesize } from "../../fixtures/synthesize";
import type { SynthesizedStack } from "../../fixtures/synthesize";
import { afterDeploy, bootstrap, planned } from "../../support/every-stack";
import { FULL_ENVIRONMENTS, loadFullEnvironments } from "../../support/full-environments";
import {
  CONFIG_SCHEMA,
  OBSERVATION_SCHEMA,
  textPaths,
  textsIn,
  withText,
} from "../../support/schema-texts";
import type { TextSchema } from "../../support/schema-texts";
import { stride } from "../../support/random-tests";
import { withEcsChange } from "../../support/fleet";
import { parseTemplate, textsOf } from "../../support/terraform-template";

const EXPRESSION = '${file("/etc/passwd")}';
const DIRECTIVE = "%{ if true }";
const POISON = `x${EXPRESSION}$${EXPRESSION}${DIRECTIVE}`;

describe("a literal", () => {
  it.each([
    EXPRESSION,
    DIRECTIVE,
    `$${EXPRESSION}`,
    `$$${EXPRESSION}`,
    `%${DIRECTIVE}`,
    `$${DIRECTIVE}`,
    "%${a}",
    "${",
    "$",
    "100 %",
    "$ {a}",
    "\\${a}",
    "no expression",
  ])("of %s is that text for Terraform, and no expression", (text) => {
    const { parts, evaluated } = parseTemplate(literal(text));
    expect(evaluated).toEqual([]);
    expect(parts).toEqual([{ text }]);
  });

  it("is made of every text and key, and of nothing else", () => {
    const data = { [EXPRESSION]: [EXPRESSION, { a: null, b: 1, c: true }], d: undefined };
    const escaped = `$${EXPRESSION}`;
    expect(literal(data)).toEqual({
      [escaped]: [escaped, { a: null, b: 1, c: true }],
      d: undefined,
    });
  });

  it.each(["${TfToken[TOKEN.1]}", "#{TfToken[TOKEN.1]}", "&{TfToken[TOKEN.1]}"])(
    "can't be made of %s, which CDKTF would replace",
    (text) => {
      expect(() => literal({ a: { b: ["", `x${text}`] } })).toThrow(
        new RoutedError(
          "invalid-argument",
          `a.b[1] must hold no token of CDKTF's, {TfToken[…], got "x${text}"; change it`,
        ),
      );
    },
  );
});

/** The stacks that come of a value in which a text was replaced; null where none of it reaches one. */
type Synthesis = (text: string, poisoned: string) => SynthesizedStack[] | null;

/** What becomes of a poisoned text. */
function fateOf(text: string, synthesize: Synthesis): "refused" | "kept out" | "literal" {
  try {
    const texts = textsOf(synthesize(text, `${text}${POISON}`));
    const evaluated = texts.flatMap((one) => parseTemplate(one).evaluated);
    expect(evaluated.filter((one) => /file\(|^%/.test(one))).toEqual([]);
    return texts.some((one) => one.includes("/etc/passwd")) ? "literal" : "kept out";
  } catch (error) {
    if (!(error instanceof RoutedError)) throw error;
    return "refused";
  }
}

/** What becomes of the texts of each path of a schema; `nowhere` are paths that no value has. */
function fatesOf(schema: TextSchema, values: readonly [unknown, Synthesis][]) {
  const fates = new Map(textPaths(schema).map((path) => [path, new Set<string>()]));
  for (const [value, synthesize] of values) {
    // `npm test` takes one text of each path, and of paths that no environment before has.
    const key = ({ path, text }: { path: string; text: string }) =>
      stride(2) === 1 ? `${path} ${text}` : path;
    const texts = new Map(
      textsIn(schema, value)
        .filter(({ path }) => stride(2) === 1 || fates.get(path)?.size === 0)
        .map((one) => [key(one), one]),
    );
    for (const { path, text } of texts.values()) fates.get(path)?.add(fateOf(text, synthesize));
  }
  const pathsWhere = (holds: (all: ReadonlySet<string>) => boolean) =>
    [...fates].filter(([, all]) => holds(all)).map(([path]) => path);
  return {
    literal: pathsWhere((all) => all.has("literal")),
    nowhere: pathsWhere((all) => all.size === 0),
  };
}

describe("the config", () => {
  it("reaches Terraform as data, or is refused", () => {
    const values = Object.entries(FULL_ENVIRONMENTS).map(([name, raw]): [unknown, Synthesis] => [
      raw,
      (text, poisoned) => {
        const environments = loadFullEnvironments({ [name]: withText(raw, text, poisoned) });
        return environments.flatMap((environment) => [
          planned(environment, afterDeploy(environment)),
          bootstrap([environment]),
        ]);
      },
    ]);
    const { literal: reaching, nowhere } = fatesOf(CONFIG_SCHEMA, values);
    expect(reaching).toEqual([
      "routed.daemons[].entryPoint[]",
      "routed.daemons[].command[]",
      "routed.daemons[].environment.*",
      "routed.daemons[].healthCheck.command[]",
    ]);
    // What no stack is made of.
    expect(["$schema", "extends", "fleet.priceClasses{}"]).toEqual(expect.arrayContaining(nowhere));
  });

  it("is compared with what services run as it is", () => {
    const [raw] = Object.values(FULL_ENVIRONMENTS);
    const poisoned = withText(raw ?? {}, "--verbose", POISON);
    const [environment] = loadFullEnvironments({ one: poisoned });
    if (environment === undefined) throw new Error("there is no environment");
    const stack = planned(environment, afterDeploy(environment));
    expect(textsOf(stack.resource["aws_ecs_task_definition"])).toContain(
      desiredImages(environment).others.settings,
    );
  });
});

it("what was observed reaches Terraform as data, or is refused", () => {
  const values = loadFullEnvironments().flatMap((environment): [unknown, Synthesis][] => {
    const well = afterDeploy(environment);
    const unreadable = { source: "unreadable" as const, reason: "ecs:ListServices failed" };
    const remembering = {
      ...drainedByUs(well),
      remembered: rememberedOf(well),
      untagged: [BYSTANDER],
    };
    return [remembering, { ...well, health: unreadable }].map((observation) => [
      observation,
      (text, poisoned) => {
        const plan = planUpgrade(
          desiredFleet(environment),
          validated(withText(observation, text, poisoned)),
        );
        return JSON.stringify(plan).includes("passwd") ? [synthesize(environment, plan)] : null;
      },
    ]);
  });
  expect(fatesOf(OBSERVATION_SCHEMA, values)).toEqual({
    literal: [
      "cluster.status",
      // Of the record of addresses, and of the address that Terraform asks EC2 for.
      "networkInterfaces[].privateIpv4",
      "networkInterfaces[].ipv6[]",
      "elasticIps[].publicIpv4",
      "remembered[].privateIpv4",
      "remembered[].ipv6",
      "remembered[].publicIpv4",
      "health.containerInstances[].status",
      "health.services[].taskDefinitionArn",
      "health.taskDefinitions[].taskDefinitionArn",
    ],
    nowhere: [],
  });
});

function drainedByUs(observation: Observation): Observation {
  return withEcsChange(observation, ({ containerInstances: [first, ...others] }) => ({
    containerInstances: first === undefined ? [] : [{ ...first, drainedBy: "r-1" }, ...others],
  }));
}

/** In the environment's VPC, and of no slot. */
const BYSTANDER: ObservedUntagged = {
  id: "eni-0bbbbbbbbbbbbbbb1",
  kind: "network-interface",
  environment: "another",
  slot: null,
  publicIpv4: "203.0.113.77",
  foundBy: [{ kind: "vpc", id: "vpc-1", slot: null }],
};

function rememberedOf({ networkInterfaces, elasticIps }: Observation): RememberedAddress[] {
  return networkInterfaces.flatMap((eni) => {
    const eip = elasticIps.find(({ slot }) => slot === eni.slot);
    if (eip === undefined || eni.slot === null) return [];
    const { slot, availabilityZone, networkInterfaceId, privateIpv4, ipv6 } = eni;
    const { allocationId, publicIpv4 } = eip;
    const address = { slot, availabilityZone, networkInterfaceId, privateIpv4 };
    return [{ ...address, ipv6: ipv6[0] ?? "", allocationId, publicIpv4 }];
  });
}

function validated(value: unknown): Observation {
  const validation = validateObservation(value);
  if (validation.valid) return validation.observation;
  throw new RoutedError("invalid-observation", validation.violations.join());
}
