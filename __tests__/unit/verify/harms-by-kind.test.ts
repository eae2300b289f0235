import { renderViolation } from "../../../lib/verify/verdict";
import { EditedPlan } from "../../fixtures/plans/edited-plan";
import type { ChangeJson } from "../../fixtures/plans/edited-plan";
import type { RecordedPlan } from "../../fixtures/plans/recorded-plans";
import { everyNth, stride } from "../../support/random-tests";
import { recordedPlan } from "../../fixtures/plans/verify-recorded";

/**
 * Kinds of harm, each done to everything that it can be done to in a real plan, where stack and plan
 * agree: what is proved of them is listed, and nothing may be.
 */
type Values = Record<string, unknown>;
type Edit = (plan: EditedPlan, resource: ChangeJson) => unknown;

const NEW = "the first deploy";
const LIVE = "nothing to do";
const IMAGE = "routed.image";

const managed = ({ plan }: EditedPlan): ChangeJson[] =>
  plan.resource_changes.filter(({ mode }) => mode === "managed");

/** `npm test` takes some of many, each time others; the nightly tests all. */
const STEP = stride(4);
let lists = 0;
function someOf<T>(all: readonly T[]): T[] {
  lists += 1;
  return all.length <= STEP ? [...all] : everyNth(all, STEP, lists);
}

/** The addresses of those to which it may be done. */
function provedOf(
  name: string,
  edit: Edit,
  to: (resource: ChangeJson) => boolean = () => true,
): string[] {
  const recorded = recordedPlan(name);
  return someOf(managed(new EditedPlan(recorded)).filter(to))
    .map(({ address }) => address)
    .filter((address) => {
      const plan = new EditedPlan(recorded);
      const resource = managed(plan).find((each) => each.address === address);
      if (resource === undefined) throw new Error(address);
      edit(plan, resource);
      return plan.verdict().proved;
    });
}

/** One of each type. */
function oncePerType(): (resource: ChangeJson) => boolean {
  const seen = new Set<string>();
  return ({ type }) => !seen.has(type) && seen.add(type).size > 0;
}

const isTagged = ({ change }: ChangeJson): boolean => change.before?.["tags_all"] !== undefined;

const IDENTITIES = [
  ["routed:node-daemon", "ghost"],
  ["routed:pop", "ghost"],
  ["routed:node", "77"],
  ["Schedule", "office-hours"],
] as const;

describe.each(IDENTITIES)("a tag %s of nobody", (tag, value) => {
  it("is gained by nothing", () => {
    const once = oncePerType();
    const gain: Edit = (plan, resource) => {
      const { tags, tags_all: all } = resource.change.before as Record<string, Values | null>;
      const more = { ...tags, [tag]: value };
      plan.update(resource, { tags: more, tags_all: { ...all, [tag]: value } }, { tags: more });
    };
    expect(provedOf(LIVE, gain, (each) => isTagged(each) && once(each))).toEqual([]);
  });

  it("lets nothing go that has it in the state", () => {
    const once = oncePerType();
    const remove: Edit = (plan, resource) => {
      const { before } = resource.change;
      const tags = { ...(before?.["tags"] as Values | null), [tag]: value };
      resource.change.before = { ...before, tags, tags_all: tags };
      plan.remove(resource);
    };
    // A definition that isn't deregistered runs nothing, and may go.
    const may = (each: ChangeJson): boolean => each.type !== "aws_ecs_task_definition";
    expect(provedOf(LIVE, remove, (each) => isTagged(each) && may(each) && once(each))).toEqual([]);
  });
});

it("refuses that anything of a new environment is missing", () => {
  const never: Edit = (plan, resource) => {
    plan.remove(resource);
    plan.plan.resource_changes = plan.plan.resource_changes.filter((each) => each !== resource);
  };
  // One of each type, and of those that are many the last too.
  const all = managed(new EditedPlan(recordedPlan(NEW)));
  const last = new Map(all.map((each) => [each.type, each.address]));
  const once = oncePerType();
  expect(
    provedOf(NEW, never, (each) => once(each) || last.get(each.type) === each.address),
  ).toEqual([]);
});

it("refuses that one says what another of its type says", () => {
  const other: Edit = (plan, resource) => {
    const next = managed(plan).find(
      ({ type, address }) => type === resource.type && address !== resource.address,
    );
    if (next === undefined) throw new Error(resource.address);
    const [own, its] = [plan.declared(resource), plan.declared(next)];
    for (const name of Object.keys(own)) delete own[name];
    Object.assign(own, structuredClone(its));
    resource.change = structuredClone(next.change);
  };
  const all = managed(new EditedPlan(recordedPlan(NEW)));
  const many = all.filter(({ type }) => all.filter((each) => each.type === type).length > 1);
  const [once, types] = [oncePerType(), new Set(many.map(({ type }) => type))];
  expect(provedOf(NEW, other, (each) => types.has(each.type) && once(each))).toEqual([]);
});

