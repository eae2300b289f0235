/**
 * Wakes up every 5 ms for `seconds` once a line comes in, does a little work (about half a
 * millisecond) and prints, in milliseconds, how long after each planned wake-up that was done, and the
 * CPU time that it took: `latency.ts <seconds>`. A wake-up that is missed is made up for at once, and its delay counts from
 * when it was due.
 */
import { once } from "node:events";

const PERIOD_MS = 5;
const WORK_ROUNDS = 250_000;

function work(): number {
  let sink = 0;
  for (let i = 0; i < WORK_ROUNDS; i += 1) sink = (sink * 31 + i) | 0;
  return sink;
}

async function main(): Promise<void> {
  const seconds = Number(process.argv[2] ?? 1);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const delays = new Float64Array(Math.floor((seconds * 1000) / PERIOD_MS));
  // The work is compiled before it is measured.
  for (let i = 0; i < 50; i += 1) work();
  console.log("ready");
  await once(process.stdin, "data");
  process.stdin.destroy();
  const before = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < delays.length; i += 1) {
    const due = start + (i + 1) * PERIOD_MS;
    const wait = due - performance.now();
    if (wait > 0) Atomics.wait(clock, 0, 0, wait);
    work();
    delays[i] = performance.now() - due;
  }
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ delays: [...delays], cpuSeconds: (user + system) / 1e6 }));
}

void main();
