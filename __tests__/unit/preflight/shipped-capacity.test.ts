import { loadEnvironments } from "../../../lib/config/load";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { tasksBySlot, useOf } from "../../../lib/preflight/capacity/instance-capacity";
import { emptyObservation } from "../../../lib/observe/empty-observation";
import { IMAGES, imageParameter } from "../../../lib/config/naming";

/** As EC2 has them: vCPUs, GiB, ENIs, architecture. */
const TYPES: Readonly<Record<string, readonly [number, number, number, string]>> = {
  "m7i.4xlarge": [16, 64, 8, "x86_64"],
  "m7i.8xlarge": [32, 128, 8, "x86_64"],
  "r6i.32xlarge": [128, 1024, 15, "x86_64"],
  "r7i.48xlarge": [192, 1536, 15, "x86_64"],
  "t3.xlarge": [4, 16, 4, "x86_64"],
};

const images = Object.fromEntries(
  IMAGES.map(({ os, architecture }) => [imageParameter(os, architecture), "ami-00000001"]),
);

describe("the shipped environments", () => {
  it.each(loadEnvironments({ directory: "config" }).map((each) => [each.name, each] as const))(
    "%s has nodes that hold all that they must",
    (_, environment) => {
      const name = environment.fleet.instanceType;
      const [vcpus = 0, gib = 0, networkInterfaces = 0, architecture = ""] = TYPES[name] ?? [];
      const type = {
        name,
        vcpus,
        threadsPerCore: architecture === "arm64" ? 1 : 2,
        memoryMiB: gib * 1024,
        networkInterfaces,
        architectures: [architecture],
      };
      const plan = planUpgrade(desiredFleet(environment), emptyObservation(environment, images));
      const tasks = Math.max(...tasksBySlot(environment, plan).values());
      expect(useOf(type, tasks, environment).short).toEqual([]);
    },
  );
});
