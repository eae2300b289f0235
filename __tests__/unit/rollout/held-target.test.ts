import type { Environment } from "../../../lib/config/environment";
import { beginLook } from "../../../lib/rollout/controller/held-target";
import { play } from "../../support/rollout/play";
import type { Controller } from "../../support/rollout/play";
import { SimulatedAccount } from "../../support/rollout/simulated-account";
import { aRecord } from "./a-record";

/** What a rollout with a wave a night, or as many as it takes, says and does. */
async function night(account: SimulatedAccount, controller: Partial<Controller> = {}) {
  const notes: string[] = [];
  const sink: Controller["sink"] = (event) => {
    if (event.type === "note") notes.push(event.message);
  };
  const settings = { maxWaves: 1, ...controller.settings };
  const played = account.time.during(
    play(account, { operator: "nightly", ...controller, settings, sink }),
  );
  const { result } = await played;
  await account.time.pass(86_400);
  return {
    kind: result?.kind,
    message: result && "message" in result ? result.message : "",
    notes,
  };
}

function amis({ fleet }: SimulatedAccount): string {
  const nodes = [...fleet.nodes.values()].sort((a, b) => a.slot - b.slot);
  return nodes.map(({ spec }) => Number(spec.amiId.slice(4))).join(" ");
}

const ami = (number: number) => `ami-${String(number).padStart(17, "0")}`;
const WAITS = `${ami(3)} is latest by now, and waits for the next rollout: this one began with ${ami(2)}`;

/** One of three nodes has AMI 2, and then AMI 3 comes out. */
async function begun(controller: Partial<Controller> = {}): Promise<SimulatedAccount> {
  const account = new SimulatedAccount();
  await account.found();
  account.releaseAmi(2);
  await night(account, controller);
  account.releaseAmi(3);
  return account;
}

it("a fleet of 12 with a wave a night is of one AMI again and again, though one comes out each week", async () => {
  const account = new SimulatedAccount({ nodes: 12 });
  await account.found();
  const converged = new Set<string>();
  for (let day = 0; day < 25; day += 1) {
    if (day % 7 === 0) account.releaseAmi(2 + day / 7);
    await night(account, { settings: { bakeSeconds: 0, pollSeconds: 600 } });
    const found = new Set(amis(account).split(" "));
    if (found.size === 1) converged.add([...found].join());
  }
  // 12 nights each, and each time it began with the newest that there was.
  expect([...converged]).toEqual(["2", "3"]);
});

describe("a rollout", () => {
  it("goes on with the AMI that the one before it began with, and tells of the newer one once", async () => {
    const account = await begun();
    const { notes } = await night(account);
    expect(amis(account)).toBe("2 2 1");
    expect(notes).toEqual([WAITS]);
    const last = await night(account, { settings: { maxWaves: 9 } });
    expect(amis(account)).toBe("2 2 2");
    expect(last.kind).toBe("converged");
    expect(last.message).toContain(WAITS);
    await night(account, { settings: { maxWaves: 9 } });
    expect(amis(account)).toBe("3 3 3");
  });

  it("holds the AMI that it began with itself, while newer ones come out", async () => {
    const account = new SimulatedAccount();
    await account.found();
    account.releaseAmi(2);
    account.time.at(account.time.now() + 900_000, () => account.releaseAmi(3));
    const { kind, message } = await night(account, { settings: { maxWaves: 9 } });
    expect(kind).toBe("converged");
    expect(message).toContain(WAITS);
    expect(amis(account)).toBe("2 2 2");
  });

  it("takes the newest where the last one failed, for that may be what mends it", async () => {
    const account = new SimulatedAccount();
    await account.found();
    account.releaseAmi(2);
    account.fateOf = () => "never-healthy";
    expect((await night(account)).kind).toBe("stopped");
    account.fateOf = () => "well";
    account.releaseAmi(3);
    await night(account, { settings: { maxWaves: 9 } });
    expect(amis(account)).toBe("3 3 3");
  });

  it("takes the newest where a node broke later that has the one that was begun with", async () => {
    const account = await begun();
    account.fleet.nodes.get(0)!.fate = "agent-disconnected";
    await night(account, { settings: { maxWaves: 9 } });
    expect(amis(account)).toBe("3 3 3");
  });

  it("takes the newest once somebody has launched a node with it, rather than take that back", async () => {
    const account = await begun();
    const { plan } = account.plan({});
    await account.time.during(
      account.terraform.apply(plan, account.terraform.stateSerial, Infinity),
    );
    expect(amis(account)).toBe("2 3 1");
    await account.time.pass(3600);
    await night(account, { settings: { maxWaves: 9 } });
    expect(amis(account)).toBe("3 3 3");
  });

  it("takes the newest where others have led the fleet to the AMI that was begun with", async () => {
    const account = await begun();
    account.releaseAmi(2);
    while (account.plan({}).plan.status === "staged") {
      const { plan } = account.plan({});
      await account.time.during(
        account.terraform.apply(plan, account.terraform.stateSerial, Infinity),
      );
      await account.time.pass(3600);
    }
    account.releaseAmi(3);
    await night(account, { settings: { maxWaves: 9 } });
    expect(amis(account)).toBe("3 3 3");
  });

  it("holds none that the config doesn't call latest", async () => {
    const account = await begun();
    const { environment } = account;
    const image = { ...environment.fleet.image, amiId: ami(4) };
    account.environment = { ...environment, fleet: { ...environment.fleet, image } };
    await night(account);
    expect(amis(account)).toBe("2 4 1");
  });

  it("holds none that was latest of another system or architecture", async () => {
    const { environment } = new SimulatedAccount();
    const amiId = async (image: Environment["fleet"]["image"]) => {
      const settings = { environment: { ...environment, fleet: { ...environment.fleet, image } } };
      const look = () => Promise.resolve({ kind: "failed", message: "", passing: true } as const);
      const asked = { ...settings, planOptions: {}, timeoutSeconds: 1200 };
      const { planOptions } = await beginLook(asked, [aRecord()], Date.now(), look);
      return planOptions.amiId;
    };
    const { image } = environment.fleet;
    expect(await amiId(image)).toMatch(/^ami-/);
    expect(await amiId({ ...image, os: "bottlerocket" })).toBeUndefined();
    expect(await amiId({ ...image, architecture: "arm64" })).toBeUndefined();
  });

  it("goes back to before the last one, whatever is latest", async () => {
    const account = await begun();
    await night(account, { settings: { to: "previous" } });
    expect(amis(account)).toBe("1 1 1");
    await night(account, { settings: { maxWaves: 9 } });
    expect(amis(account)).toBe("3 3 3");
  });
});