it("refuses that anything waits for what nobody has looked at", () => {
  const once = oncePerType();
  const wait: Edit = (plan, resource) => {
    const service = plan.at("aws_ecs_service", "pop-pop1").address;
    plan.declared(resource)["depends_on"] = [service];
  };
  expect(provedOf(LIVE, wait, once)).toEqual([]);
});

it("refuses that a service doesn't wait until all nodes are launched", () => {
  const isService = ({ type }: ChangeJson): boolean => type === "aws_ecs_service";
  const alone: Edit = (plan, resource) => delete plan.declared(resource)["depends_on"];
  expect(provedOf("fleet.instanceType", alone, isService)).toEqual([]);
  const fewer: Edit = (plan) => {
    for (const ids of Object.values(plan.stack["locals"] as Record<string, string[]>)) ids.pop();
  };
  expect(provedOf("fleet.instanceType", fewer, isService)).toEqual([]);
});

it("refuses that anything passes over changes", () => {
  const once = oncePerType();
  const ignore: Edit = (plan, resource) => {
    const declared = plan.declared(resource);
    declared["lifecycle"] = { ...(declared["lifecycle"] as Values), ignore_changes: ["tags"] };
  };
  expect(provedOf(LIVE, ignore, once)).toEqual([]);
});

it("refuses that a new one is made before the old one goes, whoever says so", () => {
  const isReplaced = ({ change }: ChangeJson): boolean => change.actions.length === 2;
  const first: Edit = (_, resource) => (resource.change.actions = ["create", "delete"]);
  expect(provedOf("fleet.instanceType", first, isReplaced)).toEqual([]);
  expect(provedOf(IMAGE, first, isReplaced)).toEqual([]);
  const said: Edit = (plan, resource) =>
    (plan.declared(resource)["lifecycle"] = { create_before_destroy: true });
  expect(provedOf("fleet.instanceType", said, isReplaced)).toEqual([]);
});

it("refuses what Terraform's state holds as another address than AWS does", () => {
  const isAddress = ({ type }: ChangeJson): boolean =>
    ["aws_eip", "aws_network_interface"].includes(type);
  const other: Edit = (_, { change }) => {
    change.before = { ...change.before, id: "somebody-elses" };
  };
  expect(provedOf(LIVE, other, isAddress)).toEqual([]);
  // The one of the slot that is removed, above all.
  expect(provedOf("fleet.nodes, less", other, isAddress)).toEqual([]);
});

it("refuses an alarm that says anything else", () => {
  const recorded = recordedPlan(LIVE);
  const alarms = managed(new EditedPlan(recorded)).filter(
    ({ type }) => type === "aws_cloudwatch_metric_alarm",
  );
  const proved = alarms.flatMap(({ address }) => {
    const names = Object.keys(
      new EditedPlan(recorded).at("aws_cloudwatch_metric_alarm", address).change.before ?? {},
    );
    return someOf(names)
      .filter((name) => !["alarm_description", "arn", "id", "tags", "tags_all"].includes(name))
      .filter((name) => {
        const plan = new EditedPlan(recorded);
        const alarm = plan.at("aws_cloudwatch_metric_alarm", address);
        const was = alarm.change.before?.[name];
        const other = typeof was === "number" ? was + 100 : typeof was === "boolean" ? !was : "x";
        plan.update(alarm, { [name]: Array.isArray(was) ? [other] : other });
        return plan.verdict().proved;
      })
      .map((name) => `${address}.${name}`);
  });
  expect(alarms.length).toBe(9);
  expect(proved).toEqual([]);
});

/** In the stack, and in the plan where that knows it. */
function inContainer(name: string, edit: (container: Values) => Values): Edit {
  const edited = (text: unknown): Values => {
    const all = JSON.parse(String(text)) as Values[];
    const containers = all.map((each) => (each["name"] === name ? edit(each) : each));
    return { container_definitions: JSON.stringify(containers) };
  };
  return (plan, resource) => {
    const known = resource.change.after?.["container_definitions"];
    const declared = plan.declared(resource)["container_definitions"];
    plan.say(resource, known === undefined ? {} : edited(known), edited(declared));
  };
}
const word = (at: number, text: string) => (words: unknown) =>
  (words as string[]).map((each, index) => (index === at ? text : each));

