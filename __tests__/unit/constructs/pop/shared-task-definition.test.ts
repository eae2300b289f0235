import { PopTask, SharedTaskDefinition } from "../../../../lib/index";
import { aCluster, aTask } from "../../../fixtures/a-cluster";
import type { PopTaskProps, SharedTaskDefinitionProps } from "../../../../lib/index";
import { resourceAt, resourcesOf, synthesizeConstructs } from "../../../fixtures/synthesize";
import type { Arguments, SynthesizedStack } from "../../../fixtures/synthesize";

const CONTAINERS = ["init", "bird", "api"];

interface Overrides {
  readonly definition?: Partial<SharedTaskDefinitionProps>;
  readonly pop?: Partial<PopTaskProps>;
}

/** One definition, and two PoPs: pop7 shares it, pop8 has its own. */
function stackOf({ definition = {}, pop = {} }: Overrides = {}): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    const cluster = aCluster(stack);
    const task = aTask(cluster);
    const { taskDefinition } = new SharedTaskDefinition(stack, "shared", {
      ...task,
      portBases: { bgp: 20000, api: 21000, metrics: 22000 },
      initImage: "registry.example/busybox:1",
      ...definition,
    });
    const popTask = (siteId: number, extra: Partial<PopTaskProps>) =>
      new PopTask(stack, `pop-pop${siteId}`, {
        ...task,
        pop: `pop${siteId}`,
        siteId,
        ports: { bgp: 20000 + siteId, api: 21000 + siteId, metrics: 22000 + siteId },
        bgpPeers: [],
        bgpSecurityGroup: cluster.bgpSecurityGroup(siteId),
        cluster: cluster.cluster,
        ...extra,
      });
    popTask(7, { taskDefinition, ...pop });
    popTask(8, {});
  });
}

function containersOf(definition: Arguments): Arguments[] {
  return JSON.parse(String(definition["container_definitions"])) as Arguments[];
}

const stack = stackOf();
const shared = resourceAt(stack, "aws_ecs_task_definition", "shared/Resource");
const own = resourceAt(stack, "aws_ecs_task_definition", "pop-pop8/task-definition");
const [init, bird, api] = containersOf(shared);

