import { requireLaunchable } from "../../../lib/preflight/check-amis";
import { requireLaunches } from "../../../lib/preflight/check-launches";
import { requirePlatform } from "../../../lib/preflight/check-platform";
import { renderSummary } from "../../../lib/plan/render/render-summary";
import { withNewAmi } from "../../support/fleet";
import { anEnvironmentOf, aSubject, deployed, launchCheck, launchRefusal } from "./a-subject";

const three = anEnvironmentOf(3);
const environment = { ...three, fleet: { ...three.fleet, spareNodes: 1 } };
const before = deployed(environment);
const subject = aSubject(environment, withNewAmi(before, "ami-0000000000000dead"));
const [fill] = subject.waves;

it("fills the spare first", () => {
  expect(renderSummary(fill!)).toBe("fill spare 200");
});

it("refuses an AMI that a spare couldn't be filled with", async () => {
  const { error } = await launchCheck({}, subject, requireLaunchable);
  expect(error).toEqual(
    launchRefusal(
      "ami-0000000000000dead does not exist, or may not be used, in this account and region; correct fleet.image.amiId",
    ),
  );
});

it("refuses a type that the spare's zone does not offer", async () => {
  const account = { zones: { "r6i.large": ["us-east-2b", "us-east-2c"] } };
  const { error, made } = await launchCheck(account, subject, (plan, connect) =>
    requireLaunches({ ...subject, plan }, connect),
  );
  const eni = before.networkInterfaces.find(({ slot }) => slot === 200)?.networkInterfaceId;
  expect(made).toContain(`tryRunInstances r6i.large on ${eni}`);
  expect(error).toEqual(
    launchRefusal(
      "us-east-2a of spare 200 does not offer r6i.large, only us-east-2b and us-east-2c do; " +
        "change fleet.instanceType, or freeze the node (fleet.frozenNodes)",
    ),
  );
});

it("refuses images that no task on the spare could run from", async () => {
  const read = () => Promise.resolve({ architectures: ["arm64"] });
  await expect(requirePlatform(environment, fill!, read)).rejects.toMatchObject({
    code: "unusable-image",
  });
});
