import type { Environment } from "../../../lib/config/environment";
import { desiredFleet, desiredSpec } from "../../../lib/plan/desired/desired-fleet";
import { aStagingEnvironment } from "./an-environment";
import { aFakeAccount, anEmptyAccount, recordOf } from "./fake-account";
import type { FakeAccount } from "./fake-account";
import { containerInstanceArn } from "./fake-ecs";

/** What an account holds and what the config wants of it. */
export interface Situation {
  readonly name: string;
  readonly environment: Environment;
  readonly account: FakeAccount;
}

const ENVIRONMENT = aStagingEnvironment({
  autopilotSites: [0, 1].map((pop) => ({ id: pop + 1, name: `pop${pop}`, bgpPeers: [] })),
});

/** Three nodes in three zones that run two PoPs and are well, after `change`. */
function fleet(change: (account: FakeAccount) => void = () => undefined): FakeAccount {
  const account = aFakeAccount();
  change(account);
  return account;
}

function upToDate(account: FakeAccount, slots: readonly number[]): void {
  const desired = desiredFleet(ENVIRONMENT);
  for (const slot of slots) {
    const instance = account.instances[slot]!;
    const zone = instance.Placement?.AvailabilityZone ?? "";
    const spec = desiredSpec(desired, "ami-al2023-x86_64", slot, zone);
    instance.ImageId = spec.amiId;
    account.userData.set(`i-${slot}`, spec.userDataBase64);
  }
}

/** Takes an instance away with all that ECS had of it; its address stays. */
function terminate(account: FakeAccount, slot: number): void {
  account.instances = account.instances.filter((item) => item.InstanceId !== `i-${slot}`);
  delete account.networkInterfaces[slot]!.Attachment;
  const arn = containerInstanceArn(slot);
  const elsewhere = (item: { containerInstanceArn?: string | undefined }) =>
    item.containerInstanceArn !== arn;
  account.containerInstances = account.containerInstances.filter(elsewhere);
  account.tasks = account.tasks.filter(elsewhere);
  account.clusters[0]!.registeredContainerInstancesCount = account.containerInstances.length;
  for (const service of account.services) service.runningCount = account.containerInstances.length;
}

/** Makes the PoPs' services keep two tasks each: pop0 on nodes 0 and 1, pop1 on nodes 1 and 2. */
function spread(account: FakeAccount): void {
  account.tasks = account.tasks.filter(
    ({ group, containerInstanceArn: arn }) =>
      !(group === "service:pop0" && arn === containerInstanceArn(2)) &&
      !(group === "service:pop1" && arn === containerInstanceArn(0)),
  );
  for (const service of account.services) {
    Object.assign(service, { schedulingStrategy: "REPLICA", desiredCount: 2, runningCount: 2 });
  }
  for (const item of account.containerInstances) {
    item.runningTasksCount = account.tasks.filter(
      (task) => task.containerInstanceArn === item.containerInstanceArn,
    ).length;
  }
}

/** The one that the generated table is of. */
export const OUTDATED: Situation = {
  name: "every node outdated and available",
  environment: ENVIRONMENT,
  account: fleet((account) => {
    account.record = recordOf(account);
  }),
};

export const SITUATIONS: readonly Situation[] = [
  OUTDATED,
  {
    name: "node 1 upgraded and rebuilding",
    environment: ENVIRONMENT,
    account: fleet((account) => {
      upToDate(account, [1]);
      for (const task of account.tasks) {
        if (task.containerInstanceArn === containerInstanceArn(1)) task.healthStatus = "UNKNOWN";
      }
    }),
  },
  {
    name: "node 1 without an instance",
    environment: ENVIRONMENT,
    account: fleet((account) => terminate(account, 1)),
  },
  {
    name: "node 2 outdated and stopped",
    environment: ENVIRONMENT,
    account: fleet((account) => {
      account.instances[2]!.State = { Name: "stopped" };
      account.containerInstances[2]!.agentConnected = false;
    }),
  },
  {
    name: "every node up to date",
    environment: ENVIRONMENT,
    account: fleet((account) => upToDate(account, [0, 1, 2])),
  },
  {
    name: "a node more wanted",
    environment: { ...ENVIRONMENT, fleet: { ...ENVIRONMENT.fleet, nodes: 4 } },
    // Without a record a plan that can't read ECS has no proof that node 3 is new, and is refused.
    account: fleet((account) => {
      account.record = recordOf(account);
    }),
  },
  {
    name: "a node less wanted",
    environment: { ...ENVIRONMENT, fleet: { ...ENVIRONMENT.fleet, nodes: 2 } },
    account: fleet(),
  },
  {
    name: "tasks spread over some nodes",
    environment: ENVIRONMENT,
    account: fleet(spread),
  },
  {
    name: "a PoP without tasks",
    environment: ENVIRONMENT,
    account: fleet((account) => {
      account.tasks = account.tasks.filter(({ group }) => group !== "service:pop1");
      for (const item of account.containerInstances) item.runningTasksCount = 1;
      account.services[1]!.runningCount = 0;
    }),
  },
  {
    name: "one node pending",
    environment: ENVIRONMENT,
    account: fleet((account) => {
      upToDate(account, [0]);
      terminate(account, 0);
      account.instances.unshift({
        ...aFakeAccount().instances[0]!,
        State: { Name: "pending" },
        ImageId: "ami-al2023-x86_64",
      });
      account.networkInterfaces[0]!.Attachment = { InstanceId: "i-0", Status: "attaching" };
    }),
  },
  { name: "nothing", environment: ENVIRONMENT, account: anEmptyAccount() },
];
