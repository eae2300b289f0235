import type { Contradiction } from "../../lib/plan/contradiction";
import type { Hold } from "../../lib/plan/holds";
import type { ImageHold } from "../../lib/plan/image-plan";
import type { PopTrouble, SlotReason, SlotTrouble, Unavailability } from "../../lib/plan/reasons";

/** One of each kind: a kind that is missing doesn't compile. */
type OfEach<T extends { readonly kind: string }> = {
  readonly [K in T["kind"]]: Extract<T, { readonly kind: K }>;
};

const budget = { nodes: 3, available: 2, mayBeUnavailable: 1 };
const node1: SlotTrouble = { slot: 1, unavailable: { kind: "instance-state", state: "stopped" } };
const node2: SlotTrouble = { slot: 2, unavailable: { kind: "not-registered" } };
const eip = { publicIpv4: "198.51.100.1", allocationId: "eipalloc-1" };

export const EVERY_UNAVAILABILITY: OfEach<Unavailability> = {
  "no-instance": { kind: "no-instance" },
  "instance-state": { kind: "instance-state", state: "stopped" },
  "status-checks": { kind: "status-checks", result: "impaired" },
  "address-incomplete": { kind: "address-incomplete", parts: ["association"] },
  "ecs-unreadable": { kind: "ecs-unreadable" },
  "not-registered": { kind: "not-registered" },
  "container-instance-status": {
    kind: "container-instance-status",
    status: "DRAINING",
    drainedBy: "2026-01-02T03-04-05Z-0123",
  },
  "agent-disconnected": { kind: "agent-disconnected" },
  "tasks-unhealthy": {
    kind: "tasks-unhealthy",
    healthy: 1,
    expected: 3,
    pops: ["pop1", "pop2"],
    daemons: [],
  },
  "daemons-unhealthy": { kind: "daemons-unhealthy", daemons: ["node--router"] },
};

export const EVERY_WHY: OfEach<SlotReason> = {
  "up-to-date": { kind: "up-to-date" },
  frozen: { kind: "frozen" },
  "not-selected": { kind: "not-selected" },
  "health-unknown": { kind: "health-unknown" },
  budget: { kind: "budget", holders: [node1, node2], budget },
  cell: { kind: "cell", cell: "a", holder: node1 },
  "last-healthy-task": { kind: "last-healthy-task", pops: ["pop1", "pop2"] },
  "too-few-tasks": { kind: "too-few-tasks", pops: ["pop1", "pop2"], least: 3 },
  "spare-first": { kind: "spare-first", spares: [{ ...node2, slot: 200 }] },
  "stands-in": { kind: "stands-in", waiting: [0, 2], down: [node1] },
  "address-first": {
    kind: "address-first",
    holders: [{ slot: 1, unavailable: { kind: "address-incomplete", parts: ["elastic-ip"] } }],
  },
  "broken-predecessor": { kind: "broken-predecessor", holders: [node1, node2] },
  going: { kind: "going", instanceId: "i-1", launchTime: "2026-01-02T03:04:05.000Z" },
  "behind-wave": { kind: "behind-wave", slots: [1, 2] },
  "new-environment": { kind: "new-environment" },
  "new-slot": { kind: "new-slot" },
  "address-without-instance": { kind: "address-without-instance" },
  "missing-part": { kind: "missing-part", parts: ["network-interface"] },
  outdated: { kind: "outdated", budget },
  "to-be-removed": { kind: "to-be-removed", budget },
  "address-to-be-removed": { kind: "address-to-be-removed" },
  "no-longer-needed": { kind: "no-longer-needed" },
  "new-spare": { kind: "new-spare" },
  parked: { kind: "parked" },
  "no-capacity": { kind: "no-capacity" },
};

export const EVERY_POP_TROUBLE: OfEach<PopTrouble> = {
  "tasks-unhealthy": { kind: "tasks-unhealthy", healthy: 1, wanted: 3 },
  deploying: { kind: "deploying" },
  "no-service": { kind: "no-service" },
};

