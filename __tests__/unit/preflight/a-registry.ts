import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a registry gives for a path; undefined leaves the request without an answer. */
export type RegistryAnswer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | undefined;

/** A container registry on this machine that gives what a test wants of it. */
export interface LocalRegistry {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** "GET /v2/…", with the token that came along. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

export async function startRegistry(
  answer: (path: string, authorization: string | undefined, host: string) => RegistryAnswer,
): Promise<LocalRegistry> {
  const requests: string[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const { authorization } = request.headers;
    requests.push([request.method, request.url, authorization].filter(Boolean).join(" "));
    const given = answer(request.url ?? "", authorization, request.headers.host ?? "");
    if (given === undefined) return;
    const { status = 200, headers = {}, body } = given;
    response.writeHead(status, headers);
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
