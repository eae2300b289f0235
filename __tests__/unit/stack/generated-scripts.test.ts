import { readFileSync } from "node:fs";
import schema from "../../../config/environment.schema.json";
import { FULL_ENVIRONMENTS } from "../../support/full-environments";
import { findScripts, PLACES } from "../../support/generated-scripts";
import { findAllScripts } from "../../support/generated-stacks";

/** EC2's limit, before base64. */
const MAX_USER_DATA_BYTES = 16 * 1024;

describe("the shell in all stacks", () => {
  const { scripts, inputs, unknown } = findAllScripts();

  it("lies where it is known, and nowhere else", () => {
    expect(unknown).toEqual([]);
    const places = [...scripts.map(({ place }) => place), ...inputs];
    expect([...new Set(places)].sort()).toEqual(Object.keys(PLACES).sort());
  });

  it.each(Object.entries(PLACES))("of %s is run with large inputs by a test", (place, test) => {
    const source = readFileSync(test, "utf8");
    expect([source.includes(`"${place}`), source.includes("with large inputs")]).toEqual([
      true,
      true,
    ]);
  });

  it("fits into a node's user data", () => {
    const sizes = scripts
      .filter(({ place }) => place === "node: user data")
      .map(({ text }) => Buffer.byteLength(text));
    expect(Math.max(...sizes)).toBeGreaterThan(2_000);
    expect(Math.max(...sizes)).toBeLessThan(MAX_USER_DATA_BYTES);
  });
});

/** What makes no part of a stack that runs anything, or another shape of the same parts. */
const ELSEWHERE = ["$schema", "backend", "export", "extends"];

it("is looked for with every option of the config set", () => {
  const unset = optionsOf(schema).filter(
    (path) => !Object.values(FULL_ENVIRONMENTS).some((config) => sets(config, path.split("."))),
  );
  expect(unset).toEqual([]);
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

function optionsOf({ properties = {}, items }: Schema): string[] {
  const ofItems = items === undefined ? [] : optionsOf(items);
  const own = Object.entries(properties).filter(([name]) => !ELSEWHERE.includes(name));
  return [
    ...ofItems,
    ...own.flatMap(([name, value]) => [name, ...optionsOf(value).map((path) => `${name}.${path}`)]),
  ];
}

/** A list sets what one of its items sets. */
function sets(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return value !== undefined;
  if (Array.isArray(value)) return value.some((item) => sets(item, [name, ...rest]));
  return typeof value === "object" && value !== null && sets((value as never)[name], rest);
}

describe("the walk through a stack finds", () => {
  const walk = (type: string, fields: object) =>
    findScripts({ resource: { [type]: { it: fields } } } as never);
  const container = (fields: object) =>
    walk("aws_ecs_task_definition", {
      container_definitions: JSON.stringify([{ name: "new", environment: [], ...fields }]),
    });
  const userData = (text: string) =>
    walk("aws_instance", { user_data_base64: Buffer.from(text).toString("base64") });
  const bash = (lines: string) => userData(`#!/bin/bash\n${lines}`);
  const file = (path: string, body: string) => bash(`cat > ${path} <<'E'\n${body}\nE\n`);

  it.each([
    ["a command", { command: ["sh", "-c", "reboot"] }, "new: command"],
    [
      "a command of words",
      { entryPoint: ["/bin/bash", "-c"], command: ["reboot"] },
      "new: command",
    ],
    ["a health check", { healthCheck: { command: ["CMD-SHELL", "reboot"] } }, "new: health check"],
    [
      "a health check's words",
      { healthCheck: { command: ["CMD", "sh", "-c", "reboot"] } },
      "new: health check",
    ],
    [
      "what a script runs",
      { command: ["x", "y"], entryPoint: ["sh", "-c", "a", "sh", "sh", "-c", "b"] },
      "new: command",
    ],
  ])("%s of a container that nobody knows", (_, fields, place) => {
    const { scripts } = container(fields);
    expect(scripts.map((script) => script.place)).toContain(place);
  });

  it("what a container's script expands", () => {
    const environment = [{ name: "X", value: "a b" }];
    expect(container({ environment }).inputs).toEqual(["new: X"]);
  });

  it("a script that user data writes", () => {
    expect(file("/x", "#!/bin/sh\nreboot").scripts.map(({ place }) => place)).toEqual([
      "node: user data",
      "node: /x",
    ]);
  });

  it.each([
    ["a shell with a file", container({ command: ["sh", "x.sh"] })],
    ["a shell's text in words", container({ command: ["run", "a && b"] })],
    ["another shell", container({ command: ["zsh", "-c", "a; b"] })],
    ["a container's other texts", container({ dockerLabels: { x: "a b" } })],
    ["a script of another interpreter", userData("#!/usr/bin/perl\n")],
    ["another kind of user data", userData("#cloud-config\nruncmd: [reboot]\n")],
    ["settings that run commands", userData('[settings.x]\ncommands = ["reboot"]\n')],
    ["settings with a script", userData('[settings]\nx = "a b"\n')],
    ["a file of another kind", file("/etc/cron.d/x", "* * * * * root reboot")],
    ["a setting that is none", file("/etc/ecs/ecs.config", "reboot")],
    ["a unit that starts a shell", file("/x.service", "ExecStart=/bin/sh -c reboot")],
    ["a unit that starts another file", file("/x.service", "ExecStart=/usr/sbin/reboot")],
    ["another form of a file", bash("cat <<E > /x\nreboot\nE\n")],
    ["user data as text", walk("aws_instance", { user_data: "reboot" })],
    ["user data in base64", walk("aws_launch_template", { user_data: "IyEvYmluL3No" })],
    ["base64", walk("x", { y: Buffer.from("#!/bin/sh\nreboot -f -f\n").toString("base64") })],
    ["a provisioner", walk("x", { provisioner: [{ "local-exec": { command: "reboot" } }] })],
    ["a document", walk("x", { content: '{"mainSteps":[{"inputs":{"runCommand":["reboot"]}}]}' })],
    ["an expression with a script", walk("x", { y: '${base64encode("reboot now")}' })],
    ["several expressions", walk("x", { y: "${a} && ${b}" })],
  ])("%s, and knows it isn't known", (_, { unknown }) => {
    expect(unknown).not.toEqual([]);
  });
});
