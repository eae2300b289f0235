/** An EIP, as a person knows it. */
export interface NamedEip {
  readonly publicIpv4: string;
  readonly allocationId: string;
}

/** What of an observation contradicts itself. Ids are AWS's. */
export type Contradiction =
  | { readonly kind: "enis-share-slot"; readonly slot: number; readonly enis: readonly string[] }
  | { readonly kind: "eips-share-slot"; readonly slot: number; readonly eips: readonly NamedEip[] }
  /** The EIP of `slot` sits on the ENI of `holder`. */
  | {
      readonly kind: "eip-on-other-slot";
      readonly eip: NamedEip;
      readonly slot: number;
      readonly holder: number;
    }
  /** The EIP sits on an ENI that was not observed, and its slot has none. */
  | {
      readonly kind: "eip-on-unknown-eni";
      readonly eip: NamedEip;
      readonly slot: number;
      readonly eni: string;
    }
  | {
      readonly kind: "eni-held-by-unknown-instance";
      readonly slot: number;
      readonly eni: string;
      readonly instanceId: string;
    }
  | {
      readonly kind: "instance-holds-several-enis";
      readonly instanceId: string;
      readonly slots: readonly number[];
    }
  /** Tagged for one slot, or for none, and sitting on another one's ENI. */
  | {
      readonly kind: "tag-and-eni-disagree";
      readonly instanceId: string;
      readonly eni: string;
      readonly tagged: number | null;
      readonly holds: number;
    }
  | {
      readonly kind: "instances-share-eni";
      readonly slot: number;
      readonly instanceIds: readonly [string, string];
    }
  | {
      readonly kind: "instance-and-eni-in-different-zones";
      readonly instanceId: string;
      readonly instanceZone: string;
      readonly eni: string;
      readonly eniZone: string;
    }
  | {
      readonly kind: "instance-without-its-eni";
      readonly instanceId: string;
      readonly slot: number;
    }
  /** ECS knows nodes, and EC2 shows nothing of them; why ECS couldn't be asked which, where it couldn't. */
  | {
      readonly kind: "nodes-not-visible";
      readonly registered: number;
      readonly unreadable?: string;
    }
  /** What the ENI of a slot was born in can't be told: it is gone, and its EIP is left. */
  | {
      readonly kind: "zone-unknown";
      readonly slot: number;
      readonly eip: NamedEip;
      /** What puts the tags on the ENI that is made anew. */
      readonly command: string;
      /** Why ECS, whose registrations may tell, couldn't be asked; left out where it was. */
      readonly unreadable?: string;
    }
  /** Tags, registrations, attachments and records don't say the same of a thing; with the remedy. */
  | { readonly kind: "witnesses-disagree"; readonly sentence: string }
  | { readonly kind: "no-root-volume"; readonly instanceId: string };
