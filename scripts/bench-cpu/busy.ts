/**
 * Keeps `threads` threads busy for `seconds` once a line comes in, and prints how many rounds of
 * work they did: `busy.ts <threads> <seconds>`.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** A round of work is alike in all runs; the clock is read after each. */
const SPIN = `
const { parentPort, workerData } = require("node:worker_threads");
const end = performance.now() + workerData * 1000;
let rounds = 0;
let sink = 0;
for (; performance.now() < end; rounds++) for (let i = 0; i < 20000; i++) sink = (sink * 31 + i) | 0;
parentPort.postMessage(sink === 0.5 ? 0 : rounds);
`;

async function main(): Promise<void> {
  const [threads = 1, seconds = 1] = process.argv.slice(2).map(Number);
  console.log("ready");
  await once(process.stdin, "data");
  process.stdin.destroy();
  const counts = await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(SPIN, { eval: true, workerData: seconds });
      const [rounds] = (await once(worker, "message")) as [number];
      return rounds;
    }),
  );
  console.log(JSON.stringify(counts.reduce((sum, rounds) => sum + rounds, 0)));
}

void main();
