/** After how many milliseconds the SDK begins to listen for a socket's time-out, and sets its keep-alive. */
const LISTENS_AFTER = 3_000;

/**
 * Gives AWS's SDK credentials, keeps it from this machine's own settings, and takes the chance out
 * of its back-off, which is a random part of the longest one. It listens for time-outs from the start,
 * however long they are, so that a test can end its waiting.
 *
 * @returns what takes all of that back
 */
export function prepareSdk(): () => void {
  const environment = { ...process.env };
  const { random } = Math;
  const { setTimeout } = globalThis;
  const setTimeoutAtOnce = (act: () => void, milliseconds?: number, ...rest: []): unknown =>
    milliseconds === LISTENS_AFTER ? setImmediate(act) : setTimeout(act, milliseconds, ...rest);
  globalThis.setTimeout = Object.assign(setTimeoutAtOnce, setTimeout) as typeof setTimeout;
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
    globalThis.setTimeout = setTimeout;
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
  };
}
