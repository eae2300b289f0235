import { RoutedError } from "../../../../lib/errors";
import { LockKeeper } from "../../../../lib/rollout/controller/lock-keeper";
import type { LockPort } from "../../../../lib/rollout/ports";
import { FakeTime } from "../../../support/rollout/fake-time";

function setUp(renew: () => Promise<void>) {
  const time = new FakeTime();
  let renewals = 0;
  const lock: LockPort = {
    lifetimeSeconds: 180,
    acquire: () => Promise.resolve(),
    renew: () => {
      renewals += 1;
      return renew();
    },
    release: () => Promise.resolve(),
    holder: () => Promise.resolve(null),
  };
  const keeper = new LockKeeper(lock, time);
  return { time, keeper, renewals: () => renewals };
}

const fails = () => Promise.reject(new Error("S3 is slow"));

it("renews three times in a lifetime, until it is stopped", async () => {
  const { time, keeper, renewals } = setUp(() => Promise.resolve());
  keeper.start();
  await time.pass(601);
  expect(renewals()).toBe(10);
  await time.during(keeper.stop());
  await time.pass(600);
  expect(renewals()).toBe(10);
  expect(keeper.lost.aborted).toBe(false);
});

it("is lost at once where somebody else holds it", async () => {
  const { time, keeper, renewals } = setUp(() =>
    Promise.reject(new RoutedError("locked", "bob runs a rollout")),
  );
  expect(await time.during(keeper.confirm())).toBe(false);
  expect(keeper.lost.aborted).toBe(true);
  expect(keeper.reason).toBe("bob runs a rollout");
  expect(await time.during(keeper.confirm())).toBe(false);
  expect(renewals()).toBe(1);
});

it("is not held for sure, but not lost either, where it can't be asked for a moment", async () => {
  let attempts = 0;
  const { time, keeper } = setUp(() => ((attempts += 1) <= 3 ? fails() : Promise.resolve()));
  expect(await time.during(keeper.confirm())).toBe(false);
  expect(keeper.lost.aborted).toBe(false);
  expect(await time.during(keeper.confirm())).toBe(true);
});

it("is lost once it couldn't be renewed for its lifetime", async () => {
  const { time, keeper } = setUp(fails);
  keeper.start();
  await time.pass(170);
  expect(keeper.lost.aborted).toBe(false);
  await time.pass(30);
  expect(keeper.lost.aborted).toBe(true);
  expect(keeper.reason).toBe("it could not be renewed before it expired: S3 is slow");
});

it("never renews twice at the same time", async () => {
  let underWay = 0;
  const { time, keeper } = setUp(async () => {
    underWay += 1;
    expect(underWay).toBe(1);
    await time.sleep(1000);
    underWay -= 1;
  });
  await time.during(Promise.all([keeper.confirm(), keeper.confirm(), keeper.confirm()]));
});
