import { renderSummary } from "../../../lib/plan/render/render-summary";
import { requireLaunchable } from "../../../lib/preflight/check-amis";
import { withNewAmi } from "../../support/fleet";
import { anEnvironmentOf, aSubject, deployed, launchCheck, launchRefusal } from "./a-subject";
import type { FakeAccount } from "./a-subject";

const AMI = "ami-00000000000000001";

const check = (account: FakeAccount = {}, subject = aSubject()) =>
  launchCheck(account, subject, requireLaunchable);

it("lets nodes be launched from an AMI that is available and fits their type", async () => {
  expect(await check()).toEqual({
    notes: [],
    error: undefined,
    made: [`describeImages ${AMI}`, "describeInstanceTypes r6i.large"],
  });
});

it("refuses an AMI that does not exist, before a node is destroyed for it", async () => {
  const environment = anEnvironmentOf(3);
  const subject = aSubject(environment, withNewAmi(deployed(environment), "ami-0000000000000dead"));
  expect(renderSummary(subject.waves[0]!)).toBe("upgrade node 0");
  const { error } = await check({}, subject);
  expect(error).toEqual(
    launchRefusal(
      "ami-0000000000000dead does not exist, or may not be used, in this account and region; correct fleet.image.amiId",
    ),
  );
});

it("refuses an AMI that isn't available yet", async () => {
  const { error } = await check({ images: { [AMI]: { state: "pending" } } });
  expect(error).toEqual(
    launchRefusal(`${AMI} is pending, not available; wait, or choose another AMI`),
  );
});

it("refuses an AMI of another architecture than the instance type", async () => {
  const { error } = await check({
    images: { [AMI]: { state: "available", architecture: "arm64" } },
  });
  expect(error).toEqual(
    launchRefusal(
      `${AMI} is for arm64, but r6i.large is of x86_64; change fleet.image or fleet.instanceType`,
    ),
  );
});

it("refuses an instance type that does not exist", async () => {
  const { error } = await check({ vcpus: {} });
  expect(error).toEqual(
    launchRefusal(
      "instance type r6i.large does not exist in this region; correct fleet.instanceType",
    ),
  );
});

it("says what it could not check, and refuses nothing for that", async () => {
  const { notes, error } = await check({ denied: ["describeImages", "describeInstanceTypes"] });
  expect(error).toBeUndefined();
  expect(notes).toEqual([
    `ec2:DescribeImages failed with AccessDenied (not authorized), so whether ${AMI} can be launched was not checked`,
    "ec2:DescribeInstanceTypes failed with AccessDenied (not authorized), so whether r6i.large can be launched was not checked",
  ]);
});

it("makes no call where nothing is launched", async () => {
  const environment = anEnvironmentOf(3);
  expect((await check({}, aSubject(environment, deployed(environment)))).made).toEqual([]);
});

it.each([100, 101])(
  "compares the %i GiB that an AMI needs with the root volume's 100",
  async (gib) => {
    const { error } = await check({
      images: { [AMI]: { state: "available", volumes: { "/dev/xvda": gib, "/dev/xvdb": 500 } } },
    });
    expect(error).toEqual(
      gib === 100
        ? undefined
        : launchRefusal(
            `${AMI} needs 101 GiB on /dev/xvda, but the node would have 100; raise fleet.rootVolumeGiB, or choose another AMI`,
          ),
    );
  },
);

it("refuses a data volume that is smaller than what the AMI puts on it", async () => {
  const environment = anEnvironmentOf(3);
  const image = { ...environment.fleet.image, os: "bottlerocket", amiId: AMI } as const;
  const fleet = { ...environment.fleet, image };
  const subject = aSubject({ ...environment, fleet });
  const volumes = { "/dev/xvda": 2, "/dev/xvdb": 200 };
  const { error } = await check({ images: { [AMI]: { state: "available", volumes } } }, subject);
  expect(error).toEqual(
    launchRefusal(
      `${AMI} needs 200 GiB on /dev/xvdb, but the node would have 100; raise fleet.rootVolumeGiB, or choose another AMI`,
    ),
  );
});
