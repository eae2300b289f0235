import { COMPUTE_RULES } from "./compute-rules";
import { DATA_RULES } from "./data-rules";
import { IAM_RULES } from "./iam-rules";
import { NETWORK_RULES } from "./network-rules";
import type { ScannerRule } from "./rule";

export const SCANNER_RULES: readonly ScannerRule[] = [
  ...NETWORK_RULES,
  ...COMPUTE_RULES,
  ...DATA_RULES,
  ...IAM_RULES,
];
