import { aRoutedEnvironment, aPlan, aSite } from "../../fixtures/a-routed-environment";
import { resourcesOf, synthesize } from "../../fixtures/synthesize";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_TASK_DEFINITION_BYTES = 64 * 1024;
const MAX_CONTAINERS = 10;

describe("the largest task definition that a valid config gives", () => {
  const environment = aRoutedEnvironment({
    name: "e".repeat(16),
    autopilotSites: [aSite(999, { name: "p".repeat(24) })],
  });
  const image = `registry.example/${"i".repeat(255 - "registry.example/".length)}`;
  const routed = {
    ...environment.routed,
    image,
    cpuUnits: 196608,
    memoryMiB: 1048576,
    cpuIsolation: "cpuset" as const,
  };
  const [definition] = resourcesOf(
    synthesize({ ...environment, routed }, aPlan()),
    "aws_ecs_task_definition",
  );

  it("is within what ECS takes, with room for what Terraform fills in", () => {
    const bytes = Buffer.byteLength(JSON.stringify(definition));
    expect(bytes).toBeGreaterThan(3 * 1024);
    expect(bytes).toBeLessThan(MAX_TASK_DEFINITION_BYTES / 4);
    const containers = JSON.parse(String(definition?.["container_definitions"])) as unknown[];
    expect(containers.length).toBeLessThanOrEqual(MAX_CONTAINERS);
  });
});
