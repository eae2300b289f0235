import { OBSERVE_CALLS } from "../../../lib/aws/calls";
import type { AwsCallName } from "../../../lib/aws/calls";
import type { FakeAccount } from "./fake-account";
import type { Fault } from "./loopback-aws";
import {
  cuttingOff,
  denied,
  failing,
  hangingUp,
  sending,
  stalling,
  throttling,
  timingOut,
} from "./wire-faults";

/** One way in which the answer to a call goes wrong. */
export interface FaultKind {
  readonly name: string;
  /** What is done, as a sentence without its stop. */
  readonly meaning: string;
  /** Which item is the one that is missing, where one is. */
  readonly fault: (call: AwsCallName, item: number) => Fault;
}

export const FAULT_KINDS: readonly FaultKind[] = [
  { name: "throttled", meaning: "AWS says that too many calls are made", fault: () => throttling },
  { name: "error 500", meaning: "AWS fails", fault: () => failing },
  { name: "denied", meaning: "the credentials lack the IAM action", fault: () => denied },
  {
    name: "time-out",
    meaning: "nothing is answered, and the connection stays",
    fault: () => timingOut,
  },
  {
    name: "stalled",
    meaning: "the answer stops in its middle, and the connection stays",
    fault: () => stalling,
  },
  { name: "hung up", meaning: "the connection ends before an answer", fault: () => hangingUp },
  {
    name: "cut",
    meaning: "the connection ends in the middle of the answer",
    fault: () => cuttingOff,
  },
  {
    name: "cut body",
    meaning: "half of the answer comes as if it were all of it",
    fault: () => sending((body) => body.slice(0, body.length / 2)),
  },
  {
    name: "item missing",
    meaning: "the page lacks one item, and neither a token nor a failure tells so",
    fault: (call, item) => lacking(call, (items) => items.splice(item % items.length, 1)),
  },
  {
    name: "items missing",
    meaning: "the page lacks all of its items, and neither a token nor a failure tells so",
    fault: (call) => lacking(call, (items) => items.splice(0)),
  },
  {
    name: "empty",
    meaning: "the answer has status 200 and no content",
    fault: () => sending(() => ""),
  },
];

/** What the answer of EC2 or STS to a call lists. */
const LISTS: Readonly<Partial<Record<AwsCallName, (account: FakeAccount) => unknown[]>>> = {
  describeInstances: (account) => account.instances,
  describeInstanceStatus: (account) => account.statuses,
  describeVolumes: (account) => account.volumes,
  describeNetworkInterfaces: (account) => account.networkInterfaces,
  describeAddresses: (account) => account.addresses,
};

function lacking(call: AwsCallName, take: (items: unknown[]) => void): Fault {
  const takeSome = (items: unknown[]) => {
    if (items.length > 0) take(items);
  };
  return (response, body, protocol, bodyAfter, client) => {
    // Without a record S3 answers with an error, which lists nothing.
    const isJson = protocol === "json" || (protocol === "rest" && body.startsWith("{"));
    const text = isJson
      ? JSON.stringify(jsonLacking(JSON.parse(body) as object, takeSome))
      : bodyAfter((account) => {
          const list = LISTS[call]?.(account);
          if (list) takeSome(list);
          // These two have no list: they lack what they are asked for.
          else if (call === "getCallerIdentity") account.account = undefined;
          else if (call === "describeInstanceAttribute") account.userData.clear();
          else if (call === "getObject") account.record = null;
          else throw new Error(`it isn't known what ${OBSERVE_CALLS[call]} lists`);
        });
    sending(() => text)(response, body, protocol, bodyAfter, client);
  };
}

/** The answer with something taken off each list, and with nothing that tells so. */
function jsonLacking(answer: object, take: (items: unknown[]) => void): object {
  const members = Object.entries(answer)
    .filter(([name]) => name !== "nextToken")
    .map(([name, value]: [string, unknown]) => {
      if (!Array.isArray(value)) return [name, value];
      if (name === "failures" || name === "InvalidParameters") return [name, []];
      const items: unknown[] = [...(value as unknown[])];
      take(items);
      return [name, items];
    });
  return Object.fromEntries(members) as object;
}
