import type { Socket } from "node:net";
import { contentType, errorBody } from "./loopback-aws";
import type { Fault } from "./loopback-aws";

/** The answer that AWS gives with an error code. */
export function refusing(status: number, code: string, message: string): Fault {
  return (response, _, protocol) => {
    response.writeHead(status, { "content-type": contentType(protocol) });
    response.end(errorBody(protocol, code, message));
  };
}

/** A 200 with other bytes than AWS would have sent. */
export function sending(change: (body: string) => string): Fault {
  return (response, body, protocol) => {
    response.writeHead(200, { "content-type": contentType(protocol) });
    response.end(change(body));
  };
}

export const throttling = refusing(400, "ThrottlingException", "Rate exceeded.");
export const failing = refusing(500, "InternalError", "An internal error has occurred");
export const denied = refusing(403, "AccessDenied", "You are not authorized to do this.");

export const badGateway: Fault = (response) => {
  response.writeHead(502, { "content-type": "text/html" });
  response.end("<html><body>Bad gateway</body></html>");
};

/** The connection ends before an answer. */
export const hangingUp: Fault = (response) => {
  response.destroy();
};

/** The connection ends in the middle of the answer. */
export const cuttingOff: Fault = (response, body, protocol) => {
  response.writeHead(200, {
    "content-type": contentType(protocol),
    "content-length": body.length,
  });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
};

/** Nothing is answered, and the connection stays, for as long as somebody waits. */
export const silence: Fault = () => undefined;

/** The same, where the time that the client would wait is over at once. */
export const timingOut: Fault = (_response, _body, _protocol, _bodyAfter, client) => {
  endPatience(client);
};

/** The answer stops in its middle, and the connection stays; the time that the client would wait is over at once. */
export const stalling: Fault = (response, body, protocol, _, client) => {
  client?.once("data", () => endPatience(client));
  response.writeHead(200, { "content-type": contentType(protocol) });
  response.write(body.slice(0, body.length / 2));
};

/**
 * What Node does to a socket once it was idle for as long as it may be: no test waits for that, nor
 * is there any in which an answer that comes late on a busy machine is taken for none.
 */
function endPatience(client: Socket | undefined): void {
  if (!client) throw new Error("whoever waits for an answer must be in this process");
  setImmediate(() => client.emit("timeout"));
}
