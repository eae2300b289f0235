import { PREFLIGHT_ACTIONS } from "../lib/preflight/preflight-calls";
import type { PolicyDocument } from "./observe-policy";

/**
 * The IAM policy that allows what the check of quotas calls and nothing else. AWS limits none of it
 * to resources.
 */
export function preflightPolicy(): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: PREFLIGHT_ACTIONS, Resource: "*" }],
  };
}
