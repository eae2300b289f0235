/** What Stryker's JSON report tells of one mutant, as far as it is judged. */
export interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  readonly location: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  };
}

export interface MutationReport {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>
  >;
}

/** A mutant that no test can notice, since it behaves as the original does. */
export interface Equivalent {
  readonly file: string;
  /** What is changed, as it stands in the file. */
  readonly original: string;
  /** What it is changed to, as Stryker has it. */
  readonly replacement: string;
  readonly why: string;
}

export interface Score {
  readonly noticed: number;
  /** All that change behaviour, noticed or not. */
  readonly all: number;
  /** `file:line: original → replacement` of each that no test notices. */
  readonly survivors: readonly string[];
  /** Of the equivalents those that fit no survivor of a file that was tried: they are out of date. */
  readonly stale: readonly Equivalent[];
}

/** Statuses in which tests noticed a mutant; any other that isn't left out is a survivor. */
const NOTICED = ["Killed", "Timeout", "RuntimeError", "CompileError"];

/** A mutant that is reached only while files load is not tried. */
const NOT_TRIED = "Ignored";

/** How many of the mutants that change behaviour the tests notice. */
export function scoreOf({ files }: MutationReport, equivalents: readonly Equivalent[]): Score {
  const tried = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status !== NOT_TRIED)
      .map(({ status, location, replacement = "" }) => ({
        file,
        line: location.start.line,
        original: textAt(source, location),
        replacement,
        isNoticed: NOTICED.includes(status),
      })),
  );
  const used = new Set<Equivalent>();
  const counted = tried.filter(({ file, original, replacement, isNoticed }) => {
    const equivalent = equivalents.find(
      (each) =>
        each.file === file && each.original === original && each.replacement === replacement,
    );
    if (isNoticed || equivalent === undefined) return true;
    used.add(equivalent);
    return false;
  });
  return {
    noticed: counted.filter(({ isNoticed }) => isNoticed).length,
    all: counted.length,
    survivors: counted
      .filter(({ isNoticed }) => !isNoticed)
      .map(
        ({ file, line, original, replacement }) =>
          `${file}:${line}: ${onOneLine(original)} → ${onOneLine(replacement)}`,
      ),
    stale: equivalents.filter((each) => each.file in files && !used.has(each)),
  };
}

/** Lines and columns are counted from 1; the end is the first column that isn't part of it. */
function textAt(source: string, { start, end }: Mutant["location"]): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
    )
    .join("\n");
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
