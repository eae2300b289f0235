/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { renderReportHtml } from "../../lib/report/html/render-page";
import type { Report } from "../../lib/report/report-model";
import { withInstance, withNewAmi, withTask } from "../support/fleet";
import { aReport, aRunningFleet, aVerifiedReport } from "../unit/report/a-report";
import { aPoppedEnvironment } from "../unit/verify/a-plan";
import { launchChromium } from "./chromium";
import { textsOfLowContrast } from "./contrast";

jest.setTimeout(120_000);

const fleet = aRunningFleet();

/** A fleet with everything that is marked: changes, trouble, a refusal, warnings, notes. */
function inTrouble(): Report {
  const stopped = withInstance(withNewAmi(fleet), 2, { state: "stopped" });
  const observation = withTask(stopped, "pop1", 1, { healthStatus: "UNHEALTHY" });
  const report = aVerifiedReport(observation, aPoppedEnvironment(), (draft) =>
    draft.edit("aws_instance.node-1", { instance_type: "r6i.xlarge" }),
  );
  return { ...report, healthIgnored: true, findings: ["an oddity"] };
}

/** As many nodes and PoPs; only the shape of the page matters. */
function large(nodes: number, pops: number): Report {
  const report = aReport(withNewAmi(fleet));
  const [node] = report.nodes;
  if (!node) throw new Error("there are nodes");
  const slots = Array.from({ length: nodes }, (_, slot) => slot);
  const tasks = slots.map(() => "healthy" as const);
  const names = Array.from({ length: pops }, (_, index) => `pop${index + 1}`);
  return {
    ...report,
    nodes: slots.map((slot) => ({
      ...node,
      slot,
      availabilityZone: `us-east-2${"abc"[slot % 3]}`,
    })),
    coverage: {
      known: true,
      slots,
      changing: [0],
      pops: names.map((pop, index) => ({
        pop,
        tasks: index === 7 ? tasks.map((_, slot) => (slot === 3 ? "missing" : "healthy")) : tasks,
        healthy: nodes,
        healthyDuring: nodes - 1,
      })),
    },
  };
}

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launchChromium();
  folder = mkdtempSync(join(tmpdir(), "routed-report-page-"));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Look {
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
}

/** The page as somebody opens it, with all that it asked for or complained of. */
async function open(report: Report, { colorScheme = "light", width = 1200 }: Look = {}) {
  const file = join(folder, "report.html");
  writeFileSync(file, renderReportHtml(report));
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  return { page, requests: requests.filter((other) => other !== url), complaints };
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const sizes = [
  ["a fleet in trouble", inTrouble()],
  ["12 nodes and 100 PoPs", large(12, 100)],
  ["12 nodes and 1,000 PoPs", large(12, 1000)],
] as const;

describe.each(sizes)("the page of %s", (_, report) => {
  it("asks for nothing, and nothing of it offends its own policy", async () => {
    const { page, requests, complaints } = await open(report);
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
    // The policy lets its style in.
    const family = await page.evaluate(() => getComputedStyle(document.body).marginTop);
    expect(family).toBe("0px");
    await page.close();
  });

  it.each(["light", "dark"] as const)("has enough contrast in %s", async (colorScheme) => {
    const { page } = await open(report, { colorScheme });
    const { checked, low } = await textsOfLowContrast(page);
    expect(checked).toBeGreaterThan(50);
    expect(low).toEqual([]);
    await page.close();
  });

  it.each([390, 768, 1200])("needs no scrolling sideways at %i px", async (width) => {
    const { page } = await open(report, { width });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.close();
  });
});

it("finds text of low contrast, so that the check above means something", async () => {
  const { page } = await open(inTrouble());
  await page.evaluate(() => document.querySelector("h2")?.setAttribute("style", "color: #ccc"));
  // The page's policy forbids that style, so it is set past it.
  await page.evaluate(() => {
    const heading = document.querySelector("h2");
    if (heading) heading.style.color = "rgb(204, 204, 204)";
  });
  expect((await textsOfLowContrast(page)).low).toMatchObject([{ text: "Fleet" }]);
  await page.close();
});

it("has landmarks, one heading of the first rank, and headers in every table", async () => {
  const { page } = await open(inTrouble());
  const found = await page.evaluate(() => ({
    language: document.documentElement.lang,
    landmarks: ["header", "main", "footer"].map((name) => document.querySelectorAll(name).length),
    headings: document.querySelectorAll("h1").length,
    unnamed: [...document.querySelectorAll("section")].filter(
      (section) => document.getElementById(section.getAttribute("aria-labelledby") ?? "") === null,
    ).length,
    headless: [...document.querySelectorAll("table")].filter(
      (table) =>
        table.querySelector("thead th[scope=col]") === null ||
        [...table.querySelectorAll("tbody tr")].some((row) => !row.querySelector("th[scope=row]")),
    ).length,
    scripts: document.scripts.length,
  }));
  expect(found).toEqual({
    language: "en",
    landmarks: [1, 1, 1],
    headings: 1,
    unnamed: 0,
    headless: 0,
    scripts: 0,
  });
  await page.close();
});

it("says in words what it says by symbols and colours", async () => {
  const { page } = await open(inTrouble());
  const text = await page.evaluate(() => document.body.textContent ?? "");
  for (const words of ["is stopped", "next deploy replaces it", "Refused", "not healthy"]) {
    expect(text).toContain(words);
  }
  await page.close();
});

it("shows PoPs that lack a task first where there are many, and folds the others", async () => {
  const { page } = await open(large(12, 1000));
  const folded = page.locator("details table.matrix");
  const shown = page.locator(".matrix tbody tr").filter({ visible: true });
  expect(await shown.count()).toBe(1);
  expect(await shown.first().textContent()).toContain("pop8");
  expect(await folded.locator("tbody tr").count()).toBe(999);
  await page.close();
});

it("shows hostile values as they are", async () => {
  const hostile = `<img src=x onerror="document.title='owned'">&amp;'"`;
  const report = aReport(withNewAmi(fleet));
  const [node] = report.nodes;
  if (!node) throw new Error("there are nodes");
  const { page, requests, complaints } = await open({
    ...report,
    summary: hostile,
    nodes: [
      {
        ...node,
        why: { kind: "last-healthy-task", pops: [hostile] },
        available: false,
        state: { kind: "container-instance-status", status: hostile },
        action: "keep",
        availabilityZone: hostile,
      },
    ],
    findings: [hostile],
  });
  const text = await page.evaluate(() => document.body.textContent ?? "");
  expect(text.split(hostile).length - 1).toBe(5);
  expect(await page.title()).toBe("test has a wave staged");
  expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
  await page.close();
});

it("prints in black on white", async () => {
  const { page } = await open(inTrouble(), { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const { low } = await textsOfLowContrast(page);
  expect(low).toEqual([]);
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(background).toBe("rgb(255, 255, 255)");
  await page.close();
});

it("stays small enough for a mail or an artifact", () => {
  expect(Buffer.byteLength(renderReportHtml(large(3, 44)))).toBeLessThan(60_000);
  expect(Buffer.byteLength(renderReportHtml(large(12, 1000)))).toBeLessThan(2_500_000);
});
