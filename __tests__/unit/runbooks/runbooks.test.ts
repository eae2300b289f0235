import { renderUnavailability } from "../../../lib/plan/render/render-unavailability";
import { EVERY_UNAVAILABILITY } from "../../support/every-reason";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../../lib/cli/run-cli";
import { ALARM_KINDS } from "../../../lib/config/alarm-names";
import { ERROR_CODES, RoutedError, runbookOf } from "../../../lib/errors";
import { ALERT_NAMES } from "../../../lib/metrics/alert-names";
import { HOLD_TOPICS } from "../../../lib/plan/holds";
import { STOP_REASONS } from "../../../lib/rollout/rollout-result";

const FOLDER = join(__dirname, "../../../docs/runbooks");
const pages = readdirSync(FOLDER).filter((file) => file !== "README.md");
const textOf = (page: string): string => readFileSync(join(FOLDER, page), "utf8");

/** RoutedPopDown: alert-pop-down.md. */
const pageOfAlert = (name: string): string =>
  `alert${name
    .replace(/^Routed/, "")
    .replace(/[A-Z]/g, "-$&")
    .toLowerCase()}.md`;

describe("the runbooks", () => {
  it("have a page for each alarm, alert, hold topic, stop reason and error code, and no other", () => {
    const wanted = [
      ...ALARM_KINDS.map((kind) => `alarm-${kind}.md`),
      ...ALERT_NAMES.map(pageOfAlert),
      ...HOLD_TOPICS.map((topic) => `held-${topic}.md`),
      ...STOP_REASONS.map((reason) => `stopped-${reason}.md`),
      ...ERROR_CODES.map((code) => `error-${code}.md`),
    ];
    expect([...pages].sort()).toEqual(wanted.sort());
  });

  it("are all in the index, by their titles; if not, run: npm run generate", () => {
    const listed = [...textOf("README.md").matchAll(/^- \[(.+)\]\((.+)\)$/gm)];
    expect(listed.map(([, , page = ""]) => page).sort()).toEqual([...pages].sort());
    for (const [, title = "", page = ""] of listed) {
      expect(textOf(page).startsWith(`# ${title}\n`)).toBe(true);
    }
  });

  it.each(pages)(
    "%s says what it means, how to look and what to do, on a screen or two",
    (page) => {
      const text = textOf(page);
      const headings = text.split("\n").filter((line) => line.startsWith("#"));
      expect(headings.slice(1).filter((line) => line.startsWith("## "))).toEqual([
        "## What it means",
        "## Look",
        "## Do",
      ]);
      expect(text.split("\n").length).toBeLessThan(60);
      expect(text).toMatch(/## Look\n\n```sh\n/);
    },
  );

  it.each(pages)("%s leads to pages that exist", (page) => {
    const links = [...textOf(page).matchAll(/\]\(([^)#]+)\)/g)].map(([, link = ""]) => link);
    const missing = links.filter((link) => !existsSync(join(FOLDER, link)));
    expect(missing).toEqual([]);
  });

  it("name commands and options that routed has", async () => {
    let help = "";
    const print = (text: string): void => void (help += text);
    const world = { variables: {}, width: undefined, print, printError: print };
    const used = pages.flatMap((page) => [
      ...textOf(page).matchAll(/npx routed ([a-z]+)([^\n`#]*)/g),
    ]);
    for (const [, command = "", rest = ""] of used) {
      help = "";
      expect(await runCli([command, "--help"], world)).toBe(0);
      expect(help).toContain(`Usage: routed ${command}`);
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(help).toContain(option);
    }
    expect(used.length).toBeGreaterThan(40);
  });

  it("tell what to do for each thing that can be wrong with a node", () => {
    const words = Object.values(EVERY_UNAVAILABILITY).map((unavailable) =>
      renderUnavailability(unavailable)
        .replace(/;.*/, "")
        .replace(/,.*/, "")
        .replace(/\d+ of \d+|node--router/, "…"),
    );
    const page = textOf("held-node-unavailable.md");
    const untold = words.filter((text) => !page.includes(text));
    expect(untold).toEqual([]);
  });
});

describe("a message", () => {
  it("leads to its page where it is the program's own", () => {
    expect(runbookOf(new RoutedError("locked", "x"))).toBe("see docs/runbooks/error-locked.md");
    expect(runbookOf(new Error("x"))).toBeNull();
    expect(runbookOf(undefined)).toBeNull();
  });

  it("is followed by that at the command's edge, once", async () => {
    let told = "";
    const printError = (text: string): void => void (told += text);
    const world = { variables: {}, width: undefined, print: () => undefined, printError };
    expect(await runCli(["plan", "nowhere"], world)).toBe(1);
    expect(told).toMatch(/nowhere[^]*\nsee docs\/runbooks\/error-invalid-[a-z]+\.md\n$/);
    expect(told.match(/see docs/g)).toHaveLength(1);
  });
});
