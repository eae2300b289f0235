import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface CheckedScript {
  /** Where it lies, for people. */
  readonly place: string;
  readonly shell: "bash" | "sh";
  readonly text: string;
  /** Names of the variables that it is given; another one in capitals is a finding. */
  readonly variables: readonly string[];
}

/**
 * Besides what shellcheck finds by itself: a failure that is lost in another command's arguments,
 * `set -e` that is off since a function is asked, variables that nobody gives.
 */
const ALSO = [
  "check-extra-masked-returns",
  "check-set-e-suppressed",
  "check-unassigned-uppercase",
  "quote-safe-variables",
];

/** The file of the task's variables isn't there when its readers are checked. */
const NOT_READ = ["SC1090", "SC1091"];

/** Functions that are written to be asked: each of their commands' failures is an answer. */
const ASKED = ["busy", "cores", "get", "listening", "pinner", "registered"];

/** What shellcheck doesn't know. */
const TRAPS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: "a part of a pipe that ends early, which pipefail makes a failure of the part before it",
    pattern:
      /\|\s*(e?grep\s[^|]*(-\w*[qm]\b|-\w*q|--quiet|--max-count)|head\b|sed\s[^|]*[\s;{\d]q\b)/,
  },
  { what: "curl that takes an error for an answer", pattern: /\bcurl\b(?![^\n]*--fail\b)/ },
  { what: "curl without an end", pattern: /\bcurl\b(?![^\n]*--max-time\b)/ },
  {
    what: "wget without an end",
    pattern: /^(?=[^\n]*\bwget\b)(?![^\n]*\btimeout \d+ wget\b)[^\n]*$/m,
  },
];

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly code: number;
  readonly message: string;
}

/** What is wrong with scripts, each finding in a line; sorted, none twice. */
export function shellcheck(scripts: readonly CheckedScript[]): string[] {
  const shells = [...new Set(scripts.map(({ shell }) => shell))];
  const findings = shells.flatMap((shell) =>
    checked(
      shell,
      scripts.filter((script) => script.shell === shell),
    ),
  );
  return [...new Set([...findings, ...scripts.flatMap(trapsOf)])].sort();
}

function checked(shell: string, scripts: readonly CheckedScript[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "routed-shellcheck-"));
  try {
    const files = new Map(
      scripts.map((script, index) => [join(folder, String(index)), script] as const),
    );
    for (const [file, { text, variables }] of files) {
      writeFileSync(file, `export ${["_", ...variables].join("=x ")}=x\n${text}\n`);
    }
    return run(shell, [...files.keys()]).flatMap((finding) => {
      const script = files.get(finding.file);
      if (script === undefined || isAsked(finding, script)) return [];
      return [`${script.place}:${finding.line - 1}: SC${finding.code}: ${finding.message}`];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(shell: string, files: readonly string[]): readonly Finding[] {
  const options = ["--format=json1", `--shell=${shell}`, `--enable=${ALSO.join()}`];
  const ran = spawnSync("shellcheck", [...options, `--exclude=${NOT_READ.join()}`, ...files], {
    encoding: "utf8",
  });
  if (ran.error !== undefined) {
    throw new Error("shellcheck is missing; install it with: apt-get install shellcheck");
  }
  return (JSON.parse(ran.stdout) as { comments: Finding[] }).comments;
}

function isAsked({ code, line, column, endColumn }: Finding, { text }: CheckedScript): boolean {
  if (code !== 2310) return false;
  const words = text.split("\n")[line - 2] ?? "";
  return ASKED.includes(words.slice(column - 1, endColumn - 1));
}

function trapsOf({ place, text }: CheckedScript): string[] {
  return TRAPS.filter(({ pattern }) => pattern.test(text)).map(({ what }) => `${place}: ${what}`);
}
