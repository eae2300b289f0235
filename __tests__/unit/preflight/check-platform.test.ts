import { requirePlatform } from "../../../lib/preflight/check-platform";
import type { ImagePlatforms } from "../../../lib/preflight/image-platforms";
import type { Architecture } from "../../../lib/config/environment";
import { aDaemon } from "../../fixtures/a-routed-environment";
import { anEnvironmentOf, aSubject, deployed } from "./a-subject";

const environment = anEnvironmentOf(3);

async function check(
  architecture: Architecture,
  platforms: ImagePlatforms,
  subject = aSubject(environment),
) {
  const image = { ...environment.fleet.image, architecture };
  const wanted = { ...environment, fleet: { ...environment.fleet, image } };
  const [plan] = subject.waves;
  const asked: string[] = [];
  const notes = await requirePlatform(wanted, plan!, (name) => {
    asked.push(name);
    return Promise.resolve(platforms);
  });
  return { notes, asked };
}

it("lets nodes be launched that the tasks' image was built for", async () => {
  const both = { architectures: ["amd64", "arm64"] };
  expect(await check("x86_64", both)).toEqual({ notes: [], asked: [environment.routed.image] });
  expect((await check("arm64", both)).notes).toEqual([]);
});

it("refuses nodes that no task could run on, before one is destroyed for them", async () => {
  await expect(check("arm64", { architectures: ["amd64"] })).rejects.toThrow(
    `test: routed.image must be built for linux/arm64 when fleet.image.architecture is arm64, got ` +
      `${environment.routed.image}, which is for linux/amd64; build it for both, or change fleet.image`,
  );
  await expect(check("x86_64", { architectures: ["arm64"] })).rejects.toMatchObject({
    code: "unusable-image",
  });
});

it("asks for the images of daemons, too, and says which one it is", async () => {
  const daemons = [aDaemon(), aDaemon({ name: "shipper", image: "registry.example/shipper:2" })];
  const wanted = { ...environment, routed: { ...environment.routed, daemons } };
  const [plan] = aSubject(wanted).waves;
  const read = (image: string) =>
    Promise.resolve({ architectures: image.includes("shipper") ? ["arm64"] : ["amd64"] });
  await expect(requirePlatform(wanted, plan!, read)).rejects.toThrow(
    "test: routed.daemons[1].image must be built for linux/amd64 when fleet.image.architecture is x86_64, got registry.example/shipper:2",
  );
});

it("notes what couldn't be checked, and refuses nothing for it", async () => {
  const { notes } = await check("arm64", { unread: "the registry wants credentials" });
  expect(notes).toEqual([
    `whether ${environment.routed.image} runs on arm64 was not checked: the registry wants credentials`,
  ]);
});

it("asks no registry where no node is launched", async () => {
  const converged = aSubject(environment, deployed(environment));
  expect(await check("arm64", { architectures: [] }, converged)).toEqual({ notes: [], asked: [] });
});

it("asks for the canaries' image too", async () => {
  const canaryImage = "registry.example/autopilot-routed:canary";
  const subject = aSubject(environment);
  const wanted = { ...environment, routed: { ...environment.routed, canaryImage } };
  const read = (image: string) =>
    Promise.resolve({ architectures: [image === canaryImage ? "arm64" : "amd64"] });
  await expect(requirePlatform(wanted, subject.waves[0]!, read)).rejects.toThrow(
    `test: routed.canaryImage must be built for linux/amd64 when fleet.image.architecture is x86_64, got ${canaryImage}`,
  );
});
