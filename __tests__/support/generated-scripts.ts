import { parse as parseToml } from "smol-toml";
import type { SynthesizedStack } from "../fixtures/synthesize";

/**
 * Every place of a stack that holds a shell's text or what a script expands, by the test that runs
 * it under the shells that it is for, with inputs as large as they come.
 */
export const PLACES = {
  "node: user data": "__tests__/unit/plan/desired/user-data.test.ts",
  "node: /usr/local/sbin/routed-drain": "__tests__/unit/plan/desired/self-drain.test.ts",
  "init: command": "__tests__/e2e/task-init-script.test.ts",
  "bird: command": "__tests__/e2e/task-commands.test.ts",
  "bird: health check": "__tests__/e2e/task-commands.test.ts",
  "api: command": "__tests__/e2e/task-commands.test.ts",
  "api: health check": "__tests__/e2e/task-commands.test.ts",
  "router: command": "__tests__/e2e/node-router.test.ts",
  "router: ROUTER_CONFIG": "__tests__/e2e/node-router.test.ts",
} as const;

export interface GeneratedScript {
  /** One of `PLACES`, or what isn't known yet. */
  readonly place: string;
  readonly shell: "bash" | "sh";
  readonly text: string;
  /** Names of the variables that it is given. */
  readonly variables: readonly string[];
}

export interface FoundScripts {
  readonly scripts: readonly GeneratedScript[];
  /** Texts that a script expands, e.g. into a configuration, by place. */
  readonly inputs: readonly string[];
  /** What may be run, and isn't known: path and text. */
  readonly unknown: readonly string[];
}

/** Arguments that people or Terraform read, and that nothing runs. */
const PROSE = [
  "alarm_description",
  "condition",
  "description",
  "error_message",
  "expression",
  "label",
  "message_body",
  "reason",
  "summary",
];
const SHELLS: Readonly<Record<string, "bash" | "sh">> = { sh: "sh", bash: "bash" };
/** What ECS's agent gives each container. */
const OF_THE_AGENT = ["ECS_CONTAINER_METADATA_URI_V4"];
/** A program and words, which systemd starts without a shell. */
const UNIT_EXEC = /^Exec\w+=-?(\/\S+)( \w+)*$/;
const HEREDOCS = /^cat > (\S+) <<'(\w+)'\n([^]*?)^\2$/gm;

interface Container {
  readonly name: string;
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly healthCheck?: { readonly command: readonly string[] };
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Walks a synthesized stack, every text in it, for what a shell runs. It knows where shell may lie;
 * what is left must be a single word, prose or Terraform's: anything else is unknown.
 *
 * @param theirs texts of the config's own daemons, which are passed on as they are
 */
export function findScripts(stack: SynthesizedStack, theirs: readonly string[] = []): FoundScripts {
  const walk = new Walk(new Set(theirs));
  walk.value(stack, []);
  return walk;
}

class Walk implements FoundScripts {
  readonly scripts: GeneratedScript[] = [];
  readonly inputs: string[] = [];
  readonly unknown: string[] = [];

  constructor(private readonly theirs: ReadonlySet<string>) {}

  value(value: unknown, path: readonly string[]): void {
    if (typeof value === "string") this.text(value, path);
    else if (Array.isArray(value)) value.forEach((item) => this.value(item, path));
    else if (typeof value === "object" && value !== null) {
      if (isRun(path.at(-1) ?? "")) this.report(path, JSON.stringify(value));
      for (const [name, item] of Object.entries(value)) {
        if (name !== "//") this.value(item, [...path, name]);
      }
    }
  }

  private text(text: string, path: readonly string[]): void {
    const [section, type, , argument, ...deeper] = path;
    const place = [section, type, argument, ...deeper].join(".");
    if (place === "resource.aws_instance.user_data_base64") this.userData(text);
    else if (place === "resource.aws_ecs_task_definition.container_definitions") {
      this.containers(JSON.parse(text) as Container[], path);
    } else this.other(text, path);
  }

  /** What nothing is known of but its name. */
  private other(text: string, path: readonly string[]): void {
    const key = path.at(-1) ?? "";
    const inner = decoded(text);
    if (isRun(key)) this.report(path, text);
    else if (inner !== null) this.value(inner, [...path, "decoded"]);
    else if (/\s/.test(text) && !PROSE.includes(key) && !isExpression(text)) {
      this.report(path, text);
    }
  }

