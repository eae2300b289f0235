import type { PortCall } from "../../support/rollout/controller-world";
import { play } from "../../support/rollout/play";
import { SimulatedAccount } from "../../support/rollout/simulated-account";

/** Somebody takes the lock over at `time`, and lets the fleet be. */
async function lostAt(time: string): Promise<{ calls: PortCall[]; account: SimulatedAccount }> {
  const account = new SimulatedAccount();
  await account.found();
  account.releaseAmi(2);
  account.time.at(Date.parse(`2026-03-02T${time}Z`), () => {
    const now = account.time.now();
    account.lock = { owner: "bob", acquiredAt: now, expiresAt: now + 7_200_000 };
  });
  const calls: PortCall[] = [];
  const watcher = { onCall: (call: PortCall) => void calls.push(call) };
  const { result } = await account.time.during(play(account, { operator: "alice", watcher }));
  expect(result).toMatchObject({
    kind: "stopped",
    reason: "lock-lost",
    message: expect.stringContaining("the lock is lost: bob runs a rollout") as string,
  });
  expect(account.lock?.owner).toBe("bob");
  return { calls, account };
}

it("drains nothing once the lock is lost", async () => {
  const { calls, account } = await lostAt("11:00:03");
  expect(calls).not.toContain("drain");
  expect(account.history()).toEqual([]);
});

it("applies nothing once the lock is lost, and leaves the drained node to its new holder", async () => {
  const { calls, account } = await lostAt("11:00:50");
  expect(calls).toContain("prepare");
  expect(calls).not.toContain("apply");
  expect(calls).not.toContain("undo-drain");
  expect(account.fleet.nodes.get(0)?.status).toBe("DRAINING");
  expect(account.history()).toMatchObject([{ result: "running" }]);
});

it("lets Terraform go on to its end where the lock is lost meanwhile, and then records nothing", async () => {
  const { calls, account } = await lostAt("11:01:20");
  expect(calls).toContain("apply");
  expect(account.terraform.isRunning).toBe(false);
  expect(account.history()).toMatchObject([{ result: "running" }]);
});
