import { alarmRules } from "./alarm-rules";
import { canaryRules } from "./canary-rules";
import { cellRules } from "./cell-rules";
import type { ConfigFile } from "../file/config-file";
import { backendRules } from "./backend-rules";
import { daemonRules } from "./daemon-rules";
import { exportRules } from "./export-rules";
import { fleetRules } from "./fleet-rules";
import { networkRules } from "./network-rules";
import { routedRules } from "./routed-rules";
import { checkRules } from "./rule";
import { siteRules } from "./site-rules";
import { spareRules } from "./spare-rules";
import { taskDefinitionRules } from "./task-definition-rules";

/** The rules between the fields of one environment; those between environments are in environment-rules. */
export function checkFields(file: ConfigFile): void {
  checkRules(
    [
      ...backendRules,
      ...networkRules,
      ...fleetRules,
      ...spareRules,
      ...routedRules,
      ...daemonRules,
      ...taskDefinitionRules,
      ...alarmRules,
      ...siteRules,
      ...canaryRules,
      ...cellRules,
      ...exportRules,
    ],
    file,
  );
}
