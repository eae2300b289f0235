const LOGS = ["TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER", "TF_LOG_SDK"];

/** The variables with which this project starts Terraform or the cdktf command. */
export function terraformEnvironment(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...variables, ...terraformSettings(variables) };
}

/**
 * What they add to a user's own `variables`.
 *
 * - Providers write their logs at every level, and Terraform reads and drops them, unless they are
 *   told not to. Whoever asks for logs gets them.
 * - Terraform and its provider live for seconds to minutes: Go need not collect their garbage each
 *   time that it has doubled what is in use, but five times that.
 */
export function terraformSettings(variables: NodeJS.ProcessEnv): Record<string, string> {
  const asksForLogs = LOGS.some((name) => variables[name]);
  return {
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    GOGC: variables["GOGC"] || "400",
    ...(asksForLogs ? {} : { TF_LOG_PROVIDER: "off", TF_LOG_SDK: "off" }),
  };
}
