import { oneOf } from "../files/record-shape";
import type { Shape } from "../files/record-shape";
import type { ImagePlan, PopImage } from "./image-plan";
import type { NodeSpec, NodeSpecPart } from "./node-spec";
import type { AddressPart, KnownAddress } from "./live/address-parts";
import type { ObservedFleet, ObservedNode } from "./live/observed-fleet";
import type { PlacementPlan, PopMove, PopPlacement } from "./placement-plan";
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

export const NODE_SPEC_SHAPE: Shape<NodeSpec> = {
  properties: {
    amiId: TEXT,
    instanceType: TEXT,
    userDataBase64: TEXT,
    rootVolumeGiB: NUMBER,
  },
  optionalProperties: { dataVolumeGiB: NUMBER },
};

const OF_EACH_SLOT = { slot: NUMBER, availabilityZone: TEXT, reason: TEXT } as const;
const OPTIONAL = { cell: TEXT } as const;
const OUTDATED: Shape<NodeSpecPart[]> = {
  elements: oneOf<NodeSpecPart>({
    amiId: true,
    instanceType: true,
    userDataBase64: true,
    rootVolumeGiB: true,
    dataVolumeGiB: true,
  }),
};

const DECISION: Shape<SlotDecision> = {
  discriminator: "action",
  mapping: {
    keep: {
      properties: {
        ...OF_EACH_SLOT,
        instanceId: TEXT,
        spec: NODE_SPEC_SHAPE,
        pending: oneOf<KeepDecision["pending"]>({ nothing: true, upgrade: true, remove: true }),
        outdated: OUTDATED,
        available: FLAG,
      },
      optionalProperties: OPTIONAL,
    },
    create: {
      properties: { ...OF_EACH_SLOT, spec: NODE_SPEC_SHAPE, addressExists: FLAG },
      optionalProperties: OPTIONAL,
    },
    upgrade: {
      properties: {
        ...OF_EACH_SLOT,
        instanceId: TEXT,
        from: NODE_SPEC_SHAPE,
        to: NODE_SPEC_SHAPE,
        outdated: OUTDATED,
      },
      optionalProperties: OPTIONAL,
    },
    remove: {
      properties: { ...OF_EACH_SLOT, instanceId: TEXT_OR_NULL },
      optionalProperties: OPTIONAL,
    },
  },
};

const POPS_TOUCHED: Shape<PopsTouched> = {
  properties: { pops: TEXTS, losesOn: NUMBERS, keepsOn: NUMBERS },
};

const REPAIRS: Shape<AddressRepair[]> = {
  elements: {
    properties: {
      slot: NUMBER,
      parts: {
        elements: oneOf<AddressPart>({
          "network-interface": true,
          "elastic-ip": true,
          association: true,
        }),
      },
    },
  },
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
    moves: {
      elements: {
        properties: {
          pop: TEXT,
          cell: TEXT_OR_NULL,
          step: oneOf<PopMove["step"]>({ start: true, wait: true, finish: true }),
        },
      },
    },
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
          trouble: TEXT_OR_NULL,
        },
      },
    },
    hold: TEXT_OR_NULL,
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
};

/** An upgrade plan that was recorded: by a synthesis for `routed verify`, or with a rollout's wave. */
export const UPGRADE_PLAN_SHAPE: Shape<UpgradePlan> = {
  properties: {
    environment: TEXT,
    status: oneOf<PlanStatus>({ converged: true, staged: true, held: true }),
    summary: TEXT,
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
