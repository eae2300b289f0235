import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { runCli } from "../../../lib/cli/run-cli";
import { RoutedError } from "../../../lib/errors";
import { planAndKeep } from "../../../lib/terraform/keep-plan";
import { aPoppedEnvironment, deployed, Draft } from "../verify/a-plan";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "routed-own-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes what a command makes to a path. @returns what it says where it refuses; "" where it doesn't */
type Write = (path: string) => Promise<string>;

function cli(...args: string[]): Promise<string> {
  let err = "";
  const world = {
    variables: { ROUTED_OBSERVATIONS: "__tests__/fixtures/observations" },
    width: 120,
    print: () => undefined,
    printError: (text: string) => void (err += text),
  };
  return runCli(args, world).then((status) => (status === 0 ? "" : err));
}

/** As `runCli` tells it. */
async function refusalOf(writing: Promise<unknown>): Promise<string> {
  try {
    await writing;
    return "";
  } catch (error) {
    if (!(error instanceof RoutedError)) throw error;
    return `${error.message}\nsee docs/runbooks/error-${error.code}.md\n`;
  }
}

/** Terraform, with a plan as it writes it. */
function plan(path: string): Promise<string> {
  const environment = aPoppedEnvironment();
  const { json } = Draft.of(environment, deployed(environment));
  const stackDirectory = join(folder, "stack");
  mkdirSync(join(stackDirectory, ".terraform"), { recursive: true });
  writeFileSync(join(stackDirectory, "cdk.tf.json"), "{}");
  return refusalOf(
    planAndKeep(path, {
      stackDirectory,
      runTerraform: ([command = "", ...args]) => {
        const out = args.find((arg) => arg.startsWith("-out="))?.slice("-out=".length);
        if (out !== undefined) writeFileSync(out, `PK${"-".repeat(28)}tfplan`);
        const stdout = command === "show" ? JSON.stringify(json) : "";
        return Promise.resolve({ status: 0, stdout, stderr: "", timedOut: false });
      },
    }),
  );
}

interface Writer {
  readonly name: string;
  /** The option that names the file, or the folder of one with a name of its own. */
  readonly option: string;
  readonly file?: string;
  readonly write: Write;
  /** Whether nobody but its owner may read it, whoever could before. */
  readonly isPrivate?: boolean;
}

const report = (format: string): Writer => ({
  name: `report --format ${format}`,
  option: "report --out",
  write: (path) => cli("report", "stg", "--format", format, "--out", path),
});
const exported = (kind: string, ...more: string[]): Writer => ({
  name: `export ${[kind, ...more].join(" ")}`,
  option: `export ${kind} --output`,
  write: (path) => cli("export", kind, "stg", ...more, "-o", path),
});
const prometheus = (file: string): Writer => ({
  name: `export prometheus: ${file}`,
  option: "export prometheus --output",
  file,
  write: (path) => cli("export", "prometheus", "stg", "-o", dirname(path)),
});

/** All options that write a file. */
const WRITERS: readonly Writer[] = [
  report("markdown"),
  report("html"),
  report("json"),
  {
    name: "observe",
    option: "observe --out",
    write: (path) => cli("observe", "stg", "-o", path),
  },
  exported("helm-release"),
  exported("cloudwatch-exporter"),
  prometheus("prometheus.yml"),
  prometheus("rules.yml"),
  prometheus("targets.json"),
  { name: "verify", option: "verify --out", write: plan, isPrivate: true },
];

/** What a file there may be that is nobody's but its owner's. */
const THEIRS: Readonly<Record<string, string>> = {
  "a config": readFileSync("config/stg.json", "utf8"),
  "a note": "remember the milk\n",
  "some YAML": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n",
  "a page": "<!doctype html>\n<html></html>\n",
  "another archive": `PK${"-".repeat(28)}photos`,
  "another's targets": JSON.stringify([{ targets: ["x:9100"], labels: { job: "node" } }]),
  "another's targets with a label like ours": JSON.stringify([
    { targets: ["x:9100", "y:9100"], labels: { environment: "stg", pop: "a", slot: "0", az: "b" } },
    { targets: ["x:9100"], labels: { environment: "stg" } },
  ]),
  "an observation of another environment": readFileSync(
    "__tests__/fixtures/observations/dev.json",
    "utf8",
  ),
  "JSON that is empty": "{}",
  "a list that is empty": "[]",
  null: "null",
};

