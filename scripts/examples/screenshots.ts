import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { RoutedError } from "../../lib/errors";

const LOOKS: readonly (BrowserContextOptions & { suffix: string; only?: string })[] = [
  { suffix: "", colorScheme: "light", viewport: { width: 1200, height: 800 } },
  { suffix: "-dark", only: "new-ami", colorScheme: "dark", viewport: { width: 1200, height: 800 } },
  {
    suffix: "-phone",
    only: "new-ami",
    colorScheme: "light",
    viewport: { width: 390, height: 844 },
  },
];

/**
 * Takes `<name>.png` of each `<name>.html` in a folder; of the new AMI in dark and on a phone, too.
 *
 * @throws RoutedError `missing-tool` where there is no Chromium on the PATH
 */
export async function takeScreenshots(directory: string, names: readonly string[]): Promise<void> {
  const which = spawnSync("sh", ["-c", "command -v chromium || command -v google-chrome"], {
    encoding: "utf8",
  });
  const executablePath = which.stdout.trim();
  if (executablePath === "") {
    const what = "no chromium on the PATH, which takes the pictures";
    throw new RoutedError("missing-tool", `${what}; install it, e.g. apt-get install chromium`);
  }
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    for (const { suffix, only, ...look } of LOOKS) {
      for (const name of names.filter((candidate) => only === undefined || only === candidate)) {
        const page = await browser.newPage(look);
        await page.goto(pathToFileURL(join(directory, `${name}.html`)).href);
        await page.screenshot({ path: join(directory, `${name}${suffix}.png`), fullPage: true });
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
}
