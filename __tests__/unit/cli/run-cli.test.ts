import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withoutControls } from "../../../lib/cli/without-controls";
import { runRouted } from "../../support/run-routed";
import { aRecord } from "../rollout/a-record";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "routed-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function store(change: Parameters<typeof aRecord>[0]): void {
  const record = aRecord({ environment: "dev", ...change });
  const place = join(folder, "rollouts", record.rolloutId, "0001.json");
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, JSON.stringify(record));
}

const history = (...args: string[]) => runRouted(["history", "dev", "--history", folder, ...args]);

describe("what a command prints of other people's", () => {
  const EVIL = "a\u001b]0;title\u0007\u001b[2Jb\rc\u009bm\u007f\u202ed";
  // eslint-disable-next-line no-control-regex -- what must not be there
  const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]/;

  it("holds nothing that a terminal acts on, and tells what was there", async () => {
    store({ message: EVIL, operator: EVIL });
    for (const args of [[], ["--json"]]) {
      const { status, out } = await history(...args);
      expect(status).toBe(0);
      expect(out).toContain("\\u001b[2Jb");
      expect(CONTROLS.test(out)).toBe(false);
    }
    const { out } = await history("--json");
    expect(JSON.parse(out)).toMatchObject([{ message: EVIL, operator: EVIL }]);
    const { err } = await runRouted(["plan", `x${EVIL}`]);
    expect(err).toContain("has no environment");
    expect(CONTROLS.test(err)).toBe(false);
  });

  it("keeps lines, tabs and all letters", () => {
    const text = "é\tű\n→ 日本 👩‍💻";
    expect(withoutControls(text)).toBe(text);
  });
});

it("lists an environment's own waves only", async () => {
  store({});
  store({ environment: "stg", rolloutId: "2026-03-03T11-00-00Z-bbbb" });
  const { out } = await history("--json");
  expect(JSON.parse(out)).toMatchObject([{ environment: "dev" }]);
});

it.each(["history", "status"])(
  "%s refuses a folder of records that isn't there",
  async (command) => {
    const missing = join(folder, "none");
    const observed = { ROUTED_OBSERVATIONS: "__tests__/fixtures/observations" };
    expect(await runRouted([command, "dev", "--history", missing], observed)).toEqual({
      status: 1,
      out: "",
      err: `--history must be a folder of records, got "${missing}", which isn't there; correct it, or leave it out\n`,
    });
  },
);

it.each(["plan", "status", "report"])(
  "%s refuses nodes to change that aren't there",
  async (command) => {
    const variables = {
      ROUTED_OBSERVATIONS: "__tests__/fixtures/observations",
      ROUTED_ONLY_NODES: "0,99",
    };
    const { status, out, err } = await runRouted([command, "stg"], variables);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(
      /^ROUTED_ONLY_NODES must name nodes of stg \(0.*\), got 99; correct it, or unset it to let every node change\n$/,
    );
  },
);

it.each([
  [["plam"], "routed"],
  [["plan", "dev", "--jsn"], "routed plan"],
  [["rollout"], "routed rollout"],
  [["config", "add-pop", "dev", "--nam", "x"], "routed config add-pop"],
  [["export", "prometheus", "dev"], "routed export prometheus"],
])("sends who mistook %j to the help of its command", async (args, command) => {
  const { status, err } = await runRouted(args);
  expect(status).toBe(1);
  expect(err).toContain(`(see ${command} --help)`);
});
