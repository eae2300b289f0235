import { oneOf } from "../files/record-shape";
import type { Shape } from "../files/record-shape";
import type { AddressPart } from "./live/address-parts";
import type {
  AllocateReason,
  BudgetCount,
  CreateReason,
  KeepReason,
  LeaveReason,
  ParkReason,
  PopTrouble,
  RemoveReason,
  SlotTrouble,
  StandsInReason,
  Unavailability,
  UpgradeReason,
} from "./reasons";

/** The shapes of reasons in records: what isn't known here is refused. */

/** A kind without operands. */
const BARE = { properties: {} } as const;
const NUMBER = { type: "uint16" } as const;
const NUMBERS = { elements: NUMBER } as const;
const TEXTS = { elements: { type: "string" } } as const;

export const ADDRESS_PARTS_SHAPE: Shape<readonly AddressPart[]> = {
  elements: oneOf<AddressPart>({
    "network-interface": true,
    "elastic-ip": true,
    association: true,
    ipv6: true,
  }),
};

type OfKind<K extends Unavailability["kind"]> = Extract<Unavailability, { kind: K }>;

export const UNAVAILABLE_SHAPE: Shape<Unavailability> = {
  discriminator: "kind",
  mapping: {
    "no-instance": BARE,
    "instance-state": {
      properties: {
        state: oneOf<OfKind<"instance-state">["state"]>({
          pending: true,
          stopping: true,
          stopped: true,
          "shutting-down": true,
        }),
      },
    },
    "status-checks": {
      properties: {
        result: oneOf<OfKind<"status-checks">["result"]>({
          initializing: true,
          impaired: true,
          "insufficient-data": true,
          "not-applicable": true,
          unknown: true,
        }),
      },
    },
    "address-incomplete": { properties: { parts: ADDRESS_PARTS_SHAPE } },
    "ecs-unreadable": BARE,
    "not-registered": BARE,
    "container-instance-status": {
      properties: { status: { type: "string" } },
      optionalProperties: { drainedBy: { type: "string" } },
    },
    "agent-disconnected": BARE,
    "tasks-unhealthy": {
      properties: { healthy: NUMBER, expected: NUMBER, pops: TEXTS, daemons: TEXTS },
    },
    "daemons-unhealthy": { properties: { daemons: TEXTS } },
  },
};

export const SLOT_TROUBLE_SHAPE: Shape<SlotTrouble> = {
  properties: { slot: NUMBER, unavailable: UNAVAILABLE_SHAPE },
};

export const POP_TROUBLE_SHAPE: Shape<PopTrouble> = {
  discriminator: "kind",
  mapping: {
    "tasks-unhealthy": { properties: { healthy: NUMBER, wanted: NUMBER } },
    deploying: BARE,
    "no-service": BARE,
  },
};

const BUDGET: Shape<BudgetCount> = {
  properties: { nodes: NUMBER, available: NUMBER, mayBeUnavailable: NUMBER },
};

const TROUBLES = { elements: SLOT_TROUBLE_SHAPE } as const;
const STANDS_IN = { properties: { waiting: NUMBERS, down: TROUBLES } } as const;

const KEEP: Shape<KeepReason> = {
  discriminator: "kind",
  mapping: {
    "up-to-date": BARE,
    frozen: BARE,
    "not-selected": BARE,
    "health-unknown": BARE,
    budget: { properties: { holders: { elements: SLOT_TROUBLE_SHAPE }, budget: BUDGET } },
    cell: { properties: { cell: { type: "string" }, holder: SLOT_TROUBLE_SHAPE } },
    "last-healthy-task": { properties: { pops: TEXTS } },
    "address-first": { properties: { holders: { elements: SLOT_TROUBLE_SHAPE } } },
    "broken-predecessor": { properties: { holders: { elements: SLOT_TROUBLE_SHAPE } } },
    going: { properties: { instanceId: { type: "string" }, launchTime: { type: "timestamp" } } },
    "behind-wave": { properties: { slots: NUMBERS } },
    "stands-in": STANDS_IN,
    "too-few-tasks": { properties: { pops: TEXTS, least: NUMBER } },
    "spare-first": { properties: { spares: TROUBLES } },
  },
};

const CREATE: Shape<CreateReason> = {
  discriminator: "kind",
  mapping: {
    "new-environment": BARE,
    "new-slot": BARE,
    "address-without-instance": BARE,
    "missing-part": { properties: { parts: ADDRESS_PARTS_SHAPE } },
  },
};

const UPGRADE: Shape<UpgradeReason> = {
  properties: { kind: oneOf<UpgradeReason["kind"]>({ outdated: true }), budget: BUDGET },
};

const REMOVE: Shape<RemoveReason> = {
  discriminator: "kind",
  mapping: { "to-be-removed": { properties: { budget: BUDGET } }, "address-to-be-removed": BARE },
};

const LEAVE: Shape<LeaveReason> = {
  discriminator: "kind",
  mapping: { frozen: BARE, "not-selected": BARE, parked: BARE, "no-capacity": BARE },
};

const FILL: Shape<StandsInReason> = {
  properties: {
    kind: oneOf<StandsInReason["kind"]>({ "stands-in": true }),
    ...STANDS_IN.properties,
  },
};

const PARK: Shape<ParkReason> = {
  properties: { kind: oneOf<ParkReason["kind"]>({ "no-longer-needed": true }) },
};

const ALLOCATE: Shape<AllocateReason> = {
  properties: { kind: oneOf<AllocateReason["kind"]>({ "new-spare": true }) },
};

/** By what is done to the slot. */
export const WHY_SHAPES = {
  keep: KEEP,
  leave: LEAVE,
  create: CREATE,
  upgrade: UPGRADE,
  remove: REMOVE,
  allocate: ALLOCATE,
  fill: FILL,
  park: PARK,
} as const;
