import { open, stat } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

/** How often the log is looked at while a program writes to it. */
const LOOK_MS = 250;

/** Of what was written, so much is returned: enough to quote its end. */
const KEPT_CHARACTERS = 64_000;

/** Follows what is appended to a log file, from where it ends when this is asked to skip to it. */
export class LogTail {
  private readonly decoder = new StringDecoder("utf8");
  private offset = 0;
  private unfinished = "";
  private kept = "";
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> = Promise.resolve();

  /** @param report is told each line that is complete */
  constructor(
    private readonly file: string,
    private readonly report: (line: string) => void = () => undefined,
  ) {}

  /** Passes over what was written so far. */
  async skip(): Promise<void> {
    this.offset = (await stat(this.file)).size;
  }

  follow(): void {
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }

  /** Reads the rest, and ends. @returns the end of all that was appended */
  async end(): Promise<string> {
    clearInterval(this.timer);
    await this.look();
    if (this.unfinished !== "") this.report(this.unfinished);
    this.unfinished = "";
    return this.kept;
  }

  private look(): Promise<void> {
    this.reading = this.reading.then(() => this.read()).catch(() => undefined);
    return this.reading;
  }

  private async read(): Promise<void> {
    const handle = await open(this.file, "r");
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.max(0, size - this.offset));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.offset);
      const text = this.decoder.write(buffer.subarray(0, bytesRead));
      this.offset += bytesRead;
      this.kept = (this.kept + text).slice(-KEPT_CHARACTERS);
      const lines = (this.unfinished + text).split("\n");
      this.unfinished = lines.pop() ?? "";
      for (const line of lines) this.report(line);
    } finally {
      await handle.close();
    }
  }
}
