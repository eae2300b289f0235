import { readFileSync } from "node:fs";

/** @see https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
interface LockedPackage {
  readonly name?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Lock = Readonly<Record<string, LockedPackage>>;

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Lock };

/** Packages with a script that is not run, and what it would do. */
const SCRIPTS_NOT_NEEDED: Readonly<Record<string, string>> = {
  "@parcel/watcher": "compiles its addon, on request only",
  "@swc/core": "fetches WebAssembly where the platform's package is missing",
  esbuild: "puts the platform's program in the place of the one that starts it",
  "unrs-resolver": "fetches the platform's package where npm left it out",
};
const NAMES_OF_PLATFORMS = [/linux-x64/, /linux-arm64/, /darwin-x64/, /darwin-arm64/];

/** Packages whose install needs more than their files. */
function refused(lock: Lock): string[] {
  return Object.entries(lock)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path, part]) => ({ part, name: part.name ?? path.replace(/^.*node_modules\//, "") }))
    .filter(({ part, name }) => {
      const optional = Object.keys(part.optionalDependencies ?? {});
      const has = (platform: RegExp) =>
        optional.some((other) => platform.test(other) && `node_modules/${other}` in lock);
      return !(name in SCRIPTS_NOT_NEEDED && NAMES_OF_PLATFORMS.every(has));
    })
    .map(({ name }) => name);
}

describe("an install compiles nothing and fetches nothing but packages", () => {
  it("runs no script", () => {
    expect(readFileSync(".npmrc", "utf8")).toMatch(/^ignore-scripts=true$/m);
  });

  it("has no package that needs one", () => {
    expect(refused(packages)).toEqual([]);
  });

  it("refuses a package whose script nobody looked at, and one whose binaries are not all packages", () => {
    const addon = { hasInstallScript: true };
    expect(refused({ ...packages, "node_modules/a/node_modules/addon": addon })).toEqual(["addon"]);
    const others = Object.entries(packages).filter(([path]) => !path.endsWith("/linux-arm64"));
    expect(refused(Object.fromEntries(others))).toEqual(["esbuild"]);
  });

  it("is the same from every registry", () => {
    const locked = Object.entries(packages).filter(([path, { inBundle }]) => path && !inBundle);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))).toEqual([]);
  });
});

it("cdktf's terminal opens under this Node", async () => {
  interface Terminal {
    readonly onData: (listener: (data: string) => void) => void;
    readonly onExit: (listener: (end: { readonly exitCode: number }) => void) => void;
  }
  type Spawn = (file: string, args: readonly string[], options: object) => Terminal;
  const cli = require.resolve("@cdktf/cli-core/package.json");
  const file = require.resolve("@cdktf/node-pty-prebuilt-multiarch", { paths: [cli] });
  const { spawn } = (await import(file)) as { readonly spawn: Spawn };
  const terminal = spawn("sh", ["-c", "test -t 1 && echo open; exit 3"], {});
  let said = "";
  terminal.onData((data) => (said += data));
  const exitCode = await new Promise((resolve) => terminal.onExit((end) => resolve(end.exitCode)));
  expect({ said: said.trim(), exitCode }).toEqual({ said: "open", exitCode: 3 });
});