const TASKS: Readonly<Record<string, readonly [container: string, (c: Values) => Values]>> = {
  "a daemon that ends at once": [
    "bird",
    (c) => ({ ...c, command: word(2, "exit 0")(c["command"]) }),
  ],
  "words before the daemon": ["bird", (c) => ({ ...c, command: ["true", "bird"] })],
  "a health check that is always content": [
    "bird",
    (c) => {
      const check = c["healthCheck"] as Values;
      return { ...c, healthCheck: { ...check, command: ["CMD", "true", "healthcheck"] } };
    },
  ],
  "a health check in a script of another": [
    "bird",
    (c) => {
      const check = c["healthCheck"] as Values;
      return { ...c, healthCheck: { ...check, command: word(3, "exit 0")(check["command"]) } };
    },
  ],
  "a task that takes itself for another PoP's": [
    "init",
    (c) => ({ ...c, command: word(2, "echo ROUTED_POP=pop2")(c["command"]) }),
  ],
  "a daemon that doesn't wait until it is known whose it is": [
    "bird",
    (c) => ({ ...c, dependsOn: [{ containerName: "init", condition: "START" }] }),
  ],
  "few open files": [
    "bird",
    (c) => ({ ...c, ulimits: [{ name: "nofile", softLimit: 16, hardLimit: 16 }] }),
  ],
  "no room for temporary files": [
    "bird",
    (c) => {
      const limits = c["linuxParameters"] as Values;
      const tmpfs = [{ containerPath: "/run", size: 1, mountOptions: [] }];
      return { ...c, linuxParameters: { ...limits, tmpfs } };
    },
  ],
  "a folder in another place": ["bird", (c) => ({ ...c, mountPoints: [] })],
  "an environment file of another": [
    "bird",
    (c) => ({
      ...c,
      environment: (c["environment"] as Values[]).map((each) =>
        each["name"] === "ROUTED_ENVIRONMENT_FILE" ? { ...each, value: "/dev/null" } : each,
      ),
    }),
  ],
  "no time to say goodbye": ["api", (c) => ({ ...c, stopTimeout: undefined })],
};

it.each(Object.entries(TASKS))("refuses %s", (_, [container, edit]) => {
  const isPops = ({ type, name, change }: ChangeJson): boolean =>
    type === "aws_ecs_task_definition" &&
    name.startsWith("task-def") &&
    change.actions.length === 2;
  const plan = new EditedPlan(recordedPlan(IMAGE));
  const [pops] = managed(plan).filter(isPops);
  if (pops === undefined) throw new Error("no new definition");
  inContainer(container, edit)(plan, pops);
  const verdict = plan.verdict();
  expect(verdict.violations.map(renderViolation).join()).toContain(`[${container}.`);
});

it("refuses routers that lead elsewhere, or do other things", () => {
  const isRouter = ({ type, name }: ChangeJson): boolean =>
    type === "aws_ecs_task_definition" && name.startsWith("router");
  const lines = (from: RegExp, to: string) =>
    inContainer("router", (c) => ({
      ...c,
      environment: (c["environment"] as Values[]).map((each) => ({
        ...each,
        value: String(each["value"]).replace(from, to),
      })),
    }));
  for (const [from, to] of [
    [/@node 1 \S+/, "@node 1 10.0.0.1"],
    [/@node 2 .*\n/, ""],
    [/@pop pop1 \d+/, "@pop pop1 1"],
    [/timeout server \w+/, "timeout server 1s"],
  ] as const) {
    expect(provedOf("network.routerImage", lines(from, to), isRouter)).toEqual([]);
  }
});

it("refuses the canaries' image for PoPs that are none", () => {
  const recorded = recordedPlan("routed.canaryImage");
  const plan = new EditedPlan(recorded);
  const service = plan.at("aws_ecs_service", "pop-pop2");
  const canaries = managed(plan).find(({ name }) => name.startsWith("canary"));
  plan.update(service, {}, { task_definition: `\${${canaries?.address}.arn}` });
  service.change.after_unknown = { task_definition: true };
  expect(plan.verdict().proved).toBe(false);
  const image = new EditedPlan(recorded);
  const others = managed(image).filter(
    ({ type, name }) => type === "aws_ecs_task_definition" && name.startsWith("canary"),
  );
  for (const each of others) {
    inContainer("bird", (c) => ({ ...c, image: "registry.example/autopilot-routed:1" }))(
      image,
      each,
    );
  }
  expect(image.verdict().violations.map(renderViolation).join()).toContain("[bird.image]");
});

type Backend = RecordedPlan["environment"]["backend"];
const S3: Backend = { type: "s3", bucket: "state", key: "k" };

