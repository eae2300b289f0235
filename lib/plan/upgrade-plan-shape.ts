import { oneOf } from "../files/record-shape";
import type { Shape } from "../files/record-shape";
import type { ImageHold, ImagePlan, PopImage } from "./image-plan";
import { NODE_SPEC_PARTS } from "./node-spec";
import type { NodeSpec, NodeSpecPart } from "./node-spec";
import type { KnownAddress } from "./live/address-parts";
import type { ObservedFleet, ObservedNode } from "./live/observed-fleet";
import type { PlacementPlan, PopMove, PopPlacement } from "./placement-plan";
import {
  ADDRESS_PARTS_SHAPE,
  POP_TROUBLE_SHAPE,
  SLOT_TROUBLE_SHAPE,
  UNAVAILABLE_SHAPE,
  WHY_SHAPES,
} from "./reasons-shape";
import type {
  AddressRepair,
  KeepDecision,
  PlanStatus,
  PopsTouched,
  SlotDecision,
  UpgradePlan,
} from "./upgrade-plan";

const TEXT = { type: "string" } as const;
const TEXT_OR_NULL = { type: "string", nullable: true } as const;
const FLAG = { type: "boolean" } as const;
const NUMBER = { type: "uint16" } as const;
const TEXTS = { elements: TEXT } as const;
const NUMBERS = { elements: NUMBER } as const;

const SPEC_PARTS: [string, { type: string; optional?: true }][] = Object.entries(NODE_SPEC_PARTS);
const typesOf = (parts: typeof SPEC_PARTS) =>
  Object.fromEntries(parts.map(([part, { type }]) => [part, { type }]));

export const NODE_SPEC_SHAPE = {
  properties: typesOf(SPEC_PARTS.filter(([, { optional }]) => !optional)),
  optionalProperties: typesOf(SPEC_PARTS.filter(([, { optional }]) => optional)),
} as unknown as Shape<NodeSpec>;

const OF_EACH_SLOT = {
  slot: NUMBER,
  availabilityZone: TEXT,
  unavailable: { ...UNAVAILABLE_SHAPE, nullable: true },
} as const;
const OPTIONAL = { cell: TEXT } as const;
const OUTDATED: Shape<NodeSpecPart[]> = {
  elements: { enum: Object.keys(NODE_SPEC_PARTS) as NodeSpecPart[] },
};

const DECISION: Shape<SlotDecision> = {
  discriminator: "action",
  mapping: {
    keep: {
      properties: {
        ...OF_EACH_SLOT,
        instanceId: TEXT,
        spec: NODE_SPEC_SHAPE,
        pending: oneOf<KeepDecision["pending"]>({
          nothing: true,
          upgrade: true,
          remove: true,
          create: true,
          park: true,
        }),
        outdated: OUTDATED,
        why: WHY_SHAPES.keep,
      },
      optionalProperties: OPTIONAL,
    },
    leave: {
      properties: { ...OF_EACH_SLOT, exists: FLAG, why: WHY_SHAPES.leave },
      optionalProperties: OPTIONAL,
    },
    create: {
      properties: { ...OF_EACH_SLOT, spec: NODE_SPEC_SHAPE, why: WHY_SHAPES.create },
      optionalProperties: OPTIONAL,
    },
    upgrade: {
      properties: {
        ...OF_EACH_SLOT,
        instanceId: TEXT,
        from: NODE_SPEC_SHAPE,
        to: NODE_SPEC_SHAPE,
        outdated: OUTDATED,
        why: WHY_SHAPES.upgrade,
      },
      optionalProperties: OPTIONAL,
    },
    remove: {
      properties: { ...OF_EACH_SLOT, instanceId: TEXT_OR_NULL, why: WHY_SHAPES.remove },
      optionalProperties: OPTIONAL,
    },
    allocate: {
      properties: { ...OF_EACH_SLOT, why: WHY_SHAPES.allocate },
      optionalProperties: OPTIONAL,
    },
    fill: {
      properties: { ...OF_EACH_SLOT, spec: NODE_SPEC_SHAPE, why: WHY_SHAPES.fill },
      optionalProperties: OPTIONAL,
    },
    park: {
      properties: { ...OF_EACH_SLOT, instanceId: TEXT, why: WHY_SHAPES.park },
      optionalProperties: OPTIONAL,
    },
  },
};

const POPS_TOUCHED: Shape<PopsTouched> = {
  properties: { pops: TEXTS, losesOn: NUMBERS, keepsOn: NUMBERS },
};