  private containers(containers: readonly Container[], path: readonly string[]): void {
    const init = containers.find(({ name }) => name === "init")?.command ?? [];
    const written = [...init.join("\n").matchAll(/echo "([A-Z_]+)=/g)].map(([, name = ""]) => name);
    for (const container of containers) {
      const { name, entryPoint = [], command = [], healthCheck, environment, ...rest } = container;
      const given = [...OF_THE_AGENT, ...environment.map((variable) => variable.name)];
      const variables = name === "init" ? given : [...given, ...written];
      this.program([...entryPoint, ...command], `${name}: command`, variables);
      const [form, ...check] = healthCheck?.command ?? ["CMD"];
      const shell = form === "CMD-SHELL" ? ["sh", "-c"] : [];
      this.program([...shell, ...check], `${name}: health check`, variables);
      for (const variable of environment) {
        if (!/\s/.test(variable.value) || this.theirs.has(variable.value)) continue;
        this.inputs.push(`${name}: ${variable.name}`);
      }
      this.value(rest, [...path, name]);
    }
  }

  /** A program with its arguments: a shell with a text, or words. */
  private program(list: readonly string[], place: string, variables: readonly string[]): void {
    if (list.every((word) => this.theirs.has(word))) return;
    const [program = "", option, text, ...rest] = list;
    const shell = SHELLS[program.replace(/^(\/usr)?\/bin\//, "")];
    if (shell !== undefined && option === "-c" && text !== undefined) {
      if (!this.theirs.has(text)) this.scripts.push({ place, shell, text, variables });
      // Without what is the script's own name: what it runs by `exec "$@"`.
      this.program(rest.slice(1), place, variables);
    } else if (shell !== undefined || list.some((word) => /[^\w./:=@,+-]/.test(word))) {
      this.report([place], JSON.stringify(list));
    }
  }

  private userData(base64: string): void {
    const text = Buffer.from(base64, "base64").toString("utf8");
    const place = "node: user data";
    if (!text.startsWith("#!")) {
      const settings = decodedToml(text);
      if (settings === null) this.report([place], text);
      else this.value(settings, [place]);
      return;
    }
    this.script(place, text);
    const files = [...text.matchAll(HEREDOCS)].map(([, file = "", , body = ""]) => ({
      file,
      body,
    }));
    for (const { file, body } of files) {
      if (body.startsWith("#!")) this.script(`node: ${file}`, body);
      else if (file.endsWith(".service")) this.unit(file, body, files);
      else if (file !== "/etc/ecs/ecs.config" || !/^(ECS_\w+=.*\n)*$/.test(body)) {
        this.report([file], body);
      }
    }
    const documents = text.match(/<<-?\s*['"\\]?[A-Za-z]/g) ?? [];
    if (documents.length !== files.length) this.report([place], text);
  }

  /** It may start only what the same user data writes. */
  private unit(file: string, body: string, files: readonly { readonly file: string }[]): void {
    for (const line of body.match(/^Exec.*$/gm) ?? []) {
      const program = UNIT_EXEC.exec(line)?.[1];
      if (!files.some((written) => written.file === program)) this.report([file], line);
    }
  }

  private script(place: string, text: string): void {
    const shell = SHELLS[/^#!\/bin\/(\w+)\n/.exec(text)?.[1] ?? ""];
    if (shell === undefined) this.report([place], text);
    else this.scripts.push({ place, shell, text, variables: [] });
  }

  private report(path: readonly string[], text: string): void {
    this.unknown.push(`${path.join(".")}: ${text}`);
  }
}

/** Whether an argument's name says that something runs it, wherever it is. */
function isRun(key: string): boolean {
  const words = key.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  return /(^|[_-])(user_data|commands?|scripts?|exec|entry_points?|provisioner)([_-]|$)/.test(
    words,
  );
}

/** What is in a text of JSON or base64; null where it is neither. */
function decoded(text: string): unknown {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }
  if (!/^([A-Za-z0-9+/]{4}){6,}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  const inner = Buffer.from(text, "base64").toString("utf8");
  return /^[\t\n\r -~]*$/.test(inner) ? inner : null;
}

function decodedToml(text: string): object | null {
  try {
    return parseToml(text);
  } catch {
    return null;
  }
}

/** One expression of Terraform, in which no text has more than one word. */
function isExpression(text: string): boolean {
  return /^\$\{[^"{}]*\}$/.test(text.replace(/"[^"\s]*"/g, ""));
}
