import type { AutopilotSite } from "../environment";
import { nearest } from "../file/nearest";
import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const CANARIES: FieldPath = ["routed", "canaries"];
const CANARY_IMAGE: FieldPath = ["routed", "canaryImage"];

export const canaryRules: readonly Rule[] = [
  { reads: [CANARIES, ["autopilotSites"]], check: canariesArePops },
  { reads: [CANARIES, CANARY_IMAGE], check: canaryImageHasCanaries },
];

function canariesArePops({ soundItems, report }: Subject): void {
  const names = soundItems<AutopilotSite>(["autopilotSites"]).map(({ value }) => value.name);
  for (const { index, value } of soundItems<string>(CANARIES)) {
    if (names.includes(value)) continue;
    const meant = nearest(value, names);
    const fix = meant === undefined ? "name a PoP that is there" : `did you mean "${meant}"?`;
    const allowed = "must be the name of a PoP of autopilotSites";
    report([...CANARIES, index], `${allowed}, got "${value}"; ${fix}`);
  }
}

function canaryImageHasCanaries({ environment, report }: Subject): void {
  const { canaries = [], canaryImage } = environment.routed;
  if (canaryImage === undefined || canaries.length > 0) return;
  const allowed = "must not be given without routed.canaries";
  report(CANARY_IMAGE, `${allowed}, got "${canaryImage}"; name the PoPs that get it, or remove it`);
}
