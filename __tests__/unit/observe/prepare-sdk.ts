/**
 * Gives AWS's SDK credentials, keeps it from this machine's own settings, and takes the chance out
 * of its back-off, which is a random part of the longest one.
 *
 * @returns what takes all of that back
 */
export function prepareSdk(): () => void {
  const environment = { ...process.env };
  const { random } = Math;
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: "eu-west-1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  });
  delete process.env["AWS_PROFILE"];
  Math.random = () => 0;
  return () => {
    Math.random = random;
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
  };
}
