import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { renderUserData } from "../../../../lib/plan/desired/user-data";

const CLUSTER = "routed-test";
const ARN = `arn:aws:ecs:us-east-2:123456789012:container-instance/${CLUSTER}/0123456789abcdef`;

type Status = "NONE" | "PENDING" | "RUNNING" | "STOPPED";

/** The agent's list of tasks, as it writes it: in one line. */
function tasks(...states: readonly Status[]): string {
  const list = states.map((KnownStatus, index) => ({
    Arn: `arn:aws:ecs:us-east-2:123456789012:task/${CLUSTER}/${String(index).padStart(32, "0")}`,
    DesiredStatus: "STOPPED",
    KnownStatus,
    Family: "routed-test--pops",
    Version: "1",
    Containers: [{ DockerId: "0123456789abcdef", DockerName: "ecs-init", Name: "init", Ports: [] }],
  }));
  return JSON.stringify({ Tasks: list });
}

function times(count: number, status: Status): Status[] {
  return Array<Status>(count).fill(status);
}

/** What the agent answers to one look: a text, a status, or what it does instead. */
type Answer = string | number | ((response: ServerResponse) => void);

/** Instance metadata, the ECS agent's introspection and ECS itself, on loopback. */
class FakeNode {
  /** What was asked of ECS. */
  readonly calls: { readonly headers: IncomingMessage["headers"]; readonly body: unknown }[] = [];
  /** What the agent answers, look by look; the last one is repeated. */
  looks: Answer[] = [tasks("RUNNING"), tasks("RUNNING"), tasks("STOPPED")];
  looked = 0;
  ecsStatus = 200;
  instanceArn: string | null = ARN;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeNode> {
    const server = createServer();
    const node = new FakeNode(server);
    server.on("request", (request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const answer = node.answer(request, body);
        if (typeof answer === "function") answer(response);
        else if (typeof answer === "number") response.writeHead(answer).end();
        else response.end(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return node;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
  }

  private answer(request: IncomingMessage, body: string): Answer {
    const { headers, method, url = "" } = request;
    if (url === "/ecs/") {
      this.calls.push({ headers, body: JSON.parse(body) as unknown });
      return this.ecsStatus;
    }
    if (url === "/v1/metadata") {
      const { instanceArn: ContainerInstanceArn } = this;
      return JSON.stringify({ Cluster: CLUSTER, ContainerInstanceArn, Version: "1" });
    }
    if (url === "/v1/tasks") {
      return this.looks[Math.min(this.looked++, this.looks.length - 1)] ?? 500;
    }
    if (url === "/latest/api/token") {
      const asked = method === "PUT" && headers["x-aws-ec2-metadata-token-ttl-seconds"] === "300";
      return asked ? "token-1" : 400;
    }
    if (headers["x-aws-ec2-metadata-token"] !== "token-1") return 401;
    const metadata: Record<string, string> = {
      "/latest/meta-data/placement/region": "us-east-2",
      "/latest/meta-data/services/domain": "amazonaws.com",
      "/latest/meta-data/iam/security-credentials/": "routed-test-node",
      "/latest/meta-data/iam/security-credentials/routed-test-node": JSON.stringify(
        { Code: "Success", AccessKeyId: "AKIDEXAMPLE", SecretAccessKey: "s/e+c=ret", Token: "t0" },
        null,
        2,
      ),
    };
    return metadata[url] ?? 404;
  }
}

/** In pieces, each once the one before is on its way. */
function inPieces(text: string): (response: ServerResponse) => void {
  return (response) => {
    const write = (from: number): void => {
      if (from >= text.length) response.end();
      else response.write(text.slice(from, from + 10_000), () => write(from + 10_000));
    };
    write(0);
  };
}

/** With the length of the whole, and a part of it. */
function half(text: string): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { "Content-Length": text.length });
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
  };
}

/** As much of a text as is said, and the end of the connection, which is all that tells the length. */
function cutOff(text: string, end: string): (response: ServerResponse) => void {
  return ({ socket }) => {
    const part = text.slice(0, text.indexOf(end) + end.length);
    socket?.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${part}`);
  };
}

/** The text with a part of it replaced, which must be there. */
function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the script has no ${from}`);
  return text.replaceAll(from, to);
}

