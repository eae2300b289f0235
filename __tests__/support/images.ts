import type { Observation } from "../../lib/observe/observation";
import type { DesiredImages, TaskSettings } from "../../lib/plan/desired/desired-images";
import { withEcsChange } from "./fleet";

export const OLD_IMAGE = "registry.example/routed:1";
export const NEW_IMAGE = "registry.example/routed:2";

/** What tasks of an image are made from. */
export function settingsOf(image: string): TaskSettings {
  return { image, settings: `digest-${image.split(":").at(-1)}` };
}

/** All PoPs are to run the new image, pop1 first. */
export function desiredImages(overrides: Partial<DesiredImages> = {}): DesiredImages {
  return {
    canaries: ["pop1"],
    canary: settingsOf(NEW_IMAGE),
    others: settingsOf(NEW_IMAGE),
    popsPerWave: null,
    ...overrides,
  };
}

export function arnOfImage(image: string): string {
  return `arn:aws:ecs:us-east-2:123456789012:task-definition/routed-test--pops:${image.split(":").at(-1)}`;
}

/** The same observation where each PoP's service is started from the old image, or from another. */
export function withImages(
  observation: Observation,
  others: Readonly<Record<string, string>> = {},
): Observation {
  return withEcsChange(observation, ({ services }) => {
    const imageOf = (pop: string) => others[pop] ?? OLD_IMAGE;
    const images = [...new Set(services.map(({ serviceName }) => imageOf(serviceName)))].sort();
    return {
      services: services.map((service) => ({
        ...service,
        taskDefinitionArn: arnOfImage(imageOf(service.serviceName)),
      })),
      taskDefinitions: images.map((image) => ({
        taskDefinitionArn: arnOfImage(image),
        ...settingsOf(image),
      })),
    };
  });
}

/** The same observation where ECS replaces the tasks of a PoP. */
export function whileDeploying(observation: Observation, pop: string): Observation {
  return withEcsChange(observation, ({ services }) => ({
    services: services.map((service) =>
      service.serviceName === pop ? { ...service, deploymentInProgress: true } : service,
    ),
  }));
}