describe("a shared task definition", () => {
  it("is one resource for all PoPs that use it, with a family that no PoP's can have", () => {
    expect(resourcesOf(stack, "aws_ecs_task_definition")).toHaveLength(2);
    expect(shared["family"]).toBe("routed-test--pops");
    expect(own["family"]).toBe("routed-test-pop8");
    const service = resourceAt(stack, "aws_ecs_service", "pop-pop7/Resource");
    expect(service["task_definition"]).toMatch(/^\$\{aws_ecs_task_definition\.shared_/);
    const canary = stackOf({ definition: { label: "canary" } });
    expect(resourceAt(canary, "aws_ecs_task_definition", "shared/Resource")["family"]).toBe(
      "routed-test--canary",
    );
  });

  it("limits, checks, logs and confines the routed containers as a PoP's own does", () => {
    const kept = ["cpu", "memory", "network_mode", "task_role_arn", "execution_role_arn"];
    for (const name of [...kept, "skip_destroy"]) expect(shared[name]).toEqual(own[name]);
    expect([init, bird, api].map((container) => container?.["name"])).toEqual(CONTAINERS);
    const [ownBird, ownApi] = containersOf(own);
    for (const [ours, theirs] of [
      [bird, ownBird],
      [api, ownApi],
    ] as const) {
      for (const name of ["image", "essential", "linuxParameters", "readonlyRootFilesystem"]) {
        expect(ours?.[name]).toEqual(theirs?.[name]);
      }
      expect(ours).toMatchObject({
        stopTimeout: theirs?.["stopTimeout"],
        ulimits: theirs?.["ulimits"],
      });
    }
    const timing = (container: Arguments | undefined) => {
      const { command, ...rest } = container?.["healthCheck"] as Arguments;
      return [Array.isArray(command), rest];
    };
    expect(timing(bird)).toEqual(timing(ownBird));
  });

  it("says nothing of a PoP: no port, no name, no id", () => {
    const text = String(shared["container_definitions"]);
    expect(text).not.toMatch(/pop[78]|2000[78]|2100[78]/);
    for (const container of [init, bird, api]) expect(container?.["portMappings"]).toEqual([]);
    expect(shared).not.toHaveProperty("tags.routed:pop");
  });

  it("starts the routed containers once the init container has written their environment", () => {
    expect(shared["volume"]).toEqual([{ name: "task-environment" }]);
    const mount = { sourceVolume: "task-environment", containerPath: "/opt/routed-task" };
    const done = { containerName: "init", condition: "SUCCESS" };
    expect(init).toMatchObject({
      essential: false,
      image: "registry.example/busybox:1",
      readonlyRootFilesystem: true,
      startTimeout: 480,
      mountPoints: [{ ...mount, readOnly: false }],
    });
    expect(bird).toMatchObject({ dependsOn: [done], mountPoints: [{ ...mount, readOnly: true }] });
    expect(api).toMatchObject({
      dependsOn: [done, { containerName: "bird", condition: "START" }],
      mountPoints: [{ ...mount, readOnly: true }],
    });
    expect((bird?.["command"] as string[]).slice(-2)).toEqual(["sh", "bird"]);
  });

  it("gives each PoP's service the tags that its tasks ask for, shared or not", () => {
    for (const siteId of [7, 8]) {
      expect(resourceAt(stack, "aws_ecs_service", `pop-pop${siteId}/Resource`)).toMatchObject({
        propagate_tags: "SERVICE",
        tags: { "routed:pop": `pop${siteId}`, "routed:site-id": String(siteId) },
      });
    }
  });

  it("is refused with all that is wrong with it", () => {
    const portBases = { bgp: 1023, api: 21000, metrics: 65535 };
    expect(() => stackOf({ definition: { label: "a--b", cpuUnits: 1, portBases } })).toThrow(
      "other/shared: cpuUnits must be an integer between 128 and 196608, got 1; " +
        'label must be lower-case letters, digits and single hyphens, got "a--b"; ' +
        "portBases.bgp must be an integer between 1024 and 65534, got 1023; " +
        "portBases.metrics must be an integer between 1024 and 65534, got 65535",
    );
  });

  it("tells the init container how a node's cores are divided, and pins what runs", () => {
    const definition = { cpuIsolation: "cpuset", reservedCpuUnits: 1025 } as const;
    const cpuset = resourceAt(
      stackOf({ definition }),
      "aws_ecs_task_definition",
      "shared/Resource",
    );
    const [initOf, birdOf, apiOf] = containersOf(cpuset);
    expect(initOf?.["environment"]).toEqual(
      expect.arrayContaining([
        { name: "ROUTED_RESERVED_VCPUS", value: "2" },
        { name: "ROUTED_SYSFS", value: "/sys" },
        { name: "ROUTED_TASK_VCPUS", value: "4" },
      ]),
    );
    for (const each of [birdOf, apiOf]) {
      expect(JSON.stringify(each?.["command"])).toContain("ROUTED_TASKSET");
    }
    expect(JSON.stringify(birdOf?.["healthCheck"])).toContain("ROUTED_TASKSET");
    // ECS still reserves and limits the same, whether a task finds its cores or not.
    expect([cpuset["cpu"], cpuset["memory"]]).toEqual([shared["cpu"], shared["memory"]]);
    const quota = stackOf({ definition: { cpuIsolation: "quota", reservedCpuUnits: 1025 } });
    expect(resourceAt(quota, "aws_ecs_task_definition", "shared/Resource")).toEqual(shared);
  });

  it("has whole vCPUs where tasks have cores of their own", () => {
    expect(() => stackOf({ definition: { cpuIsolation: "cpuset", cpuUnits: 1536 } })).toThrow(
      "other/shared: cpuUnits must be a multiple of 1024 where cpuIsolation is cpuset, got 1536",
    );
  });

  it("leaves the core set's number to the PoP's service", () => {
    const serviceOf = (pop: Partial<PopTaskProps>) =>
      resourceAt(stackOf({ pop }), "aws_ecs_service", "pop-pop7/Resource");
    expect(serviceOf({ coreSet: 0 })).toMatchObject({ tags: { "routed:core-set": "0" } });
    expect(serviceOf({})).not.toHaveProperty("tags.routed:core-set");
    expect(serviceOf({})).not.toHaveProperty("lifecycle");
    const kept = serviceOf({ coreSet: null });
    expect(kept).not.toHaveProperty("tags.routed:core-set");
    expect(kept).toHaveProperty("lifecycle.ignore_changes", ['tags["routed:core-set"]']);
    expect(() => serviceOf({ coreSet: -1 })).toThrow(
      "other/pop-pop7: coreSet must be an integer between 0 and 9999, got -1",
    );
  });
});