describe("a node of Amazon Linux that drains itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "routed-self-drain-"));
  const script = join(folder, "usr/local/sbin/routed-drain");
  const unit = join(folder, "etc/systemd/system/routed-drain.service");
  const flag = join(folder, "var/lib/routed-drained");
  let node: FakeNode;

  beforeEach(async () => {
    node = await FakeNode.start();
    for (const file of ["etc/ecs/x", "usr/local/sbin/x", "etc/systemd/system/x", "var/lib/x"]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
    }
    const userData = [
      ["http://127.0.0.1:51678", node.url],
      ["http://169.254.169.254", node.url],
      ["https://ecs.$region.$domain/", `${node.url}/ecs/`],
      // What waits a second and more before it asks again.
      ["--retry 3", "--retry 0"],
      ...["/etc/", "/usr/local/", "/var/lib/"].map((path) => [path, `${folder}${path}`] as const),
    ].reduce(
      (text, [from = "", to = ""]) => replaced(text, from, to),
      renderUserData({
        os: "al2023",
        clusterName: CLUSTER,
        slot: 1,
        availabilityZone: "us-east-2b",
        instanceType: "r6i.32xlarge",
        rootVolumeGiB: 100,
        ecsAgentSettings: {},
      }),
    );
    // systemctl is the one thing that a machine without systemd lacks; it writes down what it is told.
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    const log = join(folder, "systemctl.log");
    writeFileSync(join(bin, "systemctl"), `#!/bin/sh\necho "$@" >> ${log}\n`, { mode: 0o755 });
    // Nobody waits here, however often is asked.
    writeFileSync(join(bin, "sleep"), "#!/bin/sh\n", { mode: 0o755 });
    const ran = spawnSync("bash", ["-c", userData], {
      env: environment(),
      encoding: "utf8",
    });
    expect(ran.stderr).toBe("");
    expect(ran.status).toBe(0);
    expect(readFileSync(log, "utf8")).toBe(
      "enable routed-drain.service\nstart --no-block routed-drain.service\n",
    );
    rmSync(log);
  });

  afterEach(() => {
    node.stop();
    rmSync(flag, { force: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** With tools that are none here before those that are. */
  function environment(): NodeJS.ProcessEnv {
    return { ...process.env, PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}` };
  }

  /** @param seconds since the script's start, as bash counts them from what it finds there */
  function run(
    argument: "start" | "stop",
    seconds = 0,
  ): Promise<{ status: number | null; stderr: string }> {
    return new Promise((resolve) => {
      const child = spawn(script, [argument], {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...environment(), SECONDS: String(seconds) },
      });
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.once("close", (status) => resolve({ status, stderr }));
    });
  }

  it("sets itself to DRAINING when it shuts down, and waits until its tasks have ended", async () => {
    expect(await run("stop")).toEqual({ status: 0, stderr: "" });
    const { body, headers } = node.calls[0] ?? {};
    expect(body).toEqual({ cluster: CLUSTER, status: "DRAINING", containerInstances: [ARN] });
    expect(headers).toMatchObject({
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonEC2ContainerServiceV20141113.UpdateContainerInstancesState",
      "x-amz-security-token": "t0",
    });
    expect(headers?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-2\/ecs\/aws4_request, /,
    );
    expect(node.looked).toBe(3);
    expect(node.calls).toHaveLength(1);
  });

  it("sets itself back to ACTIVE when it comes up again", async () => {
    await run("stop");
    expect(existsSync(flag)).toBe(true);
    expect(await run("start")).toEqual({ status: 0, stderr: "" });
    expect(node.calls[1]?.body).toMatchObject({ status: "ACTIVE", containerInstances: [ARN] });
    expect(existsSync(flag)).toBe(false);
  });

  it("leaves a node as it is that an operator has drained", async () => {
    expect(await run("start")).toEqual({ status: 0, stderr: "" });
    expect(node.calls).toEqual([]);
  });

  it("ends with an error, and does not wait for tasks, where ECS refuses", async () => {
    node.ecsStatus = 400;
    const { status } = await run("stop");
    expect(status).not.toBe(0);
    expect(node.looked).toBe(0);
  });

  // At 10,000 tasks what is found of them is more than a pipe holds: a reader that ends early fails
  // the pipe each time. At fewer it does so now and then.
  describe("node: /usr/local/sbin/routed-drain, with large inputs", () => {
    it.each([
      [200, "at once", (text: string) => text],
      [200, "in pieces", inPieces],
      [10_000, "at once", (text: string) => text],
      [10_000, "in pieces", inPieces],
    ])("waits for the last of %i tasks that the agent lists %s", async (count, _, answered) => {
      const stopped = times(count - 1, "STOPPED");
      node.looks = [
        tasks(...times(count, "RUNNING")),
        tasks("RUNNING", ...stopped),
        tasks(...stopped, "PENDING"),
        tasks(...stopped, "STOPPED"),
      ].map((text) => answered(text));
      expect(await run("stop")).toEqual({ status: 0, stderr: "" });
      expect(node.looked).toBe(4);
    });
  });

  it("waits for an answer that says that all have stopped, whatever else it gets", async () => {
    const whole = tasks("STOPPED", "STOPPED", "RUNNING");
    const none = '{"Tasks":[]}';
    node.looks = [500, "", "{}", '{"Tasks":null}', "<html>", half(whole), tasks("NONE"), none];
    expect(await run("stop")).toEqual({ status: 0, stderr: "" });
    expect(node.looked).toBe(8);
  });

  it("waits where an answer is cut off, also where what came of it looks whole", async () => {
    const whole = tasks("STOPPED", "RUNNING");
    node.looks = [
      ...['"KnownStatus":"STOPPED"', '"Ports":[]}', '"Ports":[]}]}'].map((end) =>
        cutOff(whole, end),
      ),
      cutOff(tasks("STOPPED"), "]}]}]}"),
    ];
    expect(await run("stop")).toEqual({ status: 0, stderr: "" });
    expect(node.looked).toBe(4);
  });

  it("waits for a task whatever form its state has, and for one that has none", async () => {
    const one = tasks("STOPPED", "RUNNING");
    const spaced = JSON.stringify(JSON.parse(one), null, 2);
    const states = ['"running"', '"stopped"', "null", "3", '"STOPPED?"'];
    node.looks = [
      spaced,
      ...states.map((state) => one.replace('"RUNNING"', state)),
      one.replace('"KnownStatus":"RUNNING",', ""),
      one.replace('"KnownStatus":"RUNNING"', '"knownStatus":"RUNNING"'),
      JSON.stringify(JSON.parse(tasks("STOPPED", "STOPPED")), null, 2),
    ];
    expect(await run("stop")).toEqual({ status: 0, stderr: "" });
    expect(node.looked).toBe(node.looks.length);
  });

  it("gives up in time, on tasks that go on and on an agent that has no container instance", async () => {
    node.looks = [tasks("RUNNING")];
    const stop = await run("stop", 164);
    expect(stop).toEqual({ status: 1, stderr: "tasks still run after 165 s\n" });
    node.instanceArn = null;
    const start = await run("start", 269);
    expect(start).toEqual({
      status: 1,
      stderr: "the ECS agent has not registered after 270 s\n",
    });
    expect(existsSync(flag)).toBe(true);
  });

  it("says what it lacks where the agent knows no container instance", async () => {
    node.instanceArn = null;
    expect(await run("stop")).toEqual({
      status: 1,
      stderr: "an answer has no ContainerInstanceArn\n",
    });
    expect(node.calls).toEqual([]);
  });

  it("is stopped by systemd before the ECS agent, Docker and the network are", () => {
    const text = readFileSync(unit, "utf8").replaceAll(folder, "");
    expect(text).toContain("After=network-online.target docker.service ecs.service\n");
    expect(text).toContain("ExecStop=-/usr/local/sbin/routed-drain stop\n");
    expect(text).toContain("TimeoutStopSec=180\n");
  });
});
