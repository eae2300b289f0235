// Receives a rollout's webhook and verifies it: ROUTED_WEBHOOK_SECRET=… node webhook-receiver.mjs 8080
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const MOST_BYTES = 1_000_000;
const MOST_SECONDS_OLD = 300;

/** Whether the body is the rollout's, unchanged, and was sent just now. */
export function isGenuine(secret, headers, body, now = Date.now()) {
  const timestamp = headers["routed-timestamp"] ?? "";
  const signature = Buffer.from(headers["routed-signature"] ?? "");
  if (!/^\d+$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > MOST_SECONDS_OLD) return false;
  const hmac = createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest("hex");
  const expected = Buffer.from(`v1=${hmac}`);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error("the body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Answers 204 to what is genuine, 401 to all else. A delivery may come twice: with the same id. */
export function createReceiver(secret, take) {
  const seen = new Set();
  return createServer(async (request, response) => {
    try {
      const body = await bodyOf(request);
      const genuine = request.method === "POST" && isGenuine(secret, request.headers, body);
      response.statusCode = genuine ? 204 : 401;
      if (genuine) {
        const told = JSON.parse(body.toString("utf8"));
        if (!seen.has(told.delivery)) take(told);
        seen.add(told.delivery);
      }
    } catch {
      response.statusCode = 400;
    }
    response.end();
  });
}

if (process.argv[1]?.endsWith("webhook-receiver.mjs")) {
  const secret = process.env.ROUTED_WEBHOOK_SECRET;
  if (!secret) throw new Error("set ROUTED_WEBHOOK_SECRET");
  const server = createReceiver(secret, ({ environment, rolloutId, event }) => {
    console.log(`${environment} ${rolloutId} ${event.type} ${event.message ?? ""}`.trim());
  });
  server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
    console.log(`listens on ${server.address().port}`);
  });
}