const REPAIRS: Shape<AddressRepair[]> = {
  elements: { properties: { slot: NUMBER, parts: ADDRESS_PARTS_SHAPE } },
};

const ADDRESSES: Shape<KnownAddress[]> = {
  elements: {
    properties: { slot: NUMBER },
    optionalProperties: {
      availabilityZone: TEXT,
      networkInterfaceId: TEXT,
      privateIpv4: TEXT,
      ipv6: TEXT,
      allocationId: TEXT,
      publicIpv4: TEXT,
    },
  },
};

const MOVE: Shape<PopMove> = {
  discriminator: "step",
  mapping: {
    start: { properties: { pop: TEXT, cell: TEXT_OR_NULL } },
    wait: {
      properties: { pop: TEXT, cell: TEXT_OR_NULL, healthyOn: NUMBERS, needed: NUMBER },
    },
    finish: { properties: { pop: TEXT, cell: TEXT_OR_NULL } },
  },
};

const IMAGE_HOLD: Shape<ImageHold> = {
  discriminator: "kind",
  mapping: {
    "images-unknown": {
      properties: {
        because: oneOf<"ecs-unreadable" | "not-observed">({
          "ecs-unreadable": true,
          "not-observed": true,
        }),
      },
    },
    "nodes-first": { properties: { slots: NUMBERS } },
    "moves-first": { properties: { moves: { elements: MOVE } } },
    "node-unavailable": { properties: { node: SLOT_TROUBLE_SHAPE } },
    "pops-unwell": {
      properties: {
        pops: {
          elements: {
            properties: { pop: TEXT, canary: FLAG, image: TEXT, trouble: POP_TROUBLE_SHAPE },
          },
        },
      },
    },
  },
};

const PLACEMENT: Shape<PlacementPlan> = {
  properties: {
    known: FLAG,
    cells: { elements: { properties: { name: TEXT, slots: NUMBERS, pops: TEXTS } } },
    pops: {
      elements: {
        properties: {
          pop: TEXT,
          cell: TEXT_OR_NULL,
          scheduling: oneOf<PopPlacement["scheduling"]>({ DAEMON: true, REPLICA: true }),
          slots: { ...NUMBERS, nullable: true },
          desiredCount: { ...NUMBER, nullable: true },
          everywhere: FLAG,
        },
        optionalProperties: { coreSet: { ...NUMBER, nullable: true } },
      },
    },
    moves: { elements: MOVE },
  },
};

const IMAGES: Shape<ImagePlan> = {
  properties: {
    known: FLAG,
    pops: {
      elements: {
        properties: {
          pop: TEXT,
          canary: FLAG,
          action: oneOf<PopImage["action"]>({ keep: true, roll: true, create: true }),
          pending: FLAG,
          taskDefinitionArn: TEXT_OR_NULL,
          runs: TEXT_OR_NULL,
          wanted: TEXT,
          settings: TEXT,
          trouble: { ...POP_TROUBLE_SHAPE, nullable: true },
        },
      },
    },
    hold: { ...IMAGE_HOLD, nullable: true },
  },
};

const OBSERVED: Shape<ObservedFleet> = {
  properties: {
    nodes: {
      elements: {
        properties: {
          slot: NUMBER,
          instanceId: TEXT,
          state: oneOf<ObservedNode["state"]>({
            pending: true,
            running: true,
            stopping: true,
            stopped: true,
          }),
          launchTime: { type: "timestamp" },
          spec: NODE_SPEC_SHAPE,
        },
      },
    },
    strays: TEXTS,
  },
  optionalProperties: {
    addresses: {
      elements: {
        properties: {
          slot: NUMBER,
          networkInterfaceId: TEXT,
          allocationId: TEXT_OR_NULL,
          heldBy: TEXT_OR_NULL,
        },
      },
    },
  },
};

/** An upgrade plan that was recorded: by a synthesis for `routed verify`, or with a rollout's wave. */
export const UPGRADE_PLAN_SHAPE: Shape<UpgradePlan> = {
  properties: {
    environment: TEXT,
    status: oneOf<PlanStatus>({ converged: true, staged: true, held: true }),
    decisions: { elements: DECISION },
    wavesRemaining: NUMBER,
    popsTouched: { elements: POPS_TOUCHED },
    healthIgnored: FLAG,
    findings: TEXTS,
    observed: OBSERVED,
  },
  optionalProperties: {
    repairs: REPAIRS,
    addresses: ADDRESSES,
    placement: PLACEMENT,
    images: IMAGES,
  },
};
