import { ROUTER_PORT } from "../../config/naming";

/** Where the router tells that it is well itself, whatever becomes of the PoPs. */
export const ROUTER_HEALTH_PATH = "/routed-router";

export interface RoutedPop {
  readonly name: string;
  readonly apiPort: number;
  /**
   * The slots whose nodes may run its tasks.
   * @default - all
   */
  readonly slots?: readonly number[];
}

export interface RouterConfigProps {
  /** By name: a PoP's API is reached by the host `<name>.…`. */
  readonly pops: readonly RoutedPop[];
  /** Where tasks may run. */
  readonly nodes: readonly { readonly slot: number; readonly privateIpv4: string }[];
  /** Where a task's API answers 200 when it can be used. */
  readonly healthPath: string;
}

/**
 * HAProxy's configuration for the router on a node, in short form: a line `@node` for each node and
 * a line `@pop` for each PoP stand for servers and backends, which `EXPAND` writes out at start. A
 * PoP that runs on some nodes only, such as a cell's, names a line `@slots`, which PoPs of the same
 * nodes share. So 999 PoPs fit into a task definition, whatever the number of nodes and cells.
 *
 * It is the same on every node. Requests go to the PoP's task on the router's own node while that
 * is healthy, else to any other node's.
 * @see https://docs.haproxy.org/3.0/configuration.html
 */
export function renderRouterConfig({ pops, nodes, healthPath }: RouterConfigProps): string {
  const bySlot = [...nodes].sort((a, b) => a.slot - b.slot);
  const byPort = [...pops].sort((a, b) => a.apiPort - b.apiPort);
  const limited = byPort.flatMap(({ slots }) => (slots === undefined ? [] : [textOf(slots)]));
  const sets = [...new Set(limited)].sort();
  return [
    ...GENERAL(healthPath),
    ...bySlot.map(({ slot, privateIpv4 }) => `@node ${slot} ${privateIpv4}`),
    ...sets.map((slots, index) => `@slots ${index} ${slots}`),
    ...byPort.map((pop) => popLine(pop, sets)),
    "",
  ].join("\n");
}

function popLine(pop: RoutedPop, sets: readonly string[]): string {
  const { name, apiPort, slots } = pop;
  return `@pop ${name} ${apiPort}${slots === undefined ? "" : ` ${sets.indexOf(textOf(slots))}`}`;
}

function textOf(slots: readonly number[]): string {
  return [...slots].sort((a, b) => a - b).join();
}

/**
 * Timeouts outlast the load balancer's, so that it is the one to close idle connections. A refused
 * connection marks a task as down at once, and the request goes on to another; what has reached a
 * task is never sent twice.
 */
const GENERAL = (healthPath: string): string[] => [
  "global",
  "  log stdout format raw local0 info",
  "  maxconn 4096",
  "  spread-checks 20",
  "  hard-stop-after 25s",
  "defaults",
  "  mode http",
  "  log global",
  "  option httplog",
  "  option forwardfor if-none",
  "  option redispatch 1",
  "  option allbackups",
  "  retries 3",
  "  retry-on conn-failure",
  "  timeout connect 2s",
  "  timeout client 75s",
  "  timeout http-request 10s",
  "  timeout http-keep-alive 75s",
  "  timeout server 65s",
  "  timeout tunnel 1h",
  "  timeout check 2s",
  "  option httpchk",
  `  http-check send meth GET uri ${healthPath} ver HTTP/1.1 hdr Host localhost`,
  "  http-check expect status 200",
  "  default-server check inter 5s fastinter 1s fall 2 rise 1 observe layer4 error-limit 1 on-error mark-down",
  '  http-error status 503 content-type text/plain string "no node has a healthy task of this PoP\\n"',
  "frontend api",
  `  bind :::${ROUTER_PORT} v4v6`,
  "  http-request set-var(txn.pop) req.hdr(host),lower,field(1,.)",
  "  use_backend %[var(txn.pop)]",
  "  default_backend no_such_pop",
  // No PoP's name has an underscore in it.
  "backend no_such_pop",
  `  http-request return status 200 content-type text/plain string "well\\n" if { path ${ROUTER_HEALTH_PATH} }`,
  '  http-request return status 404 content-type text/plain string "no such PoP\\n"',
];

/** An AWK program: HAProxy's configuration from its short form. */
const EXPAND = [
  "/^@node / { slot[++n] = $2; address[n] = $3; next }",
  '/^@slots / { set[$2] = "," $3 ","; next }',
  "/^@pop / {",
  '  print "backend " $2',
  '  print "  server local 127.0.0.1:" $3',
  "  for (i = 1; i <= n; i++)",
  '    if (NF < 4 || index(set[$4], "," slot[i] ","))',
  '      print "  server node-" slot[i] " " address[i] ":" $3 " backup"',
  "  next",
  "}",
  "{ print }",
].join("\n");

/** What the router's container runs: it needs a POSIX shell, `awk` and `haproxy`. */
export function renderRouterCommand(): string[] {
  const write = `printf '%s' "$ROUTER_CONFIG" | awk '${EXPAND}' > "$ROUTER_FILE"`;
  return ["sh", "-c", `${write} && exec haproxy -W -db -f "$ROUTER_FILE"`];
}
