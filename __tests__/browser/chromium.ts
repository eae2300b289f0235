import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** @throws Error that says what is missing and how to get it */
export async function launchChromium(): Promise<Browser> {
  const executablePath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
  if (executablePath === undefined) {
    throw new Error(
      `no ${NAMES.join(", ")} on the PATH: the page is tested in a real browser; install one, e.g. apt-get install chromium`,
    );
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}