describe.each(WRITERS)("routed $name", ({ name, file = "file.json", write, isPrivate }) => {
  const fileIn = (...parts: string[]): string => {
    const path = join(folder, ...parts, file);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };

  async function expectRefused(path: string, why: RegExp, named = path): Promise<void> {
    const err = await write(path);
    const [message = "", ...others] = err.split("\n");
    expect(message.slice(0, named.length)).toBe(named);
    expect(message).toMatch(why);
    expect(others).toEqual(["see docs/runbooks/error-unwritable-file.md", ""]);
  }

  it("makes the file with its folders, replaces it, and leaves nothing beside it", async () => {
    const path = join(folder, "a", "b", file);
    expect(await write(path)).toBe("");
    const made = readFileSync(path, "utf8");
    expect(made).not.toBe("");
    // Another run differs in its time at most.
    writeFileSync(path, made.replace(/\d\d:\d\d/, "00:00"));
    chmodSync(path, 0o640);
    expect(await write(path)).toBe("");
    expect(statSync(path).mode & 0o777).toBe(isPrivate ? 0o600 : 0o640);
    expect(readdirSync(dirname(path)).filter((other) => other.startsWith("."))).toEqual([]);
  });

  it("takes an empty file, as mktemp makes it", async () => {
    const path = fileIn();
    writeFileSync(path, "");
    expect(await write(path)).toBe("");
    expect(readFileSync(path, "utf8")).not.toBe("");
  });

  it.each(Object.entries(THEIRS))("doesn't overwrite %s", async (_, theirs) => {
    const path = fileIn();
    writeFileSync(path, theirs);
    await expectRefused(
      path,
      /is there and isn't .*, so it isn't overwritten; name another file, or move it away$/,
    );
    expect(readFileSync(path, "utf8")).toBe(theirs);
    expect(readdirSync(dirname(path)).filter((other) => other !== "stack")).toEqual([
      basename(path),
    ]);
  });

  it("follows no symbolic link, not even to what it made itself", async () => {
    const made = fileIn("made");
    await write(made);
    const before = readFileSync(made, "utf8");
    const path = fileIn("link");
    symlinkSync(made, path);
    await expectRefused(path, /is a symbolic link, which is not followed; name the file itself$/);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(made, "utf8")).toBe(before);
  });

  it("refuses a folder in the file's place", async () => {
    const path = fileIn();
    mkdirSync(path);
    // `observe -o <folder>` puts its file into it: there the folder has that name.
    const inIt = name === "observe" ? join(path, "stg.json") : path;
    if (inIt !== path) mkdirSync(inIt);
    const err = await write(path);
    expect(err).toBe(
      `${inIt}: is a folder; name a file in it\nsee docs/runbooks/error-unwritable-file.md\n`,
    );
    expect(readdirSync(inIt)).toEqual([]);
  });

  it("says what can't be written, in one sentence", async () => {
    const inTheWay = join(folder, "in-the-way");
    writeFileSync(inTheWay, "");
    await expectRefused(
      join(inTheWay, file),
      /: can't be written \(E\w+: .*\); name a file in a folder that can be written$/,
      inTheWay,
    );
    expect(readFileSync(inTheWay, "utf8")).toBe("");
  });

  it("refuses an empty name, and names no file of its own making", async () => {
    if (file !== "file.json") return;
    const err = await write("");
    expect(err).toMatch(/^the name of the file for .* is empty; give one\n/);
  });

  it("refuses what is no file", async () => {
    if (file !== "file.json") return;
    await expectRefused("/dev/null", /is no file but a device or pipe; redirect what is printed$/);
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});

it("leaves what the other commands make alone", async () => {
  const kindOf = ({ name }: Writer) => name.split(" ")[0];
  const kinds = WRITERS.filter(
    (one, index) => WRITERS.findIndex((other) => kindOf(other) === kindOf(one)) === index,
  );
  for (const maker of WRITERS) {
    const made = join(folder, "made", maker.file ?? "file.json");
    await maker.write(made);
    for (const { name, write } of kinds.filter((other) => kindOf(other) !== kindOf(maker))) {
      const refusal = await write(made);
      expect([name, refusal.includes("isn't overwritten")]).toEqual([name, true]);
    }
    rmSync(dirname(made), { recursive: true });
  }
});

/** Options that take the name of a file or folder, and only read it. */
const READERS = [
  "drift --plan",
  "history --history",
  "report --history",
  "report --plan",
  "status --history",
  "verify --plan",
];
/** Writes records at its own places below a folder, after it has read all that are there. */
const OF_ITS_OWN = ["deploy --history", "rollout --history"];

it("is all options that name a file", async () => {
  const named: string[] = [];
  const look = async (command: readonly string[]): Promise<void> => {
    let help = "";
    const print = (text: string) => void (help += text);
    await runCli([...command, "--help"], { variables: {}, width: 200, print, printError: print });
    const options = help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+) <(?:file|folder|directory|path)>/gm);
    for (const [, option = ""] of options) named.push([...command, option].join(" "));
    const [, commands = ""] = help.split("\nCommands:");
    for (const [, name = ""] of commands.matchAll(/^ {2}([a-z][a-z-]*) /gm)) {
      if (name !== "help") await look([...command, name]);
    }
  };
  await look([]);
  const written = new Set(WRITERS.map(({ option }) => option));
  expect(named.sort()).toEqual([...written, ...READERS, ...OF_ITS_OWN].sort());
});