const EVERY_IMAGE_HOLD: OfEach<ImageHold> = {
  "images-unknown": { kind: "images-unknown", because: "ecs-unreadable" },
  "nodes-first": { kind: "nodes-first", slots: [0] },
  "moves-first": {
    kind: "moves-first",
    moves: [
      { pop: "pop1", cell: null, step: "start" },
      { pop: "pop2", cell: null, step: "wait", healthyOn: [0], needed: 2 },
    ],
  },
  "node-unavailable": { kind: "node-unavailable", node: node1 },
  "pops-unwell": {
    kind: "pops-unwell",
    pops: [
      { pop: "pop1", canary: true, image: "routed:2", trouble: EVERY_POP_TROUBLE["no-service"] },
    ],
  },
};

export const EVERY_HOLD: OfEach<Hold> = {
  budget: { kind: "budget", holders: [node1, node2], budget },
  "broken-predecessor": { kind: "broken-predecessor", holders: [node1, node2] },
  going: { kind: "going", slots: [1] },
  cell: { kind: "cell", holders: [node1] },
  "last-healthy-task": { kind: "last-healthy-task", slots: [0, 2], pops: ["pop1"] },
  "health-unknown": {
    kind: "health-unknown",
    nodes: [{ slot: 0, unavailable: { kind: "ecs-unreadable" } }],
  },
  "too-few-tasks": { kind: "too-few-tasks", pops: ["pop1"], least: 3 },
  "spare-first": { kind: "spare-first", spares: [{ ...node2, slot: 200 }] },
  "stands-in": { kind: "stands-in", spares: [200], down: [node1] },
  "pop-place": {
    kind: "pop-place",
    moves: [{ pop: "pop1", cell: "a", step: "wait", healthyOn: [0], needed: 2 }],
  },
  ...EVERY_IMAGE_HOLD,
};

export const EVERY_CONTRADICTION: OfEach<Contradiction> = {
  "enis-share-slot": { kind: "enis-share-slot", slot: 0, enis: ["eni-1", "eni-2"] },
  "eips-share-slot": { kind: "eips-share-slot", slot: 0, eips: [eip, eip] },
  "eip-on-other-slot": { kind: "eip-on-other-slot", eip, slot: 0, holder: 1 },
  "eip-on-unknown-eni": { kind: "eip-on-unknown-eni", eip, slot: 0, eni: "eni-1" },
  "eni-held-by-unknown-instance": {
    kind: "eni-held-by-unknown-instance",
    slot: 0,
    eni: "eni-1",
    instanceId: "i-1",
  },
  "instance-holds-several-enis": {
    kind: "instance-holds-several-enis",
    instanceId: "i-1",
    slots: [0, 1],
  },
  "tag-and-eni-disagree": {
    kind: "tag-and-eni-disagree",
    instanceId: "i-1",
    eni: "eni-1",
    tagged: null,
    holds: 0,
  },
  "instances-share-eni": { kind: "instances-share-eni", slot: 0, instanceIds: ["i-1", "i-2"] },
  "instance-and-eni-in-different-zones": {
    kind: "instance-and-eni-in-different-zones",
    instanceId: "i-1",
    instanceZone: "us-east-2a",
    eni: "eni-1",
    eniZone: "us-east-2b",
  },
  "instance-without-its-eni": { kind: "instance-without-its-eni", instanceId: "i-1", slot: 0 },
  "nodes-not-visible": { kind: "nodes-not-visible", registered: 3 },
  "zone-unknown": { kind: "zone-unknown", slot: 2, eip, command: "aws ec2 create-tags …" },
  "witnesses-disagree": { kind: "witnesses-disagree", sentence: "i-1 is tagged for slot 1 …" },
  "no-root-volume": { kind: "no-root-volume", instanceId: "i-1" },
};