const BACKENDS: readonly [string, Backend, object, boolean][] = [
  ["of the config", inCloud("routed-live"), cloud({ name: "routed-live" }), true],
  ["of another workspace", inCloud("routed-live"), cloud({ name: "other" }), false],
  ["of a workspace by tags", inCloud("routed-live"), cloud({ tags: ["x"] }), false],
  ["of the config", S3, s3(), true],
  ["with another key", S3, s3({ key: "other" }), false],
  ["without a lock", S3, s3({ use_lockfile: false }), false],
  ["with a role", S3, s3({ role_arn: "arn:x" }), false],
  ["with endpoints", S3, s3({ endpoints: { s3: "http://x" } }), false],
  ["of another's file", { type: "local" }, { backend: { local: { path: "/x.tfstate" } } }, false],
];

function inCloud(workspace: string): Backend {
  return { type: "cloud", organization: "example", hostname: "app.terraform.io", workspace };
}
function cloud(workspaces: object): object {
  return { cloud: { hostname: "app.terraform.io", organization: "example", workspaces } };
}
function s3(more: object = {}): object {
  const own = { bucket: "state", key: "k", region: "us-east-1", encrypt: true, use_lockfile: true };
  return { backend: { s3: { ...own, ...more } } };
}

it.each(BACKENDS)("judges a state %s: %j", (_, backend, block, proved) => {
  const recorded = recordedPlan(LIVE);
  const plan = new EditedPlan({ ...recorded, environment: { ...recorded.environment, backend } });
  const { required_providers } = plan.stack["terraform"] as Values;
  plan.stack["terraform"] = { ...block, required_providers };
  expect(plan.verdict().proved).toBe(proved);
});

it("refuses an upgrade plan that breaks a rule, and one of which nothing is known", () => {
  const recorded = recordedPlan("fleet.instanceType");
  const { environment } = recorded;
  const frozen = { ...environment, fleet: { ...environment.fleet, frozenNodes: [0] } };
  const words = (more: object): string =>
    new EditedPlan({ ...recorded, ...more }).verdict().violations.map(renderViolation).join();
  expect(words({ environment: frozen })).toContain("has node 0 to upgrade, but it is frozen");
  const { upgradePlan } = recorded;
  const [first] = upgradePlan.decisions;
  const both = upgradePlan.decisions.map((each) =>
    each.action === "keep" && first?.action === "upgrade"
      ? { ...first, slot: each.slot, instanceId: each.instanceId, from: each.spec }
      : each,
  );
  expect(words({ upgradePlan: { ...upgradePlan, decisions: both } })).toContain(
    "the upgrade plan breaks a rule",
  );
  expect(words({ observation: null })).toContain(
    "it isn't known what the upgrade plan was made from",
  );
});

const statements =
  (edit: (each: Values) => Values | null): Edit =>
  (plan, resource) => {
    const policy = JSON.parse(String(plan.declared(resource)["policy"])) as { Statement: Values[] };
    const edited = policy.Statement.flatMap((each) => edit(each) ?? []);
    const text = JSON.stringify({ ...policy, Statement: edited });
    plan.say(resource, {}, { policy: text });
  };
const ofType =
  (wanted: string) =>
  ({ type }: ChangeJson): boolean =>
    type === wanted;

it("refuses policies that let do it under no condition, on less, or let nobody log", () => {
  const unconditional = statements((each) => ({ ...each, Condition: undefined }));
  const isConditional = (each: ChangeJson): boolean =>
    ofType("aws_iam_role_policy")(each) && !each.name.includes("execution");
  expect(provedOf(NEW, unconditional, isConditional)).toEqual([]);
  const less = statements((each) => ({
    ...each,
    Resource: (each["Resource"] as string[]).slice(1),
  }));
  expect(provedOf(NEW, less, ofType("aws_iam_role_policy"))).toEqual([]);
  const silent = statements((each) => (each["Effect"] === "Allow" ? null : each));
  const isLogs = (each: ChangeJson): boolean =>
    ofType("aws_s3_bucket_policy")(each) && each.name.includes("access-logs");
  expect(provedOf(NEW, silent, isLogs)).toEqual([]);
});

it("refuses other numbers than the product's, where the config says nothing of them", () => {
  const say = (type: string, values: Values): string[] =>
    provedOf(NEW, (plan, resource) => plan.say(resource, values), ofType(type));
  expect(say("aws_lb_target_group", { deregistration_delay: 3600 })).toEqual([]);
  expect(say("aws_ecs_service", { deployment_maximum_percent: 200 })).toEqual([]);
  expect(say("aws_s3_bucket_lifecycle_configuration", { rule: [] })).toEqual([]);
  const logs = {
    bucket: "${aws_s3_bucket.cluster_buckets_snapshots_F173BEFE.bucket}",
    enabled: true,
  };
  const elsewhere: Edit = (plan, resource) => plan.say(resource, {}, { access_logs: logs });
  expect(provedOf(NEW, elsewhere, ofType("aws_lb"))).toEqual([]);
});
