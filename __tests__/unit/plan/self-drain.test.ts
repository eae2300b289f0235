import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { renderUserData } from "../../../lib/plan/user-data";

const CLUSTER = "routed-test";
const ARN = `arn:aws:ecs:us-east-2:123456789012:container-instance/${CLUSTER}/0123456789abcdef`;

/** Instance metadata, the ECS agent's introspection and ECS itself, on loopback. */
class FakeNode {
  /** What was asked of ECS. */
  readonly calls: { readonly headers: IncomingMessage["headers"]; readonly body: unknown }[] = [];
  /** How many more looks at the agent find a task running. */
  looksWithTasks = 2;
  ecsStatus = 200;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeNode> {
    const server = createServer();
    const node = new FakeNode(server);
    server.on("request", (request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const [status, answer] = node.answer(request, body);
        response.writeHead(status).end(answer);
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

  private answer(request: IncomingMessage, body: string): [number, string] {
    const { headers, method, url = "" } = request;
    if (url === "/ecs/") {
      this.calls.push({ headers, body: JSON.parse(body) as unknown });
      return [this.ecsStatus, "{}"];
    }
    if (url === "/v1/metadata") {
      return [200, JSON.stringify({ Cluster: CLUSTER, ContainerInstanceArn: ARN, Version: "1" })];
    }
    if (url === "/v1/tasks") {
      this.looksWithTasks -= 1;
      const status = this.looksWithTasks >= 0 ? "RUNNING" : "STOPPED";
      return [200, JSON.stringify({ Tasks: [{ Arn: "arn:1", KnownStatus: status }] })];
    }
    if (url === "/latest/api/token") {
      const asked = method === "PUT" && headers["x-aws-ec2-metadata-token-ttl-seconds"] === "300";
      return asked ? [200, "token-1"] : [400, ""];
    }
    if (headers["x-aws-ec2-metadata-token"] !== "token-1") return [401, ""];
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
    const found = metadata[url];
    return found === undefined ? [404, ""] : [200, found];
  }
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
    const userData = renderUserData({
      os: "al2023",
      clusterName: CLUSTER,
      slot: 1,
      availabilityZone: "us-east-2b",
      instanceType: "r6i.32xlarge",
      rootVolumeGiB: 100,
      ecsAgentSettings: {},
    })
      .replace(/(?<=[ =])\/(etc|usr|var)\//g, `${folder}/$1/`)
      .replace("http://127.0.0.1:51678", node.url)
      .replace("http://169.254.169.254", node.url)
      .replace('"https://ecs.$region.$(meta services/domain)/"', `"${node.url}/ecs/"`)
      .replace("sleep 2", "sleep 0.05");
    // systemctl is the one thing that a machine without systemd lacks; it writes down what it is told.
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    const log = join(folder, "systemctl.log");
    writeFileSync(join(bin, "systemctl"), `#!/bin/sh\necho "$@" >> ${log}\n`, { mode: 0o755 });
    const ran = spawnSync("bash", ["-c", userData], {
      env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
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

  function run(argument: "start" | "stop"): Promise<{ status: number | null; stderr: string }> {
    return new Promise((resolve) => {
      const child = spawn(script, [argument], { stdio: ["ignore", "ignore", "pipe"] });
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
    expect(node.looksWithTasks).toBe(-1);
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
    expect(node.looksWithTasks).toBe(2);
  });

  it("is stopped by systemd before the ECS agent, Docker and the network are", () => {
    const text = readFileSync(unit, "utf8");
    expect(text).toContain("After=network-online.target docker.service ecs.service\n");
    expect(text).toContain("ExecStop=-/usr/local/sbin/routed-drain stop\n");
    expect(text).toContain("TimeoutStopSec=180\n");
  });
});
